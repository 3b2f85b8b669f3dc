"""The page receiver sends by being recorded; `tests/flow` holds that pages of every process are told."""

from __future__ import annotations

from datetime import UTC, datetime

from readthrough.domain.alert import Delivery
from readthrough.receivers.page import Page

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def test_a_page_is_told_by_what_is_recorded() -> None:
    delivery = Delivery(
        id="dlv_1", alert_id="alr_1", receiver="page", attempts=0, due_at=NOW, state="pending"
    )
    page = Page(name="page")
    page.send(delivery, {"id": "alr_1"}, NOW)
    assert page.shown
