"""What the tools answer with: typed, each figure and sentence with where it stands."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = [
    "AlertRow",
    "Alerts",
    "Answered",
    "BookImpact",
    "Cited",
    "Entities",
    "Entity",
    "ImpactRow",
    "NoteRow",
    "Notes",
    "Passages",
    "Sentence",
    "WholeNote",
]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entity(_Shape):
    """An issuer: give `ticker` to the other tools."""

    id: str
    name: str
    ticker: str | None
    tickers: list[str]
    country: str | None
    sector: str | None


class Entities(_Shape):
    """Issuers that a name may mean. `ambiguous` when several could be meant: ask the person which."""

    found: list[Entity]
    ambiguous: bool


class Cited(_Shape):
    """Where words stand: code points of a document, the page where it has pages, and the words themselves."""

    document_id: str
    note_id: str | None
    headline: str
    source: str
    published_at: str | None
    page: int | None
    start: int
    end: int
    quote: str


class Sentence(_Shape):
    """A sentence and all of its citations."""

    text: str
    citations: list[Cited]


class Answered(_Shape):
    """An answer. `found` is false when the corpus does not say; `choices` lists names that must be settled first."""

    question: str
    found: bool
    text: str
    headline: str | None
    sentences: list[Sentence]
    figures: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    choices: list[dict[str, Any]]
    assumed: list[str]
    method: str


class Passages(_Shape):
    """Passages that fit best, best first."""

    found: list[Cited]


class NoteRow(_Shape):
    """A note in a line."""

    id: str
    headline: str
    source: str
    published_at: str | None
    known_at: str
    score: float | None
    label: str
    tickers: list[str]
    first_sentence: str
    novelty: float


class Notes(_Shape):
    """Notes, newest first; give `next` as `before` for more."""

    notes: list[NoteRow]
    next: str | None


class WholeNote(_Shape):
    """A note as the public contract has it, version 1: facts and events carry spans into the article."""

    found: bool
    note: dict[str, Any]


class ImpactRow(_Shape):
    """What one note means for one book: basis points of net asset value, and the path it takes."""

    note_id: str
    headline: str
    portfolio: str
    ticker: str
    path: str
    through: str
    weight: float | None
    low_bps: float | None
    mid_bps: float | None
    high_bps: float | None
    why: str


class BookImpact(_Shape):
    """Effects of the newest notes on a book, largest first."""

    rows: list[ImpactRow]


class AlertRow(_Shape):
    """An alert with its reason; withheld ones say why."""

    id: str
    rule: str
    severity: str
    headline: str
    reason: str
    withheld: bool
    created_at: str


class Alerts(_Shape):
    """Alerts, newest first."""

    alerts: list[AlertRow]
