"""The page receiver hands the alert to the hub."""

from __future__ import annotations

from datetime import UTC, datetime

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.receivers.page import Page

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


class Hub:
    def __init__(self) -> None:
        self.published: list[tuple[str, NoteDocument]] = []

    def publish(self, kind: str, data: NoteDocument) -> int:
        self.published.append((kind, data))
        return len(self.published)


def test_an_alert_reaches_the_hub_with_its_delivery_id() -> None:
    hub = Hub()
    delivery = Delivery(
        id="dlv_1", alert_id="alr_1", receiver="page", attempts=0, due_at=NOW, state="pending"
    )
    Page(hub).send(delivery, {"id": "alr_1", "headline": "Example rises"}, NOW)
    assert hub.published == [("alert", {"id": "alr_1", "headline": "Example rises", "delivery_id": "dlv_1"})]
