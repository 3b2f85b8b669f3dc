"""A question as its address states it, and its answer as the page prints it while it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from readthrough.desk.answers import Scope
from readthrough.desk.documents import answer_document, figure_document, sentence_document
from readthrough.desk.telling import AnswerPieces
from readthrough.domain.errors import ReadthroughError

__all__ = ["Asked", "ToldAnswer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and what narrows it, each as typed; `problems` says what cannot be read, by field."""

    question: str
    tickers: tuple[str, ...] = ()
    since: str = ""
    as_of: str = ""
    portfolio: str = ""
    problems: Mapping[str, str]
    scope: Scope

    @classmethod
    def of(cls, question: str, tickers: Sequence[str], *, since: str, as_of: str, portfolio: str) -> Asked:
        """Read the fields of an address; several tickers may stand in one, with blanks or commas between.

        >>> Asked.of("Why?", ["tgt, wmt"], since="", as_of="", portfolio="").tickers
        ('TGT', 'WMT')
        """
        codes = [code for one in tickers for code in one.replace(",", " ").upper().split()]
        told = tuple(dict.fromkeys(code[:30] for code in codes))[:10]
        problems = {
            name: _NO_MOMENT for name, text in (("since", since), ("as_of", as_of)) if not _read(text)
        }
        scope = Scope(
            tickers=told,
            since=None if problems else _moment(since),
            as_of=None if problems else _moment(as_of),
            portfolio=portfolio.strip(),
        )
        return cls(
            question=question,
            tickers=told,
            since=since.strip(),
            as_of=as_of.strip(),
            portfolio=portfolio.strip(),
            problems=problems,
            scope=scope,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything stands beside the question."""
        return bool(self.tickers or self.since or self.as_of or self.portfolio)

    def query(self, *, ticker: str = "") -> str:
        """Return the address's fields, with another ticker where one is given.

        >>> Asked.of("Why?", [], since="2026-11-01", as_of="", portfolio="").query(ticker="TGT")
        'q=Why%3F&ticker=TGT&since=2026-11-01'
        """
        tickers = [ticker] if ticker else list(self.tickers)
        given = {
            "q": self.question,
            "ticker": tickers,
            "since": self.since,
            "as_of": self.as_of,
            "portfolio": self.portfolio,
        }
        return urlencode({name: value for name, value in given.items() if value}, doseq=True)


_NO_MOMENT = "No date or moment: write it as 2026-03-02 or 2026-03-02T13:30."


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    read = datetime.fromisoformat(text.strip())
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def _read(text: str) -> bool:
    try:
        _moment(text)
    except (ValueError, OverflowError):
        return False
    return True


class ToldAnswer:
    """The pieces of an answer for the page, passages numbered as they come; the rest is there when they have ended."""

    def __init__(self, pieces: AnswerPieces) -> None:
        """Take the pieces; nothing is read yet."""
        self._pieces = pieces
        self._places: dict[tuple[str, int, int], int] = {}
        self.citations: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {"found": False, "choices": [], "text": ""}
        self.failed = ""
        self.columns: list[str] = []
        self.figures: list[dict[str, Any]] = []

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give each piece with the numbers of its passages."""
        try:
            yield from self._told()
        except ReadthroughError as error:  # the page's beginning has gone out: it is said below it
            self.failed = str(error)

    def _told(self) -> Iterator[dict[str, Any]]:
        for piece in self._pieces:
            if piece.figure is not None:
                told: dict[str, Any] = dict(figure_document(piece.figure))
                self.figures.append(told | {"numbers": [self._number(c) for c in told["inputs"]]})
            elif piece.sentence is not None:
                told = dict(sentence_document(piece.sentence))
                numbers = [self._number(c) for c in told["citations"]]
                yield {"kind": "sentence", "words": told["text"], "numbers": numbers}
            else:
                yield {"kind": piece.kind, "words": piece.words, "numbers": []}
        if self._pieces.answer is not None:
            self.answer = dict(answer_document(self._pieces.answer))
            rows = self.answer["rows"]
            self.columns = [n for n in rows[0] if n not in ("note_id", "quote", "is_change")] if rows else []

    def _number(self, cited: dict[str, Any]) -> int:
        place = (cited["article_id"], cited["span"]["start"], cited["span"]["end"])
        if place not in self._places:
            self.citations.append(cited)
            self._places[place] = len(self.citations)
        return self._places[place]
