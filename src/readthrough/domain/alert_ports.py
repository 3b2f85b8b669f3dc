"""What the record keeps of alerts on their way to people, as the desk asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from readthrough.domain.alert import Alert, Delivery, Hit, Rule
from readthrough.domain.contract import NoteDocument
from readthrough.domain.route import Action, Endpoint, Held, ReceiverSpec, Remembered, Route, Silence

__all__ = ["AlertRecord", "Attempt", "Bundle", "Claim"]

Bundle: TypeAlias = Callable[[str, str, str, Sequence[Alert], datetime], tuple[Delivery, NoteDocument]]
"""Makes one message of what waited: key, person, receiver, alerts, moment."""

Claim: TypeAlias = Callable[[Endpoint, int], tuple[int, Endpoint, datetime | None]]
"""Decides how many of the due messages of an endpoint may be tried, and when the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a delivery and how it ended."""

    delivery_id: str
    number: int
    at: datetime
    state: str
    detail: str


class AlertRecord(Protocol):
    """Alerts, deliveries, what waits, what hushes, and how receivers do. Every call is one transaction."""

    def save(
        self,
        fired: Sequence[Alert],
        due: Sequence[tuple[Delivery, NoteDocument]] = (),
        waiting: Sequence[Held] = (),
    ) -> None:
        """Keep alerts that no note came with, and what they lead to."""

    def remembered(self, story_id: str) -> tuple[Remembered, ...]:
        """Return what spoke, or waits to speak, on a story, oldest first."""

    def spoken(self, people: Collection[str], since: datetime) -> Mapping[str, int]:
        """Count what spoke to each of these people since a moment."""

    def gathering(self, people: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Return until when something is gathered for these people, by its key."""

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
        """Return alerts known at `as_of`, newest first, that fit what is set; `people` are any of whom, the desk as a whole an empty name; `state` is spoken, held or withheld."""

    def thread(self, alert_id: str) -> list[Alert]:
        """Return what joined an alert or was hushed by it, oldest first, the alert itself left out."""

    def holds(self, alert_id: str) -> list[tuple[Held, str]]:
        """Return what waits for an alert, or waited, each with the delivery that told it."""

    def deliveries_of(self, alert_id: str) -> list[Delivery]:
        """Return deliveries of an alert, those of messages it was told in among them."""

    def attempts(self, delivery_ids: Collection[str]) -> list[Attempt]:
        """Return every attempt at these deliveries, oldest first."""

    def due_receivers(self, now: datetime) -> list[str]:
        """Return the receivers for which something is due, the longest waiting first."""

    def claim(
        self, receiver: str, now: datetime, *, limit: int, lease: timedelta, admit: Claim
    ) -> list[tuple[Delivery, NoteDocument]]:
        """Take due deliveries of one receiver, as many as `admit` lets through, each with its payload.

        They come due again after `lease`. What is not let through is put off to when it may be tried.
        """

    def record(
        self, delivery: Delivery, *, at: datetime, endpoint: Callable[[Endpoint], Endpoint], shown: bool
    ) -> None:
        """Keep an attempt's outcome, how its endpoint does now, and where `shown` a row for the live pages."""

    def release(self, now: datetime, bundle: Bundle) -> int:
        """Turn what has waited long enough into deliveries; what was acknowledged meanwhile is not told."""

    def wait_for_prices(self, hits: Iterable[Hit]) -> None:
        """Keep hits that are told only if prices do not move; one kept already stays as it is."""

    def price_waits(self, rules: Mapping[str, Rule]) -> list[Hit]:
        """Return what waits for prices, earliest first, of the rules given by id."""

    def forget_price_waits(self, keys: Collection[str], *, before: datetime) -> None:
        """Forget what waits for prices, by key, and all of before a moment."""

    def next_due(self) -> datetime | None:
        """Return when the next thing is due, None when nothing is."""

    def act(self, action: Action, *, reminders: Sequence[tuple[Delivery, NoteDocument]] = ()) -> None:
        """Keep what a person did; an acknowledged or snoozed alert escalates no more."""

    def actions(self, alert_id: str) -> list[Action]:
        """Return what people did about an alert, oldest first."""

    def replay(self, alert_id: str, receiver: str, now: datetime, *, by: str) -> int:
        """Make deliveries of an alert due again under their ids; return how many."""

    def save_silence(self, silence: Silence) -> None:
        """Keep a silence in place of the one with its id."""

    def silences(self, *, since: datetime) -> list[Silence]:
        """Return silences that end after a moment."""

    def save_route(self, route: Route) -> None:
        """Keep how a person is reached."""

    def delete_route(self, person: str) -> bool:
        """Forget it; False when there was none."""

    def routes(self) -> list[Route]:
        """Return every route."""

    def save_receiver(self, spec: ReceiverSpec) -> None:
        """Keep a receiver in place of the one with its name."""

    def delete_receiver(self, name: str) -> bool:
        """Forget a receiver; False when there was none."""

    def receivers(self) -> list[ReceiverSpec]:
        """Return every receiver made in use."""

    def endpoints(self) -> list[Endpoint]:
        """Return how receivers have been doing."""

    def enable(self, receiver: str, now: datetime) -> int:
        """Forget what failed at a receiver; what was given up because it was disabled is due again."""
