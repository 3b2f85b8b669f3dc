"""The page for those who do not sign in: what Readthrough is, the demonstration, and the form that asks for a demo."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from readthrough.accounts.throttle import wait_of
from readthrough.desk.accounts import Accounts
from readthrough.desk.screen import screen_of, tell_receiver
from readthrough.domain.account import DemoRequest
from readthrough.settings import PublicSettings
from readthrough.web.page import Pages, Posted

__all__ = ["PublicPages"]

EACH: Final = 3
"""Requests an address may send before it has to wait, longer each time."""
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(\.[^@\s.]{1,63}){1,8}")


class PublicPages:
    """Only where the settings have a public page."""

    def __init__(
        self,
        pages: Pages,
        accounts: Callable[[], Accounts],
        settings: PublicSettings,
        *,
        client: Callable[[Request], str],
    ) -> None:
        """Keep what is asked."""
        self._pages = pages
        self._accounts = accounts
        self._settings = settings
        self._client = client

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        router.add_api_route("/welcome", self.welcome)
        router.add_api_route("/welcome/request", self.request, methods=["POST"])

    def welcome(self, request: Request) -> Response:
        """Say what Readthrough is."""
        return self._welcome(request)

    def _welcome(
        self, request: Request, *, fault: str = "", thanked: bool = False, status: int = 200
    ) -> HTMLResponse:
        return self._pages.show(request, "welcome.html", status=status, fault=fault, thanked=thanked)

    def request(self, request: Request, form: Posted) -> Response:
        """Take a request for a demo: kept, and told to the owner through a receiver."""
        if form.text(
            "website"
        ):  # a field people do not see: whoever fills it is a program, and learns nothing
            return self._welcome(request, thanked=True)
        desk, store = self._pages.desk, self._accounts().store
        now, key = desk.clock(), f"demo:{self._client(request)}"
        made = DemoRequest(
            id=0,
            name=form.text("name", 100),
            firm=form.text("firm", 100),
            email=form.text("email", 200),
            assets=form.text("assets", 60),
            message=form.text("message", 2_000),
            at=now,
        )
        if not (made.name and made.firm and _ADDRESS.fullmatch(made.email)):
            return self._welcome(request, fault="A name, a firm and a work e-mail are needed.", status=422)
        if form.text("consent") != "yes":
            return self._welcome(request, fault="Please agree that we keep this to answer you.", status=422)
        wait = wait_of(*store.failures(key), now, free=EACH)
        screen = screen_of(desk)
        if wait > timedelta(0) or screen.requests_since(now - timedelta(days=1)) >= self._settings.a_day:
            return self._welcome(
                request, fault="That is a lot of requests. Please try again later.", status=429
            )
        store.failed(key, now)
        id = screen.add_request(made)
        if self._settings.receiver and tell_receiver(desk, self._settings.receiver, id, made):
            screen.mark_mailed(id)
        return self._welcome(request, thanked=True)
