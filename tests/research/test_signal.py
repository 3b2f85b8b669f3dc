from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped]

from readthrough.research.abnormal import PriceSeries
from readthrough.research.charts import bars, lines
from readthrough.research.signal import LookAhead, Scored, measure_signal

Values = NDArray[np.float64]
T0 = datetime(2024, 1, 1, 21, tzinfo=UTC)
DAY = timedelta(days=1)
N, SESSIONS = 24, 200
DAYS = tuple(T0 + n * DAY for n in range(SESSIONS))


def world(seed: int, strength: float) -> tuple[list[Scored], dict[str, PriceSeries], Values, Values]:
    """Scores known three hours before a close; the next session's return follows them by `strength`."""
    drawn = np.random.default_rng(seed)
    scores = drawn.normal(size=(SESSIONS, N))
    returns = drawn.normal(0, 0.01, size=(SESSIONS, N))
    returns[1:] += strength * scores[:-1]
    prices = {f"T{n}": PriceSeries(DAYS, tuple(100 * np.cumprod(1 + returns[:, n]))) for n in range(N)}
    told = [
        Scored(f"T{n}", DAYS[d] - timedelta(hours=4), DAYS[d] - timedelta(hours=3), float(scores[d, n]))
        for d in range(SESSIONS)
        for n in range(N)
    ]
    return told, prices, scores, returns


def test_the_coefficient_is_the_mean_of_spearmans_over_days() -> None:
    told, prices, scores, returns = world(1, 0.004)
    made = measure_signal(told, prices, horizons=(1, 5)).horizons[0]
    daily = np.array([stats.spearmanr(scores[d], returns[d + 1]).statistic for d in range(SESSIONS - 1)])
    assert made.ic == pytest.approx(daily.mean(), abs=1e-9)
    assert made.error == pytest.approx(daily.std() / math.sqrt(len(daily)), rel=1e-9)
    assert made.t == pytest.approx(made.ic / made.error)
    assert made.days == SESSIONS - 1
    assert made.quantiles == tuple(sorted(made.quantiles))
    assert made.spread == pytest.approx(made.quantiles[-1] - made.quantiles[0])


def test_errors_grow_where_returns_overlap() -> None:
    told, prices, _, _ = world(2, 0.0)
    slow = [replace_score(s, prices) for s in told]
    made = measure_signal(slow, prices, horizons=(10,)).horizons[0]
    closes = np.array([prices[f"T{n}"].prices for n in range(N)])
    daily = []
    for d in range(SESSIONS - 10):
        ahead = closes[:, d + 10] / closes[:, d] - 1
        daily.append(stats.spearmanr([s.score for s in slow[d * N : (d + 1) * N]], ahead).statistic)
    values = np.array(daily)
    naive = values.std() / math.sqrt(len(values))
    apart = values - values.mean()
    total = float(apart @ apart) / len(values)
    for lag in range(1, 10):
        total += 2 * (1 - lag / 10) * float(apart[lag:] @ apart[:-lag]) / len(values)
    assert made.error == pytest.approx(math.sqrt(total / len(values)), rel=1e-9)
    assert made.error > 1.5 * naive


def replace_score(one: Scored, prices: dict[str, PriceSeries]) -> Scored:
    """A score that never changes: its coefficients over ten days hang together."""
    return replace(one, score=float(int(one.ticker[1:])))


def test_a_score_that_knows_its_own_sessions_return_earns_nothing_by_it() -> None:
    told, prices, _, returns = world(3, 0.0)
    knowing = [
        replace(s, score=float(returns[i // N, i % N])) for i, s in enumerate(told)
    ]  # made with the very close it is said to come before
    assert abs(measure_signal(knowing, prices, horizons=(1,)).horizons[0].ic) < 0.05


def test_a_planted_look_ahead_is_caught() -> None:
    told, prices, _, returns = world(4, 0.0)
    planted = [
        replace(s, score=float(returns[min(i // N + 1, SESSIONS - 1), i % N]), published_at=s.known_at + DAY)
        for i, s in enumerate(told)
    ]
    with pytest.raises(LookAhead, match="known before"):
        measure_signal(planted, prices)
    with pytest.raises(LookAhead, match="1 of 4800"):
        measure_signal([*told[:-1], planted[-1]], prices)


def test_decay_and_turnover() -> None:
    told, prices, _, _ = world(5, 0.006)
    made = measure_signal(told, prices, horizons=(1, 2, 5, 10, 20))
    assert made.half_life in (5, 10, 20)
    assert made.turnover == pytest.approx(1 - 5 / N, abs=0.06)  # drawn anew each day
    still = [replace_score(s, prices) for s in told]
    assert measure_signal(still, prices).turnover == 0.0
    assert all(h.p_many >= h.p for h in made.horizons)


def test_too_few_names_measure_nothing() -> None:
    told, prices, _, _ = world(6, 0.01)
    few = [s for s in told if s.ticker in ("T0", "T1")]
    made = measure_signal(few, prices, horizons=(1,)).horizons[0]
    assert made.days == 0
    assert math.isnan(made.ic)


def test_charts_hold_what_is_drawn_and_nothing_else() -> None:
    drawing = bars("<script>", [("1", 0.03, 0.01), ("5", math.nan, 0.0)])
    assert "<script>" not in drawing
    assert drawing.count("<rect") == 2
    assert lines("x", [("a & b", (0.0, 0.1, math.nan))]).count("a &amp; b") == 1
