"""Alerts over HTTP: why and what happened, acknowledge, snooze, replay; silences, routes, receivers."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.api.models import AlertModel, ErrorModel
from readthrough.desk import alerting, endpoints
from readthrough.desk.open import Desk
from readthrough.web.page import asker
from readthrough.web.whose import acting

__all__ = ["AlertApi"]

Id = Annotated[str, Path(max_length=80)]
Name = Annotated[str, Path(max_length=64)]
Seconds = Annotated[int, Field(gt=0, le=90 * 86_400, description="For how long, in seconds.")]


class _In(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class ByIn(_In):
    """Who does it, and why; where people sign in, it is whoever has."""

    by: str = Field(default="", max_length=200)
    comment: str = Field(default="", max_length=2_000)


class SnoozeIn(_In):
    """How long a story is hushed before its alert comes back."""

    seconds: Seconds
    by: str = Field(default="", max_length=200)


class ReplayIn(_In):
    """To which receiver, or to all it went to."""

    receiver: str = Field(default="", max_length=64)
    by: str = Field(default="", max_length=200)


class SilenceIn(_In):
    """What is hushed, and for how long; every field given must fit."""

    seconds: Seconds
    rule_id: str = Field(default="", max_length=64)
    person: str = Field(default="", max_length=200)
    ticker: str = Field(default="", max_length=30)
    portfolio: str = Field(default="", max_length=200)
    story_id: str = Field(default="", max_length=80)
    event: str = Field(default="", max_length=80)
    severity: Literal["", "flash", "urgent", "alert"] = ""
    by: str = Field(default="", max_length=200)
    comment: str = Field(default="", max_length=2_000)


class ReceiverIn(_In):
    """A receiver to make; files and commands are set in the settings alone."""

    name: str = Field(max_length=64)
    kind: Literal["webhook", "email", "chat"] = "webhook"
    url: str = Field(default="", max_length=2_000)
    to: list[Annotated[str, Field(max_length=320)]] = Field(default=[], max_length=50)
    address: str = Field(default="", max_length=2_000)
    secret: str = Field(default="", max_length=200)
    rate_per_minute: int = Field(default=0, ge=0, le=100_000)


class WhyModel(_Out):
    """Everything about one alert."""

    alert: AlertModel
    deliveries: list[dict[str, Any]]
    holds: list[dict[str, Any]]
    thread: list[AlertModel]
    actions: list[dict[str, Any]]


class AlertApi:
    """Alerts, silences, routes and receivers, as routes."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        wrong = {code: {"model": ErrorModel} for code in (403, 404, 422, 500, 503)}
        self.router = APIRouter(prefix="/api/v1", responses=dict(wrong.items()), tags=["alerts"])
        add = self.router.add_api_route
        add("/alerts/{alert_id}", self.why, response_model=WhyModel)
        add("/alerts/{alert_id}/history", self.history)
        add("/alerts/{alert_id}/ack", self.acknowledge, methods=["POST"], status_code=204)
        add("/alerts/{alert_id}/snooze", self.snooze, methods=["POST"])
        add("/alerts/{alert_id}/replay", self.replay, methods=["POST"])
        add("/silences", self.silences)
        add("/silences", self.silence, methods=["POST"], status_code=201)
        add("/silences/{silence_id}", self.end_silence, methods=["DELETE"], status_code=204)
        add("/routes", self.routes)
        add("/routes", self.save_route, methods=["PUT"])
        add("/routes", self.delete_route, methods=["DELETE"], status_code=204)
        add("/receivers", self.receivers)
        add("/receivers", self.add_receiver, methods=["POST"], status_code=201)
        add("/receivers/{name}", self.remove_receiver, methods=["DELETE"], status_code=204)
        add("/receivers/{name}/rotate", self.rotate, methods=["POST"])
        add("/receivers/{name}/enable", self.enable, methods=["POST"])
        add("/receivers/{name}/test", self.test, methods=["POST"], status_code=204)

    def why(self, alert_id: Id) -> Response:
        """Say why an alert fired or was withheld, by what, and where it went."""
        return JSONResponse(alerting.why(self._desk, alert_id))

    def history(self, alert_id: Id) -> Response:
        """List what happened to an alert: updates, attempts, and what people did, oldest first."""
        return JSONResponse({"history": alerting.history(self._desk, alert_id)})

    def acknowledge(self, request: Request, alert_id: Id, sent: Annotated[ByIn, Body()]) -> Response:
        """Say that somebody has seen an alert: it escalates no more."""
        alerting.acknowledge(self._desk, alert_id, by=acting(asker(request), sent.by), comment=sent.comment)
        return Response(status_code=204)

    def snooze(self, request: Request, alert_id: Id, sent: Annotated[SnoozeIn, Body()]) -> Response:
        """Hush an alert's story for a while and bring the alert back after it."""
        until = alerting.snooze(
            self._desk, alert_id, timedelta(seconds=sent.seconds), by=acting(asker(request), sent.by)
        )
        return JSONResponse({"until": until.isoformat().replace("+00:00", "Z")})

    def replay(self, request: Request, alert_id: Id, sent: Annotated[ReplayIn, Body()]) -> Response:
        """Send an alert again under the ids it had."""
        count = alerting.replay(
            self._desk, alert_id, receiver=sent.receiver, by=acting(asker(request), sent.by)
        )
        return JSONResponse({"due": count})

    def silences(self) -> Response:
        """List the silences that have not ended."""
        found = [alerting.silence_document(one) for one in alerting.silences(self._desk)]
        return JSONResponse({"silences": found})

    def silence(self, request: Request, sent: Annotated[SilenceIn, Body()]) -> Response:
        """Hush for a while what fits every field given."""
        given = sent.model_dump()
        length = timedelta(seconds=given.pop("seconds"))
        by, comment = acting(asker(request), given.pop("by")), given.pop("comment")
        made = alerting.silence(self._desk, given, length, by=by, comment=comment)
        return JSONResponse(alerting.silence_document(made), 201)

    def end_silence(self, silence_id: Id) -> Response:
        """End a silence now."""
        alerting.end_silence(self._desk, silence_id)
        return Response(status_code=204)

    def routes(self) -> Response:
        """List how people are reached."""
        found = [alerting.route_document(one) for one in alerting.routes(self._desk)]
        return JSONResponse({"routes": found})

    def save_route(self, sent: Annotated[dict[str, Any], Body()]) -> Response:
        """Set how a person is reached, in place of what was; without `person` it is everybody's."""
        return JSONResponse(alerting.route_document(alerting.save_route(self._desk, sent)))

    def delete_route(self, person: Annotated[str, Query(max_length=200)] = "") -> Response:
        """Forget how a person is reached."""
        if not alerting.delete_route(self._desk, person):
            raise HTTPException(404, "That person has no route.")
        return Response(status_code=204)

    def receivers(self) -> Response:
        """List the receivers and how they do; no secret is shown."""
        return JSONResponse({"receivers": endpoints.receiver_list(self._desk)})

    def add_receiver(self, sent: Annotated[ReceiverIn, Body()]) -> Response:
        """Make a receiver; an address that is not public is refused. A webhook's secret is shown this once."""
        spec, key = endpoints.add_receiver(self._desk, **sent.model_dump())
        return JSONResponse({"name": spec.name, "kind": spec.kind, "secret": key or None}, 201)

    def remove_receiver(self, name: Name) -> Response:
        """Forget a receiver."""
        endpoints.remove_receiver(self._desk, name)
        return Response(status_code=204)

    def rotate(self, name: Name) -> Response:
        """Give a webhook a new secret, shown this once; the old one signs beside it for a day."""
        return JSONResponse({"name": name, "secret": endpoints.rotate(self._desk, name)})

    def enable(self, name: Name) -> Response:
        """Try a receiver again that was disabled or failing."""
        return JSONResponse({"due": endpoints.enable(self._desk, name)})

    def test(self, name: Name) -> Response:
        """Send a test message now."""
        endpoints.send_test(self._desk, name)
        return Response(status_code=204)
