"""The demonstration: a desk in memory over the invented sample news, which anybody may look at and nobody change."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Final

from anyio import to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from readthrough.api import errors
from readthrough.api.middleware import refuse
from readthrough.desk import books, flow
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.screen import portfolio_of
from readthrough.domain.account import MAIN, Principal, Role
from readthrough.domain.errors import ReadthroughError
from readthrough.samples import sample_articles, sample_portfolio
from readthrough.settings import Settings
from readthrough.web.routes import Site

__all__ = ["VISITOR", "Demonstration"]

VISITOR: Final = Principal(
    tenant_id=MAIN, person_id="visitor", login="visitor", name="Visitor", role=Role.VIEWER
)
AT_ONCE: Final = 24
EVERY_S: Final = 4.0
"""News that is there when the first visitor comes, and how often more breaks: a few minutes of a live feed."""


class Demonstration:
    """Built when somebody first looks."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        """Keep what it is built from: universe and playbooks are those of the desk."""
        self._whole = desk
        self._settings = settings
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self._app: ASGIApp | None = None
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show a page of it; whatever would change something is refused."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await refuse(
                send, 405, "read_only", "The demonstration can only be looked at.", "Install Readthrough."
            )
            return
        if self._app is None:
            await to_thread.run_sync(self._build)
        assert self._app is not None
        await self._app({**scope, "principal": VISITOR}, receive, send)

    def _build(self) -> None:
        with self._lock:
            if self._app is not None:
                return
            prefix = self._settings.serve.path_prefix
            storage = self._settings.storage.model_copy(update={"url": "sqlite://"})
            writing = self._settings.writing.model_copy(update={"writer": "playbooks"})
            own = self._settings.model_copy(update={"storage": storage, "writing": writing, "receivers": {}})
            desk = open_desk(own, clock=self._whole.clock)
            desk.share(self._whole)
            books.save_portfolio(desk, portfolio_of(desk, sample_portfolio(), name="Sample"))
            articles = sample_articles()
            now = desk.clock()
            for number, article in enumerate(articles[:AT_ONCE]):
                at = now - timedelta(minutes=6 * (AT_ONCE - number))
                _read(desk, {**article, "published_at": at.isoformat()})
            desk.publish()
            site = Site(desk, prefix=f"{prefix}/demo", read_only=True, home=f"{prefix}/welcome")
            app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
            errors.install(
                app,
                lambda request, status, title, message, remedy: site.failure(
                    request, status, title=title, message=message, remedy=remedy
                ),
            )
            app.include_router(site.router)
            self._desk, self._app = desk, app
            self._thread = threading.Thread(
                target=self._go_on,
                args=(desk, articles[AT_ONCE:]),
                name="readthrough-demonstration",
                daemon=True,
            )
            self._thread.start()

    def _go_on(self, desk: Desk, articles: list[dict[str, str]]) -> None:
        for article in articles:
            if self._ending.wait(EVERY_S):
                return
            _read(desk, {**article, "published_at": desk.clock().isoformat()})

    async def close(self) -> None:
        """End it."""
        self._ending.set()
        if self._thread is not None:
            await to_thread.run_sync(self._thread.join)
        if self._desk is not None:
            await to_thread.run_sync(self._desk.close)


def _read(desk: Desk, article: dict[str, str]) -> None:
    draft = read_article(desk, article)
    try:
        flow.process(desk, replace(draft, source="Sample wire"))
    except ReadthroughError:
        return  # a demonstration goes on without it
