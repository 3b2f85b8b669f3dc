"""The article's words cut into pieces, each knowing which facts and mentions it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["Mark", "Piece", "cut", "marks_of", "paragraphs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span to show. `kind` is fact, figure, mention or claim; `id` names what it belongs to."""

    kind: str
    id: str
    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under one set of marks. `opens` are the marks that begin with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts whose clause begins here."""
        return tuple(mark.id for mark in self.opens if mark.kind == "fact")

    @property
    def owners(self) -> str:
        """Ids of all that rests on these words, parted by spaces: what lights up with them."""
        return " ".join(dict.fromkeys(mark.id for mark in self.marks))

    @property
    def kinds(self) -> str:
        """The marks' kinds, as class names."""
        return " ".join(sorted({mark.kind for mark in self.marks}))

    @property
    def title(self) -> str:
        """What the marks say, for a tooltip."""
        return "; ".join(dict.fromkeys(mark.title for mark in self.marks if mark.title))


def marks_of(document: Mapping[str, Any]) -> list[Mark]:
    """Collect the spans of a note: facts, mentions, events, and what each sentence of the note rests on."""
    marks = [_mark("fact", fact["id"], fact["span"], fact["metric"]) for fact in document["facts"]]
    marks += [_mark("figure", fact["id"], fact["figure"], "") for fact in document["facts"]]
    for ticker in document["tickers"]:
        name = ticker["ticker"] or ticker["name"]
        marks += [_mark("mention", ticker["issuer_id"], span, name) for span in ticker["mentions"]]
    for part, letter in (("summary", "s"), ("analysis", "c"), ("decisions", "d")):
        for number, said in enumerate(document[part]):
            marks += [
                _mark("claim", f"{letter}{number}", held["span"], "")
                for held in said["support"]
                if held.get("span")
            ]
    marks += [
        _mark("event", event["id"], event["span"], "") for event in document["events"] if event.get("id")
    ]
    return marks


def _mark(kind: str, id: str, span: Mapping[str, int], title: str) -> Mark:
    return Mark(kind=kind, id=id, start=span["start"], end=span["end"], title=title)


def cut(text: str, marks: Iterable[Mark], *, offset: int = 0) -> list[Piece]:
    """Cut text where marks begin and end; the pieces joined are the text.

    Args:
        text: A part of the article's text.
        marks: Spans into the whole text; those outside `text` are ignored, overlaps are kept.
        offset: Where `text` begins in the whole.

    >>> [p.text for p in cut("a rise of 7 %", [Mark(kind="fact", id="f", start=10, end=13)])]
    ['a rise of ', '7 %']
    """
    end = offset + len(text)
    near = sorted(
        (m for m in marks if m.start < min(m.end, end) and m.end > offset), key=lambda m: (m.start, m.end)
    )
    bounds = sorted({offset, end, *(m.start for m in near), *(m.end for m in near)})
    bounds = [b for b in bounds if offset <= b <= end]
    pieces: list[Piece] = []
    open_marks: list[Mark] = []
    coming = iter(near)
    following = next(coming, None)
    for start, stop in pairwise(bounds):
        open_marks = [m for m in open_marks if m.end > start]
        while following is not None and following.start <= start:
            open_marks.append(following)
            following = next(coming, None)
        opens = tuple(m for m in open_marks if m.start == start or (start == offset and m.start < offset))
        pieces.append(Piece(text=text[start - offset : stop - offset], marks=tuple(open_marks), opens=opens))
    return pieces


def paragraphs(text: str, marks: Iterable[Mark], *, offset: int = 0) -> list[list[Piece]]:
    """Cut a body into paragraphs of pieces; blank lines part them."""
    coming = sorted(marks, key=lambda mark: mark.start)
    near: list[Mark] = []
    found: list[list[Piece]] = []
    at, taken = offset, 0
    for line in text.split("\n"):
        end = at + len(line)
        near = [mark for mark in near if mark.end > at]
        while taken < len(coming) and coming[taken].start < end:
            near.append(coming[taken])
            taken += 1
        if line.strip():
            found.append(cut(line, near, offset=at))
        at = end + 1
    return found
