"""Polygon's reference news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from readthrough.domain.errors import SourceUnreachable
from readthrough.domain.live import Feed
from readthrough.feeds.ask import Asking
from readthrough.feeds.entries import Entry, Shown
from readthrough.feeds.services.common import ask_json, entries_from, item_entry, key_of, newest, tickers_of

__all__ = ["show"]

SITE: Final = "https://api.polygon.io"
EVERY: Final = timedelta(minutes=1)


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for the newest articles, of one ticker where the options name it.

    Raises:
        SettingsError: There is no key.
        SourceError: The service cannot be asked, or refuses.
    """
    key = key_of(feed, "POLYGON_API_KEY")
    query = {"order": "desc", "sort": "published_utc", "limit": "100"}
    if tickers := tickers_of(feed):
        query["ticker"] = tickers.split(",")[0]
    before = str(feed.mark.get("newest") or "")
    if before:
        query["published_utc.gte"] = datetime.fromisoformat(before).strftime("%Y-%m-%dT%H:%M:%SZ")
    url = f"{feed.address or SITE}/v2/reference/news?{urlencode(query)}"
    data = ask_json(asking, url, {"Authorization": f"Bearer {key}"}, now, key=key)
    if isinstance(data, dict) and data.get("status") == "ERROR":
        words = str(data.get("error") or data.get("message") or "")[:200].replace(key, "********")
        raise SourceUnreachable(f"Polygon refuses: {words}", remedy="Look at the key and the plan.")
    entries = entries_from(data.get("results") if isinstance(data, dict) else None, _entry)
    return Shown(entries=entries, mark={"newest": newest(entries, before)}, wait=EVERY, title="Polygon")


def _entry(item: dict[str, object]) -> Entry:
    publisher = item.get("publisher")
    tickers = item.get("tickers")
    return item_entry(
        key=item.get("id"),
        title=item.get("title"),
        text=item.get("description"),
        source=publisher.get("name") if isinstance(publisher, dict) else "",
        url=item.get("article_url"),
        published=item.get("published_utc"),
        tickers=[str(t) for t in tickers] if isinstance(tickers, list) else (),
    )
