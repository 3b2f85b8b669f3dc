"""The live desk over HTTP: how it fares, articles handed over in bulk, and what hubs push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from readthrough.api.errors import error_document
from readthrough.api.models import ArticleIn
from readthrough.desk.arrivals import let_wait, waiting
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.desk.status import status_document
from readthrough.domain.errors import SourceError

if TYPE_CHECKING:
    from readthrough.desk.polling import Ways

__all__ = ["LiveApi", "ReceiptModel", "StatusModel"]

MAX_HANDED = 1_000
"""Articles that may be handed over at once."""


class ReceiptModel(BaseModel):
    """What became of articles that were handed over."""

    model_config = ConfigDict(extra="allow")

    given: int = Field(description="Articles in the request.")
    new: int = Field(description="Those whose words were not known; they wait to be read.")
    waiting: int = Field(description="Articles that wait now, from wherever.")
    errors: list[dict[str, Any]] = Field(description="Those that cannot be used: their place, and why.")


class StatusModel(BaseModel):
    """How the desk fares."""

    model_config = ConfigDict(extra="allow")

    waiting: int
    quarantined: int
    oldest_waits_s: float | None
    steps: list[dict[str, Any]]
    feeds: list[dict[str, Any]]


class LiveApi:
    """The routes, over a desk."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        self._ways: Ways | None = None
        self.router = APIRouter()
        add = self.router.add_api_route
        add(
            "/api/v1/articles/batch",
            self.hand_over,
            methods=["POST"],
            response_model=ReceiptModel,
            status_code=202,
            tags=["notes"],
        )
        add("/api/v1/status", self.status, response_model=StatusModel, tags=["operations"])
        add("/websub/{token}", self.verify, methods=["GET"], include_in_schema=False)
        add("/websub/{token}", self.push, methods=["POST"], include_in_schema=False)

    def hand_over(
        self,
        sent: Annotated[list[ArticleIn], Body(min_length=1, max_length=MAX_HANDED)],
        feed: Annotated[str, Query(max_length=80, description="Names where they come from.")] = "push",
    ) -> Response:
        """Hand over up to 1,000 articles to be read in their turn, and return at once.

        Sending the same articles again changes nothing. Their notes appear in `/api/v1/notes` and on the
        stream; one that cannot be used is told of here, and the others are taken.
        """
        drafts, errors = [], []
        for place, one in enumerate(sent):
            try:
                drafts.append(read_article(self._desk, one.model_dump()))
            except SourceError as error:
                errors.append({"place": place, **error_document(error)})
        taken = let_wait(self._desk, drafts, feed=feed)
        document = {
            "given": len(sent),
            "new": taken.new,
            "waiting": waiting(self._desk).articles,
            "errors": errors,
        }
        return JSONResponse(document, status_code=202)

    def status(self) -> Response:
        """Tell what waits, how long each step takes, and how each feed fares."""
        return JSONResponse(status_document(self._desk))

    def verify(self, token: str, request: Request) -> Response:
        """Answer a hub that asks whether we meant to subscribe."""
        asked = request.query_params
        lease = asked.get("hub.lease_seconds", "")
        seconds = int(lease[:9]) if lease.isascii() and lease.isdigit() else 864_000
        from readthrough.desk.websub import confirm

        meant = confirm(
            self._desk,
            token,
            mode=asked.get("hub.mode", ""),
            topic=asked.get("hub.topic", ""),
            lease_s=seconds,
        )
        if not meant:
            raise HTTPException(404, "Nobody asked for this.")
        return PlainTextResponse(asked.get("hub.challenge", "")[:500])

    async def push(self, token: str, request: Request) -> Response:
        """Take what a hub pushes."""
        body = await request.body()
        new = await run_in_threadpool(self._pushed, token, body, dict(request.headers))
        if new is None:
            raise HTTPException(404, "Nobody asked for this.")
        return Response(status_code=202)

    def _pushed(self, token: str, body: bytes, headers: dict[str, str]) -> int | None:
        from readthrough.desk.polling import ways_of
        from readthrough.desk.websub import pushed

        if self._ways is None:
            self._ways = ways_of(self._desk)
        try:
            return pushed(
                self._desk,
                token,
                body,
                kind=headers.get("content-type", ""),
                signature=headers.get("x-hub-signature", ""),
                ways=self._ways,
            )
        except SourceError as error:
            raise HTTPException(422, error.message) from None
