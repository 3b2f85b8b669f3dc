"""The door for OpenBB Workspace: widgets, an app, live rows, and an agent that answers in its event stream."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Final, cast

from anyio import to_thread
from fastapi import APIRouter, Body, HTTPException, Query, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from readthrough.desk import ask
from readthrough.desk.documents import alert_document, answer_document
from readthrough.desk.open import Desk

__all__ = ["OpenBB"]

_PREFIX: Final = "/openbb"
_PARAM: Final = {
    "type": "ticker",
    "paramName": "symbol",
    "value": "",
    "label": "Ticker",
    "description": "A listing's symbol; every issuer when empty.",
    "show": True,
}
_QUESTION: Final = {
    "type": "text",
    "paramName": "question",
    "value": "",
    "label": "Question",
    "description": "In English; answered from the corpus with citations.",
    "show": True,
}


def _widget(
    name: str, description: str, kind: str, endpoint: str, width: int, height: int, **more: Any
) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "category": "Readthrough",
        "type": kind,
        "endpoint": endpoint,
        "gridData": {"w": width, "h": height},
        "source": ["Readthrough"],
        "refetchInterval": 60_000,
        "staleTime": 30_000,
        **more,
    }


_COLUMNS: Final = [
    {"field": "time", "headerName": "Time", "cellDataType": "text"},
    {"field": "ticker", "headerName": "Ticker", "cellDataType": "text", "pinned": "left"},
    {"field": "score", "headerName": "Score", "cellDataType": "number", "renderFn": "greenRed"},
    {"field": "label", "headerName": "Label", "cellDataType": "text"},
    {"field": "relevance", "headerName": "Relevance", "cellDataType": "number"},
    {"field": "novelty", "headerName": "Novelty", "cellDataType": "number"},
    {"field": "impact", "headerName": "Market impact", "cellDataType": "number"},
    {"field": "headline", "headerName": "Headline", "cellDataType": "text"},
]
WIDGETS: Final = {
    "readthrough_news": _widget(
        "Notes", "What happened and what it means, newest first, every figure traced to its words.",
        "newsfeed", "openbb/news", 20, 14, params=[_PARAM],
    ),
    "readthrough_sentiment": _widget(
        "Sentiment by ticker", "One row for each ticker of each note: score, relevance, novelty, impact.",
        "table", "openbb/sentiment", 20, 14, params=[_PARAM],
        data={"dataKey": "", "table": {"showAll": True, "columnsDefs": _COLUMNS}},
    ),
    "readthrough_live": _widget(
        "Live sentiment", "The newest score of each ticker, changing as notes come.",
        "live_grid", "openbb/live", 20, 14, params=[_PARAM], wsEndpoint="openbb/live/ws",
        data={"wsRowIdColumn": "ticker", "table": {"showAll": True, "columnsDefs": _COLUMNS}},
    ),
    "readthrough_metric": _widget(
        "Mean sentiment", "The mean score of a ticker over its newest notes, weighted by relevance.",
        "metric", "openbb/metric", 8, 5, params=[_PARAM],
    ),
    "readthrough_alerts": _widget(
        "Alerts", "Rules that fired, each with its reason, and those withheld.", "table", "openbb/alerts", 20, 10,
        data={"dataKey": "", "table": {"showAll": True}},
    ),
    "readthrough_ask": _widget(
        "Ask", "A question answered from notes, articles and documents, each sentence with where it stands.",
        "markdown", "openbb/ask", 20, 12, params=[_QUESTION], runButton=True, refetchInterval=False,
    ),
    "readthrough_chart": _widget(
        "Sentiment over time", "The score of each note on a ticker.", "chart", "openbb/chart", 20, 12,
        params=[_PARAM], raw=True,
    ),
}  # fmt: skip
APPS: Final = [
    {
        "name": "Readthrough",
        "description": "News read in under a second, with the words each figure came from.",
        "img": "",
        "img_dark": "",
        "img_light": "",
        "allowCustomization": True,
        "tabs": {
            "news": {
                "id": "news",
                "name": "News",
                "layout": [
                    {"i": "readthrough_news", "x": 0, "y": 0, "w": 20, "h": 14, "state": {}},
                    {"i": "readthrough_live", "x": 20, "y": 0, "w": 20, "h": 14, "state": {}},
                    {"i": "readthrough_ask", "x": 0, "y": 14, "w": 20, "h": 12, "state": {}},
                    {"i": "readthrough_alerts", "x": 20, "y": 14, "w": 20, "h": 12, "state": {}},
                ],
            }
        },
        "groups": [
            {
                "name": "Ticker",
                "type": "param",
                "paramName": "symbol",
                "widgetIds": ["readthrough_news", "readthrough_live", "readthrough_sentiment"],
                "defaultValue": "",
            }
        ],
        "prompts": ["What happened to my holdings today?", "Which companies cut guidance this quarter?"],
    }
]


class _Loose(BaseModel):
    # Workspace adds fields with every release: one we do not know must pass.
    model_config = ConfigDict(extra="allow")


class _Message(_Loose):
    role: str = Field(max_length=40)
    content: Any = ""


class QueryRequest(_Loose):
    """What Workspace sends an agent: the talk so far; widgets and the rest are taken and not used."""

    messages: list[_Message] = Field(min_length=1, max_length=500)


Symbol = Annotated[str, Query(max_length=30)]


class OpenBB:
    """Every endpoint of the backend: two at the root, as Workspace asks, the rest under `/openbb`."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        self.router = APIRouter(tags=["openbb"], include_in_schema=False)
        add = self.router.add_api_route
        for root in ("", "/api/openbb"):
            add(root + "/widgets.json", lambda: JSONResponse(WIDGETS), methods=["GET"])
            add(root + "/apps.json", lambda: JSONResponse(APPS), methods=["GET"])
            add(root + "/agents.json", self.agents, methods=["GET"])
            for path, work in (
                ("news", self.news),
                ("sentiment", self.sentiment),
                ("live", self.live),
                ("metric", self.metric),
                ("alerts", self.alerts),
                ("ask", self.ask),
                ("chart", self.chart),
            ):
                add(f"{root}{_PREFIX}/{path}", work, methods=["GET"])
            add(f"{root}{_PREFIX}/query", self.query, methods=["POST"])
            self.router.add_api_websocket_route(f"{root}{_PREFIX}/live/ws", self.live_rows)

    def agents(self) -> Response:
        """Name the agent."""
        return JSONResponse(
            {
                "readthrough-desk": {
                    "name": "Readthrough",
                    "description": "Answers from the corpus of this installation, each sentence with where it stands.",
                    "image": "",
                    "endpoints": {"query": "openbb/query"},
                    "features": {
                        "streaming": True,
                        "widget-dashboard-select": False,
                        "widget-dashboard-search": False,
                    },
                }
            }
        )

    def news(self, symbol: Symbol = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
        """Notes as a news feed."""
        return JSONResponse([_story(note) for note in self._notes(symbol, limit)])

    def sentiment(self, symbol: Symbol = "", limit: Annotated[int, Query(ge=1, le=200)] = 100) -> Response:
        """One row for each ticker of each note."""
        return JSONResponse([row for note in self._notes(symbol, limit) for row in _rows(note, symbol)])

    def live(self, symbol: Symbol = "") -> Response:
        """The newest row of each ticker; the websocket goes on from there."""
        newest: dict[str, dict[str, Any]] = {}
        for note in self._notes(symbol, 200):
            for row in _rows(note, symbol):
                newest.setdefault(row["ticker"], row)
        return JSONResponse(list(newest.values()))

    async def live_rows(self, socket: WebSocket) -> None:
        """Send rows as notes come; the client names symbols by `{"params": {"symbol": ...}}`."""
        if not _allowed(socket, self._desk.settings.doors.origins):
            await socket.close(code=1008)
            return
        await socket.accept()
        try:
            asked = await socket.receive_json()
            given = asked.get("params", {}).get("symbol", "") if isinstance(asked, dict) else ""
            symbols = {
                s.strip().upper() for s in (given if isinstance(given, list) else str(given).split(",")) if s
            }
            with self._desk.hub.subscribe() as subscription:
                async for event in subscription:
                    if event.kind != "note":
                        continue
                    for row in _rows(cast(dict[str, Any], event.data), ""):
                        if not symbols or row["ticker"] in symbols:
                            await socket.send_json(row)
        except (WebSocketDisconnect, ValueError, RuntimeError):
            return

    def metric(self, symbol: Symbol = "") -> Response:
        """The mean score of a ticker, and how it stands to the mean of the notes before."""
        rows = [r for note in self._notes(symbol, 40) for r in _rows(note, symbol) if r["score"] is not None]
        recent, before = rows[:20], rows[20:]
        mean = _mean(recent)
        earlier = _mean(before)
        delta = None if mean is None or earlier is None else round(mean - earlier, 2)
        label = f"Mean sentiment {symbol.upper()}".strip()
        return JSONResponse({"label": label, "value": mean if mean is not None else "n/a", "delta": delta})

    def alerts(self) -> Response:
        """Alerts as rows."""
        rows = []
        for one in ask.alerts(self._desk, limit=100):
            told = cast(dict[str, Any], alert_document(one))
            rows.append(
                {
                    "time": told["created_at"],
                    "severity": told["severity"],
                    "rule": told["rule_name"],
                    "headline": told["headline"],
                    "reason": told["reason"]["words"],
                    "withheld": told["withheld"],
                }
            )
        return JSONResponse(rows)

    def ask(self, question: Annotated[str, Query(max_length=2_000)] = "") -> Response:
        """A question's answer as markdown."""
        if not question.strip():
            return PlainTextResponse("Ask a question.")
        told = cast(dict[str, Any], answer_document(ask.answer(self._desk, question)))
        return PlainTextResponse(_markdown(told))

    def chart(self, symbol: Symbol = "", raw: bool = False) -> Response:
        """The score of each note on a ticker, as a Plotly chart; its rows with `raw`."""
        rows = [
            r for note in self._notes(symbol, 200) for r in _rows(note, symbol) if r["score"] is not None
        ][::-1]
        if raw:
            return JSONResponse(rows)
        line = {
            "type": "scatter",
            "mode": "lines+markers",
            "name": symbol.upper() or "all",
            "x": [r["time"] for r in rows],
            "y": [r["score"] for r in rows],
            "text": [r["headline"] for r in rows],
        }
        layout = {"title": {"text": "Sentiment"}, "yaxis": {"range": [-1, 1], "title": {"text": "score"}}}
        return JSONResponse({"data": [line], "layout": layout})

    async def query(self, sent: Annotated[QueryRequest, Body()]) -> Response:
        """Answer the last thing a person said, in Workspace's event stream."""
        said = [
            m
            for m in sent.messages
            if m.role in ("human", "user") and isinstance(m.content, str) and m.content.strip()
        ]
        if not said:
            raise HTTPException(422, "No message of a person with words in it.")
        question = str(said[-1].content)[:2_000]
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._events(question), media_type="text/event-stream", headers=headers)

    async def _events(self, question: str) -> AsyncIterator[bytes]:
        yield _event("copilotStatusUpdate", _status("Looking through notes, articles and documents"))
        try:
            told = cast(
                dict[str, Any],
                await to_thread.run_sync(lambda: answer_document(ask.answer(self._desk, question))),
            )
        except Exception:
            yield _event("copilotStatusUpdate", _status("The answer failed", kind="ERROR"))
            return
        for chunk in _chunks(told):
            yield _event("copilotMessageChunk", {"delta": chunk})
        if citations := _citations(told):
            yield _event("copilotCitationCollection", {"citations": citations})

    def _notes(self, symbol: str, limit: int) -> list[dict[str, Any]]:
        found = ask.latest_notes(self._desk, limit=limit, ticker=symbol.strip().upper() or None)
        return [note for note in cast(list[dict[str, Any]], found) if not note.get("noise")]


