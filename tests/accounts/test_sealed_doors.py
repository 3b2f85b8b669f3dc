"""What the doors of other programs show, and to whom: keys, tenants and walls, with each door's own client."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from readthrough.api import serving
from readthrough.client import ApiError, Client
from readthrough.desk import flow
from readthrough.desk.accounts import Accounts
from readthrough.desk.corpus import add_bytes, catch_up
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.domain.account import MAIN, Group, Principal, Role, Wall
from readthrough.settings import Settings

from .conftest import PASSWORD, SignIn
from .test_seals import NEWS, SECRET, fill, other  # noqa: F401 (a fixture)

PLAIN = {
    "headline": "Target cuts its forecast after heavy markdowns",
    "body": "Target cut its full-year profit forecast on Tuesday, blaming markdowns. Shares fell 6% in early trading.",
    "source": "Open wire",
    "url": "https://news.example.com/tgt",
    "published_at": "2026-03-03T13:00:00Z",
}
MEMO = b"Nvidia memo\n\nNvidia quietly renewed its lease of the Zanzibar Deal Fund building for 12 years in March.\n"
QUESTION = "Why did Nvidia cut its outlook?"


def key_of(accounts: Accounts, login: str, *scopes: str) -> str:
    """Make a key that reads, in the name of somebody."""
    person = accounts.store.person_by_login(login)
    assert person is not None
    me = Principal(
        tenant_id=person.tenant_id, person_id=person.id, login=login, name="", role=person.role, groups=person.groups
    )  # fmt: skip
    return accounts.make_key(me, name="door", scopes=scopes or ("read",), days=30)[1]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    fill(desk)
    flow.process(desk, read_article(desk, PLAIN))
    add_bytes(desk, MEMO, name="memo.txt", tickers=["NVDA"], source="Private wire")
    catch_up(desk)
    return desk


@pytest.fixture
def address(filled: Desk, settings: Settings, accounts: Accounts) -> Iterator[str]:
    with serving(filled, settings) as address:
        yield address


async def by_mcp(address: str, key: str) -> dict[str, Any]:
    """Ask every tool that reads text, with the SDK's own client."""
    from mcp import Client as McpClient
    from mcp.client.streamable_http import streamable_http_client
    from mcp.shared._httpx_utils import create_mcp_http_client

    http = create_mcp_http_client(headers={"authorization": f"Bearer {key}"})
    async with http, McpClient(streamable_http_client(f"{address}/api/mcp", http_client=http)) as client:
        asked: tuple[tuple[str, dict[str, Any]], ...] = (
            ("ask", {"question": QUESTION}),
            ("search", {"query": "Nvidia lease outlook"}),
            ("latest_notes", {"limit": 20}),
            ("book_impact", {}),
            ("alerts", {}),
        )
        return {name: (await client.call_tool(name, given)).structured_content for name, given in asked}


def shown(address: str, key: str) -> str:
    """Everything that the doors show to a key, as one text."""
    headers = {"authorization": f"Bearer {key}"}
    with Client(address, key=key) as client:
        told: list[Any] = [client.ask(QUESTION), client.ask("Which of my holdings had guidance cuts?")]
        told += client.search("Nvidia lease outlook")
        told += [note.raw for note in client.notes()]
        told += list(client.documents())
        told += [
            client.table(name).to_pylist() for name in ("notes", "readings", "sentiment", "facts", "events")
        ]
    told.append(asyncio.run(by_mcp(address, key)))
    asked = {"function": "NEWS_SENTIMENT", "apikey": key}
    told.append(httpx.get(f"{address}/query", params=asked).json())
    for path in (
        "/openbb/news",
        "/openbb/live",
        "/openbb/table",
        "/openbb/chart?symbol=NVDA",
        "/openbb/alerts",
    ):
        told.append(httpx.get(f"{address}{path}", headers=headers).text)
    question = {"messages": [{"role": "human", "content": QUESTION}]}
    told.append(httpx.post(f"{address}/openbb/query", json=question, headers=headers).text)
    return repr(told)


HELD = (NEWS["headline"], NEWS["body"][:40], "Private wire", SECRET, "Zanzibar", "renewed its lease")


