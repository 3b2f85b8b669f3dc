"""Pages with charts in a real browser: how long until the drawing stands on the screen, quiet and on busy cores.

The ticker's page draws price, sentiment and news of a year; the portfolio's draws three years of performance and
drawdown beside a grid of 5,000 rows. Each visit has a browser context of its own, so nothing is kept from the one
before; `BENCH_VISITS` says how many (3).
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bench.results import Result
from bench.screen import CHROMIUM

__all__ = ["run"]

ROWS = 5_000
PRICED = 20
"""Lines with prices: nine tenths of the book's weight, the others share the rest and have none."""
NEWS = 14
LIMIT_MS = 30_000
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "ticker": ("/tickers/NVDA", ("chart",)),
    "portfolio": ("/portfolios/book", ("chart", "grid")),
}
# When a frame with what was chosen was handed over: the drawing, and on the portfolio's page the grid's rows.
WATCH = """
for (const [name, chosen] of [['chart', 'svg.chart polyline.line'], ['grid', '.ag .ag-row']]) {
  const look = () => {
    if ([...document.querySelectorAll(chosen)].some((e) => e.getBoundingClientRect().width > 1))
      requestAnimationFrame(() => setTimeout(() => { window[name + 'At'] = performance.now(); }, 0));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


def run() -> Iterator[Result]:
    """Measure over a desk of sample news and invented prices, served for real on loopback."""
    if CHROMIUM is None:
        words = "Chromium is not installed: apt-get install chromium"
        for name, (_, parts) in PAGES.items():
            for part in parts:
                yield Result(bench=f"screen.{name}_{part}_ms", value=None, words=words)
        return
    from readthrough.api import serving
    from readthrough.desk.open import open_desk
    from readthrough.settings import load_settings

    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(flags={"home": home}, environ={})
        with open_desk(settings) as desk:
            _fill(desk)
            with serving(desk, settings) as address:
                yield from _drawn(address)


def _fill(desk: Any) -> None:
    from readthrough.desk import books, flow
    from readthrough.desk.intake import read_article
    from readthrough.desk.screen import portfolio_of
    from readthrough.samples import sample_articles

    names = _tickers(desk)
    # 20 names at two millions together, the others at a tenth of that: prices cover what figures ask for
    lines = [f"{name},{name},1000,100,USD" for name in names]
    lines += [f"X{n:04},Company {n},1,40,USD" for n in range(ROWS - PRICED)]
    text = "\n".join(["ticker,name,quantity,price,currency", *lines])
    books.save_portfolio(desk, portfolio_of(desk, text, name="Book"))
    for article in sample_articles()[:NEWS]:
        flow.process(desk, read_article(desk, article))
    desk.store.books.save_prices(_closes(names, desk.clock().date()))


def _tickers(desk: Any) -> list[str]:
    known = """NVDA AAPL MSFT AMZN GOOGL META TSLA JPM V UNH HD PG XOM JNJ KO PEP MRK CVX WMT ORCL AMD INTC
    CSCO IBM""".split()
    return [name for name in known if desk.universe.by_ticker(name) is not None][:PRICED]


def _closes(names: list[str], last: date) -> Iterator[Any]:
    from readthrough.domain.ledger import Price

    days = [last - timedelta(days=n) for n in range(1_120)]
    for at, name in enumerate(names):
        for n, day in enumerate(day for day in days if day.weekday() < 5):
            close = 100 * (1 - n / 2_000) + 9 * math.sin(n / 23 + at) + 3 * math.sin(n * n + at)
            yield Price(
                instrument=name, day=day, close=Decimal(f"{close:.2f}"), currency="USD", source="bench"
            )


def _drawn(address: str) -> Iterator[Result]:
    from playwright.sync_api import sync_playwright

    visits = int(os.environ.get("BENCH_VISITS", "3"))
    cores = os.cpu_count() or 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (path, parts) in PAGES.items():
            first = _visit(browser, address + path, parts)
            quiet = _middle([_visit(browser, address + path, parts) for _ in range(visits)])
            with _busy(cores):
                busy = _middle([_visit(browser, address + path, parts) for _ in range(visits)])
            for n, part in enumerate(parts):
                yield Result(
                    bench=f"screen.{name}_{part}_ms",
                    value=busy[n],
                    words=f"{part} of the {name}'s page drawn, {cores} cores each busy with another process:"
                    f" {busy[n]:.0f} ms (median of {visits}); without them {quiet[n]:.0f} ms;"
                    f" the very first visit {first[n]:.0f} ms",
                )
        browser.close()


def _middle(visits: list[list[float]]) -> list[float]:
    return [sorted(times)[len(visits) // 2] for times in zip(*visits, strict=True)]


def _visit(browser: Any, url: str, parts: tuple[str, ...]) -> list[float]:
    """Return milliseconds from asking for a page until each part of it was handed to the screen."""
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    try:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(url, timeout=LIMIT_MS)
        for _ in range(LIMIT_MS // 20):
            told = [page.evaluate(f"window.{part}At") for part in parts]
            if all(told):
                return [float(one) for one in told]
            page.wait_for_timeout(20)
        raise RuntimeError(f"{url} drew nothing within {LIMIT_MS / 1000:.0f} s")
    finally:
        context.close()


@contextmanager
def _busy(cores: int) -> Iterator[None]:
    """Keep every core busy with a process that does nothing else."""
    # Code of our own on an interpreter of our own: nothing of the news comes near it.
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cores)]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()
