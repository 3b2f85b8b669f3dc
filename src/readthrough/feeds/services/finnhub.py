"""Finnhub's market news, or the news of companies."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from readthrough.domain.live import Feed
from readthrough.feeds.ask import Asking
from readthrough.feeds.entries import Entry, Shown
from readthrough.feeds.services.common import ask_json, entries_from, item_entry, key_of, tickers_of

__all__ = ["show"]

SITE: Final = "https://finnhub.io"
EVERY: Final = timedelta(minutes=1)


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for news of `options["category"]` (general), or of each of `options["tickers"]`.

    Raises:
        SettingsError: There is no key.
        SourceError: The service cannot be asked.
    """
    key = key_of(feed, "FINNHUB_API_KEY")
    site, headers = feed.address or SITE, {"X-Finnhub-Token": key}
    entries: list[Entry] = []
    least = int(feed.mark.get("least") or 0)
    highest = least
    for query in _queries(feed, now, least):
        data = ask_json(asking, f"{site}/api/v1/{query}", headers, now, key=key)
        entries += entries_from(data, _entry)
        highest = max(
            [highest, *(int(i["id"]) for i in data if isinstance(i, dict) and isinstance(i.get("id"), int))]
        )
    return Shown(entries=tuple(entries), mark={"least": highest}, wait=EVERY, title="Finnhub")


def _queries(feed: Feed, now: datetime, least: int) -> list[str]:
    tickers = tickers_of(feed)
    if not tickers:
        query = {"category": feed.options.get("category", "general")} | (
            {"minId": str(least)} if least else {}
        )
        return [f"news?{urlencode(query)}"]
    since, until = (now - timedelta(days=1)).date().isoformat(), now.date().isoformat()
    return [
        f"company-news?{urlencode({'symbol': t, 'from': since, 'to': until})}" for t in tickers.split(",")
    ]


def _entry(item: dict[str, object]) -> Entry:
    return item_entry(
        key=item.get("id"),
        title=item.get("headline"),
        text=item.get("summary"),
        source=item.get("source"),
        url=item.get("url"),
        published=item.get("datetime"),
        tickers=str(item.get("related") or "").split(","),
    )
