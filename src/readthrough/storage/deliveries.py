"""Deliveries, every attempt at one, what waits for its time, and how each endpoint does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from readthrough.domain.alert import Delivery
from readthrough.domain.alert_ports import Attempt, Bundle, Claim
from readthrough.domain.contract import NoteDocument
from readthrough.domain.route import Endpoint
from readthrough.storage import alerts as alert_rows
from readthrough.storage.alert_tables import alert_actions, alert_holds, delivery_plans, endpoints
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new, insert_or_replace
from readthrough.storage.tables import attempts, deliveries, notes
from readthrough.storage.turns import plan_of

__all__ = [
    "ACKNOWLEDGED",
    "anything_ripe",
    "attempts_of",
    "claim",
    "claim_due",
    "due_receivers",
    "enable",
    "endpoint_of",
    "endpoints_of",
    "next_due",
    "of_alert",
    "payload_of",
    "record_attempt",
    "release",
    "replay",
    "save",
    "save_endpoint",
    "shown",
    "update_endpoint",
]

ACKNOWLEDGED = "acknowledged"
"""Stands for the delivery of what was acknowledged before it was told."""

DISABLED = "Not tried, the receiver is disabled: "

_PLAN = (
    delivery_plans.c.kind,
    delivery_plans.c.person,
    delivery_plans.c.attempts_before,
    delivery_plans.c.note_id,
    delivery_plans.c.note_revision,
)


def save(
    connection: Connection,
    due: Sequence[tuple[Delivery, NoteDocument]],
    *,
    note_id: str = "",
    revision: int = 0,
) -> None:
    """Keep deliveries to be made, each with its payload; those whose ids are kept stay as they are.

    Args:
        connection: A writing transaction.
        due: What is to be sent.
        note_id: The note that rides along: it is put into the payload when that is sent.
        revision: Which of its revisions, so that a retry sends the same.
    """
    if not due:
        return
    connection.execute(
        insert_new(connection, deliveries),
        [
            {
                "delivery_id": delivery.id,
                "alert_id": delivery.alert_id,
                "receiver": delivery.receiver,
                "attempts": delivery.attempts,
                "due_at": delivery.due_at,
                "state": delivery.state,
                "detail": storable(delivery.detail),
                "payload": payload,
            }
            for delivery, payload in due
        ],
    )
    connection.execute(
        insert_new(connection, delivery_plans),
        [plan_of(delivery, note_id, revision) for delivery, _ in due],
    )


def _select() -> Select[Any]:
    return select(deliveries, *_PLAN).outerjoin(
        delivery_plans, delivery_plans.c.delivery_id == deliveries.c.delivery_id
    )


def of_alert(connection: Connection, alert_id: str) -> list[Delivery]:
    """Return an alert's deliveries by receiver, those of messages it was told in among them."""
    asked = storable(alert_id)
    told_in = select(alert_holds.c.delivery_id).where(alert_holds.c.alert_id == asked)
    statement = (
        _select()
        .where(or_(deliveries.c.alert_id == asked, deliveries.c.delivery_id.in_(told_in)))
        .order_by(deliveries.c.receiver, deliveries.c.due_at, deliveries.c.delivery_id)
    )
    return [_delivery(row) for row in connection.execute(statement).mappings()]


def attempts_of(connection: Connection, delivery_ids: Collection[str]) -> list[Attempt]:
    """Return every attempt at these deliveries, oldest first."""
    statement = (
        select(attempts)
        .where(attempts.c.delivery_id.in_(list(delivery_ids)))
        .order_by(attempts.c.at, attempts.c.delivery_id, attempts.c.number)
    )
    return [
        Attempt(
            delivery_id=row["delivery_id"],
            number=row["number"],
            at=row["at"],
            state=row["state"],
            detail=row["detail"],
        )
        for row in connection.execute(statement).mappings()
    ]


def due_receivers(connection: Connection, now: datetime) -> list[str]:
    """Return the receivers for which something is due, the longest waiting first."""
    statement = (
        select(deliveries.c.receiver)
        .where(deliveries.c.state == "pending", deliveries.c.due_at <= now)
        .group_by(deliveries.c.receiver)
        .order_by(func.min(deliveries.c.due_at), deliveries.c.receiver)
    )
    return list(connection.scalars(statement))


