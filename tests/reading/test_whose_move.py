"""Whose a figure or a deed is where several are named, and of which period and kind: the wrong company is the worst fault."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Fact, Reading
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def _read(universe: Universe, headline: str, body: str) -> Reading:
    article = Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)
    return read(article, universe, version="test")


def _told(facts: tuple[Fact, ...]) -> list[tuple[str, str, str]]:
    return [(f.metric, f.subject, str(f.value)) for f in facts]


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("Boeing, Airbus and Embraer fell 2%.", {("Boeing", "2"), ("Airbus", "2"), ("Embraer", "2")}),
        (
            "Shares of Nike and Puma jumped at least 7 percent.",
            {("Nike", "7"), ("Puma", "7")},
        ),
        ("The venture of Renault and Nissan fell 3 percent.", {("Nissan", "3")}),
        ("Nike, Puma and Adidas met, and Asics fell 3 percent.", {("Asics", "3")}),
    ],
)
def test_names_told_together_moved_together(
    universe: Universe, body: str, facts: set[tuple[str, str]]
) -> None:
    told = _read(universe, "Markets", body).facts
    assert {(f.subject, str(f.value)) for f in told if f.metric == "share price"} == facts


@pytest.mark.parametrize(
    ("body", "owner"),
    [
        (
            "Nike grew. Nike hired. Puma had a market value of $2 billion on Friday. The stock rose 6% on Monday.",
            "Puma",
        ),
        ("Nike grew. Nike hired. It took on a former manager of Puma. The stock rose 6% on Monday.", "Nike"),
        (
            "Nike grew. Nike hired. Analysts like the shares of Puma more. The stock rose 6% on Monday.",
            "Nike",
        ),
        ("Nike grew. Nike hired. Investors sold Puma and bought Nike. The stock rose 6% on Monday.", "Nike"),
    ],
)
def test_the_stock_is_whose_price_was_spoken_of(universe: Universe, body: str, owner: str) -> None:
    told = _read(universe, "Nike grows", body).facts
    assert [f.subject for f in told if f.metric == "share price"] == [owner]


def _events(reading: Reading) -> set[tuple[str, str]]:
    return {(e.type, e.subject) for e in reading.events}


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (
            "The Nikkei 225 rose 1.9%, led by exporters: Toyota Motor gained 3.1% and Sony Group added 2.4%.",
            [
                ("index", "Nikkei 225", "1.9"),
                ("share price", "Toyota", "3.1"),
                ("share price", "Sony", "2.4"),
            ],
        ),
        (
            "The FTSE 100 fell 0.6%, dragged down by miners, with Glencore off 3.2% and Anglo American down 2.8%.",
            [
                ("index", "FTSE 100", "0.6"),
                ("share price", "Glencore", "3.2"),
                ("share price", "Anglo American", "2.8"),
            ],
        ),
        (
            "The DAX rose 0.8% and the mid-cap MDAX 1.4%.",
            [("index", "DAX", "0.8"), ("index", "MDAX", "1.4")],
        ),
        (
            "BBVA fell 4%, the biggest drop on the IBEX 35, which was down 0.3%.",
            [("share price", "BBVA", "4"), ("index", "IBEX 35", "0.3")],
        ),
    ],
)
def test_a_share_is_not_its_index(universe: Universe, body: str, facts: list[tuple[str, str, str]]) -> None:
    assert _told(_read(universe, "Shares move", body).facts) == facts


@pytest.mark.parametrize(
    ("body", "metric", "value"),
    [
        ("Kering is trying to bring down 9.5 billion euros of net debt.", "debt", "9500000000"),
        (
            "Vodafone has agreed to sell its Italian business to Swisscom for 8 billion euros in cash.",
            "deal value",
            "8000000000",
        ),
        ("Uber lost $1.2 billion in the quarter.", "loss", "1200000000"),
        ("Investors in Uber lost $3 billion in the collapse.", "unspecified", "3000000000"),
        ("Kering, which has 12 billion pounds of debt, is looking for a buyer.", "debt", "12000000000"),
        ("The Bank of Canada left its rate at 2.25% on Wednesday.", "interest rate", "2.25"),
        ("The European Central Bank kept rates at 2% on Thursday.", "interest rate", "2"),
        ("An auction of gilts drew weak demand, pushing the yield up 9 basis points.", "bond yield", "9"),
    ],
)
def test_what_a_figure_measures(universe: Universe, body: str, metric: str, value: str) -> None:
    assert [(f.metric, str(f.value)) for f in _read(universe, "News of the day", body).facts] == [
        (metric, value)
    ]


def test_a_weight_in_pounds_is_no_money(universe: Universe) -> None:
    [fact] = _read(universe, "Tyson recalls beef", "Tyson Foods recalled 40 million pounds of beef.").facts
    assert fact.currency == ""


def test_results_that_name_no_period_are_of_the_one_told_last(universe: Universe) -> None:
    reading = _read(
        universe,
        "Hershey cuts full-year profit outlook",
        "Hershey lowered its full-year earnings forecast. Net sales for the third quarter rose 1.2% to $3.03 billion. "
        "Gross margin fell 480 basis points to 38.1%. For the first nine months sales grew 4% to $8 billion. "
        "Net income was $876 million.",
    )
    periods = {(f.metric, str(f.value)): f.period for f in reading.facts}
    assert periods["gross margin", "38.1"] == "Q3"
    assert periods["revenue", "8000000000"] == "nine months"
    assert periods["net income", "876000000"] == "nine months"


def test_an_outlook_is_not_of_the_quarter_that_was(universe: Universe) -> None:
    reading = _read(
        universe,
        "Onsemi results",
        "Onsemi said revenue fell 18% to $1.45 billion in the last quarter and it expects $1.35 billion in the current one.",
    )
    assert [f.period for f in reading.facts if f.modality.value == "planned"] != ["last quarter"]


def test_who_a_preposition_governs_does_not_act(universe: Universe) -> None:
    reading = _read(
        universe,
        "Ryanair trims passenger target again on Boeing delays but lifts fare outlook",
        "Ryanair on Monday cut its passenger forecast because of late deliveries from Boeing, but said fares were "
        "running ahead of last year.",
    )
    assert {subject for _, subject in _events(reading)} == {"Ryanair"}


def test_a_relative_clause_tells_of_the_last_named(universe: Universe) -> None:
    reading = _read(
        universe,
        "Jefferies slides",
        "Jefferies fell 4.8% after it said a fund it runs was owed $715 million by companies linked to First Brands, the "
        "auto-parts maker that filed for bankruptcy in September.",
    )
    assert ("bankruptcy_or_insolvency", "First Brands") in _events(reading)
    assert ("bankruptcy_or_insolvency", "Jefferies") not in _events(reading)
    assert [f.period for f in reading.facts if f.metric == "share price"] == [""]


def test_a_bank_that_speaks_of_itself_is_a_subject(universe: Universe) -> None:
    reading = _read(
        universe,
        "Wall Street banks count losses",
        "Goldman Sachs said it would cut 300 jobs. Barclays said it has set aside 110 million pounds. JPMorgan said its "
        "profit rose 12%. Apple rose 1%.",
    )
    assert {(f.subject, f.metric) for f in reading.facts} == {
        ("Goldman Sachs", "job cuts"),
        ("Barclays", "provisions"),
        ("JPMorgan", "profit"),
        ("Apple", "share price"),
    }


def test_a_bank_that_speaks_of_others_is_none(universe: Universe) -> None:
    reading = _read(
        universe,
        "Apple hits record",
        "Apple shares rose 3% after Goldman Sachs said it expected strong iPhone sales. UBS said it had raised its target. "
        "Barclays said it was cautious on the shares.",
    )
    assert [t.name for t in reading.tickers] == ["Apple"]
    assert not any(kind.startswith("guidance") for kind, _ in _events(reading))


def test_an_opinion_that_a_share_runs_ahead_is_not_good_for_it(universe: Universe) -> None:
    reading = _read(
        universe,
        "Why the market is wrong about Intel",
        "Intel's shares have doubled since April on hopes for its foundry. I think investors are getting ahead of "
        "themselves: the shares price in a recovery that will take until 2028. TSMC is the better way to own the theme.",
    )
    scores = {t.name: t.score or 0.0 for t in reading.tickers}
    assert scores["Intel"] < 0 < scores["TSMC"]


@pytest.mark.parametrize(
    ("headline", "kind", "is_told"),
    [
        ("Fed cuts rates by a quarter point as jobs market needs support", "layoffs_restructuring", False),
        ("Hershey cuts profit outlook as cocoa costs bite", "cost_cutting_plan", False),
        ("Equinor to take part in Orsted rights issue", "share_offering", False),
        ("Orsted plans 60 billion crown rights issue", "share_offering", True),
        ("Germany's lower house approves 46 billion euro corporate tax package", "political_event", True),
        ("UK finance minister Reeves announces tax rises worth 26 billion pounds", "political_event", True),
    ],
)
def test_what_a_headline_tells(universe: Universe, headline: str, kind: str, is_told: bool) -> None:
    told = {e.type for e in _read(universe, headline, headline + ".").events}
    assert (kind in told) is is_told


def test_a_brand_and_a_region_among_sales_sell_and_have_no_shares(universe: Universe) -> None:
    reading = _read(
        universe,
        "Diageo cuts dividend by 40%",
        "The maker of Johnnie Walker said net sales in the three months to September fell 3.8%. North America dropped "
        "6.9%, while Africa grew 9% and Guinness rose 8%.",
    )
    assert [(f.metric, f.segment) for f in reading.facts if f.value in (8, 9) or str(f.value) == "6.9"] == [
        ("revenue", "North America"),
        ("revenue", "Africa"),
        ("revenue", "Guinness"),
    ]


def test_an_outlook_is_not_measured_by_its_year(universe: Universe) -> None:
    reading = _read(
        universe,
        "Diageo sees lower profit",
        "Diageo will raise marketing spending in the United States by $150 million and forecast fiscal 2027 organic "
        "operating profit down by a mid-single-digit percentage, compared with a previous forecast for flat.",
    )
    assert {kind for kind, _ in _events(reading)} & {"guidance_raise", "guidance_cut"} == {"guidance_cut"}
