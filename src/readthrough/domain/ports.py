"""The shapes the desk asks of its edges. Rooms are plain functions and need none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol, TypeAlias

from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.alert_ports import AlertRecord
from readthrough.domain.article import Article
from readthrough.domain.authoring import Assignment, Authored, Authoring, Progress, Review
from readthrough.domain.contract import NoteDocument
from readthrough.domain.ledger import Account, Fund, Price, Rate, Transaction
from readthrough.domain.live_ports import Listener, LiveStore
from readthrough.domain.note import Note
from readthrough.domain.portfolio import Portfolio, Touch
from readthrough.domain.route import Held
from readthrough.domain.story import Fingerprint

__all__ = [
    "Author",
    "BookStore",
    "Clock",
    "OutboxRow",
    "Passage",
    "Receiver",
    "Saved",
    "SentenceAnswer",
    "SentenceQuestion",
    "SentenceReader",
    "Spending",
    "StepDone",
    "StepHook",
    "Store",
]

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
    """A stretch of a stored article that answers a search, with where it stands. Higher scores fit better."""

    note_id: str
    article_id: str
    headline: str
    source: str
    published_at: str
    text: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save left behind. `changed` is False when these words by this engine were already kept."""

    document: NoteDocument
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """Something the world should hear of, written in the same transaction as the thing itself."""

    id: int
    topic: str  # note, alert
    key: str
    document: NoteDocument
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceQuestion:
    """A text to be read by a model: for whom the `targets` mean, as code points, or as a whole without any."""

    text: str
    targets: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceAnswer:
    """What a model makes of a text: calibrated probabilities, a score in [-1, 1], and a unit vector.

    `parents` holds event parents with their probabilities, likely ones only. `news` is how likely the text
    is news at all. A model that was not taught a thing leaves it empty (`parents`, `vector`) or 1 (`news`).
    """

    negative: float
    neutral: float
    positive: float
    score: float
    parents: tuple[tuple[str, float], ...] = ()
    news: float = 1.0
    vector: Sequence[float] = ()


