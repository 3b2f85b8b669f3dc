from __future__ import annotations

import pytest

from readthrough.domain.reading import Label, Role
from readthrough.reading.evidence import Evidence
from readthrough.reading.roles import Standing
from readthrough.reading.sentiment import weigh

from .reading_of import reading, universe
from .test_facts import SEED

SIGNS = {
    "Nike's quarterly profit jumped 30% and beat analysts' estimates.": 1,
    "Nike's quarterly profit fell 30% and missed analysts' estimates.": -1,
    "Nike's net loss narrowed to $20 million from $50 million.": 1,
    "Nike's net loss widened to $50 million from $20 million.": -1,
    "Nike's operating costs fell 8% in the quarter.": 1,
    "Nike raised its full-year forecast.": 1,
    "Nike cut its full-year forecast.": -1,
    "Nike was fined $50 million by the regulator.": -1,
    "Nike announced a $5 billion share buyback.": 1,
    "Nike recalled 400,000 shoes after reports of injuries.": -1,
}


@pytest.mark.parametrize(("text", "sign"), SIGNS.items())
def test_sign(text: str, sign: int) -> None:
    score = reading(text).sentiment.score
    assert score is not None
    assert score * sign > 0.1


def test_the_page_that_started_it() -> None:
    found = reading(
        SEED
        + " The results were pressured by heavier AI, cloud infrastructure, and rapid-delivery investments, but "
        "the stock reversed from premarket losses into a morning gain."
    )
    assert found.sentiment.label is Label.MILDLY_POSITIVE
    assert found.sentiment.mixed
    assert [(t.ticker, str(t.role)) for t in found.tickers] == [("BABA", "primary")]


def test_opposite_signs_for_opposite_parties() -> None:
    found = reading(
        "Skyworks fell 16% after it lost its largest order to Broadcom. Broadcom rose 3% after winning the contract."
    )
    scores = {t.ticker: t.score or 0.0 for t in found.tickers}
    assert scores["SWKS"] < -0.1 < 0.1 < scores["AVGO"]


def test_nothing_to_judge_is_null_not_zero() -> None:
    found = reading("Nike will hold its annual meeting on Tuesday in Oregon.")
    assert found.sentiment.score is None


def test_old_news_weighs_little() -> None:
    live = reading("Nike's profit fell 30% in the quarter.").sentiment.score
    told = reading("In 2019 the company said profit fell 30%. Nike opened a shop.").sentiment.score
    assert live is not None
    assert abs(told or 0.0) < abs(live)


def test_every_driver_is_an_element_of_the_reading() -> None:
    found = reading(SEED)
    known = {f.id for f in found.facts} | {e.id for e in found.events}
    known |= {f"sentence:{s.index}" for s in found.sentences}
    assert {name for name, _ in found.sentiment.drivers} <= known


def test_a_price_agreed_for_an_unlisted_target_is_not_good_for_its_buyer() -> None:
    found = reading(
        "Kroger agreed to acquire Brookshire Markets, owner of 180 stores, from its founders for $3.4 billion. "
        "Kroger will pay with $2 billion of new debt."
    )
    score = next(t.score for t in found.tickers if t.ticker == "KR")
    assert (score or 0.0) < 0.2


def test_a_part_of_what_others_settled_is_bad_for_who_bears_it() -> None:
    found = reading(
        "Daikin agreed on Friday to settle lawsuits over heat pumps that caught fire for $220 million. "
        "Honda Motor's share of the settlement costs is $110 million."
    )
    scores = {t.ticker: t.score or 0.0 for t in found.tickers}
    assert scores["HMC"] < -0.1
    assert scores["6367.T"] < -0.1


def test_every_company_of_a_list_moves_as_its_one_verb_says() -> None:
    found = reading("Nike was down 3.7%, Adidas 3.1% and Puma 5.0%.")
    assert {t.ticker: (t.score or 0.0) < 0 for t in found.tickers} == {
        "NKE": True,
        "ADS.DE": True,
        "PUM.DE": True,
    }


def test_what_a_page_says_of_nobody_it_says_of_whom_it_is_about() -> None:
    everyone = universe()
    nike, pfizer = everyone.by_ticker("NKE"), everyone.by_ticker("PFE")
    assert nike is not None
    assert pfizer is not None
    standing = {
        nike.id: Standing(relevance=0.9, role=Role.PRIMARY, mentions=()),
        pfizer.id: Standing(relevance=0.3, role=Role.PASSING, mentions=()),
    }
    overall, tickers = weigh([Evidence("sentence:1", None, -0.3, 1)], standing, everyone)
    assert [(t.name, t.score) for t in tickers] == [(nike.name, overall.score), (pfizer.name, None)]
    assert overall.score is not None
    assert overall.score < -0.05
