"""The cheap looks that spare a page the long expressions must never spare it one that would match."""

from __future__ import annotations

import pytest

from readthrough.reading import noise
from readthrough.samples import sample_articles

PROMPTS = (
    "please verify that you are human before you go on",
    "enter the letters you see; captcha below",
    "error 1020: access denied",
    "subscribe now to continue reading",
    "you've reached your monthly limit of free articles",
    "start your free trial, cancel anytime, $1 a week",
    "© the wire",
    "all rights reserved. this website uses cookies",
    "results may differ materially from forward-looking statements",
    "it rose on no news at all",
)


@pytest.mark.parametrize("pattern", [noise._BOT, noise._PAY, noise._LEGAL])
def test_a_page_without_the_words_holds_no_match(pattern: object) -> None:
    assert isinstance(pattern, type(noise._BOT))
    texts = [*PROMPTS, *(str(row["body"]).lower() for row in sample_articles())]
    matched = [text for text in texts if pattern.search(text)]
    assert len(matched) >= 3
    assert all(noise._hinted(pattern, text) for text in matched)
    assert not noise._hinted(pattern, "it rose on no news at all")


def test_every_single_word_of_the_trade_is_one_that_is_searched_for() -> None:
    assert all(noise._TOLD.fullmatch(word) for word in noise._TRADE)
