"""Many articles as JSON lines: bounded reading, and one line to one draft."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from readthrough.domain.errors import SourceTooLarge, SourceUnreadable
from readthrough.feeds.clean import clean_line
from readthrough.feeds.decode import decode
from readthrough.feeds.draft import Draft
from readthrough.feeds.extract import check_draft
from readthrough.feeds.limits import Limits
from readthrough.feeds.records import read_record

__all__ = ["line_id", "lines_of", "read_line"]


def lines_of(stream: BinaryIO, *, longest: int) -> Iterator[bytes]:
    """Yield each line without its end; of a line over `longest` bytes, only the first `longest` + 1.

    A last line without an end counts; the nothing after the last end does not.
    """
    first = True
    while raw := stream.readline(longest + 1):
        rest = raw
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        line = raw.rstrip(b"\r\n") if len(raw) <= longest + 1 else raw
        yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False


def read_line(raw: bytes, *, limits: Limits, what: str) -> Draft:
    """Make a draft of one line.

    Args:
        raw: The line, as `lines_of` gave it.
        limits: `max_bytes` and `max_characters` of one article.
        what: Names the line in messages.

    Raises:
        SourceTooLarge: The line is too long.
        SourceUnreadable: It is empty, not JSON, not an object, or no article.
    """
    if len(raw) > limits.max_bytes:
        raise SourceTooLarge(
            f"{what} is longer than {limits.max_bytes:,} bytes.", remedy="Give one article a line."
        )
    text, problems = decode(raw, what=what)
    if not text.strip():
        raise SourceUnreadable(f"{what} is empty.", remedy="Give one JSON object a line.")
    record = _object(text)
    if isinstance(record, str):
        raise SourceUnreadable(
            f"{what} is not a JSON object: {record}.",
            remedy='Write each article as {"id": ..., "headline": ..., "body": ...} on one line.',
        )
    draft = read_record(record, what=what, problems=problems)
    check_draft(draft, limits, what)
    return draft


def line_id(raw: bytes) -> str:
    """Return the id that a line gives its article, or nothing where it gives none.

    >>> line_id(b'{"id": "rtw-1", "headline": "x"}'), line_id(b"not json")
    ('rtw-1', '')
    """
    try:
        record = _object(decode(raw)[0])
    except SourceUnreadable:
        return ""  # reading the line says why
    value = record.get("id") if isinstance(record, Mapping) else None
    return (
        clean_line(str(value))[:300] if isinstance(value, str | int) and not isinstance(value, bool) else ""
    )


def _object(text: str) -> Mapping[str, Any] | str:
    try:
        data = json.loads(text)
    except RecursionError:
        return "it is nested too deep"
    except ValueError as error:
        at = f"{error.msg} at column {error.colno:,}" if isinstance(error, json.JSONDecodeError) else ""
        return at or str(error)
    return data if isinstance(data, dict) else f"it is a {type(data).__name__}"
