"""The feed in a real browser: what it weighs, when it shows something, and how soon a note is on screen."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import httpx

from bench.results import Result

__all__ = ["READERS", "run"]

PAGES = 100
A_SECOND = 20
SECONDS = 8
READ = 12
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Many readers in a process of their own, so that the server's processor time is the server's.
READERS = """
import asyncio, sys
async def read(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET /live HTTP/1.1\\r\\nHost: {host}:{port}\\r\\n\\r\\n".encode())
    while await reader.read(65536):
        pass
async def main():
    await asyncio.gather(*(read(sys.argv[1], int(sys.argv[2])) for _ in range(int(sys.argv[3]))))
asyncio.run(main())
"""


def run() -> Iterator[Result]:
    """Measure over a desk of sample news, served for real on loopback."""
    from readthrough.api import serving
    from readthrough.desk import flow
    from readthrough.desk.intake import read_article
    from readthrough.desk.open import open_desk
    from readthrough.samples import sample_articles
    from readthrough.settings import load_settings

    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(flags={"home": home}, environ={})
        with open_desk(settings) as desk:
            for article in sample_articles()[:READ]:
                flow.process(desk, read_article(desk, article))
            with serving(desk, settings) as address:
                yield _weight(address)
                if CHROMIUM is None:
                    words = "Chromium is not installed: apt-get install chromium"
                    for name in ("first_content_ms", "known_to_shown_p50_ms", "known_to_shown_p99_ms"):
                        yield Result(bench=f"screen.{name}", value=None, words=words)
                    return
                yield from _shown(desk, address)


def _weight(address: str) -> Result:
    with httpx.Client(base_url=address, headers={"accept-encoding": "gzip"}) as client:
        page = client.get("/")
        names = re.findall(r'(?:src|href)="([^"]+\.(?:js|css|svg))"', page.text)
        base = names[0].rpartition("/")[0].rpartition("/")[0]
        paths = {*names, f"{base}/js/page.js", f"{base}/js/palette.js"}
        size = sum(_packed(client, path) for path in ("/", *sorted(paths)))
    words = f"feed page with {READ} notes, its styles and scripts: {size / 1000:.1f} kB packed at first load"
    return Result(bench="screen.feed_kb", value=size / 1000, words=words)


def _packed(client: httpx.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        return sum(len(part) for part in answer.iter_raw())


def _shown(desk: Any, address: str) -> Iterator[Result]:
    from playwright.sync_api import sync_playwright

    host, port = address.removeprefix("http://").split(":")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        paints = []
        for _ in range(5):
            page.goto(address)
            paints.append(_first_paint(page))
        paints.sort()
        yield Result(
            bench="screen.first_content_ms",
            value=paints[2],
            words=f"first content of the feed in Chromium: {paints[2]:.0f} ms (median of 5; {paints[0]:.0f} to {paints[-1]:.0f})",
        )
        page.wait_for_selector(".live[data-state=live]")
        page.evaluate(
            """() => {
              window.seen = {};
              new MutationObserver((changes) => requestAnimationFrame(() => {
                for (const change of changes) for (const row of change.addedNodes)
                  if (row.dataset?.id) window.seen[row.dataset.id] ??= Date.now();
              })).observe(document.querySelector('.feed tbody'), {childList: true});
            }"""
        )
        readers = subprocess.Popen([sys.executable, "-c", READERS, host, port, str(PAGES - 1)])  # noqa: S603
        try:
            while desk.hub.subscribers < PAGES:
                time.sleep(0.02)
            known, spent = _publish(desk)
            page.wait_for_timeout(1_500)
            seen = page.evaluate("window.seen")
        finally:
            readers.kill()
            readers.wait()
        browser.close()
    waits = sorted(seen[id] - at for id, at in known.items() if id in seen)
    lost = len(known) - len(waits)
    what = f"{A_SECOND} notes a second, {PAGES} open pages, one of them in Chromium: {len(waits)} shown, {lost} not"
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        value = waits[min(int(len(waits) * share), len(waits) - 1)]
        yield Result(
            bench=f"screen.known_to_shown_{name}_ms",
            value=value,
            words=f"known to shown {name}: {value:.0f} ms ({what})",
        )
    each = spent / SECONDS / PAGES * 1000
    yield Result(
        bench="screen.server_cpu_ms_per_page_s",
        value=each,
        words=f"server processor time: {each:.2f} ms a second for each open feed page",
    )


def _first_paint(page: Any) -> float:
    """Ask from outside until the page has painted: its policy forbids polling in it."""
    for _ in range(200):
        if told := page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime"):
            return float(told)
        page.wait_for_timeout(50)
    raise RuntimeError("the feed showed nothing within ten seconds")


def _publish(desk: Any) -> tuple[dict[str, float], float]:
    """Tell the pages of notes as the flow does once they are saved; returns when each was known."""
    documents = desk.store.notes(limit=READ)
    known: dict[str, float] = {}
    spent = time.process_time()
    begun = time.perf_counter()
    for n in range(A_SECOND * SECONDS):
        time.sleep(max(begun + n / A_SECOND - time.perf_counter(), 0))
        document = documents[n % len(documents)]
        id = f"note_bench{n}"
        story = {**document["story"], "id": f"story_bench{n}", "duplicate_of": None}
        known[id] = time.time() * 1000
        desk.hub.publish("note", {**document, "id": id, "story": story})
    return known, time.process_time() - spent
