from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]

from readthrough.research.abnormal import EventAt, PriceSeries, study, two_sided

T0 = datetime(2024, 1, 1, 21, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = tuple(T0 + n * DAY for n in range(260))


def series(returns: NDArray[np.float64]) -> PriceSeries:
    return PriceSeries(DAYS, tuple(float(x) for x in 100 * np.cumprod(1 + returns)))


@pytest.fixture
def drawn() -> np.random.Generator:
    return np.random.default_rng(5)


def test_what_was_put_in_comes_out_beyond_the_market(drawn: np.random.Generator) -> None:
    market = drawn.normal(0, 0.01, 260)
    prices, events = {}, []
    for n in range(40):
        own = 0.0002 + 1.3 * market + drawn.normal(0, 0.004, 260)
        day = 150 + n
        own[day] += 0.03
        own[day + 2] += 0.01
        prices[f"T{n}"] = series(own)
        events.append(EventAt(f"T{n}", "beat", DAYS[day] - timedelta(hours=3), 1))
    (kind,) = study(events, prices, series(market), after=3).kinds
    assert kind.events == 40
    assert kind.mean == pytest.approx((0.03, 0.03, 0.04, 0.04), abs=0.004)
    assert kind.t > 10
    assert kind.p < 1e-6
    assert kind.hit == 1.0


def test_news_after_a_close_counts_for_the_next_session(drawn: np.random.Generator) -> None:
    own = drawn.normal(0, 0.001, 260)
    own[200] += 0.05
    market = series(drawn.normal(0, 0.001, 260))
    before = EventAt("A", "x", DAYS[200] - timedelta(minutes=1))
    at_close = EventAt("A", "x", DAYS[200])
    assert study([before], {"A": series(own)}, market).kinds[0].mean[0] == pytest.approx(0.05, abs=0.005)
    assert study([at_close], {"A": series(own)}, market).kinds[0].mean[0] == pytest.approx(0.0, abs=0.005)


def test_what_cannot_be_measured_is_counted_with_its_reason(drawn: np.random.Generator) -> None:
    market = series(drawn.normal(0, 0.01, 260))
    events = [
        EventAt("A", "x", DAYS[150]),
        EventAt("A", "x", DAYS[152]),
        EventAt("A", "y", DAYS[152]),
        EventAt("B", "x", DAYS[150]),
        EventAt("A", "x", DAYS[258]),
    ]
    made = study(events, {"A": market}, market)
    assert {k.kind: k.events for k in made.kinds} == {"x": 1, "y": 1}
    assert made.left_out == {"overlaps an earlier one": 1, "no prices": 1, "too few sessions": 1}
    assert math.isnan(made.kinds[0].t)


def test_many_kinds_make_each_less_sure(drawn: np.random.Generator) -> None:
    market = series(drawn.normal(0, 0.01, 260))
    prices = {f"T{n}": series(drawn.normal(0, 0.01, 260)) for n in range(60)}
    events = [EventAt(f"T{n}", f"k{n % 6}", DAYS[150 + n % 7]) for n in range(60)]
    made = study(events, prices, market)
    assert all(k.p_many >= k.p for k in made.kinds)
    worst = min(made.kinds, key=lambda k: k.p)
    assert worst.p_many == pytest.approx(min(1.0, 6 * worst.p))


@pytest.mark.parametrize(("t", "freedom"), [(0.3, 4), (2.0, 10), (-3.7, 27), (8.0, 3), (1.96, 1000)])
def test_probabilities_are_students(t: float, freedom: int) -> None:
    assert two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-9)
