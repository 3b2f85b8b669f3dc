"""Group articles into stories as they arrive, and tell how new each one is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from readthrough.domain.article import Article, ArticleId, digest, require_utc
from readthrough.domain.reading import Reading
from readthrough.domain.story import Fingerprint, Relation, Story
from readthrough.reading.story_marks import Mark
from readthrough.reading.story_ring import Ring
from readthrough.reading.story_tie import Fresh, Tie, tie
from readthrough.reading.story_traits import (
    Glance,
    Traits,
    glance,
    is_common,
    keys_of,
    pack,
    traits_of,
    unpack,
)

__all__ = ["CAPACITY", "StoryIndex"]

_DAY: Final = 86_400.0  # seconds
CAPACITY: Final = 200_000
"""Fingerprints held: a quarter of a busy wire, some 140 MB when full."""

_MEMORY_DAYS: Final = 90.0  # how long an event of the same kind is remembered
_HALF_LIFE_DAYS: Final = 10.0  # after which a similar event takes half as much novelty away
_RECAP: Final = 0.2  # how much of its novelty a look back keeps
_PER_KEY: Final = 12  # latest neighbours looked at under one key, which bounds the work of an article
_PER_COMMON: Final = 4  # and under a key that very many share
_MOST_EVENTS: Final = 200_000  # kinds of event of an issuer remembered after their articles have left


class StoryIndex:
    """The fingerprints of recent articles, filed by words, issuers, events, figures and names.

    Holds at most `capacity` of them, the oldest leaving first; what leaves is remembered as the time of its
    issuers' last event of each kind. Not safe for threads: one writer owns it.
    """

    def __init__(self, fingerprints: Iterable[Fingerprint] = (), *, capacity: int = CAPACITY) -> None:
        """File what is already known.

        Args:
            fingerprints: As returned by `group` before, oldest first.
            capacity: Most fingerprints held, at least 1.
        """
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, got {capacity}")
        self._ring = Ring(capacity)
        self._past: dict[int, float] = {}  # event key -> told_at, of what has left the ring
        for fingerprint in fingerprints:
            self.remember(fingerprint)

    def __len__(self) -> int:
        """Count the fingerprints held."""
        return len(self._ring)

    def group(self, article: Article, reading: Reading, now: datetime) -> tuple[Story, Fingerprint]:
        """Place an article among those before it, and remember it.

        Issuers, figures, steps and names decide, words only where they are nearly all the same. The same news
        in other words within two days, or the very same text within 90, is a duplicate. Something new on
        the same matter within a week is a follow-up: it joins the story and is as new as its lead is. An item
        that says it corrects or withdraws an earlier one supersedes that and keeps its story. The form of
        another company or quarter, and a market report beside the stories in it, are stories of their own.

        Grouping an article again gives the answer it got at first; grouping its id with other words
        supersedes what stood under that id.

        Args:
            article: What was published.
            reading: What it says.
            now: When it became known, aware UTC.
        """
        require_utc("now", now)
        traits = traits_of(article, reading, now)
        keys = keys_of(traits, article.id)
        number, held, known = self._held(article.id, keys[0])
        if held is not None and known is not None and known.words_id == traits.words_id:
            traits = replace(traits, told_at=known.told_at)
            story = self._placed(article.id, traits, keys, reading, before=number)
            return replace(story, id=held.story_id), held
        if held is not None and known is not None:
            story = self._revised(held, known, traits)
        else:
            story = self._placed(article.id, traits, keys, reading, before=None)
        fingerprint = Fingerprint(
            article_id=article.id, story_id=story.id, known_at=now.timestamp(), traits=pack(traits)
        )
        self._file(fingerprint, keys)
        return story, fingerprint

    def remember(self, fingerprint: Fingerprint) -> None:
        """File an article that was grouped elsewhere; one that is held already stays as it is.

        Args:
            fingerprint: As `group` returned it there.
        """
        traits = unpack(fingerprint.traits)
        if traits is None:
            return
        keys = keys_of(traits, fingerprint.article_id)
        wanted = fingerprint.article_id.encode("utf-8", "surrogatepass")
        for number in self._ring.numbers(keys[0], most=_PER_KEY):
            theirs, row, at = self._ring.row(number)
            if theirs == wanted:
                held = glance(row, at)
                if held is not None and held.words_id == traits.words_id:
                    return
                break
        self._file(fingerprint, keys)

    def _held(self, article_id: ArticleId, key: int) -> tuple[int | None, Fingerprint | None, Traits | None]:
        wanted = article_id.encode("utf-8", "surrogatepass")
        for number in self._ring.numbers(key, most=_PER_KEY):
            if self._ring.row(number)[0] == wanted:
                held = self._ring.fingerprint(number)
                return number, held, unpack(held.traits)
        return None, None, None

    def _file(self, fingerprint: Fingerprint, keys: list[int]) -> None:
        left = self._ring.add(fingerprint, keys)
        gone = glance(left.traits) if left is not None else None
        if gone is None:
            return
        for key in gone.events:
            self._past[key] = max(gone.told_at, self._past.get(key, 0.0))
        if len(self._past) > _MOST_EVENTS:
            oldest = sorted(self._past, key=lambda k: self._past[k])[: _MOST_EVENTS // 10]
            for key in oldest:
                del self._past[key]

    def _neighbours(
        self, article_id: ArticleId, keys: list[int], before: int | None
    ) -> Iterator[tuple[int, bytes, Glance]]:
        """Go through the rows that share a key with an article, newest first."""
        ring = self._ring
        seen = {article_id.encode("utf-8", "surrogatepass")}
        for number in sorted(ring.near(keys[1:], before=before, most=_most), reverse=True):
            theirs, row, at = ring.row(number)
            if theirs not in seen:  # of a revised article only the newest words count
                seen.add(theirs)
                looked_at = glance(row, at)
                if looked_at is not None:
                    yield number, row[at:], looked_at

    def _placed(
        self, article_id: ArticleId, traits: Traits, keys: list[int], reading: Reading, before: int | None
    ) -> Story:
        fresh = Fresh(traits)
        ties: list[tuple[Fingerprint, Tie]] = []
        since: float | None = None
        if len(self._ring):
            for number, packed, earlier in self._neighbours(article_id, keys, before):
                if not fresh.events.isdisjoint(earlier.events):
                    days = max(0.0, (traits.told_at - earlier.told_at) / _DAY)
                    since = days if since is None else min(since, days)
                known = unpack(packed) if fresh.may_tie(earlier) else None
                found = tie(fresh, known) if known is not None else None
                if found is not None:
                    ties.append((self._ring.fingerprint(number), found))
        since = self._since(traits, since)
        recap = _RECAP if any(e.type == "recap_no_new_information" for e in reading.events) else 1.0
        if ties:
            return _joined(ties, recap=recap, since=since)
        if traits.mark is Mark.CORRECTION or traits.mark is Mark.WITHDRAWAL:
            recap = min(recap, _RECAP)  # what it speaks of is not known here
        known_share = 0.5 * math.exp2(-since / _HALF_LIFE_DAYS) if since is not None else 0.0
        relation = {Mark.CORRECTION: Relation.CORRECTION, Mark.WITHDRAWAL: Relation.WITHDRAWAL}.get(
            traits.mark, Relation.NEW
        )
        return Story(
            id="sto_" + digest(article_id),
            novelty=round(recap * (1.0 - known_share), 3),
            relation=relation,
            days_since_similar=since,
        )

    def _since(self, traits: Traits, since: float | None) -> float | None:
        """The days since the last similar event, those of articles that have left among them."""
        past = [
            max(0.0, (traits.told_at - self._past[key]) / _DAY) for key in traits.events if key in self._past
        ]
        days = [d for d in (*past, since) if d is not None and d <= _MEMORY_DAYS]
        return round(min(days), 4) if days else None

    def _revised(self, held: Fingerprint, known: Traits, traits: Traits) -> Story:
        """The same item with other words: its publisher's own correction or update."""
        vocabulary = frozenset(known.words)
        lead = traits.words[: traits.lead_words]
        figures = sum(figure not in known.figures for figure in traits.figures) / max(1, len(traits.figures))
        words = sum(code not in vocabulary for code in lead) / max(1, len(lead))
        new = max(figures, words, 0.2 * (traits.mark is Mark.CORRECTION))
        withdrawn = traits.mark is Mark.WITHDRAWAL
        return Story(
            id=held.story_id,
            novelty=round(0.05 + 0.3 * new, 3),
            relation=Relation.WITHDRAWAL if withdrawn else Relation.CORRECTION,
            follows=held.article_id,
            supersedes=held.article_id,
            days_since_similar=round(max(0.0, (traits.told_at - known.told_at) / _DAY), 4),
        )


