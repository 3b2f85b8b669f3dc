"""Each door, with a client that somebody else wrote for it where there is one."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from readthrough.api import serving
from readthrough.client import ApiError, AsyncClient, Client
from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk

WIRES = [
    {
        "id": "w1",
        "headline": "Nvidia beats estimates as data center revenue rises 48%",
        "body": "SANTA CLARA, March 2 - Nvidia reported quarterly revenue of $39.3 billion on Monday, above the $38.1 billion "
        "analysts expected. Data center revenue rose 48%. Shares rose 4% after the close.",
        "source": "Example Wire",
        "url": "https://news.example.com/nvda",
        "published_at": "2026-03-02T21:10:07Z",
    },
    {
        "id": "w2",
        "headline": "Target cuts its forecast after heavy markdowns",
        "body": "MINNEAPOLIS, March 3 - Target cut its full-year profit forecast on Tuesday, blaming markdowns. "
        "Shares fell 6% in early trading.",
        "source": "Example Wire",
        "url": "https://news.example.com/tgt",
        "published_at": "2026-03-03T13:00:00Z",
    },
]


@pytest.fixture
def told(desk: Desk) -> Desk:
    for wire in WIRES:
        process(desk, read_article(desk, wire))
    return desk


@pytest.fixture
def address(told: Desk) -> Iterator[str]:
    with serving(told, told.settings) as address:
        yield address


def test_a_published_alpha_vantage_client_reads_our_news(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alpha = pytest.importorskip("alpha_vantage.alphaintelligence")
    client = alpha.AlphaIntelligence(key="any")
    monkeypatch.setattr(
        sys.modules["alpha_vantage.alphavantage"].AlphaVantage, "_ALPHA_VANTAGE_API_URL", f"{address}/query?"
    )
    feed, _ = client.get_news_sentiment(tickers="NVDA", limit=50)
    assert list(feed["title"]) == [WIRES[0]["headline"]]  # its lists come as data frames
    with pytest.raises(ValueError, match="Invalid inputs"):
        client.get_news_sentiment(tickers="NVDA", topics="onions")


def test_news_sentiment_has_alpha_vantages_shape_and_quirks(address: str) -> None:
    def ask(**given: str) -> dict[str, Any]:
        asked = {"function": "NEWS_SENTIMENT", "apikey": "k"} | given
        answer = httpx.get(f"{address}/query", params=asked)
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    whole = ask()
    assert list(whole) == ["items", "sentiment_score_definition", "relevance_score_definition", "feed"]
    assert whole["items"] == "2"
    assert "Somewhat_Bullish" in whole["sentiment_score_definition"]
    newest = whole["feed"][0]
    assert newest["time_published"] == "20260303T130000"
    assert newest["authors"] == []
    assert newest["banner_image"] is None
    assert newest["category_within_source"] == "n/a"
    assert newest["source_domain"] == "news.example.com"
    assert isinstance(newest["overall_sentiment_score"], float)
    about = next(t for t in newest["ticker_sentiment"] if t["ticker"] == "TGT")
    assert all(isinstance(value, str) for value in about.values())
    assert about["ticker_sentiment_label"] in ("Bearish", "Somewhat-Bearish")
    assert all(isinstance(t["relevance_score"], str) for t in newest["topics"])
    assert {t["topic"] for t in newest["topics"]} >= {"Earnings", "Retail & Wholesale"}
    assert ask(tickers="NVDA,TGT")["items"] == "0"
    assert ask(tickers="tgt")["items"] == "1"
    assert ask(sort="EARLIEST")["feed"][0]["time_published"] == "20260302T211007"
    assert ask(time_from="20260303T0000")["items"] == "1"
    assert ask(time_to="20260303T0000")["items"] == "1"
    assert ask(topics="technology")["feed"][0]["title"] == WIRES[0]["headline"]
    assert list(ask(function="TOP_GAINERS_LOSERS")) == ["Error Message"]
    assert list(ask(apikey="")) == ["Error Message"]
    for wrong in ({"sort": "BEST"}, {"time_from": "yesterday"}, {"limit": "x"}, {"tickers": "<script>"}):
        assert list(ask(**wrong)) == ["Information"]


def test_openbb_finds_widgets_apps_and_data(address: str) -> None:
    widgets = httpx.get(f"{address}/widgets.json").json()
    for name, widget in widgets.items():
        assert name
        assert {"name", "description", "endpoint", "type"} <= set(widget)
        assert widget["gridData"]["w"] <= 40
        answer = httpx.get(f"{address}/{widget['endpoint']}")
        assert answer.status_code == 200, name
    apps = httpx.get(f"{address}/apps.json").json()
    assert {part["i"] for app in apps for tab in app["tabs"].values() for part in tab["layout"]} <= set(
        widgets
    )
    agents = httpx.get(f"{address}/agents.json").json()
    assert all(name == name.lower() and "_" not in name for name in agents)
    story = httpx.get(f"{address}/openbb/news", params={"symbol": "TGT"}).json()[0]
    assert set(story) == {"title", "date", "author", "excerpt", "body"}
    rows = httpx.get(f"{address}/openbb/live").json()
    assert len(rows) == len({row["ticker"] for row in rows})
    assert set(httpx.get(f"{address}/openbb/metric", params={"symbol": "TGT"}).json()) == {
        "label",
        "value",
        "delta",
    }
    assert httpx.get(f"{address}/openbb/chart").json()["data"][0]["type"] == "scatter"


def test_the_openbb_agent_speaks_its_event_stream(address: str) -> None:
    sent = {"messages": [{"role": "human", "content": "Why did Target cut its forecast?"}], "tools": []}
    lines = httpx.post(f"{address}/openbb/query", json=sent).text.split("\n")
    events = [
        (lines[n].removeprefix("event: "), json.loads(lines[n + 1].removeprefix("data: ")))
        for n, line in enumerate(lines)
        if line.startswith("event: ")
    ]
    assert events[0][0] == "copilotStatusUpdate"
    assert events[0][1]["eventType"] in ("INFO", "WARNING", "ERROR")
    assert "markdowns" in "".join(data["delta"] for kind, data in events if kind == "copilotMessageChunk")
    cited = next(data for kind, data in events if kind == "copilotCitationCollection")["citations"]
    assert cited[0]["source_info"]["type"] == "direct retrieval"
    assert httpx.post(f"{address}/openbb/query", json={"messages": []}).status_code == 422
    assert (
        httpx.post(f"{address}/openbb/query", json={"messages": [{"role": "ai", "content": "x"}]}).status_code
        == 422
    )


def test_only_named_origins_may_read_the_openbb_door(address: str) -> None:
    theirs = {"origin": "https://pro.openbb.co"}
    asked = theirs | {
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-one,content-type",
    }
    preflight = httpx.options(f"{address}/openbb/query", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "https://pro.openbb.co"
    assert preflight.headers["access-control-allow-credentials"] == "true"
    assert preflight.headers["access-control-allow-headers"] == "x-one,content-type"
    answer = httpx.get(f"{address}/widgets.json", headers=theirs)
    assert answer.headers["access-control-allow-origin"] == "https://pro.openbb.co"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    question = {"messages": [{"role": "human", "content": "news on NVDA"}]}
    assert httpx.post(f"{address}/openbb/query", json=question, headers=theirs).status_code == 200
    other = {"origin": "https://evil.example"}
    assert "access-control-allow-origin" not in httpx.get(f"{address}/widgets.json", headers=other).headers
    assert httpx.post(f"{address}/openbb/query", json=question, headers=other).status_code == 403
    assert "access-control-allow-origin" not in httpx.get(f"{address}/api/v1/notes", headers=theirs).headers


def test_the_client_reads_asks_and_sends(address: str) -> None:
    with Client(address) as client:
        assert [note.headline for note in client.notes(limit=1)] == [w["headline"] for w in reversed(WIRES)]
        note = next(client.notes(ticker="TGT"))
        assert note.score is not None
        assert note.score < 0
        assert client.note(note.id) == note
        answer = client.ask("Why did Target cut its forecast?", tickers=["TGT"])
        assert "markdowns" in answer.text
        cited = answer.sentences[0].citations[0]
        assert cited.quote in f"{WIRES[1]['headline']}\n\n{WIRES[1]['body']}"
        assert not client.ask("What is the price of onions?").found
        with pytest.raises(ApiError, match="no such note") as refused:
            client.note("missing")
        assert refused.value.status == 404
        sent = client.send(WIRES[0], idempotency_key="one")
        assert sent == client.send(WIRES[0], idempotency_key="one")
        table = client.table("sentiment", ticker="TGT")
        assert table.column("ticker").to_pylist() == ["TGT"]
        assert table.schema.metadata[b"readthrough.version"] == b"1"
        assert "known_at" in table.column_names


def test_the_client_adds_documents_and_finds_their_pages(address: str) -> None:
    filing = "ORBEX CORP\nAnnual report\n\fConsolidated Statements of Cash Flows\n(in millions)\n2025 2024\n" \
        "Purchases of property and equipment (512) (498)\n"  # fmt: skip
    with Client(address) as client:
        added = client.add_document(
            filing.encode(), "target-10k-2025.txt", tickers=["TGT"], title="Target 2025 10-K"
        )
        assert (added[0].kind, added[0].pages) == ("report", 2)
        assert added[0].id in [d.id for d in client.documents(limit=1)]
        answer = client.ask("What was Target's capital expenditure in FY2025 in USD millions?")
        assert answer.figures[0]["shown"] == "512 million"
        assert answer.figures[0]["inputs"][0]["page"] == 2
        assert answer.method == "tables"
        assert client.search("purchases of property", tickers=["TGT"])[0].page == 2
    with httpx.Client(base_url=address) as raw:
        kept = raw.get(f"/api/v1/documents/{added[0].id}").json()
        assert kept["tables"] == []  # one row is no table
        assert raw.delete(f"/api/v1/documents/{added[0].id}").status_code == 204
        assert raw.get(f"/api/v1/documents/{added[0].id}").status_code == 404
        with Client(address) as client:
            note = next(client.notes())
        assert raw.delete(f"/api/v1/documents/{note.raw['article']['id']}").status_code == 422


def test_the_client_awaits_too(address: str) -> None:
    async def work() -> None:
        async with AsyncClient(address) as client:
            notes = [note async for note in client.notes()]
            assert len(notes) == 2
            assert (await client.ask("How much did Nvidia's data center revenue rise?")).found
            assert (await client.table("events")).num_rows >= 1
            assert await client.search("markdowns")

    asyncio.run(work())


def test_both_clients_offer_the_same_calls_and_tell_answers_as_they_come(address: str) -> None:
    def offered(client: type) -> dict[str, str]:
        return {name: member.__doc__ for name, member in vars(client).items() if not name.startswith("_")}

    described = offered(Client)
    assert described.keys() == offered(AsyncClient).keys()
    assert all(described[name] == words for name, words in offered(AsyncClient).items() if name != "close")
    question = "Why did Target cut its forecast?"
    with Client(address) as client:
        assert list(inspect.signature(client.ask).parameters)[:3] == ["question", "tickers", "since"]
        pieces = list(client.ask_stream(question, tickers=["TGT"]))
        whole = client.ask(question, tickers=["TGT"])
        held = {document.id for document in client.documents(limit=2)}
    assert pieces[0].kind == "status"
    assert [p.sentence for p in pieces if p.sentence] == list(whole.sentences)
    assert pieces[-1].answer == whole

    async def work() -> None:
        async with AsyncClient(address) as client:
            assert [p async for p in client.ask_stream(question, tickers=["TGT"])] == pieces
            assert {d.id async for d in client.documents()} == held

    asyncio.run(work())


def test_exports_say_the_same_in_every_format(address: str, tmp_path: Path) -> None:
    import io

    import pyarrow.parquet as parquet

    lines = httpx.get(
        f"{address}/api/v1/export/facts", params={"format": "jsonl"}, timeout=60
    ).text.splitlines()
    rows = [json.loads(line) for line in lines]
    raw = httpx.get(f"{address}/api/v1/export/facts", params={"format": "parquet"}, timeout=60).content
    table = parquet.read_table(io.BytesIO(raw))
    assert table.column("quote").to_pylist() == [row["quote"] for row in rows]
    assert all(row["known_at"] for row in rows)
    assert httpx.get(f"{address}/api/v1/export/onions").status_code == 404


def test_a_stream_is_resumed_where_it_broke(told: Desk, address: str) -> None:
    """Over server-sent events, then over a websocket with CloudEvents."""

    def happen(number: int) -> None:
        wire = WIRES[0] | {
            "id": f"n{number}",
            "headline": f"Apple story number {number}",
            "url": f"https://news.example.com/{number}",
        }
        process(told, read_article(told, wire))

    with Client(address) as client:
        happen(1)
        events = client.stream(last_event_id="none-0")
        first = next(e for e in events if e.kind == "note" and "number 1" in e.data["article"]["headline"])
        events.close()  # type: ignore[attr-defined]
        happen(2)
        again = client.stream(last_event_id=first.id)
        assert (
            next(e for e in again if e.kind == "note").data["article"]["headline"] == "Apple story number 2"
        )
        again.close()  # type: ignore[attr-defined]

    async def listen() -> dict[str, Any]:
        import websockets

        url = (
            address.replace("http://", "ws://")
            + f"/api/v1/stream/ws?envelope=cloudevents&last_event_id={first.id}"
        )
        async with websockets.connect(url) as socket:
            told_it: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 10))
            return told_it

    event = asyncio.run(listen())
    assert event["specversion"] == "1.0"
    assert event["type"] == "readthrough.note"
    assert event["data"]["article"]["headline"] == "Apple story number 2"
    assert event["id"] != first.id


def test_mcp_over_http_and_over_standard_streams(address: str, told: Desk) -> None:
    from mcp import Client as McpClient
    from mcp import StdioServerParameters

    async def use(server: Any) -> None:
        async with McpClient(server) as client:
            tools = (await client.list_tools()).tools
            names = {tool.name for tool in tools}
            assert names == {
                "resolve_entity",
                "latest_notes",
                "note",
                "ask",
                "search",
                "fetch",
                "book_impact",
                "alerts",
            }
            assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
            assert all(tool.output_schema for tool in tools)
            found = await client.call_tool("resolve_entity", {"name": "Target"})
            assert found.structured_content is not None
            assert found.structured_content["found"][0]["ticker"] == "TGT"
            answer = (
                await client.call_tool("ask", {"question": "Why did Target cut its forecast?"})
            ).structured_content
            assert answer is not None
            assert "markdowns" in answer["text"]
            assert answer["sentences"][0]["citations"][0]["quote"]
            notes = (await client.call_tool("latest_notes", {"limit": 1})).structured_content
            assert notes is not None
            assert notes["next"]
            one = (await client.call_tool("note", {"note_id": notes["notes"][0]["id"]})).structured_content
            assert one is not None
            assert one["note"]["version"] == 1
            assert (await client.call_tool("alerts", {})).structured_content == {"alerts": []}
            assert (await client.call_tool("book_impact", {})).structured_content == {"rows": []}
            assert (await client.call_tool("search", {"query": "markdowns"})).structured_content

    asyncio.run(use(f"{address}/api/mcp"))
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "readthrough.cli.main", "mcp"],
        env={"READTHROUGH_HOME": str(told.settings.home_folder), "PATH": "/usr/bin:/bin"},
    )
    asyncio.run(use(command))
