"""Questions a portfolio manager asks in the morning: of the book, of one company among many, of a day; and of what to do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from readthrough.desk import ask
from readthrough.desk.books import save_portfolio
from readthrough.desk.open import Desk
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.research.answer import NOT_SAID

from .test_answers import CUTS, T0, told, wire


def hold(desk: Desk, *tickers: str) -> None:
    one = Decimal(1)
    lines = tuple(
        Holding(
            ticker=ticker, issuer_id=None, name=ticker, quantity=one, price=one, currency="USD", market_value=one,
            weight=one / len(tickers), source_row=n,
        )
        for n, ticker in enumerate(tickers, start=2)
    )  # fmt: skip
    save_portfolio(desk, Portfolio(id="core", name="Core", base_currency="USD", as_of=None, holdings=lines))


def test_news_of_the_book_is_listed_gravest_first_where_bad_is_asked_for(desk: Desk) -> None:
    told(desk, *CUTS)
    hold(desk, "TGT", "AMD")
    every = ask.answer(desk, "Summarise the news on my holdings")
    assert every.method == "notes"
    assert set(every.tickers) == {"TGT", "AMD"}
    bad = ask.answer(desk, "What is bad for my book?")
    assert bad.tickers == ("TGT",)
    assert "1 of 2 holdings" in bad.headline
    assert bad.sentences[0].citation.quote in f"{CUTS[0]['headline']}\n\n{CUTS[0]['body']}"
    assert ask.answer(desk, "What is bad for my holdings since 2026-02-01?").text == NOT_SAID


def test_a_narrower_question_of_my_holdings_looks_at_no_others(desk: Desk) -> None:
    told(desk, *CUTS)
    hold(desk, "PEP")
    made = ask.answer(desk, "What do markdowns do to my holdings?")
    assert not made.found, "only Target blamed markdowns, and it is not held"


def test_what_to_do_is_no_question_for_a_corpus(desk: Desk) -> None:
    told(desk, *CUTS)
    made = ask.answer(desk, "Should I sell Target?")
    assert made.text == NOT_SAID
    assert "not something a corpus says" in made.assumed[0]


def test_sentences_on_another_company_do_not_answer(desk: Desk) -> None:
    body = (
        "Nvidia shares fell 4% because export rules were tightened, traders said. "
        "Target shares fell 6% because of heavy markdowns at its stores."
    )
    told(desk, wire(11, "Stocks close lower as Nvidia and Target slide", body))
    made = ask.answer(desk, "Why did Target shares fall?")
    assert "markdowns" in made.text
    assert "export rules" not in made.text


def test_a_day_named_in_the_question_is_held_to(desk: Desk) -> None:
    before = (T0 - timedelta(days=3)).isoformat()
    earlier = [{**one, "published_at": before} for one in CUTS]
    told(desk, *earlier, wire(12, "PepsiCo names a new chair", "PepsiCo named Ann Lowe as chair on Monday."))
    made = ask.answer(desk, f"What happened at PepsiCo since {T0:%Y-%m-%d}?")
    assert "Ann Lowe" in made.text
    assert "snack" not in made.text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who cut its forecast?", {"TGT", "PEP"}),
        ("How many companies lowered their outlook?", {"TGT", "PEP"}),
        ("Any beats in chips?", {"NVDA", "AMD"}),
    ],
)
def test_events_are_asked_for_in_many_ways(desk: Desk, question: str, kind: set[str]) -> None:
    told(desk, *CUTS)
    made = ask.answer(desk, question)
    assert made.method == "events"
    assert set(made.tickers) == kind


def test_growth_is_compared_by_changes_not_by_size(desk: Desk) -> None:
    told(
        desk,
        wire(13, "Nvidia results", "Nvidia reported quarterly revenue of $39.3 billion on Monday. Nvidia revenue rose 12%."),
        wire(14, "AMD results", "AMD reported quarterly revenue of $7.4 billion on Monday. AMD revenue rose 31%."),
    )  # fmt: skip
    made = ask.answer(desk, "Compare revenue growth of Nvidia and AMD")
    assert {row["ticker"]: row["value"] for row in made.rows} == {"NVDA": 12, "AMD": 31}
    assert "highest at AMD" in made.headline
