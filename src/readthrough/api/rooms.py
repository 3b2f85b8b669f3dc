"""The rooms behind the door: one desk for each tenant, and one view of it for each set of groups behind walls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from readthrough.desk.accounts import Accounts
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.walls import barred_from, behind
from readthrough.domain.account import MAIN, Principal
from readthrough.settings import Settings

__all__ = ["Rooms", "database_of"]


def database_of(settings: Settings, tenant_id: str) -> str:
    """Return the address of a tenant's own database: a file beside the main one, or a schema of its own.

    Nothing of one tenant lies where a query of another could name it.
    """
    if tenant_id == MAIN:
        return settings.database_url
    url = settings.database_url
    if url.startswith("postgresql"):
        from urllib.parse import quote

        joined = "&" if "?" in url else "?"
        schema = "tenant_" + tenant_id.replace("-", "_")
        return f"{url}{joined}options={quote(f'-csearch_path={schema}')}"
    folder = (
        Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else settings.home_folder
    )
    return f"sqlite:///{folder / 'tenants' / f'{tenant_id}.db'}"


class Rooms:
    """Opens what a principal may enter, when they first do, and closes all of it at the end."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        accounts: Callable[[], Accounts],
        build: Callable[[Desk, Settings], FastAPI],
    ) -> None:
        """Keep what rooms are built from."""
        self._desk = desk
        self._settings = settings
        self._accounts = accounts
        self._build = build
        self._desks: dict[str, Desk] = {MAIN: desk}
        self._apps: dict[tuple[str, frozenset[tuple[str, str]]], ASGIApp] = {}
        self._lock = asyncio.Lock()
        self._stack = AsyncExitStack()

    async def enter(self, who: Principal) -> ASGIApp | None:
        """Return the application for someone; None for the main tenant's, all of it."""
        if who.via == "loopback":
            return None
        barred = await to_thread.run_sync(self._barred, who)
        if who.tenant_id == MAIN and not barred:
            return None
        key = (who.tenant_id, barred)
        if (app := self._apps.get(key)) is None:
            async with self._lock:
                app = self._apps.get(key)
                if app is None:
                    app = self._apps[key] = await self._open(who.tenant_id, barred)
        return app

    def _barred(self, who: Principal) -> frozenset[tuple[str, str]]:
        return barred_from(self._accounts().store.walls(who.tenant_id), who.groups)

    async def _open(self, tenant_id: str, barred: frozenset[tuple[str, str]]) -> ASGIApp:
        whole = self._desks.get(tenant_id)
        if whole is None:
            whole = self._desks[tenant_id] = await to_thread.run_sync(self._open_desk, tenant_id)
            self._stack.callback(whole.close)
            app = self._build(whole, self._settings)
            await self._stack.enter_async_context(app.router.lifespan_context(app))
            self._apps[tenant_id, frozenset()] = app
        if not barred:
            return self._apps[tenant_id, frozenset()]
        view = self._build(behind(whole, barred), self._settings)
        self._stack.push_async_callback(view.state.shut_doors)
        return view

    def _open_desk(self, tenant_id: str) -> Desk:
        storage = self._settings.storage.model_copy(update={"url": database_of(self._settings, tenant_id)})
        prepare_schema(self._settings, tenant_id)
        opened = open_desk(
            self._settings.model_copy(update={"storage": storage}),
            clock=self._desk.clock,
            hooks=self._desk.hooks,
        )
        opened.share(self._desk)
        return opened

    async def close(self) -> None:
        """Close every room."""
        await self._stack.aclose()


def prepare_schema(settings: Settings, tenant_id: str) -> None:
    """Make the schema of a tenant where the database has schemas."""
    if settings.database_url.startswith("postgresql"):
        from readthrough.desk.walls import make_schema

        make_schema(settings.database_url, "tenant_" + tenant_id.replace("-", "_"))
