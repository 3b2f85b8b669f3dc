"""What nobody may see of another: tenants, groups behind walls, roles; and the log that says who saw what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import Route
from starlette.testclient import TestClient

from readthrough.api.app import create_app
from readthrough.api.rooms import database_of
from readthrough.desk import books, flow
from readthrough.desk.accounts import Accounts
from readthrough.desk.intake import parse_rule, read_article
from readthrough.desk.open import Desk
from readthrough.desk.screen import account_store, portfolio_of
from readthrough.domain.account import MAIN, Group, Role, Wall
from readthrough.settings import Settings
from readthrough.testing import FixedClock

from .conftest import PASSWORD, SignIn, prepared, token_of

SECRET = "Zanzibar Deal Fund"
HELD = "ticker,quantity,price\nNVDA,1000,180\nBABA,500,90\n"
NEWS = {
    "headline": "Nvidia cuts its outlook on weak demand",
    "body": "Nvidia cut its revenue outlook by 12% on Monday, citing weak demand. Shares fell 6%.",
    "source": "Private wire",
}


def every_route(routes: Iterable[Any]) -> Iterator[Route]:
    """Every route of an application, those of the routers it includes too."""
    for route in routes:
        if isinstance(route, Route):
            yield route
        elif (inner := getattr(route, "original_router", None)) is not None:
            yield from every_route(inner.routes)


def fill(desk: Desk) -> dict[str, str]:
    """Give a desk a portfolio, a rule, a note and an alert; returns their ids."""
    portfolio = portfolio_of(desk, HELD, name=SECRET)
    books.save_portfolio(desk, portfolio)
    books.save_rule(
        desk, parse_rule({"id": "own-rule", "name": SECRET + " rule", "portfolios": [portfolio.id]})
    )
    note = flow.process(desk, read_article(desk, NEWS))
    alert = desk.store.alerts(limit=1)[0]
    return {
        "portfolio_id": portfolio.id, "note_id": str(note["id"]), "alert_id": alert.id, "rule_id": "own-rule",
        "article_id": str(note["article"]["id"]),  # type: ignore[index,call-overload]
    }  # fmt: skip


@pytest.fixture
def other(settings: Settings, accounts: Accounts, clock: FixedClock) -> Iterator[Desk]:
    """Another institution's desk."""
    accounts.add_tenant("rival", "Rival & Co")
    accounts.add_person("rival", login="admin@rival.example", name="", role=Role.ADMIN, password=PASSWORD)
    storage = settings.storage.model_copy(update={"url": database_of(settings, "rival")})
    with prepared(settings.model_copy(update={"storage": storage}), clock) as desk:
        yield desk


def test_no_route_shows_another_tenant_s_things(
    desk: Desk, other: Desk, settings: Settings, sign_in: SignIn, accounts: Accounts
) -> None:
    ids = fill(desk)
    mine, theirs = sign_in("admin"), sign_in("admin@rival.example")
    assert SECRET in mine.get("/portfolios?all=1").text
    person = accounts.store.people(MAIN)[0]
    values = {
        **ids,
        "symbol": "NVDA",
        "digest": "x",
        "path": "css/desk.css",
        "name": "x",
        "id": ids["rule_id"],
    }
    tried = 0
    for route in every_route(create_app(desk, settings=settings).routes):
        if "GET" not in (route.methods or ()) or "live" in route.path or "stream" in route.path:
            continue
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda m: values.get(m.group(1), ids["note_id"]), route.path)
        answer = theirs.get(path, headers={"x-csrf-token": "x"})
        tried += 1
        assert answer.status_code < 500, path
        for held in (SECRET, NEWS["headline"], "Private wire", person.login):
            assert held not in answer.text, path
    assert tried > 60
    for method, path in (
        ("POST", f"/portfolios/{ids['portfolio_id']}/delete"),
        ("POST", "/alerts/rules/delete"),
        ("POST", "/admin/people/reset"),
        ("POST", f"/notes/{ids['note_id']}/feedback"),
        ("POST", f"/alerts/{ids['alert_id']}/act"),
    ):
        fields = {"csrf": token_of(theirs), "id": ids["rule_id"], "person": person.id, "kind": "wrong_sign",
                  "revision": "1", "act": "ack"}  # fmt: skip
        assert theirs.request(method, path, data=fields).status_code in (200, 404, 403)
    assert desk.store.portfolio_names() == {ids["portfolio_id"]: SECRET}
    assert [rule.id for rule in desk.store.rules()] == ["own-rule"]
    assert accounts.store.person_by_login(person.login) == person
    assert other.store.portfolios() == []


def test_tenants_are_for_admins_of_the_main_one(sign_in: SignIn, other: Desk) -> None:
    assert sign_in("admin@rival.example").get("/admin/tenants").status_code == 404
    assert "rival" in sign_in("admin").get("/admin/tenants").text


