"""Alerts, their deliveries, and every attempt at one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, select, update

from readthrough.domain.alert import Alert, Delivery, Reason
from readthrough.domain.article import ArticleId
from readthrough.domain.contract import NoteDocument
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new, insert_or_replace
from readthrough.storage.documents import document_of
from readthrough.storage.tables import alerts, attempts, deliveries, earlier

__all__ = [
    "claim_due",
    "deliveries_of",
    "find",
    "latest",
    "record_attempt",
    "save",
    "save_delivery",
    "was_alerted",
]


def save(connection: Connection, alert: Alert) -> bool:
    """Keep an alert; False when one with its id is already kept."""
    statement = insert_new(connection, alerts).values(
        alert_id=alert.id,
        rule_id=alert.rule_id,
        rule_name=storable(alert.rule_name),
        article_id=alert.article_id,
        story_id=alert.story_id,
        severity=alert.severity,
        headline=storable(alert.headline),
        reason=document_of(alert.reason),
        withheld=alert.withheld,
        receivers=list(alert.receivers),
        created_at=alert.created_at,
    )
    # Drivers differ in whether they count inserted rows unasked.
    return connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount > 0


def save_delivery(connection: Connection, delivery: Delivery, payload: NoteDocument) -> None:
    """Keep a delivery to be made; one with its id stays as it is."""
    connection.execute(
        insert_new(connection, deliveries).values(
            delivery_id=delivery.id,
            alert_id=delivery.alert_id,
            receiver=delivery.receiver,
            attempts=delivery.attempts,
            due_at=delivery.due_at,
            state=delivery.state,
            detail=storable(delivery.detail),
            payload=payload,
        )
    )


def latest(connection: Connection, *, limit: int, before: str | None) -> list[Alert]:
    """Return alerts, newest first."""
    statement = select(alerts)
    if before is not None:
        last = connection.execute(
            select(alerts.c.created_at, alerts.c.alert_id).where(alerts.c.alert_id == storable(before))
        ).first()
        if last is None:
            return []
        statement = statement.where(earlier(alerts.c.created_at, alerts.c.alert_id, *last))
    statement = statement.order_by(alerts.c.created_at.desc(), alerts.c.alert_id.desc()).limit(max(limit, 0))
    return [_alert(row) for row in connection.execute(statement).mappings()]


def find(connection: Connection, alert_id: str) -> Alert | None:
    """Return one alert."""
    row = connection.execute(select(alerts).where(alerts.c.alert_id == storable(alert_id))).mappings().first()
    return None if row is None else _alert(row)


def was_alerted(connection: Connection, rule_id: str, story_id: str) -> bool:
    """Tell whether a rule already spoke on a story."""
    statement = select(alerts.c.alert_id).where(
        alerts.c.rule_id == rule_id, alerts.c.story_id == story_id, alerts.c.withheld.is_(False)
    )
    return connection.execute(statement.limit(1)).first() is not None


def deliveries_of(connection: Connection, alert_id: str) -> list[Delivery]:
    """Return an alert's deliveries by receiver."""
    statement = (
        select(deliveries).where(deliveries.c.alert_id == storable(alert_id)).order_by(deliveries.c.receiver)
    )
    return [_delivery(row) for row in connection.execute(statement).mappings()]


def claim_due(
    connection: Connection, now: datetime, *, limit: int, lease: timedelta
) -> list[tuple[Delivery, NoteDocument]]:
    """Take deliveries that are due, the longest due first, and put them off by `lease`.

    The transaction is a writing one, so two claims never see the same row as due.
    """
    due = (
        select(deliveries)
        .where(deliveries.c.state == "pending", deliveries.c.due_at <= now)
        .order_by(deliveries.c.due_at, deliveries.c.delivery_id)
        .limit(max(limit, 0))
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(due).mappings().all()
    ids = [row["delivery_id"] for row in rows]
    if ids:
        connection.execute(
            update(deliveries).where(deliveries.c.delivery_id.in_(ids)).values(due_at=now + lease)
        )
    return [(_delivery(row), row["payload"]) for row in rows]


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


def _alert(row: RowMapping) -> Alert:
    reason = row["reason"]
    return Alert(
        id=row["alert_id"],
        rule_id=row["rule_id"],
        rule_name=row["rule_name"],
        article_id=ArticleId(row["article_id"]),
        story_id=row["story_id"],
        severity=row["severity"],
        headline=row["headline"],
        reason=Reason(
            code=reason["code"],
            words=reason["words"],
            matched=tuple((name, value) for name, value in reason["matched"]),
        ),
        withheld=row["withheld"],
        receivers=tuple(row["receivers"]),
        created_at=row["created_at"],
    )


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["delivery_id"],
        alert_id=row["alert_id"],
        receiver=row["receiver"],
        attempts=row["attempts"],
        due_at=row["due_at"],
        state=row["state"],
        detail=row["detail"],
    )
