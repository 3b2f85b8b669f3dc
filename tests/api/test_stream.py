"""Live streams over the real server: what arrives, what is filtered, and how they go on and end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from readthrough.api import serving
from readthrough.desk.books import save_rule
from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.samples import sample_articles
from readthrough.web.live import frame

SAMPLES = sample_articles()
ALIBABA = next(a for a in SAMPLES if a["headline"].startswith("Alibaba misses"))
OTHER = next(a for a in SAMPLES if a["headline"].startswith("Visa lifts"))


def events(response: httpx.Response) -> Iterator[dict[str, str]]:
    """Read events as a browser does."""
    current: dict[str, str] = {}
    for line in response.iter_lines():
        if not line:
            if "event" in current:
                yield current
            current = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            current[name] = f"{current[name]}\n{value}" if name in current else value


def listening(response: httpx.Response) -> Iterator[dict[str, str]]:
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in response.headers
    return events(response)


def wait_for_listener(desk: Desk, count: int = 1) -> None:
    ready = threading.Event()
    for _ in range(2_000):
        if desk.hub.subscribers >= count:
            return
        ready.wait(0.01)
    raise AssertionError("nobody listens")


def test_notes_arrive_as_they_are_made(client: httpx.Client, desk: Desk) -> None:
    with client.stream("GET", "/api/v1/stream") as response:
        stream = listening(response)
        wait_for_listener(desk)
        note = client.post("/api/v1/articles", json=ALIBABA).json()
        event = next(stream)
    assert event["event"] == "note"
    assert json.loads(event["data"]) == note


def test_filters_apply_to_the_stream(client: httpx.Client, desk: Desk) -> None:
    with client.stream("GET", "/api/v1/stream?ticker=BABA") as response:
        stream = listening(response)
        wait_for_listener(desk)
        client.post("/api/v1/articles", json=[OTHER, ALIBABA])
        assert json.loads(next(stream)["data"])["article"]["headline"] == ALIBABA["headline"]


def test_a_broken_stream_goes_on_where_it_stopped(client: httpx.Client, desk: Desk) -> None:
    with client.stream("GET", "/api/v1/stream") as response:
        stream = listening(response)
        wait_for_listener(desk)
        client.post("/api/v1/articles", json=ALIBABA)
        last = next(stream)["id"]
    client.post("/api/v1/articles", json=OTHER)
    with client.stream("GET", "/api/v1/stream", headers={"Last-Event-ID": last}) as response:
        assert json.loads(next(listening(response))["data"])["article"]["headline"] == OTHER["headline"]


@pytest.mark.parametrize("last", ["other-1", "nonsense", "-", "9" * 200])
def test_an_unknown_place_says_that_events_were_missed(client: httpx.Client, last: str) -> None:
    client.post("/api/v1/articles", json=ALIBABA)
    with client.stream("GET", "/api/v1/stream", headers={"Last-Event-ID": last}) as response:
        assert next(listening(response))["event"] == "missed"


def test_rows_come_rendered_and_filtered(client: httpx.Client, desk: Desk) -> None:
    with client.stream("GET", "/live?ticker=BABA") as response:
        stream = listening(response)
        wait_for_listener(desk)
        client.post("/api/v1/articles", json=[OTHER, ALIBABA])
        event = next(stream)
    assert event["event"] == "row"
    assert event["data"].startswith("<tr ")
    assert ALIBABA["headline"][:20] in event["data"]


def test_what_came_between_page_and_stream_is_sent_first(client: httpx.Client) -> None:
    first = client.post("/api/v1/articles", json=OTHER).json()
    client.post("/api/v1/articles", json=ALIBABA)
    with client.stream("GET", f"/live?since={first['id']}") as response:
        event = next(listening(response))
    assert ALIBABA["headline"][:20] in event["data"] or OTHER["headline"][:20] in event["data"]


def test_stopping_the_server_ends_streams(desk: Desk) -> None:
    ended = threading.Event()

    def listen(address: str) -> None:
        with httpx.Client(base_url=address) as client, client.stream("GET", "/api/v1/stream") as response:
            for _ in response.iter_raw():
                pass
        ended.set()

    with serving(desk, desk.settings) as address:
        thread = threading.Thread(target=listen, args=(address,))
        thread.start()
        wait_for_listener(desk)
    thread.join(5)
    assert ended.is_set()


def test_line_ends_in_data_cannot_make_an_event() -> None:
    hostile = "a\n\nevent: alert\rdata: x\u2028y"
    written = frame(kind="note", data=hostile, id="e-1")
    assert written.count(b"\nevent: ") == 1
    assert written.endswith(b"\n\n")
    assert written.count(b"\n\n") == 1


def test_each_listener_hears_their_own_alerts_and_the_desks(client: httpx.Client, desk: Desk) -> None:
    """Over server-sent events and over the websocket, each on the real server."""
    for id, ticker, owner in (("ann", "BABA", "ann"), ("bob", "BABA", "bob"), ("last", "V", "")):
        save_rule(desk, Rule(id=id, name=id, tickers=(ticker,), owner=owner))

    def over_events(query: str) -> list[str]:
        with client.stream("GET", f"/api/v1/stream{query}") as response:
            return until_last(json.loads(e["data"]) for e in listening(response) if e["event"] == "alert")

    def over_socket(query: str) -> list[str]:
        url = f"ws{str(client.base_url).removeprefix('http').rstrip('/')}/api/v1/stream/ws{query}"
        with connect(url) as socket:
            messages = (json.loads(socket.recv(timeout=60)) for _ in range(100))
            return until_last(one["data"] for one in messages if one["kind"] == "alert")

    asked = ("?person=ann", "?person=bob", "?person=*", "")
    with ThreadPoolExecutor(8) as pool:
        heard = [pool.submit(way, query) for way in (over_events, over_socket) for query in asked]
        wait_for_listener(desk, 8)
        client.post("/api/v1/articles", json=[ALIBABA]).raise_for_status()
        desk.work_waiting.set()
        client.post("/api/v1/articles", json=[OTHER]).raise_for_status()
        found = [one.result(timeout=60) for one in heard]
    everybody = ["ann", "bob"]
    assert found[:4] == [["ann"], ["bob"], everybody, everybody]
    assert found[4:] == found[:4]


def until_last(alerts: Iterator[dict[str, Any]]) -> list[str]:
    """The rules whose alerts came before that of the rule called last."""
    names = (str(alert["data"]["rule"]["name"]) for alert in alerts)
    return sorted(takewhile(lambda name: name != "last", names))
