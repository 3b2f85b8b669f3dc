"""The store: `domain.ports.Store` over SQLAlchemy Core, each method one transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.article import Article
from readthrough.domain.authoring import Authored, Authoring
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import StorageError
from readthrough.domain.note import Note
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.ports import OutboxRow, Passage, Saved, Spending
from readthrough.domain.route import Held
from readthrough.domain.story import Fingerprint
from readthrough.storage import (
    alerts,
    articles,
    authorings,
    deliveries,
    notes,
    outbox,
    portfolios,
    rules,
    search,
    stories,
)
from readthrough.storage.alert_record import SqlAlertRecord, save_alerts
from readthrough.storage.books import SqlBooks, save_touches
from readthrough.storage.corpus import SqlCorpus
from readthrough.storage.dialect import CLAIMS, WRITES, shown
from readthrough.storage.live import LiveSqlStore

if TYPE_CHECKING:
    from readthrough.storage.listen import Listening

__all__ = ["SqlStore", "translated"]


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the database's own errors into a `StorageError` that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        words = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
        raise StorageError(
            f"The database {shown(url)} refused: {words}.",
            remedy=_remedy(words),
            url=shown(url),
            passing=not isinstance(error, DataError | IntegrityError | ProgrammingError),
        ) from error


def _remedy(words: str) -> str:
    lower = words.lower()
    if "locked" in lower or "busy" in lower or "lock timeout" in lower:
        return "Another process holds it: let that finish, or raise storage.busy_timeout."
    if "not a database" in lower or "malformed" in lower:
        return "The file is damaged or something else: restore a backup, or point storage.url elsewhere."
    if "readonly" in lower or "unable to open" in lower or "permission" in lower:
        return "Make the file and its folder writable, or point storage.url elsewhere."
    if "full" in lower or "disk i/o" in lower:
        return "Free space on the disk that holds it."
    return "Check storage.url, then run `readthrough doctor`."


class SqlStore:
    """The record in a relational database. May be used from several threads; close it."""

    def __init__(self, engine: Engine, *, url: str) -> None:
        """Use an engine whose schema is up to date; `storage.open.open_store` makes these."""
        self._engine = engine
        self._url = url
        self._joined = threading.local()
        # SQLite has one writer; threads of this process queue for it here, where waiting is in turn, and only
        # other processes by its own polling, which a busy writer can starve.
        self._writer = threading.RLock() if engine.dialect.name == "sqlite" else None
        self.live = LiveSqlStore(self)
        """Articles that wait, feeds, relays: in the same transactions as all else."""
        self.books = SqlBooks(self._reading, self._writing)
        """Accounts, histories, prices, funds, and what news meant for each book."""
        self.alerting = SqlAlertRecord(self._reading, self._writing)
        """Alerts on their way to people: what waits, what hushes, what was tried."""
        # One connection shared by all threads (a database in memory) must be used one at a time.
        self._alone = threading.RLock() if isinstance(engine.pool, StaticPool) else None

    def find_note(self, article_id: str, content_digest: str, engine: str) -> NoteDocument | None:
        """Return the note already made from these words by this engine."""
        with self._reading() as connection:
            return notes.find_made(connection, article_id, content_digest, engine)

    def numbered(self, note: Note) -> Note:
        """Return the note under the id and revision that `save` would give it now."""
        with self._reading() as connection:
            return notes.numbered(connection, note)

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
        """Keep everything an article led to, or nothing."""
        with self._writing() as connection:
            numbered = self._is_joined()  # by who holds the write lock since
            saved = _save(connection, note, fingerprint, alerts, deliveries, held, engine, numbered)
            self.notify(connection, "outbox")
            return saved

    def revise(self, note: Note, *, engine: str) -> Saved:
        """Keep a rewritten note, unless something newer is there."""
        with self._writing() as connection:
            return _revise(connection, note, engine)

    def note(self, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        """Return the newest revision."""
        with self._reading() as connection:
            return notes.find(connection, note_id, as_of)

    def note_on(self, article_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        """Return the newest revision of the note on an article."""
        with self._reading() as connection:
            return notes.find_on(connection, article_id, as_of)

    def notes(
        self,
        *,
        limit: int,
        before: str | None = None,
        ticker: str | None = None,
        as_of: datetime | None = None,
        brief: bool = False,
    ) -> list[NoteDocument]:
        """Return notes, newest first."""
        with self._reading() as connection:
            return notes.latest(
                connection, limit=limit, before=before, ticker=ticker, as_of=as_of, brief=brief
            )

    def article(self, article_id: str, *, as_of: datetime | None = None) -> Article | None:
        """Return an article with its words."""
        with self._reading() as connection:
            return articles.find(connection, article_id, as_of)

    def fingerprints(self, *, since: float, limit: int | None = None) -> Iterator[Fingerprint]:
        """Go through what grouping remembers, oldest first; read it to its end, or close it."""
        with self._reading() as connection:
            yield from stories.remembered(connection, since=since, limit=limit)

    def search(
        self,
        text: str,
        *,
        limit: int,
        tickers: Sequence[str] = (),
        min_relevance: float = 0.0,
        as_of: datetime | None = None,
    ) -> list[Passage]:
        """Search the sentences."""
        with self._reading() as connection:
            return search.find(
                connection, text, limit=limit, tickers=tickers, min_relevance=min_relevance, as_of=as_of
            )

    def save_portfolio(self, portfolio: Portfolio, *, at: datetime | None = None) -> None:
        """Keep a portfolio."""
        with self._writing() as connection:
            portfolios.save(connection, portfolio, at=at or datetime.now(UTC))
            rules.books_changed(connection)

    def delete_portfolio(self, portfolio_id: str, *, at: datetime | None = None) -> bool:
        """Forget a portfolio."""
        with self._writing() as connection:
            rules.books_changed(connection)
            return portfolios.forget(connection, portfolio_id, at=at or datetime.now(UTC))

    def portfolios(self, *, as_of: datetime | None = None) -> list[Portfolio]:
        """Return every portfolio."""
        with self._reading() as connection:
            return portfolios.every(connection) if as_of is None else portfolios.every_at(connection, as_of)

    def portfolio_names(self) -> dict[str, str]:
        """Return what each portfolio is called, by id."""
        with self._reading() as connection:
            return portfolios.names(connection)

    def save_rule(self, rule: Rule) -> None:
        """Keep a rule."""
        with self._writing() as connection:
            rules.save(connection, rule)

    def delete_rule(self, rule_id: str) -> bool:
        """Forget a rule."""
        with self._writing() as connection:
            return rules.forget(connection, rule_id)

    def rules(self) -> list[Rule]:
        """Return every rule."""
        with self._reading() as connection:
            return rules.every(connection)

    def rules_since(self, change: int) -> dict[str, Rule | None] | None:
        """Return the rules that changed after a change."""
        with self._reading() as connection:
            return rules.changed_since(connection, change)

    def watchlists(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return every watchlist."""
        with self._reading() as connection:
            return rules.every_watchlist(connection)

    def books_stamp(self) -> str:
        """Return a mark that changes with portfolios and rules."""
        with self._reading() as connection:
            return rules.books_stamp(connection)

    def alerts(self, *, limit: int, before: str | None = None) -> list[Alert]:
        """Return alerts, newest first."""
        with self._reading() as connection:
            return alerts.latest(connection, limit=limit, before=before)

    def alert(self, alert_id: str) -> Alert | None:
        """Return one alert."""
        with self._reading() as connection:
            return alerts.find(connection, alert_id)

    def was_alerted(self, rule_id: str, story_id: str) -> bool:
        """Tell whether a rule already spoke on a story."""
        with self._reading() as connection:
            return alerts.was_alerted(connection, rule_id, story_id)

    def deliveries(self, alert_id: str) -> list[Delivery]:
        """Return an alert's deliveries."""
        with self._reading() as connection:
            return deliveries.of_alert(connection, alert_id)

    def due_deliveries(
        self, now: datetime, *, limit: int, lease: timedelta = timedelta(seconds=60)
    ) -> list[tuple[Delivery, NoteDocument]]:
        """Claim deliveries that are due."""
        with self._writing() as connection:
            return deliveries.claim_due(connection, now, limit=limit, lease=lease)

    def record_attempt(self, delivery: Delivery, *, at: datetime) -> None:
        """Keep the outcome of an attempt."""
        with self._writing() as connection:
            deliveries.record_attempt(connection, delivery, at=at)

    def record_authoring(self, authoring: Authoring, *, at: datetime) -> None:
        """Keep what a language model was asked."""
        with self._writing() as connection:
            authorings.record(connection, authoring, at=at)

    def answered(self, digest: str) -> Authored | None:
        """Return the answer already given to equal inputs."""
        with self._reading() as connection:
            return authorings.answered(connection, digest)

    def spending(self, *, since: datetime) -> Spending:
        """Add up what was asked since a moment."""
        with self._reading() as connection:
            return authorings.spending(connection, since)

    def outbox(self, *, after: int, limit: int) -> list[OutboxRow]:
        """Return what was written after a row."""
        with self._reading() as connection:
            return outbox.since(connection, after=after, limit=limit)

    def last_outbox_id(self) -> int:
        """Return the newest outbox row's id."""
        with self._reading() as connection:
            return outbox.last_id(connection)

    def corpus(self) -> SqlCorpus:
        """Return what research looks through, over the same database; close it before this."""
        return SqlCorpus(self._reading, self._writing)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that only reads, for a noun whose statements live in a module of their own."""
        return self._reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction that writes; it is kept when the block ends and undone when it raises."""
        return self._writing()

    def claiming(self) -> AbstractContextManager[Connection]:
        """Open a transaction that writes rows whose order nobody reads: it waits for no other writer's."""
        return self._transaction(CLAIMS)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make everything this thread does with the store in the block one transaction, committed at its end.

        What is written inside is seen inside. Each write is undone by itself when it raises, all of them
        when the block does. The write lock is held throughout, so keep the block short.
        """
        with self._transaction(WRITES) as connection:
            self._joined.connection, self._joined.topics = connection, set()
            try:
                yield
                topics = sorted(self._joined.topics)
            finally:
                self._joined.connection = None
            for topic in topics:
                self.notify(connection, topic)

    def notify(self, connection: Connection, topic: str) -> None:
        """Wake those in other processes who listen for a topic, when the transaction is committed."""
        if self._is_joined():  # once for all that is written together
            self._joined.topics.add(topic)
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"NOTIFY readthrough_{topic}")

    def _is_joined(self) -> bool:
        return getattr(self._joined, "connection", None) is not None

    def listen(self, *topics: str) -> Listening | None:
        """Wait for topics that other processes notify; None where the database has no such thing."""
        if self._engine.dialect.name != "postgresql":
            return None
        from readthrough.storage.listen import Listening

        return Listening(self._engine, topics)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        joined: Connection | None = getattr(self._joined, "connection", None)
        if joined is not None:
            with translated(self._url):
                yield joined
            return
        with self._one_at_a_time(), translated(self._url), self._engine.connect() as connection:
            yield connection

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._transaction(WRITES)

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[Connection]:
        joined: Connection | None = getattr(self._joined, "connection", None)
        if joined is not None:
            with translated(self._url), joined.begin_nested():
                yield joined
            return
        with (
            self._writer or nullcontext(),
            self._one_at_a_time(),
            translated(self._url),
            self._engine.connect() as connection,
        ):
            connection = connection.execution_options(**{kind: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if self._alone is None:
            yield
        else:
            with self._alone:
                yield


def _save(
    connection: Connection,
    note: Note,
    fingerprint: Fingerprint,
    fired: Sequence[Alert],
    due: Sequence[tuple[Delivery, NoteDocument]],
    held: Sequence[Held],
    engine: str,
    numbered: bool,
) -> Saved:
    kept = notes.find_made(connection, note.article.id, note.article.content_digest, engine)
    if kept is not None:
        return Saved(document=kept, changed=False)
    if not numbered:
        note = notes.numbered(connection, note)
    if revision := articles.save(connection, note.article, known_at=note.known_at):
        spans = [sentence.span for sentence in note.reading.sentences]
        search.save(
            connection, note.article, spans, revision=revision, note_id=note.id, known_at=note.known_at
        )
    document = notes.save(connection, note, engine=engine)
    save_touches(connection, note)
    stories.save(connection, note, fingerprint)
    outbox.add(connection, "note", note.id, revision=note.version, at=note.known_at)
    save_alerts(connection, fired, due, held, note_id=note.id, revision=note.version)
    return Saved(document=document, changed=True)


def _revise(connection: Connection, note: Note, engine: str) -> Saved:
    kept = notes.find_made(connection, note.article.id, note.article.content_digest, engine)
    if kept is not None:
        return Saved(document=kept, changed=False)
    newest = notes.find(connection, note.id, None)
    if newest is None or newest["revision"] != note.version:
        return Saved(document=newest or {}, changed=False)
    note = notes.numbered(connection, note)
    document = notes.save(connection, note, engine=engine)
    save_touches(connection, note)
    outbox.add(connection, "note", note.id, revision=note.version, at=note.known_at)
    return Saved(document=document, changed=True)
