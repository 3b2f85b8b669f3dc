"""What an alert became on its way through the stages, what waits, and what people did about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from readthrough.domain.alert import Alert, Delivery, Found, Told
from readthrough.domain.article import Span
from readthrough.domain.route import Action, Held, Remembered
from readthrough.storage.alert_tables import alert_actions, alert_holds, alert_turns, delivery_plans
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new
from readthrough.storage.tables import alerts, deliveries

__all__ = [
    "act",
    "actions",
    "gathering",
    "held_of",
    "plan_of",
    "remembered",
    "save_holds",
    "save_turns",
    "spoken",
    "with_turn",
]

_CHUNK = 500  # names in one list of a statement: databases bound them


def save_turns(connection: Connection, kept: Sequence[Alert]) -> None:
    """Keep what the stages made of alerts."""
    if kept:
        connection.execute(insert_new(connection, alert_turns), [_row(alert) for alert in kept])


def _row(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "rule_id": alert.rule_id,
        "story_id": alert.story_id,
        "person": storable(alert.person),
        "tenant": storable(alert.tenant),
        "joins": alert.joins,
        "hushed_by": alert.hushed_by,
        "sign": alert.told.sign,
        "events": list(alert.told.events),
        "impact": alert.told.impact,
        "found": [[storable(one.phrase), one.span.start, one.span.end] for one in alert.found],
        "held_as": alert.held_as,
        "held_until": alert.held_until,
        "spoke": not alert.withheld,
        "at": alert.created_at,
    }


def with_turn(row: Any) -> dict[str, Any]:
    """Return what a row of alerts joined with its turn adds to an alert; nothing without one."""
    if row["turn_id"] is None:
        return {}
    return {
        "person": row["person"],
        "tenant": row["tenant"],
        "joins": row["joins"],
        "hushed_by": row["hushed_by"],
        "told": Told(sign=row["sign"], events=tuple(row["events"]), impact=row["impact"]),
        "found": tuple(Found(phrase=word, span=Span(start, end)) for word, start, end in row["found"]),
        "held_as": row["held_as"],
        "held_until": row["held_until"],
    }


def save_holds(connection: Connection, waiting: Iterable[Held]) -> None:
    """Keep what waits to be told."""
    rows = [
        {
            "alert_id": one.alert_id,
            "receiver": one.receiver,
            "person": storable(one.person),
            "key": storable(one.key),
            "due_at": one.due_at,
            "held_as": one.held_as,
            "delivery_id": "",
        }
        for one in waiting
    ]
    if rows:
        connection.execute(insert_new(connection, alert_holds), rows)


def remembered(connection: Connection, story_id: str) -> tuple[Remembered, ...]:
    """Return what spoke, or waits to speak, on a story, oldest first."""
    statement = (
        select(alert_turns, alerts.c.rule_name, alerts.c.severity, alerts.c.receivers)
        .join(alerts, alerts.c.alert_id == alert_turns.c.alert_id)
        .where(alert_turns.c.story_id == story_id, alert_turns.c.spoke.is_(True))
        .order_by(alert_turns.c.at, alert_turns.c.joins, alert_turns.c.alert_id)
    )
    return tuple(
        Remembered(
            id=row["alert_id"],
            rule_id=row["rule_id"],
            rule_name=row["rule_name"],
            person=row["person"],
            tenant=row["tenant"],
            severity=row["severity"],
            receivers=tuple(row["receivers"]),
            joins=row["joins"],
            sign=row["sign"],
            events=tuple(row["events"]),
            impact=row["impact"],
            at=row["at"],
            held_until=row["held_until"],
        )
        for row in connection.execute(statement).mappings()
    )


def spoken(connection: Connection, people: Collection[str], since: datetime) -> dict[str, int]:
    """Count what spoke at once to each of these people since a moment."""
    counted: dict[str, int] = {}
    for names in _chunks(people):
        statement = (
            select(alert_turns.c.person, func.count())
            .where(
                alert_turns.c.person.in_(names),
                alert_turns.c.at > since,
                alert_turns.c.spoke.is_(True),
                alert_turns.c.held_as == "",
            )
            .group_by(alert_turns.c.person)
        )
        counted.update({person: int(number) for person, number in connection.execute(statement)})
    return counted


def gathering(connection: Connection, people: Collection[str], now: datetime) -> dict[str, datetime]:
    """Return until when something is gathered for these people, by key."""
    found: dict[str, datetime] = {}
    for names in _chunks(people):
        statement = (
            select(alert_holds.c.key, func.min(alert_holds.c.due_at))
            .where(
                alert_holds.c.delivery_id == "", alert_holds.c.due_at > now, alert_holds.c.person.in_(names)
            )
            .group_by(alert_holds.c.key)
        )
        found.update(dict(connection.execute(statement).tuples().all()))
    return found


def _chunks(names: Collection[str]) -> Iterable[list[str]]:
    ordered = sorted(map(storable, names))
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def held_of(connection: Connection, alert_id: str) -> list[tuple[Held, str]]:
    """Return what waits for an alert, or waited, each with the delivery that told it."""
    statement = (
        select(alert_holds)
        .where(alert_holds.c.alert_id == storable(alert_id))
        .order_by(alert_holds.c.due_at, alert_holds.c.receiver)
    )
    return [
        (
            Held(
                alert_id=row["alert_id"],
                receiver=row["receiver"],
                person=row["person"],
                key=row["key"],
                due_at=row["due_at"],
                held_as=row["held_as"],
            ),
            row["delivery_id"],
        )
        for row in connection.execute(statement).mappings()
    ]


def act(connection: Connection, action: Action) -> None:
    """Keep what a person did; an acknowledged or snoozed alert escalates no more."""
    connection.execute(
        insert(alert_actions).values(
            alert_id=storable(action.alert_id),
            kind=action.kind,
            at=action.at,
            by=storable(action.by),
            until=action.until,
            comment=storable(action.comment),
        )
    )
    if action.kind in ("acknowledged", "snoozed"):
        stopped = ["escalation"] if action.kind == "snoozed" else ["escalation", "reminder"]
        planned = select(delivery_plans.c.delivery_id).where(delivery_plans.c.kind.in_(stopped))
        connection.execute(
            update(deliveries)
            .where(
                deliveries.c.alert_id == storable(action.alert_id),
                deliveries.c.state == "pending",
                deliveries.c.delivery_id.in_(planned),
            )
            .values(state="cancelled", detail=f"{action.kind} at {action.at:%Y-%m-%d %H:%M:%S} UTC")
        )


def actions(connection: Connection, alert_id: str) -> list[Action]:
    """Return what people did about an alert, oldest first."""
    statement = (
        select(alert_actions)
        .where(alert_actions.c.alert_id == storable(alert_id))
        .order_by(alert_actions.c.id)
    )
    return [
        Action(
            alert_id=row["alert_id"],
            kind=row["kind"],
            at=row["at"],
            by=row["by"],
            until=row["until"],
            comment=row["comment"],
        )
        for row in connection.execute(statement).mappings()
    ]


def plan_of(delivery: Delivery, note_id: str, revision: int) -> dict[str, Any]:
    """Return the row that says what kind of message a delivery is, for whom, and with which note."""
    return {
        "delivery_id": delivery.id,
        "kind": delivery.kind,
        "person": storable(delivery.person),
        "note_id": note_id,
        "note_revision": revision,
        "attempts_before": delivery.attempts_before,
    }
