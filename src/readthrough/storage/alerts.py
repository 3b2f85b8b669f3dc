"""Alerts as they were decided: what fired, what was withheld, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from readthrough.domain.alert import Alert, Reason
from readthrough.domain.article import ArticleId
from readthrough.storage.alert_tables import alert_turns
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new
from readthrough.storage.documents import document_of
from readthrough.storage.tables import alerts, earlier
from readthrough.storage.turns import save_turns, with_turn

__all__ = ["chosen", "find", "find_all", "latest", "save", "thread", "was_alerted"]

_TURN = (
    alert_turns.c.alert_id.label("turn_id"),
    *(
        alert_turns.c[name]
        for name in (
            "person",
            "tenant",
            "joins",
            "hushed_by",
            "sign",
            "events",
            "impact",
            "found",
            "held_as",
            "held_until",
        )
    ),
)


def save(connection: Connection, fired: Sequence[Alert]) -> set[str]:
    """Keep alerts; return the ids of those that were not kept already."""
    if not fired:
        return set()
    ids = [alert.id for alert in fired]
    kept = set(_existing(connection, ids))
    new = {alert.id: alert for alert in fired if alert.id not in kept}
    if new:
        connection.execute(insert_new(connection, alerts), [_row(alert) for alert in new.values()])
        save_turns(connection, list(new.values()))
    return set(new)


def _existing(connection: Connection, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(ids), 500):
        statement = select(alerts.c.alert_id).where(alerts.c.alert_id.in_(ids[start : start + 500]))
        found.extend(connection.scalars(statement))
    return found


def _row(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "rule_id": alert.rule_id,
        "rule_name": storable(alert.rule_name),
        "article_id": alert.article_id,
        "story_id": alert.story_id,
        "severity": alert.severity,
        "headline": storable(alert.headline),
        "reason": document_of(alert.reason),
        "withheld": alert.withheld,
        "receivers": list(alert.receivers),
        "created_at": alert.created_at,
    }


def _select() -> Select[Any]:
    return select(alerts, *_TURN).outerjoin(alert_turns, alert_turns.c.alert_id == alerts.c.alert_id)


def latest(connection: Connection, *, limit: int, before: str | None) -> list[Alert]:
    """Return alerts, newest first."""
    return chosen(connection, limit=limit, before=before)


def chosen(
    connection: Connection,
    *,
    person: str | None = None,
    people: Collection[str] = (),
    rule_id: str = "",
    story_id: str = "",
    state: str = "",
    limit: int,
    before: str | None,
    as_of: datetime | None = None,
) -> list[Alert]:
    """Return alerts that fit what is set, newest first."""
    statement = _select()
    if before is not None:
        last = connection.execute(
            select(alerts.c.created_at, alerts.c.alert_id).where(alerts.c.alert_id == storable(before))
        ).first()
        if last is None:
            return []
        statement = statement.where(earlier(alerts.c.created_at, alerts.c.alert_id, *last))
    if as_of is not None:
        statement = statement.where(alerts.c.created_at <= as_of)
    if person is not None:
        statement = statement.where(alert_turns.c.person == storable(person))
    if people:
        spoken_to = func.coalesce(alert_turns.c.person, "").in_([storable(one) for one in people])
        statement = statement.where(spoken_to)
    if rule_id:
        statement = statement.where(alerts.c.rule_id == storable(rule_id))
    if story_id:
        statement = statement.where(alerts.c.story_id == storable(story_id))
    if state == "withheld":
        statement = statement.where(alerts.c.withheld.is_(True))
    elif state == "held":
        statement = statement.where(alert_turns.c.held_as != "")
    elif state == "spoken":
        statement = statement.where(
            alerts.c.withheld.is_(False), or_(alert_turns.c.held_as.is_(None), alert_turns.c.held_as == "")
        )
    statement = statement.order_by(alerts.c.created_at.desc(), alerts.c.alert_id.desc()).limit(max(limit, 0))
    return [_alert(row) for row in connection.execute(statement).mappings()]


def find(connection: Connection, alert_id: str) -> Alert | None:
    """Return one alert."""
    row = connection.execute(_select().where(alerts.c.alert_id == storable(alert_id))).mappings().first()
    return None if row is None else _alert(row)


def find_all(connection: Connection, ids: Sequence[str]) -> list[Alert]:
    """Return the alerts of these ids, oldest first."""
    statement = _select().where(alerts.c.alert_id.in_(ids)).order_by(alerts.c.created_at, alerts.c.alert_id)
    return [_alert(row) for row in connection.execute(statement).mappings()]


def thread(connection: Connection, alert_id: str) -> list[Alert]:
    """Return what joined an alert or was hushed by it, oldest first."""
    asked = storable(alert_id)
    statement = (
        _select()
        .where(or_(alert_turns.c.joins == asked, alert_turns.c.hushed_by == asked))
        .order_by(alerts.c.created_at, alerts.c.alert_id)
        .limit(1_000)
    )
    return [_alert(row) for row in connection.execute(statement).mappings()]


def was_alerted(connection: Connection, rule_id: str, story_id: str) -> bool:
    """Tell whether a rule already spoke on a story."""
    statement = select(alerts.c.alert_id).where(
        alerts.c.rule_id == rule_id, alerts.c.story_id == story_id, alerts.c.withheld.is_(False)
    )
    return connection.execute(statement.limit(1)).first() is not None


def _alert(row: Any) -> Alert:
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
        **with_turn(row),
    )
