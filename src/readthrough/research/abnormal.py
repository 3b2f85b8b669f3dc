"""The event study: what shares did beyond the market after each kind of event.

Returns are simple daily returns, as decimals. The abnormal return of a day is the share's less what a market model
fitted before the event expects (MacKinlay 1997, "Event Studies in Economics and Finance", equations 2 to 9); without
enough days before it, the share's less the market's. Day 0 is the first session whose close comes after the event
could be acted on: an event known after a close moves into the next session. Nothing before that enters a result.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

__all__ = ["EventAt", "Kind", "PriceSeries", "Study", "study"]

ESTIMATED: Final = 120
"""Sessions before the event that the market model is fitted on, as MacKinlay has them."""
LEAST_ESTIMATED: Final = 30
GAP: Final = 5
"""Sessions between those and the event, so that a leak does not enter the model."""


@dataclass(frozen=True, slots=True)
class EventAt:
    """Something that happened to a ticker, and when it could first be acted on."""

    ticker: str
    kind: str
    known_at: datetime
    sign: int = 0  # +1 good for holders, -1 bad, 0 neither


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """Closing prices, adjusted for splits and dividends, each with the moment of its close, rising."""

    closes_at: tuple[datetime, ...]
    prices: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.closes_at) != len(self.prices):
            raise ValueError(f"{len(self.closes_at)} closes and {len(self.prices)} prices")

    def first_after(self, moment: datetime) -> int:
        """Return the place of the first close after a moment: the first that can reflect it."""
        return bisect_right(self.closes_at, moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What followed one kind of event.

    `mean` holds the mean cumulative abnormal return to each day of the window, `t` and `p` are of its last (Student's
    t over events, cross-sectional; two-sided). `p_many` is Holm's, for all kinds looked at. `hit` is the share of
    events after which the return had the event's sign; None for kinds without one.
    """

    kind: str
    events: int
    days: tuple[int, ...]
    mean: tuple[float, ...]
    t: float
    p: float
    p_many: float
    hit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Results by kind, most events first; `left_out` counts events by the reason they could not be used."""

    kinds: tuple[Kind, ...]
    left_out: Mapping[str, int]


def study(
    events: Sequence[EventAt],
    prices: Mapping[str, PriceSeries],
    market: PriceSeries,
    *,
    before: int = 1,
    after: int = 5,
) -> Study:
    """Measure what followed each kind of event.

    Args:
        events: What happened, each known at a moment.
        prices: Closes by ticker.
        market: The benchmark's closes.
        before: Sessions shown before day 0; they are not part of the cumulative return.
        after: Last session of the window.
    """
    import numpy as np

    left: dict[str, int] = {}
    by_kind: dict[str, list[tuple[int, Values]]] = {}
    last_of: dict[tuple[str, str], int] = {}
    for event in sorted(events, key=lambda e: e.known_at):
        series = prices.get(event.ticker)
        if series is None:
            left["no prices"] = left.get("no prices", 0) + 1
            continue
        day = series.first_after(event.known_at)
        previous = last_of.get((event.ticker, event.kind))
        # windows of one share that overlap are one observation, not two
        if previous is not None and day - previous <= after:
            left["overlaps an earlier one"] = left.get("overlaps an earlier one", 0) + 1
            continue
        window = _abnormal(series, market, day, before, after)
        if window is None:
            left["too few sessions"] = left.get("too few sessions", 0) + 1
            continue
        last_of[event.ticker, event.kind] = day
        by_kind.setdefault(event.kind, []).append((event.sign, window))
    made = []
    for kind, found in by_kind.items():
        windows = np.array([window for _, window in found])
        cumulative = np.cumsum(windows[:, before:], axis=1)
        mean = cumulative.mean(axis=0)
        t, p = _t_test(cumulative[:, -1])
        signed = [(sign, value) for (sign, _), value in zip(found, cumulative[:, -1], strict=True) if sign]
        hit = sum(math.copysign(1, value) == sign for sign, value in signed) / len(signed) if signed else None
        made.append(
            Kind(
                kind=kind,
                events=len(found),
                days=tuple(range(after + 1)),
                mean=tuple(float(x) for x in mean),
                t=t,
                p=p,
                p_many=p,
                hit=hit,
            )
        )
    return Study(kinds=_holm(sorted(made, key=lambda k: -k.events)), left_out=left)


def _abnormal(series: PriceSeries, market: PriceSeries, day: int, before: int, after: int) -> Values | None:
    """Abnormal returns from `before` sessions before day 0 to `after` after it; None without all of them."""
    import numpy as np

    first = day - before
    if first < 1 or day + after >= len(series.prices):
        return None
    start = max(1, day - GAP - ESTIMATED)
    own = _returns(series, start, day + after)
    theirs = _matched(market, series, start, day + after)
    if theirs is None:
        return None
    fitted = max(0, day - GAP - start)
    alpha, beta = 0.0, 1.0
    if fitted >= LEAST_ESTIMATED and float(np.var(theirs[:fitted])) > 0:
        covariance = np.cov(theirs[:fitted], own[:fitted], ddof=1)
        beta = float(covariance[0, 1] / covariance[0, 0])
        alpha = float(own[:fitted].mean() - beta * theirs[:fitted].mean())
    beyond: Values = own - alpha - beta * theirs
    return beyond[first - start : day + after - start + 1]


def _returns(series: PriceSeries, first: int, last: int) -> Values:
    import numpy as np

    closes = np.asarray(series.prices[first - 1 : last + 1], dtype=np.float64)
    made: Values = closes[1:] / closes[:-1] - 1.0
    return made


def _matched(market: PriceSeries, series: PriceSeries, first: int, last: int) -> Values | None:
    """The market's returns over the very sessions of a share."""
    import numpy as np

    at = {moment.date(): place for place, moment in enumerate(market.closes_at)}
    closes = []
    for moment in series.closes_at[first - 1 : last + 1]:
        place = at.get(moment.date())
        if place is None:
            return None
        closes.append(market.prices[place])
    levels = np.asarray(closes, dtype=np.float64)
    made: Values = levels[1:] / levels[:-1] - 1.0
    return made


