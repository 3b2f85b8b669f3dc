"""What `/metrics` tells of requests."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from readthrough.api.measure import NO_ROUTE, Measure
from readthrough.observe import REGISTRY
from readthrough.samples import sample_articles


def count(method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return REGISTRY.get_sample_value("readthrough_http_requests_total", labels) or 0.0


def timed(route: str, status: int) -> float:
    labels = {"route": route, "status": str(status)}
    return REGISTRY.get_sample_value("readthrough_http_request_seconds_count", labels) or 0.0


def test_requests_are_counted_by_declared_route_and_status(client: httpx.Client) -> None:
    note = client.post("/api/v1/articles", json=sample_articles()[0]).json()
    routes = [
        ("GET", "/api/v1/notes/{note_id}", 200, f"/api/v1/notes/{note['id']}"),
        ("GET", "/api/v1/notes/{note_id}", 404, "/api/v1/notes/there-is-none"),
        ("GET", "/notes/{note_id}", 200, f"/notes/{note['id']}"),
        ("GET", "/", 200, "/"),
        ("GET", NO_ROUTE, 404, "/no/such/<script>"),
    ]
    for method, route, status, path in routes:
        before = count(method, route, status), timed(route, status)
        assert client.get(path).status_code == status
        assert (count(method, route, status), timed(route, status)) == (before[0] + 1, before[1] + 1)
    page = client.get("/metrics").text
    assert 'readthrough_http_request_seconds_bucket{le="0.1",route="/api/v1/notes/{note_id}"' in page
    assert "<script" not in page
    assert str(note["id"]) not in page


def test_what_is_refused_counts_too(client: httpx.Client) -> None:
    before = count("GET", NO_ROUTE, 421)
    client.get("/", headers={"host": "rebound.example"})
    assert count("GET", NO_ROUTE, 421) == before + 1


def test_metrics_are_those_of_our_own_registry(client: httpx.Client) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "readthrough_step_seconds" in answer.text
    assert "python_gc_objects_collected_total" not in answer.text


def test_a_failure_without_an_answer_is_a_500_and_a_strange_method_is_other() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None: ...

    before = count("OTHER", NO_ROUTE, 500)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Measure(broken)({"type": "http", "method": "BREW"}, receive, send))
    assert count("OTHER", NO_ROUTE, 500) == before + 1
