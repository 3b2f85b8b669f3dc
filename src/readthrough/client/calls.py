"""Every call there is, described once: what it asks and how its answer is read. The clients only carry it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import httpx

from readthrough.client.shapes import Answer, AnswerPiece, ApiError, Document, Note, Passage, StreamEvent

__all__ = [
    "Call",
    "FrameReader",
    "Listen",
    "Pages",
    "add_document",
    "ask",
    "ask_stream",
    "checked",
    "documents",
    "note",
    "notes",
    "search",
    "send",
    "stream",
    "table",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T]):
    """A request and how to read what comes back."""

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    params: dict[str, Any] = field(default_factory=dict)
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Generic[T]):
    """A list that comes in pages: where, under which key, and how an item is read."""

    path: str
    key: str
    read: Callable[[Any], T]
    params: dict[str, Any]

    def page(self, cursor: str) -> Call[tuple[list[T], str | None]]:
        """One page, from a cursor on: its items, and the cursor of the next."""

        def reader(response: httpx.Response) -> tuple[list[T], str | None]:
            told = checked(response).json()
            return [self.read(one) for one in told[self.key]], told["next"]

        return Call(
            method="GET", path=self.path, params=_given(self.params | {"cursor": cursor}), read=reader
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen(Generic[T]):
    """A stream of events and how each is read from its id, kind and text; an endless one may be silent for ever."""

    path: str
    read: Callable[[str, str, str], T]
    endless: bool = False
    params: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def checked(response: httpx.Response) -> httpx.Response:
    """Return an answer, or raise what the server said was wrong.

    Raises:
        ApiError: The status is 400 or more.
    """
    if response.status_code < 400:
        return response
    try:
        told = response.json()["error"]
        raise ApiError(response.status_code, told["code"], told["message"], told["remedy"])
    except (ValueError, KeyError, TypeError):
        raise ApiError(response.status_code, "unreadable", response.text[:200]) from None


def notes(*, ticker: str = "", as_of: datetime | None = None, limit: int = 50) -> Pages[Note]:
    """Go through notes, newest first, a page of at most 200 at a time; stop when you have enough."""
    params = {"ticker": ticker, "as_of": as_of, "limit": limit}
    return Pages(path="/api/v1/notes", key="notes", read=Note.of, params=params)


def note(note_id: str, *, as_of: datetime | None = None) -> Call[Note]:
    """Return one note, as it was known at `as_of`."""
    return _get(f"/api/v1/notes/{note_id}", Note.of, as_of=as_of)


def send(article: dict[str, Any], *, idempotency_key: str = "") -> Call[Note]:
    """Send an article and return its note; the same words sent again change nothing."""
    key = {"idempotency-key": idempotency_key} if idempotency_key else {}
    return Call(
        method="POST",
        path="/api/v1/articles",
        content=json.dumps(article).encode(),
        headers={"content-type": "application/json"} | key,
        read=lambda r: Note.of(checked(r).json()),
    )


def ask(
    question: str,
    *,
    tickers: Sequence[str] = (),
    since: datetime | None = None,
    as_of: datetime | None = None,
    portfolio: str = "",
    limit: int = 5,
) -> Call[Answer]:
    """Answer a question from the corpus."""
    return _get(
        "/api/v1/ask",
        Answer.of,
        q=question,
        ticker=list(tickers),
        since=since,
        as_of=as_of,
        portfolio=portfolio,
        limit=limit,
    )


def ask_stream(
    question: str,
    *,
    tickers: Sequence[str] = (),
    since: datetime | None = None,
    as_of: datetime | None = None,
    portfolio: str = "",
    limit: int = 5,
) -> Listen[AnswerPiece]:
    """Answer a question piece by piece, each sentence as soon as it has been checked; the last is the whole answer."""
    call = ask(question, tickers=tickers, since=since, as_of=as_of, portfolio=portfolio, limit=limit)
    return Listen(
        path="/api/v1/ask/stream",
        params=call.params,
        read=lambda id, kind, text: AnswerPiece.of(kind, json.loads(text)),
    )


def search(query: str, *, tickers: Sequence[str] = (), limit: int = 10) -> Call[list[Passage]]:
    """Find passages, best first."""
    return _get(
        "/api/v1/search",
        lambda told: [Passage.of(one) for one in told["passages"]],
        q=query,
        ticker=list(tickers),
        limit=limit,
    )


def add_document(
    raw: bytes, name: str, *, tickers: Sequence[str] = (), title: str = ""
) -> Call[list[Document]]:
    """Add a document given as bytes; an EDGAR submission gives several."""
    return Call(
        method="POST",
        path="/api/v1/documents",
        content=raw,
        params=_given({"name": name, "ticker": list(tickers), "title": title}),
        headers={"content-type": "application/octet-stream"},
        read=lambda r: [Document.of(one) for one in checked(r).json()["documents"]],
    )


def documents(*, limit: int = 50) -> Pages[Document]:
    """Go through documents, newest first."""
    return Pages(path="/api/v1/documents", key="documents", read=Document.of, params={"limit": limit})


def table(
    name: str, *, ticker: str = "", since: datetime | None = None, as_of: datetime | None = None
) -> Call[Any]:
    """Return an export (notes, readings, sentiment, facts, events) as a `pyarrow.Table`."""

    def reader(response: httpx.Response) -> Any:
        import pyarrow.ipc

        return pyarrow.ipc.open_stream(io.BytesIO(checked(response).content)).read_all()

    asked = {"format": "arrow", "ticker": ticker, "since": since, "as_of": as_of}
    return Call(method="GET", path=f"/api/v1/export/{name}", params=_given(asked), read=reader)


def stream(*, tickers: Sequence[str] = (), last_event_id: str = "") -> Listen[StreamEvent]:
    """Listen to notes and alerts until the server ends the stream; go on with the last event's id."""

    def reader(id: str, kind: str, text: str) -> StreamEvent:
        return StreamEvent(
            id=id, kind=kind, data=json.loads(text) if kind in ("note", "alert") else {"text": text}
        )

    return Listen(
        path="/api/v1/stream",
        endless=True,
        params=_given({"ticker": list(tickers)}),
        headers={"last-event-id": last_event_id} if last_event_id else {},
        read=reader,
    )


class FrameReader(Generic[T]):
    """Puts the lines of an event stream together into events."""

    def __init__(self, read: Callable[[str, str, str], T]) -> None:
        """Read each event by its id, kind and text."""
        self._read = read
        self._lines: list[str] = []
        self.last_id = ""

    def feed(self, line: str) -> Iterator[T]:
        """Take a line without its end; yields an event when one is whole."""
        if line:
            self._lines.append(line)
            return
        fields: dict[str, list[str]] = {}
        for one in self._lines:
            name, _, value = one.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        self._lines.clear()
        if "data" not in fields:
            return
        self.last_id = fields.get("id", [self.last_id])[0]
        yield self._read(self.last_id, fields.get("event", ["message"])[0], "\n".join(fields["data"]))


def _get(path: str, read: Callable[[Any], T], **params: Any) -> Call[T]:
    return Call(method="GET", path=path, params=_given(params), read=lambda r: read(checked(r).json()))


def _given(params: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in params.items()
        if value not in (None, "", [], ())
    }
