"""Tiingo's news, by the time it was crawled."""

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

SITE: Final = "https://api.tiingo.com"
EVERY: Final = timedelta(minutes=2)


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for the newest articles, of some tickers where the options name them.

    Raises:
        SettingsError: There is no key.
        SourceError: The service cannot be asked, or refuses.
    """
    key = key_of(feed, "TIINGO_API_KEY")
    query = {"limit": "200", "sortBy": "crawlDate"}
    if tickers := tickers_of(feed):
        query["tickers"] = tickers.lower()
    before = str(feed.mark.get("newest") or "")
    if before:
        query["startDate"] = before[:10]
    url = f"{feed.address or SITE}/tiingo/news?{urlencode(query)}"
    data = ask_json(asking, url, {"Authorization": f"Token {key}"}, now, key=key)
    if isinstance(data, dict) and "detail" in data:
        words = str(data["detail"])[:200].replace(key, "********")
        raise SourceUnreachable(f"Tiingo refuses: {words}", remedy="Look at the key and the plan.")
    entries = entries_from(data, _entry)
    return Shown(entries=entries, mark={"newest": newest(entries, before)}, wait=EVERY, title="Tiingo")


def _entry(item: dict[str, object]) -> Entry:
    tickers = item.get("tickers")
    return item_entry(
        key=item.get("id"),
        title=item.get("title"),
        text=item.get("description"),
        source=item.get("source"),
        url=item.get("url"),
        published=item.get("publishedDate"),
        tickers=[str(t) for t in tickers] if isinstance(tickers, list) else (),
    )
