"""Is a score any good as a signal: information coefficient, its decay, turnover and quantile spreads by horizon.

A score counts for the first session that closes after it was known; its return runs from that close on, so nobody
trades on a close that came before the news. Returns over several days overlap from one day to the next: the error of
the mean coefficient is Newey and West's (1987) with as many lags as the horizon has days, less one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from readthrough.domain.errors import SettingsError
from readthrough.research.abnormal import PriceSeries, two_sided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

__all__ = ["Horizon", "LookAhead", "Scored", "SignalReport", "measure_signal"]

LEAST_NAMES: Final = 5
"""Scores a day needs for its coefficient: fewer rank nothing."""


class LookAhead(SettingsError):
    """A score says that it was known before what it was made from was published."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score of a ticker: when what it reads was published, when the score was known, and its value."""

    ticker: str
    published_at: datetime
    known_at: datetime
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """A signal at one horizon, in sessions.

    `ic` is the mean over days of Spearman's rank correlation between scores and the returns that follow, `error` its
    Newey-West standard error, `t` their quotient, `p` two-sided and `p_many` Holm's over the horizons. `quantiles`
    are mean returns by quantile of score, lowest first, as decimals over the whole horizon; `spread` is the highest
    less the lowest.
    """

    sessions: int
    days: int
    pairs: int
    ic: float
    error: float
    t: float
    p: float
    p_many: float
    quantiles: tuple[float, ...]
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReport:
    """A signal at every horizon. `turnover` is the mean share of the top quantile that is new from day to day.

    `half_life` is the first horizon at which the coefficient has fallen to half of its highest; None where it has not.
    """

    horizons: tuple[Horizon, ...]
    turnover: float
    half_life: int | None
    scores: int
    tested: int


def measure_signal(
    scores: Sequence[Scored],
    prices: Mapping[str, PriceSeries],
    *,
    horizons: Sequence[int] = (1, 2, 5, 10, 20),
    quantiles: int = 5,
) -> SignalReport:
    """Measure how scores order the returns that follow them.

    Args:
        scores: Of any tickers; several of one session are averaged.
        prices: Closes by ticker.
        horizons: In sessions, each at least 1.
        quantiles: Into how many groups of equal size each day is cut.

    Raises:
        LookAhead: A score was known before its article was published: it was made with what came later.
    """
    early = [s for s in scores if s.known_at < s.published_at]
    if early:
        worst = early[0]
        raise LookAhead(
            f"{len(early)} of {len(scores)} scores were known before what they read was published; the first is of "
            f"{worst.ticker}, known {worst.known_at.isoformat()}, published {worst.published_at.isoformat()}.",
            remedy="Export with as_of, or set known_at to when a reader could first have had the score.",
        )
    panel = _by_session(scores, prices)
    made = [_horizon(panel, prices, h, quantiles) for h in horizons]
    made = _holm(made)
    return SignalReport(
        horizons=tuple(made),
        turnover=_turnover(panel, quantiles),
        half_life=_half_life(made),
        scores=len(scores),
        tested=len(made),
    )


Panel = Mapping[object, Mapping[str, tuple[int, float]]]
"""Day -> ticker -> (place of the first close after the score was known, mean score)."""


def _by_session(scores: Sequence[Scored], prices: Mapping[str, PriceSeries]) -> Panel:
    found: dict[object, dict[str, list[tuple[int, float]]]] = {}
    for score in scores:
        series = prices.get(score.ticker)
        if series is None or math.isnan(score.score):
            continue
        place = series.first_after(score.known_at)
        if place < len(series.prices):
            day = series.closes_at[place].date()
            found.setdefault(day, {}).setdefault(score.ticker, []).append((place, score.score))
    return {
        day: {t: (told[0][0], sum(s for _, s in told) / len(told)) for t, told in by_ticker.items()}
        for day, by_ticker in sorted(found.items(), key=lambda pair: str(pair[0]))
    }


