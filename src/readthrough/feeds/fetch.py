"""One http(s) address to bytes: each hop checked, the whole under one deadline and one size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import httpx

from readthrough.domain.errors import SourceRefused, SourceTooLarge, SourceUnreachable, SourceUnreadable
from readthrough.feeds.limits import Limits
from readthrough.feeds.network import Deadline, Network
from readthrough.feeds.unpack import inflate
from readthrough.feeds.web_address import check_url

__all__ = ["Fetched", "body_of", "fetch", "joined", "unpacked"]

_HEADERS: Final = {
    "User-Agent": "Mozilla/5.0 (compatible; readthrough/0.1)",
    "Accept": "text/html, application/xhtml+xml, application/json, application/pdf, text/plain, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "Connection": "close",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTUAL = re.compile(
    r"(?:text/(?!css|javascript|calendar)|application/(?:xhtml|xml|pdf|json|ld\+json|gzip|x-gzip|octet-stream|"
    r"[\w.-]+\+(?:json|xml))|binary/octet-stream)",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w:.\-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address delivered: its bytes unpacked, the last hop's address and the declared charset."""

    body: bytes
    url: str
    charset: str


def fetch(url: str, *, limits: Limits, network: Network | None = None) -> Fetched:
    """Fetch an address.

    Args:
        url: An http(s) address.
        limits: `deadline` bounds all hops together, `max_bytes` the body on the wire and unpacked.
        network: Resolver, allowed addresses and clock; the system's and public ones by default.

    Raises:
        SourceRefused: A hop's scheme, host or resolved address is not acceptable.
        SourceUnreachable: The network or the server failed, or took too long.
        SourceTooLarge: The body is larger than the limit; reading stopped there.
        SourceUnreadable: The content is of a type or encoding that holds no article.
    """
    network = network or Network()
    deadline = Deadline(limits.deadline.total_seconds(), url, network.monotonic)
    hop = url
    for count in range(limits.max_redirects + 1):
        try:
            outcome = _one_hop(hop, limits, network, deadline)
        except SourceRefused as refusal:
            if count == 0:
                raise
            message = f"{url!r} redirects: {refusal.message}"
            raise SourceRefused(message, remedy=refusal.remedy, url=url, hop=hop) from None
        if isinstance(outcome, Fetched):
            return outcome
        hop = outcome
    raise SourceUnreachable(
        f"{url!r} redirects more than {limits.max_redirects} times.",
        remedy="Give the final address.",
        url=url,
    )


def _one_hop(url: str, limits: Limits, network: Network, deadline: Deadline) -> Fetched | str:
    check_url(url, allow=network.allow)
    try:
        request = httpx.Request("GET", url, headers=_HEADERS)
        with network.transport(url, deadline) as transport:
            response = transport.handle_request(request)
            try:
                return _outcome(response, url, limits)
            finally:
                response.close()
    except httpx.TimeoutException:
        raise deadline.passed() from None
    except httpx.InvalidURL as error:
        raise SourceRefused(f"{url!r} is not an address: {error}.", remedy="Check its spelling.") from None
    except (httpx.TransportError, OSError) as error:
        reason = (str(error).strip() or type(error).__name__).rstrip(".")
        raise SourceUnreachable(
            f"{url!r} could not be fetched: {reason}.", remedy="Check the address and the network.", url=url
        ) from None


def _outcome(response: httpx.Response, url: str, limits: Limits) -> Fetched | str:
    location = response.headers.get("location", "").strip()
    if response.status_code in _REDIRECTS and location:
        return joined(url, location)
    if not 200 <= response.status_code < 300:
        raise _refused_by_server(response.status_code, url)
    content_type = response.headers.get("content-type", "").strip()
    if content_type and not _TEXTUAL.match(content_type):
        raise SourceUnreadable(
            f"{url!r} is of type {content_type.split(';')[0]!r}, which holds no article text.",
            remedy="Give the address of a page, a PDF, JSON or plain text.",
            url=url,
        )
    body = unpacked(body_of(response, url, limits), response.headers, url, limits)
    charset = _CHARSET.search(content_type)
    return Fetched(body=body, url=url, charset=charset.group(1) if charset else "")


def joined(url: str, location: str) -> str:
    """Return the address that a redirect leads to.

    Raises:
        SourceRefused: It is malformed.
    """
    try:
        return urljoin(url, location)
    except ValueError:
        raise SourceRefused(
            f"{url!r} redirects to a malformed address.", remedy="Give another one."
        ) from None


def body_of(response: httpx.Response, url: str, limits: Limits) -> bytes:
    """Read a body as it came over the wire, up to the limit.

    Raises:
        SourceTooLarge: There is more; reading stopped.
    """
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated[:18]) > limits.max_bytes:
        raise _too_large(url, limits)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > limits.max_bytes:
            raise _too_large(url, limits)
    return bytes(body)


def unpacked(body: bytes, fields: Mapping[str, str], url: str, limits: Limits) -> bytes:
    """Undo the compression that the header fields name.

    Raises:
        SourceTooLarge: It unpacks to more than the limit.
        SourceUnreadable: It is damaged, or packed in a way nobody asked for.
    """
    encoding = fields.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding in ("gzip", "x-gzip", "deflate"):
        kind = "deflate" if encoding == "deflate" else "gzip"
        unpacked = inflate(body, limit=limits.max_bytes, what=repr(url), encoding=kind)
        if kind == "gzip" and not unpacked:
            raise SourceUnreadable(f"{url!r} says it is gzip but is not.", remedy="Try again later.", url=url)
        return unpacked
    raise SourceUnreadable(
        f"{url!r} came with the encoding {encoding[:40]!r}, which was not asked for.",
        remedy="Save the page to a file and give that.",
        url=url,
    )


def _too_large(url: str, limits: Limits) -> SourceTooLarge:
    return SourceTooLarge(
        f"{url!r} is larger than {limits.max_bytes:,} bytes; reading stopped there.",
        remedy="Give one article, or raise the setting fetch.max_bytes.",
        url=url,
        bound=limits.max_bytes,
    )


def _refused_by_server(status: int, url: str) -> SourceUnreachable:
    remedy = {
        401: "It needs a login: save the page to a file and give that.",
        402: "It is behind a paywall: save the page to a file and give that.",
        403: "The server refuses programs: save the page to a file and give that.",
        404: "Check the address.",
        410: "The page was removed.",
        429: "Too many requests: try again later.",
    }.get(status, "Try again later.")
    return SourceUnreachable(f"{url!r} answered with status {status}.", remedy=remedy, url=url, status=status)
