"""Article published to webhook received: ten articles a second over loopback, the whole journey in one process."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import httpx

from bench.results import Result
from readthrough.api import serving
from readthrough.desk.books import save_rule
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.alert import Rule
from readthrough.feeds.draft import Draft
from readthrough.reading.read import read
from readthrough.settings import load_settings

__all__ = ["run"]

ARTICLES: Final = 200
A_SECOND: Final = 10.0
SECRET: Final = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TELLINGS: Final = (
    (
        "shares fall",
        "It cut its full-year profit forecast by {figure}% to ${sum} million after orders slowed.",
    ),
    ("shares rise", "Quarterly revenue rose {figure}% to ${sum} million and beat what analysts expected."),
    ("raises its dividend by", "The board will pay ${sum} million to shareholders in March."),
    ("cuts its workforce by", "The restructuring will cost ${sum} million and close two plants."),
    ("shares slip", "A regulator fined it ${sum} million over past disclosures."),
    ("shares jump", "It agreed to buy a rival for ${sum} million in cash."),
)
"""Different news of different companies: one that repeats another's words would be a retelling, and rightly hushed."""
BEGUN: Final = 20
"""Articles before the clock starts: what is loaded and compiled once is not what a desk that runs waits for."""


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
        firms = _firms(desk, BEGUN + ARTICLES)
        with serving(desk, settings) as address, httpx.Client(base_url=address, timeout=30) as client:
            for number in range(BEGUN):
                _post(client, {}, number, firms[number])
            begun = time.monotonic()
            threads = []
            for number in range(BEGUN, BEGUN + ARTICLES):
                time.sleep(max(0.0, begun + (number - BEGUN) / A_SECOND - time.monotonic()))
                thread = threading.Thread(target=_post, args=(client, sent, number, firms[number]))
                thread.start()
                threads.append(thread)
            for thread in threads:
                thread.join()
            alerts = desk.store.alerts(limit=10 * ARTICLES)
            spoken = sum(not alert.withheld for alert in alerts)
            hushed = Counter(alert.reason.code for alert in alerts if alert.withheld)
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
    told += f" ({', '.join(f'{n} {code}' for code, n in hushed.items())})" if hushed else ""
    yield Result(
        bench="alerts.publish_to_webhook_p50_ms", value=middle, words=f"{told}; {middle:.0f} ms at the median"
    )
    yield Result(
        bench="alerts.publish_to_webhook_p99_ms", value=late, words=f"{late:.0f} ms at the 99th of 100"
    )


def _firms(desk: Desk, count: int) -> list[str]:
    """As many companies by names that the reader knows, so that every article is a story of its own."""
    found: dict[str, str] = {}
    for issuer_id in desk.universe.issuer_ids:
        issuer = desk.universe.issuer(issuer_id)
        if issuer is None or not issuer.ticker or " " not in issuer.name:
            continue
        headline, body = _article(issuer.name, len(found))
        article = Draft(headline=headline, body=body, source="Bench Wire").to_article(desk.clock())
        named = read(article, desk.universe, version="bench", reader=None).tickers
        if len(named) == 1 and named[0].issuer_id == issuer.id:
            found[issuer.id] = issuer.name
        if len(found) == count:
            break
    return list(found.values())


def _article(firm: str, number: int) -> tuple[str, str]:
    verb, what = TELLINGS[number % len(TELLINGS)]
    figure = 3 + number % 40
    headline = f"{firm} {verb} {figure}%"
    return headline, f"{headline}, the company said. {what.format(figure=figure, sum=101 + 4 * number)}"


def _post(client: httpx.Client, sent: dict[str, float], number: int, firm: str) -> None:
    headline, words = _article(firm, number)
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
