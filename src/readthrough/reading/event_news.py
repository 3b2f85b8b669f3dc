"""Whether a page reports an event, or recalls it, supposes it or passes it by.

Prose says its news first; what stands deeper is mostly what went before. Pages full of figures - results, wraps of a
market - report to their end, and a short text has no room for much but its news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Modality
from readthrough.reading.event_scene import Scene

__all__ = ["reported"]

# tuned on development gold and on 334 real pages read for it
_OPENING: Final = 3  # sentences, headline included, that tell the news of a page
_BRIEF: Final = 8  # sentences; a shorter text has no room for much but its news
_DENSE: Final = 0.3  # figures a sentence: a report tells as many, a feature seldom


_LONG: Final = 18  # sentences from which on a page has room for recollections
_LEADING: Final = 2  # sentences, headline included, in which nothing is a recollection
_THEN: Final = lazily(
    r"\b(?:last (?:month|week|fall|spring|summer|winter|autumn|january|february|march|april|may|june|july|august|september|october|november|december)|earlier this (?:year|month|week)|"
    r"(?:weeks|months|years) (?:ago|earlier)|previously|(?:its|their|the|his) (?:most recent|last|latest|previous) quarterly|after an? (?:19|20)\d\d|at the time|in a (?:period|quarter|year) (?:that|in which)|had (?:earlier|already))\b|"
    r"^\W*(?:last (?:year|quarter)|back in|in (?:early |late |mid-?)?(?:19|20)\d\d)\b"
)
_ASIDE: Final = lazily(r"(?:,|–|—|--) (?:who|which|whose|whom)\b[^,;]*$")
# what a firm did or was told once and for all; trends, rows and rules go on
_DATED: Final = frozenset(
    "earnings_result guidance_change ma_announced management_change share_offering user_metrics ipo buyback dividend_change layoffs_restructuring".split()
)
_FROM_THEN: Final = lazily(
    r"\b(?:from|than|since|compared (?:with|to)|versus|against|over|after|as)\s(?:\w+\s){0,3}$"
)


def _recalled(scene: Scene, event: Event) -> Event:
    """Mark an event below the lead that is told of an earlier time, or in an aside on somebody."""
    if (
        event.background
        or event.sentence < _LEADING
        or event.parent not in _DATED
        or event.modality is Modality.PLANNED
    ):
        return event
    span = scene.sentences[event.sentence].span
    told = scene.lower[span.start : event.span.end]
    for match in _THEN.finditer(scene.lower, span.start, min(span.end, event.span.end + 24)):
        if not _FROM_THEN.search(scene.lower, max(span.start, match.start() - 30), match.start()):
            return replace(event, background=True)
    return replace(event, background=True) if _ASIDE.search(told) else event


def reported(scene: Scene, events: Sequence[Event]) -> tuple[Event, ...]:
    """Mark as background the events that the page likelier recalls or supposes than reports."""
    count = len(scene.sentences)
    if count >= _LONG:
        events = [_recalled(scene, event) for event in events]
    if count < _BRIEF or len(scene.facts) >= _DENSE * count:
        return tuple(events)
    return tuple(
        event if event.background or event.sentence < _OPENING else replace(event, background=True)
        for event in events
    )
