from __future__ import annotations

import json
from datetime import timedelta

import pytest

from readthrough.desk import ask
from readthrough.desk.books import delete_portfolio, delete_rule, save_portfolio, save_rule
from readthrough.desk.documents import (
    alert_document,
    alert_story_document,
    answer_document,
    portfolio_document,
    rule_document,
)
from readthrough.desk.flow import process
from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.feeds.draft import Draft
from readthrough.portfolio.holdings import read_holdings
from readthrough.research.answer import NOT_SAID
from readthrough.testing import FixedClock

CLOUD = "Alibaba said cloud revenue rose 38% to $6.13 billion. Its shares rose 7%."
MACHINISTS = "About 3,100 machinists at Boeing went on strike at midnight. Boeing said talks will go on."


@pytest.fixture
def stocked(desk: Desk, clock: FixedClock) -> Desk:
    process(desk, Draft(headline="Alibaba rises on cloud", body=CLOUD, source="Wire"))
    clock.advance(timedelta(hours=1))
    process(desk, Draft(headline="Boeing machinists walk out", body=MACHINISTS, source="Wire"))
    return desk


def test_an_answer_quotes_the_article_at_the_place_it_names(stocked: Desk) -> None:
    answer = ask.answer(stocked, "How much did Alibaba's cloud revenue rise?")
    assert answer.tickers == ("BABA",)
    best = answer.sentences[0]
    assert "38%" in best.text
    article = ask.article(stocked, best.citation.article_id)
    assert article is not None
    assert best.citation.span.of(article.text) == best.citation.quote
    assert ask.note(stocked, best.citation.note_id) is not None


def test_the_corpus_may_not_say(stocked: Desk) -> None:
    for question in ("What is the price of onions?", "", "???", "What did Boeing say about cloud revenue?"):
        answer = ask.answer(stocked, question)
        assert not answer.found
        assert answer.text == NOT_SAID


def test_an_answer_looks_no_further_than_it_was_known(stocked: Desk, clock: FixedClock) -> None:
    before = clock() - timedelta(minutes=30)
    assert ask.answer(stocked, "Who is on strike?").found
    assert not ask.answer(stocked, "Who is on strike?", as_of=before).found


@pytest.mark.parametrize("question", ['cloud" OR NEAR(', "\ud800\x00 cloud revenue", "cloud revenue " * 900])
def test_a_hostile_question_is_only_words(stocked: Desk, question: str) -> None:
    json.dumps(answer_document(ask.answer(stocked, question)))


def test_everything_asked_for_prints_as_json(stocked: Desk) -> None:
    save_rule(stocked, Rule(id="r", name="Boeing", tickers=("BA",)))
    book = read_holdings(
        "ticker,quantity,price\nBA,10,200\n", portfolio_id="p", name="Fund", universe=stocked.universe
    )
    save_portfolio(stocked, book)
    process(stocked, Draft(headline="Boeing strike ends", body="Boeing machinists ended their strike."))
    [alert] = ask.alerts(stocked)
    story = ask.explain_alert(stocked, alert.id)
    assert story is not None
    documents = [
        alert_document(alert),
        alert_story_document(story),
        *map(rule_document, ask.rules(stocked)),
        *map(portfolio_document, ask.portfolios(stocked)),
        answer_document(ask.answer(stocked, "strike")),
    ]
    for document in documents:
        assert json.loads(json.dumps(document)) == document
    assert [r.id for r in ask.rules(stocked)] == ["r"]
    assert delete_rule(stocked, "r")
    assert delete_portfolio(stocked, "p")
    assert (ask.rules(stocked), ask.portfolios(stocked)) == ([], [])


def test_what_is_not_there_is_none(desk: Desk) -> None:
    assert ask.note(desk, "x") is None
    assert ask.article(desk, "x") is None
    assert ask.explain_alert(desk, "x") is None
