"""Takes notes into the corpus while a server runs, so that a question finds the newest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from readthrough.desk.corpus import catch_up
from readthrough.desk.rounds import start_rounds
from readthrough.observe import logger

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["start_indexing"]

_EVERY: Final = timedelta(seconds=5)
_AT_ONCE: Final = 200


def start_indexing(desk: Desk) -> Callable[[], None]:
    """Start a thread that takes in what was saved; returns what stops it."""

    def work(stopping: threading.Event) -> None:
        while not stopping.is_set() and catch_up(desk, most=_AT_ONCE) >= _AT_ONCE:
            continue

    return start_rounds(
        "indexing",
        work,
        every=_EVERY,
        failed=lambda error: logger().warning("indexing_failed", code=error.code),
    )
