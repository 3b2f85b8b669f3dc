"""Composed text says what its labels say, the same for the same seed."""

from __future__ import annotations

import re

from readthrough.domain.taxonomy import PARENTS
from readthrough.training.compose import SIDES, Composer, patterns
from readthrough.training.examples import Example
from readthrough.training.quantities import quantity_examples
from readthrough.training.slots import SLOTS
from readthrough.training.synthesis import composed

NAMES = ["Acme", "Globex Steel", "Initech"]


def some(seed: int = 1) -> list[Example]:
    return composed(NAMES, seed=seed, events=2, registers=2, joined=20, quantities=60, noise=1)


def test_the_same_seed_composes_the_same() -> None:
    assert some() == some()
    assert some(2) != some()


def test_every_parent_has_patterns_and_no_other() -> None:
    assert {p.heading for p in patterns("events")} == set(PARENTS)


def test_every_slot_of_every_pattern_can_be_filled() -> None:
    for name in ("events", "registers", "noise"):
        for pattern in patterns(name):
            for slot, kind in re.findall(r"\{(\w+)(?::(\w+))?\}", pattern.words):
                assert kind in SLOTS or slot in {"A", "B"} or slot in SLOTS, pattern
            assert pattern.words.count("[") == pattern.words.count("]"), pattern
            assert set(pattern.sides.values()) <= set(SIDES.values())


def test_marks_stand_on_names_and_nothing_is_left_unfilled() -> None:
    for example in some():
        assert not re.search(r"[{}\[\]]", example.text), example.text
        for start, end in example.spans:
            assert example.text[start:end].strip() == example.text[start:end] != ""
        assert example.shares is None or abs(sum(example.shares) - 1.0) < 1e-9
        assert example.score is None or -1.0 <= example.score <= 1.0


def test_noise_is_no_news_and_tells_no_event() -> None:
    noise = [e for e in some() if e.source == "composed noise"]
    assert noise
    assert all(e.news is False and e.parents == frozenset() for e in noise)


def test_more_of_what_is_good_is_good_and_of_what_is_bad_bad() -> None:
    composer = Composer(3, NAMES)
    for example in quantity_examples(composer, 400):
        text, score = example.text.lower(), example.score or 0.0
        found = re.search(r"(net profit|revenue|operating profit) (rose|fell) ", text)
        if found and " but " not in text:
            assert score * (1 if found[2] == "rose" else -1) > 0, example
        found = re.search(r"(fuel costs|net debt|net loss|operating loss) (rose|fell) ", text)
        if found and " but " not in text:
            assert score * (-1 if found[2] == "rose" else 1) > 0, example
