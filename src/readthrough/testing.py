"""Small fakes for tests of programs built on Readthrough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import DeliveryError

__all__ = ["FixedClock", "MemoryReceiver", "Sent"]


class FixedClock:
    """A clock that stands still until it is told to move.

    >>> clock = FixedClock()
    >>> clock() == clock()
    True
    >>> clock.advance(timedelta(minutes=1))
    >>> clock().minute
    1
    """

    def __init__(self, now: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)) -> None:
        """Start at a moment, aware UTC."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def advance(self, by: timedelta) -> None:
        """Move forward."""
        self.now += by


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One delivery a `MemoryReceiver` took."""

    delivery: Delivery
    payload: NoteDocument
    at: datetime


class MemoryReceiver:
    """Keeps what it is sent. Fails first with the errors it was given, one an attempt.

    >>> from readthrough.domain.errors import Transient
    >>> MemoryReceiver("desk", failures=[Transient("busy")]).attempts
    0
    """

    def __init__(self, name: str = "memory", *, failures: Sequence[DeliveryError] = ()) -> None:
        """Take a name for rules to use, and the errors to raise before the first success."""
        self.name = name
        self.sent: list[Sent] = []
        self.attempts = 0
        self._failures = list(failures)

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Keep the delivery, or raise the next of the errors."""
        self.attempts += 1
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append(Sent(delivery=delivery, payload=payload, at=now))
