"""Accounts, transactions, prices, rates and funds. Money and quantities are kept as exact decimal text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from readthrough.domain.ledger import (
    Account,
    Constituent,
    Fund,
    Price,
    Rate,
    Transaction,
    TransactionKind,
)
from readthrough.storage.articles import storable
from readthrough.storage.book_tables import (
    custody_accounts,
    funds,
    past_transactions,
    prices,
    rates,
    transactions,
)
from readthrough.storage.dialect import insert_or_replace, insert_or_replace_all
from readthrough.storage.past_books import documents_of_transactions, keep_transactions

__all__ = [
    "accounts",
    "every_fund",
    "forget_history",
    "price_rows",
    "rate_rows",
    "save_account",
    "save_fund",
    "save_prices",
    "save_rates",
    "save_transactions",
    "transactions_of",
]

_AT_ONCE: Final = 500  # values a statement; SQLite takes 32,766 parameters
_PRICE: Final = (
    prices.c.instrument,
    prices.c.day,
    prices.c.close,
    prices.c.currency,
    prices.c.source,
    prices.c.volume,
)
_DECIMALS: Final = frozenset(f.name for f in fields(Transaction) if "Decimal" in str(f.type))


def save_account(connection: Connection, account: Account) -> None:
    """Keep an account in place of the one with its id."""
    values = {
        "portfolio_id": storable(account.portfolio_id),
        "account_id": storable(account.id),
        "name": storable(account.name),
        "custodian": storable(account.custodian),
        "currency": account.currency,
    }
    connection.execute(insert_or_replace(connection, custody_accounts, values))


def accounts(connection: Connection, portfolio_id: str | None = None) -> list[Account]:
    """Return the accounts of a portfolio, or of all."""
    statement = select(custody_accounts).order_by(
        custody_accounts.c.portfolio_id, custody_accounts.c.account_id
    )
    if portfolio_id is not None:
        statement = statement.where(custody_accounts.c.portfolio_id == storable(portfolio_id))
    return [
        Account(
            id=row.account_id,
            portfolio_id=row.portfolio_id,
            name=row.name,
            custodian=row.custodian,
            currency=row.currency,
        )
        for row in connection.execute(statement)
    ]


def save_transactions(
    connection: Connection, portfolio_id: str, history: Iterable[Transaction], *, at: datetime
) -> tuple[int, int]:
    """Keep transactions; one whose id is known is replaced. Return how many were new, and how many known.

    Those that say something new are known since `at`; what they replace stays among the past ones.
    """
    key = storable(portfolio_id)
    given = list({t.id: t for t in history}.values())
    known = {
        row.transaction_id: row
        for row in connection.execute(
            select(transactions.c.transaction_id, transactions.c.document, transactions.c.known_at).where(
                transactions.c.portfolio_id == key
            )
        )
    }
    again = [t.id for t in given if t.id in known]
    documents = {t.id: _document(t) for t in given}
    same = {id for id in again if known[id].document == documents[id]}
    changed = [id for id in again if id not in same]
    for start in range(0, len(changed), _AT_ONCE):
        keep_transactions(connection, portfolio_id, changed[start : start + _AT_ONCE], at=at)
    for start in range(0, len(again), _AT_ONCE):
        connection.execute(
            delete(transactions).where(
                transactions.c.portfolio_id == key,
                transactions.c.transaction_id.in_(again[start : start + _AT_ONCE]),
            )
        )
    last = connection.scalar(select(func.max(transactions.c.line)).where(transactions.c.portfolio_id == key))
    rows = [
        {
            "portfolio_id": key,
            "transaction_id": storable(t.id),
            "day": t.day.isoformat(),
            "line": n,
            "document": documents[t.id],
            "known_at": known[t.id].known_at if t.id in same else at,
        }
        for n, t in enumerate(given, start=(last or 0) + 1)
    ]
    if rows:
        connection.execute(insert(transactions), rows)
    return len(given) - len(again), len(again)


def transactions_of(
    connection: Connection, portfolio_id: str, as_of: datetime | None = None
) -> list[Transaction]:
    """Return a portfolio's history by day, those of one day in the order given, as known at a moment."""
    if as_of is not None:
        return [_transaction(d) for d in documents_of_transactions(connection, portfolio_id, as_of)]
    statement = (
        select(transactions.c.document)
        .where(transactions.c.portfolio_id == storable(portfolio_id))
        .order_by(transactions.c.day, transactions.c.line)
    )
    return [_transaction(document) for document in connection.scalars(statement)]


def forget_history(connection: Connection, portfolio_id: str) -> int:
    """Remove a portfolio's transactions, past ones too, and accounts; how many transactions there were."""
    key = storable(portfolio_id)
    connection.execute(delete(past_transactions).where(past_transactions.c.portfolio_id == key))
    connection.execute(delete(custody_accounts).where(custody_accounts.c.portfolio_id == key))
    return connection.execute(delete(transactions).where(transactions.c.portfolio_id == key)).rowcount


