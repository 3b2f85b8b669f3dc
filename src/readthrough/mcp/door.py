"""The server behind a path of the application: loaded with the first request, ended with the process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["McpDoor"]


class McpDoor:
    """An ASGI application that serves streamable HTTP; mount it, and close it before its loop ends."""

    def __init__(self, desk: Desk) -> None:
        """Keep whose; nothing is loaded yet."""
        self._desk = desk
        self._app: ASGIApp | None = None
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            return
        async with self._lock:
            if self._app is None:
                await self._start()
        assert self._app is not None
        # the SDK routes by the whole path: it is mounted at its own root
        await self._app({**scope, "path": "/", "raw_path": b"/", "root_path": ""}, receive, send)

    async def close(self) -> None:
        """End the server's task; may be called when it never ran."""
        self._stop.set()
        if self._task is not None:
            await self._task

    async def _start(self) -> None:
        from mcp.server.transport_security import TransportSecuritySettings

        from readthrough.mcp.server import make_server

        server = await asyncio.to_thread(make_server, self._desk)
        # hosts and origins are judged by the application before a request comes here
        self._app = server.streamable_http_app(
            streamable_http_path="/",
            stateless_http=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        ready = asyncio.Event()

        async def run() -> None:
            async with server.session_manager.run():
                ready.set()
                await self._stop.wait()

        self._task = asyncio.create_task(run())
        await ready.wait()
