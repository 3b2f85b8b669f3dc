"""Styles, scripts and pictures, read once. Their address holds their digest, so they are kept for ever."""

from __future__ import annotations

import gzip
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Final

from fastapi import Header, HTTPException
from starlette.responses import Response

from readthrough.domain.article import digest

__all__ = ["Assets", "assets_digest", "has_asset"]

KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
"""Kinds of file served, by ending."""


class _File:
    """A file and, once somebody has asked for it, its packed form: the grid takes a tenth of a second to pack."""

    def __init__(self, kind: str, raw: bytes) -> None:
        self.kind = kind
        self.raw = raw
        self._packed = b""

    @property
    def packed(self) -> bytes:
        if not self._packed:
            self._packed = gzip.compress(self.raw, mtime=0)
        return self._packed


class Assets:
    """Every static file, plain and packed, in memory: about 40 kB, and 2 MB where the grid is installed."""

    def __init__(self) -> None:
        """Read the files."""
        self._files = {path: _File(KINDS[path.rpartition(".")[2]], raw) for path, raw in _all()}

    def serve(self, digest: str, path: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
        """Answer with a file; an address of an older release still gets today's, but not for ever."""
        file = self._files.get(path)
        if file is None:
            raise HTTPException(404, "There is no such file.")
        current = digest == assets_digest()
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if "gzip" not in accept_encoding:
            return Response(file.raw, media_type=file.kind, headers=headers)
        return Response(file.packed, media_type=file.kind, headers={**headers, "Content-Encoding": "gzip"})


def assets_digest() -> str:
    """Digest every static file's name and content."""
    return _DIGEST


def has_asset(path: str) -> bool:
    """Tell whether a file is there: those of others are fetched at set-up, which an installation may lack."""
    return (files("readthrough.web") / "static" / path).is_file()


def _all() -> list[tuple[str, bytes]]:
    return [
        (path, file.read_bytes())
        for path, file in _walk(files("readthrough.web") / "static", "")
        if path.rpartition(".")[2] in KINDS
    ]


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}{entry.name}"
        found += _walk(entry, f"{path}/") if entry.is_dir() else [(path, entry)]
    return found


_DIGEST: Final = digest(*(part for path, raw in _all() for part in (path, raw.decode("utf-8"))), size=6)