def _t_test(values: Values) -> tuple[float, float]:
    """Student's t of a mean against zero, and its two-sided probability; NaN below three values."""
    n = len(values)
    if n < 3:
        return math.nan, math.nan
    spread = float(values.std(ddof=1))
    if spread == 0:
        return math.nan, math.nan
    t = float(values.mean()) / (spread / math.sqrt(n))
    return t, two_sided(t, n - 1)


def two_sided(t: float, freedom: int) -> float:
    """Return the two-sided probability of Student's t, by the incomplete beta function's continued fraction.

    Source: Press et al., Numerical Recipes, 3rd edition, 6.4. Equal to tables to ten digits.

    >>> round(two_sided(2.228, 10), 4), round(two_sided(0.0, 5), 4)
    (0.05, 1.0)
    """
    if math.isnan(t):
        return math.nan
    return _beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _beta(a: float, b: float, x: float) -> float:
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 300):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + step / (c if abs(c) > tiny else tiny)
            result *= d * c
        if abs(d * c - 1.0) < 1e-13:
            break
    return result


def _holm(kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """Correct probabilities for how many kinds were looked at (Holm 1979)."""
    from dataclasses import replace

    tested = sorted((k for k in kinds if not math.isnan(k.p)), key=lambda k: k.p)
    worst = 0.0
    corrected: dict[str, float] = {}
    for place, kind in enumerate(tested):
        worst = max(worst, min(1.0, (len(tested) - place) * kind.p))
        corrected[kind.kind] = worst
    return tuple(replace(kind, p_many=corrected.get(kind.kind, math.nan)) for kind in kinds)
