"""When a good grows dearer or cheaper, those who live on selling or on buying it are named."""

from __future__ import annotations

import pytest
from tests.writing.conftest import Tell

from readthrough.universe import Universe
from readthrough.writing.exposures import SLOTS


@pytest.mark.parametrize(
    ("headline", "body", "up", "down"),
    [
        (
            "Copper sets record above $14,000",
            "Copper futures rose 3.2% to a record $14,010 a tonne on Monday after workers at a mine in Chile walked out.",
            {"FCX", "SCCO"},
            set(),
        ),
        (
            "Oil tumbles 6% as stocks rise",
            "Brent crude fell 6.1% to $61.20 a barrel on Monday after U.S. stocks of crude rose.",
            {"DAL", "UAL"},
            {"XOM", "CVX"},
        ),
        (
            "Oil jumps after attack on tanker",
            "Brent crude rose 5.4% to $88.10 a barrel on Monday after an attack on a tanker.",
            {"XOM", "CVX"},
            {"DAL", "UAL"},
        ),
        (
            "Gold falls as dollar firms",
            "Spot gold fell 2.1% to $3,950 an ounce on Friday as the dollar firmed.",
            set(),
            {"NEM"},
        ),
    ],
)  # fmt: skip
def test_sellers_and_buyers_are_named_with_their_sign(
    tell: Tell, headline: str, body: str, up: set[str], down: set[str]
) -> None:
    note = tell(headline, body)
    ways = {ticker: way for c in note.analysis if c.kind == "read_through" for ticker, way in c.tickers}
    assert {t for t, way in ways.items() if way == "positive"} >= up
    assert {t for t, way in ways.items() if way == "negative"} >= down
    assert not note.withheld


def test_each_slot_of_a_good_has_somebody_to_name(universe: Universe) -> None:
    for slot in SLOTS:
        side, _, good = slot.partition("_of_")
        driver = good.replace("_", " ")
        assert driver in universe.graph.drivers, slot
        sign = 1 if side == "sellers" else -1
        felt = [s for s in universe.graph.exposed(driver) if s.sign == sign]
        assert felt, slot
