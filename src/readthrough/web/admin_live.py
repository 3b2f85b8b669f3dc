"""Feeds and articles that could not be read, as an admin's tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from readthrough.desk.open import Desk
from readthrough.domain.live import ArrivalState

__all__ = ["feeds_of", "quarantine_of"]

MOST = 200


def feeds_of(desk: Desk) -> dict[str, Any]:
    """Return the feeds and how each fares, as a table."""
    rows = [
        [
            f.feed.name,
            f.feed.kind,
            "paused" if f.feed.paused else f.error or "well",
            _time(f.polled_at),
            _time(f.newest_at),
            f"{f.taken:,}",
            f"{f.refused:,}",
            "–" if f.lag_s is None else f"{f.lag_s:,.1f}",
        ]
        for f in desk.store.live.feeds()
    ]
    waiting = desk.store.live.waiting()
    return {
        "title": "Feeds",
        "head": ["Feed", "Kind", "State", "Asked, UTC", "Newest item", "Taken", "Refused", "Lag, s"],
        "rows": rows,
        "note": f"{waiting.articles:,} articles wait to be read. Feeds are added with `readthrough feed add`.",
    }


def quarantine_of(desk: Desk) -> dict[str, Any]:
    """Return the articles that were set aside, as a table."""
    found = desk.store.live.arrivals(state=ArrivalState.QUARANTINED, limit=MOST)
    return {
        "title": "Quarantine",
        "head": ["No.", "Feed", "Headline", "Attempts", "Why"],
        "rows": [[str(a.id), a.feed, a.article.headline, str(a.attempts), a.detail] for a in found],
        "note": "Articles that could not be read after several attempts; `readthrough feed retry` takes them up again.",
    }


def _time(at: datetime | None) -> str:
    return "–" if at is None else at.strftime("%d %b %H:%M:%S")