def claim_due(
    connection: Connection, now: datetime, *, limit: int, lease: timedelta, receiver: str | None = None
) -> list[tuple[Delivery, NoteDocument]]:
    """Take deliveries that are due, the longest due first, and put them off by `lease`.

    The transaction is a writing one, so two claims never see the same row as due.
    """
    due = _select().where(deliveries.c.state == "pending", deliveries.c.due_at <= now)
    if receiver is not None:
        due = due.where(deliveries.c.receiver == receiver)
    due = (
        due.order_by(deliveries.c.due_at, deliveries.c.delivery_id)
        .limit(max(limit, 0))
        .with_for_update(skip_locked=True, of=deliveries)
    )
    rows = connection.execute(due).mappings().all()
    ids = [row["delivery_id"] for row in rows]
    if ids:
        connection.execute(
            update(deliveries).where(deliveries.c.delivery_id.in_(ids)).values(due_at=now + lease)
        )
    riding: dict[tuple[str, int], NoteDocument | None] = {}
    return [(_delivery(row), payload_of(connection, row, riding)) for row in rows]


def claim(
    connection: Connection, receiver: str, now: datetime, *, limit: int, lease: timedelta, admit: Claim
) -> list[tuple[Delivery, NoteDocument]]:
    """Take as many due deliveries of one receiver as may be tried; put the others off."""
    due = and_(deliveries.c.receiver == receiver, deliveries.c.state == "pending", deliveries.c.due_at <= now)
    wanted = connection.scalar(select(func.count()).select_from(deliveries).where(due)) or 0
    if not wanted:
        return []
    before = endpoint_of(connection, receiver)
    allowed, after, later = admit(before, min(wanted, limit))
    if after != before:
        save_endpoint(connection, after)
    taken = claim_due(connection, now, limit=allowed, lease=lease, receiver=receiver) if allowed else []
    if before.disabled_at is not None:
        connection.execute(
            update(deliveries).where(due).values(state="failed", detail=DISABLED + before.detail)
        )
    elif later is not None and later > now:
        connection.execute(update(deliveries).where(due).values(due_at=later))
    return taken


def payload_of(
    connection: Connection, row: Any, riding: dict[tuple[str, int], NoteDocument | None]
) -> NoteDocument:
    """Return what is sent: the payload as it was decided, with the revision of the note it was decided on."""
    payload: NoteDocument = row["payload"]
    if not row["note_id"]:
        return payload
    key = (row["note_id"], row["note_revision"])
    if key not in riding:
        riding[key] = connection.scalar(
            select(notes.c.document).where(notes.c.note_id == key[0], notes.c.revision == key[1])
        )
    data = payload.get("data")
    if not isinstance(data, dict) or data.get("note") is not None or "note" not in data:
        return payload
    return {**payload, "data": {**data, "note": riding[key]}}


def shown(connection: Connection, delivery_id: str) -> NoteDocument:
    """Return what live pages show of a delivery: its payload and its id."""
    row = connection.execute(_select().where(deliveries.c.delivery_id == delivery_id)).mappings().first()
    return {} if row is None else {**payload_of(connection, row, {}), "delivery_id": delivery_id}


def record_attempt(connection: Connection, delivery: Delivery, *, at: datetime) -> None:
    """Keep an attempt and the delivery as it now stands. A delivered one is never taken back."""
    attempt = {
        "delivery_id": delivery.id,
        "number": delivery.attempts,
        "at": at,
        "state": delivery.state,
        "detail": storable(delivery.detail),
    }
    connection.execute(insert_or_replace(connection, attempts, attempt))
    connection.execute(
        update(deliveries)
        .where(deliveries.c.delivery_id == delivery.id, deliveries.c.state != "delivered")
        .values(
            attempts=delivery.attempts,
            due_at=delivery.due_at,
            state=delivery.state,
            detail=storable(delivery.detail),
        )
    )


def anything_ripe(connection: Connection, now: datetime) -> bool:
    """Tell whether something has waited long enough."""
    due = select(alert_holds.c.alert_id).where(alert_holds.c.delivery_id == "", alert_holds.c.due_at <= now)
    return connection.execute(due.limit(1)).first() is not None


def release(connection: Connection, now: datetime, bundle: Bundle) -> int:
    """Turn what has waited long enough into deliveries; what was acknowledged meanwhile is not told."""
    due = (
        select(alert_holds)
        .where(alert_holds.c.delivery_id == "", alert_holds.c.due_at <= now)
        .order_by(alert_holds.c.due_at, alert_holds.c.key, alert_holds.c.receiver)
        .limit(5_000)
    )
    waiting: dict[tuple[str, str, str], list[str]] = {}
    for row in connection.execute(due).mappings():
        waiting.setdefault((row["key"], row["person"], row["receiver"]), []).append(row["alert_id"])
    for (key, person, receiver), ids in waiting.items():
        _released(connection, key, person, receiver, ids, now, bundle)
    return len(waiting)


