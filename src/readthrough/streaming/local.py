"""The hub of one process: events in from any thread, out to async subscribers, with a memory for resuming."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from readthrough.domain.contract import NoteDocument

__all__ = ["LiveEvent", "LiveHub", "Subscription"]

REMEMBERED: Final = 300
"""Events kept for resuming: a few minutes of a busy feed, about 15 MB (a note is 10 kB of JSON)."""
QUEUED: Final = 256
"""Events a slow subscriber may fall behind before its oldest are dropped and it is told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEvent:
    """One thing that happened. `id` is "<epoch>-<number>"; numbers rise by one within an epoch."""

    id: str
    kind: str  # note, alert
    data: NoteDocument


class Subscription:
    """One subscriber's queue. Iterate it in the event loop that subscribed; `missed` tells of lost events."""

    def __init__(self, hub: LiveHub, loop: asyncio.AbstractEventLoop, backlog: list[LiveEvent]) -> None:
        """Keep what is to be replayed; `LiveHub.subscribe` makes these."""
        self.missed = len(backlog) > QUEUED
        self._hub = hub
        self._loop = loop
        self._lock = threading.Lock()
        self._queue = deque(backlog, maxlen=QUEUED)
        self._waiting = asyncio.Event()
        self._wake_is_due = False
        self._closed = False

    async def next(self) -> LiveEvent | None:
        """Wait for the next event; None once the hub or the subscription is closed."""
        while True:
            with self._lock:
                if self._queue:
                    return self._queue.popleft()
                if self._closed:
                    return None
                self._waiting.clear()
            await self._waiting.wait()

    async def __aiter__(self) -> AsyncIterator[LiveEvent]:
        while (event := await self.next()) is not None:
            yield event

    def close(self) -> None:
        """Stop listening; readers get what is queued, then None. May be called twice, from any thread."""
        self._hub._forget(self)
        self._end()

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _offer(self, event: LiveEvent) -> None:
        with self._lock:
            self.missed = self.missed or len(self._queue) == QUEUED
            self._queue.append(event)
        self._wake()

    def _end(self) -> None:
        with self._lock:
            self._closed = True
        self._wake()

    def _wake(self) -> None:
        # One wake at a time: a blocked event loop must not pile up callbacks.
        with self._lock:
            if self._wake_is_due:
                return
            self._wake_is_due = True
        try:
            self._loop.call_soon_threadsafe(self._awake)
        except RuntimeError:  # its loop has ended: nobody listens any more
            self._hub._forget(self)

    def _awake(self) -> None:
        with self._lock:
            self._wake_is_due = False
        self._waiting.set()


class LiveHub:
    """Fans events out to subscribers and remembers the latest for `Last-Event-ID`.

    Publishing never waits: a subscriber that falls behind loses its oldest events and has `missed` set.
    """

    def __init__(self, *, epoch: str) -> None:
        """Start empty.

        Args:
            epoch: Names this run; an id of another epoch cannot be resumed exactly.
        """
        self._epoch = epoch
        self._lock = threading.RLock()  # a subscriber whose loop has ended is forgotten while publishing
        self._number = 0
        self._recent: deque[LiveEvent] = deque(maxlen=REMEMBERED)
        self._subscribers: set[Subscription] = set()
        self._closed = False

    def publish(self, kind: str, data: NoteDocument) -> int:
        """Send an event to every subscriber, from any thread.

        Returns:
            The event's number; its id is "<epoch>-<number>".
        """
        with self._lock:
            self._number += 1
            event = LiveEvent(id=f"{self._epoch}-{self._number}", kind=kind, data=data)
            self._recent.append(event)
            # Offered under the lock: two publishers must not reach a subscriber in different orders.
            for subscriber in tuple(self._subscribers):
                subscriber._offer(event)
            return self._number

    def subscribe(self, last_event_id: str = "") -> Subscription:
        """Listen from now on, or from just after `last_event_id`. Call inside a running event loop.

        An id that is no longer remembered, or is of another epoch, replays all that is remembered and sets
        `missed`: the page should then reload its list.
        """
        loop = asyncio.get_running_loop()
        with self._lock:
            backlog, missed = self._since(last_event_id)
            subscription = Subscription(self, loop, backlog)
            subscription.missed = subscription.missed or missed
            if self._closed:
                subscription._end()
            else:
                self._subscribers.add(subscription)
        return subscription

    @property
    def subscribers(self) -> int:
        """How many listen."""
        return len(self._subscribers)

    def close(self) -> None:
        """End every subscription."""
        with self._lock:
            self._closed = True
            subscribers = tuple(self._subscribers)
            self._subscribers.clear()
        for subscriber in subscribers:
            subscriber._end()

    def _since(self, last_event_id: str) -> tuple[list[LiveEvent], bool]:
        if not last_event_id:
            return [], False
        epoch, _, number = last_event_id.rpartition("-")
        if epoch != self._epoch or not number.isascii() or not number.isdigit() or len(number) > 18:
            return list(self._recent), True
        seen = int(number)
        oldest = self._number - len(self._recent)
        if seen > self._number:
            return list(self._recent), True
        return list(self._recent)[max(0, seen - oldest) :], seen < oldest

    def _forget(self, subscription: Subscription) -> None:
        with self._lock:
            self._subscribers.discard(subscription)
