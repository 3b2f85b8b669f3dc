"""How long to wait after failed sign-ins: longer each time, for the login and for the address it came from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

__all__ = ["FREE", "LONGEST", "wait_of"]

FREE: Final = 5
LONGEST: Final = timedelta(minutes=15)


def wait_of(failures: int, last_at: datetime | None, now: datetime, *, free: int = FREE) -> timedelta:
    """Return how long the next attempt must wait: nothing for the first few, then 2, 4, 8 ... seconds.

    Some 100 attempts a day are left to a guesser who waits each time.

    >>> from datetime import UTC
    >>> wait_of(7, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()
    8.0
    """
    if last_at is None or failures < free:
        return timedelta(0)
    pause = min(timedelta(seconds=2 ** min(failures - free + 1, 20)), LONGEST)
    return max(last_at + pause - now, timedelta(0))
