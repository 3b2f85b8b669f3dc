"""Which addresses may be fetched or shown: http(s), public, written plainly."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

from readthrough.domain.errors import SourceRefused

__all__ = ["Allow", "address_refused", "check_url", "safe_url"]

Allow: TypeAlias = Callable[[str], bool]
"""Tells whether an IP address, as text, may be connected to."""

_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63}){0,20}\.?$", re.IGNORECASE)
_LONGEST = 2_000


def safe_url(url: str) -> str:
    """Return an address that is safe to show as a link, or nothing.

    >>> safe_url("javascript:alert(1)"), safe_url("https://example.com/a#b")
    ('', 'https://example.com/a')
    """
    try:
        parts = urlsplit(url.strip())
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and port_ok
    if not plain or len(url) > _LONGEST or re.search(r"[\x00-\x20\x7f-\x9f<>\"\\]", url.strip()):
        return ""
    return urlunsplit(parts._replace(fragment=""))


def check_url(url: str, *, allow: Allow) -> None:
    """Refuse an address that should not be fetched, before any name is looked up.

    Raises:
        SourceRefused: The scheme, host, port or form of the address is not acceptable.
    """
    shown = url if len(url) <= 120 else url[:117] + "..."
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        reason = str(error).rstrip(".")
        raise SourceRefused(f"{shown!r} is not an address: {reason}.", remedy="Check its spelling.") from None
    if parts.scheme not in ("http", "https"):
        raise SourceRefused(
            f"{shown!r} uses the scheme {parts.scheme!r}; only http and https are fetched.",
            remedy="Give an http(s) address, or the path of a file.",
        )
    if len(url) > _LONGEST:
        raise SourceRefused(f"The address is longer than {_LONGEST} characters.", remedy="Shorten it.")
    if "@" in parts.netloc:
        raise SourceRefused("The address carries a user name.", remedy="Remove the part before '@'.")
    if not host:
        raise SourceRefused(f"{shown!r} names no host.", remedy="Check its spelling.")
    _check_host(host, shown, allow)


def _check_host(host: str, shown: str, allow: Allow) -> None:
    try:
        literal = str(ipaddress.ip_address(host))
    except ValueError:
        literal = ""
    if literal:
        if not allow(literal):
            raise address_refused(shown, literal)
        return
    if _NUMERIC_HOST.match(host):
        raise SourceRefused(
            f"{shown!r} writes its host as a number in an unusual form.",
            remedy="Give the host's name, or its address as four plain decimals.",
        )
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not _HOST.match(plain):
        raise SourceRefused(
            f"{shown!r} names a host that cannot exist.", remedy="Check its spelling.", url=shown
        )


def address_refused(url: str, address: str) -> SourceRefused:
    """Build the refusal of an address that is not public."""
    return SourceRefused(
        f"{url!r} leads to {address}, which is not on the public internet.",
        remedy="Save the page to a file and give that, or set fetch.allow_private_addresses.",
        url=url,
        address=address,
    )
