"""Figures carry their method or a reason; panels align prices, and say what they leave out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from tests.portfolio.golden import wheel_prices

from readthrough.domain.figure import Figure, Unit, Window, figure_document
from readthrough.domain.ledger import Price, Rate
from readthrough.portfolio.components import volatility_parts
from readthrough.portfolio.drawdowns import drawdown_table, maximum_drawdown
from readthrough.portfolio.factors import ErrorKind, factor_model
from readthrough.portfolio.measures import benchmark_figures, return_figures, risk_figures, tail_figures
from readthrough.portfolio.panel import covered_weights, make_panel, periods_a_year
from readthrough.portfolio.prices import PriceTable, RateTable
from readthrough.portfolio.replay import replay
from readthrough.portfolio.tails import cornish_fisher_tail, filtered_tail, historical_tail, refreshed

MONDAY = date(2024, 1, 1)


def prices(**closes: dict[int, float] | list[float]) -> PriceTable:
    rows = []
    for name, values in closes.items():
        numbered = values if isinstance(values, dict) else dict(enumerate(values))
        currency = "EUR" if name.startswith("E") else "USD"
        rows += [
            Price(instrument=name, day=MONDAY + timedelta(days=n), close=Decimal(str(v)), currency=currency)
            for n, v in numbered.items()
        ]
    return PriceTable(rows)


def window(observations: int, years: float = 2.0) -> Window:
    return Window(
        start=MONDAY,
        end=MONDAY + timedelta(days=round(years * 365.25)),
        observations=observations,
        periods_per_year=252,
    )


def test_a_figure_has_a_value_or_a_reason() -> None:
    blank = {"name": "beta", "unit": Unit.RATIO, "method": "m"}
    with pytest.raises(ValueError, match="never both"):
        Figure(value=None, **blank)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="never both"):
        Figure(value=1.0, reason="why", **blank)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a number"):
        Figure(value=float("nan"), **blank)  # type: ignore[arg-type]


def test_every_figure_says_how_it_was_made() -> None:
    returns = wheel_prices().returns[:, -600:].mean(axis=0)
    market = wheel_prices("sp500_index").returns[0, -600:]
    whole = window(600)
    made = [
        *return_figures(returns, whole),
        *risk_figures(returns, whole),
        *tail_figures(returns, whole),
        *benchmark_figures(returns, market, whole),
    ]
    assert len({figure.name for figure in made}) == len(made)
    for figure in made:
        document = figure_document(figure)
        assert figure.value is not None, figure
        assert document["unit"]
        assert document["method"]
        assert document["window"] == whole.document()
        if "deviation" in figure.unit:
            assert figure.ddof is not None, figure.name
        if figure.name.startswith(("value_at_risk", "expected_shortfall")):
            assert figure.sign == "a loss is positive"
            assert figure.quantile
            assert figure.value > 0


def test_under_a_year_nothing_is_annual() -> None:
    returns = wheel_prices().returns[:, -100:].mean(axis=0)
    made = [*return_figures(returns, window(100, 0.4)), *risk_figures(returns, window(100, 0.4))]
    by_name = {figure.name: figure for figure in made}
    assert by_name["total_return"].value is not None
    assert by_name["volatility"].value is not None
    for name in ("annual_return", "volatility_annual", "sharpe_ratio", "calmar_ratio"):
        assert by_name[name].value is None
        assert by_name[name].reason == "the window is 0.40 years; under a year is not annualised"


def test_too_few_and_too_flat_say_why() -> None:
    few = {figure.name: figure for figure in risk_figures(np.array([0.01, -0.01]), window(2))}
    assert few["volatility"].reason == "2 periods are too few; it takes 20"
    flat = {f.name: f for f in benchmark_figures(np.full(30, 0.01), np.zeros(30), window(30))}
    assert flat["beta"].reason == "the benchmark never moves"
    tails = {f.name: f for f in tail_figures(np.linspace(-0.02, 0.03, 30), window(30), level=0.99)}
    assert "hold less than one beyond" in tails["value_at_risk_historical"].reason
    assert tails["value_at_risk_normal"].value is not None


def test_where_cornish_fisher_turns_back_it_is_unavailable() -> None:
    calm = np.concatenate([np.tile([0.001, -0.001], 200), [-0.30, -0.31, -0.32]])
    assert np.isnan(cornish_fisher_tail(calm).value_at_risk)
    by_name = {figure.name: figure for figure in tail_figures(calm, window(403))}
    assert "bend the quantile back" in by_name["value_at_risk_cornish_fisher"].reason


def test_filtered_returns_take_the_volatility_of_now() -> None:
    draw = np.random.default_rng(3)
    quiet, loud = draw.normal(0, 0.005, 500), draw.normal(0, 0.02, 250)
    rising, falling = np.concatenate([quiet, loud]), np.concatenate([loud, quiet])
    assert filtered_tail(rising).value_at_risk > 1.3 * historical_tail(rising).value_at_risk
    assert filtered_tail(falling).value_at_risk < 0.8 * historical_tail(falling).value_at_risk
    np.testing.assert_allclose(refreshed(np.stack([rising, falling]))[0], refreshed(rising), rtol=1e-12)
    assert np.array_equal(refreshed(np.zeros(10)), np.zeros(10))


def test_a_tail_needs_a_level_between_none_and_all() -> None:
    with pytest.raises(ValueError, match="level must be between"):
        historical_tail(np.zeros(10), level=95.0)
    assert np.isnan(historical_tail(np.empty(0)).value_at_risk)


def test_drawdowns_of_the_market_have_their_days() -> None:
    table = wheel_prices("sp500_index")
    worst, second, *_ = drawdown_table(table.returns[0], table.days[1:], start=table.days[0])
    assert (worst.peak, worst.trough) == (date(2007, 10, 9), date(2009, 3, 9))
    assert worst.depth == pytest.approx(-0.5678, abs=5e-5)
    assert worst.end == date(2013, 3, 28)
    assert (second.peak, second.trough) == (date(2000, 3, 24), date(2002, 10, 9))
    falling = drawdown_table(np.array([-0.1, -0.1]), [MONDAY, MONDAY], start=date(2023, 12, 31))
    assert falling[0].end is None
    assert falling[0].recovery is None
    assert falling[0].peak == date(2023, 12, 31)
    assert float(maximum_drawdown(np.array([0.1, 0.2]))) == 0.0
    with pytest.raises(ValueError, match="each return needs its day"):
        drawdown_table(np.zeros(3), [MONDAY])


def test_a_panel_leaves_out_days_and_lines_without_prices_and_says_so() -> None:
    table = prices(
        A=[10, 11, 12, 13, 14, 15],
        B={0: 5, 1: 5, 3: 6, 4: 6, 5: 6},
        LATE={n: 1.0 + n for n in range(30, 40)},
        E=[1, 1, 1, 1, 1, 1.1],
    )
    rates = RateTable(
        Rate(currency="EUR", base="USD", day=MONDAY + timedelta(days=n), rate=Decimal(str(1 + n / 10)))
        for n in range(6)
    )
    made = make_panel(
        ["A", "B", "E", "GONE", "LATE"],
        prices=table,
        rates=rates,
        base="USD",
        until=MONDAY + timedelta(days=5),
    )
    assert made.instruments == ("A", "B", "E")
    assert made.currencies == ("USD", "USD", "EUR")
    assert len(made.days) == 5  # the third has no B
    np.testing.assert_allclose(made.local[0], [0.1, 2 / 11, 1 / 13, 1 / 14])
    np.testing.assert_allclose(made.currency[2], [0.1, 2 / 11, 1 / 13, 1 / 14])
    np.testing.assert_allclose(made.base[2, -1], 1.1 * 15 / 14 - 1)
    assert {p.code for p in made.problems} == {"no_prices"}
    assert any("GONE has no price" in p.detail for p in made.problems)
    weights, share = covered_weights(made, {"A": 0.3, "B": 0.3, "GONE": 0.4})
    assert share == pytest.approx(0.6)
    np.testing.assert_allclose(weights, [0.5, 0.5, 0.0])


def test_a_panel_is_not_cut_to_the_youngest_line() -> None:
    table = prices(A=[100.0 + n for n in range(60)], YOUNG=dict.fromkeys(range(40, 60), 1.0))
    made = make_panel(["A", "YOUNG"], prices=table, rates=RateTable(), base="USD")
    assert made.instruments == ("A",)
    assert made.problems[0].code == "short_history"
    foreign = make_panel(["E"], prices=prices(E=[100, 101, 102]), rates=RateTable(), base="USD")
    assert not foreign.instruments
    assert foreign.problems[0].code == "no_rates"


def test_a_split_is_taken_out_and_an_untold_one_is_named() -> None:
    table = prices(A=[100, 101, 50.4, 51, 49, 50])
    on = MONDAY + timedelta(days=2)
    told = make_panel(["A"], prices=table, rates=RateTable(), base="USD", splits={"A": [(on, 2.0)]})
    assert not told.problems
    assert told.local[0, 1] == pytest.approx(50.4 * 2 / 101 - 1)
    untold = make_panel(["A"], prices=table, rates=RateTable(), base="USD")
    assert [problem.code for problem in untold.problems] == ["looks_like_a_split"]
    assert "A went from 101 to 50.4 on 2024-01-03" in untold.problems[0].detail


def test_frequencies_are_the_fields_round_numbers() -> None:
    days = wheel_prices().days
    assert periods_a_year(days) == 252
    assert periods_a_year([date(2020, 1, 1) + timedelta(days=7 * n) for n in range(60)]) == 52
    assert periods_a_year([date(2020 + n // 4, 3 * (n % 4) + 1, 1) for n in range(12)]) == 4
    assert periods_a_year([date(2000 + n, 1, 1) for n in range(5)]) == 1
    assert periods_a_year([date(2020, 1, 1) + timedelta(days=n) for n in range(400)]) == 365
    assert periods_a_year(()) == 252


def test_newey_west_and_robust_errors_against_a_second_route() -> None:
    statsmodels = pytest.importorskip("statsmodels.api")
    draw = np.random.default_rng(5)
    factors = draw.normal(0, 0.01, (2, 300))
    noise = np.convolve(draw.standard_t(5, 303), [0.5, 0.3, 0.2, 0.1], "valid") * 0.01
    own = 0.001 + 0.8 * factors[0] - 0.3 * factors[1] + noise
    design = statsmodels.add_constant(factors.T)
    plain = statsmodels.OLS(own, design)
    fits = {
        ErrorKind.CLASSICAL: plain.fit(),
        ErrorKind.ROBUST: plain.fit(cov_type="HC1"),
        ErrorKind.NEWEY_WEST: plain.fit(cov_type="HAC", cov_kwds={"maxlags": 5, "use_correction": True}),
    }
    for kind, fit in fits.items():
        model = factor_model(own, factors, ["a", "b"], errors=kind, lags=5)
        found = [model.alpha, *model.loadings]
        np.testing.assert_allclose([x.estimate for x in found], fit.params, rtol=1e-10)
        np.testing.assert_allclose([x.standard_error for x in found], fit.bse, rtol=1e-9)
        np.testing.assert_allclose([x.t for x in found], fit.tvalues, rtol=1e-9)
        assert model.explained == pytest.approx(fit.rsquared)


def test_a_regression_that_cannot_be_made_says_why() -> None:
    draw = np.random.default_rng(1)
    own, factor = draw.normal(size=50), draw.normal(size=50)
    same = factor_model(own, np.stack([factor, 2 * factor]), ["a", "b"])
    assert "say the same" in same.reason
    assert "never moves" in factor_model(own, np.zeros((1, 50)), ["a"]).reason
    assert "too few" in factor_model(own[:3], factor[None, :3], ["a"]).reason
    with pytest.raises(ValueError, match="2 factors over 50 periods"):
        factor_model(own, factor[None, :], ["a", "b"])


def test_a_book_without_risk_has_no_parts() -> None:
    parts = volatility_parts(np.zeros((2, 30)), np.array([0.5, 0.5]))
    assert parts.total == 0
    assert np.isnan(parts.share).all()


def test_a_past_window_says_what_it_covers() -> None:
    table = prices(A=[10, 9, 8, 9], B=[5, 5, 5, 5])
    panel = make_panel(["A", "B"], prices=table, rates=RateTable(), base="USD")
    made = replay(panel, {"A": 0.5, "B": 0.3, "GONE": 0.2}, start=MONDAY, end=MONDAY)
    assert made.covered == pytest.approx(0.8)
    assert made.total == pytest.approx(0.5 * -0.1)  # the rest is still, not scaled up
    assert made.deepest == pytest.approx(-0.1)
    assert dict(made.contributions)["A"] == pytest.approx(-0.05)
    nothing = replay(panel, {"GONE": 1.0}, start=MONDAY, end=MONDAY)
    assert nothing.reason == "no line of the book has prices over the window"
