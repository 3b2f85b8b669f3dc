"""Exchange calendars: facts that can be looked up, and where the table ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from readthrough.domain.errors import UniverseError
from readthrough.universe.calendars import calendar_names, calendar_of, mic_of

XNYS = calendar_of("XNYS")


def test_new_york_was_shut_on_a_day_of_mourning() -> None:
    assert not XNYS.is_session(date(2025, 1, 9))
    assert XNYS.session_from(date(2025, 1, 9)) == date(2025, 1, 10)


def test_the_day_after_thanksgiving_ends_early() -> None:
    assert XNYS.closes_at(date(2026, 11, 27)) == datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert XNYS.closes_at(date(2026, 7, 6)) == datetime(2026, 7, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize(("mic", "sessions"), [("XNYS", 251), ("XHKG", 247)])
def test_sessions_of_2026(mic: str, sessions: int) -> None:
    calendar = calendar_of(mic)
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(map(calendar.is_session, days)) == sessions


def test_what_is_known_after_the_close_meets_the_next_sessions_price() -> None:
    friday = date(2026, 3, 6)
    assert XNYS.session_of(datetime(2026, 3, 6, 20, 59, tzinfo=UTC)) == friday
    assert XNYS.session_of(datetime(2026, 3, 6, 21, 0, tzinfo=UTC)) == date(2026, 3, 9)
    assert XNYS.session_before(date(2026, 3, 9)) == friday


def test_the_next_opening() -> None:
    assert XNYS.next_open(datetime(2026, 3, 6, 14, 29, tzinfo=UTC)) == datetime(
        2026, 3, 6, 14, 30, tzinfo=UTC
    )
    assert XNYS.next_open(datetime(2026, 3, 6, 14, 30, tzinfo=UTC)) == datetime(
        2026, 3, 9, 13, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("ticker", "mic", "expected"),
    [("9988.HK", "", "XHKG"), ("BRK-B", "", "XNYS"), ("MSFT", "XNAS", "XNYS"), ("SHEL.L", "XLON", "XLON")],
)
def test_a_listing_follows_its_exchange(ticker: str, mic: str, expected: str) -> None:
    assert mic_of(ticker, mic) == expected


def test_the_tables_end_is_told() -> None:
    assert XNYS.covers(date(2026, 12, 31))
    assert not XNYS.covers(date(2013, 12, 31))
    assert len(calendar_names()) >= 25


def test_an_unknown_exchange_is_refused() -> None:
    with pytest.raises(UniverseError, match="XXXX"):
        calendar_of("XXXX")
