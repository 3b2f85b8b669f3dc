"""Holdings as the lots of a history make them, valued with the prices that are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from readthrough.domain.ledger import Lot, Price, Rate, Transaction
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.portfolio.lots import Method, keep_book
from readthrough.portfolio.prices import PriceTable, RateTable, major_unit
from readthrough.universe.master import Universe

__all__ = ["portfolio_of"]


def portfolio_of(
    portfolio_id: str,
    history: Sequence[Transaction],
    *,
    prices: Iterable[Price],
    rates: Iterable[Rate],
    universe: Universe,
    today: date,
    name: str = "",
    base_currency: str = "USD",
    method: Method = Method.FIFO,
) -> Portfolio:
    """Turn a history into holdings, one a lot, cash a line a currency.

    A line whose price or rate is missing has no value and no weight, and says so; a stale one is used and named.

    Args:
        portfolio_id: Id of the portfolio.
        history: Its transactions.
        prices: Closes; the last on or before `today` values a line.
        rates: Exchange rates.
        universe: Finds issuers.
        today: The day of the holdings.
        name: Its name; the id when empty.
        base_currency: What it is valued in.
        method: Which lot a sale closes.
    """
    book = keep_book(history, method=method, until=today)
    table, exchange = PriceTable(prices), RateTable(rates)
    problems = list(book.problems)
    lines: list[Holding] = []
    for lot in book.lots:
        lines.append(_line(lot, table, exchange, base_currency, today, universe, problems))
    for (account, currency), balance in book.cash.items():
        rate = exchange.at(currency, base_currency, today)
        lines.append(
            Holding(
                ticker=currency,
                issuer_id=None,
                name=f"Cash {currency}",
                quantity=balance,
                price=Decimal(1),
                currency=currency,
                market_value=None if rate is None else balance * rate.value,
                weight=None,
                source_row=0,
                account_id=account,
                asset_class="cash",
            )
        )
    total = sum((line.market_value for line in lines if line.market_value is not None), Decimal(0))
    if total > 0:
        lines = [
            replace(line, weight=None if line.market_value is None else line.market_value / total)
            for line in lines
        ]
    return Portfolio(
        id=portfolio_id,
        name=name or portfolio_id,
        base_currency=base_currency,
        as_of=today,
        holdings=tuple(lines),
        problems=tuple(problems),
    )


def _line(
    lot: Lot,
    prices: PriceTable,
    rates: RateTable,
    base: str,
    today: date,
    universe: Universe,
    problems: list[Problem],
) -> Holding:
    issuer = universe.by_ticker(lot.instrument)
    quote = prices.at(lot.instrument, today)
    rate = rates.at(quote.currency, base, today) if quote is not None else None
    if quote is None or rate is None:
        missing = "a price" if quote is None else f"a rate from {major_unit(quote.currency)[0]} to {base}"
        problems.append(
            Problem(
                code="no_price" if quote is None else "no_rate",
                detail=f"{lot.instrument}: {missing} is not known, so its weight is not either",
                remedy="Import it: `readthrough portfolio prices import FILE`.",
            )
        )
    elif quote.is_stale:
        problems.append(
            Problem(
                code="stale_price",
                detail=f"{lot.instrument}: the last price is of {quote.day}, {quote.age_days} days old",
                remedy="Import newer prices.",
            )
        )
    value = None if quote is None or rate is None else lot.quantity * quote.value * rate.value
    return Holding(
        ticker=lot.instrument,
        issuer_id=issuer.id if issuer else None,
        name=issuer.name if issuer else "",
        quantity=lot.quantity,
        price=quote.value if quote is not None else Decimal(0),
        currency=quote.currency if quote is not None else lot.currency,
        market_value=value,
        weight=None,
        source_row=0,
        account_id=lot.account_id,
        cost_basis=lot.cost,
        opened=lot.opened,
        lot_id=lot.id,
    )
