"""Who was meant on a day."""

from __future__ import annotations

from datetime import date

import pytest

from readthrough.universe import Universe
from readthrough.universe.timeline import Dated, Timeline

DAY = date.fromisoformat


@pytest.mark.parametrize(
    ("ticker", "day", "name"),
    [
        ("FB", "2019-05-01", "Meta"), ("FB", "2011-01-01", None), ("META", "2019-05-01", None),
        ("META", "2022-06-08", None), ("META", "2022-06-09", "Meta"), ("FB", "2024-01-01", "Meta"),
        ("TWTR", "2019-05-01", "X Corp"), ("SQ", "2024-05-01", "Block"), ("XYZ", "2024-05-01", None),
        ("PCLN", "2016-05-01", "Booking Holdings"), ("GOLD", "2018-05-01", None),
        ("GOLD", "2020-05-01", "Barrick"), ("BAM", "2020-05-01", "Brookfield"),
        ("BAM", "2024-05-01", "Brookfield Asset Management"), ("RDS.A", "2020-05-01", "Shell"),
        ("HCP", "2018-05-01", "Healthpeak Properties"), ("HCP", "2023-05-01", None),
        ("LB", "2020-05-01", "Bath & Body Works"), ("LB", "2025-05-01", "LandBridge"),
        ("NVDA", "2015-05-01", "Nvidia"), ("brk.b", "2015-05-01", "Berkshire Hathaway"),
    ],
)  # fmt: skip
def test_a_ticker_on_a_day(universe: Universe, ticker: str, day: str, name: str | None) -> None:
    issuer = universe.by_ticker(ticker, on=DAY(day))
    assert (issuer and issuer.name) == name
    lookup = universe.ticker_lookup(DAY(day))(ticker)
    assert (lookup and lookup.name) == name


def test_a_former_ticker_is_found_today_and_never_printed(universe: Universe) -> None:
    meta = universe.by_ticker("FB")
    assert meta is not None
    assert (meta.ticker, "FB" in meta.tickers) == ("META", False)


def test_names_to_come(universe: Universe) -> None:
    block = universe.by_ticker("XYZ")
    assert block is not None
    assert ("Block", block.id) in universe.names_to_come(DAY("2019-05-01"))
    assert ("Block", block.id) not in universe.names_to_come(DAY("2021-12-01"))
    assert ("Square", block.id) not in universe.names_to_come(DAY("2019-05-01"))
    assert universe.names_to_come(None) == frozenset()


def test_a_recent_day_asks_the_plain_table(universe: Universe) -> None:
    assert universe.ticker_lookup(DAY("2026-06-01")) == universe.by_ticker
    assert universe.names_to_come(DAY("2026-06-01")) == frozenset()


def test_holding_gaps_and_strangers() -> None:
    rows = [
        Dated("a", "ticker", "T", "2000-01-01", "2005-01-01"),
        Dated("", "ticker", "T", "2010-01-01", "2011-01-01"),
        Dated("b", "ticker", "T", "2015-01-01"),
    ]
    line = Timeline(rows, {"T": "b"})

    def owner(day: str) -> str:
        return line.tickers_on(DAY(day)).get("T", "b")

    assert owner("1999-12-31") == ""
    assert owner("2000-01-01") == owner("2004-12-31") == owner("2007-01-01") == "a"
    assert owner("2010-06-01") == owner("2012-01-01") == ""
    assert owner("2015-01-01") == "b"
    assert [r.starts for r in line.of("a")] == ["2000-01-01"]
    assert len(line) == 3


def test_an_undated_owner_takes_over_from_who_ended() -> None:
    line = Timeline([Dated("a", "ticker", "T", "", "2005-01-01")], {"T": "b"})
    assert line.tickers_on(DAY("2004-01-01")) == {"T": "a"}
    assert line.tickers_on(DAY("2006-01-01")) == {}
