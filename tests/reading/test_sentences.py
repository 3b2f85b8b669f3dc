from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.article import Span
from readthrough.reading.sentences import split_sentences, words_of

from .small_universe import article_of


def sentences(body: str, headline: str = "") -> list[str]:
    article = article_of(headline, body)
    return [s.span.of(article.text) for s in split_sentences(article)]


@pytest.mark.parametrize(
    "whole",
    [
        "Apple Inc. said on Monday it would buy Acme Corp. for $3.5 billion.",
        "The U.S. economy grew 3.2% in the U.K. and 1.1% elsewhere.",
        "J.P. Morgan analyst A. B. Smith cut his target to $4.50 from $5.",
        "Mr. Wu and Dr. Li met Gov. Brown at 9 a.m. on Jan. 3.",
        "He sold Boeing Co. Chairman Smith a plane on the day that Boeing Co. Tuesday said it would.",
        "It bought Google Inc. Nexus phones and the Apple Inc. Watch brand.",
        "Yahoo! shares rose; vs. a year ago they doubled.",
        "Berkshire (BRK.B) bought St. Jude Medical, i.e. a maker of valves.",
        "“We will grow,” he said.",
        "Sales rose 7.5 percent to Rs. 300 crore, the No. 1 result in years.",
    ],
)
def test_one_sentence_stays_whole(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["Sales fell.", "Costs rose."],
        ["It bought Acme Inc.", "The price was not given."],
        ["It has a venture with Acme Corp.", "Tobacco company Bolt Inc. is no part of it."],
        ["He left the U.S.", "She stayed."],
        ["“It is over.”", "Nobody spoke."],
        ["Is it over?", "No!", "Perhaps…"],
        ["The rate is 3.5.", "In May it was 4."],
        ["Profit was $5 million (see note).", "Sales were flat."],
    ],
)
def test_sentences_part(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_headline_and_paragraphs_never_join() -> None:
    assert sentences("First line without stop\n\nSecond one", "The headline") == [
        "The headline", "First line without stop", "Second one",
    ]  # fmt: skip


def test_a_hard_wrapped_line_joins_the_next() -> None:
    text = "The company, which makes engines and other parts for\naircraft, said on Monday it would close a plant."
    assert sentences(text) == [text]


def test_bullets_part() -> None:
    assert sentences("- revenue up 3%\n- profit down 4%\n* outlook kept") == [
        "- revenue up 3%", "- profit down 4%", "* outlook kept",
    ]  # fmt: skip


def test_headline_is_marked_and_background_is_seen() -> None:
    article = article_of("Acme was founded in 1980", "Acme was founded in 1980. Acme cut jobs on Monday.")
    marks = [(s.headline, s.background) for s in split_sentences(article)]
    assert marks == [(True, False), (False, True), (False, False)]


def test_nothing_gives_nothing() -> None:
    assert sentences("") == []
    assert sentences(" \n\n \t ", "   ") == []


@given(st.text(max_size=300), st.text(max_size=60))
def test_sentences_are_in_order_and_lose_no_letter(body: str, headline: str) -> None:
    article = article_of(headline, body)
    spans = [s.span for s in split_sentences(article)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join("".join(s.of(article.text).split()) for s in spans)
    assert kept == "".join(article.text.split())


@given(st.text(max_size=200))
def test_words_point_at_themselves(text: str) -> None:
    for word in words_of(text, Span(0, len(text))):
        assert text[word.start : word.end] == word.text


@pytest.mark.parametrize(
    "piece", ["a", "a. ", "A.", "...", "Inc. ", "\n", "- ", "( ", "1.", '."', "U.S. The "]
)
def test_a_megabyte_is_linear(piece: str) -> None:
    begun = time.process_time()
    sentences(piece * (1_000_000 // len(piece)))
    assert time.process_time() - begun < 12
