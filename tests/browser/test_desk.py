"""What an analyst does all day: live rows, keys, marks, the grid, deep links, the way back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page

from readthrough.desk import books, flow
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.desk.screen import portfolio_of, screen_of
from readthrough.domain.contract import NoteDocument
from readthrough.web.assets import has_asset
from readthrough.web.portfolio_pages import GRID

from .conftest import Watched

NUMBER = count(1)
COMPANIES = ("Nvidia", "Boeing", "Toyota", "Walmart", "Intel", "Pfizer", "Chevron", "Netflix", "Nike", "Visa")


def break_news(desk: Desk, headline: str = "", body: str = "") -> NoteDocument:
    n = next(NUMBER)
    name = COMPANIES[n % len(COMPANIES)]
    fields = {
        "headline": headline or f"{name} wins contract number {n} worth ${n * 7} million",
        "body": body or f"{name} said it won a contract worth ${n * 7} million from customer {n}. " * 2,
        "source": "Wire",
    }
    return flow.process(desk, read_article(desk, fields))


def until(holds: Callable[[], bool], page: Page) -> None:
    """Wait until something holds, for ten seconds at most; asked from outside, since a page's policy forbids polling in it."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to hold within ten seconds")


@pytest.fixture
def feed(watched: Watched) -> Watched:
    watched.go("/").wait_for_selector(".live[data-state=live]")
    return watched


def test_a_note_comes_on_screen_as_it_becomes_known(feed: Watched, desk: Desk) -> None:
    known = break_news(desk)
    feed.page.wait_for_selector(f"tr[data-id='{known['id']}']")


def test_a_reader_who_has_scrolled_is_told_rather_than_pushed(feed: Watched, desk: Desk) -> None:
    page = feed.page
    page.set_viewport_size({"width": 1600, "height": 300})
    for _ in range(3):
        told = break_news(desk)
        page.wait_for_selector(f"tr[data-id='{told['id']}']")
    page.evaluate("document.querySelector('main.scroll').scrollTop = 200")
    rows = page.locator(".feed tbody tr")
    first = rows.first.get_attribute("data-id")
    for _ in range(2):
        break_news(desk)
    until(lambda: page.locator("button.waiting").inner_text() == "2 new notes", page)
    assert rows.first.get_attribute("data-id") == first
    page.keyboard.press(".")
    until(lambda: rows.first.get_attribute("data-id") != first, page)
    assert page.locator("button.waiting").is_hidden()


def test_a_repeat_folds_into_its_story(feed: Watched, desk: Desk) -> None:
    body = "Deere said it will close its plant in Ankeny by June and move the work to Waterloo, cutting 420 jobs."
    told = break_news(desk, "Deere to close Ankeny plant, cutting 420 jobs", body)
    feed.page.wait_for_selector(f"tr[data-id='{told['id']}']")
    again = break_news(desk, "Deere to close Ankeny plant, cutting 420 jobs - report", body)
    assert again["story"]["duplicate_of"], "the second telling should be a duplicate"  # type: ignore[index,call-overload]
    feed.page.wait_for_selector(f"tr[data-id='{told['id']}'] .fold:text('+1')")
    assert feed.page.locator(f"tr[data-id='{again['id']}']").count() == 0
    feed.go("/")  # as the server prints it
    assert feed.page.locator(f"tr[data-id='{told['id']}'] .fold").inner_text() == "+1"


def test_filters_stand_in_the_address_and_hold_for_the_stream(watched: Watched, desk: Desk) -> None:
    page = watched.go("/?ticker=PFE")
    page.wait_for_selector(".live[data-state=live]")
    break_news(desk, "Boeing wins an order from Ryanair", "Boeing said Ryanair ordered 40 jets.")
    wanted = break_news(
        desk, "Pfizer wins approval for a vaccine", "Pfizer said regulators approved its vaccine."
    )
    page.wait_for_selector(f"tr[data-id='{wanted['id']}']")
    tickers = page.locator(".feed tbody td.tk").all_inner_texts()
    assert tickers
    assert all("PFE" in ticker for ticker in tickers)
    page.locator("input[name=sign][value=positive]").check()
    page.wait_for_url("**/?*sign=positive*")
    page.go_back()
    page.wait_for_url("**/?ticker=PFE")
    assert not page.locator("input[name=sign][value=positive]").is_checked()


