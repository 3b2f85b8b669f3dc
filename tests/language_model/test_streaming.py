"""Answers that come sentence by sentence: none before its check, each as soon as it has been checked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.conftest import Serve

from readthrough.api import serving
from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.language_model.partial import ObjectReader
from readthrough.research.grounding import fault_of
from readthrough.settings import load_settings

ARTICLE = {
    "headline": "Target cuts its forecast after heavy markdowns",
    "body": "Target cut its full-year profit forecast on Tuesday, blaming markdowns. Shares fell 6% in early trading.",
    "source": "A wire",
}
QUESTION = "Why did Target cut its forecast?"
SOUND = {"text": "Target blamed markdowns.", "passages": ["p1", "p2"]}
FALSE = {"text": "Target lost 9 billion dollars in Brazil.", "passages": ["p1"]}
LATER = {"text": "It cut its profit forecast.", "passages": ["p1", "p2"]}
LIMIT_S = 60


class Writing:
    """What a server writes, and how far it has been let."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.allowed = threading.Semaphore(0)
        self.asked = 0

    def let(self, count: int = 1) -> None:
        for _ in range(count):
            self.allowed.release()


@pytest.fixture
def writing(serve_locally: Serve) -> Iterator[tuple[Writing, str]]:
    """A server of the chat protocol that streams a piece each time it is let."""
    state = Writing()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert sent["stream"] is True
            state.asked += 1
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for piece in (*state.pieces, None):
                if not state.allowed.acquire(timeout=LIMIT_S):
                    return
                delta = {"role": "assistant", "content": piece} if piece is not None else {}
                choice = {"index": 0, "delta": delta, "finish_reason": None if piece is not None else "stop"}
                chunk = {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "m",
                    "choices": [choice],
                }
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()
            self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, *args: object) -> None: ...

    yield state, serve_locally(Handler) + "/v1"
    state.let(100)


