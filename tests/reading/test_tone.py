from __future__ import annotations

import pytest

from readthrough.reading.tone import tone_of

GOOD = [
    "fuel costs fell",
    "losses narrowed",
    "fears of a strike eased",
    "there was no sign of slowing demand",
    "demand remained strong",
    "the probe was dropped and charges were dismissed",
    "profit came in better than expected",
    "expenses were lower than analysts had forecast",
    "debt was reduced",
]
BAD = [
    "fuel costs rose",
    "losses widened",
    "hopes of a deal faded and optimism waned",
    "sales declined",
    "sales were not strong",
    "profit came in below expectations",
    "provisions were higher than expected",
    "margins narrowed",
    "the company failed to win the contract",
]


@pytest.mark.parametrize("text", GOOD)
def test_good(text: str) -> None:
    tone = tone_of(text, 0, len(text))
    assert tone.good > tone.bad


@pytest.mark.parametrize("text", BAD)
def test_bad(text: str) -> None:
    tone = tone_of(text, 0, len(text))
    assert tone.bad > tone.good


def test_plain_words_have_no_tone() -> None:
    tone = tone_of("the annual meeting takes place on tuesday", 0, 41)
    assert tone.good == tone.bad == 0
