from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
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


def test_a_home_that_may_not_be_written() -> None:
    # The superuser may write anywhere, so a process that was one becomes nobody once all is imported.
    code = """
import os, sys
from contextlib import redirect_stdout, suppress
from readthrough.cli.main import run

with redirect_stdout(open(os.devnull, "w")), suppress(SystemExit):
    run(["doctor", "--json"])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
os.environ.update(HOME=sys.argv[1], READTHROUGH_HOME=sys.argv[1] + "/locked/home")
run(["doctor", "--json"])
"""
    # Not in `tmp_path`: only its owner gets there.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "locked").mkdir(mode=0o555)
        program = [sys.executable, "-c", code, folder]
        ended = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    found = {row["name"]: row for row in json.loads(ended.stdout)}
    assert ended.returncode == 1
    assert found["database"]["state"] == "fault"
    assert found["playbooks"]["state"] != "fault"


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
