"""What tests of the whole journey share: a desk over real rooms, loaded once, and a database of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from readthrough.desk.open import Desk, open_desk
from readthrough.domain.ports import Receiver, StepDone, Store
from readthrough.settings import load_settings
from readthrough.testing import FixedClock
from readthrough.universe import Universe, load_universe
from readthrough.writing.playbooks import Playbooks, load_playbooks

# A shell that runs the tests in the background has them ignore Ctrl-C, and every process they start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@cache
def rooms() -> tuple[Universe, Playbooks]:
    return load_universe(), load_playbooks()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def steps() -> list[StepDone]:
    return []


OpenDesk = Callable[..., Desk]
Serve = Callable[[type[BaseHTTPRequestHandler]], str]


@pytest.fixture
def serve_locally() -> Iterator[Serve]:
    """Serve a handler on a free loopback port until the test ends; gives its address."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(handler: type[BaseHTTPRequestHandler]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def open_test_desk(tmp_path: Path, clock: FixedClock, steps: list[StepDone]) -> Iterator[OpenDesk]:
    """Open desks over one database; they are closed at the end."""
    opened: list[Desk] = []

    def make(*receivers: Receiver, store: Store | None = None, **flags: object) -> Desk:
        settings = load_settings(flags=flags, environ={"READTHROUGH_HOME": str(tmp_path)})
        desk = open_desk(settings, clock=clock, store=store, hooks=[steps.append])
        # Loaded once for all tests: a fifth of a second each time otherwise.
        desk._parts["universe"], desk._parts["playbooks"] = rooms()
        if receivers:
            desk._parts["receivers"] = {**desk.receivers, **{r.name: r for r in receivers}}
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_test_desk: OpenDesk) -> Desk:
    return open_test_desk()
