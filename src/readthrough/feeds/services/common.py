"""What the services share: keys from the environment, lists of JSON, and errors that come as successes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from readthrough.domain.errors import SettingsError, SourceUnreadable
from readthrough.domain.live import Feed
from readthrough.domain.reading import Problem
from readthrough.feeds.ask import Asking
from readthrough.feeds.asked import refused
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.entries import Entry, entry_of
from readthrough.feeds.html import strip_tags
from readthrough.feeds.web_address import safe_url

__all__ = ["ask_json", "entries_from", "item_entry", "key_of", "newest", "tickers_of"]


def key_of(feed: Feed, variable: str, environ: Mapping[str, str] | None = None) -> str:
    """Return a feed's key, from the environment variable that `options["key_env"]` names or the usual one.

    Raises:
        SettingsError: The variable is not set.
    """
    name = feed.options.get("key_env") or variable
    key = (os.environ if environ is None else environ).get(name, "").strip()
    if not key:
        raise SettingsError(
            f"The feed {feed.name!r} needs a key, and the variable {name} is not set.",
            remedy=f"Set {name} to the key, or name another variable with --option key_env=NAME.",
        )
    return key


def ask_json(asking: Asking, url: str, headers: Mapping[str, str], now: datetime, *, key: str) -> Any:
    """Ask for JSON; no message ever holds the key.

    Raises:
        SourceError: It cannot be had, or is no JSON.
    """
    answer = asking.get(url, {"Accept": "application/json", **headers})
    if not answer.ok:
        error = refused(answer, now)
        raise type(error)(_without(error.message, key), remedy=error.remedy, **error.facts)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise SourceUnreadable(
            "The service answered with something that is no JSON.", remedy="It is tried again."
        ) from None


def _without(words: str, key: str) -> str:
    return words.replace(key, "********") if key else words


def entries_from(items: object, make: Any) -> tuple[Entry, ...]:
    """Make an entry of each item of a list, one that is not an object saying so."""
    if not isinstance(items, list):
        raise SourceUnreadable("The service answered without a list of news.", remedy="It is tried again.")
    made = []
    for n, item in enumerate(items[:1_000]):
        if isinstance(item, dict):
            made.append(make(item))
        else:
            reason = f"It is a {type(item).__name__}, not an object."
            made.append(Entry(key=f"item {n}", digest=str(n), draft=None, reason=reason))
    return tuple(made)


def item_entry(
    *,
    key: object,
    title: object,
    text: object,
    source: object,
    url: object,
    published: object,
    language: object = "",
    version: object = "",
    tickers: Iterable[str] = (),
) -> Entry:
    """Make an entry of a service's fields, whatever types they came in. Tickers it names go into a problem's place.

    A service's own tags are not the article's words and are not read: they are kept for people to compare.
    """
    words = text if isinstance(text, str) else ""
    body, problems = clean_body(strip_tags(words) if "<" in words else words)
    moment, told = parse_moment(published)
    named = ", ".join(sorted({clean_line(str(t))[:20] for t in tickers if t}))[:300]
    if named:
        problems += (Problem(code="service_tickers", detail=f"The service names {named}"),)
    link = safe_url(str(url or ""))
    draft = Draft(
        headline=clean_line(str(title or ""))[:500],
        body=body,
        source=clean_line(str(source or ""))[:120],
        url=link,
        published_at=moment,
        language=clean_line(str(language or "")).lower()[:2],
        problems=problems + told,
    )
    return entry_of(
        clean_line(str(key or "")), draft, version=str(version or ""), page=link if len(body) < 900 else ""
    )


def tickers_of(feed: Feed) -> str:
    """Return the tickers that a feed's options ask for, as a plain comma list."""
    return ",".join(t.strip().upper() for t in feed.options.get("tickers", "").split(",") if t.strip())


def newest(entries: Iterable[Entry], before: str) -> str:
    """Return the newest time of publication as ISO text, or the one from before."""
    times = [
        e.draft.published_at for e in entries if e.draft is not None and e.draft.published_at is not None
    ]
    latest = max(times).isoformat() if times else ""
    return max(latest, before)
