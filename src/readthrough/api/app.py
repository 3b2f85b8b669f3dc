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
from readthrough.api.figure_routes import FigureApi
from readthrough.api.measure import Measure
from readthrough.api.middleware import LOOPBACK, BodyLimit, Guard, SecurityHeaders
from readthrough.api.routes import Api
from readthrough.desk.deliver import start_delivery
from readthrough.desk.open import Desk
from readthrough.desk.rewriting import start_rewriting
from readthrough.observe import render_metrics
from readthrough.settings import Settings
from readthrough.web.routes import Site

__all__ = ["create_app"]


def create_app(desk: Desk, *, settings: Settings) -> FastAPI:
    """Build the application over a desk; the caller opens and closes the desk.

    Args:
        desk: What is asked. Deliveries run while the application does.
        settings: Where it is served, and the largest body taken.
    """
    prefix = settings.serve.path_prefix
    app = FastAPI(
        title="Readthrough",
        version=__version__,
        summary="What happened, what it means, and what it means for what you hold. Analysis, not advice.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        root_path=prefix,
        lifespan=_lifespan(desk),
        middleware=[
            Middleware(Measure),
            Middleware(SecurityHeaders),
            Middleware(Guard, hosts=LOOPBACK if settings.serve.host in LOOPBACK else None),
            Middleware(BodyLimit, max_bytes=settings.fetch.max_bytes),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
        ],
    )
    site = Site(desk, prefix=prefix)
    errors.install(
        app,
        lambda request, status, title, message, remedy: site.failure(
            request, status, title=title, message=message, remedy=remedy
        ),
    )
    app.include_router(Api(desk).router)
    app.include_router(FigureApi(desk).router)
    app.add_api_route("/healthz", _health(desk), tags=["operations"])
    app.add_api_route("/metrics", _metrics, include_in_schema=False)
    app.include_router(site.router)
    return app


def _lifespan(desk: Desk) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(desk.publish)  # from here on, what is saved is shown
        stop = start_delivery(desk)
        stop_rewriting = start_rewriting(desk)
        try:
            yield
        finally:
            desk.hub.close()
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
