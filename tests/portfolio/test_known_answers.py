"""Figures that others have published or computed, to their stated tolerance: see tests/golden."""

from __future__ import annotations

import csv
from datetime import date
from math import prod

import numpy as np
import pytest
from tests.portfolio.golden import GOLDEN, agree, french_factors, wheel_prices
from tests.portfolio.performance_analytics import load

from readthrough.portfolio.attribution import Attribution, attribute, attribute_lines
from readthrough.portfolio.drawdowns import drawdown_table, maximum_drawdown, pain_index
from readthrough.portfolio.factors import factor_model
from readthrough.portfolio.performance import (
    CashFlow,
    Valuation,
    modified_dietz,
    money_weighted,
    time_weighted,
)
from readthrough.portfolio.ratios import (
    appraisal_ratio,
    burke_ratio,
    jensen_alpha,
    m2_sortino,
    m_squared,
    martin_ratio,
    systematic_risk,
)
from readthrough.portfolio.returns import Floats, carino, linked, simple_returns
from readthrough.portfolio.risk import (
    alpha,
    annual_return,
    beta,
    correlation,
    downside_deviation,
    information_ratio,
    mean_absolute_deviation,
    sharpe_ratio,
    sortino_ratio,
    tracking_error,
    volatility,
)
from readthrough.portfolio.tails import cornish_fisher_tail, historical_tail, normal_tail

BPS = 10_000.0


def floats(text: str, scale: float = 1.0) -> Floats:
    return np.array([float(cell) for cell in text.split()]) * scale


def effects(made: Attribution) -> dict[str, float]:
    return {
        "book_return": made.book_return,
        "benchmark_return": made.benchmark_return,
        "active": made.active,
        **{
            kind: sum(getattr(segment, kind) for segment in made.segments)
            for kind in ("allocation", "selection", "interaction")
        },
        **{
            f"{kind}_{segment.segment}": getattr(segment, kind)
            for segment in made.segments
            for kind in ("allocation", "selection", "interaction")
        },
    }


def test_brinson_of_bacons_example() -> None:
    made = attribute(
        floats(".40 .30 .30"),
        floats(".20 -.05 .06"),
        floats(".40 .20 .40"),
        floats(".10 -.04 .08"),
        ["UK", "Japan", "US"],
    )
    agree("brinson_bacon", effects(made))


def test_brinson_of_five_sectors() -> None:
    made = attribute(
        floats("35 30 15 10 10", 0.01),
        floats("2.1 4.5 3.2 6.5 .5", 0.01),
        floats("40 25 20 5 10", 0.01),
        floats("1.8 3.8 3.0 5.0 .4", 0.01),
        list("12345"),
    )
    found = effects(made)
    kinds = ("active", "allocation", "selection", "interaction")
    in_bps = {
        name.replace("_", "_bps_", 1) if "_" in name else f"{name}_bps": value * BPS
        for name, value in found.items()
        if name.startswith(kinds)
    }
    agree(
        "brinson_sectors",
        in_bps | {name: found[name] for name in ("book_return", "benchmark_return")},
    )


def test_brinson_with_a_currency_by_hand() -> None:
    made = attribute_lines(
        np.array([[0.6], [0.4]]),
        np.array([[0.8], [0.2]]),
        np.array([[0.10], [0.05]]),
        np.array([[0.0], [0.10]]),
        ["US", "Europe"],
        ["USD", "EUR"],
    )
    found = {"active": made.active}
    found |= {f"allocation_{each.segment}": each.allocation for each in made.segments}
    found |= {f"currency_{each.currency}": each.allocation for each in made.currencies}
    agree("brinson_currency", found)
    assert all(abs(each.selection) + abs(each.interaction) < 1e-15 for each in made.segments)
    assert all(abs(each.timing) < 1e-15 for each in made.currencies)


def test_carino_links_to_the_active_return() -> None:
    book, benchmark = floats("2.5 1.8 -.5", 0.01), floats("2.2 1.5 -.8", 0.01)
    factors = carino(book, benchmark)
    total = carino(linked(book), linked(benchmark))
    parts = (book - benchmark) * factors / total * BPS
    active = float(linked(book) - linked(benchmark)) * BPS
    agree(
        "carino",
        {
            **{f"k_{i + 1}": k for i, k in enumerate(factors)},
            "k_total": float(total),
            "active_bps": active,
            **{f"linked_bps_{i + 1}": part for i, part in enumerate(parts)},
            "identity": (parts.sum() - active) / BPS,
        },
    )


