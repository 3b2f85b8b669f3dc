"""What portfolios rest on, as `domain.ports.BookStore`: each method is one transaction of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select

from readthrough.domain.ledger import Account, Fund, Price, Rate, Transaction
from readthrough.domain.note import Note
from readthrough.domain.portfolio import Touch
from readthrough.domain.security import IssuerId
from readthrough.storage import ledgers
from readthrough.storage.articles import storable
from readthrough.storage.book_tables import book_touches, past_touches
from readthrough.storage.past_books import keep_touches
from readthrough.storage.rules import books_changed

__all__ = ["SqlBooks", "save_touches"]

Transacting = Callable[[], AbstractContextManager[Connection]]


class SqlBooks:
    """Accounts, histories, prices, funds, and what news meant for each book."""

    def __init__(self, reading: Transacting, writing: Transacting) -> None:
        """Use a store's connections; `SqlStore.books` makes these."""
        self._reading, self._writing = reading, writing

    def save_account(self, account: Account) -> None:
        """Keep an account in place of the one with its id."""
        with self._writing() as connection:
            ledgers.save_account(connection, account)

    def accounts(self, portfolio_id: str | None = None) -> list[Account]:
        """Return the accounts of a portfolio, or of all."""
        with self._reading() as connection:
            return ledgers.accounts(connection, portfolio_id)

    def save_transactions(
        self, portfolio_id: str, history: Iterable[Transaction], *, at: datetime | None = None
    ) -> tuple[int, int]:
        """Keep transactions, all or none; how many were new and how many were known already."""
        with self._writing() as connection:
            return ledgers.save_transactions(connection, portfolio_id, history, at=at or datetime.now(UTC))

    def transactions(self, portfolio_id: str, *, as_of: datetime | None = None) -> list[Transaction]:
        """Return a portfolio's history by day."""
        with self._reading() as connection:
            return ledgers.transactions_of(connection, portfolio_id, as_of)

    def forget_history(self, portfolio_id: str) -> int:
        """Remove a portfolio's transactions and accounts; how many transactions there were."""
        with self._writing() as connection:
            return ledgers.forget_history(connection, portfolio_id)

    def save_prices(self, prices: Iterable[Price]) -> int:
        """Keep prices, all or none; of two for one instrument and day the later given stands."""
        with self._writing() as connection:
            return ledgers.save_prices(connection, prices)

    def save_rates(self, rates: Iterable[Rate]) -> int:
        """Keep exchange rates, all or none."""
        with self._writing() as connection:
            return ledgers.save_rates(connection, rates)

    def prices(
        self,
        instruments: Sequence[str] | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        last: bool = False,
    ) -> list[Price]:
        """Return prices by instrument and day, of some instruments or all, of a stretch, or the `last` of each."""
        with self._reading() as connection:
            return list(ledgers.price_rows(connection, instruments, since, until=until, last=last))

    def rates(self, since: date | None = None) -> list[Rate]:
        """Return exchange rates by pair and day, from a day on."""
        with self._reading() as connection:
            return list(ledgers.rate_rows(connection, since))

    def save_fund(self, fund: Fund) -> None:
        """Keep what a fund holds; the next article meets it."""
        with self._writing() as connection:
            ledgers.save_fund(connection, fund)
            books_changed(connection)

    def funds(self) -> list[Fund]:
        """Return what every known fund holds."""
        with self._reading() as connection:
            return ledgers.every_fund(connection)

    def touches(
        self,
        *,
        since: datetime,
        until: datetime | None = None,
        portfolio_id: str | None = None,
        as_of: datetime | None = None,
    ) -> list[Touch]:
        """Return what news meant for the books in a stretch of time, oldest first."""
        with self._reading() as connection:
            found = _touches(connection, book_touches, since, until, portfolio_id, as_of)
            if as_of is not None:
                found += _touches(connection, past_touches, since, until, portfolio_id, as_of)
        return [touch for _, touch in sorted(found, key=lambda one: one[0])]


def _touches(
    connection: Connection,
    table: Table,
    since: datetime,
    until: datetime | None,
    portfolio_id: str | None,
    as_of: datetime | None,
) -> list[tuple[tuple[datetime, str, int], Touch]]:
    """Return impacts, each with its place in their order."""
    statement = select(table).where(table.c.known_at >= since)
    if until is not None:
        statement = statement.where(table.c.known_at < until)
    if as_of is not None:
        statement = statement.where(table.c.known_at <= as_of)
        if table is past_touches:
            statement = statement.where(table.c.superseded_at > as_of)
    if portfolio_id is not None:
        statement = statement.where(table.c.portfolio_id == storable(portfolio_id))
    return [((row.known_at, row.note_id, row.line), _touch(row)) for row in connection.execute(statement)]


def _touch(row: Row[Any]) -> Touch:
    return Touch(
        portfolio_id=row.portfolio_id,
        note_id=row.note_id,
        revision=row.revision,
        known_at=row.known_at,
        story_id=row.story_id,
        headline=row.headline,
        ticker=row.ticker,
        issuer_id=IssuerId(row.issuer_id),
        path=row.path,
        through=row.through,
        weight=row.weight,
        low_bps=row.low_bps,
        mid_bps=row.mid_bps,
        high_bps=row.high_bps,
        sign=row.sign,
        why=row.why,
    )


def save_touches(connection: Connection, note: Note) -> None:
    """Keep what a note means for each book, in place of what an earlier revision of it meant."""
    if note.version > 1:
        keep_touches(connection, note.id, at=note.known_at)
        connection.execute(delete(book_touches).where(book_touches.c.note_id == note.id))
    rows = [
        {
            "portfolio_id": impact.portfolio,
            "note_id": note.id,
            "line": n,
            "revision": note.version,
            "known_at": note.known_at,
            "story_id": note.story.id,
            "ticker": impact.ticker,
            "issuer_id": impact.issuer_id,
            "path": impact.path,
            "through": impact.through or "",
            "weight": impact.weight,
            "low_bps": impact.low_bps,
            "mid_bps": impact.mid_bps,
            "high_bps": impact.high_bps,
            "sign": impact.sign,
            "headline": storable(note.article.headline),
            "why": storable(impact.why),
        }
        for n, impact in enumerate(note.book)
    ]
    if rows:
        connection.execute(insert(book_touches), rows)
