"""Routes, silences and receivers made in use, each kept as one document."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from readthrough.domain.route import (
    Escalation,
    QuietHours,
    ReceiverSpec,
    Route,
    SharedSecret,
    Silence,
)
from readthrough.storage.alert_tables import receivers, routes, silences
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace

__all__ = [
    "every_receiver",
    "every_route",
    "forget_receiver",
    "forget_route",
    "save_receiver",
    "save_route",
    "save_silence",
    "silences_since",
]


def save_route(connection: Connection, route: Route) -> None:
    """Keep how a person is reached."""
    document = {
        "receivers": list(route.receivers),
        "by_severity": [[severity, list(names)] for severity, names in route.by_severity],
        "timezone": route.timezone,
        "quiet": [[q.start.isoformat(), q.end.isoformat(), list(q.weekdays)] for q in route.quiet],
        "calendar": route.calendar,
        "holidays": [day.isoformat() for day in route.holidays],
        "through": list(route.through),
        "digest": route.digest,
        "digest_at": route.digest_at.isoformat(),
        "digest_severities": list(route.digest_severities),
        "group_by": route.group_by,
        "group_wait_s": route.group_wait.total_seconds(),
        "throttle": route.throttle,
        "throttle_window_s": route.throttle_window.total_seconds(),
        "update_wait_s": route.update_wait.total_seconds(),
        "escalate": [[step.after.total_seconds(), list(step.receivers)] for step in route.escalate],
        "escalate_severities": list(route.escalate_severities),
    }
    values = {"person": storable(route.person), "document": document}
    connection.execute(insert_or_replace(connection, routes, values))


def forget_route(connection: Connection, person: str) -> bool:
    """Forget how a person is reached; False when that was not kept."""
    return connection.execute(delete(routes).where(routes.c.person == storable(person))).rowcount > 0


def every_route(connection: Connection) -> list[Route]:
    """Return every route by person."""
    rows = connection.execute(select(routes).order_by(routes.c.person)).mappings()
    return [_route(row["person"], row["document"]) for row in rows]


def _route(person: str, kept: dict[str, Any]) -> Route:
    return Route(
        person=person,
        receivers=tuple(kept["receivers"]),
        by_severity=tuple((severity, tuple(names)) for severity, names in kept["by_severity"]),
        timezone=kept["timezone"],
        quiet=tuple(
            QuietHours(start=time.fromisoformat(a), end=time.fromisoformat(b), weekdays=tuple(days))
            for a, b, days in kept["quiet"]
        ),
        calendar=kept["calendar"],
        holidays=tuple(map(date.fromisoformat, kept["holidays"])),
        through=tuple(kept["through"]),
        digest=kept["digest"],
        digest_at=time.fromisoformat(kept["digest_at"]),
        digest_severities=tuple(kept["digest_severities"]),
        group_by=kept["group_by"],
        group_wait=timedelta(seconds=kept["group_wait_s"]),
        throttle=kept["throttle"],
        throttle_window=timedelta(seconds=kept["throttle_window_s"]),
        update_wait=timedelta(seconds=kept["update_wait_s"]),
        escalate=tuple(
            Escalation(after=timedelta(seconds=after), receivers=tuple(names))
            for after, names in kept["escalate"]
        ),
        escalate_severities=tuple(kept["escalate_severities"]),
    )


_MATCHERS = ("rule_id", "person", "ticker", "portfolio", "story_id", "event", "severity", "snooze_of")


def save_silence(connection: Connection, silence: Silence) -> None:
    """Keep a silence in place of the one with its id."""
    document = {name: storable(getattr(silence, name)) for name in (*_MATCHERS, "by", "comment")}
    values = {
        "silence_id": storable(silence.id),
        "starts_at": silence.starts_at,
        "ends_at": silence.ends_at,
        "document": document,
    }
    connection.execute(insert_or_replace(connection, silences, values))


def silences_since(connection: Connection, since: datetime) -> list[Silence]:
    """Return silences that end after a moment, the first to end first."""
    statement = (
        select(silences).where(silences.c.ends_at > since).order_by(silences.c.ends_at, silences.c.silence_id)
    )
    return [
        Silence(id=row["silence_id"], starts_at=row["starts_at"], ends_at=row["ends_at"], **row["document"])
        for row in connection.execute(statement).mappings()
    ]


def save_receiver(connection: Connection, spec: ReceiverSpec) -> None:
    """Keep a receiver in place of the one with its name."""
    document = {
        "kind": spec.kind,
        "url": storable(spec.url),
        "to": list(map(storable, spec.to)),
        "address": storable(spec.address),
        "secrets": [
            [secret.value, None if secret.expires_at is None else secret.expires_at.isoformat()]
            for secret in spec.secrets
        ],
        "rate_per_minute": spec.rate_per_minute,
    }
    values = {"name": storable(spec.name), "created_at": spec.created_at, "document": document}
    connection.execute(insert_or_replace(connection, receivers, values))


def forget_receiver(connection: Connection, name: str) -> bool:
    """Forget a receiver; False when there was none."""
    return connection.execute(delete(receivers).where(receivers.c.name == storable(name))).rowcount > 0


def every_receiver(connection: Connection) -> list[ReceiverSpec]:
    """Return every receiver made in use, by name."""
    rows = connection.execute(select(receivers).order_by(receivers.c.name)).mappings()
    return [_receiver(row["name"], row["created_at"], row["document"]) for row in rows]


def _receiver(name: str, created_at: datetime, kept: dict[str, Any]) -> ReceiverSpec:
    return ReceiverSpec(
        name=name,
        kind=kept["kind"],
        url=kept["url"],
        to=tuple(kept["to"]),
        address=kept["address"],
        secrets=tuple(
            SharedSecret(value=value, expires_at=None if ends is None else datetime.fromisoformat(ends))
            for value, ends in kept["secrets"]
        ),
        rate_per_minute=kept["rate_per_minute"],
        created_at=created_at,
    )
