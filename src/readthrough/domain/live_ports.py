"""The shapes that the live desk asks of the record, beside those in `domain.ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from readthrough.domain.article import Article
from readthrough.domain.live import Arrival, ArrivalState, Feed, FeedHealth, Polled, Waiting
from readthrough.domain.story import Fingerprint

__all__ = ["Listener", "LiveStore"]


class Listener(Protocol):
    """Hears what other processes saved."""

    def wait(self, seconds: float) -> bool:
        """Wait until something was saved, for at most so long; False when nothing was heard."""

    def close(self) -> None:
        """Stop listening."""


class LiveStore(Protocol):
    """Articles that wait, feeds, and how far the outbox was passed on. Every method raises `StorageError`."""

    def arrive(self, articles: Sequence[Article], *, feed: str, now: datetime) -> int:
        """Let articles wait to be read, leaving out words that are kept or wait already; how many are new."""

    def claim_arrivals(
        self, *, owner: str, now: datetime, limit: int, lease: timedelta, backlog_share: float = 0.25
    ) -> list[Arrival]:
        """Take articles that are due: the freshest, and for a share of them the ones that waited longest.

        No other claim sees them before `lease` is over, and never two versions of one article at once.
        """

    def noted(self, articles: Sequence[Article], *, engine: str) -> set[tuple[str, str]]:
        """Return ids and digests of those articles whose words an engine made notes of."""

    def claim_these(
        self, ids: Sequence[int], *, owner: str, now: datetime, lease: timedelta
    ) -> list[Arrival]:
        """Take the articles of these rows, those of them that are due."""

    def renew_claims(self, *, owner: str, until: datetime) -> None:
        """Hold on to what a worker has claimed."""

    def release_claims(self, *, owner: str, now: datetime, count: bool = True) -> int:
        """Let go of what a worker holds; without `count` its attempts are taken back."""

    def arrivals_done(self, ids: Sequence[int]) -> None:
        """Forget articles whose notes are kept."""

    def arrival_failed(self, arrival_id: int, *, detail: str, due_at: datetime | None) -> None:
        """Put an article off, or into quarantine when `due_at` is None."""

    def arrivals(self, *, state: ArrivalState, limit: int) -> list[Arrival]:
        """Return what waits or is quarantined, newest first."""

    def arrivals_after(self, arrival_id: int, *, limit: int) -> list[int]:
        """Return the ids of arrivals after one, oldest first."""

    def retry_quarantined(self, ids: Sequence[int] | None, *, now: datetime) -> int:
        """Let quarantined articles wait again, all of them when `ids` is None; how many."""

    def waiting(self) -> Waiting:
        """Count what waits."""

    def history(
        self, *, since: datetime, until: datetime, after: tuple[datetime, str, int] | None, limit: int
    ) -> list[tuple[tuple[datetime, str, int], Article]]:
        """Return articles that became known in a time, oldest first, each with its place to go on from."""

    def last_known_at(self) -> datetime | None:
        """Return when the newest note became known."""

    def grouped_after(self, outbox_id: int, *, limit: int) -> tuple[int, list[tuple[str, Fingerprint]]]:
        """Return the note ids and fingerprints of what was grouped after a place, and the place reached."""

    def add_feed(self, feed: Feed, *, now: datetime) -> bool:
        """Keep a feed; False when its name is taken."""

    def remove_feed(self, name: str) -> bool:
        """Forget a feed; False when there was none."""

    def pause_feed(self, name: str, *, paused: bool, now: datetime) -> bool:
        """Stop or go on asking a feed; False when there is none."""

    def feeds(self) -> list[FeedHealth]:
        """Return all feeds by name."""

    def claim_feeds(
        self, *, owner: str, now: datetime, limit: int, lease: timedelta, kinds: Sequence[str] | None = None
    ) -> list[Feed]:
        """Take feeds that are to be asked now, and put them off by `lease`."""

    def renew_feeds(self, *, owner: str, until: datetime) -> None:
        """Hold on to the feeds an asker has claimed."""

    def set_feed_options(self, name: str, options: Mapping[str, str]) -> None:
        """Change how a feed is asked."""

    def feed_polled(self, name: str, outcome: Polled) -> int:
        """Keep what a poll came to, its articles with it; how many of them are new."""

    def items_seen(self, name: str, items: Sequence[str]) -> dict[str, str]:
        """Return the digests of items that a feed showed before."""

    def relayed(self, name: str) -> int:
        """Return how far a relay has passed the outbox on."""

    def set_relayed(self, name: str, position: int) -> None:
        """Keep how far a relay has passed the outbox on."""
