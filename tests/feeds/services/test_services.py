"""Each service against a local server that answers as its documentation says."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.feeds.asking import NOW, Reply, asking, serving

from readthrough.domain.errors import SettingsError, SourceError, SourceUnreachable
from readthrough.domain.live import Feed
from readthrough.feeds.kinds import adapter_of

KEY = "s3cr3t-key"


def reply(data: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(data), status=status, kind="application/json")


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALPHAVANTAGE", "FINNHUB", "MARKETAUX", "POLYGON", "TIINGO", "BENZINGA"):
        monkeypatch.setenv(f"{name}_API_KEY", KEY)


ALPHA = {
    "items": "1",
    "sentiment_score_definition": "x <= -0.35: Bearish",
    "feed": [
        {
            "title": "Acme raises guidance",
            "url": "https://example.com/a",
            "time_published": "20260105T081500",
            "authors": [],
            "summary": "Acme Corp raised its guidance.",
            "banner_image": None,
            "source": "Example",
            "category_within_source": "n/a",
            "topics": [],
            "overall_sentiment_score": 0.22,
            "ticker_sentiment": [{"ticker": "ACME", "relevance_score": "0.85"}],
        },
        {"title": "", "summary": None, "url": ""},
    ],
}
FINNHUB = [
    {
        "category": "company",
        "datetime": 1767600900,
        "headline": "Acme raises guidance",
        "id": 25286,
        "image": "",
        "related": "ACME",
        "source": "Example",
        "summary": "Acme Corp raised its guidance.",
        "url": "https://example.com/a",
    }
]
MARKETAUX = {
    "meta": {"found": 1, "returned": 1, "limit": 3, "page": 1},
    "data": [
        {
            "uuid": "11-22",
            "title": "Acme raises guidance",
            "description": "Acme Corp raised its guidance.",
            "keywords": "",
            "snippet": "Acme Corp",
            "url": "https://example.com/a",
            "language": "en",
            "published_at": "2026-01-05T08:15:00.000000Z",
            "source": "example.com",
            "entities": [{"symbol": "ACME", "type": "equity"}],
        }
    ],
}
POLYGON = {
    "count": 1,
    "status": "OK",
    "request_id": "x",
    "results": [
        {
            "id": "p1",
            "publisher": {"name": "Example", "homepage_url": "https://example.com"},
            "title": "Acme raises guidance",
            "author": "A",
            "published_utc": "2026-01-05T08:15:00Z",
            "article_url": "https://example.com/a",
            "tickers": ["ACME"],
            "description": "Acme Corp raised its guidance.",
        }
    ],
}
TIINGO = [
    {
        "id": 9,
        "title": "Acme raises guidance",
        "url": "https://example.com/a",
        "description": "Acme Corp raised its guidance.",
        "publishedDate": "2026-01-05T08:15:00Z",
        "crawlDate": "2026-01-05T08:16:00Z",
        "source": "example.com",
        "tickers": ["acme"],
        "tags": [],
    }
]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("alphavantage", ALPHA),
        ("finnhub", FINNHUB),
        ("marketaux", MARKETAUX),
        ("polygon", POLYGON),
        ("tiingo", TIINGO),
    ],
)
def test_a_service_answers_as_documented(kind: str, data: Any) -> None:
    with serving(lambda path, headers: reply(data)) as server:
        feed = Feed(name="f", kind=kind, address=server.address, options={"tickers": "acme"})
        shown = adapter_of(kind)(feed, asking(), NOW)
        again = Feed(
            name="f", kind=kind, address=server.address, options={"tickers": "acme"}, mark=shown.mark
        )
        adapter_of(kind)(again, asking(), NOW)
    entry = shown.entries[0]
    assert entry.draft is not None
    assert entry.draft.headline == "Acme raises guidance"
    assert entry.draft.body == "Acme Corp raised its guidance."
    assert entry.draft.url == "https://example.com/a"
    assert entry.draft.published_at == datetime(2026, 1, 5, 8, 15, tzinfo=UTC)
    assert any("ACME" in p.detail.upper() for p in entry.draft.problems)
    assert all(e.draft is not None or e.reason for e in shown.entries)
    path, headers, _ = server.asked[0]
    sent = path + " ".join(headers.values())
    assert KEY in sent
    assert "ACME" in sent.upper()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("alphavantage", {"Information": f"Your API key {KEY} has reached its rate limit."}),
        ("alphavantage", {"Note": "Thank you for using us"}),
        ("marketaux", {"error": {"code": "usage_limit_reached", "message": "No more."}}),
        ("polygon", {"status": "ERROR", "error": f"Unknown API Key {KEY}"}),
        ("tiingo", {"detail": "Invalid token."}),
        ("finnhub", {"error": "Invalid API key"}),
    ],
)
def test_a_refusal_that_comes_as_a_success_is_told_without_the_key(kind: str, data: Any) -> None:
    with serving(lambda path, headers: reply(data)) as server, pytest.raises(SourceError) as told:
        adapter_of(kind)(Feed(name="f", kind=kind, address=server.address), asking(), NOW)
    assert KEY not in str(told.value)


@pytest.mark.parametrize("kind", ["alphavantage", "finnhub", "marketaux", "polygon", "tiingo"])
def test_a_failure_names_neither_key_nor_words_that_hold_it(kind: str) -> None:
    def answer(path: str, headers: dict[str, str]) -> Reply:
        return Reply(f"bad key {KEY}", status=401, kind="text/plain")

    with serving(answer) as server, pytest.raises(SourceUnreachable) as told:
        adapter_of(kind)(Feed(name="f", kind=kind, address=server.address), asking(), NOW)
    assert KEY not in str(told.value)


@pytest.mark.parametrize("kind", ["alphavantage", "finnhub", "marketaux", "polygon", "tiingo", "benzinga"])
def test_a_service_without_its_key_says_which_variable_to_set(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    feed = Feed(name="f", kind=kind, address="http://127.0.0.1:1", options={"key_env": "MY_KEY"})
    with pytest.raises(SettingsError, match="MY_KEY"):
        adapter_of(kind)(feed, asking(), NOW)


@pytest.mark.parametrize("kind", ["alphavantage", "finnhub", "marketaux", "polygon", "tiingo"])
@pytest.mark.parametrize("data", [None, 3, "x", {"feed": 3, "data": 3, "results": 3}, [3, None, []]])
def test_answers_of_another_shape_are_refused_or_told_of(kind: str, data: Any) -> None:
    with serving(lambda path, headers: reply(data)) as server:
        try:
            shown = adapter_of(kind)(Feed(name="f", kind=kind, address=server.address), asking(), NOW)
        except SourceError:
            return
    assert all(e.draft is None and e.reason for e in shown.entries)


def test_finnhub_goes_on_after_the_last_id() -> None:
    with serving(lambda path, headers: reply(FINNHUB)) as server:
        first = adapter_of("finnhub")(Feed(name="f", kind="finnhub", address=server.address), asking(), NOW)
        mark = dict(first.mark)
        adapter_of("finnhub")(
            Feed(name="f", kind="finnhub", address=server.address, mark=mark), asking(), NOW
        )
    assert parse_qs(urlsplit(server.paths[1]).query)["minId"] == ["25286"]


def _frame(text: str) -> bytes:
    raw = text.encode()
    head = bytes((0x81, len(raw))) if len(raw) < 126 else bytes((0x81, 126)) + struct.pack(">H", len(raw))
    return head + raw


def _story(action: str, title: str, number: int) -> str:
    content = {
        "id": number,
        "revision_id": 1,
        "title": title,
        "body": "<p>Acme Corp raised its guidance.</p>",
        "url": "https://example.com/a",
        "created": "Mon, 05 Jan 2026 08:15:00 GMT",
        "securities": [{"symbol": "ACME", "exchange": "NYSE", "primary": True}],
    }
    data = {"action": action, "id": 1, "timestamp": "2026-01-05T08:15:00Z", "content": content}
    return json.dumps({"id": "x", "api_version": "websocket/v1", "kind": "News/v1", "data": data})


def test_benzingas_stream_creates_updates_and_removes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            connection, _ = listening.accept()
            with connection:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += connection.recv(4096)
                fields = dict(
                    line.split(": ", 1) for line in asked.decode().split("\r\n")[1:] if ": " in line
                )
                key = {k.lower(): v for k, v in fields.items()}["sec-websocket-key"]
                accept = base64.b64encode(
                    hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
                ).decode()
                connection.sendall(
                    f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
                )
                connection.sendall(
                    b"\x89\x02hi" + _frame("hello") + _frame(_story("Created", "Acme raises guidance", 5))
                )
                connection.sendall(_frame(_story("Removed", "Orbex sold", 6)) + b"\x88\x02\x03\xe8")
                connection.recv(4096)

        thread = threading.Thread(target=speak)
        thread.start()
        feed = Feed(name="b", kind="benzinga", address=f"ws://127.0.0.1:{listening.getsockname()[1]}")
        shown = adapter_of("benzinga")(feed, asking(), NOW)
        thread.join()
    created, removed = shown.entries
    assert created.draft is not None
    assert (created.key, created.draft.body) == ("5", "Acme Corp raised its guidance.")
    assert removed.draft is not None
    assert removed.draft.headline.startswith("WITHDRAWN")
