from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.feeds.dates import parse_moment

MOMENT = datetime(2025, 5, 15, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-05-15T09:30:00Z",
        "2025-05-15T11:30:00+02:00",
        "2025-05-15 09:30:00+00:00",
        "Thu, 15 May 2025 09:30:00 GMT",
        MOMENT.timestamp(),
        int(MOMENT.timestamp() * 1000),
        str(int(MOMENT.timestamp())),
    ],
)
def test_forms_that_publishers_use(value: object) -> None:
    assert parse_moment(value) == (MOMENT, ())


@pytest.mark.parametrize("value", ["2025-05-15T09:30:00", "20250515T093000", "20250515T0930"])
def test_without_a_zone_it_is_taken_as_utc_and_told(value: str) -> None:
    moment, problems = parse_moment(value)
    assert moment == MOMENT
    assert [p.code for p in problems] == ["published_at_without_zone"]


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        True,
        [],
        {"a": 1},
        1e300,
        float("nan"),
        "9" * 400,
        "0001-01-01T00:00+23:59",
        "Thu, 99 May 2025 09:30:00 GMT",
    ],
)
def test_what_is_no_moment_is_a_problem(value: object) -> None:
    moment, problems = parse_moment(value)
    assert moment is None
    assert [p.code for p in problems] == ["published_at_unread"]


def test_nothing_is_nothing() -> None:
    assert parse_moment(None) == parse_moment("") == (None, ())
