"""Moments as publishers write them, made aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from readthrough.domain.reading import Problem

__all__ = ["parse_moment"]

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?$")
_MILLISECONDS = 100_000_000_000  # a Unix time above this (year 5138 in seconds) is in milliseconds


def parse_moment(value: object) -> tuple[datetime | None, tuple[Problem, ...]]:
    """Read ISO 8601, e-mail dates, compact stamps and Unix seconds or milliseconds.

    A moment without a zone is taken as UTC, and a problem says so.

    >>> parse_moment("2025-05-15T09:30:00+02:00")[0].isoformat()
    '2025-05-15T07:30:00+00:00'
    """
    if value is None or value == "":
        return None, ()
    moment = _read(value)
    if moment is None:
        shown = str(value)[:60]
        remedy = "Write it as 2025-05-15T09:30:00Z."
        return None, (Problem(code="published_at_unread", detail=f"No date in {shown!r}", remedy=remedy),)
    if moment.tzinfo is None:
        problem = Problem(code="published_at_without_zone", detail="The time names no zone; taken as UTC")
        return moment.replace(tzinfo=UTC), (problem,)
    try:
        return moment.astimezone(UTC), ()
    except OverflowError:
        return None, (Problem(code="published_at_unread", detail="The date is out of range"),)


def _read(value: object) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(float(value))
    text = str(value).strip()[:80]
    if re.fullmatch(r"\d{9,13}(?:\.\d{1,6})?", text):
        return _from_number(float(text))
    if compact := _COMPACT.match(text):
        text = "{}-{}-{}T{}:{}:{}".format(*(part or "00" for part in compact.groups()))
    from email.utils import parsedate_to_datetime  # 20 ms, and few articles carry a date

    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError):
            continue
    return None


def _from_number(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
