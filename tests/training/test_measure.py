"""Measures, against what can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from readthrough.domain.ports import SentenceAnswer, SentenceQuestion
from readthrough.training.calibrate import temperature, vector_map
from readthrough.training.examples import Example
from readthrough.training.measure import expected_error, measure_classes, overlap
from readthrough.training.together import scores
from readthrough.universe import load_universe


class Always:
    digest = "always"

    def answer(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        return [SentenceAnswer(negative=0.1, neutral=0.2, positive=0.7, score=0.5) for _ in questions]


def test_accuracy_f1_and_error_of_one_that_always_says_the_same() -> None:
    rows = [Example(text="a", source="s", shares=(0.0, 0.0, 1.0))] * 3
    rows += [Example(text="b", source="s", shares=(1.0, 0.0, 0.0))]
    found = {f.name: f.value for f in measure_classes(Always(), "s", rows)}
    assert found["accuracy"] == 0.75
    assert found["macro F1"] == pytest.approx((0.0 + 1.0 + 6 / 7) / 3)
    assert found["expected error of confidence"] == pytest.approx(0.05)


def test_confidence_that_is_right_has_no_error() -> None:
    sure = np.array([[0.0, 0.0, 1.0]] * 4)
    assert expected_error(sure, np.array([2, 2, 2, 2])) == 0.0
    assert expected_error(sure, np.array([2, 2, 0, 0])) == 0.5


def test_temperature_cools_what_is_too_sure_and_the_map_undoes_a_turn() -> None:
    draw = np.random.default_rng(0)
    logits = draw.normal(size=(4000, 3)) * 1.5
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    wanted = [int(draw.choice(3, p=row)) for row in shares]
    assert temperature(logits * 2, wanted) == pytest.approx(2.0, abs=0.2)
    first = draw.normal(size=(400, 8))
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    turned = first @ np.linalg.qr(draw.normal(size=(8, 8)))[0]
    back = turned @ vector_map(turned, first)
    back /= np.linalg.norm(back, axis=1, keepdims=True)
    assert overlap(back.astype(np.float32), first.astype(np.float32)) > 0.85


def test_overlap_of_the_same_is_one() -> None:
    some = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
    assert overlap(some, some) == 1.0


UNIVERSE = load_universe()


def test_a_marked_company_nobody_knows_is_read_as_if_it_were_linked() -> None:
    text = "Siemens profit rose 40% while Blorvex warned that its loss would widen"
    places = [(0, 7), (text.index("Blorvex"), text.index("Blorvex") + 7)]
    rows = [Example(text=text, source="s", spans=(place,)) for place in places]
    good, bad = scores(rows, UNIVERSE, None)
    assert good > 0 > bad


def test_the_model_speaks_of_a_marked_company_of_which_the_rules_say_nothing() -> None:
    row = Example(text="Blorvex holds its annual meeting", source="s", spans=((0, 7),))
    assert scores([row], UNIVERSE, None)[0] == 0
    assert scores([row], UNIVERSE, Always())[0] > 0
