"""What stands before the rooms: who may sign in, the rooms of each tenant, the demonstration."""

from __future__ import annotations

import threading
from collections.abc import Callable

from fastapi import FastAPI
from starlette.requests import Request

from readthrough.api.demonstration import Demonstration
from readthrough.api.gate import address_of, cookie_name
from readthrough.api.rooms import Rooms
from readthrough.desk.accounts import Accounts
from readthrough.desk.open import Desk
from readthrough.desk.screen import account_store
from readthrough.settings import Settings

__all__ = ["Door"]

Build = Callable[[Desk, Settings, "Door"], FastAPI]


class Door:
    """One for a server, shared by the applications of all its rooms. Close it."""

    def __init__(self, desk: Desk, settings: Settings, build: Build) -> None:
        """Open nothing yet."""
        self.settings = settings
        self.signs_in = settings.accounts.required
        self.cookie = cookie_name(settings.accounts.https)
        self.rooms = Rooms(desk, settings, self.accounts, lambda room, part: build(room, part, self))
        self.demonstration = Demonstration(desk, settings) if settings.public.page else None
        self._desk = desk
        self._lock = threading.Lock()
        self._accounts: Accounts | None = None

    def accounts(self) -> Accounts:
        """Return who may sign in."""
        with self._lock:
            if self._accounts is None:
                self._accounts = Accounts(
                    account_store(self._desk),
                    self.settings.accounts,
                    self._desk.clock,
                    home=self.settings.home_folder,
                )
            return self._accounts

    def client(self, request: Request) -> str:
        """Tell where a request comes from."""
        return address_of(request.scope, self.settings.accounts.proxy)

    async def close(self) -> None:
        """Close the rooms that were opened, and the demonstration."""
        await self.rooms.close()
        if self.demonstration is not None:
            await self.demonstration.close()
        if self._accounts is not None:
            self._accounts.close()
