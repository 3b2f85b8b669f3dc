"""Files of prices, rates and funds' holdings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.imports import template_of
from readthrough.portfolio.price_files import read_fund, read_market_data
from readthrough.universe import load_universe

UNIVERSE = load_universe()


def test_the_templates_are_read() -> None:
    prices = read_market_data(template_of("prices"), UNIVERSE)
    assert [(p.instrument, p.close, p.currency) for p in prices.prices] == [
        ("MSFT", Decimal("310.55"), "USD"),
        ("SHEL.L", Decimal(2811), "GBp"),
    ]
    (rate,) = read_market_data(template_of("rates"), UNIVERSE).rates
    assert (rate.currency, rate.base, rate.rate) == ("EUR", "USD", Decimal("1.0812"))
    (fund,), problems = read_fund(template_of("fund"), UNIVERSE)
    assert [m.weight for m in fund.constituents] == [Decimal("0.0701"), Decimal("0.0655")]
    assert problems == []


def test_a_table_of_euro_rates() -> None:
    data = read_market_data("Date,USD,JPY,XQZ\n2026-03-02,1.08,161.2,\n2026-03-03,N/A,160,\n", UNIVERSE)
    assert [(r.currency, r.base, r.rate) for r in data.rates] == [
        ("EUR", "USD", Decimal("1.08")),
        ("EUR", "JPY", Decimal("161.2")),
        ("EUR", "JPY", Decimal(160)),
    ]


def test_rows_that_cannot_be_are_named() -> None:
    text = (
        "day,instrument,close,currency\n2026-03-02,MSFT,0,USD\n2026-03-32,MSFT,1,USD\n2026-03-02,SHEL.L,2800,\n"
        "2026-03-02,MSFT,300,USD\n2026-03-03,MSFT,30,USD\n2026-03-03,,1,USD\n"
    )
    data = read_market_data(text, UNIVERSE)
    assert [p.code for p in data.problems] == [
        "bad_price",
        "unreadable_figure",
        "no_currency",
        "large_jump",
        "no_figures",
    ]
    assert len(data.prices) == 2


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(HoldingsError):
        read_market_data(text, UNIVERSE)


def test_weights_that_add_up_to_more_than_all_are_refused() -> None:
    with pytest.raises(HoldingsError, match="add up"):
        read_fund("fund,weight\nSPY,60\nSPY,70\n", UNIVERSE)


def test_volumes_are_read_beside_closes() -> None:
    text = "day,ticker,close,volume\n2026-03-02,MSFT,310,24100000\n2026-03-03,MSFT,311,\n2026-03-04,MSFT,312,-5\n"
    found = read_market_data(text, load_universe())
    assert [p.volume for p in found.prices] == [Decimal(24100000), None]
    assert [p.code for p in found.problems] == ["bad_volume"]
