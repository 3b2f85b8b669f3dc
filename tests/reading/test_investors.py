"""An investor acts on a company; a helper is named by whom it helps. Neither makes the other the page's subject."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def _read(universe: Universe, headline: str, body: str) -> Reading:
    article = Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)
    return read(article, universe, version="test")


def _issuer(universe: Universe, ticker: str) -> str:
    issuer = universe.by_ticker(ticker)
    assert issuer is not None
    return issuer.id


def test_what_an_activist_asks_for_is_the_companys_news(universe: Universe) -> None:
    reading = _read(
        universe,
        "Elliott builds $1 billion stake in Etsy, pushes for new CEO",
        "Activist investor Elliott Management has built a stake of more than $1 billion in Etsy and wants a new chief "
        "executive. The shares, down 20% this year, rose 6.5% after hours.",
    )
    etsy = _issuer(universe, "ETSY")
    assert {e.issuer_id for e in reading.events} == {etsy}
    assert {e.type for e in reading.events} >= {"activist_involvement"}
    assert {f.issuer_id for f in reading.facts if f.metric == "share price"} == {etsy}


def test_a_helper_acts_and_not_the_one_it_helps(universe: Universe) -> None:
    reading = _read(
        universe,
        "Apple supplier Foxconn to spend $500 million on new Texas plant",
        "Foxconn said it would invest $500 million in a new plant in Texas. Construction starts in January.",
    )
    foxconn = _issuer(universe, "2317.TW")
    assert {e.issuer_id for e in reading.events if e.type == "capex_plan"} == {foxconn}


def test_where_a_new_chief_worked_before_is_no_news_of_that_company(universe: Universe) -> None:
    reading = _read(
        universe,
        "Macy's names former Walmart executive as chief executive",
        "Macy's on Monday appointed Greg Foran, who once ran Walmart's U.S. business, as chief executive, ending a "
        "long search that began when his predecessor resigned after a board investigation. Its shares rose 2.6%.",
    )
    macys = _issuer(universe, "M")
    assert {t.issuer_id for t in reading.tickers} == {macys}
    assert {(e.type, e.polarity.value) for e in reading.events} == {("management_change", "positive")}


def test_shares_before_anybody_is_named_are_the_pages_own(universe: Universe) -> None:
    reading = _read(
        universe,
        "Klarna sets aside more for bad loans",
        "Klarna Group set aside $235 million for bad loans in the third quarter. U.S.-listed shares fell 9.3%; Affirm lost 3.8%.",
    )
    moves = {f.issuer_id: str(f.value) for f in reading.facts if f.metric == "share price"}
    assert moves == {_issuer(universe, "KLAR"): "9.3", _issuer(universe, "AFRM"): "3.8"}


def test_less_copper_mined_is_no_fall_of_its_price(universe: Universe) -> None:
    reading = _read(
        universe,
        "BHP says copper output to fall 5% as ore grades slip",
        "BHP cut its copper production guidance to between 1.15 million and 1.25 million tonnes from 1.2 million to 1.3 million.",
    )
    assert not any(e.type == "commodity_price_move" for e in reading.events)
