"""What a metric means to a writer: which are results, which may be said, which way they went."""

from __future__ import annotations

from typing import Final

from readthrough.domain.reading import Direction, Fact, Modality, Unit

__all__ = [
    "CORE",
    "LOSSES",
    "MARGINS",
    "PROFITS",
    "SALES",
    "is_move",
    "is_plain_segment",
    "is_sayable",
    "sign_of",
    "signed",
]

PROFITS: Final = frozenset(
    {
        "net income",
        "operating profit",
        "ebitda",
        "eps",
        "profit",
        "net interest income",
        "free cash flow",
        "cash flow",
    }
)
LOSSES: Final = frozenset({"net loss", "operating loss", "loss"})
MARGINS: Final = frozenset({"gross margin", "operating margin", "margin"})
SALES: Final = frozenset(
    "revenue,same-store sales,bookings,orders,deliveries,users,subscribers,shipments,traffic,production,backlog".split(
        ","
    )
)
CORE: Final = PROFITS | LOSSES | MARGINS | SALES
_SAYABLE: Final = CORE | frozenset(
    "capex,dividend,buyback,deal value,premium,stake,fine,settlement,impairment,charge,provisions,delinquencies,deposits,"
    "loans,jobs,stores,market share,prices,investment,funding,offering size,savings,inflation,unemployment rate,payrolls,gdp,"
    "interest rate,bond yield,exchange rate,index,commodity price,tariff,retail sales,house prices,inventory,debt,cash,"
    "price target".split(",")
)
_VERBS: Final = frozenset(
    "never took data showed among so-called generating delivered sold shipped produced added lost built made".split()
)
_NOT_SEGMENT: Final = frozenset(
    "delivered sold shipped produced added lost we they it he she you i our their its his her this that these those fill remain touched about around some any "
    "now thinks believes predicts estimates plans all least most over under nearly almost roughly said expects sees saw would will could may was were is are be been has have had and or but who which".split()
)
_GOOD: Final = {"up": 1, "down": -1}


def is_sayable(metric: str) -> bool:
    """Tell whether a metric is one of the field's words, or somebody's price."""
    price = metric.endswith((" price", " prices")) and metric != "share price"
    return metric in _SAYABLE or metric.startswith("share of ") or price


def is_plain_segment(segment: str) -> bool:
    """Tell whether a segment reads as a noun; a clause caught by mistake does not."""
    words = segment.lower().split()
    return len(words) <= 3 and not _NOT_SEGMENT.intersection(words)


def plain(segment: str) -> str:
    """Give a segment's name, or "" where the text has only a verb there ("delivered 441,300 cars")."""
    return "" if segment.lower() in _VERBS else segment


def is_move(fact: Fact) -> bool:
    return (
        fact.metric == "share price"
        and fact.is_change
        and fact.unit is Unit.PERCENT
        and fact.change in (Direction.UP, Direction.DOWN)
        and fact.modality in (Modality.ACTUAL, Modality.RUMOURED)  # a price is seen, whoever tells the rest
    )


def sign_of(fact: Fact) -> int:
    return _GOOD.get(str(fact.change), 0)


def signed(fact: Fact) -> float:
    return float(fact.value) * (-1 if fact.change is Direction.DOWN else 1)
