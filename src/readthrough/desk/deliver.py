"""Sends what is due. Safe to kill at any moment: a delivery is claimed, sent, and then recorded.

A sender that dies between sending and recording leads to a second attempt under the same delivery id, which
receivers use to drop doubles; nothing is ever lost. Every receiver has a queue and a sender of its own, and those
that have failed lately share a lane of their own: a dead endpoint never delays another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from readthrough.alerts.deliver import bundle, next_attempt
from readthrough.alerts.endpoint import admit, failed, gone, succeeded
from readthrough.desk.open import Desk
from readthrough.desk.steps import Steps
from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import DeliveryError, Permanent, ReadthroughError, Transient
from readthrough.domain.ports import Clock, Receiver
from readthrough.domain.route import Endpoint

__all__ = ["deliver_due", "deliver_to", "start_delivery"]

BATCH: Final = 16
LEASE: Final = timedelta(seconds=180)
"""Longer than a batch takes when all of it runs into its 10 s limit each time."""
MARGIN: Final = timedelta(seconds=15)
"""What is left of the lease when the last attempt under it may begin."""
QUICK_LANES: Final = 16
SLOW_LANES: Final = 4
"""Receivers tried at once of those that do well, and of those that have failed lately."""
GONE: Final = 410


def deliver_due(desk: Desk, now: datetime, *, limit: int = 100) -> int:
    """Make every attempt that is due; a receiver that is slow does not hold up the others.

    Args:
        desk: Whose deliveries.
        now: The time of these attempts.
        limit: Most attempts in this call, give or take a batch.

    Returns:
        How many attempts were made.

    Raises:
        StorageError: The record cannot be read or written; claimed deliveries come due again by themselves.
    """
    record = desk.store.alerting
    record.release(now, bundle)
    made = 0
    while made < limit:
        names = record.due_receivers(now)
        if len(names) == 1:
            counts = [deliver_to(desk, names[0], lambda: now)]
        else:
            with ThreadPoolExecutor(max_workers=min(8, max(1, len(names)))) as pool:
                counts = list(pool.map(lambda name: deliver_to(desk, name, lambda: now), names))
        if not sum(counts):
            break
        made += sum(counts)
    if made:
        desk.publish()
    return made


def deliver_to(desk: Desk, receiver: str, clock: Clock) -> int:
    """Try what is due for one receiver, in order; return how many attempts were made."""
    now = clock()
    receivers = desk.receivers
    rate = getattr(receivers.get(receiver), "rate_per_minute", 0)
    claimed = desk.store.alerting.claim(
        receiver,
        now,
        limit=BATCH,
        lease=LEASE,
        admit=lambda endpoint, wanted: admit(endpoint, now, wanted=wanted, rate_per_minute=rate),
    )
    for done, (delivery, payload) in enumerate(claimed):
        at = clock()
        if at > now + LEASE - MARGIN:  # another may hold the rest by the time it is sent
            return done
        _record(desk, *_attempt(receivers, delivery, payload, at), at=at)
    return len(claimed)


def start_delivery(desk: Desk) -> Callable[[], None]:
    """Deliver as soon as something is saved, and publish what other processes saved.

    Returns:
        A function that stops the threads and waits for what they are sending.
    """
    sender = _Sender(desk)
    thread = threading.Thread(target=sender.run, name="readthrough-delivery", daemon=True)
    thread.start()

    def stop() -> None:
        sender.stopping.set()
        desk.work_waiting.set()
        thread.join()

    return stop


class _Sender:
    """Looks for receivers with something due and gives each to a lane, never twice at a time."""

    def __init__(self, desk: Desk) -> None:
        self.stopping = threading.Event()
        self._desk = desk
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def run(self) -> None:
        interval = self._desk.settings.desk.delivery_interval.total_seconds()
        with (
            ThreadPoolExecutor(QUICK_LANES, "readthrough-send") as quick,
            ThreadPoolExecutor(SLOW_LANES, "readthrough-send-slow") as slow,
        ):
            while not self.stopping.is_set():
                self._desk.work_waiting.wait(interval)
                self._desk.work_waiting.clear()
                if not self.stopping.is_set():
                    self._round(quick, slow)

    def _round(self, quick: ThreadPoolExecutor, slow: ThreadPoolExecutor) -> None:
        desk = self._desk
        try:
            now = desk.clock()
            desk.store.alerting.release(now, bundle)
            names = [name for name in desk.store.alerting.due_receivers(now) if name not in self._busy]
            failing = {e.receiver for e in desk.store.alerting.endpoints() if e.failures} if names else set()
            for name in names:
                with self._lock:
                    self._busy.add(name)
                (slow if name in failing else quick).submit(self._send, name)
            desk.publish()
        except ReadthroughError:
            # The database may be locked or gone for a moment; what is due stays due. The hooks hear of it.
            Steps("", desk.hooks).tell("deliver", "failed")

    def _send(self, name: str) -> None:
        made = 0
        try:
            if not self.stopping.is_set():
                made = deliver_to(self._desk, name, self._desk.clock)
        except ReadthroughError:
            Steps("", self._desk.hooks).tell("deliver", "failed")
        finally:
            with self._lock:
                self._busy.discard(name)
            if made:
                self._desk.work_waiting.set()  # there may be more, and pages to tell


def _record(desk: Desk, after: Delivery, change: Callable[[Endpoint], Endpoint], *, at: datetime) -> None:
    delivered = after.state == "delivered"
    shown = delivered and getattr(desk.receivers.get(after.receiver), "shown", False)
    desk.store.alerting.record(after, at=at, endpoint=change, shown=bool(shown))
    outcome = "ok" if delivered else "failed"
    Steps("", desk.hooks).tell("deliver", outcome, counts=(("attempts", after.attempts),))


def _attempt(
    receivers: Mapping[str, Receiver], delivery: Delivery, payload: NoteDocument, now: datetime
) -> tuple[Delivery, Callable[[Endpoint], Endpoint]]:
    tried = replace(delivery, attempts=delivery.attempts + 1)
    try:
        remark = _receiver(receivers, delivery.receiver).send(tried, payload, now) or ""
    except DeliveryError as error:
        return _after_failure(tried, error, now)
    except Exception as error:  # a receiver's fault must stop neither the queue nor the alert
        return _after_failure(tried, Transient(f"{type(error).__name__} in {delivery.receiver}."), now)
    sent = replace(tried, state="delivered", due_at=now, detail=remark)
    return sent, lambda endpoint: replace(succeeded(endpoint), detail=remark)


def _receiver(receivers: Mapping[str, Receiver], name: str) -> Receiver:
    if name not in receivers:
        raise Permanent(
            f"No receiver is called {name!r}.",
            remedy=f"Set receivers.{name}.kind and .url, or change the rule.",
        )
    return receivers[name]


def _after_failure(
    tried: Delivery, error: DeliveryError, now: datetime
) -> tuple[Delivery, Callable[[Endpoint], Endpoint]]:
    said = str(error)
    if isinstance(error, Permanent):
        given_up = replace(tried, state="failed", due_at=now, detail=said)
        if error.facts.get("status") == GONE:
            return given_up, lambda endpoint: gone(endpoint, now, said)
        return given_up, lambda endpoint: endpoint
    asked = error.facts.get("retry_after")
    retry_after = asked if isinstance(asked, timedelta) else None
    wait = None
    with suppress(ValueError):
        wait = next_attempt(tried.attempts - tried.attempts_before, retry_after, key=tried.id)
    state, due = ("failed", now) if wait is None else ("pending", now + wait)
    after = replace(tried, state=state, due_at=due, detail=said)
    return after, lambda endpoint: failed(endpoint, now, said)
