"""Marketaux: news with the companies it names."""

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

SITE: Final = "https://api.marketaux.com"
EVERY: Final = timedelta(minutes=15)


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for news in `options["language"]` (en), of some tickers where the options name them.

    Raises:
        SettingsError: There is no key.
        SourceError: The service cannot be asked, or refuses.
    """
    key = key_of(feed, "MARKETAUX_API_KEY")
    query = {
        "api_token": key,
        "language": feed.options.get("language", "en"),
        "limit": feed.options.get("limit", "50"),
    }
    if tickers := tickers_of(feed):
        query |= {"symbols": tickers, "filter_entities": "true"}
    before = str(feed.mark.get("newest") or "")
    if before:
        query["published_after"] = datetime.fromisoformat(before).strftime("%Y-%m-%dT%H:%M:%S")
    data = ask_json(asking, f"{feed.address or SITE}/v1/news/all?{urlencode(query)}", {}, now, key=key)
    error = data.get("error") if isinstance(data, dict) else None
    if isinstance(error, dict):
        words = f"{error.get('code', '')}: {error.get('message', '')}"[:200].replace(key, "********")
        raise SourceUnreachable(
            f"Marketaux refuses: {words}", remedy="Look at the plan's limits.", retry_after=EVERY
        )
    entries = entries_from(data.get("data") if isinstance(data, dict) else None, _entry)
    return Shown(entries=entries, mark={"newest": newest(entries, before)}, wait=EVERY, title="Marketaux")


def _entry(item: dict[str, object]) -> Entry:
    named = item.get("entities")
    tickers = (
        [str(t.get("symbol", "")) for t in named if isinstance(t, dict)] if isinstance(named, list) else []
    )
    text = max((str(item.get(k) or "") for k in ("description", "snippet")), key=len)
    return item_entry(
        key=item.get("uuid"),
        title=item.get("title"),
        text=text,
        source=item.get("source"),
        url=item.get("url"),
        published=item.get("published_at"),
        language=item.get("language"),
        tickers=tickers,
    )
