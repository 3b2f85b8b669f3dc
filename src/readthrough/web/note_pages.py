"""A note beside its article: the words it rests on, its versions, what readers say of it, and copies to take along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from readthrough.desk import ask
from readthrough.desk.screen import changes, revisions_of, screen_of
from readthrough.domain.account import FeedbackKind, Role
from readthrough.domain.article import Article
from readthrough.streaming.local import LiveEvent
from readthrough.web.highlight import Piece, cut, marks_of, paragraphs
from readthrough.web.live import MAX_STREAMS, event_stream, frame
from readthrough.web.note_text import note_pdf, note_text
from readthrough.web.page import Pages, Posted, require

__all__ = ["ArticleWords", "NotePages", "words_of"]

MAX_SHOWN: Final = 60_000
"""Characters of an article shown beside its note: three long reads, half a megabyte of page at most."""


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


class NotePages:
    """One note, in its newest revision or an older one."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        add = router.add_api_route
        add("/notes/{note_id}", self.note)
        add("/notes/{note_id}/live", self.note_live)
        add("/notes/{note_id}/text", self.text)
        add("/notes/{note_id}/note.pdf", self.pdf)
        add("/notes/{note_id}/feedback", self.feedback, methods=["POST"])
        add("/articles/{article_id}", self.article)

    def note(
        self,
        request: Request,
        note_id: str,
        revision: Annotated[int | None, Query(ge=1, le=2**31)] = None,
        thanked: bool = False,
    ) -> Response:
        """Show a note beside its article, the words it rests on marked."""
        document = self._known(note_id)
        revisions = revisions_of(self._desk, note_id) if revision or document["revision"] > 1 else []
        told, old = changes(revisions), ""
        if revision is not None and revision != document["revision"]:
            found = next((n for n, r in enumerate(revisions) if r["revision"] == revision), None)
            if found is None:
                raise HTTPException(404, "There is no such revision of this note.")
            document, old = revisions[found]["document"], told[found - 1]["known_at"]
        article = ask.article(self._desk, document["article"]["id"])
        return self._pages.show(
            request,
            "note.html",
            document=document,
            names=ask.portfolio_names(self._desk) if document["book"] else {},
            numbers={fact["id"]: n for n, fact in enumerate(document["facts"], 1)},
            words_of_article=words_of(article, document),
            writing=not old and self._is_being_written(document),
            playbooks=self._spoken(document),
            revisions=told,
            old=old,
            thanked=thanked,
        )

    def _spoken(self, document: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Why each playbook behind a claim spoke: its mechanism, and what it listens for."""
        ids = {s["id"] for claim in document["analysis"] for s in claim["support"] if s["kind"] == "playbook"}
        known = self._desk.playbooks.by_id
        return {
            id: {
                "why": known[id].why,
                "asked": ", ".join(sorted(e.replace("_", " ") for e in known[id].when.events)),
            }
            for id in ids
            if id in known
        }

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

    def text(self, note_id: str) -> Response:
        """Print a note as plain text, for copying into a mail."""
        return Response(note_text(self._known(note_id)), media_type="text/plain; charset=utf-8")

    def pdf(self, note_id: str) -> Response:
        """Print a note as a PDF file."""
        document = self._known(note_id)
        headers = {"Content-Disposition": f'inline; filename="{document["id"]}.pdf"'}
        return Response(note_pdf(document), media_type="application/pdf", headers=headers)

    def feedback(self, request: Request, note_id: str, form: Posted) -> Response:
        """Put a reader's word on a note into the evaluation queue."""
        me, document = require(request, Role.VIEWER), self._known(note_id)
        kinds = {kind.value: kind for kind in FeedbackKind}
        kind, revision = form.text("kind", 30), form.text("revision", 9)
        if kind not in kinds or not (revision.isascii() and revision.isdigit()):
            raise HTTPException(422, "Say what is wrong: the company, the sign, a figure, or its use.")
        screen_of(self._desk).add_feedback(
            note_id=note_id,
            revision=int(revision),
            person_id=me.person_id,
            kind=kinds[kind],
            subject=form.text("subject", 30),
            words=form.text("words", 500),
            at=self._desk.clock(),
        )
        return self._pages.go(f"/notes/{document['id']}?thanked=true#wrong")

    def article(self, article_id: str) -> Response:
        """Go to the note on an article."""
        document = self._desk.store.note_on(article_id)
        if document is None:
            raise HTTPException(404, "There is no note on this article.")
        return self._pages.go(f"/notes/{document['id']}")

    def _known(self, note_id: str) -> Mapping[str, Any]:
        document = ask.note(self._desk, note_id)
        if document is None:
            raise HTTPException(404, "There is no such note.")
        return document
