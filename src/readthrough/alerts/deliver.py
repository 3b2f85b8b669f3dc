"""What is sent for an alert, to whom, and when to try again. Sending itself is the receivers' part."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from readthrough.domain.alert import Alert, Delivery
from readthrough.domain.article import digest
from readthrough.domain.contract import NoteDocument

__all__ = ["SCHEDULE", "deliveries", "next_attempt", "payload"]

SCHEDULE: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Waits after the first, second, ... failed attempt, as the Standard Webhooks specification suggests."""

_JITTER: Final = 0.1  # of the wait, either way, so that receivers coming back are not hit all at once
_LONGEST: Final = timedelta(hours=24)


def payload(alert: Alert, note: NoteDocument | None = None) -> NoteDocument:
    """Return the body of a webhook: `{type, timestamp, data}`, only JSON types.

    Args:
        alert: The alert; `timestamp` is when it fired, not when it is sent, so that a retry sends the same.
        note: The note's document where it is written already.
    """
    return {
        "type": "alert.withheld" if alert.withheld else "alert.fired",
        "timestamp": _time(alert.created_at),
        "data": {
            "id": alert.id,
            "rule": {"id": alert.rule_id, "name": alert.rule_name},
            "severity": alert.severity,
            "headline": alert.headline,
            "article_id": alert.article_id,
            "story_id": alert.story_id,
            "reason": {
                "code": alert.reason.code,
                "words": alert.reason.words,
                "matched": dict(alert.reason.matched),
            },
            "note": note,
        },
    }


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def deliveries(alert: Alert, now: datetime) -> tuple[Delivery, ...]:
    """Return one delivery for each receiver, due now; none for a withheld alert.

    Ids depend on alert and receiver alone: making them twice makes the same.
    """
    if alert.withheld:
        return ()
    return tuple(
        Delivery(
            id="dlv_" + digest(alert.id, receiver),
            alert_id=alert.id,
            receiver=receiver,
            attempts=0,
            due_at=now,
            state="pending",
        )
        for receiver in dict.fromkeys(alert.receivers)
    )


def next_attempt(attempts: int, retry_after: timedelta | None = None, *, key: str = "") -> timedelta | None:
    """Return how long to wait before trying again.

    Args:
        attempts: How many attempts have been made and failed, at least 1.
        retry_after: What the receiver asked for; a longer wait than the schedule's is honoured, up to 24 h.
        key: The delivery's id. The same key and attempt always wait equally long.

    Returns:
        The wait, or None when the schedule is spent.

    Raises:
        ValueError: `attempts` is below 1.
    """
    if attempts < 1:
        raise ValueError(f"attempts must be at least 1, got {attempts}")
    if attempts > len(SCHEDULE):
        return None
    draw = int(digest(key, str(attempts), size=4), 16) / 0xFFFF_FFFF  # in [0, 1]
    wait = SCHEDULE[attempts - 1] * (1 + _JITTER * (2 * draw - 1))
    return max(wait, min(retry_after, _LONGEST)) if retry_after is not None else wait
