"""Books as they were: what portfolios, histories and impacts said before they were changed.

What was kept before there were such tables has no time of its own, and counts as always known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.storage.articles import storable
from readthrough.storage.book_tables import (
    book_touches,
    past_touches,
    past_transactions,
    portfolio_versions,
    transactions,
)
from readthrough.storage.documents import document_of
from readthrough.storage.tables import known

__all__ = ["documents_of_transactions", "keep_touches", "keep_transactions", "keep_version", "portfolios_of"]

_ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DECIMALS: Final = frozenset(f.name for f in fields(Holding) if "Decimal" in str(f.type))


def keep_version(
    connection: Connection, portfolio_id: str, before: Portfolio | None, now: Portfolio | None, at: datetime
) -> None:
    """Note that a portfolio is another from a moment on, or gone when `now` is None.

    Args:
        connection: In the transaction of the change.
        portfolio_id: Whose.
        before: As it stood until now; None where there was none.
        now: As it stands.
        at: The moment.
    """
    if before == now:
        return
    key = storable(portfolio_id)
    last = connection.scalar(
        select(func.max(portfolio_versions.c.version)).where(portfolio_versions.c.portfolio_id == key)
    )
    if last is None and before is not None:
        _add(connection, key, 0, before, known_at=_ALWAYS)
    current = and_(portfolio_versions.c.portfolio_id == key, portfolio_versions.c.superseded_at.is_(None))
    connection.execute(update(portfolio_versions).where(current).values(superseded_at=at))
    if now is not None:
        _add(connection, key, (last or 0) + 1, now, known_at=at)


def _add(connection: Connection, key: str, version: int, portfolio: Portfolio, *, known_at: datetime) -> None:
    connection.execute(
        insert(portfolio_versions).values(
            portfolio_id=key, version=version, known_at=known_at, document=document_of(portfolio)
        )
    )


def portfolios_of(connection: Connection, present: Sequence[Portfolio], as_of: datetime) -> list[Portfolio]:
    """Return portfolios as they were known at a moment, by id.

    Args:
        connection: Where.
        present: All of today: one that was never changed since changes are kept has no other version.
        as_of: The moment.
    """
    timed = set(connection.scalars(select(portfolio_versions.c.portfolio_id).distinct()))
    found = [portfolio for portfolio in present if portfolio.id not in timed]
    statement = select(portfolio_versions.c.document).where(known(portfolio_versions, as_of))
    found += [_portfolio(document) for document in connection.scalars(statement)]
    return sorted(found, key=lambda portfolio: portfolio.id)


def keep_transactions(
    connection: Connection, portfolio_id: str, replaced: Sequence[str], *, at: datetime
) -> None:
    """Put transactions that are about to be replaced among the past ones."""
    columns = [
        transactions.c[column.name] for column in past_transactions.c if column.name != "superseded_at"
    ]
    statement = select(*columns).where(
        transactions.c.portfolio_id == storable(portfolio_id), transactions.c.transaction_id.in_(replaced)
    )
    rows = [{**row, "superseded_at": at} for row in connection.execute(statement).mappings()]
    if rows:
        connection.execute(insert(past_transactions), rows)


def documents_of_transactions(
    connection: Connection, portfolio_id: str, as_of: datetime
) -> list[dict[str, Any]]:
    """Return a portfolio's history as it was known at a moment, by day."""
    key = storable(portfolio_id)
    found: list[Any] = []
    for table, there in (
        (transactions, _since(transactions.c.known_at, as_of)),
        (
            past_transactions,
            and_(_since(past_transactions.c.known_at, as_of), past_transactions.c.superseded_at > as_of),
        ),
    ):
        found += connection.execute(
            select(table.c.day, table.c.line, table.c.document).where(table.c.portfolio_id == key, there)
        ).all()
    return [row.document for row in sorted(found, key=lambda row: (row.day, row.line))]


def _since(column: ColumnElement[Any], as_of: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column <= as_of)


def keep_touches(connection: Connection, note_id: str, *, at: datetime) -> None:
    """Put what an earlier revision of a note meant for the books among the past."""
    names = [column.name for column in past_touches.c if column.name != "superseded_at"]
    statement = select(*(book_touches.c[name] for name in names)).where(book_touches.c.note_id == note_id)
    rows = [{**row, "superseded_at": at} for row in connection.execute(statement).mappings()]
    if rows:
        connection.execute(insert(past_touches), rows)


def _portfolio(document: dict[str, Any]) -> Portfolio:
    return Portfolio(
        id=document["id"],
        name=document["name"],
        base_currency=document["base_currency"],
        as_of=_day(document["as_of"]),
        holdings=tuple(_holding(line) for line in document["holdings"]),
        problems=tuple(Problem(**problem) for problem in document["problems"]),
        kind=BookKind(document["kind"]),
        benchmark_id=document["benchmark_id"],
    )


def _holding(line: dict[str, Any]) -> Holding:
    values: dict[str, Any] = {
        name: Decimal(value) if name in _DECIMALS and value is not None else value
        for name, value in line.items()
    }
    values["opened"] = _day(line["opened"])
    return Holding(**values)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
