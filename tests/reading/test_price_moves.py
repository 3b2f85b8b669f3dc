from __future__ import annotations

import pytest

from .reading_of import reading, universe

MOVES = {
    "Nike, which books much of its sales in China, lost 6.3%.": [("NKE", "share price", "down")],
    "Nike, with 30% of revenue from China last year, fell 5%; Intel, 3%.": [
        ("NKE", "share of revenue", "None"),
        ("NKE", "share price", "down"),
        ("INTC", "share price", "down"),
    ],
    "The S&P 500 gave up 1.4% and the Nasdaq Composite 2.2%.": [
        ("", "index", "down"),
        ("", "index", "down"),
    ],
    "Nike: broker doubts the order book. Shares -2.2%.": [("NKE", "share price", "down")],
    "Nike's slump wiped $12 billion off. It shed about $12 billion of market value.": [
        ("NKE", "market value", "down")
    ],
}


@pytest.mark.parametrize(("text", "expected"), MOVES.items())
def test_moves_beside_what_else_is_said(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [
        (_ticker(f.issuer_id), f.metric, str(f.change))
        for f in reading(text).facts
        if f.metric != "unspecified"
    ]
    assert found == expected


def _ticker(issuer_id: object) -> str:
    issuer = universe().issuer(issuer_id) if issuer_id else None  # type: ignore[arg-type]
    return issuer.ticker if issuer else ""


def test_a_good_has_its_price() -> None:
    facts = reading("The metal was changing hands at $10,960 a tonne on Friday.").facts
    assert [(f.metric, str(f.value)) for f in facts] == [("commodity price", "10960")]
