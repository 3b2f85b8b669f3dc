"""Alerts: the inbox with the reason of each, why one was sent or withheld, and how sending went."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from readthrough.desk import ask
from readthrough.desk.documents import alert_document, alert_story_document
from readthrough.web.page import Pages

__all__ = ["AlertPages"]

ALERTS_A_PAGE: Final = 100


class AlertPages:
    """What rules said, and why."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        router.add_api_route("/alerts", self.alerts)
        router.add_api_route("/alerts/{alert_id}", self.alert)

    def alerts(
        self, request: Request, before: Annotated[str | None, Query(max_length=80)] = None
    ) -> Response:
        """Show alerts with the reason each was sent or withheld."""
        found = ask.alerts(self._desk, limit=ALERTS_A_PAGE + 1, before=before)
        shown = [alert_document(alert) for alert in found[:ALERTS_A_PAGE]]
        older = found[ALERTS_A_PAGE - 1].id if len(found) > ALERTS_A_PAGE else ""
        return self._pages.show(request, "alerts.html", place="Alerts", alerts=shown, older=older)

    def alert(self, request: Request, alert_id: str) -> Response:
        """Show why one alert spoke or kept silent, and where it went."""
        story = ask.explain_alert(self._desk, alert_id)
        if story is None:
            raise HTTPException(404, "There is no such alert.")
        told: dict[str, Any] = dict(alert_story_document(story))
        return self._pages.show(request, "alert.html", place="Alerts", **told)
