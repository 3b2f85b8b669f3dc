"""The feed: its first page, its stream, the preview pane, and the views people save of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, HTTPException, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from readthrough.desk import ask
from readthrough.desk.screen import screen_of
from readthrough.domain.account import Role, SavedView, Watchlist
from readthrough.domain.contract import NoteDocument
from readthrough.streaming.local import LiveEvent
from readthrough.web.chosen import Chosen
from readthrough.web.feed import BATCH, MAX_ROWS, MAX_VALUES, Row, collect, facets_of, folded, row_of
from readthrough.web.live import MAX_STREAMS, event_stream, frame
from readthrough.web.page import Pages, Posted, asker, require

__all__ = ["FeedPages"]

RECENT: Final = BATCH
KEPT: Final = 500
"""Frames of the stream kept for other readers; more than a hub remembers for resuming."""


class FeedPages:
    """The newest notes, and how each reader looks at them."""

    def __init__(self, pages: Pages) -> None:
        """Prepare the routes."""
        self._pages = pages
        self._desk = pages.desk
        # Every reader of the feed gets the same rows, which change with the day alone.
        self._printed = lru_cache(maxsize=1_000)(self._print_row)
        self._framed: dict[
            tuple[str, datetime], bytes
        ] = {}  # by event: a hundred readers ask within a breath

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        add = router.add_api_route
        add("/", self.feed)
        add("/live", self.live)
        add("/notes/{note_id}/preview", self.preview)
        add("/views", self.save_view, methods=["POST"])
        add("/views/delete", self.delete_view, methods=["POST"])
        add("/watchlists", self.watchlists)
        add("/watchlists", self.save_watchlist, methods=["POST"])
        add("/watchlists/delete", self.delete_watchlist, methods=["POST"])

    def feed(
        self, request: Request, chosen: Chosen, before: Annotated[str, Query(max_length=80)] = ""
    ) -> Response:
        """Show the newest notes, with what can be filtered by and a preview of the first."""
        recent = self._older(None, RECENT)
        plain = not chosen.query and not before
        if plain:
            notes = recent[:MAX_ROWS]
        else:
            notes = collect(lambda past, limit: self._older(past or before or None, limit), chosen)
        preview = ask.note(self._desk, str(notes[0]["id"])) if notes else None
        rows = [row_of(note) for note in notes]
        shown = rows if chosen.story else folded(rows)
        me, screen = asker(request), screen_of(self._desk)
        following = f"before={notes[-1]['id']}" if len(notes) == MAX_ROWS else ""
        return self._pages.show(
            request,
            "feed.html",
            place="Feed",
            rows=[self._row(row) for row in shown],
            facets=facets_of(recent, chosen),
            chosen=chosen,
            query=chosen.query,
            older="&".join(filter(None, (chosen.query, following))) if following else "",
            seen=recent[0]["id"] if recent else "",
            preview=preview,
            names=ask.portfolio_names(self._desk) if preview is not None and preview["book"] else {},
            origin=str(request.base_url).rstrip("/"),
            views=screen.views(me.person_id),
            watchlists=screen.watchlists(me.person_id),
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
            return self._event_frame(happened)

        def missed_meanwhile() -> Iterator[bytes]:
            # What was stored between printing the page and listening; only on a first connection.
            for note in reversed([] if last_event_id else self._newer(since)):
                if chosen.admits(note):
                    yield self._row_frame(note)

        return event_stream(self._desk.hub, to_frame, last_event_id=last_event_id, first=missed_meanwhile)

    def preview(self, request: Request, note_id: str) -> Response:
        """Print the short form of a note for the feed's side pane."""
        document = ask.note(self._desk, note_id)
        if document is None:
            raise HTTPException(404, "There is no such note.")
        names = ask.portfolio_names(self._desk) if document["book"] else {}
        return self._pages.show(request, "preview.html", document=document, names=names)

    def save_view(self, request: Request, form: Posted) -> Response:
        """Keep the filter of a feed under a name."""
        me = require(request, Role.VIEWER)
        name, query = form.text("name", 60), form.text("query", 2_000)
        if not name or not query:
            raise HTTPException(422, "A view needs a name and a filter.")
        if not screen_of(self._desk).save_view(me.person_id, SavedView(name=name, query=query)):
            raise HTTPException(422, "You have as many views as fit: delete one first.")
        return self._pages.go(f"/?{query}" if query.isprintable() else "/")

    def delete_view(self, request: Request, form: Posted) -> Response:
        """Forget a view."""
        me = require(request, Role.VIEWER)
        screen_of(self._desk).delete_view(me.person_id, form.text("name", 60))
        return self._pages.back(request, form)

    def watchlists(self, request: Request) -> Response:
        """Show the reader's watchlists."""
        lists = screen_of(self._desk).watchlists(asker(request).person_id)
        return self._pages.show(request, "watchlists.html", place="Feed", watchlists=lists)

    def save_watchlist(self, request: Request, form: Posted) -> Response:
        """Keep tickers under a name; unknown ones are refused."""
        me = require(request, Role.VIEWER)
        name = form.text("name", 60)
        asked = [t.upper() for t in form.text("tickers", 2_000).replace(",", " ").split()]
        unknown = [t for t in asked if self._desk.universe.by_ticker(t) is None]
        if not name or not asked or unknown or len(asked) > MAX_VALUES:
            what = (
                f"not in the universe: {', '.join(unknown[:5])}" if unknown else f"1 to {MAX_VALUES} tickers"
            )
            raise HTTPException(422, f"A watchlist needs a name and tickers ({what}).")
        kept = Watchlist(name=name, tickers=tuple(dict.fromkeys(asked)))
        if not screen_of(self._desk).save_watchlist(me.person_id, kept):
            raise HTTPException(422, "You have as many watchlists as fit: delete one first.")
        return self._pages.go("/watchlists")

    def delete_watchlist(self, request: Request, form: Posted) -> Response:
        """Forget a watchlist."""
        me = require(request, Role.VIEWER)
        screen_of(self._desk).delete_watchlist(me.person_id, form.text("name", 60))
        return self._pages.go("/watchlists")

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
        return Markup(self._pages.print("row.html", now=day, row=row))  # noqa: S704 (printed by an escaping template)

    def _event_frame(self, happened: LiveEvent) -> bytes:
        key = happened.id, self._day()
        written = self._framed.get(key)
        if written is None:
            if len(self._framed) >= KEPT:
                self._framed.pop(next(iter(self._framed)))  # the oldest
            written = self._framed[key] = self._row_frame(happened.data, happened.id)
        return written

    def _row_frame(self, document: Mapping[str, Any], id: str = "") -> bytes:
        return frame(kind="row", data=self._printed(row_of(document), self._day()), id=id)

    def _row(self, row: Row) -> Markup:
        return self._printed(row, self._day())

    def _day(self) -> datetime:
        return self._desk.clock().replace(hour=0, minute=0, second=0, microsecond=0)
