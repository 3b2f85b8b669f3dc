"""Portfolios and their holdings. Money and quantities are kept as exact decimal text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, delete, insert, select

from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.domain.security import IssuerId
from readthrough.storage.articles import storable
from readthrough.storage.documents import document_of
from readthrough.storage.tables import holdings, portfolios

__all__ = ["every", "forget", "names", "save"]


def save(connection: Connection, portfolio: Portfolio) -> None:
    """Keep a portfolio in place of the one with its id."""
    forget(connection, portfolio.id)
    connection.execute(
        insert(portfolios).values(
            portfolio_id=portfolio.id,
            name=storable(portfolio.name),
            base_currency=portfolio.base_currency,
            as_of=None if portfolio.as_of is None else portfolio.as_of.isoformat(),
            problems=document_of(portfolio.problems),
        )
    )
    if portfolio.holdings:
        connection.execute(
            insert(holdings), [_row(portfolio.id, n, h) for n, h in enumerate(portfolio.holdings)]
        )


def forget(connection: Connection, portfolio_id: str) -> bool:
    """Remove a portfolio; False when there was none."""
    key = storable(portfolio_id)
    connection.execute(delete(holdings).where(holdings.c.portfolio_id == key))
    return connection.execute(delete(portfolios).where(portfolios.c.portfolio_id == key)).rowcount > 0


def names(connection: Connection) -> dict[str, str]:
    """Return what each portfolio is called, by id."""
    return {
        row.portfolio_id: row.name
        for row in connection.execute(select(portfolios.c.portfolio_id, portfolios.c.name))
    }


def every(connection: Connection) -> list[Portfolio]:
    """Return all portfolios by id, holdings in their order."""
    lines: dict[str, list[Holding]] = {}
    statement = select(holdings).order_by(holdings.c.portfolio_id, holdings.c.line)
    for row in connection.execute(statement).mappings():
        lines.setdefault(row["portfolio_id"], []).append(_holding(row))
    found = connection.execute(select(portfolios).order_by(portfolios.c.portfolio_id)).mappings()
    return [
        Portfolio(
            id=row["portfolio_id"],
            name=row["name"],
            base_currency=row["base_currency"],
            as_of=None if row["as_of"] is None else date.fromisoformat(row["as_of"]),
            holdings=tuple(lines.get(row["portfolio_id"], ())),
            problems=tuple(Problem(**problem) for problem in row["problems"]),
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


def _holding(row: RowMapping) -> Holding:
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
