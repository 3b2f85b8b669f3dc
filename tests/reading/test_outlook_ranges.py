"""What an outlook took the place of, how far it may be off, and what was never given."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Modality, Reading
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def _read(universe: Universe, headline: str, body: str) -> Reading:
    day = datetime(2026, 3, 2, 12, tzinfo=UTC)
    return read(
        Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=day),
        universe,
        version="test",
    )


def test_a_previous_view_is_what_went_before_and_a_tolerance_no_figure(universe: Universe) -> None:
    reading = _read(
        universe,
        "Intel lifts outlook",
        "Intel now sees revenue of $12.9 billion, plus or minus $100 million, against a previous view of $12.2 billion to "
        "$12.8 billion. Analysts on average had been looking for $12.4 billion.",
    )
    (fact,) = reading.facts
    assert (fact.value, fact.previous, fact.expected) == (
        Decimal(12_900_000_000),
        Decimal(12_200_000_000),
        Decimal(12_400_000_000),
    )
    assert fact.vs_expectation == "beat"


def test_a_range_that_took_the_place_of_another_is_cut(universe: Universe) -> None:
    reading = _read(
        universe,
        "BHP lowers copper target",
        "BHP cut its copper production guidance to between 1.15 million and 1.25 million tonnes from 1.2 million to 1.3 million.",
    )
    assert {e.type for e in reading.events} == {"guidance_cut"}
    (fact,) = [f for f in reading.facts if f.metric == "production"]
    assert (fact.value, fact.high, fact.previous) == (
        Decimal(1_150_000),
        Decimal(1_250_000),
        Decimal(1_200_000),
    )


def test_what_a_company_says_would_be_is_planned(universe: Universe) -> None:
    reading = _read(
        universe,
        "Novo Nordisk cuts outlook",
        "Novo Nordisk lowered its guidance, saying sales growth at constant exchange rates would be 4% to 7% rather than 6% to 11%.",
    )
    (fact,) = reading.facts
    assert (fact.modality, fact.segment) == (Modality.PLANNED, "")


def test_no_outlook_is_no_lower_outlook(universe: Universe) -> None:
    reading = _read(
        universe,
        "Starbucks same-store sales rise",
        "Starbucks reported comparable sales growth of 3.4%. The company gave no outlook for fiscal 2027.",
    )
    assert not any(e.parent == "guidance_change" for e in reading.events)


def test_each_of_two_expected_rates_goes_to_the_one_of_its_size(universe: Universe) -> None:
    reading = _read(
        universe,
        "US core inflation slows to 2.7%",
        "Consumer prices rose 0.2% in October from September and 2.7% from a year earlier, the Labor Department said. "
        "Economists polled by Reuters had expected 0.3% and 2.9%.",
    )
    told = {str(f.value): (str(f.expected), f.vs_expectation) for f in reading.facts}
    assert told == {"0.2": ("0.3", "beat"), "2.7": ("2.9", "beat")}


def test_its_shares_are_not_those_of_whoever_is_named_later(universe: Universe) -> None:
    reading = _read(
        universe,
        "Siemens Healthineers guides below estimates",
        "Siemens Healthineers cut its outlook.\nIts shares tumbled 11.2% in Frankfurt, while Philips lost 4.1%.",
    )
    shl, phg = universe.by_ticker("SHL.DE"), universe.by_ticker("PHG")
    assert shl is not None
    assert phg is not None
    assert {f.issuer_id: str(f.value) for f in reading.facts} == {shl.id: "11.2", phg.id: "4.1"}
