"""Time-weighted, money-weighted and Modified Dietz returns of accounts with flows, fees and gaps."""

from __future__ import annotations

from datetime import date
from math import prod

import pytest

from readthrough.portfolio.performance import (
    CashFlow,
    FlowKind,
    Timing,
    Valuation,
    gross_and_net,
    modified_dietz,
    money_weighted,
    net_of_model_fee,
    time_weighted,
)


def marks(*pairs: tuple[str, float]) -> list[Valuation]:
    return [Valuation(day=date.fromisoformat(day), value=value) for day, value in pairs]


def test_sub_periods_end_at_flows_and_months() -> None:
    made = time_weighted(
        marks(("2024-01-31", 100), ("2024-02-15", 160), ("2024-02-29", 168), ("2024-03-15", 170)),
        [CashFlow(day=date(2024, 2, 15), amount=50)],
    )
    assert [(p.start.day, p.end.day, p.flow, p.is_exact) for p in made.sub_periods] == [
        (31, 15, 50, True),
        (15, 29, 0, True),
        (29, 15, 0, True),
    ]
    assert [round(p.value, 12) for p in made.sub_periods] == [0.1, 0.05, round(170 / 168 - 1, 12)]
    assert made.annual.value is None
    assert "under a year is not annualised" in made.annual.reason


def test_a_flow_without_a_valuation_is_approximated_and_says_so() -> None:
    made = time_weighted(
        marks(("2023-12-31", 100), ("2024-12-31", 165)), [CashFlow(day=date(2024, 7, 1), amount=50)]
    )
    (part,) = made.sub_periods
    assert not part.is_exact
    assert part.method == "Modified Dietz"
    assert "1 of 1 sub-periods by Modified Dietz" in made.total.method
    assert made.total.value == pytest.approx(15 / (100 + 50 * 183 / 366))


def test_a_year_to_the_day_is_annualised() -> None:
    made = time_weighted(marks(("2023-01-31", 100), ("2024-01-31", 110)), [])
    assert made.annual.value == pytest.approx(1.1 ** (365.25 / 365) - 1)


def test_fees_are_a_cost_to_net_and_a_flow_to_gross() -> None:
    values = marks(("2023-12-31", 100.0), ("2024-06-30", 109.0), ("2024-12-31", 119.9))
    fee = CashFlow(day=date(2024, 6, 30), amount=-1.0, kind=FlowKind.FEE)
    gross, net = gross_and_net(values, [fee])
    assert gross.total.value == pytest.approx(1.10 * 1.10 - 1)
    assert net.total.value == pytest.approx(119.9 / 100 - 1)
    modelled = net_of_model_fee(gross, 0.01)
    assert modelled.total.value == pytest.approx(prod(1 + p.value for p in modelled.sub_periods) - 1)
    assert modelled.total.value == pytest.approx(1.21 * (1 - 0.01 * 182 / 365) * (1 - 0.01 * 184 / 365) - 1)
    assert "model fee" in modelled.total.method


@pytest.mark.parametrize(
    ("values", "flows", "words"),
    [
        (marks(("2024-01-01", 100)), [], "it takes valuations of two days, and there is 1"),
        (marks(("2024-01-01", 0), ("2024-01-31", 10)), [], "no capital to earn on"),
        (
            marks(("2024-01-01", 100), ("2024-01-31", 10)),
            [CashFlow(day=date(2024, 1, 2), amount=-200)],
            "no capital to earn on",
        ),
    ],
)
def test_what_cannot_be_weighted_by_time_says_why(
    values: list[Valuation], flows: list[CashFlow], words: str
) -> None:
    made = time_weighted(values, flows)
    assert made.total.value is None
    assert words in made.total.reason


def test_start_of_day_flows_earn_all_day() -> None:
    values = marks(("2024-01-05", 100), ("2024-01-08", 220))
    flow = [CashFlow(day=date(2024, 1, 8), amount=100)]
    start = time_weighted(values, flow, timing=Timing.START)
    assert start.total.value == pytest.approx(0.10)
    assert start.sub_periods[0].is_exact
    end = time_weighted(values, flow, timing=Timing.END)
    assert end.total.value == pytest.approx(0.20)


def test_money_weighted_that_more_than_one_rate_fits_is_unavailable() -> None:
    values = marks(("2020-01-01", 100), ("2022-01-01", -132))
    total, yearly = money_weighted(values, [CashFlow(day=date(2021, 1, 1), amount=-230)])
    assert total.value is yearly.value is None
    assert "more than one rate fits" in yearly.reason


def test_money_weighted_that_no_rate_fits_is_unavailable() -> None:
    total, yearly = money_weighted(marks(("2024-01-01", 100), ("2024-12-31", 0)), [])
    assert total.value is yearly.value is None
    assert yearly.reason == "money went one way only, so no rate fits"


def test_money_weighted_under_a_year_is_of_the_window_only() -> None:
    total, yearly = money_weighted(marks(("2024-01-01", 100), ("2024-07-01", 105)), [])
    assert total.value == pytest.approx(0.05)
    assert yearly.value is None


def test_modified_dietz_without_average_capital_is_unavailable() -> None:
    start, end = marks(("2024-01-01", 100), ("2024-01-31", 10))
    found = modified_dietz(start, end, [CashFlow(day=date(2024, 1, 2), amount=-200)])
    assert found.value is None
    assert "average capital" in found.reason
    assert modified_dietz(start, start, []).reason == "the window has no days"
