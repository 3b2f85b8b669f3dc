"""Value at risk and expected shortfall by four methods. A loss is positive; nothing is scaled to other horizons.

Functions take `(periods,)` or `(books, periods)`, return one figure a book, and NaN where the method has
no answer: `measures` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from statistics import NormalDist
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from readthrough.portfolio.returns import Floats, Returns

__all__ = [
    "DECAY",
    "TAIL_METHODS",
    "Tail",
    "TailMethod",
    "cornish_fisher_tail",
    "filtered_tail",
    "historical_tail",
    "kurtosis",
    "normal_tail",
    "refreshed",
    "skewness",
    "tail",
]

DECAY: Final = 0.94
"""Of daily variance. Source: J.P. Morgan, RiskMetrics Technical Document, 1996, table 5.8 (daily data)."""

_NORMAL = NormalDist()
_SETTLE = 25
"""Periods whose mean square starts the filter: what is left of a start after them is 0.94^25, a fifth."""


_FAR = -4.0
"""Standard deviations beyond which the bent quantile may turn: 0.003 % of periods lie there."""


class TailMethod(StrEnum):
    """How the tail is estimated."""

    HISTORICAL = "historical"
    NORMAL = "normal"
    CORNISH_FISHER = "cornish_fisher"
    FILTERED = "filtered"


class Tail(NamedTuple):
    """Value at risk and expected shortfall, losses positive."""

    value_at_risk: Floats
    expected_shortfall: Floats


def historical_tail(returns: Returns, *, level: float = 0.95) -> Tail:
    """Read the tail off what happened.

    The quantile is interpolated between order statistics (type 7 of Hyndman and Fan, 1996, NumPy's
    default); expected shortfall is the mean of the returns at or below it.

    Args:
        returns: Decimal returns.
        level: Share of periods that lose less: 0.95 looks at the worst twentieth.

    Raises:
        ValueError: `level` is not inside (0, 1).
    """
    _check(level)
    count = returns.shape[-1]
    if count == 0:
        none = np.full(returns.shape[:-1], np.nan)
        return Tail(none, none)
    place = (count - 1) * (1.0 - level)
    low = min(int(place), count - 1)
    high = min(low + 1, count - 1)
    parted = np.partition(returns, (low, high), axis=-1)
    below, above = parted[..., low], parted[..., high]
    quantile = below + (above - below) * (place - low)
    total = parted[..., : low + 1].sum(axis=-1)
    # periods that equal the quantile belong to the tail, wherever the partition left them
    ties = (parted[..., low + 1 :] <= quantile[..., None]).sum(axis=-1) if np.any(above <= quantile) else 0
    shortfall = (total + ties * quantile) / (low + 1 + ties)
    return Tail(-quantile, -shortfall)


def normal_tail(returns: Returns, *, level: float = 0.95, ddof: int = 0) -> Tail:
    """Suppose normal returns with the sample's mean and standard deviation.

    Args:
        returns: Decimal returns.
        level: As for `historical_tail`.
        ddof: 0 as in R's PerformanceAnalytics, whose moments are the sample's.
    """
    _check(level)
    mean, sigma = returns.mean(axis=-1), _sigma(returns, ddof)
    z = _NORMAL.inv_cdf(1.0 - level)
    return Tail(-(mean + z * sigma), -mean + sigma * _NORMAL.pdf(z) / (1.0 - level))


def cornish_fisher_tail(returns: Returns, *, level: float = 0.95) -> Tail:
    """Bend the normal quantile by skewness and kurtosis (all moments the sample's, ddof 0).

    Sources: Cornish and Fisher, 1937; Favre and Galeano, 2002, "modified VaR"; Maillard, 2012, for where
    it holds. Expected shortfall is the mean of the bent quantiles beyond the level, in closed form.
    NaN where the bent quantile turns back somewhere in the tail: it is then no quantile.
    """
    _check(level)
    mean, sigma = returns.mean(axis=-1), _sigma(returns, 0)
    skew, excess = skewness(returns), kurtosis(returns)
    share = 1.0 - level
    z = _NORMAL.inv_cdf(share)
    # coefficients of the bent quantile in powers of z
    one, squared = skew / 6.0, skew * skew / 36.0
    cubic = excess / 24.0 - 2.0 * squared
    straight = 1.0 - 3.0 * excess / 24.0 + 5.0 * squared
    quantile = -one + straight * z + one * z**2 + cubic * z**3
    density = _NORMAL.pdf(z)
    # means of z, z^2, z^3 beyond the level
    first, second, third = -density / share, 1.0 - z * density / share, -(z * z + 2.0) * density / share
    mean_beyond = -one + straight * first + one * second + cubic * third
    sound = _rises(3.0 * cubic, 2.0 * one, straight, z)
    var = np.where(sound, -(mean + sigma * quantile), np.nan)
    return Tail(var, np.where(sound, -(mean + sigma * mean_beyond), np.nan))


def filtered_tail(returns: Returns, *, level: float = 0.95, decay: float = DECAY) -> Tail:
    """Read the tail off what happened, each period rescaled to the volatility of now.

    Source: Hull and White, "Incorporating volatility updating into the historical simulation method",
    Journal of Risk 1(1), 1998, with exponentially weighted variance.

    Args:
        returns: Decimal returns, the newest last.
        level: As for `historical_tail`.
        decay: Of the variance, a period: see `DECAY`.
    """
    return historical_tail(refreshed(returns, decay=decay), level=level)


def refreshed(returns: Returns, *, decay: float = DECAY) -> Returns:
    """Return past returns rescaled from the volatility expected of their day to that expected of the next.

    A period is set against the variance known before it. Where that variance is zero the return stays.
    """
    squares = np.ascontiguousarray(np.moveaxis(returns * returns, -1, 0))
    variance = squares[:_SETTLE].mean(axis=0)
    before = np.empty_like(squares)
    for period, square in enumerate(squares):
        before[period] = variance
        variance = decay * variance + (1.0 - decay) * square
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(before > 0.0, np.sqrt(variance / before), 1.0)
    found: Returns = returns * np.moveaxis(ratio, 0, -1)
    return found


TAIL_METHODS: Mapping[TailMethod, Callable[..., Tail]] = MappingProxyType(
    {
        TailMethod.HISTORICAL: historical_tail,
        TailMethod.NORMAL: normal_tail,
        TailMethod.CORNISH_FISHER: cornish_fisher_tail,
        TailMethod.FILTERED: filtered_tail,
    }
)


def tail(returns: Returns, method: TailMethod, *, level: float = 0.95) -> Tail:
    """Return value at risk and expected shortfall by one of the methods."""
    return TAIL_METHODS[method](returns, level=level)


def skewness(returns: Returns) -> Floats:
    """Return the third central moment over the cubed standard deviation, both the sample's."""
    return _moment(returns, 3)


def kurtosis(returns: Returns) -> Floats:
    """Return the fourth central moment over the squared variance, both the sample's, less the normal's 3."""
    return _moment(returns, 4) - 3.0


def _moment(returns: Returns, power: int) -> Floats:
    away = returns - returns.mean(axis=-1, keepdims=True)
    squares = away * away
    variance = squares.mean(axis=-1)
    raised = squares * away if power == 3 else squares * squares
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > 0, raised.mean(axis=-1) / variance ** (power / 2), np.nan)


def _sigma(returns: Returns, ddof: int) -> Floats:
    if returns.shape[-1] <= ddof:
        return np.full(returns.shape[:-1], np.nan)
    found: Floats = returns.std(axis=-1, ddof=ddof)
    return found


def _rises(a: Floats, b: Floats, c: Floats, z: float) -> NDArray[np.bool_]:
    """Tell whether a z^2 + b z + c stays above zero from the level out to where the tail stops counting."""
    far = min(_FAR, z - 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = np.clip(np.where(a != 0, -b / (2.0 * a), z), far, z)
    lowest = np.minimum(
        np.minimum(a * z * z + b * z + c, a * far * far + b * far + c), (a * turn + b) * turn + c
    )
    found: NDArray[np.bool_] = lowest > 0
    return found


def _check(level: float) -> None:
    if not 0.0 < level < 1.0:
        raise ValueError(f"level must be between 0 and 1, as 0.95 for the worst twentieth; got {level}")
