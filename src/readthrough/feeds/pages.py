"""The page behind a headline: fetched where its site allows, taken over when it says more than the feed."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from readthrough.domain.errors import SourceError
from readthrough.domain.reading import Problem
from readthrough.feeds.ask import Answer, Asking
from readthrough.feeds.draft import Draft
from readthrough.feeds.extract import extract

__all__ = ["Pages"]

_FRESH_S: Final = 86_400.0  # how long a robots.txt is believed
_LARGEST_ROBOTS: Final = 512_000
_PRODUCT: Final = "readthrough"
_RESERVED: Final = re.compile(
    rb"""<meta\s[^>]{0,200}?name\s*=\s*["']?(?:robots|readthrough|tdm-reservation)["']?[^>]{0,200}?content\s*=\s*["']?([^"'>]{0,200})""",
    re.IGNORECASE,
)
_FORBIDS: Final = re.compile(r"\b(?:none|nosnippet|noai)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rules:
    robots: RobotFileParser
    until: float


class Pages:
    """Fetches pages within what their sites allow, and remembers what each site allows for a day."""

    def __init__(self, asking: Asking, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Ask in this manner."""
        self._asking = asking
        self._monotonic = monotonic
        self._rules: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def whole(self, draft: Draft, page: str) -> Draft:
        """Return the draft with the text of its page, or as it was with the reason why not."""
        try:
            if not self._allowed(page):
                return _headline_only(draft, "Its site asks programs to stay away (robots.txt)")
            answer = self._asking.get(
                page, {"Accept": "text/html, application/xhtml+xml, application/pdf, text/plain"}
            )
            if not answer.ok:
                return _headline_only(draft, f"Its page answered with status {answer.status}")
            if _reserved(answer):
                return _headline_only(draft, "Its page reserves the use of its text")
            found = extract(
                answer.body,
                limits=self._asking.limits,
                what=repr(page),
                url=answer.url,
                charset=_charset(answer.headers.get("content-type", "")),
            )
        except SourceError as error:
            return _headline_only(draft, error.message.rstrip("."))
        if len(found.body) <= len(draft.body):
            return draft
        return replace(
            draft,
            headline=draft.headline or found.headline,
            body=found.body,
            published_at=draft.published_at or found.published_at,
            language=draft.language or found.language,
            problems=draft.problems + found.problems,
        )

    def _allowed(self, page: str) -> bool:
        parts = urlsplit(page)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            kept = self._rules.get(site)
        if kept is None or kept.until < self._monotonic():
            kept = _Rules(self._robots(site), self._monotonic() + _FRESH_S)
            with self._lock:
                if len(self._rules) > 5_000:
                    self._rules.clear()
                self._rules[site] = kept
        return kept.robots.can_fetch(_PRODUCT, page)

    def _robots(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self._asking.within(max_bytes=_LARGEST_ROBOTS).get(f"{site}/robots.txt")
        except SourceError:
            rules.parse([])  # what cannot be asked forbids nothing; the page itself will show
            return rules
        if answer.status in (401, 403) or answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])  # a site in trouble, or shut: leave it alone
        else:
            rules.parse(answer.body.decode("utf-8", "replace").splitlines()[:5_000] if answer.ok else [])
        return rules


def _reserved(answer: Answer) -> bool:
    """Whether headers or the page's head reserve the text: TDM reservation, or robots told not to quote."""
    if answer.headers.get("tdm-reservation", "").strip() == "1" or _FORBIDS.search(
        answer.headers.get("x-robots-tag", "")
    ):
        return True
    for found in _RESERVED.finditer(answer.body[:60_000]):
        told = found.group(1).decode("latin-1").strip()
        if told == "1" if b"tdm" in found.group(0).lower() else _FORBIDS.search(told):
            return True
    return False


def _headline_only(draft: Draft, reason: str) -> Draft:
    return replace(draft, problems=(*draft.problems, Problem(code="headline_only", detail=reason[:300])))


def _charset(kind: str) -> str:
    found = re.search(r"""charset\s{0,3}=\s{0,3}["']?([\w.:-]{2,40})""", kind, re.IGNORECASE)
    return found.group(1) if found else ""
