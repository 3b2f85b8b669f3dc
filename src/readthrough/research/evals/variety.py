"""Do two notes read alike? The share of each note's runs of five words that stand in another note too.

Names and figures differ from note to note by themselves, so a phrase in stock is seen between them. Stories told
twice are one story: a page that repeats much of an earlier one is left out, else its note would count against itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from readthrough.domain.note import Note

__all__ = ["Variety", "distinct", "spoken", "variety"]

Page = TypeVar("Page")
_WORD: Final = re.compile(r"[^\W_][\w.%'’-]*")
_RUN: Final = 5
_SAME_STORY: Final = 0.3
"""Share of a page's runs of words from which on it repeats an earlier page."""
_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """How much the notes share.

    `shared` is the mean over notes, in [0, 1], of the share of a note's runs that stand in at least one other note;
    `worst` names the runs that stand in most notes, each with their number.
    """

    notes: int
    runs: int
    shared: float
    worst: tuple[tuple[str, int], ...]


def variety(texts: Iterable[str]) -> Variety:
    """Measure what notes share.

    Args:
        texts: What each note says, one text a note; texts too short for one run are not counted.

    >>> variety(["profit rose on cloud demand today", "profit rose on cloud demand again"]).shared
    0.5
    >>> variety([]).shared
    0.0
    """
    notes = [found for found in map(_runs, texts) if found]
    held: Counter[tuple[str, ...]] = Counter()
    for found in notes:
        held.update(found)
    shares = [sum(held[run] > 1 for run in found) / len(found) for found in notes]
    worst = sorted(((run, n) for run, n in held.items() if n > 1), key=lambda pair: (-pair[1], pair[0]))
    return Variety(
        notes=len(notes),
        runs=len(held),
        shared=sum(shares) / len(shares) if shares else 0.0,
        worst=tuple((" ".join(run), n) for run, n in worst[:_LISTED]),
    )


def spoken(note: Note) -> str:
    """Join what a note says of its own: its claims, and what it would do; not the summary, which is the article's."""
    claims = (claim.text for claim in note.analysis)
    decisions = (" ".join((d.action, d.trigger, d.invalidation, d.rationale)) for d in note.decisions)
    return "\n".join((*claims, *decisions))


def distinct(pages: Iterable[tuple[Page, str]]) -> list[Page]:
    """Keep the pages that do not repeat much of an earlier one.

    Args:
        pages: Each page with its text.
    """
    seen: set[tuple[str, ...]] = set()
    kept: list[Page] = []
    for page, text in pages:
        runs = _runs(text)
        if runs and sum(run in seen for run in runs) / len(runs) < _SAME_STORY:
            kept.append(page)
        seen |= runs
    return kept


def _runs(text: str) -> set[tuple[str, ...]]:
    words: Sequence[str] = _WORD.findall(text.lower())
    return set(zip(*(words[i:] for i in range(_RUN)), strict=False))
