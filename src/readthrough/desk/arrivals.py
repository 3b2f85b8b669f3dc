"""Articles let wait from outside the journey: what pushes, imports and feeds hand over, and what was given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readthrough.desk.open import Desk
from readthrough.domain.article import Article
from readthrough.domain.live import Arrival, ArrivalState, Waiting
from readthrough.feeds.draft import Draft

__all__ = ["Taken", "let_wait", "quarantined", "retry", "waiting"]

_AT_ONCE = 200  # articles a transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many articles were handed over, and how many of them were new."""

    given: int
    new: int


def let_wait(desk: Desk, items: Iterable[Article | Draft], *, feed: str) -> Taken:
    """Put articles into the record to be read in their turn; those that are known change nothing.

    Args:
        desk: Whose record.
        items: Any number; no more than a few hundred are held at once.
        feed: Names where they come from, for people.

    Raises:
        StorageError: The record refused; what was handed over before stands.
    """
    given = new = 0
    for part in _parts(items):
        now = desk.clock()
        articles = [item if isinstance(item, Article) else item.to_article(now) for item in part]
        new += desk.store.live.arrive(articles, feed=feed, now=now)
        given += len(part)
        desk.arrived.set()
    return Taken(given=given, new=new)


def waiting(desk: Desk) -> Waiting:
    """Count what waits, and what was given up."""
    return desk.store.live.waiting()


def quarantined(desk: Desk, *, limit: int = 100) -> list[Arrival]:
    """Return what was given up, newest first, each with the reason of its last attempt."""
    return desk.store.live.arrivals(state=ArrivalState.QUARANTINED, limit=limit)


def retry(desk: Desk, ids: Iterable[int] | None = None) -> int:
    """Let what was given up wait again, all of it when `ids` is None; how many."""
    count = desk.store.live.retry_quarantined(None if ids is None else list(ids), now=desk.clock())
    desk.arrived.set()
    return count


def _parts(items: Iterable[Article | Draft]) -> Iterator[list[Article | Draft]]:
    part: list[Article | Draft] = []
    for item in items:
        part.append(item)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