def test_internal_rate_of_the_spreadsheets_example() -> None:
    first = Valuation(day=date(2008, 1, 1), value=10_000)
    flows = [
        CashFlow(day=day, amount=-amount)
        for day, amount in (
            (date(2008, 3, 1), 2750),
            (date(2008, 10, 30), 4250),
            (date(2009, 2, 15), 3250),
            (date(2009, 4, 1), 2750),
        )
    ]
    total, yearly = money_weighted([first, Valuation(day=date(2009, 4, 1), value=0)], flows)
    assert total.value is not None
    assert yearly.value is not None
    agree("xirr", {"rate": yearly.value})
    assert (1 + yearly.value) ** (456 / 365) - 1 == pytest.approx(total.value)


def test_modified_dietz_of_an_october() -> None:
    start = Valuation(day=date(2024, 9, 30), value=585.60)
    end = Valuation(day=date(2024, 10, 31), value=602.34)
    flows = [
        CashFlow(day=date(2024, 10, day), amount=amount)
        for day, amount in ((5, -15.05), (9, 19.82), (15, 16.42), (24, -18.96))
    ]
    found = modified_dietz(start, end, flows).value
    assert found is not None
    gain = end.value - start.value - sum(flow.amount for flow in flows)
    agree("dietz_october", {"return": found, "denominator": gain / found})


def test_modified_dietz_beside_the_internal_rate() -> None:
    start, end = Valuation(day=date(2001, 1, 1), value=100), Valuation(day=date(2003, 1, 1), value=300)
    flow = CashFlow(day=date(2002, 1, 1), amount=50)
    total, yearly = money_weighted([start, end], [flow])
    dietz = modified_dietz(start, end, [flow]).value
    assert None not in (dietz, total.value, yearly.value)
    agree(
        "dietz_two_years",
        {
            "return": dietz or 0,
            "internal_rate": yearly.value or 0,
            "internal_total": total.value or 0,
        },
    )


def test_linked_returns() -> None:
    marks = [
        Valuation(day=date(2024, 1, 1), value=1_000),
        Valuation(day=date(2024, 6, 30), value=1_050 + 9_000),
        Valuation(day=date(2024, 12, 31), value=10_050 * 1.10),
    ]
    made = time_weighted(marks, [CashFlow(day=date(2024, 6, 30), amount=9_000)])
    agree(
        "linking",
        {
            "four_years": float(linked(floats("4 9 5 11", 0.01))),
            "with_contribution": made.total.value or 0,
        },
    )
    assert [round(part.value, 12) for part in made.sub_periods] == [0.05, 0.1]
    assert prod(1 + part.value for part in made.sub_periods) - 1 == pytest.approx(0.155)


def test_bacons_twenty_four_months() -> None:
    book = floats(
        ".3 2.6 1.1 -1.0 1.5 2.5 1.6 6.7 -1.4 4.0 -.5 8.1"
        " 4.0 -3.7 -6.1 1.7 -4.9 -2.2 7.0 5.8 -6.5 2.4 -.5 -.9",
        0.01,
    )
    benchmark = floats(
        ".2 2.5 1.8 -1.1 1.4 1.8 1.4 6.5 -1.5 4.2 -.6 8.3 3.9 -3.8 -6.2 1.5 -4.8 2.1 6.0 5.6 -6.7 1.9 -.3 0",
        0.01,
    )
    agree(
        "bacon_24",
        {
            "downside_deviation": float(downside_deviation(book, target=0.005)),
            "downside_potential": float(np.maximum(0.005 - book, 0).mean()),
            "mean_absolute_deviation": float(mean_absolute_deviation(book)),
            "jensen_alpha": float(jensen_alpha(book, benchmark, periods_per_year=12)),
            "systematic_risk_population": float(
                systematic_risk(book, benchmark, ddof=0, periods_per_year=12)
            ),
            "systematic_risk_sample": float(systematic_risk(book, benchmark, periods_per_year=12)),
            "annual_return": float(annual_return(book, 12)),
            "benchmark_annual_return": float(annual_return(benchmark, 12)),
            "beta": float(beta(book, benchmark)),
            "m_squared": float(m_squared(book, benchmark, periods_per_year=12)),
            "appraisal_ratio": float(appraisal_ratio(book, benchmark, periods_per_year=12)),
            "burke_ratio": float(burke_ratio(book, periods_per_year=12)),
            "martin_ratio": float(martin_ratio(book, periods_per_year=12)),
            "pain_index": float(pain_index(book)),
            "kappa": float(sortino_ratio(book, target=0.005)),
            "m2_sortino": float(m2_sortino(book, benchmark, target=0.005, periods_per_year=12)),
        },
    )


