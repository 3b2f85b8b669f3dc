"""The same panel measured by alphalens-reloaded and by us: coefficients, quantile means and turnover agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from readthrough.research.abnormal import PriceSeries
from readthrough.research.signal import Scored, measure_signal

# Printed by alphalens-reloaded 0.5.1 over the panel below: `get_clean_factor_and_forward_returns` with quantiles=5
# and periods (1, 5), then `factor_information_coefficient(...).mean()`, `mean_return_by_quantile(demeaned=False)` and
# `quantile_turnover(..., 5, 1).mean()`. Made once, in an environment of its own.
IC = {1: 0.13070707070707072, 5: 0.09393939393939393}
MEANS = {
    1: (-0.0026713667292048004, -0.0020632833267795803, -0.0025154746869580423, -0.0005420497454994122, 0.0006865411576934007),
    5: (-0.008397516105556184, -0.007408519651206855, -0.006459852092834757, -0.00345993412189143, -0.004437252415746609),
}  # fmt: skip
TURNOVER = 0.8050847457627118
NAMES, SESSIONS, SCORED = 10, 70, 60


def panel() -> tuple[list[Scored], dict[str, PriceSeries]]:
    """Ten names over seventy weekdays; a score is known some hours before its day's close."""
    drawn = np.random.default_rng(7)
    moves = drawn.normal(0, 0.01, size=(SESSIONS, NAMES)).round(6)
    scores = (drawn.normal(size=(SESSIONS, NAMES)) * 0.3).round(6)
    moves[1:] += (0.004 * scores[:-1]).round(6)
    closes = (100 * np.cumprod(1 + moves, axis=0)).round(6)
    day = datetime(2026, 1, 5, 21, tzinfo=UTC)
    days: list[datetime] = []
    while len(days) < SESSIONS:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    told = [
        Scored(f"T{n}", days[d] - timedelta(hours=6), days[d] - timedelta(hours=5), float(scores[d, n]))
        for d in range(SCORED)
        for n in range(NAMES)
    ]
    return told, {f"T{n}": PriceSeries(tuple(days), tuple(closes[:, n])) for n in range(NAMES)}


def test_coefficients_and_quantiles_are_those_of_alphalens() -> None:
    told, prices = panel()
    report = measure_signal(told, prices, horizons=(1, 5), quantiles=5)
    for horizon in report.horizons:
        assert horizon.days == SCORED
        assert horizon.ic == pytest.approx(IC[horizon.sessions], abs=1e-12)
        assert horizon.quantiles == pytest.approx(MEANS[horizon.sessions], abs=1e-9)
    assert report.turnover == pytest.approx(TURNOVER, abs=1e-12)
