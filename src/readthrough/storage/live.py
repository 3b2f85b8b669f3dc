"""The live desk's part of the record: `domain.ports.LiveStore` over the tables of arrivals, feeds and relays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, tuple_

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.live import Arrival, ArrivalState, Feed, FeedHealth, Polled, Waiting
from readthrough.domain.story import Fingerprint
from readthrough.storage import arrivals, feeds
from readthrough.storage.articles import from_row as article_from
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.live_tables import relays
from readthrough.storage.tables import articles, fingerprints, notes, outbox

if TYPE_CHECKING:
    from readthrough.storage.store import SqlStore

__all__ = ["LiveSqlStore"]


class LiveSqlStore:
    """Arrivals, feeds and relays in the same database, in the same transactions, as everything else."""

    def __init__(self, store: SqlStore) -> None:
        """Use a store's connections; `SqlStore.live` makes these."""
        self._store = store

    def arrive(self, articles: Sequence[Article], *, feed: str, now: datetime) -> int:
        """Let articles wait to be read; how many are new."""
        with self._store.claiming() as connection:
            added = arrivals.add(connection, articles, feed=feed, now=now)
            if added:
                self._store.notify(connection, "arrivals")
            return added

    def claim_arrivals(
        self, *, owner: str, now: datetime, limit: int, lease: timedelta, backlog_share: float = 0.25
    ) -> list[Arrival]:
        """Take articles that are due."""
        with self._store.claiming() as connection:
            return arrivals.claim(
                connection, owner=owner, now=now, limit=limit, lease=lease, backlog_share=backlog_share
            )

    def noted(self, articles: Sequence[Article], *, engine: str) -> set[tuple[str, str]]:
        """Return ids and digests of articles that there are notes of."""
        keys = [(article.id, article.content_digest) for article in articles]
        if not keys:
            return set()
        chosen = select(notes.c.article_id, notes.c.content_digest).where(
            notes.c.engine == engine, tuple_(notes.c.article_id, notes.c.content_digest).in_(keys)
        )
        with self._store.reading() as connection:
            return {(row[0], row[1]) for row in connection.execute(chosen)}

    def claim_these(
        self, ids: Sequence[int], *, owner: str, now: datetime, lease: timedelta
    ) -> list[Arrival]:
        """Take the articles of these rows that are due."""
        with self._store.claiming() as connection:
            return arrivals.find(connection, ids, owner=owner, now=now, lease=lease)

    def renew_claims(self, *, owner: str, until: datetime) -> None:
        """Hold on to what a worker has claimed."""
        with self._store.claiming() as connection:
            arrivals.renew(connection, owner=owner, until=until)

    def release_claims(self, *, owner: str, now: datetime, count: bool = True) -> int:
        """Let go of what a worker holds."""
        with self._store.claiming() as connection:
            return arrivals.release(connection, owner=owner, now=now, count=count)

    def arrivals_done(self, ids: Sequence[int]) -> None:
        """Forget articles whose notes are kept."""
        with self._store.writing() as connection:
            arrivals.done(connection, ids)

    def arrival_failed(self, arrival_id: int, *, detail: str, due_at: datetime | None) -> None:
        """Put an article off, or into quarantine."""
        with self._store.claiming() as connection:
            arrivals.fail(connection, arrival_id, detail=detail, due_at=due_at)

    def arrivals(self, *, state: ArrivalState, limit: int) -> list[Arrival]:
        """Return what waits or is quarantined, newest first."""
        with self._store.reading() as connection:
            return arrivals.listed(connection, state=state, limit=limit)

    def arrivals_after(self, arrival_id: int, *, limit: int) -> list[int]:
        """Return the ids of arrivals after one, oldest first."""
        with self._store.reading() as connection:
            return arrivals.after(connection, arrival_id, limit=limit)

    def retry_quarantined(self, ids: Sequence[int] | None, *, now: datetime) -> int:
        """Let quarantined articles wait again."""
        with self._store.claiming() as connection:
            return arrivals.retry(connection, ids, now=now)

    def waiting(self) -> Waiting:
        """Count what waits."""
        with self._store.reading() as connection:
            return arrivals.waiting(connection)

    def history(
        self, *, since: datetime, until: datetime, after: tuple[datetime, str, int] | None, limit: int
    ) -> list[tuple[tuple[datetime, str, int], Article]]:
        """Return articles that became known in a time, oldest first, each with its place to go on from."""
        statement = select(articles).where(articles.c.known_at >= since, articles.c.known_at < until)
        key = (articles.c.known_at, articles.c.article_id, articles.c.revision)
        if after is not None:
            at, article_id, revision = after
            later = or_(
                key[0] > at,
                and_(key[0] == at, or_(key[1] > article_id, and_(key[1] == article_id, key[2] > revision))),
            )
            statement = statement.where(later)
        with self._store.reading() as connection:
            rows = connection.execute(statement.order_by(*key).limit(limit)).mappings().all()
        return [((r["known_at"], r["article_id"], r["revision"]), article_from(r)) for r in rows]

    def last_known_at(self) -> datetime | None:
        """Return when the newest note became known."""
        with self._store.reading() as connection:
            return connection.scalar(select(notes.c.known_at).order_by(notes.c.known_at.desc()).limit(1))

    def grouped_after(self, outbox_id: int, *, limit: int) -> tuple[int, list[tuple[str, Fingerprint]]]:
        """Return what was grouped after a place in the outbox: note ids and fingerprints, and the place reached."""
        statement = (
            select(outbox.c.id, outbox.c.key, fingerprints)
            .join(notes, and_(notes.c.note_id == outbox.c.key, notes.c.revision == outbox.c.revision))
            .join(
                fingerprints,
                and_(
                    fingerprints.c.article_id == notes.c.article_id,
                    fingerprints.c.content_digest == notes.c.content_digest,
                ),
            )
            .where(outbox.c.id > outbox_id, outbox.c.topic == "note")
            .order_by(outbox.c.id)
            .limit(limit)
        )
        with self._store.reading() as connection:
            rows = connection.execute(statement).mappings().all()
            last = (
                rows[-1]["id"]
                if len(rows) == limit
                else connection.scalar(select(func.max(outbox.c.id))) or 0
            )
        found = [
            (
                row["key"],
                Fingerprint(
                    article_id=ArticleId(row["article_id"]),
                    story_id=row["story_id"],
                    known_at=row["known_at"],
                    traits=bytes(row["traits"]),
                ),
            )
            for row in rows
        ]
        return max(last, outbox_id), found

    def add_feed(self, feed: Feed, *, now: datetime) -> bool:
        """Keep a feed; False when its name is taken."""
        with self._store.claiming() as connection:
            return feeds.save(connection, feed, now=now)

    def remove_feed(self, name: str) -> bool:
        """Forget a feed; False when there was none."""
        with self._store.claiming() as connection:
            return feeds.forget(connection, name)

    def pause_feed(self, name: str, *, paused: bool, now: datetime) -> bool:
        """Stop or go on asking a feed; False when there is none."""
        with self._store.claiming() as connection:
            return feeds.pause(connection, name, paused=paused, now=now)

    def feeds(self) -> list[FeedHealth]:
        """Return all feeds by name."""
        with self._store.reading() as connection:
            return feeds.every(connection)

    def claim_feeds(
        self, *, owner: str, now: datetime, limit: int, lease: timedelta, kinds: Sequence[str] | None = None
    ) -> list[Feed]:
        """Take feeds that are to be asked now."""
        with self._store.claiming() as connection:
            return feeds.claim(connection, owner=owner, now=now, limit=limit, lease=lease, kinds=kinds)

    def renew_feeds(self, *, owner: str, until: datetime) -> None:
        """Hold on to the feeds an asker has claimed."""
        with self._store.claiming() as connection:
            feeds.renew(connection, owner=owner, until=until)

    def set_feed_options(self, name: str, options: Mapping[str, str]) -> None:
        """Change how a feed is asked."""
        with self._store.claiming() as connection:
            feeds.set_options(connection, name, options)

    def feed_polled(self, name: str, outcome: Polled) -> int:
        """Keep what a poll came to; how many articles are new."""
        with self._store.claiming() as connection:
            taken = feeds.polled(connection, name, outcome)
            if taken:
                self._store.notify(connection, "arrivals")
            return taken

    def items_seen(self, name: str, items: Sequence[str]) -> dict[str, str]:
        """Return the digests of items that a feed showed before."""
        with self._store.reading() as connection:
            return feeds.seen(connection, name, items)

    def relayed(self, name: str) -> int:
        """Return how far a relay has passed the outbox on."""
        with self._store.reading() as connection:
            return connection.scalar(select(relays.c.position).where(relays.c.name == name)) or 0

    def set_relayed(self, name: str, position: int) -> None:
        """Keep how far a relay has passed the outbox on."""
        with self._store.claiming() as connection:
            connection.execute(insert_or_replace(connection, relays, {"name": name, "position": position}))
