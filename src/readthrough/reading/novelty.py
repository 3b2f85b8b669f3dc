"""Group articles into stories as they arrive, and tell how new each one is."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from readthrough.domain.article import Article, digest, require_utc
from readthrough.domain.reading import Fact, Reading, Role
from readthrough.domain.story import Fingerprint, Story
from readthrough.reading.sketch import bands, likeness, sketch_of

__all__ = ["StoryIndex"]

_DAY: Final = 86_400.0  # seconds
_CAPACITY: Final = 50_000  # fingerprints held: about a month of a busy wire, under 150 MB
_REWRITE_DAYS: Final = 2.0  # how long wires rewrite the same item
_FOLLOW_DAYS: Final = 7.0  # how long a story is followed up
_MEMORY_DAYS: Final = 90.0  # how long an event of the same kind is remembered
_HALF_LIFE_DAYS: Final = 10.0  # after which a similar event takes half as much novelty away
# On the planted near-duplicates (35 pairs in 3,600 articles) every pair is at least 0.96 alike and no
# other pair shares a band; the thresholds below leave room for wires that cut or reorder a text.
_SAME_WORDS: Final = 0.60
_IDENTICAL: Final = 0.90
_ALIKE: Final = 0.25
_PER_KEY: Final = 24  # latest neighbours looked at under one key, which bounds the work of an article


@dataclass(frozen=True, slots=True)
class _Tie:
    """How a new article stands to an earlier one."""

    earlier: Fingerprint
    likeness: float
    new: float  # share of events and figures that the earlier one did not have

    @property
    def strength(self) -> float:
        return self.likeness + (1.0 - self.new)


class StoryIndex:
    """The fingerprints of recent articles, filed by words, issuers and events.

    Holds at most `capacity` of them, the oldest leaving first. Not safe for threads: one writer owns it.
    """

    def __init__(self, fingerprints: Iterable[Fingerprint] = (), *, capacity: int = _CAPACITY) -> None:
        """File what is already known, oldest first.

        Args:
            fingerprints: As returned by `group` before, in any order.
            capacity: Most fingerprints held, at least 1.
        """
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, got {capacity}")
        self._capacity = capacity
        self._held: OrderedDict[str, Fingerprint] = OrderedDict()
        self._filed: defaultdict[object, deque[str]] = defaultdict(deque)
        for fingerprint in sorted(fingerprints, key=lambda f: (f.known_at, f.article_id)):
            self._add(fingerprint)

    def __len__(self) -> int:
        """Count the fingerprints held."""
        return len(self._held)

    def group(self, article: Article, reading: Reading, now: datetime) -> tuple[Story, Fingerprint]:
        """Place an article among those before it, and remember it.

        Near-identical words about the same issuers, or the same issuers, events and figures in other words
        within two days, make a duplicate. The same issuers with related events or words within a week make
        a follow-up, which joins the story and is as new as its events and figures are. Anything else opens
        a story, less novel where its issuer had the same kind of event lately.

        Grouping an article again gives the answer it got at first.

        Args:
            article: What was published.
            reading: What it says.
            now: When it became known, aware UTC.
        """
        require_utc("now", now)
        held = self._held.get(article.id)
        moment = held.known_at if held else now.timestamp()
        fresh = _fingerprint(article, reading, moment, held.story_id if held else "")
        ties = [_tie(fresh, earlier) for earlier in self._neighbours(fresh)]
        story = _judge(fresh, ties, recap=any(e.type == "recap_no_new_information" for e in reading.events))
        filed = _with_story(fresh, held.story_id if held else story.id)
        if held is None:
            self._add(filed)
        return story, filed

    def remember(self, fingerprint: Fingerprint) -> None:
        """File an article that was grouped elsewhere; one that is held already stays as it is.

        Args:
            fingerprint: As `group` returned it there.
        """
        self._add(fingerprint)

    def _neighbours(self, fresh: Fingerprint) -> list[Fingerprint]:
        found: dict[str, Fingerprint] = {}
        for key in _keys(fresh):
            filed = self._filed.get(key)
            if not filed:
                continue
            for position in range(1, min(len(filed), _PER_KEY) + 1):
                earlier = self._held[filed[-position]]
                if earlier.article_id != fresh.article_id and earlier.known_at <= fresh.known_at:
                    found[earlier.article_id] = earlier
        return list(found.values())

    def _add(self, fingerprint: Fingerprint) -> None:
        if fingerprint.article_id in self._held:
            return
        while len(self._held) >= self._capacity:
            self._drop_oldest()
        self._held[fingerprint.article_id] = fingerprint
        for key in _keys(fingerprint):
            self._filed[key].append(fingerprint.article_id)

    def _drop_oldest(self) -> None:
        article_id, oldest = self._held.popitem(last=False)
        for key in _keys(oldest):
            filed = self._filed[key]
            filed.remove(article_id)
            if not filed:
                del self._filed[key]


def _keys(fingerprint: Fingerprint) -> set[object]:
    return {*bands(fingerprint.sketch), *fingerprint.issuers, *fingerprint.events}


def _fingerprint(article: Article, reading: Reading, moment: float, story_id: str) -> Fingerprint:
    issuers = frozenset(str(t.issuer_id) for t in reading.tickers if t.role is not Role.PASSING)
    events = frozenset(
        f"{e.issuer_id or e.subject.lower()}:{e.type}"
        for e in reading.events
        if not e.background and e.subject
    )
    return Fingerprint(
        article_id=article.id,
        story_id=story_id,
        known_at=moment,
        sketch=sketch_of(article.text),
        issuers=issuers,
        events=events,
        figures=frozenset(_figure(f) for f in reading.facts if not f.background),
    )


def _figure(fact: Fact) -> str:
    # the metric is left out: two wires call one figure by different names, but print the same digits
    return f"{fact.unit}:{fact.value.normalize():f}"


def _with_story(fingerprint: Fingerprint, story_id: str) -> Fingerprint:
    return Fingerprint(
        article_id=fingerprint.article_id,
        story_id=story_id,
        known_at=fingerprint.known_at,
        sketch=fingerprint.sketch,
        issuers=fingerprint.issuers,
        events=fingerprint.events,
        figures=fingerprint.figures,
    )


def _tie(fresh: Fingerprint, earlier: Fingerprint) -> _Tie:
    own = fresh.events | fresh.figures
    known = earlier.events | earlier.figures
    alike = likeness(fresh.sketch, earlier.sketch)
    new = len(own - known) / len(own) if own else 1.0 - alike
    return _Tie(earlier, alike, new)


def _judge(fresh: Fingerprint, ties: list[_Tie], *, recap: bool) -> Story:
    since = _days_since_similar(fresh, ties)
    close = [t for t in ties if _is_duplicate(fresh, t)]
    if close:
        same = max(close, key=lambda t: (t.strength, -t.earlier.known_at))
        novelty = round(min(0.15, 0.15 * same.new + 0.1 * (1.0 - same.likeness)), 3)
        return Story(
            id=same.earlier.story_id,
            novelty=novelty,
            duplicate_of=same.earlier.article_id,
            days_since_similar=_days(fresh, same.earlier),
        )
    related = [t for t in ties if _is_follow_up(fresh, t)]
    if related:
        last = max(related, key=lambda t: (t.strength, t.earlier.known_at))
        newest = min(t.new for t in related if t.earlier.story_id == last.earlier.story_id)
        novelty = round((0.2 if recap else 1.0) * (0.25 + 0.5 * newest) * (1.0 - 0.5 * last.likeness), 3)
        return Story(
            id=last.earlier.story_id,
            novelty=novelty,
            follows=last.earlier.article_id,
            days_since_similar=since,
        )
    known = 0.5 * math.exp2(-since / _HALF_LIFE_DAYS) if since is not None else 0.0
    words = max((t.likeness for t in ties), default=0.0)
    novelty = round((0.2 if recap else 1.0) * (1.0 - max(known, 0.5 * words)), 3)
    return Story(id="sto_" + digest(fresh.article_id), novelty=novelty, days_since_similar=since)


def _is_duplicate(fresh: Fingerprint, tie: _Tie) -> bool:
    earlier = tie.earlier
    days = _days(fresh, earlier)
    if (
        fresh.issuers != earlier.issuers
        and fresh.issuers
        and earlier.issuers
        and not fresh.issuers & earlier.issuers
    ):
        return False
    if tie.likeness >= _IDENTICAL and days <= _FOLLOW_DAYS:
        return not _other_figures(fresh, earlier) or tie.likeness == 1.0
    if tie.likeness >= _SAME_WORDS and days <= _FOLLOW_DAYS:
        return tie.new <= 0.5 or not (fresh.figures or fresh.events)
    return (
        days <= _REWRITE_DAYS
        and fresh.issuers == earlier.issuers
        and bool(fresh.issuers)
        and bool(fresh.events & earlier.events)
        and len(fresh.figures & earlier.figures) >= 2
        and tie.new <= 0.25
    )


def _other_figures(fresh: Fingerprint, earlier: Fingerprint) -> bool:
    """Tell a monthly form filled in again from a copy: the words are the same, most figures are not."""
    return len(fresh.figures) >= 2 and len(fresh.figures & earlier.figures) * 2 < len(fresh.figures)


def _is_follow_up(fresh: Fingerprint, tie: _Tie) -> bool:
    earlier = tie.earlier
    if _days(fresh, earlier) > _FOLLOW_DAYS:
        return False
    common = len(fresh.figures & earlier.figures)
    if tie.likeness >= _ALIKE and (not fresh.issuers or bool(fresh.issuers & earlier.issuers)):
        return not _other_figures(fresh, earlier) or bool(fresh.events & earlier.events)
    if not fresh.issuers & earlier.issuers:
        return bool(fresh.events & earlier.events) and common >= 2
    return bool(fresh.events & earlier.events) or common >= 2


def _days_since_similar(fresh: Fingerprint, ties: list[_Tie]) -> float | None:
    days = [_days(fresh, t.earlier) for t in ties if t.earlier.events & fresh.events]
    near = [d for d in days if d <= _MEMORY_DAYS]
    return min(near) if near else None


def _days(fresh: Fingerprint, earlier: Fingerprint) -> float:
    return round((fresh.known_at - earlier.known_at) / _DAY, 4)
