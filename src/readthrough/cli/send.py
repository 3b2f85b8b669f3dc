"""Sending what a command's articles set off, before the command ends."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from readthrough.cli.console import remark

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["send_due"]

PATIENCE: Final = timedelta(seconds=5)
"""How long a command waits for receivers; a slow one is tried again by `serve`."""
_LOOKED_AT: Final = 500  # newest alerts whose deliveries are counted


def send_due(desk: Desk) -> None:
    """Deliver what is due, waiting a few seconds at most, and say what arrived and what is pending."""
    from readthrough.desk.deliver import deliver_due

    def work() -> None:
        with suppress(Exception):  # what is due stays due, and `serve` will say what is wrong
            deliver_due(desk, desk.clock())

    sender = threading.Thread(target=work, name="readthrough-send", daemon=True)
    before = _states(desk)
    if not before["pending"]:
        return
    sender.start()
    sender.join(PATIENCE.total_seconds())
    after = _states(desk)
    told = [f"{after[state] - before[state]:,} {state}" for state in ("delivered", "failed")]
    told = [words for words in told if not words.startswith("0 ")]
    if after["pending"]:
        told.append(f"{after['pending']:,} pending, which `readthrough serve` goes on delivering")
    remark(f"Alerts: {', '.join(told)}.")


def _states(desk: Desk) -> Counter[str]:
    return Counter(
        delivery.state
        for alert in desk.store.alerts(limit=_LOOKED_AT)
        if not alert.withheld
        for delivery in desk.store.deliveries(alert.id)
    )
