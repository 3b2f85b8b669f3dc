"""Whose figure it is: an owner beside the metric, else the subject of the sentence."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.security import IssuerId
from readthrough.reading.bound import Binding
from readthrough.reading.fact_scene import Scene
from readthrough.reading.numbers import Quantity

__all__ = ["macro_subject", "owner_of"]

_NO_SUBJECT: Final = frozenset(
    "inflation,unemployment rate,payrolls,gdp,interest rate,bond yield,index,oil price,gold price,commodity price,"
    "exchange rate,retail sales,house prices,tariff".split(",")
)

_MOVE_FOR: Final = re.compile(
    r"\s(?:gain|loss|rise|fall|drop|decline|increase|slide|jump)\s(?:for|in|by|at)\s(?:the\s|rival\s)?"
)

# a sentence without a name goes on about the last subject only when its words say so, or name a result
_REFERS: Final = re.compile(
    r"[\"“'‘]?(?:the (?:company|group|firm|bank|retailer|carmaker|automaker|airline|chipmaker|drugmaker|maker|chain|lender|insurer|miner|stock|shares|results|"
    r"quarter|board|unit|division|business|\w+-based|\w+ (?:maker|giant|group|company|firm|bank|retailer|chain|operator|producer|unit))|its|it|they|their|he|she|management|shares|stock|net|gross|operating|"
    r"adjusted|revenue|sales|profit|earnings|total|comparable|same-store|capital|free|cash|analysts|for (?:the|fiscal)|in the (?:first|second|third|fourth|quarter)|diluted|deliveries|orders|bookings|subscribers|"
    r"excluding|full-year|quarterly|first|second|third|fourth|digital|advertising|cloud|services|losses|loss|income|margins?|inventory|costs?|expenses|provisions|this|that|those|these|a )\b"
)


def owner_of(scene: Scene, binding: Binding, quantity: Quantity) -> IssuerId | None:
    """Choose whose figure it is: an owner beside the metric, else the sentence's subject."""
    if binding.metric in _NO_SUBJECT:
        return None
    named = [m for m in scene.mentions if m.span.start <= max(binding.at, quantity.start)]
    if own := next((m for m in named if m.span.start == binding.at), None):
        return own.issuer_id
    for mention in reversed(named):
        gap = scene.lowered[mention.span.end : max(binding.at, mention.span.end)]
        if (
            mention.span.end <= binding.at
            and len(gap) < 40
            and not re.search(r";|\.\s|\b(?:after|from|against|with|by|over)\b", gap)
        ):
            return mention.issuer_id
        break
    after = next((m for m in scene.mentions if m.span.start >= quantity.end), None)
    if after is not None and _MOVE_FOR.fullmatch(scene.lowered[quantity.end : after.span.start]):
        return after.issuer_id
    tail = next((m for m in scene.mentions if m.span.start >= binding.at), None)
    if tail is not None and re.fullmatch(
        r"\s*(?:shares?|stock|profit|revenue|sales|earnings|net income|stake|units?|\s|price|target)*(?:\s*(?:of|in|at|for|on)\s+(?:the\s+)?)",
        scene.lowered[binding.at : tail.span.start],
    ):
        return tail.issuer_id
    if binding.metric == "unspecified" and not scene.mentions:
        return scene.subject if _REFERS.match(scene.lowered, scene.sentence.span.start) else None
    if not named and _REFERS.match(scene.lowered, scene.sentence.span.start):
        return scene.before
    return scene.subject


def macro_subject(scene: Scene, binding: Binding) -> str:
    if binding.metric in {"index", "oil price", "gold price", "commodity price", "exchange rate"}:
        metric = next((m for m in scene.metrics if m.start == binding.at), None)
        if metric is not None:
            return scene.article.text[metric.start : metric.end]
    return ""
