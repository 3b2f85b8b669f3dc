"""Prices and rates: the last known with its age, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from readthrough.domain.ledger import Price, Rate
from readthrough.portfolio.prices import PriceTable, RateTable

D = Decimal


def price(day: int, close: str, instrument: str = "MSFT", currency: str = "USD") -> Price:
    return Price(instrument=instrument, day=date(2026, 3, day), close=D(close), currency=currency)


def rate(currency: str, base: str, day: int, value: str) -> Rate:
    return Rate(currency=currency, base=base, day=date(2026, 3, day), rate=D(value))


def test_the_usual_volume_is_the_median_of_the_last_sessions_that_have_one() -> None:
    rows = [replace(price(day, "10"), volume=D(day * 100)) for day in (2, 3, 4, 5, 6, 9)]
    table = PriceTable([*rows, price(10, "10")])
    assert table.usual_volume("MSFT", date(2026, 3, 10)) == 450
    assert table.usual_volume("MSFT", date(2026, 3, 10), sessions=5) == 500
    assert table.usual_volume("MSFT", date(2026, 3, 6)) == 400
    assert table.usual_volume("MSFT", date(2026, 3, 5)) is None  # too few of them
    assert table.usual_volume("MSFT", date(2026, 3, 20)) is None  # too old
    assert table.usual_volume("AAPL", date(2026, 3, 10)) is None


def test_the_last_close_is_given_with_its_age() -> None:
    table = PriceTable([price(2, "10"), price(5, "11"), price(5, "12")])
    quote = table.at("MSFT", date(2026, 3, 7))
    assert quote is not None
    assert (quote.value, quote.age_days, quote.is_stale) == (D(12), 2, False)
    assert table.at("MSFT", date(2026, 3, 1)) is None
    assert table.at("AAPL", date(2026, 3, 7)) is None
    assert table.on("MSFT", date(2026, 3, 7)) is None
    old = table.at("MSFT", date(2026, 3, 11))
    assert old is not None
    assert old.is_stale
    assert table.days() == (date(2026, 3, 2), date(2026, 3, 5))


def test_a_rate_is_found_given_turned_or_crossed() -> None:
    table = RateTable(
        [rate("EUR", "USD", 2, "1.25"), rate("GBP", "USD", 3, "1.5"), rate("USD", "JPY", 3, "150")]
    )
    day = date(2026, 3, 3)

    def at(currency: str, base: str) -> Decimal:
        quote = table.at(currency, base, day)
        assert quote is not None
        return quote.value

    assert at("EUR", "USD") == D("1.25")
    assert at("USD", "EUR") == D("0.8")
    assert at("GBP", "JPY") == 225
    assert at("GBp", "USD") == D("0.015")
    assert at("USD", "USD") == 1
    assert table.at("EUR", "GBP", day).age_days == 1  # type: ignore[union-attr]
    assert table.at("CHF", "USD", day) is None


def test_a_rate_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        RateTable([rate("EUR", "USD", 2, "0")])
