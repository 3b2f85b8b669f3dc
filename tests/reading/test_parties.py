from __future__ import annotations

import pytest

from .reading_of import reading


def _scores(text: str) -> dict[str, float]:
    return {t.ticker: t.score or 0.0 for t in reading(text).tickers}


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("Shares of Citigroup, Goldman Sachs and Morgan Stanley fell on Friday.", (), ("C", "GS", "MS")),
        (
            "High-growth stocks such as Tesla, Apple and Amazon.com rallied on Monday.",
            ("TSLA", "AAPL", "AMZN"),
            (),
        ),
        ("Intel tumbled on Thursday, while Nvidia soared.", ("NVDA",), ("INTC",)),
        ("Regulators fined Barclays over its controls.", (), ("BCS",)),
        ("Nvidia is taking market share from Intel.", (), ("INTC",)),
        ("The broker upgraded Boeing and cut its target on Intel.", ("BA",), ("INTC",)),
    ],
)
def test_each_party_gets_its_own(text: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    scores = _scores(text)
    found = {t.split(".", maxsplit=1)[0]: s for t, s in scores.items()}
    assert all(found[t] > 0.1 for t in good), scores
    assert all(found.get(t, found.get("BARC", 0.0)) < -0.1 for t in bad), scores
