"""Articles that wait to be read. A burst waits here, never in memory; what was read leaves with its note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, and_, delete, func, or_, select, tuple_, update

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.live import Arrival, ArrivalState, Waiting
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new
from readthrough.storage.live_tables import arrivals
from readthrough.storage.tables import articles

__all__ = [
    "LONGEST_WAIT",
    "add",
    "after",
    "claim",
    "done",
    "fail",
    "find",
    "listed",
    "release",
    "renew",
    "retry",
    "waiting",
]

LONGEST_WAIT: Final = timedelta(minutes=10)
"""No article is put off for longer, so one due later than that shows that the clock was set back."""


def add(connection: Connection, fresh: Sequence[Article], *, feed: str, now: datetime) -> int:
    """Let articles wait, leaving out words that are kept or wait already.

    Returns:
        How many are new.
    """
    if not fresh:
        return 0
    keys = [(article.id, article.content_digest) for article in fresh]
    words = tuple_(articles.c.article_id, articles.c.content_digest)
    kept = {
        tuple(row)
        for row in connection.execute(
            select(articles.c.article_id, articles.c.content_digest).where(words.in_(keys))
        )
    }
    rows = [_row(article, feed, now) for article, key in zip(fresh, keys, strict=True) if key not in kept]
    if not rows:
        return 0
    before = connection.scalar(select(func.count()).select_from(arrivals)) if len(rows) > 1 else None
    statement = insert_new(connection, arrivals).execution_options(preserve_rowcount=True)
    if before is None:
        return int(connection.execute(statement.values(rows[0])).rowcount > 0)
    added = 0
    for start in range(0, len(rows), 200):
        added += max(0, connection.execute(statement.values(rows[start : start + 200])).rowcount)
    return added


def claim(
    connection: Connection, *, owner: str, now: datetime, limit: int, lease: timedelta, backlog_share: float
) -> list[Arrival]:
    """Take articles that are due: the freshest, and for a share of them the ones that waited longest.

    At most one of an article's versions is taken at a time, the earliest first. Each claim counts as an
    attempt, so that an article that ends its worker is counted too.
    """
    due = and_(
        arrivals.c.state == ArrivalState.WAITING,
        or_(arrivals.c.due_at <= now, arrivals.c.due_at > now + LONGEST_WAIT),
    )
    old = round(limit * backlog_share)
    order = (arrivals.c.fresh_at.desc(), arrivals.c.id)
    found = _locked(connection, select(arrivals).where(due).order_by(*order).limit(limit - old))
    if len(found) == limit - old and old:
        seen = [row["id"] for row in found]
        found += _locked(
            connection,
            select(arrivals)
            .where(due, arrivals.c.id.not_in(seen))
            .order_by(arrivals.c.fresh_at, arrivals.c.id)
            .limit(old),
        )
    first: dict[str, dict[str, Any]] = {}
    for row in sorted(found, key=lambda row: row["id"]):
        first.setdefault(row["article_id"], row)
    held = _held(connection, list(first), now)
    taken = [row for article_id, row in first.items() if held.get(article_id, row["id"]) >= row["id"]]
    if taken:
        connection.execute(
            update(arrivals)
            .where(arrivals.c.id.in_([row["id"] for row in taken]))
            .values(due_at=now + lease, owner=owner, attempts=arrivals.c.attempts + 1)
        )
    return [_arrival(row, attempts=row["attempts"] + 1) for row in taken]


def find(
    connection: Connection, ids: Sequence[int], *, owner: str, now: datetime, lease: timedelta
) -> list[Arrival]:
    """Take the articles of these rows, those of them that are due."""
    due = or_(arrivals.c.due_at <= now, arrivals.c.due_at > now + LONGEST_WAIT)
    statement = select(arrivals).where(arrivals.c.id.in_(ids), arrivals.c.state == ArrivalState.WAITING, due)
    rows = _locked(connection, statement.order_by(arrivals.c.id))
    if rows:
        connection.execute(
            update(arrivals)
            .where(arrivals.c.id.in_([row["id"] for row in rows]))
            .values(due_at=now + lease, owner=owner, attempts=arrivals.c.attempts + 1)
        )
    return [_arrival(row, attempts=row["attempts"] + 1) for row in rows]


def renew(connection: Connection, *, owner: str, until: datetime) -> None:
    """Hold on to what a worker has claimed."""
    connection.execute(
        update(arrivals)
        .where(arrivals.c.owner == owner, arrivals.c.state == ArrivalState.WAITING)
        .values(due_at=until)
    )


def release(connection: Connection, *, owner: str, now: datetime, count: bool = True) -> int:
    """Let go of everything a worker holds; `count` keeps the attempts it began.

    Returns:
        How many articles others may take now.
    """
    values = {"owner": "", "due_at": now} | ({} if count else {"attempts": arrivals.c.attempts - 1})
    statement = update(arrivals).where(arrivals.c.owner == owner, arrivals.c.state == ArrivalState.WAITING)
    return connection.execute(statement.values(values)).rowcount


def done(connection: Connection, ids: Sequence[int]) -> None:
    """Forget articles whose notes are kept."""
    connection.execute(delete(arrivals).where(arrivals.c.id.in_(ids)))


def fail(connection: Connection, arrival_id: int, *, detail: str, due_at: datetime | None) -> None:
    """Put an article off, or into quarantine when `due_at` is None."""
    state = ArrivalState.QUARANTINED if due_at is None else ArrivalState.WAITING
    values: dict[str, object] = {"state": state, "owner": "", "detail": storable(detail)[:2_000]}
    if due_at is not None:
        values["due_at"] = due_at
    connection.execute(update(arrivals).where(arrivals.c.id == arrival_id).values(values))


def listed(connection: Connection, *, state: ArrivalState, limit: int) -> list[Arrival]:
    """Return what waits or is quarantined, newest first."""
    statement = select(arrivals).where(arrivals.c.state == state).order_by(arrivals.c.id.desc()).limit(limit)
    return [_arrival(row, attempts=row["attempts"]) for row in connection.execute(statement).mappings()]


def after(connection: Connection, arrival_id: int, *, limit: int) -> list[int]:
    """Return the ids of arrivals after one, oldest first."""
    statement = select(arrivals.c.id).where(arrivals.c.id > arrival_id).order_by(arrivals.c.id).limit(limit)
    return list(connection.scalars(statement))


def retry(connection: Connection, ids: Sequence[int] | None, *, now: datetime) -> int:
    """Let quarantined articles wait again, all of them when `ids` is None."""
    statement = update(arrivals).where(arrivals.c.state == ArrivalState.QUARANTINED)
    if ids is not None:
        statement = statement.where(arrivals.c.id.in_(ids))
    return connection.execute(statement.values(state=ArrivalState.WAITING, attempts=0, due_at=now)).rowcount


def waiting(connection: Connection) -> Waiting:
    """Count what waits, and since when."""
    row = connection.execute(
        select(func.count(), func.min(arrivals.c.received_at)).where(arrivals.c.state == ArrivalState.WAITING)
    ).one()
    quarantined = connection.scalar(select(func.count()).where(arrivals.c.state == ArrivalState.QUARANTINED))
    return Waiting(articles=row[0], oldest_received_at=row[1], quarantined=quarantined or 0)


def _held(connection: Connection, article_ids: list[str], now: datetime) -> dict[str, int]:
    """The first row that waits of each article, claimed by another or not."""
    if not article_ids:
        return {}
    rows = connection.execute(
        select(arrivals.c.article_id, func.min(arrivals.c.id))
        .where(arrivals.c.article_id.in_(article_ids), arrivals.c.state == ArrivalState.WAITING)
        .group_by(arrivals.c.article_id)
    )
    return {row[0]: row[1] for row in rows}


def _locked(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement.with_for_update(skip_locked=True)).mappings()]


def _row(article: Article, feed: str, now: datetime) -> dict[str, object]:
    published = article.published_at or article.received_at
    return {
        "article_id": storable(article.id),
        "content_digest": article.content_digest,
        "feed": storable(feed),
        "document": {
            "headline": storable(article.headline),
            "body": storable(article.body),
            "source": storable(article.source),
            "url": storable(article.url),
            "published_at": None if article.published_at is None else article.published_at.isoformat(),
            "language": storable(article.language),
        },
        "fresh_at": min(published, article.received_at),
        "received_at": article.received_at,
        "state": ArrivalState.WAITING,
        "attempts": 0,
        "due_at": now,
        "owner": "",
        "detail": "",
    }


def _arrival(row: RowMapping | dict[str, Any], *, attempts: int) -> Arrival:
    kept = row["document"]
    published = kept["published_at"]
    article = Article(
        id=ArticleId(row["article_id"]),
        headline=kept["headline"],
        body=kept["body"],
        source=kept["source"],
        url=kept["url"],
        published_at=None if published is None else datetime.fromisoformat(published),
        received_at=row["received_at"],
        language=kept["language"],
        content_digest=row["content_digest"],
    )
    return Arrival(
        id=row["id"],
        article=article,
        feed=row["feed"],
        attempts=attempts,
        detail=row["detail"],
        due_at=row["due_at"],
    )
