"""A plain ASGI layer that counts and times every request, refused ones included."""

from __future__ import annotations

import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readthrough.observe import count_request

__all__ = ["NO_ROUTE", "Measure"]

NO_ROUTE: Final = "(none)"
"""The route of a request that reached none: refused before, or to an address there is not."""

_METHODS: Final = frozenset("GET HEAD OPTIONS POST PUT PATCH DELETE".split())


class Measure:
    """Tells the metrics of each request when its answer begins, or when it fails without one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, watching for the start of the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        told = False

        def tell(status: int) -> None:
            nonlocal told
            told = True
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            seconds = time.perf_counter() - started
            count_request(method=method, route=_route(scope), status=status, seconds=seconds)

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start" and not told:
                tell(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            if not told:
                tell(500)
            raise


def _route(scope: Scope) -> str:
    """The path of the route that took the request, which the router leaves in the scope."""
    return str(getattr(scope.get("route"), "path", NO_ROUTE))
