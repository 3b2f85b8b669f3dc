"""How the desk fares: what waits, what each step costs, and each feed's health."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from readthrough.desk.open import Desk
from readthrough.domain.live import FeedHealth
from readthrough.observe import step_times

__all__ = ["feed_document", "status_document"]


def status_document(desk: Desk) -> dict[str, Any]:
    """Return it as JSON values; times in ISO 8601, UTC.

    Raises:
        StorageError: The record is away.
    """
    waiting = desk.store.live.waiting()
    now = desk.clock()
    oldest = waiting.oldest_received_at
    return {
        "waiting": waiting.articles,
        "quarantined": waiting.quarantined,
        "oldest_waits_s": None if oldest is None else round(max(0.0, (now - oldest).total_seconds()), 3),
        "steps": [
            {"step": step, "done": done, "mean_ms": round(1_000 * mean, 2), "p95_below_ms": below}
            for step, done, mean, below in step_times()
        ],
        "feeds": [feed_document(health, now) for health in desk.store.live.feeds()],
    }


def feed_document(health: FeedHealth, now: datetime) -> dict[str, Any]:
    """Return a feed's health as JSON values; options that hold secrets are left out."""
    feed = health.feed
    state = "paused" if feed.paused else "failing" if health.error else "ok" if health.ok_at else "new"
    return {
        "name": feed.name,
        "kind": feed.kind,
        "address": feed.address,
        "state": state,
        "polls": health.polls,
        "taken": health.taken,
        "refused": health.refused,
        "lag_s": None if health.lag_s is None else round(health.lag_s, 1),
        "polled_at": _iso(health.polled_at),
        "ok_at": _iso(health.ok_at),
        "taken_at": _iso(health.taken_at),
        "newest_at": _iso(health.newest_at),
        "next_in_s": None if feed.paused else round((health.next_at - now).total_seconds(), 1),
        "last_title": health.last_title,
        "failures": feed.failures,
        "error": health.error,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
