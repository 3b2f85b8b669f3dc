"""Each kind of cue is necessary for its pattern: what the pattern finds, the cues announce."""

from __future__ import annotations

import re

import pytest

from readthrough.reading import cues, qualifiers
from readthrough.reading.cues import cues_of

_DENIED = (
    "it denied that", "no plan to", "ruled out", "rejected reports", "dismissed speculation", "that is not true", "untrue",
    "a false report", "is not planning it",
)  # fmt: skip
_RUMOURED = (
    "people familiar with it", "a source said", "reportedly", "rumoured", "in advanced talks", "is weighing a bid",
    "it mulls a bid", "could be valued at", "according to media reports", "speculation",
)  # fmt: skip
_CONDITIONAL = ("it could", "it may rise", "subject to", "in the event", "should the bid fail", "unless")
_PLANNED = (
    "it expects", "is due to", "guidance", "sees full", "targets", "hoping to", "on course to", "is to be", "annual budget",
    "supposed to", "promised savings", "should reach", "plans to", "won't", "would build", "pledged", "proposes", "to lay off",
    "on track", "by the end of fiscal 2027", "next decade", "over the next", "within two years", "in the coming", "ambition",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "pattern", "said"),
    [
        *((cues.DENIED, qualifiers._DENIED, s) for s in _DENIED),
        *((cues.RUMOURED, qualifiers._RUMOURED, s) for s in _RUMOURED),
        *((cues.CONDITIONAL, qualifiers._CONDITIONAL, s) for s in _CONDITIONAL),
        *((cues.PLANNED, qualifiers._PLANNED, s) for s in _PLANNED),
    ],
)
def test_what_a_pattern_finds_its_cues_announce(kind: int, pattern: re.Pattern[str], said: str) -> None:
    assert pattern.search(said), said
    assert cues_of(said, 0, len(said)) & kind, said


@pytest.mark.parametrize(
    "said",
    [
        "q2 2025", "q32024", "fiscal second quarter of 2025", "the first half", "h1 2025", "six months ended", "fiscal2025",
        "fy24", "fy2024-25", "full-year 2025", "annual revenue", "pre-market", "before the bell", "ahead of the open",
        "after-hours", "after the close", "extended trading", "late trading", "this fiscal year", "next quarter",
        "the current year", "year-to-date", "so far this year", "in march 2025", "during 2024",
    ],
)  # fmt: skip
def test_every_period_is_found_where_a_word_can_open_it(said: str) -> None:
    sentence = f"sales rose 3% {said}, it said"
    told = [m.group() for m in qualifiers._PERIOD.finditer(sentence)]
    assert told
    assert [m.group() for m in qualifiers._periods(sentence, 0, len(sentence))] == told


@pytest.mark.parametrize(
    "said",
    [
        "beat expectations", "topped wall street estimates", "well above forecasts", "better-than-expected", "narrower than feared",
        "missed forecasts", "fell short of estimates", "came in below consensus", "weaker than analysts had expected",
        "in line with estimates", "broadly as expected", "matched forecasts", "disappointed analysts", "higher than the street's targets",
    ],
)  # fmt: skip
def test_every_verdict_is_found_where_a_word_can_open_it(said: str) -> None:
    sentence = f"profit {said}, it said"
    told = [m.group() for m in qualifiers.EXPECTATION.finditer(sentence)]
    assert told
    assert [m.group() for m in qualifiers.expectations(sentence, 0, len(sentence))] == told
