"""What a poll remembers of its last answer, and what an answer that is no success means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from readthrough.domain.article import digest
from readthrough.domain.errors import SourceUnreachable
from readthrough.feeds.ask import Answer, retry_after

__all__ = ["refused", "same_as_before", "seen_before"]


def seen_before(mark: Mapping[str, Any]) -> dict[str, str]:
    """Say which version we have, so that the server need not send it again."""
    headers = {}
    if etag := str(mark.get("etag") or ""):
        headers["If-None-Match"] = etag
    if modified := str(mark.get("modified") or ""):
        headers["If-Modified-Since"] = modified
    return headers


def same_as_before(answer: Answer, mark: Mapping[str, Any]) -> bool:
    """Tell whether an answer is what we have, by its status or by its very bytes."""
    return answer.status == 304 or (answer.ok and digest(answer.body.decode("latin-1")) == mark.get("body"))


def refused(answer: Answer, now: datetime) -> SourceUnreachable:
    """Make the error of an answer that is no success, with how long to wait among its facts."""
    remedies = {
        401: "Check its key.",
        402: "Its plan does not cover this.",
        403: "Its server refuses us: check its terms, the key, and feeds.contact.",
        404: "Check the address.",
        410: "It is gone for good: remove it.",
        429: "It is asked less often from now on.",
    }
    words = "" if answer.status in (404, 410) else _words(answer)
    return SourceUnreachable(
        f"{answer.url!r} answered with status {answer.status}{f': {words}' if words else ''}.",
        remedy=remedies.get(answer.status, "It is tried again later."),
        status=answer.status,
        retry_after=retry_after(answer.headers, now),
    )


def _words(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(("text/plain", "application/json")):
        return ""
    text = answer.body[:300].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip()[:160]