def opened(tmp_path: Path, server: str, **more: str) -> Desk:
    environ = {
        "READTHROUGH_RESEARCH__WRITER": "llm",
        "READTHROUGH_LANGUAGE_MODEL__MODEL": "tiny",
        "READTHROUGH_LANGUAGE_MODEL__BASE_URL": server,
        "READTHROUGH_LANGUAGE_MODEL__RETRIES": "0",
        "READTHROUGH_LANGUAGE_MODEL__TIMEOUT": "120",
        "READTHROUGH_LANGUAGE_MODEL__MAX_OUTPUT_TOKENS": "300",
    }
    desk = open_desk(load_settings(flags={"home": str(tmp_path)}, environ=environ | more))
    process(desk, read_article(desk, ARTICLE))
    return desk


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Read events of a stream, one at a time."""
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def test_objects_are_whole_before_they_are_given() -> None:
    text = 'Here: {"sentences": [{"text": "A \\"}\\" {brace}", "more": {"a": 1}}, {"text": "B"}]} {"x": {"y": 1}}'
    for size in (1, 3, 7, len(text)):
        reader = ObjectReader()
        come = [one for at in range(0, len(text), size) for one in reader.feed(text[at : at + size])]
        assert come == [{"text": 'A "}" {brace}', "more": {"a": 1}}, {"text": "B"}, {"y": 1}]
    assert ObjectReader().feed('{"sentences": [{"text": "open') == []
    assert ObjectReader().feed('{"a": [{nothing}]}') == []


def test_a_sentence_goes_out_once_checked_and_never_before(
    writing: tuple[Writing, str], tmp_path: Path
) -> None:
    state, server = writing
    whole = json.dumps(SOUND)
    state.pieces = ['{"sentences": [' + whole[:-5], whole[-5:], ", " + json.dumps(FALSE), ", " + json.dumps(LATER) + "]}"]  # fmt: skip
    with (
        opened(tmp_path, server) as desk,
        serving(desk, desk.settings) as address,
        httpx.stream("GET", f"{address}/api/v1/ask/stream", params={"q": QUESTION}, timeout=LIMIT_S) as come,
    ):
        told = events(come.iter_lines())
        assert next(told) == ("status", "looking")
        assert next(told)[0] == "status", "the model is asked before anything of its answer is there"
        state.let(2)  # the rest of the answer is not written yet
        kind, first = next(told)
        assert (kind, first["text"]) == ("sentence", SOUND["text"])
        assert any("markdowns" in cited["quote"] for cited in first["citations"])
        state.let()
        kind, words = next(told)
        assert kind == "withheld"
        assert "Brazil" not in words
        state.let(2)
        assert next(told)[1]["text"] == LATER["text"]
        kind, answer = next(told)
        assert kind == "answer"
        assert [s["text"] for s in answer["sentences"]] == [SOUND["text"], LATER["text"]]
        assert [w["text"] for w in answer["withheld"]] == [FALSE["text"]]
        assert list(told) == []
    assert state.asked == 1


def test_the_page_shows_a_sentence_while_the_next_is_written(
    writing: tuple[Writing, str], tmp_path: Path
) -> None:
    state, server = writing
    state.pieces = ['{"sentences": [' + json.dumps(SOUND), ", " + json.dumps(FALSE) + "]}"]
    with (
        opened(tmp_path, server) as desk,
        serving(desk, desk.settings) as address,
        httpx.stream("GET", f"{address}/ask", params={"q": QUESTION}, timeout=LIMIT_S) as come,
    ):
        assert come.status_code == 200
        state.let()
        page, parts = "", come.iter_text()
        while "markdowns.</bdi><a" not in page:
            page += next(parts)
        assert "</html>" not in page
        assert "Brazil" not in page
        state.let(2)
        page += "".join(parts)
    before, after = page.split("<h2>Withheld</h2>")
    assert "A sentence was withheld" in before
    assert "Brazil" not in before
    assert "Brazil" in after


def test_what_was_shown_stands_though_the_model_breaks_off(
    writing: tuple[Writing, str], tmp_path: Path
) -> None:
    state, server = writing
    state.pieces = ['{"sentences": [' + json.dumps(SOUND), ', {"text": "It al']
    state.let(10)
    with (
        opened(tmp_path, server) as desk,
        serving(desk, desk.settings) as address,
        httpx.stream("GET", f"{address}/api/v1/ask/stream", params={"q": QUESTION}, timeout=LIMIT_S) as come,
    ):
        told = list(events(come.iter_lines()))
    assert [data["text"] for kind, data in told if kind == "sentence"] == [SOUND["text"]]
    assert [s["text"] for s in told[-1][1]["sentences"]] == [SOUND["text"]]


def test_without_a_model_sentences_come_one_by_one_too(tmp_path: Path) -> None:
    with (
        opened(tmp_path, "http://127.0.0.1:9/v1", READTHROUGH_RESEARCH__WRITER="extracts") as desk,
        serving(desk, desk.settings) as address,
        httpx.stream("GET", f"{address}/api/v1/ask/stream", params={"q": QUESTION}, timeout=LIMIT_S) as come,
    ):
        told = list(events(come.iter_lines()))
    sentences = [data for kind, data in told if kind == "sentence"]
    assert sentences
    assert told[-1][0] == "answer"
    assert told[-1][1]["sentences"] == sentences


def test_a_real_servers_noise_is_told_only_where_it_holds(server: str, tmp_path: Path) -> None:
    with (
        opened(tmp_path, server) as desk,
        serving(desk, desk.settings) as address,
        httpx.stream("GET", f"{address}/api/v1/ask/stream", params={"q": QUESTION}, timeout=120) as come,
    ):
        told = list(events(come.iter_lines()))
        spent = desk.store.spending(since=desk.clock().replace(hour=0, minute=0))
    assert spent.requests >= 1, "the server was asked"
    kind, answer = told[-1]
    assert (kind, answer["found"]) == ("answer", True)
    sentences = [data for kind, data in told if kind == "sentence"]
    assert sentences == answer["sentences"]
    assert len([1 for kind, _ in told if kind == "withheld"]) == len(answer["withheld"])
    for sentence in sentences:
        quoted = [cited["quote"] for cited in sentence["citations"]]
        assert not fault_of(sentence["text"], quoted, question=QUESTION)
