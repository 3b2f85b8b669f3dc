"""Figures worked out from facts, and the check that works them out again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from readthrough.domain.article import Article
from readthrough.domain.note import Support
from readthrough.domain.reading import Modality, Reading
from readthrough.universe import Universe
from readthrough.writing import Playbooks
from readthrough.writing.check import Grounds
from readthrough.writing.computed import computed_of, shown, spread_of, to_expected, to_previous

from .conftest import DOWN, PCT, UP, USD, Teller

Told = tuple[Article, Reading]


@pytest.fixture(scope="module")
def report(universe: Universe) -> Told:
    body = (
        "AMD posted revenue of $9.87 billion against $9.52 billion expected.\n"
        "AMD guided to profit of $410 million, up from $370 million.\n"
        "Intel slipped."
    )
    teller = Teller(universe, "gap", "AMD beats", body)
    teller.company("AMD", "AMD", 0.3).company("Intel", "INTC", -0.1)
    teller.fact(
        "$9.87 billion",
        "revenue",
        "9870000000",
        USD,
        of="AMD",
        expected=_amount("9520000000"),
        vs_expectation="beat",
    )
    teller.fact(
        "$410 million",
        "profit",
        "410000000",
        USD,
        of="AMD",
        previous=_amount("370000000"),
        change=UP,
        modality=Modality.PLANNED,
    )
    return teller.told()


@pytest.fixture(scope="module")
def bid(universe: Universe) -> Told:
    teller = Teller(universe, "bid", "Rockwell is bought", "Rockwell rose 21%.\nThe premium is 27%.")
    teller.company("Rockwell", "ROK", 0.6)
    teller.fact("21%", "share price", "21", PCT, of="ROK", is_change=True, change=UP)
    teller.fact("27%", "premium", "27", PCT, of="ROK")
    return teller.told()


def _amount(text: str) -> Decimal:
    return Decimal(text)


def test_gaps_are_worked_out_in_percent_of_what_they_are_measured_against(report: Told) -> None:
    revenue, profit = report[1].facts
    assert [shown(c) for c in (to_expected(revenue), to_previous(profit)) if c] == ["3.7%", "11%"]
    assert to_expected(profit) is None
    assert to_previous(revenue) is None


def test_the_spread_is_what_the_price_leaves_to_earn(bid: Told) -> None:
    move, premium = bid[1].facts
    spread = spread_of(premium, move)
    assert spread is not None
    assert shown(spread) == "5.0%"
    assert spread_of(move, premium) is None


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("Revenue at AMD was 3.7% above estimates.", True),
        ("Revenue at AMD was 3.7% below estimates.", False),
        ("Revenue at AMD was 3.8% above estimates.", False),
        ("Revenue at AMD was 3.7% above the former outlook.", False),
        ("Revenue at AMD grew 3.7%.", False),
        ("Profit at AMD was 3.7% above estimates.", False),
        ("Revenue at Intel was 3.7% above estimates.", False),
        ("Profit at AMD of $410 million is 11% above the former outlook.", True),
        ("Profit at AMD of $410 million is 11% above estimates.", False),
    ],
)
def test_a_computed_figure_passes_only_as_what_it_is(
    report: Told, universe: Universe, playbooks: Playbooks, text: str, passes: bool
) -> None:
    grounds = Grounds(*report, universe, playbooks)
    support = tuple(Support(kind="fact", id=f.id) for f in report[1].facts)
    assert (grounds.fault(text, support) == "") is passes


def test_a_computed_figure_needs_its_fact_cited(
    report: Told, universe: Universe, playbooks: Playbooks
) -> None:
    grounds = Grounds(*report, universe, playbooks)
    profit = report[1].facts[1]
    assert grounds.fault("Revenue was 3.7% above estimates.", (Support(kind="fact", id=profit.id),))


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("That leaves a spread of about 5.0%.", True),
        ("That leaves a spread of about 6.0%.", False),
        ("Rockwell grew 5.0%.", False),
    ],
)
def test_a_spread_is_said_as_a_spread(
    bid: Told, universe: Universe, playbooks: Playbooks, text: str, passes: bool
) -> None:
    grounds = Grounds(*bid, universe, playbooks)
    support = tuple(Support(kind="fact", id=f.id) for f in bid[1].facts)
    assert (grounds.fault(text, support) == "") is passes


def test_nothing_is_worked_out_from_a_fall_against_a_beat(universe: Universe) -> None:
    teller = Teller(universe, "odd", "AMD", "AMD costs were $5 million.")
    teller.company("AMD", "AMD", 0.0)
    teller.fact(
        "$5 million",
        "revenue",
        "5000000",
        USD,
        of="AMD",
        change=DOWN,
        expected=_amount("6000000"),
        vs_expectation="beat",
    )
    assert not list(computed_of(teller.told()[1].facts))
