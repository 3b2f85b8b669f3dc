"""A SOURCE as people write it (a path, an address, "-") to a draft."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, BinaryIO

from readthrough.domain.errors import SourceNotFound, SourceTooLarge
from readthrough.feeds.draft import Draft
from readthrough.feeds.extract import extract
from readthrough.feeds.limits import Limits

if TYPE_CHECKING:
    from readthrough.feeds.network import Network

__all__ = ["load_source"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
_STEP = 1 << 20  # bytes read at a time


def load_source(
    source: str,
    *,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    network: Network | None = None,
) -> Draft:
    """Read a file, an http(s) address or standard input and return what it says.

    Args:
        source: A path, an address, or "-" for `stdin`.
        limits: What it may cost.
        stdin: The stream that "-" means, in bytes.
        network: How addresses are reached; the system's resolver and public addresses by default.

    Raises:
        SourceError: One of its kinds, each with what is wrong and what to do.
    """
    limits = limits or Limits()
    if source == "-":
        return _from_stream(stdin, limits)
    if _SCHEME.match(source):
        return _from_address(source, limits, network)
    what = repr(source if len(source) <= 120 else "..." + source[-117:])
    return extract(_from_file(source, what, limits), limits=limits, what=what)


def _from_address(source: str, limits: Limits, network: Network | None) -> Draft:
    from readthrough.feeds.fetch import fetch

    fetched = fetch(source, limits=limits, network=network)
    return extract(fetched.body, limits=limits, what=repr(source), url=fetched.url, charset=fetched.charset)


def _from_stream(stdin: BinaryIO | None, limits: Limits) -> Draft:
    if stdin is None:
        raise SourceNotFound("There is no standard input to read.", remedy="Give a file or an address.")
    what = "standard input"
    return extract(_bounded(stdin, what, limits), limits=limits, what=what)


def _from_file(path: str, what: str, limits: Limits) -> bytes:
    try:
        info = os.stat(path)
        if stat.S_ISDIR(info.st_mode):
            raise SourceNotFound(f"{what} is a directory.", remedy="Give one file in it.", path=path)
        if stat.S_ISREG(info.st_mode) and info.st_size > limits.max_bytes:
            raise _too_large(what, limits, f" ({info.st_size:,} bytes)")
        with open(path, "rb") as stream:
            return _bounded(stream, what, limits)
    except FileNotFoundError:
        remedy = (
            "Check the path; for a web page write https:// before it." if "." in path else "Check the path."
        )
        raise SourceNotFound(f"{what} does not exist.", remedy=remedy, path=path) from None
    except PermissionError:
        raise SourceNotFound(
            f"{what} may not be read.", remedy="Change its permissions or run as its owner.", path=path
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceNotFound(
            f"{what} cannot be opened: {reason}.", remedy="Check the path.", path=path
        ) from None


def _bounded(stream: BinaryIO, what: str, limits: Limits) -> bytes:
    data = bytearray()
    while chunk := stream.read(_STEP):
        data += chunk
        if len(data) > limits.max_bytes:
            raise _too_large(what, limits)
    return bytes(data)


def _too_large(what: str, limits: Limits, size: str = "") -> SourceTooLarge:
    return SourceTooLarge(
        f"{what} is larger than {limits.max_bytes:,} bytes{size}.",
        remedy="Give one article, or raise the setting fetch.max_bytes.",
        bound=limits.max_bytes,
    )