def test_a_view_is_saved_and_found_in_the_command_bar(watched: Watched, desk: Desk) -> None:
    page = watched.go("/?sign=negative")
    page.fill("#view-name", "Bad news")
    page.keyboard.press("Enter")
    page.wait_for_selector(".side >> text=Bad news")
    page.locator("body").click(position={"x": 900, "y": 500})
    page.keyboard.press("Control+k")
    page.keyboard.type("bad n")
    page.wait_for_selector("#found li:has-text('Bad news')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?sign=negative")
    screen_of(desk).delete_view("owner", "Bad news")


def test_keys_alone_lead_everywhere(feed: Watched) -> None:
    page = feed.page
    page.keyboard.press("j")
    second = page.locator(".feed tbody tr").nth(1)
    assert "on" in (second.get_attribute("class") or "")
    page.wait_for_selector(".feed tbody tr.on:focus-within")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/*")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)
    page.keyboard.press("/")
    page.keyboard.type("NVDA")
    page.wait_for_selector("#found li:has-text('NVDA')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickers/NVDA")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/portfolios/global-core")
    before = page.evaluate("document.documentElement.dataset.theme")
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") != before
    page.keyboard.press("?")
    page.wait_for_selector("dialog.help[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_selector(".feed")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_words_and_what_rests_on_them_light_up_both_ways(watched: Watched, desk: Desk) -> None:
    note = next(n for n in desk.store.notes(limit=40) if n["facts"] and n["analysis"])
    page = watched.go(f"/notes/{note['id']}")
    fact = note["facts"][0]["id"]  # type: ignore[index,call-overload]
    page.locator(f"#f-{fact} th").hover()
    page.wait_for_selector(f"mark.lit[data-of~='{fact}']")
    page.mouse.move(5, 5)
    page.locator(f"mark[data-of~='{fact}']").first.hover()
    page.wait_for_selector(f"#f-{fact}.lit")
    page.locator(".moves > div").first.focus()
    assert page.locator(".moves > div").first.get_attribute("class") == "lit"


def test_feedback_lands_in_the_queue(watched: Watched, desk: Desk) -> None:
    note = desk.store.notes(limit=1)[0]
    page = watched.go(f"/notes/{note['id']}")
    page.select_option("select[name=kind]", "wrong_sign")
    page.fill("input[name=words]", "it is <b>good</b> news")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("text=evaluation queue")
    [held] = screen_of(desk).feedback()
    assert (held.note_id, held.kind.value, held.words) == (note["id"], "wrong_sign", "it is <b>good</b> news")
    page = watched.go("/admin/feedback")
    page.get_by_role("button", name="Take").click()
    page.wait_for_selector("text=Nothing is waiting")


def test_a_rule_says_what_it_would_have_done_and_is_kept(watched: Watched, desk: Desk) -> None:
    page = watched.go("/alerts/rules/new")
    page.fill("input[name=name]", "Deere plants")
    page.fill("input[name=tickers]", "NVDA")
    page.wait_for_selector(".would >> text=it would have spoken on", timeout=60_000)
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/alerts/rules")
    assert "deere-plants" in {rule.id for rule in desk.store.rules()}
    books.delete_rule(desk, "deere-plants")


@pytest.mark.skipif(not has_asset(GRID), reason="the grid is not installed: make assets")
def test_five_thousand_rows_scroll_with_few_of_them_drawn(watched: Watched, desk: Desk) -> None:
    lines = ["ticker,name,quantity,price,currency"] + [
        f"X{n:04},Company {n},{n + 1},{n % 90 + 1}.5,USD" for n in range(5_000)
    ]
    books.save_portfolio(desk, portfolio_of(desk, "\n".join(lines), name="Large"))
    page = watched.go("/portfolios/large")
    page.wait_for_selector(".ag-row")
    assert page.locator(".ag-center-cols-container .ag-row").count() < 100
    page.evaluate(
        """async () => {
          const view = document.querySelector('.ag-body-viewport');
          for (let n = 0; n < 40; n++) {
            view.scrollTop += 240;
            await new Promise(requestAnimationFrame);
          }
        }"""
    )
    rows = page.locator(".ag-center-cols-container .ag-row")
    until(lambda: int(rows.first.get_attribute("row-index") or 0) > 200, page)
    page.locator("input[aria-label='Ticker Filter Input']").fill("X4999")
    until(lambda: rows.count() == 1, page)
    books.delete_portfolio(desk, "large")


def test_the_look_is_kept(watched: Watched) -> None:
    page = watched.go("/")
    page.get_by_role("button", name="colours").click()
    page.get_by_role("button", name="density").click()
    page = watched.go("/alerts")
    assert page.evaluate("({...document.documentElement.dataset})") == {
        "colours": "green-red",
        "density": "comfortable",
    }
    page.get_by_role("button", name="colours").click()
    page.get_by_role("button", name="density").click()
