"""What hit a book, by money; the brief before the open; nothing of the news is markup."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from readthrough.domain.portfolio import Holding, Portfolio, Touch
from readthrough.domain.security import IssuerId
from readthrough.portfolio.brief import brief_html, brief_text, make_brief
from readthrough.portfolio.today import book_news
from readthrough.universe import load_universe

UNIVERSE = load_universe()
NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)  # a Monday; New York opens at 13:30 that week


def line(ticker: str, weight: str, value: str) -> Holding:
    issuer = UNIVERSE.by_ticker(ticker)
    return Holding(
        ticker=ticker,
        issuer_id=issuer.id if issuer else None,
        name=ticker,
        quantity=Decimal(1),
        price=Decimal(1),
        currency="USD",
        market_value=Decimal(value),
        weight=Decimal(weight),
        source_row=2,
    )


BOOK = Portfolio(
    id="p",
    name="Global <b>",
    base_currency="USD",
    as_of=None,
    holdings=(line("MSFT", "0.6", "600000"), line("0700.HK", "0.4", "400000")),
)


def touch(n: int, ticker: str, mid: float | None, *, hours: float = 1, headline: str = "News") -> Touch:
    issuer = UNIVERSE.by_ticker(ticker)
    return Touch(
        portfolio_id="p",
        note_id=f"n{n}",
        revision=1,
        known_at=NOW - timedelta(hours=hours),
        story_id=f"s{n}",
        headline=headline,
        ticker=ticker,
        issuer_id=issuer.id if issuer else IssuerId(ticker),
        path="direct",
        through="",
        weight=None if mid is None else 0.6,
        low_bps=None if mid is None else mid - 30,
        mid_bps=mid,
        high_bps=None if mid is None else mid + 30,
        sign=1,
        why="because",
    )


def test_news_is_ranked_by_money_and_an_issuer_counts_once() -> None:
    touches = [
        touch(1, "0700.HK", 10),
        touch(2, "MSFT", -40),
        touch(3, "MSFT", -5),
        touch(4, "F", None),
        touch(5, "MSFT", -99, hours=30),
    ]
    news = book_news(BOOK, touches, since=NOW - timedelta(hours=24), until=NOW)
    assert [(hit.touch.ticker, hit.others) for hit in news.hits] == [("MSFT", 1), ("0700.HK", 0), ("F", 0)]
    assert news.hits[0].mid == Decimal("-4000.00")
    assert news.expected_bps == -30
    assert news.sentiment == -0.6
    assert round(news.news_at_risk_bps, 2) == -30 - round((30**2 + 30**2) ** 0.5, 2)
    assert news.notes == 4


def test_the_brief_reaches_back_to_the_last_close_and_is_due_before_the_first_open() -> None:
    brief = make_brief(BOOK, [touch(1, "MSFT", -40, hours=50)], now=NOW, universe=UNIVERSE)
    assert brief.news.since == datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
    assert [o.mic for o in brief.openings] == ["XNYS", "XHKG"]
    assert brief.due_at == datetime(2026, 3, 9, 12, 30, tzinfo=UTC)
    assert brief.is_due(NOW)
    assert not brief.is_due(NOW - timedelta(hours=1))
    assert len(brief.news.hits) == 1
    assert brief.quiet == 1


def test_words_of_the_news_are_never_markup() -> None:
    hostile = touch(1, "MSFT", 12, headline="<script>alert(1)</script>")
    brief = make_brief(BOOK, [hostile], now=NOW, universe=UNIVERSE)
    page = brief_html(brief)
    assert "<script" not in page
    assert "<b>" not in page
    text = brief_text(brief)
    assert "+12.0 bp (-18.0 to +42.0)" in text
    assert "+1,200 USD" in text


def test_a_quiet_night_says_so() -> None:
    assert "Nothing that was read touches the book." in brief_text(
        make_brief(BOOK, [], now=NOW, universe=UNIVERSE)
    )
