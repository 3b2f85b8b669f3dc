"""What is sent for an alert, to whom, and when to try again. Sending itself is the receivers' part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from readthrough.alerts.stages.scene import Turn
from readthrough.domain.alert import Alert, Delivery
from readthrough.domain.article import digest
from readthrough.domain.contract import NoteDocument
from readthrough.domain.route import Held, Hush

__all__ = [
    "SCHEDULE",
    "bundle",
    "deliveries",
    "delivery_of",
    "escalations",
    "holds",
    "kind_of",
    "next_attempt",
    "payload",
    "told_beside",
]

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
_TYPES: Final = {
    "alert": "alert.fired",
    "update": "alert.updated",
    "correction": "alert.corrected",
    "withdrawal": "alert.withdrawn",
    "escalation": "alert.escalated",
    "reminder": "alert.reminder",
}


def payload(
    alert: Alert,
    note: NoteDocument | None = None,
    *,
    kind: str = "",
    also: Sequence[str] = (),
) -> NoteDocument:
    """Return the body of a webhook: `{type, timestamp, data}`, only JSON types.

    Args:
        alert: The alert; `timestamp` is when it fired, not when it is sent, so that a retry sends the same.
        note: The note's document where it is written already; the store puts it in when it is sent.
        kind: What kind of message it is; by the alert's own reason when empty.
        also: Names of other rules that are told in the same message.
    """
    return {
        "type": "alert.withheld" if alert.withheld else _TYPES[kind or kind_of(alert)],
        "timestamp": _time(alert.created_at),
        "data": {
            "id": alert.id,
            "rule": {"id": alert.rule_id, "name": alert.rule_name},
            "person": alert.person,
            "severity": alert.severity,
            "headline": alert.headline,
            "article_id": alert.article_id,
            "story_id": alert.story_id,
            "joins": alert.joins,
            "also": list(also),
            "reason": {
                "code": alert.reason.code,
                "words": alert.reason.words,
                "matched": dict(alert.reason.matched),
                "found": [
                    {"phrase": one.phrase, "start": one.span.start, "end": one.span.end}
                    for one in alert.found
                ],
            },
            "note": note,
        },
    }


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def kind_of(alert: Alert) -> str:
    """Say what kind of message an alert makes: an alert, an update of one, a correction or a withdrawal."""
    if alert.reason.code in ("corrected", "withdrawn"):
        return "correction" if alert.reason.code == "corrected" else "withdrawal"
    return "update" if alert.joins else "alert"


def delivery_of(
    alert: Alert, receiver: str, due_at: datetime, *, kind: str = "", number: int = 0
) -> Delivery:
    """Return the delivery of an alert to a receiver; its id hangs on these, the kind and the number alone."""
    parts = (alert.id, receiver, *((kind, str(number)) if kind else ()))
    return Delivery(
        id="dlv_" + digest(*parts),
        alert_id=alert.id,
        receiver=receiver,
        attempts=0,
        due_at=due_at,
        state="pending",
        kind=kind or kind_of(alert),
        person=alert.person,
    )


def deliveries(alert: Alert, now: datetime, *, live: Collection[str] | None = None) -> tuple[Delivery, ...]:
    """Return one delivery for each receiver, due now; none for a withheld alert.

    Ids depend on alert and receiver alone: making them twice makes the same.

    Args:
        alert: The alert. One that is held goes now to receivers that take everything as it comes only.
        now: When they are due.
        live: Those receivers.
    """
    if alert.withheld:
        return ()
    names = dict.fromkeys(alert.receivers)
    return tuple(delivery_of(alert, name, now) for name in names if not alert.held_as or name in (live or ()))


def holds(turn: Turn, live: Collection[str]) -> tuple[Held, ...]:
    """Return what waits: one row for each receiver that is told later, in one message with its key."""
    alert = turn.alert
    if alert.withheld or not alert.held_as or alert.held_until is None:
        return ()
    key = f"{alert.person}|{turn.hold_key or _time(alert.held_until)}"
    return tuple(
        Held(
            alert_id=alert.id,
            receiver=name,
            person=alert.person,
            key=key,
            due_at=alert.held_until,
            held_as=alert.held_as,
        )
        for name in dict.fromkeys(alert.receivers)
        if name not in live
    )


def escalations(turn: Turn, now: datetime) -> tuple[Delivery, ...]:
    """Return where an alert goes if nobody acknowledges it: deliveries due later, each of its own id."""
    alert, route = turn.alert, turn.route
    if alert.withheld or alert.held_as or alert.severity not in route.escalate_severities:
        return ()
    return tuple(
        delivery_of(alert, name, now + step.after, kind="escalation", number=number)
        for number, step in enumerate(route.escalate)
        for name in dict.fromkeys(step.receivers)
    )


def told_beside(turns: Iterable[Turn]) -> dict[str, list[str]]:
    """Return the names of the rules that are told in another alert's message, by that alert's id."""
    beside: dict[str, list[str]] = {}
    for turn in turns:
        if turn.alert.reason.code == Hush.GROUPED:
            beside.setdefault(turn.alert.hushed_by, []).append(turn.alert.rule_name)
    return beside


def bundle(
    key: str, person: str, receiver: str, alerts: Sequence[Alert], now: datetime
) -> tuple[Delivery, NoteDocument]:
    """Make one message of alerts that waited for it; one that waited alone is sent as it would have been.

    The id hangs on the key, the time it ripened and the receiver: making it twice makes the same.
    """
    if len(alerts) == 1:
        return delivery_of(alerts[0], receiver, now), payload(alerts[0])
    ordered = sorted(alerts, key=lambda a: (a.created_at, a.id))
    delivery = Delivery(
        id="dlv_" + digest("bundle", key, receiver, *(a.id for a in ordered)),
        alert_id="bnd_" + digest("bundle", key, *(a.id for a in ordered)),
        receiver=receiver,
        attempts=0,
        due_at=now,
        state="pending",
        kind="digest",
        person=person,
    )
    return delivery, {
        "type": "alert.digest",
        "timestamp": _time(now),
        "data": {
            "id": delivery.alert_id,
            "person": person,
            "headline": f"{len(ordered)} alerts",
            "severity": "alert",
            "alerts": [payload(alert)["data"] for alert in ordered],
        },
    }


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
