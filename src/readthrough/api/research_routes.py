"""Questions, documents and exports over HTTP."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Annotated, Any, Final, cast

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from readthrough.api.models import ErrorModel
from readthrough.api.research_models import AnswerModel, DocumentModel, DocumentsPage, PassagesModel
from readthrough.desk import ask
from readthrough.desk.answers import Scope, found_pages
from readthrough.desk.corpus import add_bytes
from readthrough.desk.documents import answer_document, figure_document, sentence_document
from readthrough.desk.export import FORMATS, TABLES, batches, write_export
from readthrough.desk.open import Desk
from readthrough.desk.resolve import resolve
from readthrough.desk.telling import AnswerPieces, Told
from readthrough.domain.corpus import CorpusDocument, CorpusFilter, DocumentKind
from readthrough.domain.errors import ReadthroughError
from readthrough.web.live import frame

__all__ = ["ResearchApi"]

_MAX_PAGE: Final = 200
_TEXT: Final = 20_000  # code points of a document's text in one answer

Tickers = Annotated[
    list[str] | None, Query(alias="ticker", max_length=50, description="May be given several times.")
]
Moment = Annotated[datetime | None, Query(description="UTC when it has no offset.")]
Sentences = Annotated[int, Query(ge=1, le=20)]
Words = Annotated[str, Query(min_length=1, max_length=2_000)]


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise HTTPException(422, "A time is outside the years 1 to 9999 in UTC.") from None


def _within(
    ticker: Tickers = None,
    since: Moment = None,
    as_of: Moment = None,
    portfolio: Annotated[str, Query(max_length=80)] = "",
) -> Scope:
    return Scope(tickers=tuple(ticker or ()), since=_utc(since), as_of=_utc(as_of), portfolio=portfolio)


Within = Annotated[Scope, Depends(_within)]
"""What an answer may be drawn from: `ticker`, `since`, `as_of`, `portfolio`."""


class ResearchApi:
    """`/api/v1/ask`, `/search`, `/documents` and `/export`, as routes."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        self._reading = CapacityLimiter(1)
        wrong: dict[int | str, dict[str, Any]] = {
            code: {"model": ErrorModel} for code in (403, 404, 413, 422, 429, 500, 503)
        }
        self.router = APIRouter(prefix="/api/v1", responses=wrong, tags=["research"])
        add = self.router.add_api_route
        add("/ask", self.ask, methods=["GET"], response_model=AnswerModel, operation_id="ask")
        add("/ask/stream", self.ask_stream, methods=["GET"], response_class=StreamingResponse, operation_id="ask_stream",
            responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}})  # fmt: skip
        add("/search", self.search, methods=["GET"], response_model=PassagesModel, operation_id="search")
        add(
            "/documents",
            self.documents,
            methods=["GET"],
            response_model=DocumentsPage,
            operation_id="list_documents",
        )
        add("/documents", self.add, methods=["POST"], response_model=DocumentsPage, operation_id="add_document",
            openapi_extra={"requestBody": {"required": True, "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}})  # fmt: skip
        add(
            "/documents/{document_id}",
            self.document,
            methods=["GET"],
            response_model=DocumentModel,
            operation_id="get_document",
        )
        add("/documents/{document_id}", self.remove, methods=["DELETE"], status_code=204, response_class=Response,
            operation_id="remove_document")  # fmt: skip
        add("/export/{table}", self.export, methods=["GET"], response_class=StreamingResponse, operation_id="export",
            responses={200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMATS.values()}}})  # fmt: skip

    def ask(self, q: Words, within: Within, limit: Sentences = 5) -> Response:
        """Answer a question from notes, articles and documents, each sentence with where it stands.

        Figures are worked out by code, with their working; counts come from events. `choices` lists names that
        may mean several issuers: ask again with a ticker.
        """
        return JSONResponse(answer_document(ask.answer(self._desk, q, limit=limit, scope=within)))

    def ask_stream(self, q: Words, within: Within, limit: Sentences = 5) -> Response:
        """Answer as server-sent events, each sentence as soon as it and its citations have been checked.

        Events: `status`, `assumed`, `headline` and `withheld` (words), `figure` and `sentence` (as in the answer),
        at last `answer`, which holds all of them; `error` where it cannot be finished. A `withheld` is the mark of
        a model's sentence that did not hold; its words and the reason stand in the answer.
        """
        pieces = AnswerPieces(self._desk, q, limit=limit, scope=within)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_events(pieces), media_type="text/event-stream", headers=headers)

    def search(
        self,
        q: Words,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
        ticker: Tickers = None,
        since: Moment = None,
        as_of: Moment = None,
        kind: Annotated[list[DocumentKind] | None, Query(max_length=6)] = None,
    ) -> Response:
        """Find passages by words and by meaning, best first, one for each page."""
        asked = resolve(self._desk, q, tickers=tuple(ticker or ()))
        scope = Scope(since=_utc(since), as_of=_utc(as_of), kinds=tuple(kind or DocumentKind))
        found = found_pages(self._desk, asked.question, scope, limit=limit)
        return JSONResponse(
            {
                "passages": [
                    {
                        "document_id": one.document_id,
                        "kind": one.kind,
                        "title": one.title,
                        "source": one.source,
                        "published_at": _time(one.published_at),
                        "note_id": one.note_id or None,
                        "page": one.page,
                        "span": {"start": one.span.start, "end": one.span.end},
                        "text": one.text,
                        "score": round(one.score, 6),
                    }
                    for one in found
                ]
            }
        )

    def documents(
        self,
        limit: Annotated[int, Query(ge=1, le=_MAX_PAGE)] = 50,
        cursor: Annotated[str | None, Query(max_length=120, description="`next` of the page before.")] = None,
        ticker: Tickers = None,
        kind: Annotated[list[DocumentKind] | None, Query(max_length=6)] = None,
    ) -> Response:
        """List documents, newest first, without their text."""
        chosen = CorpusFilter(tickers=tuple(ticker or ()), kinds=tuple(kind or ()))
        found = self._desk.corpus.documents(chosen, limit=limit + 1, before=cursor or "")
        following = found[limit - 1].id if len(found) > limit else None
        return JSONResponse({"documents": [_told(one) for one in found[:limit]], "next": following})

    async def add(
        self,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, description="What the file is called.")],
        ticker: Tickers = None,
        title: Annotated[str, Query(max_length=300)] = "",
        source: Annotated[str, Query(max_length=200)] = "",
        published_at: Moment = None,
        kind: DocumentKind | None = None,
    ) -> Response:
        """Add a PDF, HTML page, text, transcript or EDGAR submission: the body is the file.

        The same file under the same name changes nothing; another file under it is a new version.
        """
        raw = await request.body()

        def work() -> list[dict[str, Any]]:
            added = add_bytes(
                self._desk,
                raw,
                name=os.path.basename(name),
                tickers=tuple(ticker or ()),
                kind=kind,
                title=title,
                source=source,
                published_at=_utc(published_at),
            )
            return [_told(one.document) for one in added]

        made = await to_thread.run_sync(work, limiter=self._reading)
        return JSONResponse({"documents": made, "next": None})

    def document(
        self, document_id: str, start: Annotated[int, Query(ge=0)] = 0, as_of: Moment = None
    ) -> Response:
        """Return a document with its tables and 20,000 characters of its text, from `start`."""
        found = self._desk.corpus.document(document_id, tenant="", as_of=_utc(as_of))
        if found is None:
            raise HTTPException(404, "There is no such document.")
        text = found.text[start : start + _TEXT]
        following = start + len(text)
        return JSONResponse(
            _told(found)
            | {
                "text": text,
                "start": start,
                "next_start": following if following < len(found.text) else None,
                "characters": len(found.text),
                "tables": [
                    {
                        "page": t.page,
                        "span": {"start": t.span.start, "end": t.span.end},
                        "rows": [list(row) for row in t.rows],
                    }
                    for t in found.tables
                ],
            }
        )

    def remove(self, document_id: str) -> Response:
        """Forget a document for good, every version of it."""
        found = self._desk.corpus.document(document_id, tenant="")
        if found is not None and found.kind in (DocumentKind.NEWS, DocumentKind.NOTE):
            raise HTTPException(
                422, "Articles and notes are the record; only added documents can be removed."
            )
        if not self._desk.corpus.remove([document_id], tenant=""):
            raise HTTPException(404, "There is no such document.")
        return Response(status_code=204)

    def export(
        self,
        table: str,
        format: Annotated[str, Query(pattern="^(arrow|parquet|jsonl)$")] = "arrow",
        ticker: Annotated[str, Query(max_length=30)] = "",
        since: Moment = None,
        until: Moment = None,
        as_of: Moment = None,
    ) -> Response:
        """Stream notes, readings, sentiment, facts or events as columns; every row carries `known_at`."""
        if table not in TABLES:
            raise HTTPException(404, f"There is no export called so; there are {', '.join(TABLES)}.")
        chosen = {"ticker": ticker, "since": _utc(since), "until": _utc(until), "as_of": _utc(as_of)}
        if format == "jsonl":
            return StreamingResponse(_lines(self._desk, table, chosen), media_type=FORMATS[format])
        return StreamingResponse(
            _piped(lambda into: write_export(self._desk, table, format, into, **chosen)),
            media_type=FORMATS[format],
            headers={"Content-Disposition": f'attachment; filename="{table}.{format}"'},
        )


