"""Asking: questions in words, the one box that leads anywhere, and the command bar's list."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.desk import ask
from readthrough.desk.screen import screen_of
from readthrough.desk.sources import source_of
from readthrough.desk.telling import AnswerPieces
from readthrough.domain.account import Role
from readthrough.domain.security import Issuer
from readthrough.web.asked import Asked, ToldAnswer
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
SENTENCES: Final = 5
"""Most sentences of an answer."""
AROUND: Final = 3_000
"""Code points shown before and after what is cited."""


class AskPages:
    """Questions and short cuts."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        router.add_api_route("/ask", self.ask)
        router.add_api_route("/ask/source", self.source)
        router.add_api_route("/go", self.go)
        router.add_api_route("/commands", self.commands)

    def ask(
        self,
        request: Request,
        q: Annotated[str, Query(max_length=500)] = "",
        ticker: Annotated[list[str] | None, Query(max_length=10)] = None,
        since: Annotated[str, Query(max_length=40)] = "",
        as_of: Annotated[str, Query(max_length=40)] = "",
        portfolio: Annotated[str, Query(max_length=80)] = "",
    ) -> Response:
        """Answer a question from what is held, sentence by sentence; a ticker alone opens its page."""
        question = q.strip()
        asked = Asked.of(question, ticker or (), since=since, as_of=as_of, portfolio=portfolio)
        issuer = None if asked.narrowed else self._desk.universe.by_ticker(question)
        if issuer is not None and issuer.ticker:
            return self._pages.go(f"/tickers/{issuer.ticker}")
        shown: dict[str, Any] = {
            "asked": asked,
            "portfolios": ask.portfolio_names(self._desk),
            "told": None,
        }
        if not question or asked.problems:
            status = 422 if asked.problems else 200
            return self._pages.show(request, "ask.html", place="Ask", status=status, **shown)
        pieces = AnswerPieces(self._desk, question, limit=SENTENCES, scope=asked.scope)
        pieces.wait()  # what fails at once is a page of its own
        return self._pages.stream(request, "ask.html", place="Ask", **shown | {"told": ToldAnswer(pieces)})

    def source(
        self,
        request: Request,
        id: Annotated[str, Query(max_length=120)],
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=0)],
    ) -> Response:
        """Show where a sentence of an answer stands: the words around it, and they themselves marked."""
        found = source_of(self._desk, id)
        if found is None:
            raise HTTPException(404, "There is no such source here.")
        text = found.pop("text")
        start, end = min(start, len(text)), max(min(start, len(text)), min(end, len(text)))
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        told = found | {
            "before": text[first:start],
            "cited": text[start:end],
            "after": text[end:last],
            "cut_before": first > 0,
            "cut_after": last < len(text),
            "page": found["page_of"](start),
        }
        return self._pages.show(request, "source.html", place="Ask", source=told)

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
