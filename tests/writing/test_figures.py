from __future__ import annotations

from decimal import Decimal

import pytest

from readthrough.domain.reading import Unit
from readthrough.writing.figures import find_figures, same_amount


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose 7% to $6.13 billion", ["7", "6130000000"]),
        ("between $5.1 and $5.3 billion", ["5100000000", "5300000000"]),
        ("8 to 10 percent", ["8", "10"]),
        ("grew 38% to $6.13 billion", ["38", "6130000000"]),
        ("Rs 1,20,000 crore", ["1200000000000"]),
        ("67 cents a share", ["0.67"]),
        ("cut by 25 basis points", ["25"]),
        ("the Q4 print of a 737 MAX", ["737"]),
        ("no figure here", []),
    ],
)
def test_figures_are_found_with_their_scale(text: str, values: list[str]) -> None:
    assert [f.value.normalize() for f in find_figures(text)] == [Decimal(v).normalize() for v in values]


@pytest.mark.parametrize(
    ("shown", "value", "unit", "currency", "same"),
    [
        ("$6.13 billion", "6130000000", Unit.MONEY, "USD", True),
        ("$6.1 billion", "6130000000", Unit.MONEY, "USD", True),
        ("$6 billion", "6130000000", Unit.MONEY, "USD", False),
        ("$6.2 billion", "6130000000", Unit.MONEY, "USD", False),
        ("€6.13 billion", "6130000000", Unit.MONEY, "USD", False),
        ("38%", "38", Unit.PERCENT, "", True),
        ("38", "38", Unit.PERCENT, "", False),
        ("38 basis points", "38", Unit.PERCENT, "", False),
        ("15,000", "15000", Unit.COUNT, "", True),
    ],
)
def test_an_amount_is_the_same_as_written_or_honestly_rounded(
    shown: str, value: str, unit: Unit, currency: str, same: bool
) -> None:
    figure = find_figures(shown)[0]
    assert same_amount(figure, Decimal(value), unit, currency) is same
