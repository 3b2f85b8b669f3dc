"""What must hold whatever the numbers: parts sum to wholes, flows are no return, shortfall is no less than risk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from readthrough.portfolio.attribution import attribute, attribute_lines
from readthrough.portfolio.components import historical_parts, normal_parts, volatility_parts
from readthrough.portfolio.performance import CashFlow, Timing, Valuation, time_weighted
from readthrough.portfolio.returns import (
    Floats,
    carino,
    compounded,
    currency_effect,
    drifted,
    linked,
    linked_contributions,
)
from readthrough.portfolio.risk import volatility
from readthrough.portfolio.tails import TailMethod, tail

few = settings(max_examples=60, deadline=None)


def table(rows: int, columns: int, low: float, high: float) -> st.SearchStrategy[Floats]:
    cells = st.floats(low, high, allow_nan=False).map(lambda value: round(value, 6))
    return cast("st.SearchStrategy[Floats]", arrays(np.float64, (rows, columns), elements=cells))


def shares(rows: int, columns: int) -> st.SearchStrategy[Floats]:
    return table(rows, columns, 0.01, 1.0).map(lambda raw: raw / raw.sum(axis=0))


@few
@given(shares(4, 6), table(4, 6, -0.3, 0.3), shares(4, 6), table(4, 6, -0.3, 0.3))
def test_effects_sum_to_active_return(weights: Floats, returns: Floats, bench: Floats, other: Floats) -> None:
    made = attribute(weights, returns, bench, other, list("abcd"))
    assert abs(made.residual) < 1e-12
    assert (
        abs(made.active - float(linked((weights * returns).sum(0)) - linked((bench * other).sum(0)))) < 1e-12
    )


@few
@given(table(5, 6, 0.0, 0.25), table(5, 6, 0.0, 0.25), table(5, 6, -0.2, 0.2), table(3, 6, -0.1, 0.1))
def test_effects_sum_with_currency_and_cash(
    weights: Floats, bench: Floats, local: Floats, fx: Floats
) -> None:
    currencies = ["USD", "EUR", "EUR", "JPY", "GBP"]
    rates = np.vstack([np.zeros((1, 6)), fx[[0, 0, 1, 2]]])
    made = attribute_lines(weights, bench, local, rates, ["x", "x", "y", "y", "z"], currencies)
    assert abs(made.residual) < 1e-12
    base = compounded(local, rates)
    assert abs(made.book_return - float(linked((weights * base).sum(0)))) < 1e-12


@few
@given(shares(4, 1), table(4, 12, -0.3, 0.3), st.sets(st.integers(1, 11), max_size=4))
def test_contributions_sum_to_return(start: Floats, assets: Floats, rebalanced: set[int]) -> None:
    book = drifted(assets, start[:, 0], rebalance=[0, *rebalanced])
    np.testing.assert_allclose(book.contributions.sum(axis=0), book.returns, atol=1e-14)
    assert abs(linked_contributions(book.contributions).sum() - linked(book.returns)) < 1e-12


@few
@given(table(4, 30, -0.2, 0.2), table(4, 1, -0.5, 1.0), st.sampled_from([0.9, 0.95, 0.99]))
def test_components_sum_to_risk(assets: Floats, column: Floats, level: float) -> None:
    weights = column[:, 0]
    assume(float(volatility(weights @ assets)) > 1e-6)
    parts = [volatility_parts(assets, weights), *normal_parts(assets, weights, level=level)]
    parts += historical_parts(assets, weights, level=level)
    for each in parts:
        assert abs(each.component.sum() - each.total) < 1e-12
    book = weights @ assets
    assert abs(parts[0].total - float(volatility(book))) < 1e-12
    for kind, (var, shortfall) in ((TailMethod.NORMAL, parts[1:3]), (TailMethod.HISTORICAL, parts[3:5])):
        whole = tail(book, kind, level=level)
        assert abs(var.total - float(whole.value_at_risk)) < 1e-12
        assert abs(shortfall.total - float(whole.expected_shortfall)) < 1e-12


@few
@given(
    table(3, 40, -0.4, 0.4), st.sampled_from([0.8, 0.9, 0.95, 0.975, 0.99]), st.sampled_from(list(TailMethod))
)
def test_shortfall_is_no_less_than_value_at_risk(books: Floats, level: float, method: TailMethod) -> None:
    found = tail(books, method, level=level)
    known = ~np.isnan(found.value_at_risk)
    assert np.all(found.expected_shortfall[known] >= found.value_at_risk[known] - 1e-12)
    one = tail(books[1], method, level=level)
    np.testing.assert_allclose(one.value_at_risk, found.value_at_risk[1], atol=1e-12)
    np.testing.assert_allclose(one.expected_shortfall, found.expected_shortfall[1], atol=1e-12)


@few
@given(
    table(1, 20, -0.2, 0.2),
    table(1, 20, -40.0, 400.0),
    st.sampled_from(list(Timing)),
)
def test_flows_do_not_move_the_time_weighted_return(path: Floats, paid: Floats, timing: Timing) -> None:
    returns = path[0]
    days = [date(2023, 12, 31) + timedelta(days=step) for step in range(len(returns) + 1)]
    marks, flows = [Valuation(day=days[0], value=1_000.0)], []
    value = 1_000.0
    for day, earned, amount in zip(days[1:], returns, paid[0], strict=True):
        value = value * (1 + earned) + amount if timing is Timing.END else (value + amount) * (1 + earned)
        assume(value > 1.0)
        marks.append(Valuation(day=day, value=value))
        flows.append(CashFlow(day=day, amount=float(amount)))
    made = time_weighted(marks, flows, timing=timing)
    assert made.total.value is not None
    assert abs(made.total.value - float(linked(returns))) < 1e-9
    assert all(part.is_exact for part in made.sub_periods)


@few
@given(table(4, 6, -0.5, 0.5), table(4, 6, -0.3, 0.3))
def test_currency_effects_compound(local: Floats, rates: Floats) -> None:
    base = compounded(local, rates)
    np.testing.assert_allclose((1 + base) / (1 + local) - 1, rates, atol=1e-12)
    np.testing.assert_allclose(local + currency_effect(base, local), base, atol=1e-15)
    np.testing.assert_allclose(linked(base), (1 + linked(local)) * (1 + linked(rates)) - 1, atol=1e-9)


@few
@given(st.floats(-0.9, 2.0), st.floats(-0.9, 2.0))
def test_carino_is_smooth_and_symmetric(one: float, other: float) -> None:
    first, second = (
        float(carino(np.array(one), np.array(other))),
        float(carino(np.array(other), np.array(one))),
    )
    assert abs(first - second) < 1e-7 * abs(first)
    assert abs(first * (one - other) - (np.log1p(one) - np.log1p(other))) < 1e-9
