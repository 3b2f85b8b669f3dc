"""Feeds, articles that could not be read and what each step takes, as an admin's tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from readthrough.desk.open import Desk
from readthrough.desk.status import status_document
from readthrough.domain.live import ArrivalState

__all__ = ["feeds_of", "quarantine_of", "steps_of"]

MOST = 200
_STEPS = {
    "wait": "wait: received to taken up",
    "find": "find: seen before?",
    "read": "read: who, what, figures, tone",
    "group": "group: which story",
    "assess": "assess: impact on books",
    "match": "match: which rules",
    "judge": "judge: who hears of it",
    "write": "write: the note",
    "save": "save: note, index, outbox",
    "commit": "commit: several notes together",
    "publish": "publish: to live pages",
    "journey": "journey: received to note kept",
}
_ORDER = {step: place for place, step in enumerate(_STEPS)}


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
        "note": "Articles that could not be read after several attempts; `readthrough quarantine retry` takes them up again.",
    }


def steps_of(desk: Desk) -> dict[str, Any]:
    """Return what waits, and how long each step of the journey takes, as a table."""
    status = status_document(desk)
    oldest = status["oldest_waits_s"]
    waits = "" if oldest is None else f", the oldest for {oldest:,.0f} s"
    rows = [
        [
            _STEPS.get(row["step"], row["step"]),
            f"{row['done']:,}",
            f"{row['mean_ms']:,.1f}",
            "over 10,000" if row["p95_below_ms"] is None else f"{row['p95_below_ms']:,.1f}",
        ]
        for row in sorted(status["steps"], key=lambda row: _ORDER.get(row["step"], len(_ORDER)))
    ]
    return {
        "title": "Steps",
        "head": ["Step", "Done", "Mean, ms", "95 of 100 below, ms"],
        "rows": rows,
        "note": f"{status['waiting']:,} articles wait{waits}; {status['quarantined']:,} are in quarantine. Times are of this "
        "process since it started; /metrics has them as histograms, and each worker's own with --metrics-port.",
    }


def _time(at: datetime | None) -> str:
    return "–" if at is None else at.strftime("%d %b %H:%M:%S")
