"""Server-sent events: from the hub's subscription to bytes, with a heartbeat and an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Final, TypeAlias

from starlette.responses import StreamingResponse

from readthrough.streaming.local import LiveEvent, LiveHub

__all__ = ["HEARTBEAT_S", "MAX_STREAMS", "ToFrame", "event_stream", "frame"]

HEARTBEAT_S: Final = 15.0
"""Seconds of silence before a comment is sent: proxies close quiet connections after 30 or more."""
MAX_STREAMS: Final = 1000
"""Most open streams; one more is refused rather than slowing every other."""

ToFrame: TypeAlias = Callable[[LiveEvent], bytes | None]
"""Turns an event into a frame, or nothing when this reader did not ask for it."""


def frame(*, kind: str, data: str, id: str = "") -> bytes:
    """Write one event. Line ends inside `data` become separate `data:` lines, as the format asks.

    >>> frame(kind="row", data="a", id="e-1")
    b'id: e-1\\nevent: row\\ndata: a\\n\\n'
    """
    lines = [f"id: {id}"] if id else []
    lines.append(f"event: {kind}")
    lines += [f"data: {line}" for line in data.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode("utf-8", "replace")


def event_stream(
    hub: LiveHub, to_frame: ToFrame, *, last_event_id: str = "", first: Callable[[], Iterable[bytes]] = tuple
) -> StreamingResponse:
    """Answer with events until the reader leaves or the hub closes.

    Args:
        hub: Where events come from.
        to_frame: Chooses and prints; runs in the event loop, so it must keep what it has printed.
        last_event_id: What the reader has seen, from its header.
        first: Frames to begin with, gathered in a thread after listening has begun, so that nothing
            falls between them and the events.
    """
    return StreamingResponse(
        _frames(hub, to_frame, last_event_id[:80], first),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _frames(
    hub: LiveHub, to_frame: ToFrame, last_event_id: str, first: Callable[[], Iterable[bytes]]
) -> AsyncIterator[bytes]:
    with hub.subscribe(last_event_id) as subscription:
        yield b"retry: 2000\n: listening\n\n"
        for early in await asyncio.to_thread(lambda: list(first())):
            yield early
        while True:
            if subscription.missed:
                subscription.missed = False
                yield frame(kind="missed", data="reload")
            try:
                async with asyncio.timeout(HEARTBEAT_S):  # wait_for would make a task for every event
                    event = await subscription.next()
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if event is None:
                return
            written = to_frame(event)  # printed once for all readers and kept: a thread would cost more
            if written is not None:
                yield written
