"""Figures of one series of returns, each with method, window, unit, ddof, quantile rule and sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from readthrough.domain.figure import GAIN_POSITIVE, LOSS_POSITIVE, Figure, Unit, Window
from readthrough.portfolio import ratios, risk, tails
from readthrough.portfolio.drawdowns import maximum_drawdown
from readthrough.portfolio.returns import Floats, Returns, linked
from readthrough.portfolio.tails import TailMethod

__all__ = ["LEAST_PERIODS", "benchmark_figures", "return_figures", "risk_figures", "tail_figures"]

LEAST_PERIODS: Final = 20
"""Returns below which a deviation or a tail is not published: its own error is then a sixth of it or more."""

_QUANTILE = "type 7 (Hyndman and Fan): linear between order statistics"
_UNDER_A_YEAR = "the window is {years:.2f} years; under a year is not annualised"
_METHODS = {
    TailMethod.HISTORICAL: "historical simulation",
    TailMethod.NORMAL: "normal, with the sample's mean and standard deviation",
    TailMethod.CORNISH_FISHER: "Cornish-Fisher expansion with the sample's skewness and kurtosis",
    TailMethod.FILTERED: "historical simulation, returns rescaled to the volatility of now"
    f" (exponentially weighted, decay {tails.DECAY}; Hull and White, 1998)",
}


def return_figures(returns: Returns, window: Window) -> tuple[Figure, ...]:
    """Return the total and the yearly return of a series."""
    total = Figure(
        name="total_return",
        value=0.0,
        unit=Unit.RETURN,
        method="simple returns, geometrically linked",
        window=window,
        sign=GAIN_POSITIVE,
    )
    yearly = replace(
        total,
        name="annual_return",
        unit=Unit.RETURN_A_YEAR,
        method="geometric: linked return to the power of periods a year over periods",
    )
    return (
        _valued(total, lambda: linked(returns), least=1),
        _yearly(yearly, window, lambda: risk.annual_return(returns, window.periods_per_year), least=1),
    )


def risk_figures(
    returns: Returns, window: Window, *, risk_free: float = 0.0, target: float = 0.0
) -> tuple[Figure, ...]:
    """Return how a series varies by itself.

    Args:
        returns: `(periods,)`.
        window: Where they come from.
        risk_free: Decimal a period, for the Sharpe ratio.
        target: Decimal a period, for downside deviation and the Sortino ratio.
    """
    year = window.periods_per_year
    plain = Figure(
        name="volatility",
        value=0.0,
        unit=Unit.DEVIATION_A_PERIOD,
        method="standard deviation of simple returns",
        window=window,
        ddof=1,
    )
    annual = replace(
        plain,
        name="volatility_annual",
        unit=Unit.DEVIATION_A_YEAR,
        method=f"standard deviation of simple returns times the root of {year:g}",
    )
    downside = replace(
        plain,
        name="downside_deviation",
        method=f"root mean square below {target:g} a period, over all periods",
        ddof=0,
    )
    fall = Figure(
        name="maximum_drawdown",
        value=0.0,
        unit=Unit.RETURN,
        method="deepest loss from a peak of closes, the start included",
        window=window,
        sign=GAIN_POSITIVE,
    )
    ratio = Figure(
        name="sharpe_ratio",
        value=0.0,
        unit=Unit.RATIO,
        method=f"geometric yearly excess over {risk_free:g} a period, over its yearly volatility",
        window=window,
        ddof=1,
        sign=GAIN_POSITIVE,
    )
    sortino = replace(
        ratio,
        name="sortino_ratio",
        ddof=0,
        method=f"mean excess over {target:g} a period, over the downside deviation a period; not annualised",
    )
    sortino_a_year = replace(
        sortino,
        name="sortino_ratio_annual",
        method=f"the ratio of a period times the root of {year:g}",
    )
    calmar = replace(
        ratio,
        name="calmar_ratio",
        ddof=None,
        method="geometric yearly return over the size of the deepest fall",
    )
    shape = replace(plain, unit=Unit.RATIO, ddof=0, sign="a longer tail of gains is positive")
    skew = replace(shape, name="skewness", method="third central moment over the cubed standard deviation")
    excess = replace(
        shape,
        name="excess_kurtosis",
        method="fourth central moment over the squared variance, less 3",
        sign="fatter tails than the normal's are positive",
    )
    return (
        _valued(plain, lambda: risk.volatility(returns)),
        _yearly(annual, window, lambda: risk.volatility(returns, periods_per_year=year)),
        _valued(downside, lambda: risk.downside_deviation(returns, target=target)),
        _valued(fall, lambda: maximum_drawdown(returns), least=1),
        _yearly(
            ratio, window, lambda: risk.sharpe_ratio(returns, risk_free=risk_free, periods_per_year=year)
        ),
        _valued(sortino, lambda: risk.sortino_ratio(returns, target=target)),
        _yearly(sortino_a_year, window, lambda: risk.sortino_ratio(returns, target=target) * np.sqrt(year)),
        _yearly(calmar, window, lambda: ratios.calmar_ratio(returns, periods_per_year=year)),
        _valued(skew, lambda: tails.skewness(returns)),
        _valued(excess, lambda: tails.kurtosis(returns)),
    )


def benchmark_figures(
    returns: Returns, benchmark: Returns, window: Window, *, risk_free: float = 0.0
) -> tuple[Figure, ...]:
    """Return how a series stands to a benchmark of the same periods."""
    year = window.periods_per_year
    beta = Figure(
        name="beta",
        value=0.0,
        unit=Unit.RATIO,
        method="covariance with the benchmark over its variance, both of simple returns",
        window=window,
        ddof=1,
    )
    alpha = replace(
        beta,
        name="alpha",
        unit=Unit.RETURN_A_PERIOD,
        method=f"intercept: mean excess over {risk_free:g} less beta times the benchmark's",
        sign=GAIN_POSITIVE,
    )
    correlation = replace(beta, name="correlation", method="Pearson")
    error = replace(
        beta,
        name="tracking_error",
        unit=Unit.DEVIATION_A_PERIOD,
        method="standard deviation of returns less the benchmark's",
    )
    annual = replace(
        error,
        name="tracking_error_annual",
        unit=Unit.DEVIATION_A_YEAR,
        method=f"standard deviation of returns less the benchmark's, times the root of {year:g}",
    )
    information = replace(
        beta,
        name="information_ratio",
        method="difference of geometric yearly returns over the yearly tracking error",
        sign=GAIN_POSITIVE,
    )
    active = replace(
        beta,
        name="active_return",
        unit=Unit.RETURN,
        ddof=None,
        method="arithmetic: linked return less the benchmark's",
        sign=GAIN_POSITIVE,
    )
    return (
        _valued(active, lambda: linked(returns) - linked(benchmark), least=1),
        _valued(beta, lambda: risk.beta(returns, benchmark)),
        _valued(alpha, lambda: risk.alpha(returns, benchmark, risk_free=risk_free)),
        _valued(correlation, lambda: risk.correlation(returns, benchmark)),
        _valued(error, lambda: risk.tracking_error(returns, benchmark)),
        _yearly(annual, window, lambda: risk.tracking_error(returns, benchmark, periods_per_year=year)),
        _yearly(
            information, window, lambda: risk.information_ratio(returns, benchmark, periods_per_year=year)
        ),
    )


def tail_figures(returns: Returns, window: Window, *, level: float = 0.95) -> tuple[Figure, ...]:
    """Return value at risk and expected shortfall of the next period by every method.

    Args:
        returns: `(periods,)`, the newest last.
        window: Where they come from.
        level: Share of periods that lose less.
    """
    found: list[Figure] = []
    for method in TailMethod:
        blank = Figure(
            name="value_at_risk",
            value=0.0,
            unit=Unit.RETURN_A_PERIOD,
            method=f"{_METHODS[method]}, level {level:g}, one period",
            window=window,
            ddof=None if method in (TailMethod.HISTORICAL, TailMethod.FILTERED) else 0,
            quantile=_QUANTILE
            if method in (TailMethod.HISTORICAL, TailMethod.FILTERED)
            else "of the distribution",
            sign=LOSS_POSITIVE,
        )
        held = tails.tail(returns, method, level=level) if window.observations >= LEAST_PERIODS else None
        for name, place in (("value_at_risk", 0), ("expected_shortfall", 1)):
            figure = replace(blank, name=f"{name}_{method}")
            if name == "expected_shortfall":
                figure = replace(figure, method=f"{figure.method}; mean loss at or beyond value at risk")
            found.append(
                _valued(figure, lambda held=held, place=place: _NAN if held is None else held[place])  # type: ignore[misc]
            )
    short = (1 - level) * window.observations < 1
    if short:
        reason = f"{window.observations} periods hold less than one beyond level {level:g}"
        found = [
            replace(figure, value=None, reason=reason) if figure.quantile == _QUANTILE else figure
            for figure in found
        ]
    return tuple(found)


_NAN: Final = np.array(np.nan)


def _valued(figure: Figure, compute: Callable[[], Floats], *, least: int = LEAST_PERIODS) -> Figure:
    count = 0 if figure.window is None else figure.window.observations
    if count < least:
        return replace(figure, value=None, reason=f"{count} periods are too few; it takes {least}")
    value = float(compute())
    if not np.isfinite(value):
        return replace(figure, value=None, reason=_why(figure.name))
    return replace(figure, value=value)


def _yearly(
    figure: Figure, window: Window, compute: Callable[[], Floats], *, least: int = LEAST_PERIODS
) -> Figure:
    if not window.is_full_year:
        return replace(figure, value=None, reason=_UNDER_A_YEAR.format(years=window.years))
    return _valued(figure, compute, least=least)


def _why(name: str) -> str:
    if "cornish_fisher" in name:
        return "skewness and kurtosis bend the quantile back on itself: the expansion does not hold here"
    if name in ("beta", "alpha", "correlation"):
        return "the benchmark never moves"
    if name == "annual_return":
        return "more than all was lost"
    return "there is nothing to divide by: the returns never vary, or never fall"
