"""How returns vary, alone and beside a benchmark: plain functions on arrays, time on the last axis.

Every function takes `(periods,)` or `(books, periods)` and returns a scalar array or `(books,)`. Figures
are a period's unless the name says annual. Where a figure does not exist (too few periods, no variance)
the value is NaN; `measures` turns that into a reason.
"""

from __future__ import annotations

import numpy as np

from readthrough.portfolio.returns import Floats, Returns, linked

__all__ = [
    "alpha",
    "annual_return",
    "beta",
    "correlation",
    "downside_deviation",
    "effective_count",
    "information_ratio",
    "liquidity_days",
    "mean_absolute_deviation",
    "sharpe_ratio",
    "sortino_ratio",
    "tracking_error",
    "volatility",
]


def volatility(returns: Returns, *, ddof: int = 1, periods_per_year: float = 1.0) -> Floats:
    """Return the standard deviation, times the root of `periods_per_year`.

    Args:
        returns: Decimal returns.
        ddof: 1 estimates that of what the sample was drawn from; 0 describes the sample.
        periods_per_year: 252 for trading days, 12 for months, 1 for a period's own figure.
    """
    count = returns.shape[-1]
    if count <= ddof:
        return np.full(returns.shape[:-1], np.nan)
    away = returns - returns.mean(axis=-1, keepdims=True)
    # einsum squares and sums in one pass, without an array of squares
    squares = np.einsum("...t,...t->...", away, away)
    found: Floats = np.sqrt(squares * (periods_per_year / (count - ddof)))
    return found


def downside_deviation(returns: Returns, *, target: float = 0.0, periods_per_year: float = 1.0) -> Floats:
    """Return the root mean square of what fell short of a target, over all periods (population).

    Source: Sortino and van der Meer, 1991; Bacon, "Practical Portfolio Performance", downside risk.

    Args:
        returns: Decimal returns.
        target: Decimal return a period (the minimum acceptable return).
        periods_per_year: Scales with its root.
    """
    short = np.minimum(returns - target, 0.0)
    found: Floats = np.sqrt((short * short).mean(axis=-1) * periods_per_year)
    return found


def mean_absolute_deviation(returns: Returns) -> Floats:
    """Return the mean distance from the mean."""
    found: Floats = np.abs(returns - returns.mean(axis=-1, keepdims=True)).mean(axis=-1)
    return found


def annual_return(returns: Returns, periods_per_year: float) -> Floats:
    """Return the geometric return a year: the linked return to the power of periods a year over periods."""
    grown = 1.0 + linked(returns)
    power = periods_per_year / returns.shape[-1]
    return np.where(grown >= 0, np.maximum(grown, 0.0) ** power, np.nan) - 1.0


def sharpe_ratio(returns: Returns, *, risk_free: Returns | float = 0.0, periods_per_year: float) -> Floats:
    """Return the geometric yearly excess return over its volatility a year (ddof 1).

    Args:
        returns: Decimal returns.
        risk_free: Decimal return a period, one for all or one each.
        periods_per_year: Periods a year.
    """
    excess = returns - risk_free
    return _over(
        annual_return(excess, periods_per_year), volatility(excess, periods_per_year=periods_per_year)
    )


def sortino_ratio(returns: Returns, *, target: float = 0.0) -> Floats:
    """Return the mean excess over a target a period, over the downside deviation a period."""
    return _over((returns - target).mean(axis=-1), downside_deviation(returns, target=target))


def beta(returns: Returns, benchmark: Returns, *, risk_free: Returns | float = 0.0) -> Floats:
    """Return covariance with the benchmark over the benchmark's variance (ddof cancels)."""
    excess, market = returns - risk_free, benchmark - risk_free
    away = market - market.mean()
    return _over(excess @ away, away @ away)


def alpha(returns: Returns, benchmark: Returns, *, risk_free: Returns | float = 0.0) -> Floats:
    """Return the regression's intercept a period: mean excess less beta times the market's mean excess."""
    slope = beta(returns, benchmark, risk_free=risk_free)
    found: Floats = (returns - risk_free).mean(axis=-1) - slope * (benchmark - risk_free).mean()
    return found


def correlation(returns: Returns, benchmark: Returns) -> Floats:
    """Return the correlation with the benchmark."""
    away = benchmark - benchmark.mean()
    own = returns - returns.mean(axis=-1, keepdims=True)
    sizes = np.sqrt(np.einsum("...t,...t->...", own, own) * (away @ away))
    return _over(own @ away, sizes)


def tracking_error(returns: Returns, benchmark: Returns, *, periods_per_year: float = 1.0) -> Floats:
    """Return the volatility of returns less the benchmark's (ddof 1)."""
    return volatility(returns - benchmark, periods_per_year=periods_per_year)


def information_ratio(returns: Returns, benchmark: Returns, *, periods_per_year: float) -> Floats:
    """Return the difference of the geometric yearly returns over the yearly tracking error.

    Source: Bacon, "Practical Portfolio Performance", arithmetic information ratio.
    """
    active = annual_return(returns, periods_per_year) - annual_return(benchmark, periods_per_year)
    return _over(active, tracking_error(returns, benchmark, periods_per_year=periods_per_year))


def effective_count(weights: Floats) -> Floats:
    """Return how many equal lines would be as concentrated: one over the sum of squared shares.

    Shares are of gross value, so that a book of longs and shorts is measured by its size.
    """
    shares = np.abs(weights) / np.abs(weights).sum(axis=-1, keepdims=True)
    return _over(np.ones(weights.shape[:-1]), (shares * shares).sum(axis=-1))


def liquidity_days(quantities: Floats, daily_volume: Floats, *, participation: float = 0.2) -> Floats:
    """Return the trading days each line takes to sell at a share of the usual volume.

    Args:
        quantities: Units held; a short takes as long to cover.
        daily_volume: Usual units traded a day; NaN or zero where unknown gives NaN.
        participation: Share of the volume one is willing to be.
    """
    return _over(np.abs(quantities), daily_volume * participation)


def _over(upper: Floats, lower: Floats) -> Floats:
    upper, lower = np.asarray(upper, dtype=np.float64), np.asarray(lower, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.abs(lower) > 1e-300, upper / lower, np.nan)