def month_ends(days: list[date]) -> list[int]:
    return [i for i in range(len(days)) if i == len(days) - 1 or days[i].month != days[i + 1].month]


def test_fama_french_regression_on_real_prices() -> None:
    prices, french = wheel_prices(), french_factors()
    ends = month_ends(prices.days)
    monthly = simple_returns(prices.closes[:, ends]).mean(axis=0)
    months = [(prices.days[i].year, prices.days[i].month) for i in ends[1:]]
    chosen = [i for i, month in enumerate(months) if month <= (2018, 11)]
    rows = [french.months.index(months[i]) for i in chosen]
    model = factor_model(
        monthly[chosen] - french.risk_free[rows], french.factors[:, rows], ["Mkt-RF", "SMB", "HML"]
    )
    found = {"explained": model.explained, "observations": model.observations}
    for loading in (model.alpha, *model.loadings):
        found |= {loading.name: loading.estimate, f"{loading.name}_t": loading.t}
    agree("fama_french", found)


def test_twenty_real_stocks() -> None:
    book = wheel_prices().returns.mean(axis=0)
    market = wheel_prices("sp500_index").returns[0]
    var, shortfall = historical_tail(book)
    agree(
        "us_stocks",
        {
            "volatility": float(volatility(book, periods_per_year=252)),
            "value_at_risk": float(var),
            "expected_shortfall": float(shortfall),
            "maximum_drawdown": float(maximum_drawdown(book)),
            "beta": float(beta(book, market)),
        },
    )


def from_r() -> list[dict[str, str]]:
    with (GOLDEN / "performance_analytics.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", from_r(), ids=lambda row: f"{row['series']}-{row['figure']}")
def test_performance_analytics(row: dict[str, str]) -> None:
    table = load(row["data"])
    days, returns = table.series(row["series"])
    found = _figure(row["figure"], table.columns, days, returns, row["series"])
    # cut off after four digits, away from zero or towards it
    assert found == pytest.approx(float(row["expected"]), abs=float(row["tolerance"]))


def _figure(name: str, columns: dict[str, Floats], days: list[date], returns: Floats, series: str) -> float:
    if name.endswith(("_var", "_es")):
        by = {
            "historical": historical_tail,
            "normal": normal_tail,
            "cornish_fisher": cornish_fisher_tail,
        }
        method, _, which = name.rpartition("_")
        tail = by[method](returns)
        return float(tail.value_at_risk if which == "var" else tail.expected_shortfall)
    if name in ("tracking_error", "information_ratio", "beta", "alpha", "explained"):
        known = ~np.isnan(columns[series])
        market, bill = columns["SP500 TR"][known], columns["US 3m TR"][known]
        own = columns[series][known]
        return {
            "tracking_error": lambda: float(tracking_error(own, market, periods_per_year=12)),
            "information_ratio": lambda: float(information_ratio(own, market, periods_per_year=12)),
            "beta": lambda: float(beta(own, market, risk_free=bill)),
            "alpha": lambda: float(alpha(own, market, risk_free=bill)),
            "explained": lambda: float(correlation(own - bill, market - bill) ** 2),
        }[name]()
    return {
        "annual_return": lambda: float(annual_return(returns, 12)),
        "volatility": lambda: float(volatility(returns, periods_per_year=12)),
        "sharpe": lambda: float(sharpe_ratio(returns, periods_per_year=12)),
        "maximum_drawdown": lambda: float(maximum_drawdown(returns)),
    }[name]()


def test_performance_analytics_drawdown_tables() -> None:
    with (GOLDEN / "performance_analytics_drawdowns.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        days, returns = load(row["data"]).series(row["series"])
        worst = drawdown_table(returns, days)[0]
        dated = [worst.start, worst.trough, worst.end]
        assert [d and d.isoformat() for d in dated] == [row["start"], row["trough"], row["end"]]
        assert worst.depth == pytest.approx(float(row["depth"]), abs=1e-4)
        counts = [worst.length, worst.to_trough, worst.recovery]
        assert counts == [int(row[k]) for k in ("length", "to_trough", "recovery")]


def test_performance_analytics_book_rebalanced_by_quarter() -> None:
    from readthrough.portfolio.returns import drifted

    expected = ".0334 .0237 -.0014 .0036 .0176 .0254 .0365 -.0051 .0220 -.0107 -.0026 .0129"
    columns = load("edhec").columns
    assets = np.stack([values[:12] for values in list(columns.values())[:5]])
    found = drifted(assets, np.full(5, 0.2), rebalance=range(0, 12, 3)).returns
    np.testing.assert_allclose(found, floats(expected), atol=1e-4)
