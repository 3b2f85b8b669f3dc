"""Portfolios and their holdings. Money and quantities are kept as exact decimal text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, select

from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.domain.security import IssuerId
from readthrough.storage.articles import storable
from readthrough.storage.book_tables import books, holding_details
from readthrough.storage.documents import document_of
from readthrough.storage.past_books import keep_version, portfolios_of
from readthrough.storage.tables import holdings, portfolios

__all__ = ["every", "every_at", "forget", "names", "save"]


def save(connection: Connection, portfolio: Portfolio, *, at: datetime) -> None:
    """Keep a portfolio in place of the one with its id; `at` is when it is known."""
    before = _one(connection, portfolio.id)
    _remove(connection, portfolio.id)
    connection.execute(
        insert(portfolios).values(
            portfolio_id=portfolio.id,
            name=storable(portfolio.name),
            base_currency=portfolio.base_currency,
            as_of=None if portfolio.as_of is None else portfolio.as_of.isoformat(),
            problems=document_of(portfolio.problems),
        )
    )
    connection.execute(
        insert(books).values(
            portfolio_id=portfolio.id,
            kind=portfolio.kind.value,
            benchmark_id=storable(portfolio.benchmark_id),
        )
    )
    if portfolio.holdings:
        connection.execute(
            insert(holdings), [_row(portfolio.id, n, h) for n, h in enumerate(portfolio.holdings)]
        )
    details = [
        {"portfolio_id": portfolio.id, "line": n, "document": document}
        for n, holding in enumerate(portfolio.holdings)
        if (document := _detail(holding))
    ]
    if details:
        connection.execute(insert(holding_details), details)
    keep_version(connection, portfolio.id, before, _one(connection, portfolio.id), at)


def forget(connection: Connection, portfolio_id: str, *, at: datetime) -> bool:
    """Remove a portfolio and its holdings; False when there was none. Its history, and what it was, stay."""
    before = _one(connection, portfolio_id)
    gone = _remove(connection, portfolio_id)
    keep_version(connection, portfolio_id, before, None, at)
    return gone


def _remove(connection: Connection, portfolio_id: str) -> bool:
    key = storable(portfolio_id)
    for table in (holdings, holding_details, books):
        connection.execute(delete(table).where(table.c.portfolio_id == key))
    return connection.execute(delete(portfolios).where(portfolios.c.portfolio_id == key)).rowcount > 0


def names(connection: Connection) -> dict[str, str]:
    """Return what each portfolio is called, by id."""
    return {
        row.portfolio_id: row.name
        for row in connection.execute(select(portfolios.c.portfolio_id, portfolios.c.name))
    }


def every(connection: Connection) -> list[Portfolio]:
    """Return all portfolios by id, holdings in their order."""
    return _read(connection)


def every_at(connection: Connection, as_of: datetime) -> list[Portfolio]:
    """Return all portfolios by id as they were known at a moment."""
    return portfolios_of(connection, _read(connection), as_of)


def _one(connection: Connection, portfolio_id: str) -> Portfolio | None:
    return next(iter(_read(connection, storable(portfolio_id))), None)


def _read(connection: Connection, only: str | None = None) -> list[Portfolio]:
    def rows(table: Table) -> Select[Any]:
        chosen = select(table)
        return chosen if only is None else chosen.where(table.c.portfolio_id == only)

    lines: dict[str, list[Holding]] = {}
    statement = rows(holdings).order_by(holdings.c.portfolio_id, holdings.c.line)
    details = {
        (row.portfolio_id, row.line): row.document for row in connection.execute(rows(holding_details))
    }
    kinds = {row.portfolio_id: row for row in connection.execute(rows(books))}
    for row in connection.execute(statement).mappings():
        detail = details.get((row["portfolio_id"], row["line"]))
        lines.setdefault(row["portfolio_id"], []).append(_holding(row, detail))
    found = connection.execute(rows(portfolios).order_by(portfolios.c.portfolio_id)).mappings()
    return [
        Portfolio(
            id=row["portfolio_id"],
            name=row["name"],
            base_currency=row["base_currency"],
            as_of=None if row["as_of"] is None else date.fromisoformat(row["as_of"]),
            holdings=tuple(lines.get(row["portfolio_id"], ())),
            problems=tuple(Problem(**problem) for problem in row["problems"]),
            kind=BookKind(kept.kind) if (kept := kinds.get(row["portfolio_id"])) else BookKind.PORTFOLIO,
            benchmark_id=kept.benchmark_id if kept else "",
        )
        for row in found
    ]


def _row(portfolio_id: str, line: int, holding: Holding) -> dict[str, object]:
    return {
        "portfolio_id": portfolio_id,
        "line": line,
        "ticker": holding.ticker,
        "issuer_id": holding.issuer_id,
        "name": storable(holding.name),
        "quantity": str(holding.quantity),
        "price": str(holding.price),
        "currency": holding.currency,
        "market_value": _text(holding.market_value),
        "weight": _text(holding.weight),
        "source_row": holding.source_row,
    }


def _detail(holding: Holding) -> dict[str, str]:
    """What most holdings do not have: kept apart, and only where it is there."""
    found = {
        "account_id": holding.account_id,
        "asset_class": holding.asset_class,
        "isin": holding.isin,
        "cost_basis": _text(holding.cost_basis),
        "opened": "" if holding.opened is None else holding.opened.isoformat(),
        "lot_id": holding.lot_id,
    }
    return {name: storable(text) for name, text in found.items() if text}


def _holding(row: RowMapping, detail: dict[str, Any] | None) -> Holding:
    holding = _plain_holding(row)
    if not detail:
        return holding
    return replace(
        holding,
        account_id=detail.get("account_id", ""),
        asset_class=detail.get("asset_class", ""),
        isin=detail.get("isin", ""),
        cost_basis=_figure(detail.get("cost_basis", "")),
        opened=date.fromisoformat(detail["opened"]) if detail.get("opened") else None,
        lot_id=detail.get("lot_id", ""),
    )


def _plain_holding(row: RowMapping) -> Holding:
    return Holding(
        ticker=row["ticker"],
        issuer_id=None if row["issuer_id"] is None else IssuerId(row["issuer_id"]),
        name=row["name"],
        quantity=Decimal(row["quantity"]),
        price=Decimal(row["price"]),
        currency=row["currency"],
        market_value=_figure(row["market_value"]),
        weight=_figure(row["weight"]),
        source_row=row["source_row"],
    )


def _text(figure: Decimal | None) -> str:
    return "" if figure is None else str(figure)


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None
