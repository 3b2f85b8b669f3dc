"""What has been said of each name and book lately: enough to know what is usual for it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from readthrough.domain.impact import Impact
from readthrough.domain.reading import Reading, Role
from readthrough.domain.story import Story

__all__ = ["KEPT", "Pulse", "Said", "of_book", "said_in", "said_of"]

KEPT: Final = timedelta(days=28)
"""How far back what is usual is counted from."""
_ABOUT: Final = 0.3
"""Relevance from which an article counts as news of a name; that of a name in a list of others is lower."""
_UNWEIGHED: Final = 0.01  # weight in a book of what is held and not valued


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One article's say on a name: when (Unix seconds), its score and how much it counts."""

    at: float
    score: float
    weight: float
    events: tuple[str, ...] = ()


def of_book(portfolio: str) -> str:
    """The key of a book among those of issuers."""
    return f"book:{portfolio}"


def said_of(
    reading: Reading, story: Story, impacts: Sequence[Impact], at: datetime
) -> list[tuple[str, Said]]:
    """What one article says of each name it is about and of each book it reaches; nothing if it retells another."""
    if reading.noise is not None or story.duplicate_of is not None:
        return []
    moment = at.timestamp()
    said = {
        ticker.issuer_id: Said(
            moment,
            ticker.score or 0.0,
            ticker.relevance,
            tuple(e.type for e in reading.events if e.issuer_id == ticker.issuer_id and not e.background),
        )
        for ticker in reading.tickers
        if ticker.role is not Role.PASSING and ticker.relevance >= _ABOUT
    }
    made: list[tuple[str, Said]] = list(said.items())
    for impact in impacts:
        heard = said.get(impact.issuer_id)
        if heard is not None and impact.path == "direct":
            score = -heard.score if impact.short else heard.score
            weight = heard.weight * abs(impact.weight or _UNWEIGHED)
            made.append((of_book(impact.portfolio), Said(moment, score, weight)))
    return made


class Pulse:
    """Recent says by issuer and book, in order of time. It forgets what is older than `KEPT`."""

    def __init__(self, said: Iterable[tuple[str, Said]] = ()) -> None:
        """Begin with what the record has."""
        self._said: dict[str, list[Said]] = {}
        self._events: dict[tuple[str, str], float] = {}
        self._since: float | None = None
        for key, one in said:
            self.add(key, one)

    def __len__(self) -> int:
        return sum(map(len, self._said.values()))

    def add(self, key: str, said: Said) -> None:
        """Remember a say."""
        kept = self._said.setdefault(key, [])
        insort(kept, said)
        old = bisect_left(kept, said.at - KEPT.total_seconds(), key=lambda one: one.at)
        del kept[:old]
        self._since = said.at if self._since is None else min(self._since, said.at)
        for event in said.events:
            self._events[key, event] = max(said.at, self._events.get((key, event), said.at))

    def since(self) -> datetime | None:
        """When the first thing it was told of was said; None when it was told of nothing."""
        return None if self._since is None else datetime.fromtimestamp(self._since, UTC)

    def within(self, key: str, end: datetime, window: timedelta) -> list[Said]:
        """What was said in the window that ends with a moment."""
        kept = self._said.get(key, [])
        last, first = end.timestamp(), (end - window).timestamp()
        begin = bisect_left(kept, first, key=lambda one: one.at)
        return [one for one in kept[begin:] if one.at <= last]

    def rolling(self, key: str, end: datetime, window: timedelta) -> tuple[float, int]:
        """The mean score over a window, weighed, and of how many says; 0.0 of none."""
        said = self.within(key, end, window)
        weight = sum(one.weight for one in said)
        return (sum(one.score * one.weight for one in said) / weight if weight else 0.0), len(said)

    def usual_scores(self, keys: Iterable[str], end: datetime, window: timedelta) -> dict[str, float]:
        """The rolling score of each key that was heard of in the window."""
        found = {}
        for key in keys:
            score, count = self.rolling(key, end, window)
            if count:
                found[key] = round(score, 2)
        return found

    def normal(self, key: str, end: datetime, window: timedelta) -> float | None:
        """How many says a window usually has, from the weeks before this one.

        None where too little is known: less than a day, or than three windows, before this one.
        """
        if self._since is None:
            return None
        seconds = window.total_seconds()
        known = min(KEPT.total_seconds(), end.timestamp() - self._since) - seconds
        if known < max(86_400.0, 3 * seconds):
            return None
        before = end - window
        return len(self.within(key, before, timedelta(seconds=known))) * seconds / known

    def last(self, key: str, events: Iterable[str] = ()) -> datetime | None:
        """When a name was last spoken of, or last had one of some events; None for never."""
        kinds = tuple(events)
        if kinds:
            at = max((self._events.get((key, kind), 0.0) for kind in kinds), default=0.0)
        else:
            kept = self._said.get(key)
            at = kept[-1].at if kept else 0.0
        return datetime.fromtimestamp(at, UTC) if at else None


def said_in(document: Mapping[str, Any]) -> list[tuple[str, Said]]:
    """What a kept note says, as `said_of` does for one being made; its document is the contract's."""
    if document.get("noise") or document["story"]["duplicate_of"]:
        return []
    moment = datetime.fromisoformat(document["known_at"]).timestamp()
    by_ticker: dict[str, Said] = {}
    made: list[tuple[str, Said]] = []
    for ticker in document["tickers"]:
        if ticker["role"] == "passing" or ticker["relevance"] < _ABOUT:
            continue
        events = tuple(
            e["type"]
            for e in document["events"]
            if ticker["ticker"] and e["ticker"] == ticker["ticker"] and not e["background"]
        )
        said = Said(moment, ticker["score"] or 0.0, ticker["relevance"], events)
        made.append((ticker["issuer_id"], said))
        by_ticker[ticker["ticker"] or ""] = said
    for line in document["book"]:
        heard = by_ticker.get(line["ticker"])
        if heard is not None and line["path"] == "direct":
            weight = line["weight"] or _UNWEIGHED
            score = -heard.score if weight < 0 else heard.score
            made.append((of_book(line["portfolio"]), Said(moment, score, heard.weight * abs(weight))))
    return made
