"""Notes and the readings under them. A note's JSON is kept as it was first shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, select, update

from readthrough.domain.contract import NoteDocument, note_document
from readthrough.domain.note import Note
from readthrough.storage.articles import storable
from readthrough.storage.briefs import brief_of
from readthrough.storage.dialect import insert_new
from readthrough.storage.documents import document_of
from readthrough.storage.tables import earlier, known, note_tickers, notes, readings

__all__ = ["find", "find_made", "find_on", "latest", "numbered", "save"]


def find_made(
    connection: Connection, article_id: str, content_digest: str, engine: str
) -> NoteDocument | None:
    """Return the note made from these words by this engine."""
    return connection.scalar(
        select(notes.c.document).where(
            notes.c.article_id == article_id,
            notes.c.content_digest == content_digest,
            notes.c.engine == engine,
        )
    )


def numbered(connection: Connection, note: Note) -> Note:
    """Return the note under its article's note id, as the revision after the last."""
    found = connection.execute(
        select(notes.c.note_id, func.max(notes.c.revision))
        .where(notes.c.article_id == note.article.id)
        .group_by(notes.c.note_id)
    ).first()
    note_id, last = (note.id, 0) if found is None else (found[0], found[1])
    return replace(note, id=note_id, version=last + 1)


def save(connection: Connection, note: Note, *, engine: str) -> NoteDocument:
    """Keep a note as the newest revision, with its reading."""
    document = note_document(note)
    if note.version > 1:
        connection.execute(
            update(notes)
            .where(notes.c.note_id == note.id, known(notes, None))
            .values(superseded_at=note.known_at)
        )
    connection.execute(
        insert(notes).values(
            note_id=note.id,
            revision=note.version,
            article_id=note.article.id,
            content_digest=note.article.content_digest,
            engine=engine,
            known_at=note.known_at,
            document=document,
            brief=brief_of(document),
        )
    )
    connection.execute(
        insert_new(connection, readings).values(
            article_id=note.article.id,
            content_digest=note.article.content_digest,
            engine=engine,
            known_at=note.known_at,
            document=document_of(note.reading),
        )
    )
    tickers = {t.ticker.upper(): t.relevance for t in note.reading.tickers if t.ticker}
    if tickers:
        connection.execute(
            insert(note_tickers),
            [
                {"ticker": t, "note_id": note.id, "revision": note.version, "relevance": r}
                for t, r in tickers.items()
            ],
        )
    return document


def find(connection: Connection, note_id: str, as_of: datetime | None) -> NoteDocument | None:
    """Return the newest revision of a note."""
    return connection.scalar(
        select(notes.c.document)
        .where(notes.c.note_id == storable(note_id), known(notes, as_of))
        .order_by(notes.c.revision.desc())
    )


def find_on(connection: Connection, article_id: str, as_of: datetime | None) -> NoteDocument | None:
    """Return the newest revision of the note on an article."""
    return connection.scalar(
        select(notes.c.document)
        .where(notes.c.article_id == storable(article_id), known(notes, as_of))
        .order_by(notes.c.revision.desc())
    )


def latest(
    connection: Connection,
    *,
    limit: int,
    before: str | None,
    ticker: str | None,
    as_of: datetime | None,
    brief: bool,
) -> list[NoteDocument]:
    """Return notes, newest first."""
    statement = select(notes.c.brief if brief else notes.c.document).where(known(notes, as_of))
    if before is not None:
        last = connection.execute(
            select(notes.c.known_at, notes.c.note_id).where(
                notes.c.note_id == storable(before), known(notes, as_of)
            )
        ).first()
        if last is None:
            return []
        statement = statement.where(earlier(notes.c.known_at, notes.c.note_id, *last))
    if ticker:
        statement = statement.join(
            note_tickers,
            and_(note_tickers.c.note_id == notes.c.note_id, note_tickers.c.revision == notes.c.revision),
        ).where(note_tickers.c.ticker == storable(ticker).upper())
    statement = statement.order_by(notes.c.known_at.desc(), notes.c.note_id.desc()).limit(max(limit, 0))
    return list(connection.scalars(statement))
