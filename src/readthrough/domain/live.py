"""What the live desk holds: articles that wait to be read, feeds, and how each of them fares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from readthrough.domain.article import Article

__all__ = ["Arrival", "ArrivalState", "Feed", "FeedHealth", "FeedItem", "Polled", "Waiting"]


class ArrivalState(StrEnum):
    """Where an article stands before it is read."""

    WAITING = "waiting"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that waits to be read. `attempts` counts the times it was taken up."""

    id: int
    article: Article
    feed: str
    attempts: int
    detail: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits to be read, and how much was given up."""

    articles: int
    oldest_received_at: datetime | None
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One place that news comes from.

    `kind` names the adapter (rss, edgar, folder, finnhub ...), `address` what it asks, `options` how; an
    option that ends in `_env` names a variable that holds a secret, which is never kept. `mark` is what the
    adapter wants to remember between two polls (an ETag, the last id seen).
    """

    name: str
    kind: str
    address: str
    options: Mapping[str, str] = field(default_factory=dict)
    paused: bool = False
    mark: Mapping[str, Any] = field(default_factory=dict)
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An item a feed showed: the digest of what it said, and why it was not taken, if it was not."""

    item: str
    digest: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll came to."""

    at: datetime
    next_at: datetime
    articles: tuple[Article, ...] = ()
    items: tuple[FeedItem, ...] = ()
    mark: Mapping[str, Any] | None = None
    error: str = ""
    newest_at: datetime | None = None
    lag_s: float | None = None
    last_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed fares."""

    feed: Feed
    added_at: datetime
    next_at: datetime
    polled_at: datetime | None
    ok_at: datetime | None
    newest_at: datetime | None
    taken_at: datetime | None
    error: str
    polls: int
    taken: int
    refused: int
    lag_s: float | None
    last_title: str
