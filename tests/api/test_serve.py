"""Where the server may listen."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from readthrough.api import serve
from readthrough.desk.open import Desk
from readthrough.domain.errors import SettingsError
from readthrough.settings import load_settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example"])
def test_an_address_others_can_reach_is_refused(desk: Desk, host: str) -> None:
    settings = load_settings(flags={"serve.host": host}, environ={})
    with pytest.raises(SettingsError, match="nobody signs in") as caught:
        serve(desk, settings)
    assert "127.0.0.1" in caught.value.remedy


def test_a_port_that_is_taken_is_told(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = load_settings(flags={"serve.port": taken.getsockname()[1]}, environ={})
        told: list[str] = []
        with pytest.raises(SettingsError, match="Cannot listen"):
            serve(desk, settings, listening=told.append)
    assert told == [], "no address is given out before it is ours"


def test_the_command_tells_the_address_it_took(tmp_path: Path) -> None:
    code = "from readthrough.cli.main import run; run()"
    command = [sys.executable, "-c", code, "serve", "--port", "0"]
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "READTHROUGH_LOG__LEVEL": "error"}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = re.search(r"http://127\.0\.0\.1:[1-9]\d+", server.stderr.readline())
            assert told is not None
            assert httpx.get(f"{told.group()}/healthz", timeout=20).status_code == 200
        finally:
            server.send_signal(signal.SIGINT)


def test_answers_do_not_wait_for_acknowledgements(client: httpx.Client) -> None:
    """A small answer in two packets takes 40 ms where the socket holds the second one back."""
    fastest = min(client.get("/openapi.json").elapsed for _ in range(10))
    assert fastest.total_seconds() < 0.03
