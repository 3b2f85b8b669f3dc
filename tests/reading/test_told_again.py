"""What a sentence leaves out was named by the one before it."""

from __future__ import annotations

import pytest

from .reading_of import reading

TOLD = {
    "One broker has a price target of $2,450 on Nike. The average is $2,155.": ("price target", "2155"),
    "Nike made 7.5 percent of its revenue in shops. More than 50 percent came from online stores.": (
        "share of revenue",
        "50",
    ),
    "Nike's shoe sales were $7.4 billion. Clothes made up $5.9 billion.": ("revenue", "5900000000"),
    "Forecasts have profit growth of 8.3 percent for Nike. For 2031, that figure is 10 percent.": (
        "profit",
        "10",
    ),
    "Nike opened a shop. The average is $2,155.": ("average", "2155"),
}


@pytest.mark.parametrize(("text", "expected"), list(TOLD.items()))
def test_a_figure_without_a_name_is_named_as_those_before_it(text: str, expected: tuple[str, str]) -> None:
    last = reading(text).facts[-1]
    assert (last.metric, str(last.value)) == expected
