"""Whether an event is what a page reports, or what it recalls on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from readthrough.domain.reading import Event
from readthrough.reading.read import read

from .reading_of import article, reading, universe

_FILLER = (
    "The company declined to say more about the matter when it was asked.",
    "Many people who follow the industry have an opinion about what that means.",
    "Some of them think that habits change slowly, and that patience is a virtue.",
    "Others point to the long history of the business and of its founders.",
    "There is a great deal of talk about it in the valley and beyond.",
    "Nobody who was interviewed wanted to guess how it would end.",
    "A visit to the campus showed a calm that seemed at odds with the noise.",
    "Employees ate lunch outside, as they usually do when the weather is fine.",
    "The cafeteria was full, and the queue for coffee was long.",
)


def _page(*told: str) -> str:
    return "\n\n".join((*_FILLER, *told, *_FILLER[::-1]))


@pytest.mark.parametrize(
    "told",
    [
        "Facebook, which bought Instagram in 2012 after it agreed to buy the service for $1 billion, has grown since.",
        "The lawsuit that was filed against Facebook in 2014 over a data breach is remembered by few.",
    ],
)
def test_what_a_feature_recalls_deep_in_its_body_is_background(told: str) -> None:
    found = reading(_page(told), "Why Facebook's campus is calmer than you think").events
    assert all(event.background for event in found)


def test_what_the_headline_says_is_news_on_a_long_page_too() -> None:
    headline = "Boeing to cut 2,000 jobs in Seattle"
    found = reading(_page("Boeing said the cuts would start in May."), headline).events
    assert [e.parent for e in found if not e.background] == ["layoffs_restructuring"]


def test_a_page_with_nothing_to_weigh() -> None:
    assert reading(_page(), "Lunch on campus").events == ()


@pytest.mark.parametrize(
    "told",
    [
        "Intel last month cut its annual profit forecast by 10% to $4.2 billion, against the $4.9 billion analysts expected.",
        "Two directors, who are stepping down as Intel's chairman and chief executive, own 3% of 4% and 5% of 6%.",
    ],
)
def test_on_a_page_of_figures_what_was_told_earlier_is_background_too(told: str) -> None:
    rows = [
        f"Intel's sales of model {n} were ${n} million in May and ${n + 1} million in June."
        for n in range(2, 24)
    ]
    found = reading(" ".join((*rows, told)), "Intel's sales by model").events
    assert all(event.background for event in found)


_REPORT = tuple(
    f"Intel's sales of model {n} were ${n} million in May and ${n + 1} million in June." for n in range(2, 12)
)


def _in_june(body: str) -> tuple[Event, ...]:
    page = replace(article(body, "Intel's sales by model"), published_at=datetime(2024, 6, 3, tzinfo=UTC))
    return read(page, universe(), version="test").events


@pytest.mark.parametrize(
    "told",
    [
        "Intel agreed to buy the mapping firm Moovit for $900 million in 2020.",
        "Years ago Intel cut 12,000 jobs.",
    ],
)
def test_what_a_short_report_dates_to_an_earlier_year_is_background(told: str) -> None:
    found = _in_june(" ".join((*_REPORT, told)))
    assert all(event.background for event in found)


def test_what_happens_in_the_year_of_the_page_is_none_the_less_news() -> None:
    told = "Intel agreed to buy the mapping firm Moovit for $900 million in 2024."
    found = _in_june(" ".join((*_REPORT[:1], told, *_REPORT[1:])))
    assert [e.parent for e in found if not e.background] == ["ma_announced"]


def test_a_page_that_has_told_no_news_by_its_middle_tells_none_at_its_end() -> None:
    rows = [f"Rows of model {n} hold {n} of {n + 1} parts." for n in range(2, 16)]
    told = "Intel raised its quarterly dividend to 14 cents."
    found = reading(" ".join((*rows, told)), "Intel's parts").events
    assert all(event.background for event in found)
    found = reading(
        f"Intel's quarterly profit beat estimates. {' '.join(rows)} {told}", "Intel's parts"
    ).events
    assert [e.parent for e in found if not e.background] == ["earnings_result", "dividend_change"]