class SentenceReader(Protocol):
    """Reads sentences with a trained model. The same question has the same answer, whatever it is asked with."""

    @property
    def digest(self) -> str:
        """Names the model: another digest, other answers."""

    def answer(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        """Answer every question, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What asking language models took since a moment; `cost_usd` is at the prices set at the time."""

    notes: int
    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal


class Author(Protocol):
    """Writes claims with a language model. Whatever the model does, `write` returns how that ended."""

    @property
    def name(self) -> str:
        """What a note says wrote it."""

    @property
    def digest(self) -> str:
        """Names the model and its limits: another digest, other answers."""

    def most_tokens(self, assignment: Assignment) -> tuple[int, int]:
        """Return the most tokens in and out that one `write` may take."""

    def write(self, assignment: Assignment, review: Review, *, progress: Progress | None = None) -> Authored:
        """Ask for claims, and again while `review` finds faults and retries are left."""

    def probe(self) -> Authored:
        """Ask for the smallest answer there is."""

    def close(self) -> None:
        """Let go of the connection."""


class Receiver(Protocol):
    """Sends one alert somewhere. Raises `Transient` or `Permanent`; retries are not its business."""

    @property
    def name(self) -> str:
        """What rules call this receiver."""

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> str | None:
        """Deliver once, under `delivery.id` as the idempotency key; return a remark to keep with it, if any."""


class BookStore(Protocol):
    """What portfolios rest on: accounts, histories, prices, funds, and what news meant for each book."""

    def save_account(self, account: Account) -> None:
        """Keep an account in place of the one with its id."""

    def accounts(self, portfolio_id: str | None = None) -> list[Account]:
        """Return the accounts of a portfolio, or of all."""

    def save_transactions(
        self, portfolio_id: str, history: Iterable[Transaction], *, at: datetime | None = None
    ) -> tuple[int, int]:
        """Keep transactions, all or none; how many were new, and how many replaced one of the same id.

        They are known since `at`, now when None.
        """

    def transactions(self, portfolio_id: str, *, as_of: datetime | None = None) -> list[Transaction]:
        """Return a portfolio's history by day, those of one day in the order given, as known at a moment."""

    def forget_history(self, portfolio_id: str) -> int:
        """Remove a portfolio's transactions and accounts; how many transactions there were."""

    def save_prices(self, prices: Iterable[Price]) -> int:
        """Keep prices, all or none; of two for one instrument and day the later given stands."""

    def save_rates(self, rates: Iterable[Rate]) -> int:
        """Keep exchange rates, all or none."""

    def prices(
        self,
        instruments: Sequence[str] | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        last: bool = False,
    ) -> list[Price]:
        """Return prices by instrument and day, of some instruments or all, of a stretch, or the `last` of each."""

    def rates(self, since: date | None = None) -> list[Rate]:
        """Return exchange rates by pair and day, from a day on."""

    def save_fund(self, fund: Fund) -> None:
        """Keep what a fund holds, in place of what it held."""

    def funds(self) -> list[Fund]:
        """Return what every known fund holds."""

    def touches(
        self,
        *,
        since: datetime,
        until: datetime | None = None,
        portfolio_id: str | None = None,
        as_of: datetime | None = None,
    ) -> list[Touch]:
        """Return what news meant for the books in a stretch of time (the end left out), oldest first.

        With `as_of`, as it was known then: what a later revision of a note says instead is left out.
        """


class Store(Protocol):
    """The record. Every write is idempotent by id and digest; a change is a new revision."""

    @property
    def alerting(self) -> AlertRecord:
        """Alerts on their way to people: what waits, what hushes, what was tried."""

    @property
    def books(self) -> BookStore:
        """Accounts, histories, prices, funds, and what news meant for each book."""

    def find_note(self, article_id: str, content_digest: str, engine: str) -> NoteDocument | None:
        """Return the note already made from these words by this engine, if any."""

    def numbered(self, note: Note) -> Note:
        """Return the note under the id and revision that `save` would give it now."""

    def save(
        self,
        note: Note,
        fingerprint: Fingerprint,
        alerts: Sequence[Alert] = (),
        deliveries: Sequence[tuple[Delivery, NoteDocument]] = (),
        held: Sequence[Held] = (),
        *,
        engine: str,
    ) -> Saved:
        """Keep article, reading, note, fingerprint, alerts, deliveries and outbox rows in one transaction.

        The store numbers the revisions: a second note on the same article keeps the first one's id.

        Args:
            note: The note; its `version` is replaced by the revision.
            fingerprint: What grouping remembers of the article.
            alerts: Alerts of this article, withheld ones included.
            deliveries: What is to be sent, each with its payload.
            held: What is to be told later, together with other alerts.
            engine: The key that `find_note` will be asked with.
        """

    def revise(self, note: Note, *, engine: str) -> Saved:
        """Keep a note rewritten from the same words as the revision after `note.version`.

        Nothing changes when that is no longer the newest revision, or these words by this engine are kept.
        """

    def note(self, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        """Return the newest revision known at `as_of` (now when None)."""

    def note_on(self, article_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        """Return the newest revision of the note on an article."""

    def notes(
        self,
        *,
        limit: int,
        before: str | None = None,
        ticker: str | None = None,
        as_of: datetime | None = None,
        brief: bool = False,
    ) -> list[NoteDocument]:
        """Return notes, newest first; `before` is the id of the last one already seen.

        `brief` returns only what a row of a list shows, in the same shape: much less to read and parse.
        """

    def article(self, article_id: str, *, as_of: datetime | None = None) -> Article | None:
        """Return an article with its words, as they stood at `as_of`."""

    def fingerprints(self, *, since: float, limit: int | None = None) -> Iterable[Fingerprint]:
        """Return what grouping remembers, oldest first; of many about the newest `limit`."""

    def search(
        self,
        text: str,
        *,
        limit: int,
        tickers: Sequence[str] = (),
        min_relevance: float = 0.0,
        as_of: datetime | None = None,
    ) -> list[Passage]:
        """Full-text search over stored sentences, best first.

        Args:
            text: Words, never query syntax.
            limit: Most sentences.
            tickers: Only sentences of notes that read something for one of these.
            min_relevance: How relevant that ticker must be to the note, in [0, 1].
            as_of: What was known then; now when None.
        """

    def save_portfolio(self, portfolio: Portfolio, *, at: datetime | None = None) -> None:
        """Keep a portfolio, replacing the one of the same id; it is known since `at`, now when None."""

    def delete_portfolio(self, portfolio_id: str, *, at: datetime | None = None) -> bool:
        """Forget a portfolio; False when there was none. What it was before `at` can still be asked."""

    def portfolios(self, *, as_of: datetime | None = None) -> list[Portfolio]:
        """Return every portfolio, as it was known at a moment when one is given."""

    def portfolio_names(self) -> dict[str, str]:
        """Return what each portfolio is called, by id, without its holdings."""

    def save_rule(self, rule: Rule) -> None:
        """Keep a rule, replacing the one of the same id."""

    def delete_rule(self, rule_id: str) -> bool:
        """Forget a rule; False when there was none."""

    def rules(self) -> list[Rule]:
        """Return every rule."""

    def rules_since(self, change: int) -> dict[str, Rule | None] | None:
        """Return the rules that changed after a change, None for one that is gone.

        The number of the last change stands after the dot of `books_stamp`. None where too many came since.
        """

    def watchlists(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the tickers of every watchlist, by person and name."""

    def books_stamp(self) -> str:
        """Return a mark that changes whenever portfolios or rules do: of either, with a dot between."""

    def alerts(self, *, limit: int, before: str | None = None) -> list[Alert]:
        """Return alerts, newest first, withheld ones included; `before` is the last id already seen."""

    def alert(self, alert_id: str) -> Alert | None:
        """Return one alert."""

    def was_alerted(self, rule_id: str, story_id: str) -> bool:
        """Tell whether this rule already spoke (and was not withheld) on this story."""

    def deliveries(self, alert_id: str) -> list[Delivery]:
        """Return where an alert was sent and how that went."""

    def due_deliveries(
        self, now: datetime, *, limit: int, lease: timedelta = timedelta(seconds=60)
    ) -> list[tuple[Delivery, NoteDocument]]:
        """Claim deliveries that are due, each with its payload.

        A claimed delivery is due again after `lease`, so one whose sender was killed is retried and two
        senders never hold the same one.
        """

    def record_attempt(self, delivery: Delivery, *, at: datetime) -> None:
        """Keep the outcome of an attempt: the delivery as it now stands."""

    def record_authoring(self, authoring: Authoring, *, at: datetime) -> None:
        """Keep what a language model was asked, what it answered and what that cost."""

    def answered(self, digest: str) -> Authored | None:
        """Return the answer already given to equal inputs, as having cost nothing."""

    def spending(self, *, since: datetime) -> Spending:
        """Add up what asking language models took since a moment."""

    def outbox(self, *, after: int, limit: int) -> list[OutboxRow]:
        """Return what was written after the row of that id, oldest first."""

    def last_outbox_id(self) -> int:
        """Return the id of the newest outbox row, 0 when there is none."""

    @property
    def live(self) -> LiveStore:
        """Articles that wait, feeds and relays, in the same transactions as all else."""

    def together(self) -> AbstractContextManager[None]:
        """Make everything this thread does with the store in the block one transaction.

        What is written inside is seen inside; a write that raises is undone alone, a block that raises whole.
        """

    def listen(self, *topics: str) -> Listener | None:
        """Hear what other processes save (`arrivals`, `outbox`); None where the database cannot tell."""

    def close(self) -> None:
        """Let go of the database."""
