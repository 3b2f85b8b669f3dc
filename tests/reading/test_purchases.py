"""Goods and services bought of a supplier are the supplier's contract, and no company that changes hands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def _read(universe: Universe, headline: str, body: str) -> Reading:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    return read(
        Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=now), universe, version="t"
    )


@pytest.mark.parametrize(
    ("headline", "body", "seller", "buyer"),
    [
        (
            "Anthropic signs $30 billion cloud deal with Microsoft",
            "Anthropic has agreed to buy $30 billion of computing power from Microsoft over six years.",
            "Microsoft",
            "Anthropic",
        ),
        (
            "Meta to rent Google cloud servers",
            "Meta Platforms agreed to pay Alphabet more than $10 billion for cloud services over six years.",
            "Alphabet",
            "Meta",
        ),
        (
            "Ryanair orders 30 Airbus jets",
            "Ryanair agreed to buy 30 Airbus A321 jets with options for more.",
            "Airbus",
            "Ryanair",
        ),
        (
            "Tesla turns to Samsung",
            "Tesla ordered AI chips worth $16.5 billion from Samsung Electronics.",
            "Samsung Electronics",
            "Tesla",
        ),
    ],
)
def test_the_seller_wins_what_the_buyer_orders(
    universe: Universe, headline: str, body: str, seller: str, buyer: str
) -> None:
    events = _read(universe, headline, body).events
    assert [(e.type, e.subject, e.counterparty) for e in events] == [("contract_win", seller, buyer)]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Chevron to buy Hess", "Chevron agreed to buy oil producer Hess for $53 billion."),
        (
            "Broadcom to buy VMware",
            "Broadcom agreed to buy cloud software company VMware from Dell for $61 billion.",
        ),
    ],
)
def test_a_company_that_is_bought_is_no_order(universe: Universe, headline: str, body: str) -> None:
    types = {e.type for e in _read(universe, headline, body).events}
    assert "ma_announced" in types
    assert "contract_win" not in types


def test_what_is_paid_for_services_is_no_fine(universe: Universe) -> None:
    facts = _read(
        universe, "", "Meta Platforms agreed to pay Alphabet more than $10 billion for cloud services."
    ).facts
    assert [f.metric for f in facts] == ["contract"]


def test_a_contract_that_bribes_were_to_win_is_not_won(universe: Universe) -> None:
    events = _read(
        universe,
        "Prosecutors charge Adani executives",
        "US prosecutors charged executives of Adani Enterprises with paying bribes to win solar contracts.",
    ).events
    assert "contract_win" not in {e.type for e in events}


def test_shares_that_lose_billions_lose_them_of_their_worth(universe: Universe) -> None:
    fact = _read(universe, "", "Adani Enterprises shares lost $27 billion.").facts[0]
    assert (fact.metric, str(fact.change)) == ("market value", "down")


def test_an_outlook_is_held_against_today_and_then_against_what_was_hoped(universe: Universe) -> None:
    fact = _read(
        universe,
        "Ferrari sets targets",
        "Ferrari forecast revenue of about 9 billion euros in 2030, against 7.1 billion euros this year. "
        "Analysts had expected revenue of 9.8 billion euros.",
    ).facts[0]
    told = [int(v or 0) // 10**8 for v in (fact.value, fact.previous, fact.expected)]
    assert (told, fact.vs_expectation) == ([90, 71, 98], "miss")
