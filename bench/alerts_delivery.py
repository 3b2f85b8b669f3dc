"""Article published to webhook received: ten articles a second over loopback, the whole journey in one process."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import httpx

from bench.results import Result
from readthrough.api import serving
from readthrough.desk.books import save_rule
from readthrough.desk.open import open_desk
from readthrough.domain.alert import Rule
from readthrough.settings import load_settings

__all__ = ["run"]

ARTICLES: Final = 200
A_SECOND: Final = 10.0
SECRET: Final = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FIRMS: Final = (
    "Alibaba",
    "Nvidia",
    "Apple Inc",
    "Boeing",
    "Walmart",
    "PepsiCo",
    "Pfizer",
    "Netflix",
    "Microsoft",
    "Tesla",
)


def run() -> Iterator[Result]:
    """Publish at a steady pace and clock each webhook against the moment its article was posted."""
    received: dict[str, float] = {}
    server = _receiver(received)
    flags = {
        "home": tempfile.mkdtemp(),
        "receivers.hook.url": f"http://127.0.0.1:{server.server_address[1]}/",
        "receivers.hook.secret": SECRET,
        "fetch.allow_private_addresses": True,
    }
    settings = load_settings(flags=flags, environ={})
    sent: dict[str, float] = {}
    with open_desk(settings) as desk:
        save_rule(desk, Rule(id="all", name="All", receivers=("hook",)))
        desk.prepare()
        with serving(desk, settings) as address, httpx.Client(base_url=address, timeout=30) as client:
            _post(client, {}, 0)
            begun = time.monotonic()
            threads = []
            for number in range(1, ARTICLES + 1):
                time.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
                thread = threading.Thread(target=_post, args=(client, sent, number))
                thread.start()
                threads.append(thread)
            for thread in threads:
                thread.join()
            # A story that was told before is told once more to nobody: those that speak are what must arrive.
            spoken = sum(not alert.withheld for alert in desk.store.alerts(limit=10 * ARTICLES))
            end = time.monotonic() + 20
            while len(received) < spoken and time.monotonic() < end:
                time.sleep(0.05)
    server.shutdown()
    waits = sorted(1000 * (at - sent[key]) for key, at in received.items() if key in sent)
    if not waits or len(received) < spoken:
        words = f"only {len(received)} of {spoken} alerts led to a webhook in time: the machine is too busy"
        yield Result(bench="alerts.publish_to_webhook_p50_ms", value=None, words=words)
        yield Result(bench="alerts.publish_to_webhook_p99_ms", value=None, words=words)
        return
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    told = f"{len(waits)} alerts of {len(sent)} articles at {A_SECOND:g} a second reached the webhook"
    yield Result(
        bench="alerts.publish_to_webhook_p50_ms", value=middle, words=f"{told}; {middle:.0f} ms at the median"
    )
    yield Result(
        bench="alerts.publish_to_webhook_p99_ms", value=late, words=f"{late:.0f} ms at the 99th of 100"
    )


def _post(client: httpx.Client, sent: dict[str, float], number: int) -> None:
    firm = FIRMS[number % len(FIRMS)]
    headline = f"{firm} reports item {number}"
    words = f"Revenue at {firm} rose {3 + number % 60}% to ${100 + number} million in the quarter, it said in report {number}."
    sent[headline] = time.monotonic()
    # One that a busy machine does not answer in time is clocked all the same, or counted as missing.
    with suppress(httpx.HTTPError):
        client.post(
            "/api/v1/articles",
            json={"headline": headline, "body": words, "source": "Bench Wire", "id": f"b{number}"},
        )


def _receiver(received: dict[str, float]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            at = time.monotonic()
            self.send_response(204)
            self.end_headers()
            received.setdefault(json.loads(body)["data"]["headline"], at)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
