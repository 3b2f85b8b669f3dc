"""Rates told in headers, entity tags, keys that make a repeat harmless."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from readthrough.api.manners import Idempotency, RateLimit
from readthrough.desk.open import Desk
from readthrough.desk.repeats import repeats_of
from readthrough.domain.repeat import Repeat

from .conftest import NOW

ARTICLE = {
    "headline": "Orbex raises its dividend",
    "body": "Orbex raised its quarterly dividend by 8% on Monday.",
}


def test_answers_carry_a_tag_and_say_when_nothing_changed(client: httpx.Client) -> None:
    first = client.get("/api/v1/notes")
    tag = first.headers["etag"]
    again = client.get("/api/v1/notes", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    client.post("/api/v1/articles", json=ARTICLE)
    changed = client.get("/api/v1/notes", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_a_repeat_under_its_key_gets_the_first_answer(client: httpx.Client) -> None:
    key = {"idempotency-key": "k1"}
    first = client.post("/api/v1/articles", json=ARTICLE, headers=key)
    again = client.post("/api/v1/articles", json=ARTICLE, headers=key)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = client.post("/api/v1/articles", json=ARTICLE | {"headline": "Other"}, headers=key)
    assert other.status_code == 422
    assert other.json()["error"]["code"] == "key_reused"
    assert (
        client.post("/api/v1/articles", json=ARTICLE, headers={"idempotency-key": "x" * 300}).status_code
        == 422
    )


def test_a_key_is_forgotten_after_a_day_and_freed_when_its_process_died(desk: Desk) -> None:
    kept = repeats_of(desk)
    asked = Repeat(name="n", digest="d", at=NOW)

    def claim(at: datetime) -> Repeat | None:
        return kept.claim(
            replace(asked, at=at),
            forget_before=at - timedelta(days=1),
            running_since=at - timedelta(minutes=10),
        )

    assert claim(NOW) is None
    running = claim(NOW + timedelta(minutes=9))
    assert running is not None
    assert running.status == 0
    assert claim(NOW + timedelta(minutes=11)) is None, "left by a process that ended"
    answered = replace(asked, status=200, headers=(("content-type", "application/json"),), body=b"{}")
    kept.keep(answered)
    assert claim(NOW + timedelta(hours=23)) == answered
    assert claim(NOW + timedelta(hours=25)) is None


def test_answers_tell_how_many_requests_are_left(client: httpx.Client) -> None:
    headers = client.get("/api/v1/notes").headers
    assert headers["ratelimit-limit"] == "600"
    assert int(headers["ratelimit-remaining"]) < 600
    assert "ratelimit-limit" not in client.get("/healthz").headers


def test_too_many_requests_are_refused_until_time_has_passed() -> None:
    now = [0.0]
    seen: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    limit = RateLimit(app, per_minute=2, clock=lambda: now[0])

    async def call(caller: str) -> int:
        status = 0
        told: dict[str, str] = {}

        async def send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told.update({k.decode(): v.decode() for k, v in message["headers"]})

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {
            "type": "http", "method": "GET", "path": "/api/v1/notes", "client": (caller, 1), "headers": [],
        }  # fmt: skip
        await limit(scope, receive, send)
        if status == 429:
            assert int(told["retry-after"]) >= 1
        return status

    async def work() -> None:
        for _ in range(3):
            seen.append(await call("a"))
        seen.append(await call("b"))
        now[0] += 31
        seen.append(await call("a"))

    asyncio.run(work())
    assert seen == [200, 200, 429, 200, 200]


def test_an_answer_that_failed_is_not_kept(desk: Desk) -> None:
    calls: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        calls.append(message["body"])
        await send({"type": "http.response.start", "status": 503 if len(calls) == 1 else 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(len(calls)).encode()})

    layer = Idempotency(app, repeats=lambda: repeats_of(desk), clock=lambda: NOW)
    statuses: list[int] = []

    async def call() -> None:
        parts = [
            {"type": "http.request", "body": b"a", "more_body": True},
            {"type": "http.request", "body": b"b", "more_body": False},
        ]

        async def receive() -> Any:
            return parts.pop(0)

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        scope = {
            "type": "http", "method": "POST", "path": "/api/v1/articles", "client": ("a", 1),
            "headers": [(b"idempotency-key", b"k")],
        }  # fmt: skip
        await layer(scope, receive, send)

    async def work() -> None:
        for _ in range(3):
            await call()

    asyncio.run(work())
    assert statuses == [503, 200, 200]
    assert calls == [b"ab", b"ab"]
