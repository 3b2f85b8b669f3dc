"""Plain ASGI layers: who may ask, how much they may send, and what every answer carries."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "POLICY", "BodyLimit", "Guard", "SecurityHeaders"]

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""No inline script, no inline style, nothing from elsewhere."""

_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SecurityHeaders:
    """Sets the headers of every answer; what is not said to be cached is not stored."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, add)


class Guard:
    """Refuses hosts that are not ours and writes from other sites.

    There are no accounts yet, so on loopback the browser is the way in: a page elsewhere could name this
    port, or point its own name at 127.0.0.1. The first is told by `Origin`, the second by `Host`.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] | None) -> None:
        """Keep the host names that are ours; None takes any (the server is behind a proxy that knows)."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host = headers.get("host", "")
            if self._hosts is not None and _name(host) not in self._hosts:
                await refuse(send, 421, "wrong_host", "This host name is not served here.", "Use 127.0.0.1.")
                return
            origin = headers.get("origin")
            if (
                scope["method"] not in ("GET", "HEAD", "OPTIONS")
                and origin
                and urlsplit(origin).netloc != host
            ):
                await refuse(send, 403, "cross_origin", "Another site may not write here.", "Send no Origin.")
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


class BodyLimit:
    """Refuses bodies over a size before anything parses them, said or unsaid."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a body of unsaid length is taken in first, up to the limit."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length")
        if said is not None:
            fits = said.isascii() and said.isdigit() and int(said[:20]) <= self._max_bytes
            await (self._app(scope, receive, send) if fits else self._refuse(send))
            return
        taken: list[Message] = []
        size = 0
        while True:
            message = await receive()
            taken.append(message)
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                await self._refuse(send)
                return
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        taken.reverse()

        async def replay() -> Message:
            return taken.pop() if taken else await receive()

        await self._app(scope, replay, send)

    async def _refuse(self, send: Send) -> None:
        size = f"{self._max_bytes:,} bytes"
        await refuse(
            send, 413, "too_large", f"The body is larger than {size}.", "Send fewer or shorter articles."
        )


async def refuse(send: Send, status: int, code: str, message: str, remedy: str) -> None:
    """Answer with an error of the one shape from outside the application."""
    body = json.dumps({"error": {"code": code, "message": message, "remedy": remedy}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
