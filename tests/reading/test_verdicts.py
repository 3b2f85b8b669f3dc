"""Against what a figure is held, and by whom: another line's miss, another currency, an outlook of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Direction, Fact, Reading
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def _read(universe: Universe, body: str, headline: str = "") -> Reading:
    article = Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)
    return read(article, universe, version="test")


def _judged(facts: tuple[Fact, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (f.metric, str(f.value), f.vs_expectation, str(f.expected) if f.expected is not None else "")
        for f in facts
    ]


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (  # the whole missed, the part did not
            "SAP said sales at its cloud unit grew 38% in the quarter, even as overall revenue fell short of estimates.",
            [("revenue", "38", "", "")],
        ),
        (  # an amount in dollars is not held against one in reais
            "Vale posted net income of 11.4 billion reais ($2.1 billion), above the 10.2 billion reais average analyst estimate.",
            [
                ("net income", "11400000000", "beat", "10200000000"),
                ("net income", "2100000000", "beat", ""),
            ],
        ),
        (  # a distance is a verdict, and no figure of its own
            "Kroger's adjusted earnings of $1.12 per share beat by 4 cents.",
            [("eps", "1.12", "beat", "")],
        ),
        (
            "Adobe's revenue of $5.99 billion missed by $40 million.",
            [("revenue", "5990000000", "miss", "")],
        ),
        (
            "Adobe earned $5.31 a share, topping the $5.18 that analysts expected by 13 cents.",
            [("eps", "5.31", "beat", "5.18")],
        ),
    ],
)
def test_a_verdict_goes_to_the_figure_it_speaks_of(
    universe: Universe, body: str, facts: list[tuple[str, str, str, str]]
) -> None:
    assert _judged(_read(universe, body).facts) == facts


def test_its_own_outlook_is_no_expectation_of_what_it_earned(universe: Universe) -> None:
    told = _read(
        universe,
        "Kroger earned $1.12 a share.\n\nThe Cincinnati-based chain kept its full-year forecast of adjusted earnings of $4.60 to $4.80 per share.",
    ).facts
    assert _judged(told)[0] == ("eps", "1.12", "", "")
    assert told[1].modality.value == "planned"


def test_one_range_of_growth_takes_the_place_of_another(universe: Universe) -> None:
    fact = _read(
        universe, "Coloplast now expects sales growth of 5% to 6% this year, down from 7% to 8% before."
    ).facts
    assert [(str(f.value), str(f.previous)) for f in fact] == [("5", "7")]


def test_the_model_of_an_aircraft_is_no_count(universe: Universe) -> None:
    told = _read(universe, "Spirit AeroSystems, which makes 737 fuselages, will furlough 700 workers.").facts
    assert [str(f.value) for f in told] == ["700"]


def test_a_move_of_a_company_without_a_link_is_not_its_neighbours(universe: Universe) -> None:
    told = _read(universe, "Netflix shares fell 2.9%; Zorblax rose 6.3%, and Quorvex Holdings lost 4%.")
    moves = [(f.subject, str(f.value)) for f in told.facts]
    assert moves == [("Netflix", "2.9"), ("Zorblax", "6.3"), ("Quorvex Holdings", "4")]
    assert [(t.name, (t.score or 0) < 0) for t in told.tickers] == [("Netflix", True)]


def test_a_surname_is_the_company_where_its_shares_are_spoken_of(universe: Universe) -> None:
    lead = "Netflix agreed to acquire Warner Bros. Discovery's studios for $72 billion. "
    traded = _read(universe, lead + "Netflix shares fell 2.9%; Warner rose 6.3%.")
    assert [f.subject for f in traded.facts if f.metric == "share price"] == [
        "Netflix",
        "Warner Bros. Discovery",
    ]
    person = _read(universe, lead + "Warner asked the regulator to look again.")
    assert [m.surface for m in person.mentions if m.surface == "Warner"] == []


def test_the_shares_are_those_of_whom_the_page_is_about(universe: Universe) -> None:
    told = _read(
        universe,
        "Eli Lilly's rival Zepbound outsold Wegovy by nearly two to one. The shares fell 4.6% in Copenhagen.",
        "Novo Nordisk cuts outlook again",
    )
    scores = {t.name: t.score or 0.0 for t in told.tickers}
    assert scores["Eli Lilly"] > 0.2
    assert scores["Novo Nordisk"] < -0.3


def test_whom_a_company_fights_is_not_hurt_by_what_the_fight_costs(universe: Universe) -> None:
    told = _read(
        universe, "Alibaba's net income fell 53% as it spent heavily in its fight with Meituan and JD.com."
    )
    assert {t.name: t.score for t in told.tickers if t.name != "Alibaba"} == {
        "Meituan": None,
        "JD.com": None,
    }


def test_cutting_growth_plans_is_no_growth(universe: Universe) -> None:
    told = _read(universe, "Ryanair and Southwest have already cut growth plans because of late deliveries.")
    assert all((t.score or 0.0) < 0 for t in told.tickers)


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("Moody's cuts Belgium's rating as budget gap widens", "Belgium"),
        ("Fitch lowers South Africa's credit rating", "South Africa"),
        ("S&P cuts Boeing's credit rating to junk", "Boeing"),
    ],
)
def test_the_letter_of_a_state_is_no_banks_and_no_agencys(
    universe: Universe, headline: str, subject: str
) -> None:
    told = _read(universe, "KBC lost 1.8% and Ageas 1.2%.", headline)
    assert {e.subject for e in told.events if e.type == "credit_rating_downgrade"} == {subject}


@pytest.mark.parametrize(
    "body",
    [
        "Tesla delivered 384,122 vehicles in the three months to June, down 13.5%.",
        "Tesla delivered 384,122 vehicles in the quarter, down 13.5%.",
    ],
)
def test_what_was_counted_fell_and_not_the_shares(universe: Universe, body: str) -> None:
    fact = _read(universe, body).facts[1]
    assert (fact.metric, str(fact.value), fact.change) == ("deliveries", "13.5", Direction.DOWN)


def test_metal_in_warehouses_is_no_market(universe: Universe) -> None:
    assert [
        e.type for e in _read(universe, "Stocks in LME warehouses have fallen 40% since July.").events
    ] == []


def test_costs_that_rise_are_no_plan_to_cut_them(universe: Universe) -> None:
    told = _read(
        universe, "The insurer suspended its outlook.", "Humana cuts profit view as medical costs surge"
    )
    assert "cost_cutting_plan" not in {e.type for e in told.events}
