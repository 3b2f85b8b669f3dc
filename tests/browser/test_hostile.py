"""Hostile words in every field of everything a page can show: looked at in Chromium, nowhere active."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser
from tests.web.sample_notes import fingerprint, note

from readthrough.api import serving
from readthrough.desk import books, flow
from readthrough.desk.accounts import Accounts
from readthrough.desk.intake import parse_rule, read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.screen import account_store, portfolio_of, screen_of
from readthrough.domain.account import (
    MAIN,
    DemoRequest,
    FeedbackKind,
    Group,
    Role,
    SavedView,
    Tenant,
    Wall,
    Watchlist,
)
from readthrough.domain.live import Feed
from readthrough.settings import load_settings

from .conftest import Watched
from .test_pages import PAGES

HOSTILE = (
    "=HYPERLINK(1)</title></textarea></style><script>window.active=1</script><img src=x onerror=window.active=2>\"'>"
    "<svg onload=window.active=3><a href=javascript:window.active=4>x</a>{{ 7*191 }}${7*191}<%= 7*191 %>"
    "\u202egpj.exe\u2066 --> ]]>"
)
FORMULA = "=cmd|'/C calc'!A0"
MORE = ("/demo/", "/admin/tenants", "/admin/keys", "/admin/feeds", "/admin/receivers", "/admin/quarantine", "/admin/costs",
        "/admin/feedback", "/admin/requests", "/admin/steps", "/notes/{hand}", "/articles/{article}",
        "/portfolios/{portfolio}", "/portfolios/{portfolio}/brief", "/?story={story}")  # fmt: skip


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk, dict[str, str]]]:
    settings = load_settings(flags={"home": str(tmp_path_factory.mktemp("hostile"))}, environ={})
    with open_desk(settings) as desk:
        values = fill(desk)
        with serving(desk, settings) as address:
            yield address, desk, values


def fill(desk: Desk) -> dict[str, str]:
    held = (
        "ticker,name,quantity,price\nNVDA,<img src=x onerror=window.active=5>,100,180\n"
        f'X<svg onload=window.active=8>,"{{{{ 7*191 }}}}",5,9\n"{FORMULA}","{FORMULA}",5,9\n'
    )
    book = portfolio_of(desk, held, name=HOSTILE)
    books.save_portfolio(desk, book)
    books.save_rule(desk, parse_rule({"id": "own", "name": HOSTILE[:190], "min_abs_score": 0.05}))
    by_hand = note(headline=HOSTILE, body=f"Harbour Motors rose 4%. {HOSTILE}", words=HOSTILE, source=HOSTILE, url="javascript:window.active=6")  # fmt: skip
    desk.store.save(by_hand, fingerprint(by_hand), engine=HOSTILE)
    news = {"headline": f"Nvidia cuts its outlook {HOSTILE}", "source": HOSTILE, "url": "https://news.example/?<script>",
            "body": f"Nvidia cut its revenue outlook by 12% on Monday. Shares fell 6%.\n\n{HOSTILE}"}  # fmt: skip
    read = flow.process(desk, read_article(desk, news))
    screen, now = screen_of(desk), desk.clock()
    screen.save_view("owner", SavedView(name=HOSTILE[:60], query="sign=negative"))
    screen.save_watchlist("owner", Watchlist(name=HOSTILE[:60], tickers=("NVDA",)))
    screen.add_feedback(note_id=by_hand.id, revision=1, person_id="owner", kind=FeedbackKind.WRONG_SIGN, subject=HOSTILE, words=HOSTILE, at=now)  # fmt: skip
    screen.add_request(
        DemoRequest(
            id=0,
            name=HOSTILE,
            firm=FORMULA,
            email="a@b.example",
            assets="x",
            message=HOSTILE,
            at=now,
            mailed=False,
        )
    )
    accounts = Accounts(
        account_store(desk), desk.settings.accounts, desk.clock, home=desk.settings.home_folder
    )
    accounts.add_person(MAIN, login="x@firm.example", name=HOSTILE, role=Role.VIEWER)
    accounts.store.save_group(MAIN, Group(id="deal", name=HOSTILE))
    accounts.store.save_wall(MAIN, Wall(kind="source", name=HOSTILE, group_id="deal"))
    accounts.store.save_tenant(Tenant(id="other", name=HOSTILE, created_at=now, closed=False))
    accounts.note_down(None, "change", FORMULA, HOSTILE, HOSTILE)
    desk.store.live.add_feed(Feed(name="poisoned", kind="rss", address="https://news.example/?<script>window.active=7</script>"), now=now)  # fmt: skip
    return {
        "note": str(read["id"]), "hand": by_hand.id, "article": by_hand.article.id, "portfolio": book.id,
        "alert": desk.store.alerts(limit=1)[0].id, "story": by_hand.story.id,
    }  # fmt: skip


def test_nothing_hostile_is_active_on_any_page(
    browser: Browser, poisoned: tuple[str, Desk, dict[str, str]]
) -> None:
    address, _, values = poisoned
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    watched = Watched(context, address)
    shown = 0
    for path in (*PAGES.values(), *MORE):
        where = path.replace("global-core", values["portfolio"]).format(**values)
        page = watched.go(where)
        page.wait_for_selector("h1", state="attached")
        watched.faults = [f for f in watched.faults if "404 (Not Found)" not in f]
        assert watched.faults == [], where
        assert page.evaluate("window.active") is None, where
        found = page.evaluate(
            """() => [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].filter((a) =>
                 a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)).map((a) => e.tagName + a.name + a.value)
               ).concat([...document.querySelectorAll('script')].filter((s) => s.textContent.trim() || !s.src).map(String))
                .concat([...document.querySelectorAll('iframe,object,embed,base,main img')].map((e) => e.outerHTML))"""
        )
        assert found == [], where
        words = page.evaluate("document.documentElement.outerHTML")
        assert "1337" not in words, f"{where}: a template was computed"
        assert "\u202e" not in words, where
        shown += "{{ 7*191 }}" in words
    assert shown > 20, "the words are shown, as words"
    context.close()


def test_a_live_row_is_as_inert_as_a_printed_one(
    browser: Browser, poisoned: tuple[str, Desk, dict[str, str]]
) -> None:
    address, desk, _ = poisoned
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    watched = Watched(context, address)
    page = watched.go("/")
    page.wait_for_selector(".live[data-state=live]")
    news = {"headline": f"Boeing wins order {HOSTILE}", "body": f"Boeing won an order worth $7 billion. {HOSTILE}",
            "source": HOSTILE}  # fmt: skip
    made = flow.process(desk, read_article(desk, news))
    row = page.locator(f"tr[data-id='{made['id']}']")
    row.wait_for()
    assert "{{ 7*191 }}" in row.inner_text()
    row.locator("td.tk").click()
    page.wait_for_selector(f".detail [data-note='{made['id']}']")
    assert page.evaluate("window.active") is None
    assert watched.faults == []
    context.close()


def test_cells_of_csv_are_no_formulas(poisoned: tuple[str, Desk, dict[str, str]]) -> None:
    address, _, values = poisoned
    assert "'" + FORMULA in httpx.get(f"{address}/admin/audit.csv", timeout=60).text
    for path in (f"/portfolios/{values['portfolio']}/holdings.csv", "/admin/audit.csv"):
        answer = httpx.get(address + path, timeout=60)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        cells = [cell for line in csv.reader(io.StringIO(answer.text)) for cell in line]
        assert len(cells) > 10, path
        assert not [c for c in cells if c[:1] in ("=", "+", "@", "\t", "\r")], path


def test_a_download_says_what_it_is(poisoned: tuple[str, Desk, dict[str, str]], tmp_path: Path) -> None:
    address, _, values = poisoned
    pdf = httpx.get(f"{address}/notes/{values['hand']}/note.pdf", timeout=60)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/URI (javascript"):
        assert word not in pdf.content
    text = httpx.get(f"{address}/notes/{values['hand']}/text", timeout=60)
    assert text.headers["content-type"].startswith("text/plain")
    assert text.headers["x-content-type-options"] == "nosniff"
