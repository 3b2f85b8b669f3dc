"""What every caller may count on: rates told in headers, entity tags, keys that make a repeat harmless, CORS."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from anyio import CancelScope, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readthrough.api.gate import apikey_in
from readthrough.api.middleware import refuse
from readthrough.domain.repeat import Repeat, Repeats

__all__ = ["Cors", "EntityTags", "Idempotency", "RateLimit"]

_DOORS: Final = ("/api/", "/query", "/openbb", "/widgets.json", "/apps.json", "/agents.json")
_TAGGED_MOST: Final = 4_000_000
_KEPT_FOR: Final = timedelta(days=1)
_RUNS_AT_MOST: Final = timedelta(minutes=10)
_NOT_KEPT: Final = frozenset({401, 403, 429})  # these change without the request changing
_KEPT_BYTES: Final = 200_000
_CALLERS: Final = 10_000


def _caller(scope: Scope) -> str:
    """Name who calls: by key where one is given, else by address. The key itself is never kept."""
    headers = Headers(scope=scope)
    given = (
        headers.get("authorization") or headers.get("x-api-key") or headers.get("cookie") or _apikey(scope)
    )
    if given:
        return hashlib.blake2b(given.encode(), digest_size=12).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else ""


def _apikey(scope: Scope) -> str:
    """Return the key that Alpha Vantage's clients put into the query; nowhere else is one looked for."""
    if not str(scope["path"]).endswith("/query"):
        return ""
    return apikey_in(scope.get("query_string", b""))


def _at_a_door(scope: Scope) -> bool:
    path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
    return path.startswith(_DOORS)


