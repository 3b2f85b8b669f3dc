"""How sure a figure is by the words around it."""

from __future__ import annotations

import pytest

from .reading_of import reading

SURE = {
    "Nike said it’ll cut its workforce by 7 percent.": "planned",
    "Nike said it cut its workforce by 7 percent.": "actual",
    "In a survey of fund managers, 25 percent expect a slump.": "actual",
    "Nike's target suggests it could rise 34% from the current price of $20.": "conditional actual",
    "Nike may inch back after 2018’s staggering 57 percent plunge.": "actual",
    "Nike recently got as much as $25 million in state funding to open a plant.": "actual",
    "Nike will get as much as $25 million in state funding to open a plant.": "planned",
    "First-quarter revenue estimate $2.20 billion.": "planned",
    "First-quarter revenue $2.20 billion.": "actual",
    "The broker cut its earnings per share estimate by $1.30 to $12.34.": "planned planned",
}


@pytest.mark.parametrize(("text", "expected"), list(SURE.items()))
def test_a_figure_is_as_sure_as_its_words(text: str, expected: str) -> None:
    told = [str(f.modality) for f in reading(text).facts]
    assert " ".join(told) == expected
