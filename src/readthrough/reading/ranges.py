"""Join "3 to 5 %", "$10bn-$12bn" and "between 5 % and 7 %" into one figure with a high end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Unit
from readthrough.reading.number_words import SCALE_NAMES, SMALL_MONEY
from readthrough.reading.quantity import Quantity, plain

__all__ = ["join_ranges"]

_TRANSITION = lazily(r"\bfrom\s+(?:(?:about|around|a|the|an|just|nearly)\s+)*$")
_SHIFTED = lazily(r"\b(?:up|down|raised|lowered|cut) from\s+(?:(?:about|around|a|the)\s+)*$")
_FROM_ONE = lazily(r"[^.;,:()\d]{0,40}\bfrom (?:an? |the |its |a previous |an earlier )?(?:range of )?")
_TOLERANCE = lazily(r",? ?\(?(?:plus or minus|plus/minus|give or take|\+/-|±) ?(?:about )?")
_DASHES = frozenset("-–—")
_JOIN = lazily(r"\s?(?:-|–|—|\bto\b|\band\b)\s?")
_MOVED = lazily(
    r"\b(?:rose|rise|rises|risen|fell|fall|falls|fallen|grew|grow|grows|up|down|jump\w*|climb\w*|gain\w*|drop\w*|declin\w*|"
    r"slid\w*|slump\w*|surg\w*|increas\w*|decreas\w*|advanc\w*|soar\w*|plung\w*|tumbl\w*|lost|los(?:es|ing)|added|adding|"
    r"shed|shrank|edged|ticked|by|raised|cut|lifted|lowered)\s+(?:\w+ly\s+)?(?:by\s+)?(?:about\s+|nearly\s+|around\s+|just\s+)?$",
)


def join_ranges(text: str, start: int, found: list[Quantity]) -> Iterator[Quantity]:
    """Join "3 to 5 %", "$10bn-$12bn" and "between 5 % and 7 %" into one figure with a high end."""
    index = 0
    last: Quantity | None = None
    while index < len(found):
        low = found[index]
        high = found[index + 1] if index + 1 < len(found) else None
        if last is not None and _TOLERANCE.fullmatch(text[last.end : low.start]):
            index += 1  # "$12.9 billion, plus or minus $100 million": how far it may be off is no figure of its own
            continue
        if high is not None and (
            _is_range(text, start, low, high) or _follows_a_range(text, last, low, high)
        ):
            scale_up = Decimal(1)
            if (not low.own_unit and high.scale in SCALE_NAMES.values()) or (
                low.scale == "" and high.scale and low.value < max(Decimal(1000), _unscaled(high))
            ):
                scale_up = high.value / _unscaled(high)
            last = replace(
                high,
                start=low.start,
                value=plain(low.value * scale_up),
                high=high.value,
                currency=high.currency or low.currency,
                unit=_unit_of(text, low, high),
                bound=low.bound,
            )
            yield last
            index += 2
            continue
        last = low
        yield low
        index += 1


def _follows_a_range(text: str, last: Quantity | None, low: Quantity, high: Quantity) -> bool:
    """Tell "to between 5% and 6% from 6% to 7%": what a range took the place of is a range too."""
    return (
        last is not None
        and last.high is not None
        and text[low.end : high.start].strip() in {"to", "-", "–", "—"}
        and low.unit is high.unit
        and low.value < high.value
        and _FROM_ONE.fullmatch(text[last.end : low.start]) is not None
    )


def _unit_of(text: str, low: Quantity, high: Quantity) -> Unit | None:
    if high.unit is None and text.endswith(("share", "apiece"), high.start, high.end):
        return Unit.MONEY_PER_SHARE
    return low.unit if high.unit is None or (high.unit is Unit.COUNT and low.unit is not None) else high.unit


def _unscaled(quantity: Quantity) -> Decimal:
    if quantity.scale in SMALL_MONEY:
        return quantity.value.scaleb(2)
    exponent = next((e for e, name in SCALE_NAMES.items() if name == quantity.scale), 0)
    return quantity.value.scaleb(-exponent) or Decimal(1)


def _is_range(text: str, start: int, low: Quantity, high: Quantity) -> bool:
    joint = text[low.end : high.start]
    if len(joint) > 5 or not _JOIN.fullmatch(joint) or low.value >= high.value * (10**9):
        return False
    if high.unit is None:  # "€800-900m"
        return low.unit is Unit.MONEY and joint in _DASHES and low.value < high.value
    before = text[max(start, low.start - 40) : low.start]
    word = joint.strip()
    if word == "and":
        return before.rstrip().endswith("between")
    if low.own_unit and high.unit not in {low.unit, Unit.COUNT, Unit.MONEY_PER_SHARE}:
        return False
    if low.own_unit and low.unit is not high.unit and low.unit is not Unit.MONEY:
        return False
    if word == "to" and low.own_unit and _TRANSITION.search(before) and not _SHIFTED.search(before):
        return False
    if low.own_unit and low.unit is high.unit and high.value > 20 * low.value > 0:
        return False  # "put on 11p to 641p"
    if word == "to" and low.own_unit and low.unit is not Unit.PERCENT and _MOVED.search(before):
        return low.value < high.value < 2 * low.value  # "cut by $850m to $900m", not "rose $1bn to $12bn"
    if word == "to" and not low.own_unit and _TRANSITION.search(before):
        return False
    comparable = low.value if low.own_unit else low.value * (high.value / _unscaled(high))
    return comparable < high.value or (low.scale == "" and high.scale != "" and low.value < _unscaled(high))
