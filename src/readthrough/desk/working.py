"""A process that only works: it reads what waits, asks feeds, or both, until it is told to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

from readthrough.desk.open import Desk

__all__ = ["work"]


def work(
    desk: Desk, *, until_empty: bool = False, poll: bool = False, read: bool = True, from_broker: bool = False
) -> None:
    """Work until SIGTERM, Ctrl-C, or until nothing waits.

    Args:
        desk: Whose articles; pages of other processes are told by the record.
        until_empty: End when nothing is due any more.
        poll: Ask feeds too.
        read: Read what waits.
        from_broker: Take turns from the broker instead of the record's own order.

    Raises:
        StorageError: The record is away and `until_empty` is set; otherwise it is waited for.
    """
    desk.publishes = False  # there is nobody here to show notes to
    stops: list[Callable[[], None]] = []
    _on_signals(stops)
    poller = thread = None
    if poll:  # what only one of the two needs is loaded for that one
        from readthrough.desk.poller import Poller

        poller = Poller(desk)
        stops.append(poller.stop)
        if not read:
            poller.run()
            return
        thread = threading.Thread(target=poller.run, name="readthrough-poller", daemon=True)
        thread.start()
    from readthrough.desk.worker import Worker

    worker = Worker(desk)
    worker.warm()
    desk.prepare(reads=not desk.settings.live.readers)
    stops.append(worker.stop)
    try:
        if until_empty:
            worker.work_off()
        elif from_broker:
            from readthrough.desk.relaying import work_from_broker

            work_from_broker(desk, worker, stops)
        else:
            worker.run()
    finally:
        worker.close()
        if poller is not None:
            poller.stop()
        if thread is not None:
            thread.join()


def _on_signals(stops: list[Callable[[], None]]) -> None:
    """End in order when asked to; asked twice, at once."""
    if threading.current_thread() is not threading.main_thread():
        return

    def told(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        for stop in stops:
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
