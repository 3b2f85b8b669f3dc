"""The shapes the desk asks of its edges. Rooms are plain functions and need none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.contract import NoteDocument
from readthrough.domain.note import Note
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.story import Fingerprint

__all__ = ["Clock", "Passage", "Receiver", "StepDone", "StepHook", "Store"]

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present as an aware UTC datetime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """One step of the flow, done: what logs, metrics and traces hook onto."""

    step: str
    article_id: str
    seconds: float
    outcome: str  # ok, repeated, failed
    counts: tuple[tuple[str, int], ...] = ()


StepHook: TypeAlias = Callable[[StepDone], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a stored article that answers a search, with where it stands."""

    note_id: str
    article_id: str
    headline: str
    source: str
    published_at: str
    text: str
    start: int
    end: int
    score: float


class Receiver(Protocol):
    """Sends one alert somewhere. Raises `Transient` or `Permanent`; retries are not its business."""

    name: str

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Deliver once, under `delivery.id` as the idempotency key."""


class Store(Protocol):
    """The record. Every write is idempotent by id and digest; a change is a new revision."""

    def find_note(self, article_id: ArticleId, content_digest: str, engine: str) -> NoteDocument | None:
        """Return the note already made from these words by this engine, if any."""

    def save(self, note: Note, fingerprint: Fingerprint, alerts: Sequence[Alert]) -> bool:
        """Keep article, reading, note, fingerprint, alerts and outbox rows in one transaction.

        Returns:
            False when these words by this engine were already kept and nothing changed.
        """

    def note(self, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        """Return the newest revision known at `as_of` (now when None)."""

    def notes(
        self,
        *,
        limit: int,
        before: str | None = None,
        ticker: str | None = None,
        as_of: datetime | None = None,
    ) -> list[NoteDocument]:
        """Return notes, newest first; `before` is the id of the last one already seen."""

    def article(self, article_id: str) -> Article | None:
        """Return an article with its words."""

    def fingerprints(self, *, since: float) -> Iterable[Fingerprint]:
        """Return what grouping remembers, oldest first."""

    def search(self, text: str, *, limit: int, tickers: Sequence[str] = ()) -> list[Passage]:
        """Full-text search over stored sentences."""

    def save_portfolio(self, portfolio: Portfolio) -> None:
        """Keep a portfolio, replacing the one of the same id."""

    def portfolios(self) -> list[Portfolio]:
        """Return every portfolio."""

    def save_rule(self, rule: Rule) -> None:
        """Keep a rule, replacing the one of the same id."""

    def rules(self) -> list[Rule]:
        """Return every rule."""

    def alerts(self, *, limit: int) -> list[Alert]:
        """Return alerts, newest first, withheld ones included."""

    def due_deliveries(self, now: datetime, *, limit: int) -> list[tuple[Delivery, NoteDocument]]:
        """Return deliveries that are due, each with its payload."""

    def record_attempt(self, delivery: Delivery) -> None:
        """Keep the outcome of an attempt."""

    def close(self) -> None:
        """Let go of the database."""
