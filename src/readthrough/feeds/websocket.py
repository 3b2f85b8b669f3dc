"""The client's half of WebSocket (RFC 6455) over our guarded transport: text messages in, pongs out."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Final, Protocol

import httpx

from readthrough.domain.errors import SourceTooLarge, SourceUnreachable
from readthrough.feeds.ask import Asking
from readthrough.feeds.network import Deadline
from readthrough.feeds.web_address import check_url

__all__ = ["messages"]

_GUID: Final = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # of the standard
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class _Stream(Protocol):
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...
    def write(self, buffer: bytes, timeout: float | None = None) -> None: ...


def messages(url: str, asking: Asking, *, seconds: float, quiet_s: float) -> Iterator[str]:
    """Connect and yield each text message until time is up, the server ends, or nothing comes for a while.

    Args:
        url: `ws://` or `wss://`.
        asking: Who asks, and within which limits; `max_bytes` bounds a message.
        seconds: How long to listen at the most.
        quiet_s: Ends the listening after so long without a message.

    Raises:
        SourceRefused: The address is not acceptable.
        SourceTooLarge: A message is.
        SourceUnreachable: It cannot be connected to, or breaks off.
    """
    http = "http" + url[2:] if url.startswith("ws") else url
    check_url(http, allow=asking.network.allow)
    asking.turns.wait(http)
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    headers = {
        "User-Agent": asking.agent,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
    }
    deadline = Deadline(seconds, url, asking.network.monotonic)
    patience = asking.limits.deadline.total_seconds()
    timeouts = {"connect": patience, "read": patience, "write": patience, "pool": patience}
    try:
        request = httpx.Request("GET", http, headers=headers, extensions={"timeout": timeouts})
        with asking.network.transport(http, deadline) as transport:
            response = transport.handle_request(request)
            try:
                if response.status_code != 101 or response.headers.get("sec-websocket-accept") != _accept(
                    key
                ):
                    raise SourceUnreachable(
                        f"The stream answered with status {response.status_code} instead of opening.",
                        remedy="Check its address and key.",
                        status=response.status_code,
                    )
                stream: _Stream = response.extensions["network_stream"]
                yield from _texts(stream, min(quiet_s, seconds), asking.limits.max_bytes)
            finally:
                response.close()
    except httpx.TimeoutException:
        return
    except (httpx.TransportError, OSError) as error:
        reason = (str(error).strip() or type(error).__name__).rstrip(".")
        raise SourceUnreachable(
            f"The stream broke off: {reason}.", remedy="It is opened again later."
        ) from None


def _texts(stream: _Stream, quiet_s: float, largest: int) -> Iterator[str]:
    import httpcore

    held = bytearray()
    whole = bytearray()

    def take(count: int) -> bytes:
        while len(held) < count:
            got = stream.read(65_536, quiet_s)
            if not got:
                raise EOFError
            held.extend(got)
        taken = bytes(held[:count])
        del held[:count]
        return taken

    try:
        while True:
            first, second = take(2)
            size = second & 127
            if size == 126:
                size = int.from_bytes(take(2), "big")
            elif size == 127:
                size = int.from_bytes(take(8), "big")
            if size + len(whole) > largest or second & 128:
                raise SourceTooLarge(
                    "The stream sent a message larger than the limit.", remedy="Tell the service."
                )
            payload = take(size)
            kind = first & 15
            if kind == _CLOSE:
                stream.write(_frame(_CLOSE, payload[:2]), quiet_s)
                return
            if kind == _PING:
                stream.write(_frame(_PONG, payload[:125]), quiet_s)
            elif kind in (0, _TEXT, 2):
                whole += payload
                if first & 128:
                    yield whole.decode("utf-8", "replace")
                    whole.clear()
    except (EOFError, httpcore.ReadTimeout):
        return


def _frame(kind: int, payload: bytes) -> bytes:
    mask = secrets.token_bytes(4)
    return (
        bytes((0x80 | kind, 0x80 | len(payload)))
        + mask
        + bytes(b ^ mask[n % 4] for n, b in enumerate(payload))
    )


def _accept(key: str) -> str:
    return base64.b64encode(hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()).decode()
