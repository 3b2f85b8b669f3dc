"""A portfolio of real stocks at real prices to try the figures on: bought, added to, trimmed, charged fees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from readthrough.desk.books import save_portfolio
from readthrough.desk.open import Desk
from readthrough.domain.ledger import Account, Price, Transaction, TransactionKind
from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.feeds.wheel_prices import FACTORS, INDEX, OIL, wheel_prices

__all__ = ["DEMO_BENCHMARK", "DEMO_ID", "make_demo_book"]

DEMO_ID: Final = "demo-stocks"
DEMO_BENCHMARK: Final = "demo-equal-weight"
_FIRST: Final = date(1990, 1, 1)
_OPENED: Final = date(2019, 12, 31)
_ADDED: Final = date(2020, 4, 1)
_TRIMMED: Final = date(2021, 7, 1)
_WITHDRAWN: Final = date(2022, 3, 15)
_FEE_DAYS: Final = (date(2020, 12, 31), date(2021, 12, 31))
_CENT: Final = Decimal("0.01")
_OTHERS: Final = frozenset({INDEX, OIL, *FACTORS, "MTUM", "QUAL", "SIZE", "USMV", "VLUE"})
_SHARES: Final = {  # of the first million, in thousandths: a book with opinions, heavy in technology and health
    "AAPL": 140, "MSFT": 130, "LLY": 90, "UNH": 80, "JPM": 70, "AMD": 60, "HD": 60, "WMT": 50, "PG": 40,
    "XOM": 60, "JNJ": 50, "KO": 30, "PEP": 30, "MRK": 30, "CVX": 20, "GE": 20, "RRC": 10,
}  # fmt: skip


def make_demo_book(desk: Desk, *, since: date = _FIRST) -> tuple[Portfolio, int]:
    """Keep the demo portfolio, its history, an equal-weight benchmark, and every price the wheels hold.

    Args:
        desk: Where to keep them.
        since: First day of prices, the account's opening at the latest; past windows before it cannot be replayed.

    Returns:
        The portfolio, and how many prices were kept.

    Raises:
        SourceNotFound: The extra `demo` is not installed.
    """
    prices = list(wheel_prices(min(since, _OPENED)))
    closes: dict[str, dict[date, Decimal]] = {}
    for price in prices:
        closes.setdefault(price.instrument, {})[price.day] = price.close
    history = _history(closes)
    last = max(closes[INDEX])
    portfolio = _portfolio(DEMO_ID, "Demo stocks", _quantities(history), closes, last, desk)
    stocks = sorted(set(closes) - _OTHERS)
    equal = {name: Decimal(100_000) / closes[name][last] for name in stocks}
    benchmark = _portfolio(
        DEMO_BENCHMARK, "20 stocks, equal weight", equal, closes, last, desk, BookKind.BENCHMARK
    )
    books = desk.store.books
    kept = books.save_prices(_sorted(prices))
    books.forget_history(DEMO_ID)
    save_portfolio(desk, benchmark)
    save_portfolio(desk, portfolio)
    books.save_account(
        Account(id=DEMO_ID, portfolio_id=DEMO_ID, name="Demo account", custodian="none", currency="USD")
    )
    books.save_transactions(DEMO_ID, history, at=desk.clock())
    return portfolio, kept


def _sorted(prices: Iterable[Price]) -> list[Price]:
    return sorted(prices, key=lambda price: (price.instrument, price.day))


def _history(closes: dict[str, dict[date, Decimal]]) -> list[Transaction]:
    made: list[Transaction] = []

    def add(
        day: date, kind: TransactionKind, amount: Decimal, name: str = "", quantity: Decimal = Decimal(0)
    ) -> None:
        made.append(
            Transaction(
                id=f"{DEMO_ID}-{len(made) + 1}",
                account_id=DEMO_ID,
                day=day,
                kind=kind,
                instrument=name,
                quantity=quantity,
                price=closes[name][day] if name else Decimal(0),
                amount=amount.quantize(_CENT),
                currency="USD",
                source="demo",
                source_row=len(made) + 1,
            )
        )

    def trade(day: date, name: str, money: Decimal) -> None:
        quantity = round(abs(money) / closes[name][day])
        kind = TransactionKind.BUY if money > 0 else TransactionKind.SELL
        cash = quantity * closes[name][day]
        add(day, kind, -cash if money > 0 else cash, name, Decimal(quantity))

    add(_OPENED, TransactionKind.DEPOSIT, Decimal(1_000_000))
    for name, share in _SHARES.items():
        trade(_OPENED, name, Decimal(1_000) * share)
    add(_ADDED, TransactionKind.DEPOSIT, Decimal(500_000))
    for name in ("AAPL", "MSFT", "AMD", "LLY", "HD"):
        trade(_ADDED, name, Decimal(100_000))
    add(_FEE_DAYS[0], TransactionKind.FEE, Decimal(-6_000))
    trade(_TRIMMED, "AMD", Decimal(-150_000))
    trade(_TRIMMED, "XOM", Decimal(150_000))
    add(_FEE_DAYS[1], TransactionKind.FEE, Decimal(-9_000))
    trade(_WITHDRAWN, "MSFT", Decimal(-120_000))
    add(_WITHDRAWN, TransactionKind.WITHDRAWAL, Decimal(-100_000))
    return sorted(made, key=lambda each: each.day)


def _quantities(history: Sequence[Transaction]) -> dict[str, Decimal]:
    trades = sorted((each for each in history if each.instrument), key=lambda each: each.instrument)
    return {
        name: sum(
            (each.quantity if each.kind is TransactionKind.BUY else -each.quantity for each in group),
            Decimal(0),
        )
        for name, group in groupby(trades, key=lambda each: each.instrument)
    }


def _portfolio(
    id: str,
    name: str,
    quantities: dict[str, Decimal],
    closes: dict[str, dict[date, Decimal]],
    day: date,
    desk: Desk,
    kind: BookKind = BookKind.PORTFOLIO,
) -> Portfolio:
    values = {ticker: quantity * closes[ticker][day] for ticker, quantity in quantities.items()}
    whole = sum(values.values(), Decimal(0))
    holdings = []
    for row, (ticker, quantity) in enumerate(quantities.items(), 1):
        issuer = desk.universe.by_ticker(ticker)
        holdings.append(
            Holding(
                ticker=ticker,
                issuer_id=None if issuer is None else issuer.id,
                name=ticker if issuer is None else issuer.name,
                quantity=quantity,
                price=closes[ticker][day],
                currency="USD",
                market_value=values[ticker].quantize(_CENT),
                weight=values[ticker] / whole,
                source_row=row,
                asset_class="equity",
            )
        )
    benchmark = DEMO_BENCHMARK if kind is BookKind.PORTFOLIO else ""
    return Portfolio(
        id=id,
        name=name,
        base_currency="USD",
        as_of=day,
        holdings=tuple(holdings),
        kind=kind,
        benchmark_id=benchmark,
    )
