"""HTTP that cannot be talked into reaching this machine's own network.

News names addresses and readers name webhooks: both are hostile until shown otherwise. The guard
resolves a host once, refuses it when any answer is not a public address, and connects to the very
address it checked, so a name that answers differently the second time gains nothing. `Host` and the
TLS name stay those of the address asked for.
"""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

import httpcore
import httpx

from readthrough.domain.errors import SourceRefused

__all__ = [
    "GuardedTransport",
    "Resolver",
    "is_public",
    "public_connections_only",
    "require_public",
    "resolve",
]

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Turns a host and port into IP addresses as text."""

# What the IANA special-purpose registries set aside. Written out because Python's own notion of "global"
# differs between patch releases, and calls some of these global (anycast relays, site-local, 3fff::/20).
_RESERVED_V4: tuple[IPv4Network, ...] = tuple(
    IPv4Network(block)
    for block in """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
    198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4""".split()
)
# Public by number, private by use: the address of a cloud's host agent.
_NEVER = frozenset({IPv4Address("168.63.129.16")})
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Protocol assignments (Teredo among them), documentation, AS112 anycast.
_RESERVED_V6: tuple[IPv6Network, ...] = tuple(
    IPv6Network(block) for block in "2001::/23 2001:db8::/32 2620:4f:8000::/48 3fff::/20".split()
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})

_ERRORS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
}


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet.

    Only global unicast does. Loopback, private, link-local (cloud metadata), shared, reserved, benchmark,
    documentation, anycast relay and multicast ranges do not; nor does an IPv6 address that carries such an
    IPv4 address inside (mapped, NAT64, 6to4, ISATAP), nor a transition form that no longer routes
    (IPv4-compatible, IPv4-translated, Teredo).

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _public_v6(ip) if isinstance(ip, IPv6Address) else _public_v4(ip)


def _public_v4(ip: IPv4Address) -> bool:
    return ip not in _NEVER and not any(ip in block for block in _RESERVED_V4)


def _public_v6(ip: IPv6Address) -> bool:
    bits = int(ip)
    if ip in _MAPPED or ip in _NAT64:
        return _public_v4(IPv4Address(bits & 0xFFFFFFFF))
    if ip not in _GLOBAL_UNICAST or any(ip in block for block in _RESERVED_V6):
        return False
    if ip in _6TO4 and not _public_v4(IPv4Address(bits >> 80 & 0xFFFFFFFF)):
        return False
    # The interface part of an ISATAP address is this mark and the IPv4 address it tunnels to.
    return bits >> 32 & 0xFFFFFFFF not in _ISATAP or _public_v4(IPv4Address(bits & 0xFFFFFFFF))


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver for a host's addresses, in its order of preference.

    Raises:
        OSError: The name does not resolve.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def require_public(host: str, port: int, *, resolver: Resolver = resolve) -> None:
    """Refuse a host that is not public now. What is sent later is checked again, at the address connected to.

    Raises:
        SourceRefused: It does not resolve, or to an address that is not public.
    """
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise SourceRefused(
            f"{host} does not resolve: {error}.", remedy="Check the name.", host=host
        ) from error
    refused = [address for address in addresses if not is_public(address)]
    if refused or not addresses:
        raise _not_public(host, refused[0] if refused else "nothing")


def _not_public(host: str, address: str) -> SourceRefused:
    return SourceRefused(
        f"{host} resolves to {address}, which is not a public address.",
        remedy="Use a public address, or allow private addresses in the settings.",
        host=host,
        address=address,
    )


class _Watched:
    """What a block that may connect to public addresses only was refused."""

    refused = ""


# A context rather than a thread: libraries that send from threads of their own hand the context on.
_watched: ContextVar[_Watched | None] = ContextVar("watched", default=None)
_watching = threading.Lock()
_hooked: list[bool] = []


@contextmanager
def public_connections_only() -> Iterator[None]:
    """Let what runs in this context connect to public addresses only, whichever library does it.

    For libraries that take no transport of ours. The interpreter tells of every connection with the very address
    it goes to, after names are resolved and redirects followed, so neither can lead inward.

    Raises:
        SourceRefused: A connection was refused, whatever the library made of that.
    """
    with _watching:
        if not _hooked:
            sys.addaudithook(_audit)  # for good: there is no way to take one back
            _hooked.append(True)
    watched = _Watched()
    token = _watched.set(watched)
    try:
        yield
    except OSError as error:
        if watched.refused:
            raise _not_public("The host", watched.refused) from error
        raise
    finally:
        _watched.reset(token)
    if watched.refused:
        raise _not_public("The host", watched.refused)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    watched = _watched.get()
    if watched is None:
        return
    address = arguments[1]
    host = str(address[0]) if isinstance(address, tuple) and address else str(address)
    if not is_public(host):
        watched.refused = host
        raise ConnectionRefusedError(f"{host} is not a public address")


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport that connects only to addresses it has checked.

    Follows no redirect by itself; a client that follows them passes each hop through the guard.

    Example:
        `httpx.Client(transport=GuardedTransport(), trust_env=False)`
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        total_timeout_s: float | None = None,
        resolver: Resolver = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare a pool of connections.

        Args:
            allow_private: Let through addresses that are not public.
            total_timeout_s: Seconds for a whole exchange, body included; a server that trickles
                bytes cannot outlast it. None leaves only the client's timeouts per read.
            resolver: Turns a host into addresses.
            ssl_context: Trust for TLS; the system-independent default when None.
        """
        self._total_timeout_s = total_timeout_s
        self._deadline = _Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            network_backend=_CheckedBackend(allow_private, resolver, self._deadline),
            keepalive_expiry=5.0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises:
            SourceRefused: The scheme is not http(s) or the host is not public.
            httpx.TransportError: The network or the server failed, or time ran out.
        """
        if request.url.scheme not in ("http", "https"):
            raise SourceRefused(
                f"{request.url.scheme or 'an empty scheme'} is not a scheme this will fetch.",
                remedy="Use an http or https address.",
            )
        self._deadline.start(self._total_timeout_s)
        outgoing = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _as_httpx():
            incoming = self._pool.handle_request(outgoing)
        return httpx.Response(
            status_code=incoming.status,
            headers=incoming.headers,
            stream=_Body(incoming),
            extensions=incoming.extensions,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Deadline(threading.local):
    """When the exchange of the current thread must be over, in seconds of the monotonic clock."""

    at: float | None = None

    def start(self, seconds: float | None) -> None:
        self.at = None if seconds is None else time.monotonic() + seconds

    def shorten(self, timeout: float | None, error: type[Exception]) -> float | None:
        if self.at is None:
            return timeout
        left = self.at - time.monotonic()
        if left <= 0:
            raise error("the exchange took longer than its total timeout")
        return left if timeout is None else min(timeout, left)


class _CheckedBackend(httpcore.NetworkBackend):
    def __init__(self, allow_private: bool, resolver: Resolver, deadline: _Deadline) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._checked(host, port):
            seconds = self._deadline.shorten(timeout, httpcore.ConnectTimeout)
            try:
                stream = self._plain.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} does not resolve: {error}") from error
        refused = [address for address in addresses if not is_public(address)]
        if refused and not self._allow_private:
            raise _not_public(host, refused[0])
        return addresses


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.shorten(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.shorten(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.shorten(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        known = _ERRORS.get(type(error))
        if known is None:
            raise
        raise known(str(error)) from error
