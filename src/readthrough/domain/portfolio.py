"""What is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from readthrough.domain.reading import Problem
from readthrough.domain.security import IssuerId

__all__ = ["Holding", "Portfolio"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A named set of holdings on a day, and what could not be read of it."""

    id: str
    name: str
    base_currency: str
    as_of: date | None
    holdings: tuple[Holding, ...]
    problems: tuple[Problem, ...] = ()
