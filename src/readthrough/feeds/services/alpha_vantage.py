"""Alpha Vantage's NEWS_SENTIMENT: headlines and abstracts; its scores are not read."""

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

SITE: Final = "https://www.alphavantage.co"
EVERY: Final = timedelta(hours=1)
"""Twenty-five calls a day are free."""


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for the latest news, of some tickers or topics where the options name them.

    Raises:
        SettingsError: There is no key.
        SourceError: The service refuses, which it says in a success.
    """
    key = key_of(feed, "ALPHAVANTAGE_API_KEY")
    query = {"function": "NEWS_SENTIMENT", "sort": "LATEST", "limit": "200", "apikey": key}
    if tickers := tickers_of(feed):
        query["tickers"] = tickers
    if topics := feed.options.get("topics"):
        query["topics"] = topics
    before = str(feed.mark.get("newest") or "")
    if before:
        query["time_from"] = datetime.fromisoformat(before).strftime("%Y%m%dT%H%M")
    data = ask_json(asking, f"{feed.address or SITE}/query?{urlencode(query)}", {}, now, key=key)
    if isinstance(data, dict) and "feed" not in data:
        words = next(
            (str(data[k]) for k in ("Information", "Note", "Error Message") if k in data), "no list of news"
        )
        raise SourceUnreachable(
            f"Alpha Vantage refuses: {words[:200].replace(key, '********')}",
            remedy="Look at the plan's limits.",
            retry_after=EVERY,
        )
    entries = entries_from(data["feed"] if isinstance(data, dict) else None, _entry)
    return Shown(entries=entries, mark={"newest": newest(entries, before)}, wait=EVERY, title="Alpha Vantage")


def _entry(item: dict[str, object]) -> Entry:
    named = item.get("ticker_sentiment")
    tickers = (
        [str(t.get("ticker", "")) for t in named if isinstance(t, dict)] if isinstance(named, list) else []
    )
    return item_entry(
        key=item.get("url"),
        title=item.get("title"),
        text=item.get("summary"),
        source=item.get("source"),
        url=item.get("url"),
        published=item.get("time_published"),
        tickers=tickers,
    )
