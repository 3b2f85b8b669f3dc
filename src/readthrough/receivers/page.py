"""The live page: every reader who has it open sees the alert, whichever process sent it."""

from __future__ import annotations

from datetime import datetime

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument

__all__ = ["Page"]


class Page:
    """Sends by being recorded: the record's outbox tells every process's pages of what was delivered here.

    A page that is not open misses nothing: the record has it. Each delivery is in the outbox once, written in the
    transaction that marks it delivered.
    """

    shown = True
    rate_per_minute = 0

    def __init__(self, *, name: str = "page") -> None:
        self.name = name

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Do nothing: what is recorded as delivered is shown."""
