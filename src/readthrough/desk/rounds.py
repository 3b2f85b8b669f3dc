"""Work that comes round again and again in a thread of its own, until it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from readthrough.domain.errors import ReadthroughError

__all__ = ["start_rounds"]


def start_rounds(
    name: str,
    work: Callable[[threading.Event], object],
    *,
    every: timedelta,
    failed: Callable[[ReadthroughError], object],
) -> Callable[[], None]:
    """Do some work every so often in a thread; a round that fails is told, and the next one tries again.

    Args:
        name: What the thread is for.
        work: One round. It is given the event by which it is stopped, for rounds that take long.
        every: How long to wait before each round.
        failed: Told of a fault that may pass: the database may be locked or gone for a moment.

    Returns:
        A function that stops the thread and waits for the round under way.
    """
    stopping = threading.Event()

    def run() -> None:
        while not stopping.wait(every.total_seconds()):
            try:
                work(stopping)
            except ReadthroughError as error:
                failed(error)

    thread = threading.Thread(target=run, name=f"readthrough-{name}", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        thread.join()

    return stop
