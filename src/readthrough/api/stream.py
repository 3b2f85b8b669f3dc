"""Notes and alerts as they come, over a websocket, and the CloudEvents envelope for either stream."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from readthrough.desk.open import Desk
from readthrough.domain.account import OWNER
from readthrough.streaming.local import LiveEvent
from readthrough.web.feed import FeedFilter
from readthrough.web.live import MAX_STREAMS
from readthrough.web.whose import admits, people_of

__all__ = ["StreamApi", "enveloped"]

_HEARTBEAT_S: Final = 20.0


def enveloped(event: LiveEvent) -> dict[str, Any]:
    """Return an event as CloudEvents 1.0 has it; `id` is what a stream is resumed with."""
    data = cast(dict[str, Any], event.data)
    about = data.get("article", {}) if event.kind == "note" else {}
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": "/readthrough",
        "type": f"readthrough.{event.kind}",
        "datacontenttype": "application/json",
        "data": data,
    }
    if moment := data.get("known_at") or data.get("created_at"):
        envelope["time"] = moment
    if subject := data.get("id"):
        envelope["subject"] = subject
    return envelope | ({"readthroughsource": about["source"]} if about.get("source") else {})


class StreamApi:
    """`/api/v1/stream/ws`: a JSON message an event, resumed with `last_event_id`."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the route."""
        self._desk = desk
        self.router = APIRouter()
        self.router.add_api_websocket_route("/api/v1/stream/ws", self.stream)

    async def stream(self, socket: WebSocket) -> None:
        """Send events until the reader leaves. Messages are `{"id", "kind", "data"}`, or CloudEvents with `envelope`.

        Query: `ticker`, `sign`, `event`, `person` as on `/api/v1/stream`; `last_event_id`; `envelope=cloudevents`. `missed`
        says that the stream cannot be resumed exactly: read the list again.
        """
        origin = socket.headers.get("origin", "")
        if origin and origin.partition("://")[2] != socket.headers.get("host", ""):
            await socket.close(code=1008, reason="Another site may not listen here.")
            return
        if self._desk.hub.subscribers >= MAX_STREAMS:
            await socket.close(code=1013, reason="Too many open streams.")
            return
        asked = socket.query_params
        chosen = FeedFilter.of(
            tickers=asked.getlist("ticker")[:40],
            signs=asked.getlist("sign")[:4],
            events=asked.getlist("event")[:40],
        )
        people = people_of(asked.get("person", "")[:200], socket.scope.get("principal", OWNER))
        cloud = asked.get("envelope") == "cloudevents"
        await socket.accept()
        leaving = asyncio.create_task(_gone(socket))
        try:
            with self._desk.hub.subscribe(asked.get("last_event_id", "")[:80]) as subscription:
                while not leaving.done():
                    if subscription.missed:
                        subscription.missed = False
                        await socket.send_json({"kind": "missed"})
                    coming = asyncio.ensure_future(subscription.next())
                    await asyncio.wait(
                        {coming, leaving}, timeout=_HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED
                    )
                    if leaving.done():
                        coming.cancel()
                        return
                    if not coming.done():
                        coming.cancel()
                        await socket.send_json({"kind": "still here"})
                        continue
                    event = coming.result()
                    if event is None:
                        await socket.close(code=1001)
                        return
                    if event.kind == "note" and not chosen.admits(event.data):
                        continue
                    if event.kind == "alert" and not admits(people, cast(dict[str, Any], event.data)):
                        continue
                    plain = {"id": event.id, "kind": event.kind, "data": event.data}
                    await socket.send_json(enveloped(event) if cloud else plain)
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            leaving.cancel()


async def _gone(socket: WebSocket) -> None:
    try:
        while True:
            await socket.receive()
    except (WebSocketDisconnect, RuntimeError):
        return
