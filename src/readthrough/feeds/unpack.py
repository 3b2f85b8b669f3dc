"""Undo compression without trusting what it claims: output is bounded, truncation is told."""

from __future__ import annotations

import zlib

from readthrough.domain.errors import SourceTooLarge, SourceUnreadable

__all__ = ["GZIP_MARK", "inflate"]

GZIP_MARK = b"\x1f\x8b"
_STEP = 1 << 18  # bytes unpacked at a time: what a hostile stream can cost beyond the limit
_LAYERS = 2  # a gzip inside a gzip happens; deeper nesting is an attack


def inflate(raw: bytes, *, limit: int, what: str, encoding: str = "gzip") -> bytes:
    """Unpack gzip (or deflate) bytes up to a limit.

    Args:
        raw: The packed bytes.
        limit: The most bytes that may come out.
        what: Names the source in messages.
        encoding: "gzip" (several members allowed) or "deflate" (zlib or raw).

    Raises:
        SourceTooLarge: More than `limit` bytes would come out.
        SourceUnreadable: The stream is truncated, damaged or nested too deep.
    """
    data = raw
    for _ in range(_LAYERS):
        data = _gunzip(data, limit, what) if encoding == "gzip" else _undeflate(data, limit, what)
        if not data.startswith(GZIP_MARK):
            return data
        encoding = "gzip"
    raise SourceUnreadable(
        f"{what} is compressed more than {_LAYERS} times over.", remedy="Unpack it and give the inner file."
    )


def _gunzip(raw: bytes, limit: int, what: str) -> bytes:
    out = bytearray()
    rest = raw
    while rest.startswith(GZIP_MARK):
        rest = _member(zlib.decompressobj(wbits=31), rest, out, limit, what)
    return bytes(out)


def _undeflate(raw: bytes, limit: int, what: str) -> bytes:
    out = bytearray()
    try:
        _member(zlib.decompressobj(), raw, out, limit, what)
    except SourceUnreadable:
        out = bytearray()
        _member(zlib.decompressobj(wbits=-15), raw, out, limit, what)
    return bytes(out)


def _member(unpack: zlib._Decompress, raw: bytes, out: bytearray, limit: int, what: str) -> bytes:
    data = raw
    try:
        while not unpack.eof:
            piece = unpack.decompress(data, _STEP)
            data = unpack.unconsumed_tail
            out += piece
            if len(out) > limit:
                raise SourceTooLarge(
                    f"{what} unpacks to more than {limit:,} bytes.",
                    remedy="Give one article, or raise the setting fetch.max_bytes.",
                    bound=limit,
                )
            if not piece and not data and not unpack.eof:
                raise SourceUnreadable(
                    f"{what} is a truncated compressed stream: it ends before its last block.",
                    remedy="Download or copy it again; the file is incomplete.",
                )
    except zlib.error as error:
        raise SourceUnreadable(
            f"{what} is a damaged compressed stream ({error}).", remedy="Download or copy it again."
        ) from None
    return unpack.unused_data
