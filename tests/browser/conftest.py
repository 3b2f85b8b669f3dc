"""A desk with news and holdings, served for real, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import sin
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from readthrough.api import serving
from readthrough.desk import books, flow
from readthrough.desk.intake import parse_rule, read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.screen import portfolio_of
from readthrough.domain.ledger import Price
from readthrough.samples import sample_articles, sample_portfolio
from readthrough.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
READ = 14
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("browser")
    return load_settings(flags={"home": str(home), "fetch.allow_private_addresses": True}, environ={})


@pytest.fixture(scope="package")
def desk(settings: Settings) -> Iterator[Desk]:
    with open_desk(settings) as desk:
        books.save_portfolio(desk, portfolio_of(desk, sample_portfolio(), name="Global Core"))
        books.save_rule(desk, parse_rule({"id": "any", "name": "Anything strong", "min_abs_score": 0.3}))
        now = datetime.now(UTC)
        for n, article in enumerate(sample_articles()[:READ]):
            at = now - timedelta(minutes=3 * (READ - n))
            flow.process(desk, read_article(desk, {**article, "published_at": at.isoformat()}))
        desk.store.books.save_prices(closes("NVDA", now.date()))
        yield desk


def closes(ticker: str, last: date) -> list[Price]:
    """A year of invented closes that rise and fall and end where the sample portfolio has its price."""
    days = [last - timedelta(days=n) for n in range(365) if (last - timedelta(days=n)).weekday() < 5]
    return [
        Price(
            instrument=ticker,
            day=day,
            close=Decimal(
                f"{201 * (1 - n / 900) + 14 * sin(n / 23) - 5 * sin(n / 3.7) + 3 * sin(n * n):.2f}"
            ),
            currency="USD",
            source="invented",
        )
        for n, day in enumerate(days)
    ]


@pytest.fixture(scope="package")
def address(desk: Desk, settings: Settings) -> Iterator[str]:
    with serving(desk, settings) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Watched:
    """A page that remembers whatever went wrong on it: errors, broken policy, requests elsewhere."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.faults: list[str] = []
        self._address = address
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda r: self._look(r.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _look(self, url: str) -> None:
        if not url.startswith((self._address, "data:", "blob:")):
            self.faults.append(f"request elsewhere: {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self._address + path)
        return self.page


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1600, "height": 900}, color_scheme="dark")
    watched = Watched(context, address)
    yield watched
    faults = list(watched.faults)
    with suppress(Error):  # a page that is on its way elsewhere may not be turned aside
        watched.page.goto("about:blank")  # to close a page that is still loading can take for ever
    context.close()
    assert faults == []
