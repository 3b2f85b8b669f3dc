from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.ports import Passage
from readthrough.research.answer import NOT_SAID, compose
from readthrough.research.retrieve import Question, content_words, rank, stem


def passage(text: str, *, score: float = 1.0, article_id: str = "a") -> Passage:
    return Passage(
        note_id="n",
        article_id=article_id,
        headline="h",
        source="s",
        published_at="",
        text=text,
        start=10,
        end=10 + len(text),
        score=score,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose", "rises"),
        ("fell", "falling"),
        ("margins", "margin"),
        ("Company’s", "company"),
        ("strikes", "struck"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_company_name_is_no_topic_unless_nothing_else_is_asked() -> None:
    asked = Question(text="What did Alibaba say about cloud margins?", tickers=("BABA",), names=("Alibaba",))
    assert asked.topic == ("cloud", "margin")
    assert asked.search_words == ("cloud", "margins")
    bare = Question(text="What about Alibaba?", tickers=("BABA",), names=("Alibaba",))
    assert bare.topic == ()
    assert bare.search_words == ("Alibaba",)


def test_sentences_with_more_of_the_question_come_first_and_weak_ones_go() -> None:
    asked = Question(text="How much did cloud revenue rise?")
    full = passage("Cloud revenue rose 38% to $6.13 billion.", article_id="full")
    words = passage("Cloud revenue rose again.", article_id="words")
    weak = passage("Cloud is a word.", article_id="weak", score=9.0)
    ranked = rank(asked, [weak, words, full])
    assert [r.passage.article_id for r in ranked] == ["full", "words"]
    assert ranked[0].covered == 1.0
    assert 0 < ranked[1].fit < ranked[0].fit <= 1


def test_the_same_sentence_counts_once() -> None:
    asked = Question(text="cloud revenue")
    ranked = rank(asked, [passage("Cloud revenue rose."), passage("Cloud revenue rose!", article_id="b")])
    assert [r.passage.article_id for r in ranked] == ["a"]


def test_an_answer_is_the_very_words_with_where_they_stand() -> None:
    asked = Question(text="cloud revenue", tickers=("BABA",))
    found = passage("Cloud revenue\n rose 38%.")
    answer = compose(asked, rank(asked, [found]), limit=3)
    assert answer.found
    assert answer.text == "Cloud revenue rose 38%."
    citation = answer.sentences[0].citation
    assert citation.quote == found.text
    assert (citation.span.start, citation.span.end) == (found.start, found.end)
    assert answer.tickers == ("BABA",)


def test_nothing_found_says_so() -> None:
    asked = Question(text="price of onions")
    assert compose(asked, rank(asked, []), limit=3).text == NOT_SAID
    assert not compose(asked, rank(asked, [passage("The price of oil.")]), limit=3).found
    assert not compose(asked, rank(asked, [passage("Onions price index.")]), limit=0).found


def test_only_sentences_near_the_best_are_kept() -> None:
    asked = Question(text="alpha beta gamma delta epsilon")
    good = passage("Alpha beta gamma delta epsilon.")
    poor = passage("Alpha beta gamma.", article_id="b", score=0.0)
    assert len(compose(asked, rank(asked, [good, poor]), limit=5).sentences) == 1


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_may_be_asked_of_any_text(question: str, text: str) -> None:
    asked = Question(text=question, names=(text[:20],))
    for ranked in rank(asked, [passage(text)]):
        assert 0 <= ranked.fit <= 1
    assert all(word for word in content_words(text))