def save_prices(connection: Connection, given: Iterable[Price]) -> int:
    """Keep prices; a later one for the same instrument and day replaces the earlier. How many were given."""
    rows = {
        (p.instrument, p.day): {
            "instrument": storable(p.instrument),
            "day": p.day.isoformat(),
            "close": str(p.close),
            "currency": p.currency,
            "source": storable(p.source),
            "volume": None if p.volume is None else str(p.volume),
        }
        for p in given
    }
    insert_or_replace_all(connection, prices, list(rows.values()))
    return len(rows)


def save_rates(connection: Connection, given: Iterable[Rate]) -> int:
    """Keep exchange rates, as `save_prices` keeps prices."""
    rows = {
        (r.currency, r.base, r.day): {
            "currency": r.currency,
            "base": r.base,
            "day": r.day.isoformat(),
            "rate": str(r.rate),
            "source": storable(r.source),
        }
        for r in given
    }
    insert_or_replace_all(connection, rates, list(rows.values()))
    return len(rows)


def price_rows(
    connection: Connection,
    instruments: Sequence[str] | None = None,
    since: date | None = None,
    *,
    until: date | None = None,
    last: bool = False,
) -> Iterator[Price]:
    """Go through prices by instrument and day.

    Args:
        connection: Where.
        instruments: Only of these; of all when None.
        since: From this day on.
        until: Up to this day.
        last: The newest of each only.
    """
    statement = select(*_PRICE).order_by(prices.c.instrument, prices.c.day)
    in_time = [] if until is None else [prices.c.day <= until.isoformat()]
    statement = statement.where(*in_time)
    if since is not None:
        statement = statement.where(prices.c.day >= since.isoformat())
    if last:
        newest = (
            select(prices.c.instrument, func.max(prices.c.day).label("day"))
            .where(*in_time)
            .group_by(prices.c.instrument)
            .subquery()
        )
        statement = statement.join(
            newest, (newest.c.instrument == prices.c.instrument) & (newest.c.day == prices.c.day)
        )
    days: dict[str, date] = {}  # many instruments share a day, and a date is dear to read
    wanted = (
        [None]
        if instruments is None
        else [list(instruments)[n : n + _AT_ONCE] for n in range(0, len(instruments), _AT_ONCE)]
    )
    for chosen in wanted:
        narrowed = statement if chosen is None else statement.where(prices.c.instrument.in_(chosen))
        for instrument, written, close, currency, source, volume in connection.execute(narrowed).all():
            day = days.get(written)
            if day is None:
                day = days[written] = date.fromisoformat(written)
            yield Price(
                instrument=instrument,
                day=day,
                close=Decimal(close),
                currency=currency,
                source=source,
                volume=None if volume is None else Decimal(volume),
            )


def rate_rows(connection: Connection, since: date | None = None) -> Iterator[Rate]:
    """Go through exchange rates by pair and day."""
    statement = select(rates).order_by(rates.c.currency, rates.c.base, rates.c.day)
    if since is not None:
        statement = statement.where(rates.c.day >= since.isoformat())
    for row in connection.execute(statement):
        yield Rate(
            currency=row.currency,
            base=row.base,
            day=date.fromisoformat(row.day),
            rate=Decimal(row.rate),
            source=row.source,
        )


def save_fund(connection: Connection, fund: Fund) -> None:
    """Keep what a fund holds, in place of what it held."""
    document = {
        "name": fund.name,
        "as_of": None if fund.as_of is None else fund.as_of.isoformat(),
        "source": fund.source,
        "constituents": [[c.instrument, str(c.weight), c.issuer_id, c.name] for c in fund.constituents],
    }
    values = {"instrument": storable(fund.instrument), "document": document}
    connection.execute(insert_or_replace(connection, funds, values))


def every_fund(connection: Connection) -> list[Fund]:
    """Return all funds by instrument."""
    return [
        Fund(
            instrument=row.instrument,
            name=row.document["name"],
            as_of=date.fromisoformat(row.document["as_of"]) if row.document["as_of"] else None,
            source=row.document["source"],
            constituents=tuple(
                Constituent(instrument=i, weight=Decimal(w), issuer_id=issuer, name=n)
                for i, w, issuer, n in row.document["constituents"]
            ),
        )
        for row in connection.execute(select(funds).order_by(funds.c.instrument))
    ]


def _document(transaction: Transaction) -> dict[str, Any]:
    """Only what is set."""
    document: dict[str, Any] = {}
    for field in fields(transaction):
        value = getattr(transaction, field.name)
        if field.default is not MISSING and value == field.default:
            continue
        if isinstance(value, Decimal | TransactionKind):
            value = str(value)
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = [storable(each) for each in value]
        elif isinstance(value, str):
            value = storable(value)
        document[field.name] = value
    return document


def _transaction(document: dict[str, Any]) -> Transaction:
    values: dict[str, Any] = {
        name: Decimal(v) if name in _DECIMALS and v is not None else v for name, v in document.items()
    }
    values["kind"] = TransactionKind(values["kind"])
    values["day"] = date.fromisoformat(values["day"])
    values["lot_ids"] = tuple(values.get("lot_ids", ()))
    return Transaction(**values)
