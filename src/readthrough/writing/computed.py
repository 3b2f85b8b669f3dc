"""Figures worked out from facts: the gap to what was expected, to what stood before, a deal's spread, and the part of a debt that a sale repays.

The writer shows them and the grounding check works them out again from the facts a sentence cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from readthrough.domain.reading import Direction, Fact, Modality, Unit
from readthrough.writing.metrics import CORE, LOSSES, is_move

__all__ = [
    "PROCEEDS",
    "Computed",
    "beside_bid",
    "computed_of",
    "held_against",
    "retired_by",
    "sale_and_debt",
    "shown",
    "spread_of",
    "times_sales",
    "to_expected",
    "to_previous",
]

PROCEEDS: Final = frozenset({"deal value", "stake", "proceeds"})
"""What a company is paid for a part of itself."""
_LEVELS: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE, Unit.COUNT})
_LEAST, _MOST = Decimal("0.1"), Decimal(100)  # percent; beyond it one of the two amounts is another thing's
_MOST_OF_A_SUM: Final = Decimal(40)
_FEWEST_TIMES, _MOST_TIMES = Decimal("0.2"), Decimal(60)  # beyond them the sales are another company's
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A percentage worked out from one or two facts; `percent` is signed. `kind`: expected, previous, spread, retired, bid or times (a multiple)."""

    percent: Decimal
    kind: str
    facts: tuple[Fact, ...]


def to_expected(fact: Fact) -> Computed | None:
    """Work out how far a reported figure stands from what was expected, in percent of what was expected."""
    computed = _gap(fact, fact.expected, "expected")
    if computed is not None and fact.unit is Unit.MONEY and abs(computed.percent) > _MOST_OF_A_SUM:
        return None  # one of the two is told in another currency
    wanted = {"beat": 1, "miss": -1}.get(fact.vs_expectation, 0)
    return computed if computed is not None and computed.percent * wanted > 0 else None


def to_previous(fact: Fact) -> Computed | None:
    """Work out how far an outlook stands from the one before it, in percent of the former."""
    if fact.modality is not Modality.PLANNED:
        return None
    computed = _gap(fact, fact.previous, "previous")
    signs = {Direction.UP: 1, Direction.DOWN: -1}
    sign = signs.get(fact.change, 0) if fact.change is not None else 0
    return computed if computed is not None and computed.percent * sign > 0 else None


def spread_of(premium: Fact | None, move: Fact | None) -> Computed | None:
    """Work out what a target's price leaves to earn: the offer over the price after the day's move, in percent.

    Both facts are percentages over the price before the offer: (1 + premium) / (1 + move) - 1, or how far a higher price stands above the offer.
    """
    if premium is None or move is None or premium.metric != "premium" or not is_move(move):
        return None
    if premium.unit is not Unit.PERCENT:
        return None
    after = _HUNDRED + (move.value if move.change is Direction.UP else -move.value)
    offer = _HUNDRED + premium.value
    # a price above the offer is measured against the offer, and negative
    percent = (offer / after - 1 if offer >= after else 1 - after / offer) * _HUNDRED
    if not Decimal(-20) < percent < Decimal(40):
        return None
    return Computed(percent=percent, kind="spread", facts=(premium, move))


def beside_bid(offer: Fact | None, price: Fact | None) -> Computed | None:
    """Work out how far the price of a target's share stands from what is bid for it, in percent of the bid."""
    if offer is None or price is None or offer.id == price.id:
        return None
    levels = all(f.metric == "share price" and not f.is_change and f.unit in _LEVELS for f in (offer, price))
    if (
        not levels
        or offer.currency != price.currency
        or offer.issuer_id != price.issuer_id
        or offer.value <= 0
    ):
        return None
    percent = (price.value / offer.value - 1) * _HUNDRED
    if not _LEAST <= abs(percent) <= _MOST_OF_A_SUM:
        return None
    return Computed(percent=percent, kind="bid", facts=(offer, price))


