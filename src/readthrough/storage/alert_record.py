"""`domain.alert_ports.AlertRecord` over SQLAlchemy Core, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Connection, insert

from readthrough.domain.alert import Alert, Delivery, Hit, Rule
from readthrough.domain.alert_ports import Attempt, Bundle, Claim
from readthrough.domain.contract import NoteDocument
from readthrough.domain.route import Action, Endpoint, Held, ReceiverSpec, Remembered, Route, Silence
from readthrough.storage import alerts, deliveries, outbox, price_waits, routes, turns
from readthrough.storage.rules import books_changed
from readthrough.storage.tables import outbox as outbox_table

__all__ = ["SHOWN", "SqlAlertRecord", "save_alerts"]

SHOWN = "page"
"""Topic of outbox rows that name deliveries the live pages are to show."""

Transacting: TypeAlias = Callable[[], AbstractContextManager[Connection]]


def save_alerts(
    connection: Connection,
    fired: Sequence[Alert],
    due: Sequence[tuple[Delivery, NoteDocument]],
    waiting: Sequence[Held],
    *,
    note_id: str = "",
    revision: int = 0,
) -> None:
    """Keep alerts with what they lead to; one that is kept already leads to nothing a second time."""
    new = alerts.save(connection, fired)
    spoken = [alert for alert in fired if alert.id in new and not alert.withheld]
    if spoken:
        rows = [
            {"topic": "alert", "key": alert.id, "revision": 1, "created_at": alert.created_at}
            for alert in spoken
        ]
        connection.execute(insert(outbox_table), rows)
    deliveries.save(
        connection,
        [(delivery, payload) for delivery, payload in due if delivery.alert_id in new],
        note_id=note_id,
        revision=revision,
    )
    turns.save_holds(connection, [held for held in waiting if held.alert_id in new])


class SqlAlertRecord:
    """Alerts, deliveries, what waits, what hushes, and how receivers do."""

    def __init__(self, reading: Transacting, writing: Transacting) -> None:
        """Use a store's connections; `SqlStore.alerting` makes these."""
        self._reading, self._writing = reading, writing

    def save(
        self,
        fired: Sequence[Alert],
        due: Sequence[tuple[Delivery, NoteDocument]] = (),
        waiting: Sequence[Held] = (),
    ) -> None:
        """Keep alerts that no note came with."""
        with self._writing() as connection:
            save_alerts(connection, fired, due, waiting)

    def wait_for_prices(self, hits: Iterable[Hit]) -> None:
        """Keep hits that are told only if prices do not move."""
        with self._writing() as connection:
            price_waits.save(connection, hits)

    def price_waits(self, rules: Mapping[str, Rule]) -> list[Hit]:
        """Return what waits for prices."""
        with self._reading() as connection:
            return price_waits.every(connection, rules)

    def forget_price_waits(self, keys: Collection[str], *, before: datetime) -> None:
        """Forget what waits for prices."""
        with self._writing() as connection:
            price_waits.forget(connection, keys=keys, before=before)

    def remembered(self, story_id: str) -> tuple[Remembered, ...]:
        """Return what spoke, or waits to speak, on a story."""
        with self._reading() as connection:
            return turns.remembered(connection, story_id)

    def spoken(self, people: Collection[str], since: datetime) -> Mapping[str, int]:
        """Count what spoke to each of these people."""
        with self._reading() as connection:
            return turns.spoken(connection, people, since)

    def gathering(self, people: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Return until when something is gathered."""
        with self._reading() as connection:
            return turns.gathering(connection, people, now)

    def alerts_with(
        self,
        *,
        person: str | None,
        people: Collection[str] = (),
        rule_id: str,
        story_id: str,
        state: str,
        limit: int,
        before: str | None,
        as_of: datetime | None = None,
    ) -> list[Alert]:
        """Return alerts that fit what is set."""
        with self._reading() as connection:
            return alerts.chosen(
                connection,
                person=person,
                people=people,
                rule_id=rule_id,
                story_id=story_id,
                state=state,
                limit=limit,
                before=before,
                as_of=as_of,
            )

    def thread(self, alert_id: str) -> list[Alert]:
        """Return what joined an alert or was hushed by it."""
        with self._reading() as connection:
            return alerts.thread(connection, alert_id)

    def holds(self, alert_id: str) -> list[tuple[Held, str]]:
        """Return what waits for an alert, or waited."""
        with self._reading() as connection:
            return turns.held_of(connection, alert_id)

    def deliveries_of(self, alert_id: str) -> list[Delivery]:
        """Return deliveries of an alert."""
        with self._reading() as connection:
            return deliveries.of_alert(connection, alert_id)

    def attempts(self, delivery_ids: Collection[str]) -> list[Attempt]:
        """Return every attempt at these deliveries."""
        with self._reading() as connection:
            return deliveries.attempts_of(connection, delivery_ids)

    def due_receivers(self, now: datetime) -> list[str]:
        """Return the receivers for which something is due."""
        with self._reading() as connection:
            return deliveries.due_receivers(connection, now)

    def claim(
        self, receiver: str, now: datetime, *, limit: int, lease: timedelta, admit: Claim
    ) -> list[tuple[Delivery, NoteDocument]]:
        """Take due deliveries of one receiver."""
        with self._writing() as connection:
            return deliveries.claim(connection, receiver, now, limit=limit, lease=lease, admit=admit)

    def record(
        self, delivery: Delivery, *, at: datetime, endpoint: Callable[[Endpoint], Endpoint], shown: bool
    ) -> None:
        """Keep an attempt's outcome."""
        with self._writing() as connection:
            deliveries.record_attempt(connection, delivery, at=at)
            deliveries.update_endpoint(connection, delivery.receiver, endpoint, at)
            if shown:
                outbox.add(connection, SHOWN, delivery.id, revision=delivery.attempts, at=at)

    def release(self, now: datetime, bundle: Bundle) -> int:
        """Turn what has waited long enough into deliveries."""
        with self._reading() as connection:
            if not deliveries.anything_ripe(connection, now):
                return 0
        with self._writing() as connection:
            return deliveries.release(connection, now, bundle)

    def next_due(self) -> datetime | None:
        """Return when the next thing is due."""
        with self._reading() as connection:
            return deliveries.next_due(connection)

    def act(self, action: Action, *, reminders: Sequence[tuple[Delivery, NoteDocument]] = ()) -> None:
        """Keep what a person did."""
        with self._writing() as connection:
            turns.act(connection, action)
            deliveries.save(connection, reminders)

    def actions(self, alert_id: str) -> list[Action]:
        """Return what people did about an alert."""
        with self._reading() as connection:
            return turns.actions(connection, alert_id)

    def replay(self, alert_id: str, receiver: str, now: datetime, *, by: str) -> int:
        """Make deliveries of an alert due again."""
        with self._writing() as connection:
            count = deliveries.replay(connection, alert_id, receiver, now)
            if count:
                turns.act(
                    connection, Action(alert_id=alert_id, kind="replayed", at=now, by=by, comment=receiver)
                )
            return count

    def save_silence(self, silence: Silence) -> None:
        """Keep a silence."""
        with self._writing() as connection:
            routes.save_silence(connection, silence)
            books_changed(connection)

    def silences(self, *, since: datetime) -> list[Silence]:
        """Return silences that end after a moment."""
        with self._reading() as connection:
            return routes.silences_since(connection, since)

    def save_route(self, route: Route) -> None:
        """Keep how a person is reached."""
        with self._writing() as connection:
            routes.save_route(connection, route)
            books_changed(connection)

    def delete_route(self, person: str) -> bool:
        """Forget how a person is reached."""
        with self._writing() as connection:
            books_changed(connection)
            return routes.forget_route(connection, person)

    def routes(self) -> list[Route]:
        """Return every route."""
        with self._reading() as connection:
            return routes.every_route(connection)

    def save_receiver(self, spec: ReceiverSpec) -> None:
        """Keep a receiver; what failed under its name is forgotten."""
        with self._writing() as connection:
            routes.save_receiver(connection, spec)
            deliveries.save_endpoint(connection, Endpoint(receiver=spec.name))
            books_changed(connection)

    def delete_receiver(self, name: str) -> bool:
        """Forget a receiver."""
        with self._writing() as connection:
            books_changed(connection)
            return routes.forget_receiver(connection, name)

    def receivers(self) -> list[ReceiverSpec]:
        """Return every receiver made in use."""
        with self._reading() as connection:
            return routes.every_receiver(connection)

    def endpoints(self) -> list[Endpoint]:
        """Return how receivers have been doing."""
        with self._reading() as connection:
            return deliveries.endpoints_of(connection)

    def enable(self, receiver: str, now: datetime) -> int:
        """Forget what failed at a receiver."""
        with self._writing() as connection:
            return deliveries.enable(connection, receiver, now)
