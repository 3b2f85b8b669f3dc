"""The application: API, pages, health and metrics, with the layers every request passes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response

from readthrough import __version__
from readthrough.api import errors
from readthrough.api.alert_routes import AlertApi
from readthrough.api.book_routes import BookApi
from readthrough.api.door import Door
from readthrough.api.doors import before_guard, manners, open_doors
from readthrough.api.figure_routes import FigureApi
from readthrough.api.gate import Gate
from readthrough.api.import_routes import ImportApi
from readthrough.api.live_routes import LiveApi
from readthrough.api.measure import Measure
from readthrough.api.middleware import LOOPBACK, BodyLimit, Guard, SecurityHeaders
from readthrough.api.routes import Api
from readthrough.api.rule_routes import RuleApi
from readthrough.desk.briefs import start_briefs
from readthrough.desk.deliver import start_delivery
from readthrough.desk.indexing import start_indexing
from readthrough.desk.live import start_live
from readthrough.desk.open import Desk
from readthrough.desk.rewriting import start_rewriting
from readthrough.desk.watch import start_watch
from readthrough.observe import render_metrics
from readthrough.settings import Settings
from readthrough.web.routes import Site

__all__ = ["create_app"]


def create_app(desk: Desk, *, settings: Settings, door: Door | None = None) -> FastAPI:
    """Build the application over a desk; the caller opens and closes the desk.

    Args:
        desk: What is asked. Deliveries run while the application does.
        settings: Where it is served, and the largest body taken.
        door: What stands before this room already; one is made where this is the first.
    """
    prefix = settings.serve.path_prefix
    outermost = door is None
    door = door or Door(desk, settings, lambda room, part, own: create_app(room, settings=part, door=own))
    app = FastAPI(
        title="Readthrough",
        version=__version__,
        summary="What happened, what it means, and what it means for what you hold. Analysis, not advice.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        root_path=prefix,
        lifespan=_lifespan(desk, door if outermost else None),
        middleware=[]
        if not outermost
        else [
            Middleware(Measure),
            before_guard(settings),
            Middleware(SecurityHeaders),
            Middleware(Guard, hosts=LOOPBACK if settings.serve.host in LOOPBACK else None),
            Middleware(BodyLimit, max_bytes=settings.fetch.max_bytes),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
            *manners(settings),
            Middleware(
                Gate,
                accounts=door.accounts,
                required=door.signs_in,
                https=settings.accounts.https,
                proxy=settings.accounts.proxy,
                prefix=prefix,
                elsewhere=door.rooms.enter,
                demonstration=door.demonstration,
            ),
        ],
    )
    site = Site(desk, prefix=prefix, signs_in=door.signs_in)
    site.open_to(door.accounts, cookie=door.cookie, client=door.client)
    errors.install(
        app,
        lambda request, status, title, message, remedy: site.failure(
            request, status, title=title, message=message, remedy=remedy
        ),
    )
    app.include_router(Api(desk).router)
    app.include_router(AlertApi(desk).router)
    app.include_router(LiveApi(desk).router)
    app.include_router(FigureApi(desk).router)
    app.include_router(BookApi(desk).router)
    app.include_router(ImportApi(desk).router)
    app.include_router(RuleApi(desk).router)
    app.state.shut_doors = open_doors(app, desk)
    app.add_api_route("/healthz", _health(desk), tags=["operations"])
    app.add_api_route("/metrics", _metrics, include_in_schema=False)
    app.include_router(site.router)
    return app


def _lifespan(desk: Desk, door: Door | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(desk.publish)  # from here on, what is saved is shown
        stop = start_delivery(desk)
        stop_rewriting = start_rewriting(desk)
        stop_watch = start_watch(desk)
        stop_briefs = start_briefs(desk)
        stop_live = start_live(desk)
        stop_indexing = start_indexing(desk)
        try:
            yield
        finally:
            desk.hub.close()
            if door is not None:
                await door.close()
            await app.state.shut_doors()
            await run_in_threadpool(stop_indexing)
            await run_in_threadpool(stop_live)
            await run_in_threadpool(stop_briefs)
            await run_in_threadpool(stop_watch)
            await run_in_threadpool(stop_rewriting)
            await run_in_threadpool(stop)

    return lifespan


def _health(desk: Desk) -> Callable[[], Response]:
    def health() -> Response:
        """Tell whether the record answers."""
        desk.store.last_outbox_id()
        return JSONResponse({"status": "ok", "version": __version__})

    return health


def _metrics() -> Response:
    page, kind = render_metrics()
    return Response(page, media_type=kind)
