"""The doors other programs come in by, put into the application with one call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from readthrough.api.alpha_vantage import AlphaVantage
from readthrough.api.description import describe
from readthrough.api.manners import Cors, EntityTags, Idempotency, RateLimit
from readthrough.api.openbb import OpenBB
from readthrough.api.research_routes import ResearchApi
from readthrough.api.stream import StreamApi
from readthrough.desk.open import Desk
from readthrough.desk.repeats import repeats_of
from readthrough.mcp.door import McpDoor
from readthrough.settings import Settings

__all__ = ["before_guard", "manners", "open_doors"]


def before_guard(settings: Settings) -> Middleware:
    """Return the layer that lets named origins in: outside the headers that would shut them out."""
    return Middleware(Cors, origins=settings.doors.origins)


def manners(settings: Settings) -> list[Middleware]:
    """Return the layers between the guard and whoever is asked for a name: rates and tags."""
    return [
        Middleware(RateLimit, per_minute=settings.doors.requests_per_minute),
        Middleware(EntityTags),
    ]


def open_doors(app: FastAPI, desk: Desk) -> Callable[[], Awaitable[None]]:
    """Add every door's routes; call what is returned when the application ends."""
    for router in (
        ResearchApi(desk).router,
        StreamApi(desk).router,
        AlphaVantage(desk).router,
        OpenBB(desk).router,
    ):
        app.include_router(router)
    # behind the gate, in the rooms of whoever came in: what is kept of a tenant stays in its database
    app.user_middleware.append(
        Middleware(Idempotency, repeats=lambda: repeats_of(desk), clock=lambda: datetime.now(UTC))
    )
    describe(app)
    door = McpDoor(desk)
    app.router.routes.append(Route("/api/mcp", endpoint=door, include_in_schema=False))
    return door.close