def _horizon(panel: Panel, prices: Mapping[str, PriceSeries], sessions: int, quantiles: int) -> Horizon:
    import numpy as np

    daily: list[float] = []
    grouped: list[list[float]] = [[] for _ in range(quantiles)]
    pairs = 0
    for told in panel.values():
        names, returns = [], []
        for ticker, (place, score) in told.items():
            series = prices[ticker]
            if place + sessions < len(series.prices):
                names.append(score)
                returns.append(series.prices[place + sessions] / series.prices[place] - 1.0)
        pairs += len(names)
        if len(names) < LEAST_NAMES:
            continue
        ic = _spearman(np.asarray(names), np.asarray(returns))
        if math.isnan(ic):
            continue
        daily.append(ic)
        order = np.argsort(np.asarray(names), kind="stable")
        for group, places in enumerate(np.array_split(order, quantiles)):
            grouped[group] += [returns[int(i)] for i in places]
    means = tuple(float(np.mean(group)) if group else math.nan for group in grouped)
    ic, error = _newey_west(np.asarray(daily, dtype=np.float64), sessions - 1)
    t = ic / error if error and not math.isnan(error) else math.nan
    p = two_sided(t, max(1, len(daily) - 1))
    return Horizon(
        sessions=sessions,
        days=len(daily),
        pairs=pairs,
        ic=ic,
        error=error,
        t=t,
        p=p,
        p_many=p,
        quantiles=means,
        spread=means[-1] - means[0],
    )


def _ranks(values: Values) -> Values:
    """Ranks from 0, equal values sharing the mean of theirs."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values), dtype=np.float64)
    start = 0
    ordered = values[order]
    for place in range(1, len(values) + 1):
        if place == len(values) or ordered[place] != ordered[start]:
            ranks[order[start:place]] = (start + place - 1) / 2
            start = place
    return ranks


def _spearman(a: Values, b: Values) -> float:
    left, right = _ranks(a), _ranks(b)
    left, right = left - left.mean(), right - right.mean()
    size = math.sqrt(float(left @ left) * float(right @ right))
    return float(left @ right) / size if size else math.nan


def _newey_west(values: Values, lags: int) -> tuple[float, float]:
    """Return the mean and its standard error, allowing for correlation up to some lags (Bartlett weights)."""
    n = len(values)
    if n < 3:
        return (float(values.mean()) if n else math.nan), math.nan
    mean = float(values.mean())
    apart = values - mean
    variance = float(apart @ apart) / n
    for lag in range(1, min(lags, n - 1) + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(apart[lag:] @ apart[:-lag]) / n
    return mean, math.sqrt(max(variance, 0.0) / n)


def _turnover(panel: Panel, quantiles: int) -> float:
    import numpy as np

    before: set[str] | None = None
    shares = []
    for told in panel.values():
        if len(told) < LEAST_NAMES:
            continue
        tickers = list(told)
        order = np.argsort(np.asarray([told[t][1] for t in tickers]), kind="stable")
        top = {tickers[int(i)] for i in np.array_split(order, quantiles)[-1]}
        if before is not None:
            shares.append(len(top - before) / len(top))
        before = top
    return float(np.mean(shares)) if shares else math.nan


def _half_life(made: Sequence[Horizon]) -> int | None:
    told = [(h.sessions, h.ic) for h in made if not math.isnan(h.ic)]
    if not told:
        return None
    best = max(range(len(told)), key=lambda i: abs(told[i][1]))
    return next((s for s, ic in told[best + 1 :] if abs(ic) <= abs(told[best][1]) / 2), None)


def _holm(made: Sequence[Horizon]) -> list[Horizon]:
    from dataclasses import replace

    order = sorted((h for h in made if not math.isnan(h.p)), key=lambda h: h.p)
    worst = 0.0
    corrected: dict[int, float] = {}
    for place, one in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - place) * one.p))
        corrected[one.sessions] = worst
    return [replace(h, p_many=corrected.get(h.sessions, math.nan)) for h in made]
