"""Every page in light and dark: no error, nothing against the policy, nothing from elsewhere, nothing axe calls serious."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from readthrough.desk.open import Desk

from .conftest import AXE, ROOT, Watched

PAGES = {
    "feed": "/",
    "feed-filtered": "/?sign=positive&held=1",
    "note": "/notes/{note}",
    "tickers": "/tickers",
    "ticker": "/tickers/NVDA",
    "portfolios": "/portfolios?all=1",
    "portfolio": "/portfolios/global-core",
    "brief": "/portfolios/global-core/brief",
    "alerts": "/alerts",
    "alert": "/alerts/{alert}",
    "rules": "/alerts/rules",
    "rule": "/alerts/rules/new",
    "receivers": "/alerts/receivers",
    "silences": "/alerts/silences",
    "ask": "/ask?q=chip+plant",
    "watchlists": "/watchlists",
    "welcome": "/welcome",
    "admin": "/admin",
    "people": "/admin/people",
    "walls": "/admin/walls",
    "audit": "/admin/audit",
    "account": "/account",
    "sign-in": "/sign-in",
    "missing": "/notes/nothing",
}
SHOWN = ("feed", "note", "ticker", "portfolio")
"""Pages whose pictures the docs show; taken where SCREENS names a folder."""


def filled(path: str, desk: Desk) -> str:
    notes = desk.store.notes(limit=9)
    return path.format(note=notes[-1]["id"], alert=desk.store.alerts(limit=1)[0].id)


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(browser: Browser, address: str, desk: Desk, name: str, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": 1600, "height": 900}, color_scheme=scheme)
    watched = Watched(context, address)
    page = watched.go(filled(PAGES[name], desk))
    page.wait_for_selector("h1", state="attached")
    if name.startswith("feed"):
        page.wait_for_selector(".live[data-state=live]")
    if name == "missing":
        watched.faults = [f for f in watched.faults if "404" not in f]
    assert watched.faults == []
    assert page.locator("h1").count() == 1
    if AXE.is_file():
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (v["id"], v["nodes"][0]["html"][:120])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []
    if (folder := os.environ.get("SCREENS")) and name in SHOWN:
        Path(ROOT / folder).mkdir(exist_ok=True)
        page.set_viewport_size({"width": 1440, "height": 810})
        page.wait_for_timeout(300)  # the grid lays itself out anew
        page.screenshot(path=ROOT / folder / f"{name}-{scheme}.jpg", type="jpeg", quality=72)
    context.close()
