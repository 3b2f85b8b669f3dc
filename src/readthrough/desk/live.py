"""The live desk of one process: a worker that takes what waits, and a poller that asks feeds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from readthrough.desk.open import Desk
from readthrough.desk.worker import Worker
from readthrough.domain.errors import ReadthroughError, StorageError
from readthrough.observe import logger, set_gauge

__all__ = ["measure", "start_live"]

MEASURED_EVERY: Final = timedelta(seconds=5)


def start_live(desk: Desk) -> Callable[[], None]:
    """Start what the settings ask for, each in a thread of its own.

    Returns:
        A function that stops all of it and waits.
    """
    threads: list[threading.Thread] = []
    stops: list[Callable[[], None]] = []
    stopping = threading.Event()
    if desk.settings.live.work:
        worker = Worker(desk)
        worker.warm()
        threads.append(
            threading.Thread(target=_work, args=(desk, worker), name="readthrough-worker", daemon=True)
        )
        stops.append(worker.stop)
        threads.append(
            threading.Thread(target=_watch, args=(desk, stopping), name="readthrough-gauges", daemon=True)
        )
    if desk.settings.live.poll:
        threads.append(
            threading.Thread(
                target=_poll, args=(desk, stopping, stops), name="readthrough-poller", daemon=True
            )
        )
    for thread in threads:
        thread.start()

    def stop() -> None:
        stopping.set()
        for each in stops:
            each()
        for thread in threads:
            thread.join()
        if desk.settings.live.work:
            worker.close()

    return stop


def _work(desk: Desk, worker: Worker) -> None:
    """Load, then take what waits: an article met before that would pay for what cannot be loaded."""
    try:
        desk.prepare(reads=not desk.settings.live.readers)
    except ReadthroughError as error:  # `serve` tells it in full, and ends
        logger().error("loading_failed", code=error.code)
        return
    worker.run()


def _poll(desk: Desk, stopping: threading.Event, stops: list[Callable[[], None]]) -> None:
    """Load what asks feeds, then ask them."""
    from readthrough.desk.poller import Poller

    poller = Poller(desk)
    stops.append(poller.stop)
    if not stopping.is_set():
        poller.run()


def measure(desk: Desk) -> None:
    """Set the gauges of what waits and of how feeds fare.

    Raises:
        StorageError: The record is away.
    """
    waiting = desk.store.live.waiting()
    now = desk.clock()
    oldest = waiting.oldest_received_at
    set_gauge("readthrough_arrivals_waiting", "Articles that wait to be read.", waiting.articles)
    set_gauge(
        "readthrough_arrivals_quarantined", "Articles given up after five attempts.", waiting.quarantined
    )
    age = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
    set_gauge("readthrough_arrivals_oldest_seconds", "How long the oldest of them has waited.", age)
    for health in desk.store.live.feeds():
        name = health.feed.name
        failing = float(health.feed.failures)
        set_gauge("readthrough_feed_failures", "Polls of a feed that failed in a row.", failing, feed=name)
        set_gauge("readthrough_feed_taken", "Articles taken from a feed.", health.taken, feed=name)
        if health.lag_s is not None:
            words = "Seconds from publication to receipt, of the newest article of a feed."
            set_gauge("readthrough_feed_lag_seconds", words, health.lag_s, feed=name)


def _watch(desk: Desk, stopping: threading.Event) -> None:
    while not stopping.wait(MEASURED_EVERY.total_seconds()):
        try:
            measure(desk)
        except StorageError:
            continue
