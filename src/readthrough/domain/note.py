"""Words. Every figure points to a fact, a price or an impact; every claim to spans or a playbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from readthrough.domain.article import Article, Span, require_utc
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story

__all__ = ["Claim", "ClaimKind", "Decision", "Engine", "Note", "Statement", "Support", "Withheld"]


class ClaimKind(StrEnum):
    """The seven moves of an analysis."""

    MARKET_READ = "market_read"
    SECOND_ORDER = "second_order"
    READ_THROUGH = "read_through"
    POSITIONING = "positioning"
    RISK = "risk"
    CONTRARIAN = "contrarian"
    CATALYST = "catalyst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What holds a sentence up: a span of the article, or the id of a fact, event, edge or playbook."""

    kind: str
    id: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the summary."""

    text: str
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One inference. `direction` is positive, negative, mixed or neutral; `horizon` a range with a unit."""

    kind: ClaimKind
    text: str
    direction: str
    horizon: str
    tickers: tuple[tuple[str, str], ...]  # (ticker, direction)
    confidence: float
    support: tuple[Support, ...]
    falsified_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one would do, when, and what would undo it. Analysis, not advice."""

    action: str
    instrument: str
    direction: str
    horizon: str
    trigger: str
    invalidation: str
    rationale: str
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A sentence that was cut, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Which parts wrote the note, by version or digest.

    `fallback` says why a language model that was to write did not (`timeout`, `refused`, ...); empty otherwise.
    """

    version: str
    reader: str
    writer: str
    playbooks: str
    universe: str
    fallback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An article's note. `known_at` is when it could first be acted on; a correction is a new revision."""

    id: str
    version: int
    article: Article
    reading: Reading
    story: Story
    summary: tuple[Statement, ...]
    analysis: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    book: tuple[Impact, ...]
    withheld: tuple[Withheld, ...]
    engine: Engine
    known_at: datetime

    def __post_init__(self) -> None:
        require_utc("known_at", self.known_at)
