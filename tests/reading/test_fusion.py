"""In a page the composed reading stands and the model speaks into its silence; in a short text both are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import rooms

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion
from readthrough.reading.fusion import READ_AT_MOST, Voice, joined, pooled
from readthrough.reading.read import read
from readthrough.universe import Universe

GOOD = SentenceAnswer(negative=0.02, neutral=0.08, positive=0.9, score=0.5)
BAD = SentenceAnswer(negative=0.9, neutral=0.08, positive=0.02, score=-0.5)
PLAIN = SentenceAnswer(negative=0.05, neutral=0.9, positive=0.05, score=0.0)
CHATTER = SentenceAnswer(negative=0.9, neutral=0.05, positive=0.05, score=-0.6, news=0.02)


@pytest.fixture
def universe() -> Universe:
    return rooms()[0]


class Says:
    """A reader that gives one answer to all, and keeps what it was asked."""

    digest = "says"

    def __init__(self, whole: SentenceAnswer, target: SentenceAnswer | None = None) -> None:
        self.whole, self.target = whole, target or whole
        self.asked: list[SentenceQuestion] = []

    def answer(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        self.asked += questions
        return [self.target if q.targets else self.whole for q in questions]


def article(headline: str, body: str = "") -> Article:
    return Article(
        id=ArticleId("x"), headline=headline, body=body, received_at=datetime(2026, 1, 1, tzinfo=UTC)
    )


def test_a_text_the_rules_say_nothing_of_is_read_by_the_model(universe: Universe) -> None:
    told = article("Microsoft has become the talk of the town among fund managers")
    alone = read(told, universe, version="t")
    joined = read(told, universe, version="t", reader=Says(GOOD))
    assert alone.sentiment.score is None or abs(alone.sentiment.score) < 0.2
    assert (joined.sentiment.score or 0.0) > (alone.sentiment.score or 0.0)
    assert (joined.tickers[0].score or 0.0) > 0.1


PAGE = (
    "Microsoft profit rose 20% to $30 billion, above the $27 billion analysts expected. It raised its forecast. "
    "The company is based in Redmond. It has many customers."
)


def test_of_a_page_a_reading_that_says_something_stands(universe: Universe) -> None:
    told = article("Microsoft beats estimates, raises outlook; shares jump 8%", PAGE)
    alone = read(told, universe, version="t")
    assert alone.sentiment.confidence >= 0.8
    assert read(told, universe, version="t", reader=Says(BAD)).sentiment.score == alone.sentiment.score


def test_of_a_headline_both_are_weighed_and_facts_outweigh_a_voice(universe: Universe) -> None:
    told = article("Microsoft beats estimates, raises outlook; shares jump 8%")
    alone = read(told, universe, version="t").sentiment.score or 0.0
    against = read(told, universe, version="t", reader=Says(BAD)).sentiment.score or 0.0
    beside = read(told, universe, version="t", reader=Says(GOOD)).sentiment.score or 0.0
    assert 0 < against < alone
    assert beside > 0


def test_of_a_headline_a_clear_voice_outweighs_a_slight_lean() -> None:
    assert (pooled(0.1, 0.4, Voice((0.02, 0.03, 0.95), 0.6), structured=False)[0] or 0.0) > 0.2
    assert (pooled(-0.1, 0.4, Voice((0.02, 0.03, 0.95), 0.6), structured=False)[0] or 0.0) > 0.1
    assert pooled(-0.1, 0.4, None, structured=False) == (-0.1, 0.4)


def test_the_target_is_asked_for_where_it_stands(universe: Universe) -> None:
    reader = Says(PLAIN, GOOD)
    text = "Fund managers talk about Microsoft and again Microsoft at lunch"
    read(article(text), universe, version="t", reader=reader)
    aimed = next(q for q in reader.asked if q.targets)
    assert {text[a:b] for a, b in aimed.targets} == {"Microsoft"}
    assert len(aimed.targets) == 2


def test_what_is_no_news_moves_nothing(universe: Universe) -> None:
    told = article("Microsoft has become the talk of the town among fund managers")
    alone = read(told, universe, version="t")
    assert read(told, universe, version="t", reader=Says(CHATTER)).sentiment == alone.sentiment


def test_only_so_many_sentences_are_read(universe: Universe) -> None:
    reader = Says(PLAIN)
    body = " ".join(f"Microsoft opened office number {i} in Ohio today." for i in range(60))
    read(article("Microsoft opens offices", body), universe, version="t", reader=reader)
    assert len({q.text for q in reader.asked}) <= READ_AT_MOST


@given(
    st.none() | st.floats(-1, 1),
    st.floats(0, 1),
    st.tuples(*[st.floats(0.01, 1)] * 3),
    st.floats(-1, 1),
)
def test_a_joined_score_is_within_bounds(
    score: float | None, confidence: float, weights: tuple[float, float, float], told: float
) -> None:
    total = sum(weights)
    shares = (weights[0] / total, weights[1] / total, weights[2] / total)
    for value, sure in (
        joined(score, confidence, Voice(shares, told)),
        pooled(score, confidence, Voice(shares, told), structured=True),
    ):
        assert value is None or -1.0 <= value <= 1.0
        assert 0.0 <= sure <= 1.0


def test_a_clear_voice_takes_its_side_and_a_flat_one_is_neutral() -> None:
    assert (joined(None, 0.3, Voice((0.9, 0.08, 0.02), -0.5))[0] or 0.0) < -0.3
    assert abs(joined(None, 0.3, Voice((0.05, 0.9, 0.05), 0.0))[0] or 0.0) < 0.1


def test_the_model_speaks_only_where_the_rules_are_silent() -> None:
    clear = Voice((0.02, 0.08, 0.9), 0.6)
    assert joined(-0.4, 0.5, clear) == (-0.4, 0.5)
    assert joined(0.07, 0.5, clear) == (0.07, 0.5)
    assert (joined(0.04, 0.5, clear)[0] or 0.0) > 0.1


def test_a_model_that_doubts_says_nothing() -> None:
    doubt = Voice((0.2, 0.3, 0.5), 0.2)
    assert joined(None, 0.3, doubt) == (None, 0.3)
    assert (joined(None, 0.3, doubt, least=0.5)[0] or 0.0) >= 0.1


def test_degrees_are_kept() -> None:
    mild, strong = (joined(None, 0.3, Voice((0.02, 0.08, 0.9), size))[0] or 0.0 for size in (0.2, 0.8))
    assert 0.1 < mild < strong
