"""Bytes of any kind that news comes in, to entries: an article, a wire item, or a message of several."""

from __future__ import annotations

import json
from datetime import datetime

from readthrough.feeds.entries import Entry, entry_of
from readthrough.feeds.extract import extract
from readthrough.feeds.limits import Limits
from readthrough.feeds.newsml import is_newsml, read_newsml
from readthrough.feeds.ninjs import is_ninjs, read_ninjs
from readthrough.feeds.unpack import GZIP_MARK, inflate

__all__ = ["entries_of"]


def entries_of(raw: bytes, *, limits: Limits, what: str, now: datetime) -> list[Entry]:
    """Read a document: ninjs, NewsML-G2, or anything `extract` takes.

    Raises:
        SourceError: It is none of them, or no article.
    """
    if raw.startswith(GZIP_MARK):
        raw = inflate(raw, limit=limits.max_bytes, what=what)
    head = raw[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and is_newsml(raw):
        return list(read_newsml(raw, now, what=what))
    if head.startswith((b"{", b"[")):
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            data = None  # told better by extract
        if isinstance(data, dict) and is_ninjs(data):
            return [read_ninjs(data, now)]
        if isinstance(data, list) and data and all(isinstance(d, dict) and is_ninjs(d) for d in data):
            return [read_ninjs(d, now) for d in data]
    draft = extract(raw, limits=limits, what=what)
    return [entry_of(draft.external_id, draft)]