def _story(note: dict[str, Any]) -> dict[str, Any]:
    about, analysis = note["article"], note["analysis"]
    body = "\n\n".join(
        [s["text"] for s in note["summary"]] + [f"**{c['kind']}** {c['text']}" for c in analysis]
    )
    return {
        "title": about["headline"],
        "date": about["published_at"] or note["known_at"],
        "author": about["source"] or "Readthrough",
        "excerpt": note["summary"][0]["text"] if note["summary"] else "",
        "body": body,
    }


def _rows(note: dict[str, Any], symbol: str) -> Iterator[dict[str, Any]]:
    for told in note["tickers"]:
        if told["ticker"] and (not symbol or told["ticker"] == symbol.strip().upper()):
            yield {
                "time": note["article"]["published_at"] or note["known_at"],
                "ticker": told["ticker"],
                "score": told["score"],
                "label": told["label"],
                "relevance": told["relevance"],
                "novelty": note["story"]["novelty"],
                "impact": note["market_impact"],
                "headline": note["article"]["headline"],
                "note_id": note["id"],
            }


def _mean(rows: list[dict[str, Any]]) -> float | None:
    weight = sum(r["relevance"] for r in rows)
    return round(sum(r["score"] * r["relevance"] for r in rows) / weight, 2) if weight else None


