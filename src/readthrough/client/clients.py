"""The two clients: the same calls, one waiting and one awaiting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar

import httpx

from readthrough.client.calls import (
    Call,
    FrameReader,
    answer_call,
    checked,
    document_call,
    export_call,
    note_call,
    page_call,
    search_call,
    send_call,
)
from readthrough.client.shapes import Answer, Document, Note, Passage, StreamEvent

__all__ = ["AsyncClient", "Client"]

T = TypeVar("T")
_NOTES = "/api/v1/notes"
_DOCUMENTS = "/api/v1/documents"


def _headers(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"} if key else {}


class Client:
    """Talks to a server; close it, or use it in a `with` block."""

    def __init__(
        self, base_url: str = "http://127.0.0.1:8321", *, key: str = "", timeout: float = 30.0
    ) -> None:
        """Name the server.

        Args:
            base_url: Its address, a path prefix included.
            key: An API key, where people sign in.
            timeout: Seconds a call may take; streams wait for ever.
        """
        self._http = httpx.Client(base_url=base_url, headers=_headers(key), timeout=timeout)

    def notes(self, *, ticker: str = "", as_of: datetime | None = None, limit: int = 50) -> Iterator[Note]:
        """Go through notes, newest first, a page of at most 200 at a time; stop when you have enough."""
        cursor: str | None = ""
        while cursor is not None:
            asked = {"ticker": ticker, "as_of": as_of, "limit": limit, "cursor": cursor}
            page, cursor = self._do(page_call(_NOTES, "notes", Note.of, asked))
            yield from page

    def note(self, note_id: str, *, as_of: datetime | None = None) -> Note:
        """Return one note, as it was known at `as_of`."""
        return self._do(note_call(note_id, as_of))

    def send(self, article: dict[str, Any], *, idempotency_key: str = "") -> Note:
        """Send an article and return its note; the same words sent again change nothing."""
        return self._do(send_call(article, idempotency_key))

    def ask(
        self,
        question: str,
        *,
        tickers: Sequence[str] = (),
        since: datetime | None = None,
        as_of: datetime | None = None,
        portfolio: str = "",
        limit: int = 5,
    ) -> Answer:
        """Answer a question from the corpus."""
        given = {
            "ticker": list(tickers),
            "since": since,
            "as_of": as_of,
            "portfolio": portfolio,
            "limit": limit,
        }
        return self._do(answer_call(question, given))

    def search(self, query: str, *, tickers: Sequence[str] = (), limit: int = 10) -> list[Passage]:
        """Find passages, best first."""
        return self._do(search_call(query, {"ticker": list(tickers), "limit": limit}))

    def add_document(
        self, raw: bytes, name: str, *, tickers: Sequence[str] = (), title: str = ""
    ) -> list[Document]:
        """Add a document given as bytes; an EDGAR submission gives several."""
        return self._do(document_call(raw, name, tickers, title))

    def documents(self, *, limit: int = 50) -> Iterator[Document]:
        """Go through documents, newest first."""
        cursor: str | None = ""
        while cursor is not None:
            page, cursor = self._do(
                page_call(_DOCUMENTS, "documents", Document.of, {"limit": limit, "cursor": cursor})
            )
            yield from page

    def table(
        self, name: str, *, ticker: str = "", since: datetime | None = None, as_of: datetime | None = None
    ) -> Any:
        """Return an export (notes, readings, sentiment, facts, events) as a `pyarrow.Table`."""
        return self._do(export_call(name, {"ticker": ticker, "since": since, "as_of": as_of}))

    def stream(self, *, tickers: Sequence[str] = (), last_event_id: str = "") -> Iterator[StreamEvent]:
        """Listen to notes and alerts until the server ends the stream; go on with the last event's id."""
        reader = FrameReader()
        headers = {"last-event-id": last_event_id} if last_event_id else {}
        with self._http.stream(
            "GET", "/api/v1/stream", params={"ticker": list(tickers)}, headers=headers, timeout=None
        ) as response:
            if response.status_code >= 400:
                response.read()
                checked(response)
            for line in response.iter_lines():
                yield from reader.feed(line)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _do(self, call: Call[T]) -> T:
        return call.read(
            self._http.request(
                call.method, call.path, params=call.params, content=call.content, headers=call.headers
            )
        )


class AsyncClient:
    """Talks to a server from an event loop; close it, or use it in an `async with` block. Calls as in `Client`."""

    def __init__(
        self, base_url: str = "http://127.0.0.1:8321", *, key: str = "", timeout: float = 30.0
    ) -> None:
        """Name the server, as for `Client`."""
        self._http = httpx.AsyncClient(base_url=base_url, headers=_headers(key), timeout=timeout)

    async def notes(
        self, *, ticker: str = "", as_of: datetime | None = None, limit: int = 50
    ) -> AsyncIterator[Note]:
        """Go through notes, newest first."""
        cursor: str | None = ""
        while cursor is not None:
            asked = {"ticker": ticker, "as_of": as_of, "limit": limit, "cursor": cursor}
            page, cursor = await self._do(page_call(_NOTES, "notes", Note.of, asked))
            for one in page:
                yield one

    async def note(self, note_id: str, *, as_of: datetime | None = None) -> Note:
        """Return one note."""
        return await self._do(note_call(note_id, as_of))

    async def send(self, article: dict[str, Any], *, idempotency_key: str = "") -> Note:
        """Send an article and return its note."""
        return await self._do(send_call(article, idempotency_key))

    async def ask(
        self,
        question: str,
        *,
        tickers: Sequence[str] = (),
        since: datetime | None = None,
        as_of: datetime | None = None,
        portfolio: str = "",
        limit: int = 5,
    ) -> Answer:
        """Answer a question from the corpus."""
        given = {
            "ticker": list(tickers),
            "since": since,
            "as_of": as_of,
            "portfolio": portfolio,
            "limit": limit,
        }
        return await self._do(answer_call(question, given))

    async def search(self, query: str, *, tickers: Sequence[str] = (), limit: int = 10) -> list[Passage]:
        """Find passages, best first."""
        return await self._do(search_call(query, {"ticker": list(tickers), "limit": limit}))

    async def add_document(
        self, raw: bytes, name: str, *, tickers: Sequence[str] = (), title: str = ""
    ) -> list[Document]:
        """Add a document given as bytes."""
        return await self._do(document_call(raw, name, tickers, title))

    async def table(
        self, name: str, *, ticker: str = "", since: datetime | None = None, as_of: datetime | None = None
    ) -> Any:
        """Return an export as a `pyarrow.Table`."""
        return await self._do(export_call(name, {"ticker": ticker, "since": since, "as_of": as_of}))

    async def stream(
        self, *, tickers: Sequence[str] = (), last_event_id: str = ""
    ) -> AsyncIterator[StreamEvent]:
        """Listen to notes and alerts until the server ends the stream."""
        reader = FrameReader()
        headers = {"last-event-id": last_event_id} if last_event_id else {}
        async with self._http.stream(
            "GET", "/api/v1/stream", params={"ticker": list(tickers)}, headers=headers, timeout=None
        ) as response:
            if response.status_code >= 400:
                await response.aread()
                checked(response)
            async for line in response.aiter_lines():
                for event in reader.feed(line):
                    yield event

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _do(self, call: Call[T]) -> T:
        return call.read(
            await self._http.request(
                call.method, call.path, params=call.params, content=call.content, headers=call.headers
            )
        )
