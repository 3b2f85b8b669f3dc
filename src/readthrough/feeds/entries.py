"""What an adapter hands over: the entries a feed shows, and what it wants to remember until the next poll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from readthrough.domain.article import Article, article_id, digest
from readthrough.domain.live import Feed
from readthrough.domain.reading import Problem
from readthrough.feeds.ask import Asking
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.draft import Draft

__all__ = ["Adapter", "Entry", "Shown", "article_of", "entry_of", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item that a feed shows.

    `key` names it for as long as the feed shows it, `digest` what it says. `draft` is None when it cannot be
    used, and `reason` says why. `page` is where its whole text stands when the feed has only a part.
    """

    key: str
    digest: str
    draft: Draft | None
    reason: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a feed showed. `wait` is how long its publisher asks to be left alone."""

    entries: tuple[Entry, ...] = ()
    mark: Mapping[str, Any] = field(default_factory=dict)
    wait: timedelta | None = None
    title: str = ""
    notes: tuple[str, ...] = ()


class Adapter(Protocol):
    """Asks one kind of source what it has.

    Raises:
        SourceError: It cannot be asked or understood; a `retry_after` among its facts is kept to.
        SettingsError: An option is missing or wrong.
    """

    def __call__(self, feed: Feed, asking: Asking, now: datetime) -> Shown:
        """Ask."""


def entry_of(key: str, draft: Draft, *, version: str = "", page: str = "") -> Entry:
    """Make an entry of a draft, saying why where it cannot be used.

    Args:
        key: Names the item in its feed; its words do when empty.
        draft: What it says.
        version: Anything that changes when the item does, such as the time of its update.
        page: Where its whole text stands.
    """
    said = digest(draft.headline, draft.body, version)
    usable = any(c.isalnum() for c in draft.headline + draft.body)
    return Entry(
        key=(key or draft.url or said)[:500],
        digest=said,
        draft=draft if usable else None,
        reason="" if usable else "It has neither a title nor a text.",
        page=page,
    )


def article_of(feed: str, entry: Entry, draft: Draft, now: datetime) -> Article:
    """Name the article of an entry: by its feed and key, so that another version of it is a revision."""
    named = article_id(external_id=entry.key, source=f"feed {feed}", url="", headline="", body="")
    return replace(draft.to_article(now), id=named)


def withdrawn(headline: str, *, note: str = "", **fields: Any) -> Draft:
    """Make the draft that takes an item back: worded so that reading knows it, repeating nothing of the claim."""
    told = clean_line(note)[:500]
    body, problems = clean_body(f"This story has been withdrawn by its publisher.\n{told}".strip())
    problems += (Problem(code="withdrawn", detail=f"The publisher withdrew {clean_line(headline)[:200]!r}"),)
    return Draft(headline="WITHDRAWN: this story should not be used", body=body, problems=problems, **fields)