def _status(words: str, *, kind: str = "INFO") -> dict[str, Any]:
    return {"eventType": kind, "message": words, "group": "reasoning", "details": [], "hidden": False}


def _event(kind: str, data: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def _chunks(told: dict[str, Any]) -> Iterator[str]:
    if not told["sentences"] and not told["figures"]:
        yield told["text"]
        return
    if told["headline"]:
        yield told["headline"] + " "
    for figure in told["figures"]:
        yield f"({figure['working']}) "
    for number, sentence in enumerate(told["sentences"], start=1):
        yield f"{_plain(sentence['text'])} [{number}] "


def _citations(told: dict[str, Any]) -> list[dict[str, Any]]:
    cited = [s["citation"] for s in told["sentences"]] + [c for f in told["figures"] for c in f["inputs"]]
    return [
        {
            "id": f"{c['article_id']}-{c['span']['start']}-{c['span']['end']}",
            "source_info": {
                "type": "direct retrieval",
                "name": c["headline"],
                "description": c["quote"][:500],
                "metadata": {"source": c["source"], "page": c["page"], "published_at": c["published_at"]},
            },
            "details": [{"Headline": c["headline"], "Quote": c["quote"][:500], "Page": c["page"]}],
        }
        for c in cited
    ]


def _markdown(told: dict[str, Any]) -> str:
    lines = []
    if told["headline"]:
        lines.append(f"**{_plain(told['headline'])}**")
    lines += [_plain(f["working"]) for f in told["figures"]]
    if not told["sentences"] and not told["figures"]:
        lines.append(_plain(told["text"]))
    lines += [f"{_plain(s['text'])} [{n}]" for n, s in enumerate(told["sentences"], start=1)]
    sources = [
        f"[{n}] {_plain(s['citation']['headline'])}, {_plain(s['citation']['source'])}"
        for n, s in enumerate(told["sentences"], start=1)
    ]
    return "\n\n".join([*lines, *sources])


def _plain(text: str) -> str:
    """Write words of the news so that markdown shows them and does nothing else."""
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


def _allowed(socket: WebSocket, origins: tuple[str, ...]) -> bool:
    """A page elsewhere may listen only where its origin is named; programs send none."""
    origin = socket.headers.get("origin", "")
    host = socket.headers.get("host", "")
    return not origin or origin in origins or origin.partition("://")[2] == host
