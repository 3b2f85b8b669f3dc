"""Feeds: what they are, when they are asked next, what they showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, delete, or_, select, update

from readthrough.domain.live import Feed, FeedHealth, Polled
from readthrough.storage import arrivals
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new, insert_or_replace
from readthrough.storage.live_tables import feed_items, feeds

__all__ = ["claim", "every", "forget", "pause", "polled", "renew", "save", "seen", "set_options"]

_LONGEST: Final = timedelta(
    days=2
)  # no feed is put off for longer: a later time means the clock was set back
_REMEMBERED: Final = 20_000  # items of a feed that are known again


def save(connection: Connection, feed: Feed, *, now: datetime) -> bool:
    """Keep a feed; False when its name is taken."""
    row = {
        "name": storable(feed.name),
        "kind": feed.kind,
        "address": storable(feed.address),
        "options": dict(feed.options),
        "paused": feed.paused,
        "added_at": now,
        "next_at": now,
        "owner": "",
        "mark": dict(feed.mark),
        "failures": 0,
        "error": "",
        "polls": 0,
        "taken": 0,
        "refused": 0,
        "last_title": "",
    }
    statement = insert_new(connection, feeds).values(row).execution_options(preserve_rowcount=True)
    return connection.execute(statement).rowcount > 0


def forget(connection: Connection, name: str) -> bool:
    """Remove a feed and what it showed; False when there was none."""
    connection.execute(delete(feed_items).where(feed_items.c.feed == storable(name)))
    return connection.execute(delete(feeds).where(feeds.c.name == storable(name))).rowcount > 0


def pause(connection: Connection, name: str, *, paused: bool, now: datetime) -> bool:
    """Stop asking a feed, or ask it again at once; False when there is none."""
    statement = (
        update(feeds).where(feeds.c.name == storable(name)).values(paused=paused, next_at=now, failures=0)
    )
    return connection.execute(statement).rowcount > 0


def every(connection: Connection) -> list[FeedHealth]:
    """Return all feeds by name."""
    return [_health(row) for row in connection.execute(select(feeds).order_by(feeds.c.name)).mappings()]


def claim(
    connection: Connection,
    *,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta,
    kinds: Sequence[str] | None,
) -> list[Feed]:
    """Take feeds that are to be asked now, and put them off by `lease` in case their asker is killed."""
    due = and_(feeds.c.paused.is_(False), or_(feeds.c.next_at <= now, feeds.c.next_at > now + _LONGEST))
    statement = select(feeds).where(due).order_by(feeds.c.next_at, feeds.c.name).limit(limit)
    if kinds is not None:
        statement = statement.where(feeds.c.kind.in_(kinds))
    rows = connection.execute(statement.with_for_update(skip_locked=True)).mappings().all()
    if rows:
        connection.execute(
            update(feeds)
            .where(feeds.c.name.in_([row["name"] for row in rows]))
            .values(next_at=now + lease, owner=owner)
        )
    return [_feed(row) for row in rows]


def renew(connection: Connection, *, owner: str, until: datetime) -> None:
    """Hold on to the feeds an asker has claimed."""
    connection.execute(update(feeds).where(feeds.c.owner == owner).values(next_at=until))


def set_options(connection: Connection, name: str, options: Mapping[str, str]) -> None:
    """Change how a feed is asked."""
    connection.execute(update(feeds).where(feeds.c.name == storable(name)).values(options=dict(options)))


def seen(connection: Connection, name: str, items: Sequence[str]) -> dict[str, str]:
    """Return the digests of those items that a feed showed before."""
    found: dict[str, str] = {}
    for start in range(0, len(items), 500):
        part = [storable(item) for item in items[start : start + 500]]
        rows = connection.execute(
            select(feed_items.c.item, feed_items.c.digest).where(
                feed_items.c.feed == storable(name), feed_items.c.item.in_(part)
            )
        )
        found.update((item, digest) for item, digest in rows)
    return found


def polled(connection: Connection, name: str, outcome: Polled) -> int:
    """Keep what a poll came to: its articles to wait, its items as seen, the feed as it stands.

    Returns:
        How many articles are new.
    """
    row = connection.execute(select(feeds).where(feeds.c.name == storable(name))).mappings().first()
    if row is None:  # removed while it was asked
        return 0
    taken = arrivals.add(connection, outcome.articles, feed=name, now=outcome.at)
    for item in outcome.items:
        values = {
            "feed": storable(name),
            "item": storable(item.item),
            "digest": item.digest,
            "detail": storable(item.detail)[:500],
            "seen_at": outcome.at,
        }
        connection.execute(insert_or_replace(connection, feed_items, values))
    if outcome.items:
        _forget_old(connection, name)
    refused = sum(bool(item.detail) for item in outcome.items)
    changes: dict[str, Any] = {
        "next_at": outcome.next_at,
        "owner": "",
        "polled_at": outcome.at,
        "polls": row["polls"] + 1,
        "error": storable(outcome.error)[:1_000],
        "failures": row["failures"] + 1 if outcome.error else 0,
        "taken": row["taken"] + taken,
        "refused": row["refused"] + refused,
    }
    if not outcome.error:
        changes["ok_at"] = outcome.at
    if outcome.mark is not None:
        changes["mark"] = dict(outcome.mark)
    if taken:
        changes |= {"taken_at": outcome.at, "last_title": storable(outcome.last_title)[:300]}
        if outcome.lag_s is not None:
            changes["lag_s"] = outcome.lag_s
    if outcome.newest_at is not None:
        changes["newest_at"] = outcome.newest_at
    connection.execute(update(feeds).where(feeds.c.name == row["name"]).values(changes))
    return taken


def _forget_old(connection: Connection, name: str) -> None:
    mine = feed_items.c.feed == storable(name)
    nth = connection.scalar(
        select(feed_items.c.seen_at)
        .where(mine)
        .order_by(feed_items.c.seen_at.desc())
        .offset(_REMEMBERED)
        .limit(1)
    )
    if nth is not None:
        connection.execute(delete(feed_items).where(mine, feed_items.c.seen_at <= nth))


def _feed(row: RowMapping) -> Feed:
    return Feed(
        name=row["name"],
        kind=row["kind"],
        address=row["address"],
        options=row["options"],
        paused=row["paused"],
        mark=row["mark"],
        failures=row["failures"],
    )


def _health(row: RowMapping) -> FeedHealth:
    names = "added_at next_at polled_at ok_at newest_at taken_at error polls taken refused lag_s last_title".split()
    return FeedHealth(feed=_feed(row), **{name: row[name] for name in names})
