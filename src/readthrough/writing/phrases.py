"""How a fact is said inside a sentence: its measure, its way and its figure."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Unit
from readthrough.writing.metrics import is_plain_segment, plain
from readthrough.writing.words import metric_words

__all__ = ["WAYS", "as_called", "as_written", "phrase_of"]

WAYS: Final = {Direction.UP: "up", Direction.DOWN: "down", Direction.FLAT: "flat at"}
_COUNTED: Final = frozenset({"jobs", "users", "subscribers", "stores", "deliveries", "orders", "shipments"})
_RATIOS: Final = lazily(r"margin|rate|share|premium|stake|inflation|yield|tariff|delinquenc|unemployment|gdp")
_OF_GOODS: Final = frozenset({"commodity price", "index"})  # said by the name of the thing: "Bitcoin down 6%"


# what a page calls a measure that is kept under one name: only its own word is said where it has one
_CALLED: Final = (
    (
        "same-store sales",
        ("same-store sales",),
        ("like-for-like sales", "comparable sales", "comparable revenue", "organic sales"),
    ),
    (" users", (" users",), (" passengers", " guests", " players", " members", " viewers", " riders")),
    ("prices ", ("prices ", "price "), ("fares ", "rents ", "rates ")),
)


def as_called(phrase: str, lowered: str) -> str:
    """Say a phrase with the page's word for what it measures.

    >>> as_called("207 million users", "it raised its forecast to 207 million passengers")
    '207 million passengers'
    """
    for kept, own, others in _CALLED:
        if kept in phrase and not any(word in lowered for word in own):
            return next((phrase.replace(kept, word) for word in others if word in lowered), phrase)
    return phrase


def as_written(segment: str, text: str) -> str:
    """Give a segment the capitals that the article gives it inside a sentence."""
    if not segment:
        return segment
    for match in re.finditer(rf"(?<!\w){re.escape(segment)}(?!\w)", text, re.IGNORECASE):
        start = match.start()
        opens = text[:start].rstrip()[-1:] in ("", ".", "!", "?", "“", '"') or text[start - 1 : start] == "\n"
        if not opens or match.group().isupper():
            return match.group()
    return segment


def phrase_of(fact: Fact, figure: str) -> str:
    """Say a figure with what it measures and which way it went: "revenue up 5%", "Bitcoin down 6%"; "" where it cannot be said."""
    segment = plain(fact.segment)
    metric = metric_words(fact.metric, segment) if is_plain_segment(segment) else ""
    if fact.metric in _OF_GOODS and fact.subject and fact.issuer_id is None:
        metric = fact.subject
    if fact.unit is Unit.PERCENT and not fact.is_change and not _RATIOS.search(fact.metric):
        return ""
    if not metric or not figure:
        return ""
    if fact.is_change:
        if not any(c.isdigit() for c in figure):
            return ""
        way = WAYS.get(fact.change, "") if fact.change else ""
        return f"{metric} {way} {figure}" if way else ""
    if fact.unit is Unit.COUNT and fact.metric in _COUNTED and not figure.lower().endswith(fact.metric):
        return f"{figure} {metric}"
    return f"{metric} of {figure}"
