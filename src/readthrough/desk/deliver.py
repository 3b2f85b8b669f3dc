"""Sends what is due. Safe to kill at any moment: a delivery is claimed, sent, and then recorded.

A sender that dies between sending and recording leads to a second attempt under the same delivery id, which
receivers use to drop doubles; nothing is ever lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from readthrough.alerts.deliver import next_attempt
from readthrough.desk.open import Desk
from readthrough.desk.steps import Steps
from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import DeliveryError, Permanent, ReadthroughError, Transient
from readthrough.domain.ports import Receiver

__all__ = ["deliver_due", "start_delivery"]

BATCH: Final = 16
LEASE: Final = timedelta(seconds=180)
"""Longer than a batch takes when all of it goes to one receiver that runs into its 10 s limit each time."""


def deliver_due(desk: Desk, now: datetime, *, limit: int = 100) -> int:
    """Make every attempt that is due; a receiver that is slow does not hold up the others.

    Args:
        desk: Whose deliveries.
        now: The time of these attempts.
        limit: Most attempts in this call.

    Returns:
        How many attempts were made.

    Raises:
        StorageError: The record cannot be read or written; claimed deliveries come due again by themselves.
    """
    made = 0
    while made < limit:
        due = desk.store.due_deliveries(now, limit=min(BATCH, limit - made), lease=LEASE)
        if not due:
            break
        by_receiver: dict[str, list[tuple[Delivery, NoteDocument]]] = {}
        for delivery, payload in due:
            by_receiver.setdefault(delivery.receiver, []).append((delivery, payload))
        if len(by_receiver) == 1:
            _send_all(desk, due, now)
        else:
            with ThreadPoolExecutor(max_workers=min(8, len(by_receiver))) as pool:
                list(pool.map(lambda queue: _send_all(desk, queue, now), by_receiver.values()))
        made += len(due)
    return made


def start_delivery(desk: Desk) -> Callable[[], None]:
    """Deliver in a thread as soon as something is saved, and publish what other processes saved.

    Returns:
        A function that stops the thread and waits for it.
    """
    stopping = threading.Event()
    interval = desk.settings.desk.delivery_interval.total_seconds()

    def work() -> None:
        while not stopping.is_set():
            desk.work_waiting.wait(interval)
            desk.work_waiting.clear()
            if not stopping.is_set():
                _round(desk)

    thread = threading.Thread(target=work, name="readthrough-delivery", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        desk.work_waiting.set()
        thread.join()

    return stop


def _round(desk: Desk) -> None:
    try:
        deliver_due(desk, desk.clock())
        desk.publish()
    except ReadthroughError:
        # The database may be locked or gone for a moment; what is due stays due. The hooks hear of it.
        Steps("", desk.hooks).tell("deliver", "failed")


def _send_all(desk: Desk, queue: list[tuple[Delivery, NoteDocument]], now: datetime) -> None:
    for delivery, payload in queue:
        after = _attempt(desk.receivers, delivery, payload, now)
        outcome = "ok" if after.state == "delivered" else "failed"
        desk.store.record_attempt(after, at=now)
        Steps("", desk.hooks).tell("deliver", outcome, counts=(("attempts", after.attempts),))


def _attempt(
    receivers: Mapping[str, Receiver], delivery: Delivery, payload: NoteDocument, now: datetime
) -> Delivery:
    tried = replace(delivery, attempts=delivery.attempts + 1)
    try:
        _receiver(receivers, delivery.receiver).send(tried, payload, now)
    except DeliveryError as error:
        return _after_failure(tried, error, now)
    except Exception as error:  # a receiver's fault must stop neither the queue nor the alert
        return _after_failure(tried, Transient(f"{type(error).__name__} in {delivery.receiver}."), now)
    return replace(tried, state="delivered", due_at=now, detail="")


def _receiver(receivers: Mapping[str, Receiver], name: str) -> Receiver:
    if name not in receivers:
        raise Permanent(
            f"No receiver is called {name!r}.",
            remedy=f"Set receivers.{name}.kind and .url, or change the rule.",
        )
    return receivers[name]


def _after_failure(tried: Delivery, error: DeliveryError, now: datetime) -> Delivery:
    asked = error.facts.get("retry_after")
    retry_after = asked if isinstance(asked, timedelta) else None
    wait = None if isinstance(error, Permanent) else next_attempt(tried.attempts, retry_after, key=tried.id)
    if wait is None:
        return replace(tried, state="failed", due_at=now, detail=str(error))
    return replace(tried, state="pending", due_at=now + wait, detail=str(error))