def _events(pieces: AnswerPieces) -> Iterator[bytes]:
    yield frame(kind="status", data='"looking"')
    try:
        for one in pieces:
            yield frame(kind=one.kind, data=json.dumps(_piece(one)))
    except ReadthroughError as error:  # the status has gone out: it is said in the stream
        yield frame(kind="error", data=json.dumps({"message": str(error), "remedy": error.remedy}))
        return
    if pieces.answer is not None:
        yield frame(kind="answer", data=json.dumps(answer_document(pieces.answer)))


def _piece(one: Told) -> Any:
    if one.sentence is not None:
        return sentence_document(one.sentence)
    return one.words if one.figure is None else figure_document(one.figure)


def _told(one: CorpusDocument) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": str(one.kind),
        "title": one.title,
        "source": one.source,
        "url": one.url,
        "published_at": _time(one.published_at),
        "known_at": _time(one.known_at),
        "tickers": [{"ticker": ticker, "relevance": relevance} for ticker, relevance in one.tickers],
        "pages": len(one.pages),
        "note_id": one.note_id or None,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _lines(desk: Desk, table: str, chosen: dict[str, Any]) -> Iterator[bytes]:
    for rows in batches(desk, table, **chosen):
        for row in rows:
            told = {k: _time(v) if isinstance(v, datetime) else v for k, v in row.items()}
            yield json.dumps(told, separators=(",", ":")).encode() + b"\n"


class _Pipe:
    """A file that a writer fills in a thread and a reader empties, a few pieces at most between them."""

    def __init__(self) -> None:
        self.pieces: queue.Queue[bytes | None] = queue.Queue(maxsize=8)
        self.left = threading.Event()
        self.closed = False
        self._place = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        while not self.left.is_set():
            try:
                self.pieces.put(piece, timeout=0.2)
                break
            except queue.Full:
                continue
        self._place += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        return

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


def _piped(write: Any) -> Iterator[bytes]:
    pipe = _Pipe()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            write(cast(IO[bytes], pipe))
        except BaseException as error:  # told to the reader below
            failed.append(error)
        finally:
            while not pipe.left.is_set():
                try:
                    pipe.pieces.put(None, timeout=0.2)
                    break
                except queue.Full:
                    continue

    thread = threading.Thread(target=work, name="readthrough-export")
    thread.start()
    try:
        while (piece := pipe.pieces.get()) is not None:
            yield piece
        if failed:
            raise failed[0]
    finally:
        pipe.left.set()
        thread.join()
