from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def states(ended: Any) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in json.loads(ended.out)}


def test_a_sound_installation(command: Callable[..., Any], home: Path) -> None:
    ended = command("doctor", "--json")
    found = states(ended)
    assert ended.status == 0, found
    assert not [row for row in found.values() if row["state"] == "fault"]
    wanted = {
        "python",
        "package",
        "settings",
        "universe",
        "playbooks",
        "receivers",
        "database",
        "space",
        "port",
    }
    assert wanted <= set(found)
    assert "issuers" in found["universe"]["detail"]
    assert list(home.iterdir()) == []  # looking makes nothing


def test_it_reads_for_a_person(command: Callable[..., Any]) -> None:
    assert "universe" in command("doctor").out


def test_a_database_that_is_none(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"this is no database " * 100)
    monkeypatch.setenv("READTHROUGH_STORAGE__URL", f"sqlite:///{path}")
    ended = command("doctor", "--json")
    assert ended.status == 1
    assert states(ended)["database"]["state"] == "fault"
    assert states(ended)["database"]["remedy"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_home_that_may_not_be_written(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    monkeypatch.setenv("READTHROUGH_HOME", str(folder / "home"))
    assert states(command("doctor", "--json"))["database"]["state"] == "fault"


def test_broken_settings_are_the_finding(
    command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_SERVE__PORT", "ninety")
    ended = command("doctor", "--json")
    assert ended.status == 1
    assert states(ended)["settings"]["state"] == "fault"


def test_a_port_in_use_is_noted(command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("READTHROUGH_SERVE__PORT", str(taken.getsockname()[1]))
        ended = command("doctor", "--json")
    assert ended.status == 0
    assert states(ended)["port"]["state"] == "note"
