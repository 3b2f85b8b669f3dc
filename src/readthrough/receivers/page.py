"""The live page: every reader who has it open sees the alert."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument

__all__ = ["Page", "Publishes"]


class Publishes(Protocol):
    """The half of a hub this receiver needs."""

    def publish(self, kind: str, data: NoteDocument) -> int:
        """Send to every open page; return the event's id."""


class Page:
    """Publishes alerts to open pages. A page that is not open misses nothing: the record has it."""

    def __init__(self, hub: Publishes, *, name: str = "page") -> None:
        self.name = name
        self._hub = hub

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Publish the alert once per attempt; pages drop a delivery id they have shown."""
        self._hub.publish("alert", {**payload, "delivery_id": delivery.id})
