"""Figures that are no news of their own: what a figure was before, and what had been expected of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact
from readthrough.reading.bound import RATES
from readthrough.reading.comparisons import compared, join_expected, join_previous
from readthrough.reading.fact_scene import Scene
from readthrough.reading.numbers import Quantity

__all__ = ["joined"]


def joined(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Attach a figure to the fact of the sentence, or of those before, that it only compares with.

    Args:
        facts: Found so far; changed where it joins one.
        first: The first of the sentence.
        scene: The sentence.
        quantity: The figure.
    """
    return (
        _month_before(facts, first, scene, quantity)
        or join_previous(facts, first, scene, quantity)
        or join_expected(facts, first, scene, quantity)
    )


def _month_before(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Read "rising 0.4% after a 0.2% gain in July": the figure of the month before."""
    last = facts[-1] if len(facts) > first else None
    if last is None or last.metric not in _MONTHLY or quantity.unit not in RATES or last.previous is not None:
        return False
    span = scene.sentence.span
    after = _AFTER_A.search(scene.lowered, max(span.start, quantity.start - 24), quantity.start)
    month = _IN_MONTH.match(scene.lowered, quantity.end, span.end)
    if after is None or month is None:
        return False
    period = "" if last.period and last.period.lower() in month.group() else last.period
    facts[-1] = replace(compared(last, quantity), period=period)
    return True


_MONTHLY: Final = frozenset(
    {"inflation", "retail sales", "payrolls", "production", "gdp", "house prices", "prices"}
)
_AFTER_A: Final = lazily(
    r"\bafter (?:(?:a|an|rising|gaining|climbing|increasing|falling|declining|dropping|by|revised|unrevised|upwardly|downwardly)\s)*$"
)
_IN_MONTH: Final = lazily(
    r"\s(?:gain |rise |increase |advance |fall |drop |decline |reading )?(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"the (?:previous|prior) month|a month earlier|the month before)\b"
)