def _released(
    connection: Connection,
    key: str,
    person: str,
    receiver: str,
    ids: list[str],
    now: datetime,
    bundle: Bundle,
) -> None:
    answered = set(
        connection.scalars(
            select(alert_actions.c.alert_id).where(
                alert_actions.c.alert_id.in_(ids), alert_actions.c.kind == "acknowledged"
            )
        )
    )
    told = [alert for alert in alert_rows.find_all(connection, ids) if alert.id not in answered]
    delivery_id = ACKNOWLEDGED
    if told:
        delivery, payload = bundle(key, person, receiver, told, now)
        delivery_id = delivery.id
        save(connection, [(delivery, payload)])
    hold = and_(alert_holds.c.alert_id.in_(ids), alert_holds.c.receiver == receiver)
    connection.execute(update(alert_holds).where(hold).values(delivery_id=delivery_id))


def replay(connection: Connection, alert_id: str, receiver: str, now: datetime) -> int:
    """Make deliveries of an alert due again under their ids; the schedule begins anew."""
    count = 0
    for delivery in of_alert(connection, alert_id):
        if (receiver and delivery.receiver != receiver) or delivery.state == "cancelled":
            continue
        connection.execute(
            update(deliveries)
            .where(deliveries.c.delivery_id == delivery.id)
            .values(state="pending", due_at=now, detail="")
        )
        plan = {**plan_of(delivery, "", 0), "attempts_before": delivery.attempts}
        connection.execute(insert_new(connection, delivery_plans).values(**plan))
        connection.execute(
            update(delivery_plans)
            .where(delivery_plans.c.delivery_id == delivery.id)
            .values(attempts_before=delivery.attempts)
        )
        count += 1
    return count


def next_due(connection: Connection) -> datetime | None:
    """Return when the next delivery is due or the next message ripe."""
    moments = [
        connection.scalar(select(func.min(deliveries.c.due_at)).where(deliveries.c.state == "pending")),
        connection.scalar(select(func.min(alert_holds.c.due_at)).where(alert_holds.c.delivery_id == "")),
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def endpoint_of(connection: Connection, receiver: str) -> Endpoint:
    """Return how a receiver does; one that was never tried does well."""
    row = (
        connection.execute(select(endpoints).where(endpoints.c.receiver == storable(receiver)))
        .mappings()
        .first()
    )
    return Endpoint(receiver=receiver) if row is None else _endpoint(row)


def endpoints_of(connection: Connection) -> list[Endpoint]:
    """Return how every receiver does that was tried."""
    statement = select(endpoints).order_by(endpoints.c.receiver)
    return [_endpoint(row) for row in connection.execute(statement).mappings()]


def save_endpoint(connection: Connection, endpoint: Endpoint) -> None:
    """Keep how a receiver does."""
    values = {
        "receiver": storable(endpoint.receiver),
        "failures": endpoint.failures,
        "open_until": endpoint.open_until,
        "free_at": endpoint.free_at,
        "disabled_at": endpoint.disabled_at,
        "detail": storable(endpoint.detail),
    }
    connection.execute(insert_or_replace(connection, endpoints, values))


def update_endpoint(
    connection: Connection, receiver: str, change: Callable[[Endpoint], Endpoint], now: datetime
) -> None:
    """Keep what an attempt says of its endpoint; when its circuit closes, what waited for that is due."""
    before = endpoint_of(connection, receiver)
    after = change(before)
    if after == before:
        return
    save_endpoint(connection, after)
    if before.open_until is not None and after.open_until is None:
        waited = and_(
            deliveries.c.receiver == receiver,
            deliveries.c.state == "pending",
            deliveries.c.due_at == before.open_until,
        )
        connection.execute(update(deliveries).where(waited).values(due_at=now))


def enable(connection: Connection, receiver: str, now: datetime) -> int:
    """Forget what failed at a receiver; what was not tried because of it is due. Returns how many those are."""
    before = endpoint_of(connection, receiver)
    save_endpoint(connection, Endpoint(receiver=receiver, free_at=before.free_at))
    waited = and_(
        deliveries.c.receiver == receiver,
        deliveries.c.state == "failed",
        deliveries.c.detail.startswith(DISABLED),
    )
    done = connection.execute(update(deliveries).where(waited).values(state="pending", due_at=now))
    return int(done.rowcount)


def _endpoint(row: Any) -> Endpoint:
    return Endpoint(
        receiver=row["receiver"],
        failures=row["failures"],
        open_until=row["open_until"],
        free_at=row["free_at"],
        disabled_at=row["disabled_at"],
        detail=row["detail"],
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=row["delivery_id"],
        alert_id=row["alert_id"],
        receiver=row["receiver"],
        attempts=row["attempts"],
        due_at=row["due_at"],
        state=row["state"],
        detail=row["detail"],
        kind=row["kind"] or "alert",
        person=row["person"] or "",
        attempts_before=row["attempts_before"] or 0,
    )
