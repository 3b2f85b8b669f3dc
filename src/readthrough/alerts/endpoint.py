"""When a receiver may be tried: its circuit, its rate, and whether it has asked to be left alone for good.

The schedule of a single alert is elsewhere (`alerts.deliver`). The circuit spares an endpoint that fails for
everything sent to it: what comes due meanwhile waits, without an attempt being made or counted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from readthrough.domain.route import Endpoint

__all__ = ["FAILURES", "LONGEST_OPEN", "OPEN", "admit", "failed", "gone", "succeeded"]

FAILURES: Final = 5
"""Failures in a row that open the circuit. One alert alone makes its fifth attempt after two hours."""
OPEN: Final = timedelta(seconds=30)
"""How long the circuit stays open at first; twice as long after each further failure."""
LONGEST_OPEN: Final = timedelta(minutes=5)
_BURST: Final = 5  # messages that may go at once where a rate is set, before they are spaced


def admit(
    endpoint: Endpoint, now: datetime, *, wanted: int, rate_per_minute: int = 0
) -> tuple[int, Endpoint, datetime | None]:
    """Decide how many messages may be tried now.

    Args:
        endpoint: How it has been doing.
        now: The moment.
        wanted: How many are due.
        rate_per_minute: Most a minute; unlimited when 0.

    Returns:
        How many; the endpoint with those counted against its rate; when the others may be tried.
        A circuit that has been open long enough lets one through to see.
    """
    if endpoint.disabled_at is not None or wanted <= 0:
        return 0, endpoint, None
    if endpoint.open_until is not None and now < endpoint.open_until:
        return 0, endpoint, endpoint.open_until
    allowed = 1 if endpoint.failures >= FAILURES else wanted
    if not rate_per_minute:
        return allowed, endpoint, now if allowed < wanted else None
    # Each message moves the line's end by its share of a minute; a burst may stand in line ahead of time.
    space = timedelta(minutes=1) / rate_per_minute
    end = max(endpoint.free_at or now, now)
    room = int((now + _BURST * space - end) / space)
    taken = max(0, min(allowed, room))
    end += taken * space
    later = end - (_BURST - 1) * space if taken < wanted else None
    return taken, replace(endpoint, free_at=end), later


def succeeded(endpoint: Endpoint) -> Endpoint:
    """Close the circuit."""
    return replace(endpoint, failures=0, open_until=None, detail="")


def failed(endpoint: Endpoint, now: datetime, detail: str) -> Endpoint:
    """Count a failure that may pass; the circuit opens when there are several in a row."""
    failures = endpoint.failures + 1
    if failures < FAILURES:
        return replace(endpoint, failures=failures, detail=detail)
    doubled = OPEN * 2 ** min(failures - FAILURES, 10)
    return replace(endpoint, failures=failures, open_until=now + min(doubled, LONGEST_OPEN), detail=detail)


def gone(endpoint: Endpoint, now: datetime, detail: str) -> Endpoint:
    """Disable it: it said that it will take no more."""
    return replace(endpoint, disabled_at=now, detail=detail)
