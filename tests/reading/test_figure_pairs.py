from __future__ import annotations

import pytest

from readthrough.domain.article import Span
from readthrough.reading.figure_pairs import set_against


def _spans(text: str) -> list[Span]:
    at = text.find(". ")
    return [Span(0, len(text))] if at < 0 else [Span(0, at + 1), Span(at + 2, len(text))]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("loss per share 8 cents; ibes view loss of 13 cents", 1),
        ("q1 organic revenue -3%; company-compiled consensus +2%", -1),
        ("it delivered 384,122 vehicles in the quarter. the mean estimate was 394,378", -1),
        ("it dispatched 180,077 cars in may. in may of last year the number was 174,551", 1),
        ("operating shortfall of 60 billion yen, against the 275 billion yen it had pencilled in", 1),
        ("it lost 8 cents a share in the quarter. a year ago it lost 45 cents", 1),
    ],
)
def test_figures_set_against_each_other(text: str, sign: int) -> None:
    pair = set_against(text, _spans(text))
    assert pair is not None
    assert pair.value * sign > 0


@pytest.mark.parametrize(
    "text",
    [
        "revenue was $6.1 billion in the quarter",
        "it employs 12,000 people and was founded in 1998",
        "profit of 5 million euros, against 1,000 billion somewhere else",
        "the room has 20 seats, against 30 before",
    ],
)
def test_what_does_not_compare(text: str) -> None:
    assert set_against(text, _spans(text)) is None
