"""What each call asks and how its answer is read, once for both clients."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import httpx

from readthrough.client.shapes import Answer, ApiError, Document, Note, Passage, StreamEvent

__all__ = [
    "Call",
    "FrameReader",
    "answer_call",
    "checked",
    "document_call",
    "export_call",
    "note_call",
    "page_call",
    "search_call",
    "send_call",
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


def page_call(
    path: str, key: str, read: Callable[[Any], T], params: dict[str, Any]
) -> Call[tuple[list[T], str | None]]:
    """One page of a list: its items and the cursor of the next."""

    def reader(response: httpx.Response) -> tuple[list[T], str | None]:
        told = checked(response).json()
        return [read(one) for one in told[key]], told["next"]

    return Call(method="GET", path=path, params=_given(params), read=reader)


def note_call(note_id: str, as_of: datetime | None) -> Call[Note]:
    """One note."""
    return Call(
        method="GET",
        path=f"/api/v1/notes/{note_id}",
        params=_given({"as_of": as_of}),
        read=lambda r: Note.of(checked(r).json()),
    )


def send_call(article: dict[str, Any], key: str) -> Call[Note]:
    """An article to be read."""
    return Call(
        method="POST",
        path="/api/v1/articles",
        content=json.dumps(article).encode(),
        headers={"content-type": "application/json"} | ({"idempotency-key": key} if key else {}),
        read=lambda r: Note.of(checked(r).json()),
    )


def answer_call(question: str, params: dict[str, Any]) -> Call[Answer]:
    """A question."""
    return Call(
        method="GET",
        path="/api/v1/ask",
        params=_given({"q": question} | params),
        read=lambda r: Answer.of(checked(r).json()),
    )


def search_call(query: str, params: dict[str, Any]) -> Call[list[Passage]]:
    """A search for passages."""
    return Call(
        method="GET",
        path="/api/v1/search",
        params=_given({"q": query} | params),
        read=lambda r: [Passage.of(one) for one in checked(r).json()["passages"]],
    )


def document_call(raw: bytes, name: str, tickers: Sequence[str], title: str) -> Call[list[Document]]:
    """A document to be added."""
    return Call(
        method="POST",
        path="/api/v1/documents",
        content=raw,
        params=_given({"name": name, "ticker": list(tickers), "title": title}),
        headers={"content-type": "application/octet-stream"},
        read=lambda r: [Document.of(one) for one in checked(r).json()["documents"]],
    )


def export_call(table: str, params: dict[str, Any]) -> Call[Any]:
    """An export as a `pyarrow.Table`; `.to_pandas()` gives a data frame where pandas is installed."""

    def reader(response: httpx.Response) -> Any:
        import pyarrow.ipc

        return pyarrow.ipc.open_stream(io.BytesIO(checked(response).content)).read_all()

    return Call(
        method="GET", path=f"/api/v1/export/{table}", params=_given({"format": "arrow"} | params), read=reader
    )


class FrameReader:
    """Puts the lines of an event stream together into events."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.last_id = ""

    def feed(self, line: str) -> Iterator[StreamEvent]:
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
        kind = fields.get("event", ["message"])[0]
        self.last_id = fields.get("id", [self.last_id])[0]
        text = "\n".join(fields["data"])
        data = json.loads(text) if kind in ("note", "alert") else {"text": text}
        yield StreamEvent(id=self.last_id, kind=kind, data=data)


def _given(params: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in params.items()
        if value not in (None, "", [], ())
    }
