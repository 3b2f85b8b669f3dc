"""Whether a page reports an event, or recalls it, supposes it or passes it by.

Prose says its news first; what stands deeper is mostly what went before. Pages full of figures - results, wraps of a
market - report to their end, and a short text has no room for much but its news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Modality
from readthrough.reading.event_scene import Scene

__all__ = ["reported"]

# tuned on development gold and on 334 real pages read for it
_OPENING: Final = 3  # sentences, headline included, that tell the news of a page
_AFTER: Final = 24  # code points behind a trigger in which its time may stand
_BRIEF: Final = 8  # sentences; a shorter text has no room for much but its news
_DENSE: Final = 0.3  # figures a sentence: a report tells as many, a feature seldom


_LONG: Final = 18  # sentences from which on a page has room for recollections of the last weeks
_LEADING: Final = 2  # sentences, headline included, in which nothing is a recollection
_DEEP: Final = 12  # sentences after which nothing is the news of a page that has told none before
_HEAD: Final = 8  # sentences by which a page has told its news
_MONTHS: Final = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_THEN: Final = lazily(
    rf"\b(?:last (?:month|week|fall|spring|summer|winter|autumn|{_MONTHS})|earlier this (?:year|month|week)|"
    r"(?:weeks|months|years) (?:ago|earlier)|previously|(?:its|their|the|his) (?:most recent|last|latest|previous) quarterly|after an? (?:19|20)\d\d|at the time|in a (?:period|quarter|year) (?:that|in which)|had (?:earlier|already))\b|"
    r"^\W*(?:last (?:year|quarter)|back in|in (?:early |late |mid-?)?(?:19|20)\d\d)\b"
)
_LONG_AGO: Final = lazily(
    rf"\b(?:(?:months|years|decades?) (?:ago|earlier)|in (?:the )?(?:early |late |mid-?|{_MONTHS},? |(?:first|second|third|fourth) quarter of )?(?P<in>(?:19|20)\d\d)|"
    r"after an? (?P<after>(?:19|20)\d\d)|over the (?:past |last )?(?:\w+ )?years|in recent (?:years|months)|earlier in (?:19|20)\d\d|back in|at the time)\b"
)
_YEAR: Final = lazily(r"(?<![\w.,$€£-])(?:19|20)\d\d(?![\w,%]|\.\d)")
_ASIDE: Final = lazily(r"(?:,|–|—|--) (?:who|which|whose|whom)\b[^,;]*$")
# what a firm did or was told once and for all; trends, rows and rules go on
_DATED: Final = frozenset(
    "earnings_result guidance_change ma_announced management_change share_offering user_metrics ipo buyback dividend_change layoffs_restructuring".split()
)
# what goes on is told of any time, and what others' shares do is told of the day
_LASTING: Final = frozenset(
    "market_wide_move commodity_price_move macro_data_release central_bank sector_readacross crypto_market_event guidance_change tariff_trade_policy "
    "credit_quality_deterioration liquidity_or_default_risk".split()
)
# results and what peers did of them end reports too
_ANYWHERE: Final = frozenset({"earnings_result", "guidance_change", "sector_readacross"})
_FROM_THEN: Final = lazily(
    r"\b(?:from|than|since|compared (?:with|to)|versus|against|over|after|as|until|the same \w+|high|low|most|highest|lowest|best|worst)\s(?:\w+\s){0,3}$"
)


def _recalled(scene: Scene, event: Event, *, long: bool, year: int) -> Event:
    """Mark an event below the lead that is told of an earlier time, or in an aside on somebody."""
    if event.background or event.sentence < _LEADING or event.modality is Modality.PLANNED:
        return event
    span = scene.sentences[event.sentence].span
    end = min(span.end, event.span.end + _AFTER)
    if event.parent not in _LASTING and _told_of(_LONG_AGO, scene, span.start, end, year):
        return replace(event, background=True)
    if not long or event.parent not in _DATED:
        return event
    told = scene.lower[span.start : event.span.end]
    if _told_of(_THEN, scene, span.start, end, year) or _ASIDE.search(told):
        return replace(event, background=True)
    return event


def _told_of(then: re.Pattern[str], scene: Scene, start: int, end: int, year: int) -> bool:
    """Tell whether a stretch names a time before the page's, other than as a measure of another."""
    for match in then.finditer(scene.lower, start, end):
        named = next((int(told) for told in match.groupdict().values() if told), 0)
        if named < year and not _FROM_THEN.search(scene.lower, max(start, match.start() - 30), match.start()):
            return True
    return False


def _year_of(scene: Scene) -> int:
    """Return the year of a page: of its date, or else the last it names that is not still to come."""
    if scene.published is not None:
        return scene.published
    named = [int(match.group()) for match in _YEAR.finditer(scene.lower)]
    return max((year for year in named if year <= scene.received), default=scene.received)


def reported(scene: Scene, events: Sequence[Event]) -> tuple[Event, ...]:
    """Mark as background the events that the page likelier recalls or supposes than reports."""
    count = len(scene.sentences)
    if count >= _BRIEF:
        year = _year_of(scene)
        events = [_recalled(scene, event, long=count >= _LONG, year=year) for event in events]
    if count < _BRIEF or len(scene.facts) >= _DENSE * count:
        told = any(event.sentence < _HEAD and not event.background for event in events)
        if told:
            return tuple(events)
        return tuple(e if e.parent in _ANYWHERE else _unless(e, _DEEP) for e in events)
    return tuple(_unless(event, _OPENING) for event in events)


def _unless(event: Event, opening: int) -> Event:
    return event if event.background or event.sentence < opening else replace(event, background=True)
