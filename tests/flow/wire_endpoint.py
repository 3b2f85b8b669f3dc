"""A real endpoint whose answers a test scripts, and a clock driven from one due moment to the next."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

from readthrough.desk.deliver import deliver_due
from readthrough.desk.open import Desk
from readthrough.testing import FixedClock

__all__ = ["SECRET", "WireEndpoint", "drive", "endpoint_on", "garbage"]

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Answer = Callable[[int], tuple[int, dict[str, str]]]


@dataclass
class WireEndpoint:
    """What came in. `seen` are ids that were answered with success: what its readers see."""

    url: str = ""
    answer: Answer = lambda number: (204, {})
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    bodies: dict[str, Any] = field(default_factory=dict)
    holding: threading.Event = field(default_factory=threading.Event)

    @property
    def visible(self) -> set[str]:
        """Ids after doubles are dropped, as a receiver is told to do."""
        return set(self.seen)


def endpoint_on(
    serve_locally: Callable[[type[BaseHTTPRequestHandler]], str], clock: Callable[[], datetime]
) -> WireEndpoint:
    """Serve an endpoint until the test ends."""
    box = WireEndpoint()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                box.asked.append((self.headers["webhook-id"], clock()))
                status, headers = box.answer(len(box.asked))
                if 200 <= status < 300:
                    box.seen.append(self.headers["webhook-id"])
                    box.bodies[self.headers["webhook-id"]] = json.loads(body)
            if status == 0:  # hang
                box.holding.wait(20)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    box.url = f"{serve_locally(Handler)}/hook"
    return box


@contextmanager
def garbage(said: bytes) -> Iterator[str]:
    """Serve something that is not HTTP."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(1)
                connection.recv(65536)
                connection.sendall(said)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
    finally:
        done.set()
        thread.join()
        listening.close()


def drive(desk: Desk, clock: FixedClock, until: datetime) -> int:
    """Move the clock from one due moment to the next and make every attempt; return how many."""
    made = 0
    while True:
        made += deliver_due(desk, clock())
        due = desk.store.alerting.next_due()
        if due is None or due > until:
            clock.now = until
            return made
        clock.now = max(due, clock.now)
