"""Stories, and the fingerprints that put articles into them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select, update

from readthrough.domain.article import ArticleId
from readthrough.domain.note import Note
from readthrough.domain.story import Fingerprint
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.documents import document_of
from readthrough.storage.tables import fingerprints, stories

__all__ = ["remembered", "save"]


def save(connection: Connection, note: Note, fingerprint: Fingerprint) -> None:
    """Keep an article's fingerprint and its place in the story."""
    values = {
        "article_id": note.article.id,
        "content_digest": note.article.content_digest,
        "story_id": note.story.id,
        "known_at": fingerprint.known_at,
        "document": {
            "sketch": list(fingerprint.sketch),
            "issuers": document_of(fingerprint.issuers),
            "events": document_of(fingerprint.events),
            "figures": document_of(fingerprint.figures),
        },
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


def remembered(connection: Connection, *, since: float) -> Iterator[Fingerprint]:
    """Return fingerprints known at or after `since` (Unix seconds), oldest first."""
    statement = (
        select(fingerprints)
        .where(fingerprints.c.known_at >= since)
        .order_by(fingerprints.c.known_at, fingerprints.c.article_id)
    )
    for row in connection.execute(statement).mappings():
        kept = row["document"]
        yield Fingerprint(
            article_id=ArticleId(row["article_id"]),
            story_id=row["story_id"],
            known_at=row["known_at"],
            sketch=tuple(kept["sketch"]),
            issuers=frozenset(kept["issuers"]),
            events=frozenset(kept["events"]),
            figures=frozenset(kept["figures"]),
        )