def test_a_wall_hides_a_book_and_a_source(desk: Desk, sign_in: SignIn, accounts: Accounts) -> None:
    ids = fill(desk)
    store = accounts.store
    store.save_group(MAIN, Group(id="deal", name="Deal team"))
    store.save_wall(MAIN, Wall(kind="portfolio", name=ids["portfolio_id"], group_id="deal"))
    outside = sign_in("manager")
    for path in ("/", "/portfolios?all=1", "/tickers/NVDA", "/alerts", "/alerts/rules", "/commands?q=zanz",
                 f"/notes/{ids['note_id']}", f"/notes/{ids['note_id']}/text", "/api/v1/notes", "/api/v1/alerts"):  # fmt: skip
        answer = outside.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.text, path
        assert ids["portfolio_id"] not in answer.text, path
    for path in (f"/portfolios/{ids['portfolio_id']}", f"/alerts/{ids['alert_id']}"):
        assert outside.get(path).status_code in (403, 404), path
    token = {"csrf": token_of(outside)}
    assert outside.post(f"/portfolios/{ids['portfolio_id']}/delete", data=token).status_code == 404
    taken = {**token, "name": SECRET, "holdings": HELD}
    assert outside.post("/portfolios", data=taken).status_code == 403, "its name may not be taken either"
    person = store.person_by_login("analyst@firm.example")
    admin = accounts.by_cookie(sign_in("admin").cookies["readthrough"])
    assert person is not None
    assert admin is not None
    accounts.change_person(admin, person.id, groups=("deal",))
    assert SECRET in sign_in("analyst").get("/portfolios?all=1").text
    store.save_wall(MAIN, Wall(kind="source", name="Private wire", group_id="deal"))
    hidden = sign_in("manager")
    assert hidden.get(f"/notes/{ids['note_id']}").status_code == 404
    assert NEWS["headline"] not in hidden.get("/").text


@pytest.mark.parametrize(
    ("role", "method", "path", "allowed"),
    [
        ("viewer", "GET", "/portfolios?all=1", True),
        ("viewer", "POST", "/portfolios", False),
        ("viewer", "GET", "/admin", False),
        ("analyst", "POST", "/alerts/rules", False),
        ("manager", "POST", "/alerts/rules", True),
        ("manager", "GET", "/admin/people", False),
        ("admin", "GET", "/admin/people", True),
    ],
)
def test_roles_hold(sign_in: SignIn, role: str, method: str, path: str, allowed: bool) -> None:
    browser = sign_in(role)
    fields = {"csrf": token_of(browser), "name": "x", "tickers": "NVDA"} if method == "POST" else None
    assert (browser.request(method, path, data=fields).status_code != 403) is allowed


READING = ("/", "/alerts", "/ask?q=Nvidia", "/tickers/NVDA")
"""Pages that tell what somebody holds or what news means for it, beside the portfolio's own."""


def test_every_read_of_holdings_and_every_change_is_written_down(
    desk: Desk, sign_in: SignIn, accounts: Accounts
) -> None:
    ids = fill(desk)
    browser = sign_in("viewer")
    browser.get(f"/portfolios/{ids['portfolio_id']}")
    browser.post("/views", data={"name": "x", "query": "held=1", "csrf": token_of(browser)})
    browser.get("/admin")
    for path in READING:
        assert browser.get(path).status_code == 200, path
    lines = [(e.action, e.subject, e.outcome) for e in accounts.store.audit(MAIN)]
    assert ("read", f"GET /portfolios/{ids['portfolio_id']}", "200") in lines
    assert ("change", "POST /views", "303") in lines
    for path in READING:
        assert ("read", f"GET {path.partition('?')[0]}", "200") in lines, path
    assert ("refused", "GET /admin", "403") in lines
    assert ("sign-in", "viewer@firm.example", "ok") in lines
    csv = sign_in("admin").get("/admin/audit.csv").text
    assert csv.count("\n") == len(accounts.store.audit(MAIN)) + 1


@pytest.mark.parametrize("statement", ["UPDATE audit SET person_id = 'x'", "DELETE FROM audit"])
def test_the_log_only_grows(desk: Desk, accounts: Accounts, statement: str) -> None:
    from sqlalchemy import create_engine, text

    accounts.note_down(None, "change", "x", "ok")
    engine = create_engine(desk.settings.database_url)
    with closing(engine.raw_connection()):
        pass
    with pytest.raises(SQLAlchemyError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert account_store(desk).audit_size(MAIN) == 1


def test_paths_lead_to_no_file(sign_in: SignIn) -> None:
    browser: TestClient = sign_in("admin")
    for path in (
        "/static/x/../../pyproject.toml",
        "/static/x/..%2f..%2fsettings.py",
        "/static/x/%2e%2e/routes.py",
    ):
        assert browser.get(path).status_code == 404
