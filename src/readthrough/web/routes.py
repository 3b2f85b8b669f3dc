"""The pages and what they load. Each parses, asks the desk, prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, HTTPException, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from readthrough.desk import ask
from readthrough.desk.documents import alert_document, answer_document
from readthrough.desk.open import Desk
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.streaming.local import LiveEvent
from readthrough.web.assets import Assets
from readthrough.web.chosen import Chosen
from readthrough.web.feed import BATCH, MAX_ROWS, FeedFilter, Row, collect, facets_of, row_of
from readthrough.web.highlight import Piece, cut, marks_of, paragraphs
from readthrough.web.live import MAX_STREAMS, event_stream, frame
from readthrough.web.render import Renderer

__all__ = ["ArticleWords", "Site", "words_of"]

MAX_SHOWN: Final = 60_000
"""Characters of an article shown beside its note: three long reads, half a megabyte of page at most."""
RECENT: Final = BATCH
ALERTS_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """An article's words, cut for marking. `more` counts the characters left out."""

    headline: list[Piece]
    body: list[list[Piece]]
    more: int


def words_of(article: Article | None, document: Mapping[str, Any]) -> ArticleWords | None:
    """Cut an article for showing beside its note; nothing when its words are not those of the note."""
    if article is None or article.content_digest != document["article"]["digest"]:
        return None
    marks = marks_of(document)
    return ArticleWords(
        headline=cut(article.headline, marks),
        body=paragraphs(article.body[:MAX_SHOWN], marks, offset=len(article.headline) + 2),
        more=max(0, len(article.body) - MAX_SHOWN),
    )


