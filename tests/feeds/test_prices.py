"""Closes by way of yfinance: the adapter's own code over a small object of the same shape, given to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from readthrough.domain.errors import SourceRefused, SourceUnreachable
from readthrough.feeds.prices import fetch_closes

SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 4)
NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Column:
    """A column of closes by moment."""

    rows: Sequence[tuple[object, object]]

    def items(self) -> Iterator[tuple[object, object]]:
        return iter(self.rows)


@dataclass
class Handle:
    """One ticker: its rows and its currency, and what it was asked."""

    rows: Sequence[tuple[object, object]]
    fast_info: Mapping[str, str | None]
    asked: dict[str, object] = field(default_factory=dict)
    volumes: Sequence[tuple[object, object]] = ()

    def history(self, **asked: object) -> dict[str, Column]:
        self.asked.update(asked)
        return {"Close": Column(self.rows)} | ({"Volume": Column(self.volumes)} if self.volumes else {})


@dataclass
class Source:
    """The module: a handle for each ticker that it knows."""

    handles: Mapping[str, Handle]

    def Ticker(self, ticker: str) -> Handle:
        return self.handles[ticker]  # KeyError stands for whatever its transport raises


def at(day: int, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime(2026, 3, day, tzinfo=zone)


def test_volumes_come_along_where_there_are_any() -> None:
    rows = [(at(day), 300.0) for day in (2, 3, 4)]
    volumes = [(at(2), 24_100_000), (at(3), float("nan")), (at(4), 0)]
    source = Source({"MSFT": Handle(rows, {"currency": "USD"}, volumes=volumes)})
    prices, _ = fetch_closes(["MSFT"], since=SINCE, until=UNTIL, library=source)
    assert [price.volume for price in prices] == [Decimal(24_100_000), None, None]


def test_closes_are_of_the_day_at_the_exchange_and_unadjusted() -> None:
    handle = Handle(
        [(at(2), 310.5499877929688), (at(3), 311.0), ("2026-03-04", "312.25")], {"currency": "USD"}
    )
    tokyo = Handle([(at(3, TOKYO), 2_845.5)], {"currency": "JPY"})
    prices, missing = fetch_closes(
        ["MSFT", "7203.T"], since=SINCE, until=UNTIL, library=Source({"MSFT": handle, "7203.T": tokyo})
    )
    assert [(p.instrument, p.day.day, p.close, p.currency) for p in prices] == [
        ("MSFT", 2, Decimal("310.549988"), "USD"),
        ("MSFT", 3, Decimal("311.0"), "USD"),
        ("MSFT", 4, Decimal("312.25"), "USD"),
        ("7203.T", 3, Decimal("2845.5"), "JPY"),  # midnight there is still the day before in UTC
    ]
    assert {p.source for p in prices} == {"yfinance"}
    assert missing == []
    # its end is the day after the last one
    assert handle.asked == {"start": "2026-03-02", "end": "2026-03-05", "auto_adjust": False}


def test_what_is_no_price_is_left_out_and_named() -> None:
    gaps = Handle(
        [(at(2), float("nan")), (at(3), 0.0), (at(3), -4.0), (at(4), "n/a"), (at(4), float("inf"))],
        {"currency": "USD"},
    )
    nameless = Handle([(at(2), 5.0)], {"currency": None})
    good = Handle([(at(2), 5.0)], {"currency": "GBp"})
    prices, missing = fetch_closes(
        ["GAP", "NIL", "GONE", "VOD.L"],
        since=SINCE,
        until=UNTIL,
        library=Source({"GAP": gaps, "NIL": nameless, "VOD.L": good}),
    )
    assert [(p.instrument, p.currency) for p in prices] == [("VOD.L", "GBp")]
    assert missing == ["GAP", "NIL", "GONE"]


def test_a_source_that_fails_for_all_is_an_error() -> None:
    with pytest.raises(SourceUnreachable, match="A: KeyError; B: KeyError; C: KeyError") as caught:
        fetch_closes(["A", "B", "C", "D"], since=SINCE, until=UNTIL, library=Source({}))
    assert "from a file" in caught.value.remedy


def test_a_file_is_offered_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(SourceRefused, match="not installed") as caught:
        fetch_closes(["MSFT"], since=SINCE, until=UNTIL)
    assert "from a file" in caught.value.remedy
