from __future__ import annotations

from typing import Any

import pytest

from readthrough.cli.figures import fact_value, number, tone


def fraction(quote: str, figure: str) -> dict[str, Any]:
    start = 100 + quote.index(figure)
    return {
        "unit": "percent",
        "scale": "fraction",
        "quote": quote,
        "span": {"start": 100, "end": 100 + len(quote)},
        "figure": {"start": start, "end": start + len(figure)},
    }


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        ({"value": 7, "unit": "percent", "is_change": True, "change": "up"}, "+7%"),
        ({"value": 38, "unit": "percent", "is_change": False}, "38%"),
        ({"value": 50, "unit": "basis_points", "is_change": True, "change": "down"}, "−50 bp"),
        ({"value": 1.5, "unit": "percentage_points"}, "1.5 pp"),
        ({"value": 2.35, "unit": "money_per_share", "currency": "USD"}, "$2.35 a share"),
        ({"value": 20_000_000_000, "unit": "money", "currency": "JPY", "scale": "billion"}, "¥20 billion"),
        ({"value": 3, "unit": "money", "currency": "SEK", "scale": ""}, "SEK 3"),
        ({"value": -4_000_000, "unit": "money", "currency": "EUR", "scale": "million"}, "€−4 million"),
        ({"value": 12_000, "unit": "count", "counted": "jobs"}, "12,000 jobs"),
        ({"value": 2.5, "unit": "multiple"}, "2.5×"),
        ({"value": 120, "unit": "points", "is_change": True, "change": "down"}, "−120 points"),
        ({"value": None, "unit": "percent"}, "–%"),
        ({"value": 4, "high": 6, "unit": "percent"}, "4–6%"),
        (
            {"value": 10, "unit": "percent", "bound": "more than", "is_change": True, "change": "up"},
            "more than +10%",
        ),
        (
            {"value": 5e9, "unit": "money", "currency": "USD", "scale": "billion", "bound": "about"},
            "about $5 billion",
        ),
        ({"value": 50, "bound": "more than", **fraction("said half of revenue", "half")}, "more than half"),
        ({"value": 33.3, "bound": None, **fraction("A third of its stores", "A third")}, "a third"),
        ({"value": 50, "bound": "more than", **fraction("won a majority of", "a majority")}, "a majority"),
    ],
)
def test_figures_of_every_unit(fact: dict[str, Any], shown: str) -> None:
    assert fact_value(fact) == shown


def test_zero_has_no_sign() -> None:
    assert number(-0.001, 2, plus=True) == "0.00"


def test_tone_of_a_small_score_is_neutral() -> None:
    assert tone(0.09) == tone(None) == tone("neutral")
    assert tone(0.1) != tone(-0.1)
