"""Stories, and the fingerprints that put articles into them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, insert, select, update

from readthrough.domain.article import ArticleId
from readthrough.domain.note import Note
from readthrough.domain.story import Fingerprint
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.tables import fingerprints, stories

__all__ = ["remembered", "save"]

_AT_ONCE: Final = 1_000  # rows fetched together


def save(connection: Connection, note: Note, fingerprint: Fingerprint) -> None:
    """Keep an article's fingerprint and its place in the story."""
    values = {
        "article_id": note.article.id,
        "content_digest": note.article.content_digest,
        "story_id": note.story.id,
        "known_at": fingerprint.known_at,
        "traits": fingerprint.traits,
    }
    connection.execute(insert_or_replace(connection, fingerprints, values))
    seen = update(stories).where(stories.c.story_id == note.story.id).values(last_known_at=note.known_at)
    if connection.execute(seen).rowcount == 0:
        connection.execute(
            insert(stories).values(
                story_id=note.story.id,
                first_article_id=note.article.id,
                headline=storable(note.article.headline),
                first_known_at=note.known_at,
                last_known_at=note.known_at,
            )
        )


def remembered(connection: Connection, *, since: float, limit: int | None = None) -> Iterator[Fingerprint]:
    """Return fingerprints known at or after `since` (Unix seconds), oldest first; of many the newest `limit`."""
    if limit is not None:
        nth = (
            select(fingerprints.c.known_at)
            .where(fingerprints.c.known_at >= since)
            .order_by(fingerprints.c.known_at.desc())
            .offset(limit)
            .limit(1)
        )
        # What is known at the very moment of the first one left out goes too: a few less is no harm.
        left_out = connection.execute(nth).scalar()
        if left_out is not None:
            since = math.nextafter(left_out, math.inf)
    statement = (
        select(
            fingerprints.c.article_id,
            fingerprints.c.story_id,
            fingerprints.c.known_at,
            fingerprints.c.traits,
        )
        .where(fingerprints.c.known_at >= since)
        .order_by(fingerprints.c.known_at, fingerprints.c.article_id)
        .execution_options(yield_per=_AT_ONCE)  # a million of them are more than should be held twice
    )
    for article_id, story_id, known_at, traits in connection.execute(statement):
        yield Fingerprint(
            article_id=ArticleId(article_id), story_id=story_id, known_at=known_at, traits=bytes(traits)
        )