class Site:
    """Every page of the desk, as routes."""

    def __init__(self, desk: Desk, *, prefix: str = "") -> None:
        """Prepare templates and routes; `prefix` is the public path the site lives under."""
        self._desk = desk
        self._print = Renderer(prefix=prefix).page
        # Every reader of the feed gets the same rows, which change with the day alone.
        self._printed = lru_cache(maxsize=1_000)(self._print_row)
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        add = self.router.add_api_route
        add("/", self.feed)
        add("/live", self.live)
        add("/notes/{note_id}", self.note)
        add("/notes/{note_id}/preview", self.preview)
        add("/notes/{note_id}/live", self.note_live)
        add("/articles/{article_id}", self.article)
        add("/alerts", self.alerts)
        add("/ask", self.ask)
        add("/static/{digest}/{path:path}", Assets().serve)

    def feed(
        self,
        request: Request,
        chosen: Chosen,
    ) -> Response:
        """Show the newest notes, with what can be filtered by and a preview of the first."""
        recent = self._older(None, RECENT)
        notes = collect(self._older, chosen, first=recent) if chosen.query else recent[:MAX_ROWS]
        preview = ask.note(self._desk, str(notes[0]["id"])) if notes else None
        return self._page(
            "feed.html",
            place="Feed",
            rows=[self._row(note) for note in notes],
            facets=facets_of(recent, chosen),
            query=chosen.query,
            seen=notes[0]["id"] if notes else "",
            preview=preview,
            names=self._names(preview),
            origin=str(request.base_url).rstrip("/"),
        )

    def live(
        self,
        chosen: Chosen,
        since: Annotated[str, Query(max_length=80)] = "",
        last_event_id: Annotated[str, Header()] = "",
    ) -> Response:
        """Stream rows of new notes, printed by the template of the first page."""
        if self._desk.hub.subscribers >= MAX_STREAMS:
            raise HTTPException(503, "Too many open streams.")

        def to_frame(happened: LiveEvent) -> bytes | None:
            if happened.kind != "note" or not chosen.admits(happened.data):
                return None
            return self._row_frame(happened.data, happened.id)

        def missed_meanwhile() -> Iterator[bytes]:
            # What was stored between printing the page and listening; only on a first connection.
            for note in reversed([] if last_event_id else self._newer(since)):
                if chosen.admits(note):
                    yield self._row_frame(note)

        return event_stream(self._desk.hub, to_frame, last_event_id=last_event_id, first=missed_meanwhile)

    def note(self, note_id: str) -> Response:
        """Show a note beside its article, the words it rests on marked."""
        document = self._known(note_id)
        article = ask.article(self._desk, document["article"]["id"])
        return self._page(
            "note.html",
            place="",
            document=document,
            names=self._names(document),
            numbers={fact["id"]: n for n, fact in enumerate(document["facts"], 1)},
            words_of_article=words_of(article, document),
            writing=self._is_being_written(document),
        )

    def _is_being_written(self, document: Mapping[str, Any]) -> bool:
        rewriting, engine = self._desk.rewriting, document["engine"]
        done = engine["writer"].startswith("llm") or engine.get("fallback")
        return rewriting is not None and not done and rewriting.waits_for(document["id"])

    def note_live(
        self,
        note_id: str,
        revision: Annotated[int, Query(ge=0)],
        last_event_id: Annotated[str, Header()] = "",
    ) -> Response:
        """Tell once a note has a revision after the one that is shown."""
        if self._desk.hub.subscribers >= MAX_STREAMS:
            raise HTTPException(503, "Too many open streams.")

        def revised(document: Mapping[str, Any] | None) -> bytes | None:
            if document is None or document["id"] != note_id or document["revision"] <= revision:
                return None
            return frame(kind="revised", data=str(document["revision"]))

        def to_frame(happened: LiveEvent) -> bytes | None:
            return revised(happened.data) if happened.kind == "note" else None

        def meanwhile() -> Iterator[bytes]:
            # Between printing the page and listening.
            if (written := revised(ask.note(self._desk, note_id))) is not None:
                yield written

        return event_stream(self._desk.hub, to_frame, last_event_id=last_event_id, first=meanwhile)

    def preview(self, note_id: str) -> Response:
        """Print the short form of a note for the feed's side pane."""
        document = self._known(note_id)
        return self._page("preview.html", document=document, names=self._names(document))

    def article(self, article_id: str) -> Response:
        """Go to the note on an article."""
        document = self._desk.store.note_on(article_id)
        if document is None:
            raise HTTPException(404, "There is no note on this article.")
        return self._go(f"/notes/{document['id']}")

    def alerts(self, before: Annotated[str | None, Query(max_length=80)] = None) -> Response:
        """Show alerts with the reason each was sent or withheld."""
        found = ask.alerts(self._desk, limit=ALERTS_A_PAGE + 1, before=before)
        shown = [alert_document(alert) for alert in found[:ALERTS_A_PAGE]]
        older = found[ALERTS_A_PAGE - 1].id if len(found) > ALERTS_A_PAGE else ""
        return self._page("alerts.html", place="Alerts", alerts=shown, older=older)

    def ask(self, q: Annotated[str, Query(max_length=500)] = "") -> Response:
        """Answer a question from the notes; a ticker alone opens its feed."""
        question = q.strip()
        if question and (issuer := self._desk.universe.by_ticker(question)) and issuer.ticker:
            return self._go("/?" + FeedFilter(tickers=(issuer.ticker,)).query)
        answer = answer_document(ask.answer(self._desk, question)) if question else None
        return self._page("ask.html", place="Ask", question=question, answer=answer)

    def failure(self, status: int, *, title: str, message: str, remedy: str) -> Response:
        """Print an error as a page."""
        values = {"title": title, "message": message, "remedy": remedy, "place": ""}
        return HTMLResponse(self._print("error.html", now=self._desk.clock(), **values), status)

    def _page(self, template: str, **values: object) -> HTMLResponse:
        page = self._print(template, now=self._desk.clock(), **values)
        return HTMLResponse(page.encode("utf-8", "replace"))

    def _go(self, target: str) -> Response:
        return RedirectResponse(self._desk.settings.serve.path_prefix + target, 303)

    def _known(self, note_id: str) -> Mapping[str, Any]:
        document = ask.note(self._desk, note_id)
        if document is None:
            raise HTTPException(404, "There is no such note.")
        return document

    def _names(self, document: Mapping[str, Any] | None) -> Mapping[str, str]:
        """What the portfolios of a note's book are called; one that is gone keeps its id."""
        return ask.portfolio_names(self._desk) if document is not None and document["book"] else {}

    def _older(self, before: str | None, limit: int) -> list[NoteDocument]:
        return ask.latest_notes(self._desk, limit=limit, before=before, brief=True)

    def _newer(self, since: str) -> list[NoteDocument]:
        found: list[NoteDocument] = []
        for note in self._older(None, MAX_ROWS):
            if note["id"] == since:
                break
            found.append(note)
        return found

    def _print_row(self, row: Row, day: datetime) -> Markup:
        return Markup(self._print("row.html", now=day, row=row))  # noqa: S704 (printed by an escaping template)

    def _row_frame(self, document: Mapping[str, Any], id: str = "") -> bytes:
        return frame(kind="row", data=self._row(document), id=id)

    def _row(self, document: Mapping[str, Any]) -> Markup:
        midnight = self._desk.clock().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._printed(row_of(document), midnight)
