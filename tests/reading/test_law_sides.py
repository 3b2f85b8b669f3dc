"""Who goes to law is not hurt by it, nor who was settled with; a supplier's rating is not its customer's."""

from __future__ import annotations

import pytest

from .reading_of import reading

SIDES = {
    "Nike said it will sue Zorblax over its designs.": {"Nike": 0},
    "Nike was sued over its designs.": {"Nike": -1},
    "The county sued Nike over its designs.": {"Nike": -1},
    "The judge ruled against Qualcomm after the settlement with Microsoft and a delay.": {
        "Qualcomm": -1,
        "Microsoft": 0,
    },
    "Boeing supplier Spirit AeroSystems was downgraded to sell by a broker.": {
        "Boeing": 0,
        "Spirit AeroSystems": -1,
    },
    "Goldman Sachs downgraded Boeing to sell.": {"Boeing": -1},
    "Nike shares gave up their early gains.": {"Nike": -1},
    "Nike raised its legal reserves by $500 million.": {"Nike": -1},
    "Nike raised its forecast by $500 million.": {"Nike": 1},
}


@pytest.mark.parametrize(("text", "expected"), list(SIDES.items()))
def test_news_is_bad_for_whom_it_happens_to(text: str, expected: dict[str, int]) -> None:
    scores = {t.name: t.score or 0.0 for t in reading(text, "A day in the news").tickers}
    told = {name: (score > 0.25) - (score < -0.25) for name, score in scores.items()}
    assert told == expected


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("It is time to buy equities again, strategists said.", 1),
        ("It is time to sell stocks, strategists said.", -1),
        ("The strategists lifted allocations to emerging-market stocks.", 1),
        ("The strategists cut exposure to stocks.", -1),
    ],
)
def test_a_call_on_the_market_tells_how_it_is_meant(text: str, sign: int) -> None:
    score = reading(text, "A note from strategists").sentiment.score or 0.0
    assert (score > 0.1) - (score < -0.1) == sign
