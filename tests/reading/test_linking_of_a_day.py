"""Names and tickers mean whom they meant when the article was published."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.linking import link
from readthrough.reading.sentences import split_sentences
from readthrough.universe import Universe, load_universe


@cache
def universe() -> Universe:
    return load_universe()


def linked(text: str, day: str | None) -> set[str]:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    article = Article(id=ArticleId("a"), headline=text, body="", published_at=published, received_at=now)
    found = link(article, split_sentences(article), universe())
    issuers = (universe().issuer(m.issuer_id) for m in found.mentions)
    return {issuer.ticker or issuer.name for issuer in issuers if issuer is not None}


@pytest.mark.parametrize(
    ("text", "day", "tickers"),
    [
        ("Facebook (NASDAQ: FB) shares fell 7% after results", "2019-05-01", {"META"}),
        ("Shares of $META rose 5% in early trading", "2019-05-01", set()),
        ("Shares of $META rose 5% in early trading", "2023-05-01", {"META"}),
        ("Shares of $META rose 5% in early trading", None, {"META"}),
        ("Twitter (NYSE: TWTR) jumped after an activist took a stake", "2020-03-02", {"X Corp"}),
        ("Square (NYSE: SQ) beat estimates on Cash App growth", "2020-03-02", {"XYZ"}),
        ("Barrick (NYSE: GOLD) raised its dividend", "2022-05-01", {"B"}),
        ("LinkedIn rose 40% after its results", "2015-05-01", set()),
        ("LinkedIn rose 40% after its results", "2020-05-01", {"MSFT"}),
        ("Whole Foods cut prices, which hurt Kroger", "2016-05-01", {"KR"}),
        ("Whole Foods cut prices, which hurt Kroger", "2018-05-01", {"KR", "AMZN"}),
    ],
)  # fmt: skip
def test_a_text_of_a_day(text: str, day: str | None, tickers: set[str]) -> None:
    assert linked(text, day) == tickers
