"""Runs the application until told to stop; open streams end first, so that stopping is quick."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from readthrough.api.app import create_app
from readthrough.api.middleware import LOOPBACK
from readthrough.desk.open import Desk
from readthrough.desk.screen import account_store
from readthrough.domain.errors import ReadthroughError, SettingsError
from readthrough.settings import Settings

__all__ = ["serve", "serving"]


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Before uvicorn waits for open answers: a live stream would never end by itself.
        self._desk.hub.close()
        await super().shutdown(sockets)


def serve(
    desk: Desk,
    settings: Settings,
    *,
    allow_network: bool = False,
    listening: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve API and pages until interrupted.

    Args:
        desk: What is asked; the caller closes it.
        settings: Where to listen.
        allow_network: Listen on an address that others can reach although nobody signs in: this belongs
            behind a proxy that asks who is there.
        listening: Told the address once connections are taken: "http://127.0.0.1:8321".

    Raises:
        SettingsError: The address is not loopback and `allow_network` is not set, or it is taken.
    """
    host, port = settings.serve.host, settings.serve.port
    if host not in LOOPBACK and not allow_network and not settings.accounts.required:
        raise SettingsError(
            f"serve.host is {host}, which others can reach, and nobody signs in.",
            remedy="Set accounts.required, use 127.0.0.1, or pass --allow-network behind a proxy that asks who is there.",
            host=host,
        )
    if settings.accounts.required and not account_store(desk).anybody():
        raise SettingsError(
            "accounts.required is set, and nobody could sign in.",
            remedy="Add the first admin: readthrough people add NAME --role admin.",
        )
    bound = _listen(host.strip("[]"), port)
    try:
        server = _server(desk, settings)
        listening(_address(bound))
        with _loading(desk, server, reads=not (settings.live.work and settings.live.readers)):
            server.run(sockets=[bound])
    finally:
        bound.close()


@contextmanager
def _loading(desk: Desk, server: _Server, *, reads: bool) -> Iterator[None]:
    """Load what reading and writing need while the server takes articles already; end it where that fails.

    Raises:
        ReadthroughError: Universe, playbooks or model cannot be used.
    """
    failed: list[ReadthroughError] = []

    def load() -> None:
        while not (server.started or server.should_exit):
            time.sleep(0.01)
        try:
            desk.prepare(reads=reads)
        except ReadthroughError as error:
            failed.append(error)
            server.should_exit = True

    thread = threading.Thread(target=load, name="readthrough-loading", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
    if failed:
        raise failed[0]


@contextmanager
def serving(desk: Desk, settings: Settings) -> Iterator[str]:
    """Serve from a thread, on a free loopback port, while the block runs: for tests, benches and demos.

    Yields:
        The address, such as `http://127.0.0.1:40123`.
    """
    listening = _listen("127.0.0.1", 0)
    server = _server(desk, settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="readthrough-server")
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.005)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _server(desk: Desk, settings: Settings) -> _Server:
    config = uvicorn.Config(
        create_app(desk, settings=settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=20,
    )
    return _Server(config, desk)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address[:2], family=family, backlog=512)
        # Accepted sockets inherit this. asyncio sets it only where a socket names its protocol, which
        # create_server's do not, and an answer would wait 40 ms for the reader's acknowledgement.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {error.strerror or error}.",
            remedy="Set another serve.port, or stop what is using it.",
            host=host,
            port=port,
        ) from error