def _most(key: int) -> int:
    return _PER_COMMON if is_common(key) else _PER_KEY


def _joined(ties: list[tuple[Fingerprint, Tie]], *, recap: float, since: float | None) -> Story:
    marked = [t for t in ties if t[1].relation in (Relation.CORRECTION, Relation.WITHDRAWAL)]
    if marked:
        earlier, found = _strongest(marked)
        return Story(
            id=earlier.story_id,
            novelty=round(0.1 + 0.2 * found.new, 3),
            relation=found.relation,
            follows=earlier.article_id,
            supersedes=earlier.article_id,
            days_since_similar=round(found.days, 4),
        )
    told = [t for t in ties if t[1].relation is Relation.DUPLICATE]
    if told:
        earlier, found = _strongest(told)
        novelty = round(min(0.15, 0.15 * found.new + 0.1 * (1.0 - found.likeness)), 3)
        return Story(
            id=earlier.story_id,
            novelty=novelty,
            relation=Relation.DUPLICATE,
            duplicate_of=earlier.article_id,
            days_since_similar=round(found.days, 4),
        )
    earlier, found = _strongest(ties)
    newest = min(t.new for f, t in ties if f.story_id == earlier.story_id)
    return Story(
        id=earlier.story_id,
        novelty=round(recap * (0.25 + 0.5 * newest) * (1.0 - 0.5 * found.likeness), 3),
        relation=Relation.FOLLOW_UP,
        follows=earlier.article_id,
        days_since_similar=since,
    )


def _strongest(ties: list[tuple[Fingerprint, Tie]]) -> tuple[Fingerprint, Tie]:
    return max(ties, key=lambda t: (t[1].strength, -t[0].known_at, t[0].article_id))
