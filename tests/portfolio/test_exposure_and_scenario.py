"""Exposures add all lines of an issuer and look through funds; shocks reach what the graph knows."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Constituent, Fund
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.portfolio.exposure import (
    UNKNOWN,
    Dimension,
    concentration_figures,
    exposure_lines,
    exposures,
    liquidity,
)
from readthrough.portfolio.priors import READ_THROUGH
from readthrough.portfolio.scenario import Beta, ScenarioResult, run_scenario
from readthrough.portfolio.shocks import Shock, ShockKind, parse_shock
from readthrough.universe import Universe, load_universe


@cache
def universe() -> Universe:
    return load_universe()


def book(*rows: tuple[str, float | None], **more: str) -> Portfolio:
    holdings = []
    for number, (ticker, weight) in enumerate(rows, 1):
        issuer = universe().by_ticker(ticker)
        holdings.append(
            Holding(
                ticker=ticker,
                issuer_id=None if issuer is None else issuer.id,
                name=ticker,
                quantity=Decimal(100 * number),
                price=Decimal(1),
                currency="HKD" if ticker.endswith(".HK") else "USD",
                market_value=None,
                weight=None if weight is None else Decimal(str(weight)),
                source_row=number,
                asset_class="cash" if ticker == "USD" else "equity",
            )
        )
    return Portfolio(id="b", name="B", base_currency="USD", as_of=None, holdings=tuple(holdings))


def test_all_lines_of_an_issuer_count_as_one() -> None:
    lines = exposure_lines(book(("BABA", 0.3), ("9988.HK", 0.2), ("AAPL", -0.1), ("USD", 0.6)), universe())
    by_issuer = {each.label: each for each in exposures(lines, Dimension.ISSUER)}
    alibaba = next(each for label, each in by_issuer.items() if "Alibaba" in label)
    assert alibaba.net == pytest.approx(0.5)
    assert alibaba.instruments == ("BABA", "9988.HK")
    apple = by_issuer["Apple"]
    assert (apple.long, apple.short, apple.gross) == pytest.approx((0.0, -0.1, 0.1))
    by_currency = {each.key: each.net for each in exposures(lines, Dimension.CURRENCY)}
    assert by_currency == pytest.approx({"USD": 0.8, "HKD": 0.2})
    by_country = {each.key: each.net for each in exposures(lines, Dimension.COUNTRY)}
    assert by_country["US"] == pytest.approx(-0.1)
    assert by_country["Cash"] == pytest.approx(0.6)
    largest = next(f for f in concentration_figures(exposures(lines, Dimension.ISSUER)))
    assert largest.value == pytest.approx(0.5)


def test_funds_are_looked_through_and_the_rest_stays_with_them() -> None:
    fund = Fund(
        instrument="XFND",
        as_of=None,
        name="Example fund",
        constituents=(
            Constituent(instrument="AAPL", weight=Decimal("0.5")),
            Constituent(instrument="NVDA", weight=Decimal("0.3")),
        ),
    )
    lines = exposure_lines(book(("XFND", 0.4), ("AAPL", 0.6)), universe(), [fund])
    by_issuer = {each.label: each.net for each in exposures(lines, Dimension.ISSUER)}
    assert by_issuer["Apple"] == pytest.approx(0.8)
    assert by_issuer["Example fund, not disclosed"] == pytest.approx(0.08)
    assert sum(line.weight or 0 for line in lines) == pytest.approx(1.0)
    unknown = next(each for each in exposures(lines, Dimension.SECTOR) if each.key == UNKNOWN)
    assert unknown.net == pytest.approx(0.08)
    assert {line.through for line in lines} == {"XFND", ""}


def test_themes_overlap_and_a_benchmark_stands_beside() -> None:
    lines = exposure_lines(book(("LLY", 0.6), ("PFE", 0.4)), universe())
    other = exposure_lines(book(("PFE", 0.5), ("XOM", 0.5)), universe())
    themes = {each.key: each for each in exposures(lines, Dimension.THEME, benchmark=other)}
    assert themes["GLP-1"].net == pytest.approx(1.0)
    assert themes["Drug pricing"].net == pytest.approx(1.0)
    sectors = {each.key: each for each in exposures(lines, Dimension.SECTOR, benchmark=other)}
    assert sectors["Health Care"].active == pytest.approx(0.5)
    assert sectors["Energy"].active == pytest.approx(-0.5)
    assert exposures(lines, Dimension.SECTOR)[0].active is None


def test_liquidity_needs_every_volume() -> None:
    held = book(("AAPL", 0.5), ("MSFT", 0.5))
    full = liquidity(held, {"AAPL": 1000.0, "MSFT": 100.0}, participation=0.2)
    assert [name for name, _ in full.lines] == ["MSFT", "AAPL"]
    assert [days for _, days in full.lines] == pytest.approx([10.0, 0.5])
    days, sold = full.figures
    assert days.value == pytest.approx(10.0)
    assert sold.value == pytest.approx(0.5 + 0.05)
    partly = liquidity(held, {"AAPL": 1000.0})
    assert (
        partly.figures[0].reason == "volumes cover 50% of gross weight: a line without one may take any time"
    )
    assert liquidity(held, {}).figures[0].reason == "no volumes are known"


@pytest.mark.parametrize(
    ("text", "kind", "move"),
    [
        ("market=-20%", ShockKind.MARKET, -0.2),
        ("AAPL = -10 %", ShockKind.ISSUER, -0.1),
        ("sector:Energy=-0.15", ShockKind.SECTOR, -0.15),
        ("EUR=-5%", ShockKind.CURRENCY, -0.05),
        ("oil=+30%", ShockKind.DRIVER, 0.3),
        ("rates=+100bp", ShockKind.DRIVER, 0.01),
        ("Gold=5%", ShockKind.THEME, 0.05),
        ("Health Care=-5%", ShockKind.SECTOR, -0.05),
        ("country:CN=-10%", ShockKind.COUNTRY, -0.1),
        ("fraud:AAPL=-40%", ShockKind.ISSUER, -0.4),
    ],
)
def test_shocks_are_read(text: str, kind: ShockKind, move: float) -> None:
    shock = parse_shock(text, universe())
    assert shock.kind is kind
    assert shock.move == pytest.approx(move)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("down a lot", "does not read as name=move"),
        ("AAPL=-100%", "loses all and more"),
        ("nonsense:AAPL=-5%", "neither a kind of shock nor of news"),
        ("Nothing Known=-5%", "Nothing is known by the name"),
        ("sector:Tulips=-5%", "No sector is called"),
        ("issuer:NOSUCH=-5%", "No issuer has the ticker"),
        ("a" * 5000 + "=1%", "does not read as name=move"),
    ],
)
def test_shocks_that_do_not_read_say_how(text: str, words: str) -> None:
    with pytest.raises(HoldingsError, match=words) as told:
        parse_shock(text, universe())
    assert told.value.remedy


def run(held: Portfolio, *texts: str, **more: object) -> ScenarioResult:
    shocks = [parse_shock(text, universe()) for text in texts]
    return run_scenario(exposure_lines(held, universe()), shocks, universe(), **more)  # type: ignore[arg-type]


def test_a_shock_to_an_issuer_reaches_its_other_lines_and_its_ties() -> None:
    held = book(("BABA", 0.2), ("9988.HK", 0.2), ("JD", 0.2), ("XOM", 0.4))
    made = run(held, "BABA=-10%")
    by_line = {line.instrument: line for line in made.lines}
    assert by_line["BABA"].bps.mid == by_line["9988.HK"].bps.mid == pytest.approx(-200.0)
    assert by_line["JD"].path == "peer"
    assert "competes with Alibaba" in by_line["JD"].why
    expected = -0.1 * READ_THROUGH["earnings_result"].peer * 0.2 * 1e4
    assert by_line["JD"].bps.mid == pytest.approx(expected)
    assert by_line["JD"].bps.low < expected < 0 < by_line["JD"].bps.high
    assert made.untouched == pytest.approx(0.4)
    assert made.total.mid == pytest.approx(sum(line.bps.mid for line in made.lines))


def test_the_kind_of_news_says_how_far_it_reaches() -> None:
    held = book(("MSFT", 1.0))
    contagion = run(held, "AAPL=-20%").lines[0].bps.mid
    taken_share = run(held, "product_launch:AAPL=+20%").lines[0].bps.mid
    assert contagion < 0
    assert taken_share < 0  # a rival's success is a loss


def test_a_short_gains_from_a_fall_and_its_low_end_is_its_worst() -> None:
    made = run(book(("XOM", -0.5), ("CVX", 0.5)), "oil=-30%")
    by_line = {line.instrument: line for line in made.lines}
    assert by_line["XOM"].bps.mid > 0 > by_line["CVX"].bps.mid
    for line in made.lines:
        assert line.bps.low <= line.bps.mid <= line.bps.high
        assert "size supposed, not measured" in line.why


def test_measured_sensitivities_take_the_place_of_supposed_ones() -> None:
    betas = {"XOM": Beta(value=1.2, standard_error=0.1, method="regression on SP500, 755 periods")}
    held = book(("XOM", 0.5), ("AAPL", 0.5))
    market = run(held, "market=-20%", betas=betas)
    assert market.lines[0].bps.mid == pytest.approx(-0.5 * 0.24 * 1e4)
    assert market.lines[0].move.low == pytest.approx(-0.2 * 1.4)
    assert [problem.code for problem in market.problems] == ["no_beta"]
    assert market.untouched == pytest.approx(0.5)
    oil = run(held, "oil=-30%", drivers={"oil": {"XOM": Beta(value=0.2, standard_error=0.0, method="m")}})
    assert oil.lines[0].bps.mid == pytest.approx(-0.5 * 0.06 * 1e4)


def test_moves_of_several_shocks_compound_and_lose_no_more_than_all() -> None:
    made = run(book(("XOM", 1.0)), "sector:Energy=-50%", "country:US=-50%", "currency:USD=-90%")
    assert made.lines[0].move.mid == pytest.approx(0.5 * 0.5 * 0.1 - 1)
    huge = Beta(value=30.0, standard_error=10.0, method="m")
    assert run(book(("XOM", 1.0)), "market=-20%", betas={"XOM": huge}).lines[0].move.low == pytest.approx(
        -1.0
    )


def test_a_line_without_a_weight_is_named() -> None:
    made = run(book(("XOM", None), ("CVX", 1.0)), "sector:Energy=-10%")
    assert [problem.code for problem in made.problems] == ["no_weight"]
    assert made.total.mid == pytest.approx(-1000.0)


def test_rates_move_by_points() -> None:
    made = run(book(("JPM", 1.0)), "rates=+1pp")
    assert made.lines[0].move.mid == pytest.approx(0.06)
    assert Shock(kind=ShockKind.DRIVER, target="rates", move=0.01).event