class RateLimit:
    """Lets a caller make so many requests a minute, evenly refilled, and tells in headers how many are left."""

    def __init__(self, app: ASGIApp, *, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._most = float(per_minute)
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 429 and when to come again."""
        if scope["type"] != "http" or not _at_a_door(scope):
            await self._app(scope, receive, send)
            return
        left, wait = self._taken(_caller(scope))
        told = {
            "RateLimit-Limit": str(int(self._most)),
            "RateLimit-Remaining": str(max(0, int(left))),
            "RateLimit-Reset": str(max(0, round((self._most - max(left, 0.0)) / self._most * 60))),
        }

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers[name] = value
                if wait:
                    headers["Retry-After"] = str(wait)
            await send(message)

        if wait:
            await refuse(
                add, 429, "rate_limited", "Too many requests in a minute.", f"Try again in {wait} s."
            )
            return
        await self._app(scope, receive, add)

    def _taken(self, caller: str) -> tuple[float, int]:
        now = self._clock()
        rate = self._most / 60.0
        with self._lock:
            left, at = self._left.pop(caller, (self._most, now))
            left = min(self._most, left + (now - at) * rate)
            wait = 0 if left >= 1.0 else max(1, round((1.0 - left) / rate))
            left -= 0.0 if wait else 1.0
            self._left[caller] = (left, now)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
        return left, wait


class EntityTags:
    """Gives answers to GET a tag made of their bytes, and says 304 where the caller has them already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a JSON answer is held back until its tag is known."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not _at_a_door(scope):
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        begun: Message | None = None
        body = bytearray()
        passing = False

        async def hold(message: Message) -> None:
            nonlocal begun, passing
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if message["status"] == 200 and kind.startswith("application/json"):
                    begun = message
                    return
                passing = True
            if passing or begun is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if len(body) > _TAGGED_MOST:
                passing = True
                await send(begun)
                await send({**message, "body": bytes(body)})
                return
            if message.get("more_body", False):
                return
            tag = f'"{hashlib.blake2b(bytes(body), digest_size=12).hexdigest()}"'
            headers = MutableHeaders(scope=begun)
            headers["ETag"] = tag
            if tag in {part.strip().removeprefix("W/") for part in known.split(",")}:
                del headers["content-length"]
                await send({"type": "http.response.start", "status": 304, "headers": begun["headers"]})
                await send({"type": "http.response.body", "body": b""})
                return
            await send(begun)
            await send({"type": "http.response.body", "body": bytes(body)})

        await self._app(scope, receive, hold)


class Idempotency:
    """Answers a POST with an `Idempotency-Key` that was answered before as it was then, for a day.

    What was answered is kept in the desk's database: another process of the server, or the same one after a
    restart, gives it too. It stands behind the gate, so a name is that of a person and nobody else's.
    """

    def __init__(
        self, app: ASGIApp, *, repeats: Callable[[], Repeats], clock: Callable[[], datetime]
    ) -> None:
        """Stand before an application.

        Args:
            app: What answers.
            repeats: Gives where answers are kept; asked with the first key that comes.
            clock: Tells the time.
        """
        self._app = app
        self._repeats = repeats
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, repeat, or refuse a key that came with another body."""
        key = Headers(scope=scope).get("idempotency-key", "") if scope["type"] == "http" else ""
        if not key or scope["method"] != "POST" or not _at_a_door(scope):
            await self._app(scope, receive, send)
            return
        if len(key) > 200:
            await refuse(
                send, 422, "invalid", "The Idempotency-Key is longer than 200 characters.", "Shorten it."
            )
            return
        body = await _whole(receive)
        if body is None:
            return
        asked = Repeat(
            name=_digest(_person(scope), key, _told_path(scope)), digest=_digest(body), at=self._clock()
        )
        held = await to_thread.run_sync(self._claim, asked)
        if held is None:
            await self._answered(scope, body, send, asked)
        elif held.digest != asked.digest:
            await refuse(
                send, 422, "key_reused", "This Idempotency-Key came with another body.", "Use a new key."
            )
        elif held.status == 0:
            await refuse(
                send, 409, "in_progress", "A request with this key is still running.", "Wait for it."
            )
        else:
            headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in held.headers]
            headers.append((b"idempotent-replayed", b"true"))
            await send({"type": "http.response.start", "status": held.status, "headers": headers})
            await send({"type": "http.response.body", "body": held.body})

    def _claim(self, asked: Repeat) -> Repeat | None:
        return self._repeats().claim(
            asked, forget_before=asked.at - _KEPT_FOR, running_since=asked.at - _RUNS_AT_MOST
        )

    async def _answered(self, scope: Scope, body: bytes, send: Send, asked: Repeat) -> None:
        start: Message | None = None
        made = bytearray()
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return {"type": "http.disconnect"}
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def keep(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                # layers further out write into the list that is sent
                start = {**message, "headers": list(message["headers"])}
            else:
                made.extend(message.get("body", b""))
                if start is not None and not message.get("more_body", False):
                    await to_thread.run_sync(self._settle, asked, start, bytes(made))
                    start = None
            await send(message)

        try:
            await self._app(scope, replay, keep)
        except BaseException:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._repeats().release, asked.name)
            raise

    def _settle(self, asked: Repeat, start: Message, body: bytes) -> None:
        """Keep an answer before it is sent: whoever has seen it finds it again."""
        if start["status"] in _NOT_KEPT or start["status"] >= 500 or len(body) > _KEPT_BYTES:
            self._repeats().release(asked.name)
            return
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in start["headers"])
        self._repeats().keep(replace(asked, status=start["status"], headers=headers, body=body))


async def _whole(receive: Receive) -> bytes | None:
    """Return a request's body; None where the caller left."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body.extend(message.get("body", b""))
        more = message.get("more_body", False)
    return bytes(body)


def _person(scope: Scope) -> str:
    principal = scope.get("principal")
    return f"{principal.tenant_id}/{principal.person_id}" if principal is not None else _caller(scope)


def _told_path(scope: Scope) -> str:
    return f"{scope['path']}?{scope.get('query_string', b'').decode('latin-1')}"


def _digest(*parts: str | bytes) -> str:
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big") + raw)
    return made.hexdigest()


class Cors:
    """Lets pages of named origins read the OpenBB door, with credentials; everything else stays as it is."""

    _PATHS: Final = ("/openbb", "/widgets.json", "/apps.json", "/agents.json", "/api/openbb")

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, or pass on and add the headers."""
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        origin = Headers(scope=scope).get("origin", "") if scope["type"] == "http" else ""
        if not path.startswith(self._PATHS) or origin not in self._origins:
            await self._app(scope, receive, send)
            return
        allowed = [
            (b"access-control-allow-origin", origin.encode()),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
        asked = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and asked.get("access-control-request-method"):
            names = asked.get("access-control-request-headers", "content-type").encode()[:1_000]
            more = [
                (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
                (b"access-control-allow-headers", names),
                (b"access-control-max-age", b"600"),
                (b"content-length", b"0"),
            ]
            await send({"type": "http.response.start", "status": 204, "headers": [*allowed, *more]})
            await send({"type": "http.response.body", "body": b""})
            return
        # the guard behind this refuses writes of other sites: this one is named in the settings
        inner = dict(scope)
        inner["headers"] = [(n, v) for n, v in scope["headers"] if n != b"origin"]

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in allowed:
                    headers[name.decode()] = value.decode()
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self._app(inner, receive, add)
