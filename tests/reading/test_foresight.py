"""A bank that says what it expects of a market or of others has no news of its own; one that speaks of itself has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.conftest import rooms

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.reading.read import read


def reading(headline: str, body: str) -> Reading:
    day = datetime(2026, 11, 20, tzinfo=UTC)
    article = Article(id=ArticleId("x"), headline=headline, body=body, received_at=day)
    return read(article, rooms()[0], version="t")


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Goldman lifts copper outlook",
            "Goldman Sachs lifted its copper price forecast to $12,000 a tonne.",
        ),
        (
            "Goldman turns gloomy and cuts nickel outlook",
            "Goldman Sachs Group Inc. chopped its nickel forecasts.",
        ),
        (
            "JPMorgan lowers Japan growth forecast",
            "JPMorgan lowered its forecast for Japan's 2027 growth to 0.4%.",
        ),
        ("Citi cuts outlook for retailers", "Citigroup cut its outlook for British retailers."),
        ("UBS raises Stoxx 600 target", "UBS raised its year-end target for the Stoxx 600 to 610."),
    ],
)
def test_what_a_bank_expects_of_others_is_not_its_news(headline: str, body: str) -> None:
    told = reading(headline, body)
    assert not [e for e in told.events if e.parent == "guidance_change"]
    assert not [t for t in told.tickers if t.name in {"Goldman Sachs", "JPMorgan", "Citigroup", "UBS"}]


@pytest.mark.parametrize(
    ("headline", "body", "type_"),
    [
        (
            "Morgan Stanley cuts its profit forecast",
            "Morgan Stanley cut its full-year profit forecast.",
            "guidance_cut",
        ),
        (
            "JPMorgan raises income outlook",
            "JPMorgan raised its outlook for net interest income this year to $95 billion from $92 billion.",
            "guidance_raise",
        ),
    ],
)
def test_what_it_expects_of_itself_is(headline: str, body: str, type_: str) -> None:
    told = reading(headline, body)
    assert type_ in {e.type for e in told.events}
    assert told.tickers


def test_a_maker_that_cuts_its_outlook_for_a_market_speaks_of_itself() -> None:
    told = reading(
        "Siemens cuts China sales outlook", "Siemens cut its sales outlook for China on weak demand."
    )
    assert "guidance_cut" in {e.type for e in told.events}
