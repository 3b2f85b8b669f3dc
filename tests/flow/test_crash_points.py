"""Killed between every two steps from article to delivered alert: each alert arrives, under one id."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

DRIVER = Path(__file__).with_name("crash_driver.py")
LEAST_STEPS = 150
AT_ONCE = 2


def test_killed_at_any_step_an_alert_arrives_under_one_id(
    tmp_path: Path, serve_locally: Callable[[type[BaseHTTPRequestHandler]], str]
) -> None:
    arrived: dict[str, list[str]] = defaultdict(list)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                arrived[self.path.strip("/")].append(self.headers["webhook-id"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    url = serve_locally(Handler)
    running = []
    for part in range(AT_ONCE):
        folder = tmp_path / f"part{part}"
        folder.mkdir()
        running.append(
            subprocess.Popen(
                [sys.executable, str(DRIVER), str(folder), url, str(part), str(AT_ONCE)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    rows = []
    for process in running:
        said, failed = process.communicate(timeout=280)
        assert process.returncode == 0, failed[-2000:]
        rows += [json.loads(line) for line in said.splitlines()]
    assert sorted(row["step"] for row in rows) == list(range(len(rows))), "every step was died at"
    assert len(rows) >= LEAST_STEPS
    assert all(row["killed"] for row in rows), "every step was one to die at"
    assert {tuple(row["states"]) for row in rows} == {("delivered",)}
    assert {row["notes"] for row in rows} == {1}
    for row in rows:
        seen = arrived[str(row["step"])]
        assert 1 <= len(seen) <= 2, f"step {row['step']}: {len(seen)} messages"
        assert set(seen) == set(row["ids"]), "a message sent again has the id it had"
    # All processes, and a desk on another machine, would have given the alert the same id.
    assert len({identity for seen in arrived.values() for identity in seen}) == 1
