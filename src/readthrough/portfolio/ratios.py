"""Return set against risk in the ways that reports still ask for, each with the formula it uses.

Functions take one book's `(periods,)` or many books' `(books, periods)`. NaN where the divisor is zero.
Source of all: C. Bacon, "Practical Portfolio Performance Measurement and Attribution", chapters 4 and 5.
"""

from __future__ import annotations

import numpy as np

from readthrough.portfolio.drawdowns import underwater
from readthrough.portfolio.returns import Floats, Returns
from readthrough.portfolio.risk import annual_return, beta, downside_deviation, sortino_ratio, volatility

__all__ = [
    "appraisal_ratio",
    "burke_ratio",
    "calmar_ratio",
    "jensen_alpha",
    "m2_sortino",
    "m_squared",
    "martin_ratio",
    "systematic_risk",
    "ulcer_index",
]


def jensen_alpha(returns: Returns, benchmark: Returns, *, periods_per_year: float) -> Floats:
    """Return the geometric yearly return less beta times the benchmark's: what beta does not explain."""
    found: Floats = annual_return(returns, periods_per_year) - beta(returns, benchmark) * annual_return(
        benchmark, periods_per_year
    )
    return found


def systematic_risk(
    returns: Returns, benchmark: Returns, *, ddof: int = 1, periods_per_year: float
) -> Floats:
    """Return beta times the benchmark's volatility a year."""
    spread = volatility(benchmark, ddof=ddof, periods_per_year=periods_per_year)
    found: Floats = beta(returns, benchmark) * spread
    return found


def m_squared(returns: Returns, benchmark: Returns, *, periods_per_year: float) -> Floats:
    """Return the yearly return the book would have at the benchmark's volatility (Modigliani, risk free 0)."""
    found: Floats = (
        annual_return(returns, periods_per_year) * volatility(benchmark) / _positive(volatility(returns))
    )
    return found


def m2_sortino(
    returns: Returns, benchmark: Returns, *, target: float = 0.0, periods_per_year: float
) -> Floats:
    """Return the yearly return the book would have at the benchmark's downside deviation.

    The Sortino ratio in it is a period's, the deviations are a year's.
    """
    own = downside_deviation(returns, target=target, periods_per_year=periods_per_year)
    other = downside_deviation(benchmark, target=target, periods_per_year=periods_per_year)
    return annual_return(returns, periods_per_year) + sortino_ratio(returns, target=target) * (other - own)


def appraisal_ratio(returns: Returns, benchmark: Returns, *, periods_per_year: float) -> Floats:
    """Return Jensen's alpha over the volatility a year of what beta does not explain (population)."""
    slope = beta(returns, benchmark)
    rest = returns - np.multiply.outer(slope, benchmark)
    found: Floats = jensen_alpha(returns, benchmark, periods_per_year=periods_per_year) / _positive(
        volatility(rest, ddof=0, periods_per_year=periods_per_year)
    )
    return found


def ulcer_index(returns: Returns) -> Floats:
    """Return the root mean square depth below the peak over all periods (Martin, 1987)."""
    depths = underwater(returns)
    found: Floats = np.sqrt((depths * depths).mean(axis=-1))
    return found


def martin_ratio(returns: Returns, *, periods_per_year: float) -> Floats:
    """Return the geometric yearly return over the ulcer index."""
    return annual_return(returns, periods_per_year) / _positive(ulcer_index(returns))


def calmar_ratio(returns: Returns, *, periods_per_year: float) -> Floats:
    """Return the geometric yearly return over the size of the deepest fall."""
    return annual_return(returns, periods_per_year) / _positive(-underwater(returns).min(axis=-1))


def burke_ratio(returns: Returns, *, periods_per_year: float) -> Floats:
    """Return the geometric yearly return of one series over the root of its squared losing runs.

    A losing run is the sum of losses that follow each other without a period of none between, as
    PerformanceAnalytics and Bacon's example count them.
    """
    losing = returns < 0
    starts = np.flatnonzero(losing & ~np.concatenate([[False], losing[:-1]]))
    runs = np.add.reduceat(np.where(losing, returns, 0.0), starts) if len(starts) else np.zeros(1)
    return annual_return(returns, periods_per_year) / _positive(np.asarray(np.sqrt((runs * runs).sum())))


def _positive(divisor: Floats) -> Floats:
    return np.where(divisor > 1e-300, divisor, np.nan)
