"""Asking: questions in words, the one box that leads anywhere, and the command bar's list."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.desk import ask
from readthrough.desk.documents import answer_document
from readthrough.desk.screen import screen_of
from readthrough.domain.account import Role
from readthrough.domain.security import Issuer
from readthrough.web.page import Pages, asker

__all__ = ["AskPages"]

PLACES: Final = (
    ("Feed", "/", Role.VIEWER),
    ("Tickers", "/tickers", Role.VIEWER),
    ("Portfolios", "/portfolios?all=1", Role.VIEWER),
    ("Alerts", "/alerts", Role.VIEWER),
    ("Alert rules", "/alerts/rules", Role.VIEWER),
    ("New alert rule", "/alerts/rules/new", Role.MANAGER),
    ("Ask", "/ask", Role.VIEWER),
    ("Watchlists", "/watchlists", Role.VIEWER),
    ("Admin", "/admin", Role.ADMIN),
)
ACTIONS: Final = (
    ("Light or dark", "theme"),
    ("Compact or comfortable", "density"),
    ("Blue-orange or green-red", "colours"),
    ("Print this page", "print"),
)
MOST: Final = 12


class AskPages:
    """Questions and short cuts."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        router.add_api_route("/ask", self.ask)
        router.add_api_route("/go", self.go)
        router.add_api_route("/commands", self.commands)

    def ask(self, request: Request, q: Annotated[str, Query(max_length=500)] = "") -> Response:
        """Answer a question from the notes; a ticker alone opens its page."""
        question = q.strip()
        if question and (issuer := self._desk.universe.by_ticker(question)) and issuer.ticker:
            return self._pages.go(f"/tickers/{issuer.ticker}")
        answer = answer_document(ask.answer(self._desk, question)) if question else None
        return self._pages.show(request, "ask.html", place="Ask", question=question, answer=answer)

    def go(self, request: Request, q: Annotated[str, Query(max_length=500)] = "") -> Response:
        """Lead where the box of the top bar means: a ticker, a company, a page, else a question."""
        words = q.strip()
        if not words:
            return self._pages.go("/")
        me = asker(request)
        page = next((p for name, p, least in PLACES if name.lower() == words.lower() and me.may(least)), None)
        if page is not None and words != words.upper():  # FEED in capitals is a ticker
            return self._pages.go(page)
        if (issuer := self._desk.universe.by_ticker(words)) and issuer.ticker:
            return self._pages.go(f"/tickers/{issuer.ticker}")
        named = [
            i for i in self._found(words, 3) if i.name.lower() == words.lower() or len(words.split()) == 1
        ]
        if named and "?" not in words:
            return self._pages.go(f"/tickers/{named[0].ticker}")
        return self.ask(request, words)

    def commands(self, request: Request, q: Annotated[str, Query(max_length=100)] = "") -> Response:
        """List what the command bar offers for some letters."""
        words, me = q.strip().lower(), asker(request)
        found: list[dict[str, Any]] = []
        exact = self._desk.universe.by_ticker(words) if words else None
        if exact is not None and exact.ticker:
            found.append(_company(exact))
        found += [
            {"kind": "page", "words": name, "path": path}
            for name, path, least in PLACES
            if words in name.lower() and me.may(least)
        ]
        found += [
            {"kind": "saved view", "words": view.name, "path": f"/?{view.query}"}
            for view in screen_of(self._desk).views(me.person_id)
            if words in view.name.lower()
        ]
        found += [
            {"kind": "portfolio", "words": name, "path": f"/portfolios/{id}"}
            for id, name in ask.portfolio_names(self._desk).items()
            if words and words in name.lower()
        ]
        if words:
            found += [_company(i) for i in self._found(words, 6) if exact is None or i.id != exact.id]
        found += [
            {"kind": "action", "words": name, "action": act} for name, act in ACTIONS if words in name.lower()
        ]
        if words:
            found.append({"kind": "ask", "words": q.strip(), "path": f"/ask?q={_quoted(q.strip())}"})
        return JSONResponse(found[:MOST] if len(words) else found)

    def _found(self, words: str, limit: int) -> list[Issuer]:
        return [i for i in self._desk.universe.search(words, limit=limit) if i.ticker]


def _company(issuer: Issuer) -> dict[str, Any]:
    return {"kind": "ticker", "words": f"{issuer.ticker}  {issuer.name}", "path": f"/tickers/{issuer.ticker}"}


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
