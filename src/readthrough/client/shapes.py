"""What the client returns: frozen values, each with the document it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = [
    "Answer",
    "AnswerPiece",
    "ApiError",
    "Citation",
    "Document",
    "Note",
    "Passage",
    "Sentence",
    "StreamEvent",
    "TickerScore",
]

Raw = Mapping[str, Any]


class ApiError(Exception):
    """The server refused: `status`, `code`, what went wrong and what to do about it."""

    def __init__(self, status: int, code: str, message: str, remedy: str = "") -> None:
        """Keep what the server said."""
        super().__init__(f"{status} {code}: {message} {remedy}".strip())
        self.status, self.code, self.message, self.remedy = status, code, message, remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class TickerScore:
    """What a note says for one issuer; `score` in [-1, 1], None when it bears on no view."""

    ticker: str
    name: str
    role: str
    relevance: float
    score: float | None
    label: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note; `raw` is the contract document with everything in it."""

    id: str
    headline: str
    source: str
    url: str
    published_at: datetime | None
    known_at: datetime
    score: float | None
    label: str
    mixed: bool
    confidence: float
    market_impact: float
    novelty: float
    summary: str
    tickers: tuple[TickerScore, ...]
    raw: Raw = field(repr=False)

    @classmethod
    def of(cls, raw: Raw) -> Note:
        """Read a contract document."""
        about, sentiment = raw["article"], raw["sentiment"]
        return cls(
            id=raw["id"],
            headline=about["headline"],
            source=about["source"],
            url=about["url"],
            published_at=moment(about["published_at"]),
            known_at=datetime.fromisoformat(raw["known_at"]),
            score=sentiment["score"],
            label=sentiment["label"],
            mixed=sentiment["mixed"],
            confidence=sentiment["confidence"],
            market_impact=raw["market_impact"],
            novelty=raw["story"]["novelty"],
            summary=" ".join(s["text"] for s in raw["summary"]),
            tickers=tuple(
                TickerScore(
                    ticker=t["ticker"] or "",
                    name=t["name"],
                    role=t["role"],
                    relevance=t["relevance"],
                    score=t["score"],
                    label=t["label"],
                    confidence=t["confidence"],
                )
                for t in raw["tickers"]
            ),
            raw=raw,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where words stand: code points of a document, its page where it has pages."""

    document_id: str
    note_id: str | None
    headline: str
    source: str
    published_at: datetime | None
    page: int | None
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, raw: Raw) -> Citation:
        """Read a citation."""
        return cls(
            document_id=raw["article_id"],
            note_id=raw["note_id"],
            headline=raw["headline"],
            source=raw["source"],
            published_at=moment(raw["published_at"]),
            page=raw["page"],
            start=raw["span"]["start"],
            end=raw["span"]["end"],
            quote=raw["quote"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with all of its citations."""

    text: str
    citations: tuple[Citation, ...]

    @classmethod
    def of(cls, raw: Raw) -> Sentence:
        """Read a sentence."""
        return cls(text=raw["text"], citations=tuple(Citation.of(c) for c in raw["citations"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer; `found` is False when the corpus does not say. `choices` lists names to settle first."""

    question: str
    found: bool
    text: str
    headline: str | None
    method: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Raw, ...]
    rows: tuple[Raw, ...]
    choices: tuple[Raw, ...]
    raw: Raw = field(repr=False)

    @classmethod
    def of(cls, raw: Raw) -> Answer:
        """Read an answer."""
        return cls(
            question=raw["question"],
            found=raw["found"],
            text=raw["text"],
            headline=raw["headline"],
            method=raw["method"],
            sentences=tuple(Sentence.of(s) for s in raw["sentences"]),
            figures=tuple(raw["figures"]),
            rows=tuple(raw["rows"]),
            choices=tuple(raw["choices"]),
            raw=raw,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPiece:
    """A piece of an answer as it comes; `kind` is status, assumed, headline, figure, sentence, withheld or answer.

    The last one is the whole `answer`. A withheld one is the mark of a model's sentence that its sources do not bear out.
    """

    kind: str
    words: str = ""
    sentence: Sentence | None = None
    figure: Raw | None = None
    answer: Answer | None = None

    @classmethod
    def of(cls, kind: str, data: Any) -> AnswerPiece:
        """Read an event.

        Raises:
            ApiError: It says that the answer cannot be finished.
        """
        if kind == "error":
            raise ApiError(200, "unfinished", data["message"], data["remedy"])
        if kind == "sentence":
            return cls(kind=kind, words=data["text"], sentence=Sentence.of(data))
        if kind == "figure":
            return cls(kind=kind, words=data["working"], figure=data)
        if kind == "answer":
            return cls(kind=kind, words=data["text"], answer=Answer.of(data))
        return cls(kind=kind, words=str(data))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the corpus, without its text."""

    id: str
    kind: str
    title: str
    source: str
    published_at: datetime | None
    known_at: datetime
    tickers: tuple[str, ...]
    pages: int

    @classmethod
    def of(cls, raw: Raw) -> Document:
        """Read a document's row."""
        return cls(
            id=raw["id"],
            kind=raw["kind"],
            title=raw["title"],
            source=raw["source"],
            published_at=moment(raw["published_at"]),
            known_at=datetime.fromisoformat(raw["known_at"]),
            tickers=tuple(t["ticker"] for t in raw["tickers"]),
            pages=raw["pages"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage that was found."""

    document_id: str
    title: str
    page: int
    start: int
    end: int
    text: str
    score: float

    @classmethod
    def of(cls, raw: Raw) -> Passage:
        """Read a passage."""
        return cls(
            document_id=raw["document_id"],
            title=raw["title"],
            page=raw["page"],
            start=raw["span"]["start"],
            end=raw["span"]["end"],
            text=raw["text"],
            score=raw["score"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEvent:
    """Something that happened: kind is note, alert or missed. Give `id` to go on from here after a break."""

    id: str
    kind: str
    data: Raw


def moment(text: str | None) -> datetime | None:
    """Read a moment that may be missing."""
    return None if text is None else datetime.fromisoformat(text)
