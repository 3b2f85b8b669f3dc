"""What is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from readthrough.domain.reading import Problem
from readthrough.domain.security import IssuerId

__all__ = ["BookKind", "Holding", "Portfolio", "Touch"]


class BookKind(StrEnum):
    """What a set of holdings is. News meets all three; only a portfolio has money in it."""

    PORTFOLIO = "portfolio"
    BENCHMARK = "benchmark"  # weights to measure a portfolio against
    WATCHLIST = "watchlist"  # instruments followed without being held


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A line of a portfolio. `weight` is a decimal share of net asset value, negative when short.

    A line that is held but cannot be valued has neither weight nor market value: news still meets it.
    """

    ticker: str
    issuer_id: IssuerId | None
    name: str
    quantity: Decimal
    price: Decimal
    currency: str
    market_value: Decimal | None  # in the portfolio's base currency
    weight: Decimal | None
    source_row: int
    account_id: str = ""
    asset_class: str = ""  # equity, fund, bond, option, cash, as the source says; empty where it does not
    isin: str = ""
    cost_basis: Decimal | None = None  # of all of it, in `currency`
    opened: date | None = None
    lot_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A named set of holdings on a day, and what could not be read of it."""

    id: str
    name: str
    base_currency: str
    as_of: date | None
    holdings: tuple[Holding, ...]
    problems: tuple[Problem, ...] = ()
    kind: BookKind = BookKind.PORTFOLIO
    benchmark_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """What one note meant for one book along one path, as it was kept. Basis points of net asset value."""

    portfolio_id: str
    note_id: str
    revision: int
    known_at: datetime
    story_id: str
    headline: str
    ticker: str
    issuer_id: IssuerId
    path: str
    through: str
    weight: float | None
    low_bps: float | None
    mid_bps: float | None
    high_bps: float | None
    sign: int
    why: str
