from __future__ import annotations

import pytest

from readthrough.reading.tone_frame import frames_of, negated, turns_of


@pytest.mark.parametrize(
    ("text", "word", "answer"),
    [
        ("it saw no sign of weakness", "weakness", True),
        ("none of the gauges deteriorated", "deteriorated", True),
        ("never been more bullish", "bullish", False),
        ("not only weak but late", "weak", False),
        ("sales were weak", "weak", False),
    ],
)
def test_negation(text: str, word: str, answer: bool) -> None:
    assert negated(text, 0, text.index(word)) is answer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the company denied a report that it would cut its target", "denied"),
        ("it would have had its best half but for a charge", "might have been"),
        ("the bank, which in 2022 pleaded guilty, will buy back stock", "long ago"),
        ("even if copper slipped, it could fund the mine", "concession"),
        ("the watchdog no longer objects to the merger", "no longer"),
        ("volumes slipped, the gentlest decline in nine quarters", "softened"),
    ],
)
def test_frames(text: str, name: str) -> None:
    assert name in {frame.name for frame in frames_of(text, 0, len(text))}


def test_plain_words_have_no_frame() -> None:
    assert frames_of("sales rose on strong demand", 0, 27) == ()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("it yet again failed to disappoint", 1),
        ("it did nothing to ease worries", -1),
        ("the cut was not nearly enough to offset the slide", -1),
        ("the group swung to a profit", 1),
    ],
)
def test_turns(text: str, sign: int) -> None:
    turns = turns_of(text, 0, len(text))
    assert turns
    assert turns[0].value * sign > 0