def test_an_alpha_vantage_client_comes_in_with_its_own_kind_of_key(
    address: str, accounts: Accounts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alpha = pytest.importorskip("alpha_vantage.alphaintelligence")
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(
        sys.modules["alpha_vantage.alphavantage"].AlphaVantage, "_ALPHA_VANTAGE_API_URL", f"{address}/query?"
    )
    secret = key_of(accounts, "viewer@firm.example")
    feed, _ = alpha.AlphaIntelligence(key=secret).get_news_sentiment(tickers="TGT", limit=50)
    assert list(feed["title"]) == [PLAIN["headline"]]
    with pytest.raises(ValueError, match="apikey is invalid"):
        alpha.AlphaIntelligence(key="rt_wrong").get_news_sentiment(tickers="TGT", limit=50)
    refused = httpx.get(f"{address}/query", params={"function": "NEWS_SENTIMENT"})
    assert (refused.status_code, list(refused.json())) == (200, ["Error Message"])
    ours = [one for one in caplog.records if one.name.split(".")[0] not in ("urllib3", "httpx", "httpcore")]
    assert not any(secret in one.getMessage() for one in ours), "no key in what the server logs"
    assert secret not in repr(accounts.store.audit(MAIN, limit=500))
    assert secret not in httpx.get(
        f"{address}/metrics", headers={"authorization": f"Bearer {secret}"}
    ).text  # fmt: skip


def test_every_door_is_shut_without_a_key(address: str) -> None:
    for path in ("/api/v1/ask?q=x", "/api/v1/search?q=x", "/api/v1/documents", "/api/v1/export/notes",
                 "/widgets.json", "/apps.json", "/agents.json", "/openbb/news", "/api/v1/stream", "/api/mcp"):  # fmt: skip
        assert httpx.get(f"{address}{path}").status_code == 401, path
    assert httpx.post(f"{address}/openbb/query", json={}).status_code == 401
    with Client(address) as client, pytest.raises(ApiError) as refused:
        client.ask(QUESTION)
    assert refused.value.status == 401


def test_no_door_shows_another_tenants_text(address: str, accounts: Accounts, filled: Desk) -> None:
    accounts.add_tenant("rival", "Rival & Co")
    accounts.add_person("rival", login="boss@rival.example", name="", role=Role.ADMIN, password=PASSWORD)
    mine = shown(address, key_of(accounts, "admin@firm.example"))
    theirs = shown(address, key_of(accounts, "boss@rival.example"))
    assert all(held in mine for held in (NEWS["headline"], "renewed its lease"))
    assert not [held for held in (*HELD, PLAIN["headline"]) if held in theirs]
    document = filled.corpus.documents(_anything(), limit=1)[0]
    headers = {"authorization": f"Bearer {key_of(accounts, 'boss@rival.example')}"}
    assert httpx.get(f"{address}/api/v1/documents/{document.id}", headers=headers).status_code == 404


def test_no_door_shows_what_lies_behind_a_wall(address: str, accounts: Accounts, filled: Desk) -> None:
    store = accounts.store
    store.save_group(MAIN, Group(id="deal", name="Deal team"))
    store.save_wall(MAIN, Wall(kind="source", name="Private wire", group_id="deal"))
    for portfolio_id in filled.store.portfolio_names():
        store.save_wall(MAIN, Wall(kind="portfolio", name=portfolio_id, group_id="deal"))
    outside = shown(address, key_of(accounts, "viewer@firm.example"))
    assert PLAIN["headline"] in outside
    assert not [held for held in HELD if held in outside]


def test_a_repeat_is_its_senders_own_and_outlives_the_process(
    desk: Desk, settings: Settings, accounts: Accounts, sign_in: SignIn
) -> None:
    accounts.add_tenant("rival", "Rival & Co")
    accounts.add_person("rival", login="boss@rival.example", name="", role=Role.ADMIN, password=PASSWORD)

    body = json.dumps(PLAIN).encode()

    def sent(browser: TestClient | httpx.Client, login: str) -> Any:
        key = key_of(accounts, login, "read", "articles", "write")
        headers = {
            "authorization": f"Bearer {key}",
            "idempotency-key": "monday",
            "content-type": "application/json",
        }
        return browser.post("/api/v1/articles", content=body, headers=headers)

    browser = sign_in()
    first = sent(browser, "admin@firm.example")
    assert first.status_code == 200
    for login in ("boss@rival.example", "manager@firm.example"):
        assert "idempotent-replayed" not in sent(browser, login).headers, login
    with serving(desk, settings) as address, httpx.Client(base_url=address, timeout=20) as another:
        again = sent(another, "admin@firm.example")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json()


def _anything() -> Any:
    from readthrough.domain.corpus import CorpusFilter

    return CorpusFilter()


def test_what_a_door_tells_of_holdings_is_written_down(address: str, accounts: Accounts) -> None:
    from websockets.sync.client import connect

    headers = {"authorization": f"Bearer {key_of(accounts, 'admin@firm.example')}"}
    paths = ("/api/v1/alerts", "/api/v1/ask", "/openbb/alerts", "/openbb/news", "/openbb/live")
    for path in paths:
        httpx.get(f"{address}{path}", params={"q": QUESTION, "ticker": "NVDA"}, headers=headers, timeout=60)
    with connect(f"ws{address.removeprefix('http')}/api/v1/stream/ws", additional_headers=headers):
        pass
    lines = {(e.action, e.subject) for e in accounts.store.audit(MAIN, limit=500)}
    assert lines >= {("read", f"GET {path}") for path in paths}
    assert ("read", "SOCKET /api/v1/stream/ws") in lines
