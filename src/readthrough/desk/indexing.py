"""Takes notes into the corpus while a server runs, so that a question finds the newest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from readthrough.desk.corpus import catch_up
from readthrough.domain.errors import ReadthroughError
from readthrough.observe import logger

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["start_indexing"]

_EVERY_S: Final = 5.0
_AT_ONCE: Final = 200


def start_indexing(desk: Desk) -> Callable[[], None]:
    """Start a thread that takes in what was saved; returns what stops it."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(_EVERY_S):
            try:
                while not stop.is_set() and catch_up(desk, most=_AT_ONCE) >= _AT_ONCE:
                    continue
            except ReadthroughError as error:
                logger().warning("indexing_failed", code=error.code)

    thread = threading.Thread(target=work, name="readthrough-indexing", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end
