"""A note that a language model is still writing: the page says so, and hears when it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.language_model.answers import Data, author, careful

from readthrough.api import serving
from readthrough.desk.open import Desk, open_desk
from readthrough.observe import count_step
from readthrough.settings import load_settings

ARTICLE = {
    "headline": "Alibaba rises on cloud growth",
    "body": "Alibaba shares rose 7% after the company reported quarterly revenue growth of 3%, which missed analyst "
    "expectations, but cloud revenue surged an annualized 38% to $6.13 billion.",
}


@pytest.fixture
def go_on() -> threading.Event:
    return threading.Event()


@pytest.fixture
def desk(tmp_path: Path, go_on: threading.Event) -> Iterator[Desk]:
    def patient(data: Data) -> str:
        assert go_on.wait(20)
        return careful(data)

    flags = {"home": str(tmp_path), "writing.writer": "llm", "language_model.model": "scripted"}
    with open_desk(load_settings(flags=flags, environ={}), hooks=[count_step]) as desk:
        desk._parts["author"], _ = author(patient)
        yield desk


@pytest.fixture
def client(desk: Desk, go_on: threading.Event) -> Iterator[httpx.Client]:
    with serving(desk, desk.settings) as address, httpx.Client(base_url=address, timeout=20) as client:
        try:
            yield client
        finally:
            go_on.set()


def test_the_page_of_a_note_hears_when_the_model_is_done(
    client: httpx.Client, go_on: threading.Event
) -> None:
    made = client.post("/api/v1/articles", json=ARTICLE).json()
    assert (made["revision"], made["engine"]["fallback"]) == (1, None)
    page = LexborHTMLParser(client.get(f"/notes/{made['id']}").text)
    notice = page.css_first("[data-live]")
    assert notice is not None
    assert "is writing" in notice.text()
    assert "js/note.js" in client.get(f"/notes/{made['id']}").text
    with client.stream("GET", str(notice.attributes["data-live"])) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        go_on.set()
        told = [next(line for line in lines if line.startswith("event: ")), next(lines)]
    assert told == ["event: revised", "data: 2"]
    after = client.get(f"/notes/{made['id']}").text
    assert "data-live" not in after
    assert "llm-1 openai/scripted" in after
    # a page that was printed before, and listens only now, hears at once
    with client.stream("GET", f"/notes/{made['id']}/live?revision=1") as stream:
        assert "event: revised" in (line for line in stream.iter_lines())


def test_the_stream_of_notes_carries_both_revisions(client: httpx.Client, go_on: threading.Event) -> None:
    with client.stream("GET", "/api/v1/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        client.post("/api/v1/articles", json=ARTICLE)
        assert next(line for line in lines if line.startswith("event: ")) == "event: note"
        assert '"revision":1' in next(lines)
        go_on.set()
        assert next(line for line in lines if line.startswith("event: ")) == "event: note"
        assert '"revision":2' in next(lines)
    metrics = client.get("/metrics").text
    assert 'readthrough_made_total{kind="output_tokens",step="author"}' in metrics
    assert 'readthrough_steps_total{outcome="ok",step="author"}' in metrics


def test_the_newest_script_is_served(client: httpx.Client, go_on: threading.Event) -> None:
    go_on.set()
    assert "EventSource" in client.get("/static/any/js/note.js").text
