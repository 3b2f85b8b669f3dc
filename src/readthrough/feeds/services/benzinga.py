"""Benzinga's news stream: articles as they are created, updated and removed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from readthrough.domain.live import Feed
from readthrough.feeds.ask import Asking
from readthrough.feeds.entries import Entry, Shown, entry_of, withdrawn
from readthrough.feeds.services.common import item_entry, key_of, tickers_of
from readthrough.feeds.websocket import messages

__all__ = ["show"]

SITE: Final = "wss://api.benzinga.com"
_LISTEN_S: Final = 20.0
"""How long one turn listens; the next follows at once."""
_QUIET_S: Final = 10.0
_MOST: Final = 500


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Listen to the stream for a while.

    `options["listen_s"]` and `options["quiet_s"]` say how long, and when silence ends it.

    Raises:
        SettingsError: There is no key.
        SourceError: The stream cannot be opened.
    """
    key = key_of(feed, "BENZINGA_API_KEY")
    query = {"token": key}
    if tickers := tickers_of(feed):
        query["tickers"] = tickers
    url = f"{feed.address or SITE}/api/v1/news/stream?{urlencode(query)}"
    listen = float(feed.options.get("listen_s", _LISTEN_S))
    quiet = float(feed.options.get("quiet_s", _QUIET_S))
    entries: list[Entry] = []
    for text in messages(url, asking, seconds=listen, quiet_s=quiet):
        entry = _entry(text)
        if entry is not None:
            entries.append(entry)
        if len(entries) >= _MOST:
            break
    return Shown(entries=tuple(_last_of_each(entries)), wait=timedelta(0), title="Benzinga")


def _entry(text: str) -> Entry | None:
    try:
        message: Any = json.loads(text)
        data = message["data"]
        content, action = data["content"], str(data["action"]).lower()
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # a greeting, or another kind of message
    if not isinstance(content, dict):
        return None
    key = str(content.get("id") or data.get("id") or "")
    if action == "removed":
        return entry_of(
            key, withdrawn(str(content.get("title") or key), source="Benzinga"), version="removed"
        )
    securities = content.get("securities")
    tickers = (
        [str(s.get("symbol", "")) for s in securities if isinstance(s, dict)]
        if isinstance(securities, list)
        else []
    )
    return item_entry(
        key=key,
        title=content.get("title"),
        text=content.get("body") or content.get("teaser"),
        source="Benzinga",
        url=content.get("url"),
        published=content.get("created") or content.get("created_at") or data.get("timestamp"),
        version=content.get("updated") or content.get("revision_id"),
        tickers=tickers,
    )


def _last_of_each(entries: list[Entry]) -> list[Entry]:
    return list({entry.key: entry for entry in entries}.values())
