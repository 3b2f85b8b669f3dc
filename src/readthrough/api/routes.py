"""The JSON API: parse, call the desk, print. Documents are sent as the contract has them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Body, Header, HTTPException, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from readthrough.api.errors import error_document
from readthrough.api.models import (
    MAX_BATCH,
    AlertsPage,
    ArticleIn,
    ErrorModel,
    NoteModel,
    NotesPage,
)
from readthrough.api.stream import enveloped
from readthrough.desk import ask, flow
from readthrough.desk.alerting import alert_list
from readthrough.desk.documents import alert_document
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import ReadthroughError
from readthrough.streaming.local import LiveEvent
from readthrough.web.chosen import Chosen
from readthrough.web.live import MAX_STREAMS, event_stream, frame
from readthrough.web.page import asker
from readthrough.web.whose import admits, people_of

__all__ = ["Api"]

MAX_PAGE: Final = 200
FRAMES_KEPT: Final = 100
"""Events of the stream kept as bytes, 10 kB each: those that some listener has still to be sent."""

Cursor = Annotated[str | None, Query(max_length=80, description="`next` of the page before.")]
Whose = Annotated[
    str,
    Query(
        max_length=200,
        description="Alerts to `me`, to a person, or `*`: to everybody; the desk's are always in.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]
AsOf = Annotated[datetime | None, Query(description="What was known then; UTC when it has no offset.")]
Ticker = Annotated[
    str | None, Query(max_length=30, description="A listing's symbol, such as BABA or 9988.HK.")
]
Batch = Annotated[list[ArticleIn], Field(min_length=1, max_length=MAX_BATCH)]


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise HTTPException(422, "A time is outside the years 1 to 9999 in UTC.") from None


class Api:
    """Every endpoint under `/api/v1`, as routes."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        self._writing = CapacityLimiter(1)
        self._frames: dict[str, bytes] = {}
        wrong = {code: {"model": ErrorModel} for code in (403, 404, 413, 422, 500, 503)}
        self.router = APIRouter(prefix="/api/v1", responses=dict(wrong.items()))
        add = self.router.add_api_route
        add(
            "/articles",
            self.articles,
            methods=["POST"],
            response_model=NoteModel | list[NoteModel | ErrorModel],
            tags=["notes"],
        )
        add("/notes", self.notes, response_model=NotesPage, tags=["notes"])
        add("/notes/{note_id}", self.note, response_model=NoteModel, tags=["notes"])
        add("/alerts", self.alerts, response_model=AlertsPage, tags=["alerts"])
        add("/stream", self.stream, response_class=StreamingResponse, responses=_STREAM, tags=["live"])

    async def articles(self, sent: Annotated[ArticleIn | Batch, Body()]) -> Response:
        """Read one article, or up to 100, and return their notes.

        The same words sent again return the note already made. Of a list, each item gets its note or its
        error, in order.
        """
        if isinstance(sent, ArticleIn):
            document = await to_thread.run_sync(self._processed, sent, limiter=self._writing)
            return JSONResponse(document)
        documents = []
        for one in sent:
            try:
                documents.append(await to_thread.run_sync(self._processed, one, limiter=self._writing))
            except ReadthroughError as error:
                documents.append(error_document(error))
        return JSONResponse(documents)

    def _processed(self, sent: ArticleIn) -> NoteDocument:
        return flow.process(self._desk, read_article(self._desk, sent.model_dump()))

    def notes(
        self, limit: Limit = 50, cursor: Cursor = None, ticker: Ticker = None, as_of: AsOf = None
    ) -> Response:
        """List notes, newest first."""
        moment = _utc(as_of)
        self._require_note(cursor, moment)
        found = ask.latest_notes(self._desk, limit=limit + 1, before=cursor, ticker=ticker, as_of=moment)
        following = found[limit - 1]["id"] if len(found) > limit else None
        return JSONResponse({"notes": found[:limit], "next": following})

    def note(self, note_id: str, as_of: AsOf = None) -> Response:
        """Return one note, in its newest revision or the one known at `as_of`."""
        document = ask.note(self._desk, note_id, as_of=_utc(as_of))
        if document is None:
            raise HTTPException(404, "There is no such note.")
        return JSONResponse(document)

    def alerts(
        self,
        request: Request,
        limit: Limit = 50,
        cursor: Cursor = None,
        as_of: AsOf = None,
        person: Whose = "",
    ) -> Response:
        """List alerts, newest first, withheld ones included, each with its reason."""
        people = people_of(person, asker(request)) or ()
        found = alert_list(self._desk, people=people, limit=limit + 1, before=cursor, as_of=_utc(as_of))
        following = found[limit - 1].id if len(found) > limit else None
        return JSONResponse({"alerts": [alert_document(a) for a in found[:limit]], "next": following})

    def stream(
        self,
        request: Request,
        chosen: Chosen,
        last_event_id: Annotated[str, Header()] = "",
        envelope: Annotated[
            Literal["", "cloudevents"], Query(description="`cloudevents`: CloudEvents 1.0.")
        ] = "",
        person: Whose = "",
    ) -> Response:
        """Stream notes and alerts as server-sent events; filters apply to notes, `person` to alerts.

        Events are `note` and `alert` (one JSON document each) and `missed` (read the list again). Send
        `Last-Event-ID` to go on from where a stream broke.
        """
        if self._desk.hub.subscribers >= MAX_STREAMS:
            raise HTTPException(503, "Too many open streams.")

        people = people_of(person, asker(request))

        def to_frame(happened: LiveEvent) -> bytes | None:
            if happened.kind == "note" and not chosen.admits(happened.data):
                return None
            if happened.kind == "alert" and not admits(people, happened.data):
                return None
            if envelope:
                data = json.dumps(enveloped(happened), separators=(",", ":"))
                return frame(kind=happened.kind, data=data, id=happened.id)
            return self._framed(happened)

        return event_stream(self._desk.hub, to_frame, last_event_id=last_event_id)

    def _framed(self, happened: LiveEvent) -> bytes:
        """The event as bytes, written once for all who listen."""
        kept = self._frames.get(happened.id)
        if kept is None:
            data = json.dumps(happened.data, separators=(",", ":"))
            kept = self._frames[happened.id] = frame(kind=happened.kind, data=data, id=happened.id)
            while len(self._frames) > FRAMES_KEPT:
                self._frames.pop(next(iter(self._frames)))
        return kept

    def _require_note(self, cursor: str | None, as_of: datetime | None) -> None:
        if cursor is not None and ask.note(self._desk, cursor, as_of=as_of) is None:
            raise HTTPException(422, "The cursor names no note.")


_STREAM: Final[dict[int | str, dict[str, object]]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}
