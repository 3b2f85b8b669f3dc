"""Documents of figures over the demo book: they agree with each other, and say what is unavailable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from readthrough.api import serving
from readthrough.cli.main import run
from readthrough.desk.attribution import attribution
from readthrough.desk.book_data import Question
from readthrough.desk.demo_book import DEMO_BENCHMARK, DEMO_ID, make_demo_book
from readthrough.desk.exposure import exposure, factor_exposure
from readthrough.desk.imports import import_prices, keep_import, read_book
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.optimise import optimise
from readthrough.desk.performance import performance
from readthrough.desk.risk import read_volumes, risk
from readthrough.desk.scenario import past_window, replayed, scenario
from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Price, Rate
from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.portfolio.exposure import Dimension
from readthrough.settings import load_settings

ASKED = Question(portfolio_id=DEMO_ID)
INDEX = Question(portfolio_id=DEMO_ID, benchmark="SP500")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(folder)})) as desk:
        make_demo_book(desk, since=date(2016, 1, 1))
    return folder


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[Desk]:
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(home)})) as desk:
        yield desk


def values(document: dict[str, Any]) -> dict[str, float | None]:
    return {name: figure["value"] for name, figure in document["figures"].items()}


def test_performance_of_the_account_reconciles(desk: Desk) -> None:
    made = performance(desk, INDEX, fee=0.01)
    found = values(made)
    net, gross = found["time_weighted_net"] or 0, found["time_weighted_gross"] or 0
    assert sum(part["contribution"] for part in made["contributions"]) == pytest.approx(net, abs=1e-12)
    assert made["series"]["growth"][-1] == pytest.approx(1 + net)
    linked = 1.0
    for part in made["sub_periods"]:
        linked *= 1 + part["return"]
        assert part["is_exact"]
    assert linked - 1 == pytest.approx(net)
    assert gross > net > (found["time_weighted_net_of_model_fee"] or 0)
    months = 1.0
    for month in made["months"]:
        months *= 1 + month["return"]
    assert months - 1 == pytest.approx(net)
    assert (found["active_return"] or 0) == pytest.approx(net - (found["benchmark_total_return"] or 0))
    # money came before the rise and left before the fall's end: what it earned is more than the manager did
    assert (found["money_weighted_annual"] or 0) > (found["time_weighted_net_annual"] or 0)
    assert found["currency_effect"] == 0
    json.dumps(made, allow_nan=False)


def test_performance_without_a_history_is_pro_forma(desk: Desk) -> None:
    made = performance(desk, Question(portfolio_id=DEMO_BENCHMARK, benchmark="SP500"), fee=0.01)
    assert made["basis"].startswith("pro forma")
    found = values(made)
    total = found["total_return"] or 0
    assert sum(part["contribution"] for part in made["contributions"]) == pytest.approx(total, abs=1e-12)
    assert (found["total_return_net_of_model_fee"] or 0) < total
    assert "pro forma" in made["figures"]["total_return"]["method"]


def test_a_short_window_is_not_annualised(desk: Desk) -> None:
    question = Question(portfolio_id=DEMO_BENCHMARK, since=date(2022, 6, 30))
    figures = performance(desk, question)["figures"]
    assert figures["annual_return"]["value"] is None
    assert "under a year is not annualised" in figures["annual_return"]["unavailable"]
    assert figures["active_return"]["unavailable"] == "no benchmark was named"


def test_risk_parts_sum_and_every_figure_has_its_method(desk: Desk) -> None:
    made = risk(desk, INDEX, volumes={"AAPL": 1e6})
    for part in made["components"]:
        assert sum(line["component"] for line in part["lines"]) == pytest.approx(part["total"], abs=1e-12)
    totals = {part["risk"]: part["total"] for part in made["components"]}
    found = values(made)
    for name in ("volatility_annual", "value_at_risk_historical", "expected_shortfall_historical"):
        assert totals[name] == pytest.approx(found[name], rel=1e-12)
    for method in ("historical", "normal", "cornish_fisher", "filtered"):
        shortfall, var = found[f"expected_shortfall_{method}"], found[f"value_at_risk_{method}"]
        assert shortfall is not None
        assert var is not None
        assert shortfall >= var
    assert all(figure["method"] and figure["unit"] for figure in made["figures"].values())
    assert "volumes cover" in made["liquidity"]["figures"]["liquidity_days"]["unavailable"]
    assert made["drawdowns"][0]["peak"] == "2020-02-19"
    json.dumps(made, allow_nan=False)


def test_risk_without_enough_prices_is_unavailable_with_the_reason(desk: Desk) -> None:
    made = risk(desk, Question(portfolio_id=DEMO_ID, since=date(1980, 1, 1), until=date(1981, 1, 1)))
    assert made["unavailable"] == "prices over the window cover 0% of gross weight; it takes 90%"
    assert made["concentration"]["largest_issuer"]["value"] > 0.1


def test_attribution_sums_to_the_active_return(desk: Desk) -> None:
    made = attribution(desk, ASKED)
    total = sum(each["total"] for each in (*made["segments"], *made["currencies"]))
    assert total == pytest.approx(made["active_return"], abs=1e-10)
    assert made["basis"].startswith("what the account held at each close")
    # closes, no costs: what is left to trading is the fees alone
    assert -0.012 < made["trading_effect"] < 0
    by_country = attribution(desk, ASKED, by=Dimension.COUNTRY)
    assert {each["segment"] for each in by_country["segments"]} == {"US", "Cash"}
    level = attribution(desk, INDEX)
    assert "SP500 is a level without holdings" in level["unavailable"]
    static = attribution(desk, Question(portfolio_id=DEMO_BENCHMARK, benchmark=DEMO_ID))
    assert static["basis"].startswith("pro forma")
    assert static["residual"] == pytest.approx(0, abs=1e-10)


def test_a_book_in_two_currencies_parts_what_exchange_rates_did(tmp_path: Path) -> None:
    days = [
        date(2023, 1, 2) + timedelta(days=n)
        for n in range(500)
        if (date(2023, 1, 2) + timedelta(days=n)).weekday() < 5
    ]
    evening = datetime.combine(days[-1], time(22), UTC)
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with open_desk(settings, clock=lambda: evening) as desk:
        closes = {"AAPL": (100.0, 0.0004, "USD"), "SAP.DE": (120.0, 0.0002, "EUR")}
        desk.store.books.save_prices(
            Price(
                instrument=name, day=day, close=Decimal(str(round(first * (1 + step) ** n, 6))), currency=code
            )
            for name, (first, step, code) in closes.items()
            for n, day in enumerate(days)
        )
        desk.store.books.save_rates(
            Rate(currency="EUR", base="USD", day=day, rate=Decimal(str(round(1.05 + n / 10_000, 6))))
            for n, day in enumerate(days)
        )
        for id, kind, shares in (
            ("own", BookKind.PORTFOLIO, ("0.5", "0.5")),
            ("other", BookKind.BENCHMARK, ("0.8", "0.2")),
        ):
            desk.store.save_portfolio(two_lines(id, kind, shares, days[-1]))
        question = Question(portfolio_id="own", benchmark="other", since=days[0])
        why = attribution(desk, question)
        currencies = {each["currency"]: each for each in why["currencies"]}
        assert currencies["EUR"]["total"] > 0  # the euro rose, and the book had more of it
        total = sum(each["total"] for each in (*why["segments"], *why["currencies"]))
        assert total == pytest.approx(why["active_return"], abs=1e-12)
        found = values(performance(desk, question))
        assert (found["local_return"] or 0) + (found["currency_effect"] or 0) == pytest.approx(
            found["total_return"]
        )
        # half the book grew with the euro, by what it grew to
        assert found["currency_effect"] == pytest.approx(0.5 * (rate_on(days) - 1), rel=0.1)
        made = risk(desk, question)
        assert made["problems"] == []
        desk.store.save_portfolio(
            two_lines("own", BookKind.PORTFOLIO, ("0.5", "0.5"), days[-1] + timedelta(days=30))
        )
        late = risk(desk, replace(question, until=None))["problems"]
        assert [problem["code"] for problem in late] == ["prices_end_early"]


def test_a_book_that_would_have_lost_all_has_no_linked_return(tmp_path: Path) -> None:
    days = [date(2023, 1, 2) + timedelta(days=n) for n in range(60)]
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})) as desk:
        closes = {"AAPL": [100.0] * 60, "SAP.DE": [10.0] * 30 + [40.5] * 30}
        desk.store.books.save_prices(
            Price(instrument=name, day=day, close=Decimal(str(close)), currency="USD")
            for name, series in closes.items()
            for day, close in zip(days, series, strict=True)
        )
        desk.store.save_portfolio(two_lines("short", BookKind.PORTFOLIO, ("-0.5", "1.5"), days[-1]))
        desk.store.save_portfolio(two_lines("squeezed", BookKind.PORTFOLIO, ("1.9", "-0.9"), days[-1]))
        for name in ("short", "squeezed"):
            question = Question(portfolio_id=name, since=days[0])
            for document in (performance(desk, question), risk(desk, question), attribution(desk, question)):
                json.dumps(document, allow_nan=False)
        weights = replayed(desk, Question(portfolio_id="squeezed"), [f"{days[0]}:{days[-1]}"])
        json.dumps(weights, allow_nan=False)
        assert weights["windows"][0]["unavailable"] == "the book would have lost all it had"


def rate_on(days: list[date]) -> float:
    return (1.05 + (len(days) - 1) / 10_000) / 1.05


def two_lines(id: str, kind: BookKind, shares: tuple[str, str], day: date) -> Portfolio:
    lines = zip(("AAPL", "SAP.DE"), ("USD", "EUR"), shares, strict=True)
    return Portfolio(
        id=id,
        name=id,
        base_currency="USD",
        as_of=day,
        kind=kind,
        holdings=tuple(
            Holding(
                ticker=ticker,
                issuer_id=None,
                name=ticker,
                quantity=Decimal(1),
                price=Decimal(1),
                currency=code,
                market_value=None,
                weight=Decimal(share),
                source_row=row,
            )
            for row, (ticker, code, share) in enumerate(lines, 1)
        ),
    )


def test_exposure_and_factors(desk: Desk) -> None:
    made = exposure(desk, ASKED)
    for dimension in ("issuer", "sector", "country", "currency"):
        assert sum(each["net"] for each in made[dimension]) == pytest.approx(made["net"])
        assert sum(each["benchmark"] for each in made[dimension]) == pytest.approx(1)
    daily = factor_exposure(desk, ASKED, ["SP500", "MTUM"])
    assert daily["loadings"][0]["value"] == pytest.approx(0.93, abs=0.02)
    assert daily["loadings"][0]["standard_error"] > 0
    assert "Newey and West" in daily["alpha"]["method"]
    past = Question(portfolio_id=DEMO_ID, since=date(2016, 1, 29), until=date(2018, 11, 30))
    monthly = factor_exposure(desk, past, ["MKT-RF", "SMB", "HML"])
    assert monthly["window"]["periods_per_year"] == 12
    assert monthly["observations"] == 34
    assert "no prices over the window of NOSUCH" in factor_exposure(desk, ASKED, ["NOSUCH"])["unavailable"]


def test_scenarios_and_past_windows(desk: Desk) -> None:
    made = scenario(desk, INDEX, ["market=-20%"])
    assert made["total_bps"]["mid"] == pytest.approx(-1895, abs=30)
    assert "regression on SP500" in made["lines"][0]["why"]
    then = Question(portfolio_id=DEMO_ID, until=date(2018, 12, 31))
    oil = scenario(desk, then, ["oil=-30%"], drivers={"oil": "WTI"})
    exxon = next(line for line in oil["lines"] if line["instrument"] == "XOM")
    assert "regression on WTI" in exxon["why"]
    assert exxon["move"]["low"] < exxon["move"]["mid"] < 0
    past = replayed(desk, ASKED)
    by_name = {each["window"]: each for each in past["windows"]}
    assert by_name["covid-2020"]["return"] == pytest.approx(-0.295, abs=0.01)
    assert by_name["lehman-2008"]["unavailable"] == "no line of the book has prices over the window"
    one = replayed(desk, ASKED, ["2022-01-03:2022-06-16"])
    assert len(one["windows"]) == 1


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda desk: performance(desk, Question(portfolio_id="demo-stock")), "Did you mean demo-stocks"),
        (
            lambda desk: risk(desk, Question(portfolio_id=DEMO_ID, benchmark="NOSUCH")),
            "neither a saved benchmark",
        ),
        (lambda desk: scenario(desk, ASKED, []), "A scenario needs a shock"),
        (lambda desk: past_window("yesterday"), "is no past window"),
        (lambda desk: read_volumes("AAPL,1000\nMSFT,-5\n"), "line 2: the volume of 'MSFT'"),
        (lambda desk: read_volumes("ticker,volume\nMSFT\n"), "line 2: 'MSFT' is no ticker and volume"),
        (lambda desk: optimise(desk, ASKED, aim="fame"), "'fame' is no aim"),
        (lambda desk: optimise(desk, ASKED, most=0.01), "do not make a whole"),
    ],
)
def test_what_cannot_be_asked_says_so(desk: Desk, ask: Callable[[Desk], object], words: str) -> None:
    with pytest.raises(HoldingsError) as told:
        ask(desk)
    assert words in str(told.value)


def test_least_variance_varies_least(desk: Desk) -> None:
    made = optimise(desk, ASKED, most=0.2)
    assert sum(line["proposed"] for line in made["lines"]) == pytest.approx(1)
    assert max(line["proposed"] for line in made["lines"]) <= 0.2 + 1e-9
    deviation = made["measures"]["annualized_standard_deviation"]
    assert deviation["proposed"] < deviation["now"]
    equal = optimise(desk, ASKED, aim="equal_risk")
    assert all(line["proposed"] > 0 for line in equal["lines"])


COMMANDS = [
    ("performance", "--benchmark", "SP500", "--fee", "0.75"),
    ("performance", "--methods"),
    ("risk", "--benchmark", "SP500"),
    ("risk", "--level", "99", "--methods"),
    ("attribution",),
    ("attribution", "--by", "country"),
    ("exposure", "--factor", "SP500", "--factor", "MTUM"),
    ("scenario", "--shock", "AAPL=-10%", "--shock", "oil=+30%"),
    ("scenario", "--replay", "covid-2020"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_print_charts_for_people_and_json_for_programs(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("READTHROUGH_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "110")
    command, *options = words
    # what --json prints is what the API sends, which has its own test
    for extra in ([], ["--json"]) if command == "scenario" else ([],):
        with pytest.raises(SystemExit) as ended:
            run(["portfolio", command, DEMO_ID, *options, *extra])
        assert not ended.value.code
        out = capfdbinary.readouterr()[0].decode()
        if extra:
            assert json.loads(out)["portfolio"] == DEMO_ID
        else:
            assert "Demo stocks" in out
            assert "│" in out
            assert not re.search(r"\bnan\b", out)


def test_the_api_sends_what_the_commands_print(desk: Desk) -> None:
    with (
        serving(desk, desk.settings) as address,
        httpx.Client(base_url=f"{address}/api/v1/portfolios/{DEMO_ID}", timeout=30) as client,
    ):
        assert client.get("/performance", params={"benchmark": "SP500"}).json() == performance(desk, INDEX)
        assert client.get("/risk", params={"level": 0.99}).json() == risk(desk, ASKED, level=0.99)
        assert client.get("/attribution").json() == attribution(desk, ASKED)
        asked = client.get("/exposure", params={"factor": ["SP500", "MTUM"]}).json()
        assert asked["factor"] == factor_exposure(desk, ASKED, ["SP500", "MTUM"])
        shocked = client.get("/scenario", params={"shock": "AAPL=-10%"}).json()
        assert shocked == scenario(desk, ASKED, ["AAPL=-10%"])
        assert len(client.get("/scenario", params={"replay": "covid-2020"}).json()["windows"]) == 1
        assert client.get("/risk", params={"level": 2}).status_code == 422
        assert client.get("/scenario", params={"shock": "nonsense"}).status_code == 422
        both = {"shock": "AAPL=-10%", "replay": "covid-2020"}
        assert client.get("/scenario", params=both).status_code == 422
        assert client.get("/risk", params={"benchmark": "NOSUCH"}).status_code == 422
        assert client.get("../none/risk").status_code == 404


def test_liquidity_is_measured_by_volumes_kept_with_prices(
    open_test_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    own = open_test_desk()
    holdings = tmp_path / "two.csv"
    holdings.write_text(
        "Ticker,Quantity,Price,Currency\nMSFT,1000,300,USD\nKO,3000,60,USD\n", encoding="utf-8"
    )
    keep_import(own, read_book(own, holdings), "two")
    prices = tmp_path / "prices.csv"
    rows = [
        f"2026-03-{day:02d},{t},{c},{v}"
        for day in range(2, 9)
        for t, c, v in (("MSFT", 300, 5000), ("KO", 60, 3000))
    ]
    prices.write_text("\n".join(["day,ticker,close,volume", *rows]) + "\n", encoding="utf-8")
    import_prices(own, prices)
    figures = risk(own, Question(portfolio_id="two"))["liquidity"]["figures"]
    assert figures["liquidity_days"]["value"] == 5.0  # 3,000 at a fifth of 3,000 a day
    given = risk(own, Question(portfolio_id="two"), volumes={"KO": 30_000})["liquidity"]["figures"]
    assert given["liquidity_days"]["value"] == 1.0
