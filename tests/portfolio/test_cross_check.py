"""The same returns through other libraries: equal where methods are, and different by a known cause elsewhere."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from tests.portfolio.golden import wheel_prices

from readthrough.portfolio.components import historical_parts, volatility_parts
from readthrough.portfolio.drawdowns import maximum_drawdown
from readthrough.portfolio.ratios import calmar_ratio, ulcer_index
from readthrough.portfolio.returns import Floats, linked
from readthrough.portfolio.risk import (
    alpha,
    annual_return,
    beta,
    downside_deviation,
    effective_count,
    sharpe_ratio,
    volatility,
)
from readthrough.portfolio.tails import historical_tail, kurtosis, skewness

DAYS = 252


@pytest.fixture(scope="module")
def returns() -> Floats:
    return wheel_prices().returns[:, -2_520:]


@pytest.fixture(scope="module")
def book(returns: Floats) -> Floats:
    equal: Floats = returns.mean(axis=0)
    return equal


@pytest.fixture(scope="module")
def market() -> Floats:
    return wheel_prices("sp500_index").returns[0, -2_520:]


@pytest.fixture(scope="module")
def empyrical() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("empyrical")


def test_empyrical_agrees(empyrical: Any, book: Floats, market: Floats) -> None:
    pairs = {
        "total": (linked(book), empyrical.cum_returns_final(book)),
        "annual": (annual_return(book, DAYS), empyrical.annual_return(book)),
        "volatility": (volatility(book, periods_per_year=DAYS), empyrical.annual_volatility(book)),
        "drawdown": (maximum_drawdown(book), empyrical.max_drawdown(book)),
        "calmar": (calmar_ratio(book, periods_per_year=DAYS), empyrical.calmar_ratio(book)),
        "beta": (beta(book, market), empyrical.beta(book, market)),
        "var": (-historical_tail(book).value_at_risk, empyrical.value_at_risk(book)),
        "downside": (downside_deviation(book, periods_per_year=DAYS), empyrical.downside_risk(book)),
    }
    for name, (ours, theirs) in pairs.items():
        assert float(ours) == pytest.approx(float(theirs), rel=1e-10), name


def test_where_empyrical_differs_it_is_the_method(empyrical: Any, book: Floats, market: Floats) -> None:
    # its Sharpe ratio is arithmetic: mean over deviation, times the root of 252
    theirs = float(empyrical.sharpe_ratio(book))
    assert theirs == pytest.approx(float(book.mean() / volatility(book)) * DAYS**0.5, rel=1e-10)
    assert theirs != pytest.approx(float(sharpe_ratio(book, periods_per_year=DAYS)), rel=1e-3)
    # its expected shortfall is the mean of the worst int(n * 0.05) days, one fewer than lie at or below ours
    worst = np.sort(book)
    count = int((len(book) - 1) * 0.05)
    assert float(empyrical.conditional_value_at_risk(book)) == pytest.approx(
        worst[: count + 1].mean(), rel=1e-10
    )
    # its alpha is a year's, compounded from the period's
    per_day = float(alpha(book, market))
    assert float(empyrical.alpha(book, market)) == pytest.approx((1 + per_day) ** DAYS - 1, rel=1e-10)


def test_skfolio_agrees(returns: Floats) -> None:
    skfolio = pytest.importorskip("skfolio")
    weights = np.full(20, 0.05)
    theirs = skfolio.Portfolio(X=returns.T, weights=weights, compounded=True)
    book = weights @ returns
    pairs = {
        "volatility": (volatility(book), theirs.standard_deviation),
        "annual volatility": (volatility(book, periods_per_year=DAYS), theirs.annualized_standard_deviation),
        "drawdown": (-maximum_drawdown(book), theirs.max_drawdown),
        "ulcer": (ulcer_index(book), theirs.ulcer_index),
        "effective": (effective_count(weights), theirs.effective_number_assets),
        "skew": (skewness(book), theirs.skew),
        "kurtosis": (kurtosis(book) + 3.0, theirs.kurtosis),
    }
    for name, (ours, other) in pairs.items():
        assert float(ours) == pytest.approx(float(other), rel=1e-9), name
    contribution = theirs.contribution(measure=skfolio.RiskMeasure.STANDARD_DEVIATION)
    np.testing.assert_allclose(volatility_parts(returns, weights).component, contribution, rtol=1e-4)


def test_where_skfolio_differs_it_is_the_method(returns: Floats) -> None:
    skfolio = pytest.importorskip("skfolio")
    weights = np.full(20, 0.05)
    book = weights @ returns
    theirs = skfolio.Portfolio(X=returns.T, weights=weights)
    ordered = np.sort(book)
    # it reads value at risk at an order statistic, we between two
    at = -ordered[int(np.ceil(len(book) * (1 - 0.95))) - 1]
    assert theirs.value_at_risk == pytest.approx(at, rel=1e-10)
    tail = historical_tail(book)
    assert float(tail.value_at_risk) == pytest.approx(at, rel=2e-3)
    assert theirs.cvar == pytest.approx(float(tail.expected_shortfall), rel=5e-3)
    # its drawdowns add returns up unless told to compound them
    summed = np.concatenate([[0.0], np.cumsum(book)])
    assert theirs.max_drawdown == pytest.approx((np.maximum.accumulate(summed) - summed).max(), rel=1e-10)
    assert theirs.max_drawdown != pytest.approx(-float(maximum_drawdown(book)), rel=1e-2)
    _, ours = historical_parts(returns, weights)
    other = theirs.contribution(measure=skfolio.RiskMeasure.CVAR)
    np.testing.assert_allclose(ours.component, other, rtol=0.05, atol=2e-5)
