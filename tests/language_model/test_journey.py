"""The whole journey against a real server whose model writes noise: the note is out, and says why it stayed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from readthrough.api import serving
from readthrough.cli.doctor import examine
from readthrough.desk.open import open_desk
from readthrough.settings import load_settings

ARTICLE = {
    "headline": "Alibaba rises on cloud growth",
    "body": "Alibaba shares rose 7% after the company reported quarterly revenue growth of 3%, which missed analyst "
    "expectations, but cloud revenue surged an annualized 38% to $6.13 billion.",
}
FALLEN = {"unsupported", "malformed", "refused"}


@pytest.fixture
def environ(server: str, tmp_path: Path) -> dict[str, str]:
    return {
        "READTHROUGH_HOME": str(tmp_path / "home"),
        "READTHROUGH_WRITING__WRITER": "llm",
        "READTHROUGH_LANGUAGE_MODEL__MODEL": "tiny",
        "READTHROUGH_LANGUAGE_MODEL__BASE_URL": server,
        "READTHROUGH_LANGUAGE_MODEL__RETRIES": "0",
        "READTHROUGH_LANGUAGE_MODEL__TIMEOUT": "300",  # a busy machine reads twelve thousand tokens slowly
        "READTHROUGH_LANGUAGE_MODEL__MAX_OUTPUT_TOKENS": "600",
    }


def test_a_served_note_is_revised_with_the_reason(environ: dict[str, str]) -> None:
    settings = load_settings(environ=environ)
    with (
        open_desk(settings) as desk,
        serving(desk, settings) as address,
        httpx.Client(base_url=address, timeout=300) as client,
        client.stream("GET", "/api/v1/stream") as stream,
    ):
        lines = stream.iter_lines()
        next(lines)
        first = client.post("/api/v1/articles", json=ARTICLE).json()
        notes = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        assert next(notes) == first
        second: dict[str, Any] = next(notes)
        spending = desk.store.spending(since=desk.clock() - timedelta(days=1))
    assert second["revision"] == 2
    assert second["engine"]["fallback"] in FALLEN
    assert second["analysis"] == first["analysis"]
    assert spending.notes == 1
    assert spending.requests >= 1
    assert spending.input_tokens > 2_000


def _without_settings() -> dict[str, str]:
    """Return this process's environment but for what configures the program, or its tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("READTHROUGH_")}


def test_the_command_says_that_the_model_writes_and_what_came_of_it(
    environ: dict[str, str], tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(f"{ARTICLE['headline']}\n\n{ARTICLE['body']}\n", encoding="utf-8")
    environ["READTHROUGH_WRITING__WRITER"] = "playbooks"
    done = subprocess.run(
        [sys.executable, "-m", "readthrough.cli.main", "analyze", str(story), "--json", "--writer", "llm"],
        env={**_without_settings(), **environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    note = json.loads(done.stdout)
    assert note["engine"]["fallback"] in FALLEN
    assert "openai/tiny is writing" in done.stderr
    assert f"({note['engine']['fallback']})" in done.stderr


def test_doctor_asks_the_model(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in os.environ.keys() - _without_settings().keys():
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    [found] = [f for f in examine(None) if f.name == "language model"]
    assert (found.state, "openai/tiny answers" in found.detail) == ("ok", True), found
    monkeypatch.setenv("READTHROUGH_LANGUAGE_MODEL__API_KEY", "sk-secret")
    [found] = [f for f in examine(None) if f.name == "language model"]
    assert (found.state, "no price" in found.detail) == ("note", True), found
    monkeypatch.setenv("READTHROUGH_LANGUAGE_MODEL__BASE_URL", "http://127.0.0.1:9/v1")
    [found] = [f for f in examine(None) if f.name == "language model"]
    assert found.state == "fault"
    assert "sk-secret" not in repr(found)
