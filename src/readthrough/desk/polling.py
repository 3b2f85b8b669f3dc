"""One poll of one feed: ask, leave out what was seen, fetch pages, say when to ask again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from readthrough.desk.intake import limits_of
from readthrough.desk.open import Desk
from readthrough.domain.article import Article
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.live import Feed, FeedItem, Polled
from readthrough.feeds.ask import Asking, Turns, agent_of
from readthrough.feeds.edgar import TOTAL_RATE
from readthrough.feeds.entries import Entry, Shown, article_of
from readthrough.feeds.kinds import KINDS, adapter_of
from readthrough.feeds.network import Network
from readthrough.feeds.pages import Pages

__all__ = ["Ways", "poll", "taken_from", "ways_of"]

LONGEST_BACK_OFF: Final = timedelta(hours=12)
JITTER: Final = 0.1
"""Share of an interval by which polls are moved about, so that feeds added together part."""
PAGES_S: Final = 90.0
"""Seconds that the pages of one poll may take; entries beyond are taken up by the next."""
HUB_SLOWER: Final = 6
"""Times less often a feed is asked whose hub pushes."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What every poll of a process shares: how it asks, what sites allow, chance and time."""

    asking: Asking
    pages: Pages
    chance: random.Random = field(default_factory=random.Random)
    monotonic: Callable[[], float] = time.monotonic


def ways_of(desk: Desk) -> Ways:
    """Build them from the settings."""
    part = desk.settings.fetch
    network = Network(allow=lambda address: True) if part.allow_private_addresses else Network()
    asking = Asking(
        limits=limits_of(part),
        network=network,
        agent=agent_of(desk.settings.feeds.contact),
        turns=Turns(desk.settings.feeds.host_interval, slower=TOTAL_RATE),
    )
    return Ways(asking, Pages(asking))


def poll(desk: Desk, feed: Feed, ways: Ways) -> Polled:
    """Ask a feed; whatever goes wrong is in the outcome.

    Raises:
        StorageError: The record is away, and what was shown could not be compared with what was seen.
    """
    now = desk.clock()
    try:
        shown = adapter_of(feed.kind)(feed, ways.asking, now)
    except ReadthroughError as error:
        return _failed(desk, feed, error, ways)
    except (
        Exception
    ) as error:  # an adapter's fault must stop neither the other feeds nor this one's next poll
        return _failed(desk, feed, ReadthroughError(f"{type(error).__name__}: {error}"[:500]), ways)
    outcome, whole = taken_from(desk, feed, shown, ways)
    wait = timedelta(seconds=5) if not whole else _wait(desk, feed, shown, ways)
    at = desk.clock()
    lags = [
        (a.received_at - a.published_at).total_seconds()
        for a in outcome.articles
        if a.published_at is not None
    ]
    return Polled(
        at=at,
        next_at=at + wait,
        articles=outcome.articles,
        items=outcome.items,
        mark={**feed.mark, **shown.mark}
        if whole
        else {k: v for k, v in feed.mark.items() if k not in _VERSION},
        newest_at=max((a.published_at for a in outcome.articles if a.published_at), default=None),
        lag_s=min(lags, default=None),
        last_title=outcome.articles[0].headline if outcome.articles else "",
    )


_VERSION: Final = frozenset(
    {"etag", "modified", "body"}
)  # forgotten while entries are left: all must come again


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a feed is new."""

    articles: tuple[Article, ...]
    items: tuple[FeedItem, ...]


def taken_from(desk: Desk, feed: Feed, shown: Shown, ways: Ways) -> tuple[Taken, bool]:
    """Make articles of the entries that are new or changed, with their pages where the feed has only a part.

    Returns:
        What is new, and whether that is all of it: pages take time, and the rest is for the next poll.

    Raises:
        StorageError: The record is away.
    """
    entries = {entry.key: entry for entry in reversed(shown.entries[: desk.settings.feeds.max_entries])}
    seen = desk.store.live.items_seen(feed.name, list(entries))
    fresh = [entry for key, entry in reversed(entries.items()) if seen.get(key) != entry.digest]
    pages = desk.settings.feeds.pages and feed.options.get("pages", "yes").lower() not in ("no", "false", "0")
    articles: list[Article] = []
    items: list[FeedItem] = []
    until = ways.monotonic() + PAGES_S
    for entry in fresh:
        if ways.monotonic() > until:
            return Taken(tuple(articles), tuple(items)), False
        items.append(FeedItem(item=entry.key, digest=entry.digest, detail=entry.reason))
        if entry.draft is not None:
            articles.append(_article(feed, entry, pages, ways, desk.clock()))
    return Taken(tuple(articles), tuple(items)), True


def _article(feed: Feed, entry: Entry, pages: bool, ways: Ways, now: datetime) -> Article:
    assert entry.draft is not None
    draft = entry.draft
    if pages and entry.page:
        draft = ways.pages.whole(draft, entry.page)
    made = article_of(feed.name, entry, draft, now)
    source = feed.options.get("source") or draft.source or feed.name
    named: dict[str, Any] = {"source": source}
    if made.published_at is not None and made.published_at > now:
        named["published_at"] = now  # a time to come would put it before everything for as long
    from dataclasses import replace

    return replace(made, **named)


def _wait(desk: Desk, feed: Feed, shown: Shown, ways: Ways) -> timedelta:
    kind = KINDS[feed.kind]
    stated = feed.options.get("interval_s", "")
    if stated.replace(".", "", 1).isdigit():
        wait = timedelta(seconds=max(1.0, float(stated)))
    elif feed.kind == "rss":
        wait = max(desk.settings.feeds.interval, shown.wait or timedelta(0))
        if feed.options.get("websub_until", "") > desk.clock().isoformat():
            wait *= HUB_SLOWER
    elif shown.wait is not None:
        wait = shown.wait
    else:
        wait = kind.interval or desk.settings.feeds.interval
    return _jittered(wait, ways) if wait > timedelta(seconds=10) else wait


def _failed(desk: Desk, feed: Feed, error: ReadthroughError, ways: Ways) -> Polled:
    at = desk.clock()
    base = KINDS[feed.kind].interval if feed.kind in KINDS else None
    wait = max(base or desk.settings.feeds.interval, timedelta(seconds=10))
    wait = min(LONGEST_BACK_OFF, wait * 2 ** min(feed.failures, 12))
    asked = error.facts.get("retry_after")
    if isinstance(asked, timedelta):
        wait = max(wait, asked)
    if error.facts.get("status") == 410:
        wait = timedelta(days=1)
    return Polled(at=at, next_at=at + _jittered(wait, ways), error=str(error))


def _jittered(wait: timedelta, ways: Ways) -> timedelta:
    return wait * (1 + ways.chance.uniform(-JITTER, JITTER))
