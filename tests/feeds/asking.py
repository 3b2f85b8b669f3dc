"""A local server that answers as it is told, and a way of asking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from readthrough.feeds.ask import Asking, agent_of
from readthrough.feeds.limits import Limits
from readthrough.feeds.network import Network

__all__ = ["NOW", "Reply", "Told", "asking", "serving"]

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    status: int = 200
    kind: str = "application/xml"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Told:
    """What a server was asked, and what it answers."""

    address: str = ""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[str, dict[str, str]], Reply] = lambda path, headers: Reply()

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@contextmanager
def serving(answer: Callable[[str, dict[str, str]], Reply]) -> Iterator[Told]:
    told = Told(answer=answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            headers = {k.lower(): v for k, v in self.headers.items()}
            told.asked.append((self.path, headers, self.rfile.read(size)))
            reply = told.answer(self.path, headers)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asking(*, contact: str = "desk@example.com", **limits: object) -> Asking:
    return Asking(
        limits=Limits(**{"deadline": timedelta(seconds=5), **limits}),  # type: ignore[arg-type]
        network=Network(allow=lambda address: True),
        agent=agent_of(contact),
    )
