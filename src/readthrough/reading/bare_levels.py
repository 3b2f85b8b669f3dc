"""Levels written as a number alone: an index at 3,063, a currency at 109.13 per dollar, a gauge that rose to 62 from 58.

A bare number is read only where such a thing stands ahead of it in its sentence, so that years, ages and counts of
other things stay out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Unit
from readthrough.reading.bound import Binding
from readthrough.reading.lexicon import words_in
from readthrough.reading.metrics import Metric, move_direction, moves_between
from readthrough.reading.numbers import Quantity

__all__ = ["LEVEL", "level_binding", "with_levels"]

LEVEL: Final = "level"
"""`Quantity.scale` of a bare level."""

_GATES: Final = frozenset(
    "index indexes gauge gauges pmi dollar greenback currency currencies peso yen euro pound sterling rand krona krone rouble ruble baht ringgit rupiah "
    "shekel zloty forint lira yuan rupee won franc real nikkei ftse dax cac sensex nifty kospi topix hang nasdaq dow s&p s stoxx csi asx".split()
)
_NUMBER: Final = lazily(
    r"(?P<lead>\b(?:to|at|around|near|below|above|about|roughly|nearly|of|from|was|is|stood at|reached|hit|topped|touched|targeting|record|level of|mark of)\s)"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{1,5})"
    r"(?=\s(?:in|on|from|per|as|by|after|to|at|for|against|and|while|before|but|since|with|versus|last|this|early|late|yen|yuan|rupees|pesos|roubles|rubles|won|mark|level|points?)\b|[,;)]|\.(?!\d)|$)"
)
_YEAR: Final = lazily(r"(?:19|20)\d\d")
_GAUGE: Final = lazily(
    r"\b(?:(?P<named>(?:[\w-]+\s){0,3}?)(?:index|gauge|pmi|barometer|reading)|(?P<rate>(?:the |\b[\w-]+['’]s )?(?:yen|euro|pound|sterling|rand|krona|krone|rouble|ruble|baht|ringgit|rupiah|shekel|"
    r"zloty|forint|lira|yuan|rupee|franc|peso|currency|(?:\w+ )?dollar)|the (?:won|real)))\b"
)
_PRICED: Final = frozenset({"index", "exchange rate"})
_NAMED: Final = frozenset(
    {"purchasing managers index", "consumer confidence", "business confidence", "confidence"} | _PRICED
)
_SKIPPED: Final = frozenset("the a an its their this that and key benchmark of for in".split())


def with_levels(
    text: str, start: int, end: int, found: Sequence[Quantity], metrics: Sequence[Metric] = ()
) -> tuple[Quantity, ...]:
    """Add to the quantities of a sentence (start..end of a lower-cased text) the bare numbers that may be levels.

    >>> [str(q.value) for q in with_levels("the yen was at 109.13 per dollar", 0, 32, ())]
    ['109.13']
    """
    priced = next((m.end for m in metrics if m.name in _PRICED), end)
    if priced == end and _GATES.isdisjoint(words_in(text, start, end)):
        return tuple(found)
    if any(q.unit is Unit.COUNT and not q.counted and q.start > priced for q in found):
        found = [
            replace(q, scale=LEVEL)
            if q.unit is Unit.COUNT and not q.counted and not q.scale and q.start > priced and q.high is None
            else q
            for q in found
        ]
    added: list[Quantity] = []
    for match in _NUMBER.finditer(text, start, end):
        left, right = match.span("figure")
        written = match["figure"]
        if any(left < q.end and q.start < right for q in found) or _YEAR.fullmatch(written):
            continue
        if left < priced and not _gauged(text, start, left):
            continue
        value = Decimal(written.replace(",", ""))
        added.append(Quantity(start=left, end=right, value=value, unit=Unit.COUNT, scale=LEVEL))
    if not added:
        return tuple(found)
    return tuple(sorted((*found, *added), key=lambda q: q.start))


_SOMEBODY: Final = lazily(r"\b(?:he|she|they|his|her|who|people|age|aged)\b")


def _gauged(text: str, start: int, at: int) -> bool:
    """Tell whether a gauge stands ahead of a number, and nobody between them whose age or count it may be."""
    last = _last_gauge(text, start, at)
    return last is not None and _SOMEBODY.search(text, last.end(), at) is None


def _last_gauge(text: str, start: int, at: int) -> re.Match[str] | None:
    return max(_GAUGE.finditer(text, start, at), key=lambda match: match.start(), default=None)


def level_binding(
    text: str, start: int, end: int, quantity: Quantity, metrics: Sequence[Metric], last: Fact | None
) -> Binding | None:
    """Say what a bare level is of: what moved right before it, else the gauge named last ahead of it."""
    at = quantity.start
    before = next((m for m in reversed(metrics) if m.end <= at), None)
    if before is not None and before.name not in _NAMED:
        return None
    if last is not None and last.metric in _NAMED and (before is None or before.end <= last.figure.start):
        way = _way(text, start, end, last.figure.end, at)
        return Binding(
            metric=last.metric, at=last.span.start, segment=last.segment, change=way or last.change
        )
    if before is not None:
        return Binding(metric=before.name, at=before.start, change=_way(text, start, end, before.end, at))
    gauge = _last_gauge(text, start, at)
    if gauge is None:
        return None
    change = _way(text, start, end, gauge.end(), at)
    if gauge["rate"]:
        return Binding(metric="exchange rate", at=gauge.start(), change=change)
    words = [w for w in (gauge["named"] or "").split() if w not in _SKIPPED]
    name = " ".join((*words, text[gauge.start() : gauge.end()].split()[-1])) if words else "index"
    return Binding(metric=name, at=gauge.start(), change=change)


def _way(text: str, start: int, end: int, left: int, right: int) -> Direction | None:
    moves = moves_between(text, start, end, left, right)
    return move_direction(moves[-1]) if moves else None
