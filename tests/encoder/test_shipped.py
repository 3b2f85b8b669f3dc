"""The model that ships: whole, steady, and right on what anybody would read right."""

from __future__ import annotations

from functools import cache

import pytest

from readthrough.domain.ports import SentenceQuestion
from readthrough.domain.taxonomy import PARENTS
from readthrough.encoder.folder import own_folder, read_manifest
from readthrough.encoder.reader import Encoder


@cache
def encoder() -> Encoder:
    return Encoder.load()


def asked(text: str, target: str = "") -> SentenceQuestion:
    start = text.find(target)
    return SentenceQuestion(text=text, targets=((start, start + len(target)),) if target else ())


def test_its_files_are_those_of_its_card() -> None:
    card = (own_folder() / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert encoder().digest in card
    assert list(read_manifest(own_folder()).parents) == sorted(PARENTS)
    assert sum(path.stat().st_size for path in own_folder().iterdir()) < 27_000_000


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Shares of the retailer soared 18% after it raised its outlook", 1),
        ("The bank's quarterly profit plunged and it cut its dividend", -1),
        ("The company will publish its interim report on 9 November", 0),
    ],
)
def test_plain_sentences(text: str, sign: int) -> None:
    (answer,) = encoder().answer([asked(text)])
    sides = {-1: answer.negative, 0: answer.neutral, 1: answer.positive}
    assert max(sides, key=lambda k: sides[k]) == sign


def test_opposite_sides_of_one_sentence() -> None:
    text = "Infosys rose 4% while Wipro fell 3% after the results"
    up, down = encoder().answer([asked(text, "Infosys"), asked(text, "Wipro")])
    assert up.score > 0.1 > -0.1 > down.score


def test_the_same_answer_alone_and_in_company() -> None:
    texts = [f"Company {i} said {'sales rose ' * (i % 9)}in the quarter" for i in range(70)]
    many = Encoder.load(remember=0).answer([asked(t) for t in texts])
    for i in (0, 8, 69):
        alone = Encoder.load(remember=0).answer([asked(texts[i])])[0]
        assert alone.score == pytest.approx(many[i].score, abs=1e-3)
        assert alone.positive == pytest.approx(many[i].positive, abs=1e-3)
        assert list(alone.vector) == pytest.approx(list(many[i].vector), abs=1e-3)


def test_vectors_are_of_length_one_and_near_for_like_texts() -> None:
    one, two, other = (
        a.vector
        for a in encoder().answer(
            [
                asked("Oil prices fell on rising stockpiles"),
                asked("Crude slid as inventories grew"),
                asked("The chef won a prize for her cake"),
            ]
        )
    )

    def likeness(a: object, b: object) -> float:
        return sum(x * y for x, y in zip(a, b, strict=True))  # type: ignore[call-overload]

    assert likeness(one, one) == pytest.approx(1.0, abs=1e-3)
    assert likeness(one, two) > likeness(one, other) + 0.2


def test_a_page_of_no_news_is_told_from_news() -> None:
    news, noise = encoder().answer(
        [
            asked("Siemens won a 400 million euro order from Egypt"),
            asked("We use cookies to personalise content"),
        ]
    )
    assert news.news > 0.8 > 0.3 > noise.news


def test_a_very_long_text_is_read() -> None:
    (answer,) = encoder().answer([asked("The company said it was open for business. " * 400)])
    assert answer.negative + answer.neutral + answer.positive == pytest.approx(1.0, abs=1e-4)
