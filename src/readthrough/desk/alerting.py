"""Questions about alerts, and what people do about them; API, pages and command line share these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from readthrough.alerts.deliver import delivery_of, payload
from readthrough.alerts.route import parse_duration, parse_route, route_document
from readthrough.desk.documents import alert_document
from readthrough.desk.open import Desk
from readthrough.domain.alert import Alert, Delivery
from readthrough.domain.article import digest
from readthrough.domain.contract import Json
from readthrough.domain.errors import RuleError, SourceNotFound
from readthrough.domain.route import Action, Route, Silence

__all__ = [
    "acknowledge",
    "alert_list",
    "delete_route",
    "end_silence",
    "history",
    "parse_duration",
    "parse_route",
    "replay",
    "route_document",
    "routes",
    "save_route",
    "silence",
    "silence_document",
    "silences",
    "snooze",
    "why",
]

Document = dict[str, Json]
LONGEST_SILENCE = timedelta(days=90)


def alert_list(
    desk: Desk,
    *,
    person: str | None = None,
    people: Collection[str] = (),
    rule_id: str = "",
    story_id: str = "",
    state: str = "",
    limit: int = 50,
    before: str | None = None,
    as_of: datetime | None = None,
) -> list[Alert]:
    """Return alerts known at `as_of` (now when None), newest first, that fit what is set.

    `state` is spoken, held or withheld.
    """
    return desk.store.alerting.alerts_with(
        person=person,
        people=people,
        rule_id=rule_id,
        story_id=story_id,
        state=state,
        limit=limit,
        before=before,
        as_of=as_of,
    )


def why(desk: Desk, alert_id: str) -> Document:
    """Say everything about one alert: rule, words, path, what hushed it, what it hushed, where it went.

    Raises:
        SourceNotFound: There is no such alert.
    """
    alert = _alert(desk, alert_id)
    record = desk.store.alerting
    deliveries = record.deliveries_of(alert.id)
    attempts = record.attempts([delivery.id for delivery in deliveries])
    rule = next((rule for rule in desk.store.rules() if rule.id == alert.rule_id), None)
    return {
        "alert": alert_document(alert),
        "rule": None if rule is None else {"id": rule.id, "name": rule.name, "severity": rule.severity},
        "note": desk.store.note_on(alert.article_id) if alert.article_id else None,
        "hushed_by": _husher(desk, alert.hushed_by),
        "thread": [alert_document(one) for one in record.thread(alert.id)],
        "holds": [
            {
                "receiver": held.receiver,
                "held_as": held.held_as,
                "due_at": _time(held.due_at),
                "told_in": told_in or None,
            }
            for held, told_in in record.holds(alert.id)
        ],
        "deliveries": [
            {
                **_delivery(delivery),
                "tried": [
                    {"number": one.number, "at": _time(one.at), "state": one.state, "detail": one.detail}
                    for one in attempts
                    if one.delivery_id == delivery.id
                ],
            }
            for delivery in deliveries
        ],
        "actions": [_action(one) for one in record.actions(alert.id)],
    }


def history(desk: Desk, alert_id: str) -> list[Document]:
    """Return what happened to an alert and its story's thread, oldest first.

    Raises:
        SourceNotFound: There is no such alert.
    """
    alert = _alert(desk, alert_id)
    record = desk.store.alerting
    rows: list[tuple[datetime, str, str, str]] = []
    for one in (alert, *record.thread(alert.id)):
        state = "withheld" if one.withheld else "held" if one.held_as else "spoken"
        rows.append((one.created_at, state, one.reason.code, one.reason.words))
    deliveries = {delivery.id: delivery for delivery in record.deliveries_of(alert.id)}
    for attempt in record.attempts(deliveries):
        words = f"attempt {attempt.number} to {deliveries[attempt.delivery_id].receiver}"
        rows.append((attempt.at, attempt.state, "attempt", f"{words}. {attempt.detail}".strip()))
    for action in record.actions(alert.id):
        until = f" until {_time(action.until)}" if action.until else ""
        rows.append(
            (
                action.at,
                action.kind,
                "action",
                f"by {action.by or 'somebody'}{until} {action.comment}".strip(),
            )
        )
    rows.sort(key=lambda row: row[0])
    return [
        {"at": _time(at), "state": state, "code": code, "words": words} for at, state, code, words in rows
    ]


def acknowledge(desk: Desk, alert_id: str, *, by: str = "", comment: str = "") -> None:
    """Say that somebody has seen an alert: it escalates no more, and waits in no digest.

    Raises:
        SourceNotFound: There is no such alert.
    """
    alert = _alert(desk, alert_id)
    desk.store.alerting.act(
        Action(alert_id=alert.id, kind="acknowledged", at=desk.clock(), by=by, comment=comment)
    )


def snooze(desk: Desk, alert_id: str, length: timedelta, *, by: str = "") -> datetime:
    """Hush an alert's story for its person for a while, and bring the alert back when that is over.

    Returns:
        When it comes back.

    Raises:
        SourceNotFound: There is no such alert.
        RuleError: The length is zero or longer than 90 days.
    """
    alert = _alert(desk, alert_id)
    _require_length(length)
    now = desk.clock()
    until = now + length
    reminders = [
        (delivery, payload(alert, kind="reminder"))
        for name in dict.fromkeys(alert.receivers)
        for delivery in [delivery_of(alert, name, until, kind="reminder", number=int(now.timestamp()))]
    ]
    desk.store.alerting.save_silence(
        Silence(
            id="sil_" + digest(alert.id, now.isoformat()),
            starts_at=now,
            ends_at=until,
            by=by,
            person=alert.person,
            rule_id="" if alert.person else alert.rule_id,
            story_id=alert.story_id,
            snooze_of=alert.id,
        )
    )
    desk.store.alerting.act(
        Action(alert_id=alert.id, kind="snoozed", at=now, by=by, until=until), reminders=reminders
    )
    desk.refresh()
    return until


def replay(desk: Desk, alert_id: str, *, receiver: str = "", by: str = "") -> int:
    """Send an alert again under the ids it had: whoever has it drops it, whoever has not gets it.

    Returns:
        How many deliveries are due again.

    Raises:
        SourceNotFound: There is no such alert, or it never went to that receiver.
    """
    alert = _alert(desk, alert_id)
    count = desk.store.alerting.replay(alert.id, receiver, desk.clock(), by=by)
    if not count:
        raise SourceNotFound(
            f"Alert {alert_id} has nothing to send" + (f" to {receiver!r}." if receiver else "."),
            remedy="`readthrough alerts why` shows where it went, or why it was withheld.",
        )
    desk.work_waiting.set()
    return count


def silence(
    desk: Desk, given: Mapping[str, str], length: timedelta, *, by: str = "", comment: str = ""
) -> Silence:
    """Hush for a while what fits every field given.

    Args:
        desk: Whose alerts.
        given: Any of rule_id, person, ticker, portfolio, story_id, event, severity.
        length: For how long from now.
        by: Who asks.
        comment: Why.

    Raises:
        RuleError: Nothing is given, a field is unknown, or the length is zero or too long.
    """
    known = ("rule_id", "person", "ticker", "portfolio", "story_id", "event", "severity")
    wanted = {name: value for name, value in given.items() if value}
    if not wanted or set(wanted) - set(known):
        raise RuleError(
            "A silence must say what it hushes.", remedy=f"Give one or more of {', '.join(known)}."
        )
    _require_length(length)
    now = desk.clock()
    made = Silence(
        id="sil_" + digest(now.isoformat(), *(f"{k}={v}" for k, v in sorted(wanted.items()))),
        starts_at=now,
        ends_at=now + length,
        by=by,
        comment=comment,
        **wanted,
    )
    desk.store.alerting.save_silence(made)
    desk.refresh()
    return made


def silences(desk: Desk) -> list[Silence]:
    """Return the silences that have not ended, the first to end first."""
    return desk.store.alerting.silences(since=desk.clock())


def end_silence(desk: Desk, silence_id: str) -> None:
    """End a silence now.

    Raises:
        SourceNotFound: None that has not ended has that id.
    """
    found = next((one for one in silences(desk) if one.id == silence_id), None)
    if found is None:
        raise SourceNotFound(
            f"No silence has the id {silence_id!r}.", remedy="`readthrough alerts silences` shows ids."
        )
    desk.store.alerting.save_silence(replace(found, ends_at=max(desk.clock(), found.starts_at)))
    desk.refresh()


def silence_document(one: Silence) -> Document:
    """A silence with the fields it sets."""
    names = ("rule_id", "person", "ticker", "portfolio", "story_id", "event", "severity", "snooze_of")
    return {
        "id": one.id,
        "starts_at": _time(one.starts_at),
        "ends_at": _time(one.ends_at),
        "by": one.by,
        "comment": one.comment,
        **{name: value for name in names if (value := getattr(one, name))},
    }


def save_route(desk: Desk, given: Mapping[str, Any]) -> Route:
    """Keep how a person is reached.

    Raises:
        RuleError: It is malformed, or names a receiver that there is not.
    """
    route = parse_route(given)
    named = [*route.receivers, *(n for _, names in route.by_severity for n in names)]
    named += [name for step in route.escalate for name in step.receivers]
    for name in named:
        if name not in desk.receivers:
            raise RuleError(
                f"route: no receiver is called {name!r}.",
                remedy=f"There is {', '.join(sorted(desk.receivers))}.",
                receiver=name,
            )
    desk.store.alerting.save_route(route)
    desk.refresh()
    return route


def routes(desk: Desk) -> list[Route]:
    """Return every route by person."""
    return desk.store.alerting.routes()


def delete_route(desk: Desk, person: str) -> bool:
    """Forget how a person is reached; False when that was not kept."""
    gone = desk.store.alerting.delete_route(person)
    desk.refresh()
    return gone


def _alert(desk: Desk, alert_id: str) -> Alert:
    found = desk.store.alert(alert_id)
    if found is None:
        raise SourceNotFound(
            f"No alert has the id {alert_id!r}.", remedy="`readthrough alerts list` shows ids."
        )
    return found


def _husher(desk: Desk, hushed_by: str) -> Json:
    if not hushed_by:
        return None
    alert = desk.store.alert(hushed_by)
    if alert is not None:
        return alert_document(alert)
    long_ago = desk.clock() - LONGEST_SILENCE
    found = next((s for s in desk.store.alerting.silences(since=long_ago) if s.id == hushed_by), None)
    return {"id": hushed_by} if found is None else silence_document(found)


def _require_length(length: timedelta) -> None:
    if not timedelta(0) < length <= LONGEST_SILENCE:
        raise RuleError("It must last from a second to 90 days.", remedy='Write "2h" or "3d".')


def _delivery(delivery: Delivery) -> Document:
    return {
        "id": delivery.id,
        "receiver": delivery.receiver,
        "kind": delivery.kind,
        "attempts": delivery.attempts,
        "due_at": _time(delivery.due_at),
        "state": delivery.state,
        "detail": delivery.detail,
    }


def _action(one: Action) -> Document:
    return {
        "kind": one.kind,
        "at": _time(one.at),
        "by": one.by,
        "until": None if one.until is None else _time(one.until),
        "comment": one.comment,
    }


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