def times_sales(price: Fact | None, sales: Fact | None) -> Computed | None:
    """Work out how many years of its sales a bought business costs; `percent` holds the multiple."""
    if price is None or sales is None or price.metric != "deal value" or sales.metric != "revenue":
        return None
    if (
        sales.is_change
        or price.currency != sales.currency
        or price.unit is not Unit.MONEY
        or sales.value <= 0
    ):
        return None
    times = price.value / sales.value
    if not _FEWEST_TIMES <= times <= _MOST_TIMES:
        return None
    return Computed(percent=times, kind="times", facts=(price, sales))


def retired_by(proceeds: Fact | None, debt: Fact | None) -> Computed | None:
    """Work out what part of a debt the money from a sale would repay, in percent of the debt."""
    if proceeds is None or debt is None or proceeds.metric not in PROCEEDS or debt.metric != "debt":
        return None
    if proceeds.unit is not Unit.MONEY or debt.unit is not Unit.MONEY or proceeds.currency != debt.currency:
        return None
    if debt.value <= 0 or not 0 < proceeds.value <= debt.value:
        return None
    return Computed(percent=proceeds.value / debt.value * _HUNDRED, kind="retired", facts=(debt, proceeds))


def sale_and_debt(facts: Iterable[Fact], issuer_id: str | None) -> tuple[Fact | None, Fact | None]:
    """Return the money that a sale brings and the seller's debt beside it, the first that the page tells of each."""
    sums = [f for f in facts if not f.background and f.unit is Unit.MONEY]
    sales = (f for f in sums if f.metric in PROCEEDS)
    debts = (f for f in sums if f.metric == "debt" and f.issuer_id == issuer_id)
    return min(sales, key=_place, default=None), min(debts, key=_place, default=None)


def computed_of(facts: Iterable[Fact]) -> Iterator[Computed]:
    """Yield everything that can be worked out from the facts a sentence cites."""
    cited = tuple(facts)
    for fact in cited:
        yield from (c for c in (to_expected(fact), to_previous(fact)) if c is not None)
    for debt in (f for f in cited if f.metric == "debt"):
        yield from (c for c in (retired_by(sale, debt) for sale in cited) if c is not None)
    levels = [f for f in cited if f.metric == "share price" and not f.is_change]
    yield from (c for o in levels for c in (beside_bid(o, price) for price in levels) if c is not None)
    for bought in (f for f in cited if f.metric == "deal value"):
        yield from (c for c in (times_sales(bought, sales) for sales in cited) if c is not None)
    for premium in (f for f in cited if f.metric == "premium"):
        yield from (c for c in (spread_of(premium, move) for move in cited) if c is not None)


def shown(computed: Computed) -> str:
    """Write the size of a computed percentage: one decimal below ten, none above.

    >>> shown(Computed(percent=Decimal("-3.676"), kind="expected", facts=()))
    '3.7%'
    """
    size = abs(computed.percent)
    if computed.kind == "times":
        return f"{size.quantize(Decimal('0.1')):f} times"
    return f"{size.quantize(Decimal('0.1') if size < 10 else Decimal(1)):f}%"


def _place(fact: Fact) -> tuple[int, int]:
    return fact.sentence, fact.figure.start


def _gap(fact: Fact, base: Decimal | None, kind: str) -> Computed | None:
    fits = fact.unit in _LEVELS and not fact.is_change and fact.high is None
    if not fits or fact.metric not in CORE - LOSSES or base is None or base <= 0 or fact.value <= 0:
        return None
    percent = (fact.value / base - 1) * _HUNDRED
    if not _LEAST <= abs(percent) <= _MOST:
        return None
    return Computed(percent=percent, kind=kind, facts=(fact,))


def held_against(computed: Computed | None) -> str:
    """Say on which side of what a figure stands: "3.7% below estimates"; nothing where nothing was computed."""
    if computed is None:
        return ""
    side = "above" if computed.percent > 0 else "below"
    return f"{shown(computed)} {side} {'estimates' if computed.kind == 'expected' else 'the former outlook'}"
