"""Everyday news of markets and governments: a cartel's decision, an export licence, a short seller, a month's figure."""

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
    ("headline", "polarity"),
    [
        ("OPEC+ agrees to raise oil output by 411,000 barrels a day", "negative"),
        ("OPEC+ extends output cuts into next year", "positive"),
        ("OPEC cuts production to support prices", "positive"),
    ],
)
def test_what_a_cartel_decides_on_output_is_news_of_the_price(
    universe: Universe, headline: str, polarity: str
) -> None:
    events = _read(universe, headline, "The group met on Sunday.").events
    assert [(e.type, e.subject, e.polarity) for e in events] == [("commodity_price_move", "oil", polarity)]


def test_a_call_on_the_cartel_is_no_decision(universe: Universe) -> None:
    assert _read(universe, "Trump urges OPEC to raise oil output", "He wrote so on Sunday.").events == ()


def test_a_licence_that_exports_need_is_a_curb(universe: Universe) -> None:
    events = _read(
        universe,
        "Nvidia says US will require licence for chip exports to China",
        "Nvidia was told that exports of the chip would need a licence. Its shares fell 6.3%; AMD dropped 7.1%.",
    ).events
    assert ("sanctions", "Nvidia", "negative") in {(e.type, e.subject, e.polarity) for e in events}


def test_a_short_sellers_report_is_its_targets_news(universe: Universe) -> None:
    events = _read(
        universe,
        "Short seller Hindenburg targets Super Micro, alleging accounting manipulation",
        "Hindenburg Research disclosed a short position in Super Micro Computer.",
    ).events
    assert {e.subject for e in events if e.type == "short_seller_report"} == {"Super Micro Computer"}


def test_the_month_before_is_no_second_figure(universe: Universe) -> None:
    facts = _read(
        universe,
        "",
        "The consumer price index rose 0.4% in August after a 0.2% gain in July. Economists had forecast a 0.3% rise.",
    ).facts
    told = [(f.metric, str(f.value), str(f.previous), str(f.expected)) for f in facts]
    assert told == [("inflation", "0.4", "0.2", "0.3")]
