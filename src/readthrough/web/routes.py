"""Every page of the desk, as routes. Each parses, asks the desk, prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from readthrough.web.account_pages import AccountPages
from readthrough.web.admin_pages import AdminPages
from readthrough.web.alert_pages import AlertPages
from readthrough.web.ask_pages import AskPages
from readthrough.web.assets import Assets
from readthrough.web.feed_pages import FeedPages
from readthrough.web.note_pages import NotePages, words_of
from readthrough.web.page import Pages
from readthrough.web.portfolio_pages import PortfolioPages
from readthrough.web.public_pages import PublicPages
from readthrough.web.ticker_pages import TickerPages

if TYPE_CHECKING:
    from readthrough.desk.accounts import Accounts
    from readthrough.desk.open import Desk

__all__ = ["Site", "words_of"]


class Site:
    """The pages of one desk. Where people sign in, the doors before it say who asks."""

    def __init__(
        self,
        desk: Desk,
        *,
        prefix: str = "",
        signs_in: bool = False,
        read_only: bool = False,
        home: str = "/",
    ) -> None:
        """Prepare templates and routes.

        Args:
            desk: Whose pages.
            prefix: The public path the site lives under.
            signs_in: Whether people sign in here.
            read_only: Whether this is the demonstration.
            home: Where the demonstration's banner leads.
        """
        self.pages = Pages(desk, prefix=prefix, signs_in=signs_in, read_only=read_only, home=home)
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for part in (FeedPages, NotePages, TickerPages, PortfolioPages, AlertPages, AskPages):
            part(self.pages).add_to(self.router)
        self.router.add_api_route("/static/{digest}/{path:path}", Assets().serve)

    def open_to(
        self, accounts: Callable[[], Accounts], *, cookie: str, client: Callable[[Request], str]
    ) -> None:
        """Add the pages about who asks: signing in, one's account, admin, and the public page.

        Args:
            accounts: Gives who may sign in.
            cookie: Name of the session's cookie.
            client: Tells where a request comes from.
        """
        AccountPages(self.pages, accounts, cookie=cookie, client=client).add_to(self.router)
        AdminPages(self.pages, accounts).add_to(self.router)
        public = self.pages.desk.settings.public
        if public.page:
            PublicPages(self.pages, accounts, public, client=client).add_to(self.router)

    def failure(self, request: Request, status: int, *, title: str, message: str, remedy: str) -> Response:
        """Print an error as a page."""
        values = {"title": title, "message": message, "remedy": remedy}
        return self.pages.show(request, "error.html", status=status, **values)
