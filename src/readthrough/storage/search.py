"""Full-text search over the sentences of stored articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update

from readthrough.domain.article import Article, Span
from readthrough.domain.ports import Passage
from readthrough.storage.articles import storable
from readthrough.storage.dialect import match_words, matching
from readthrough.storage.tables import articles, known, note_tickers, passages

__all__ = ["find", "save"]


def save(
    connection: Connection,
    article: Article,
    spans: Sequence[Span],
    *,
    revision: int,
    note_id: str,
    known_at: datetime,
) -> None:
    """Make an article's sentences findable in place of those of its earlier words, where it has any."""
    if revision > 1:
        connection.execute(
            update(passages)
            .where(passages.c.article_id == article.id, known(passages, None))
            .values(superseded_at=known_at)
        )
    text = article.text
    rows = [
        {
            "note_id": note_id,
            "article_id": article.id,
            "content_digest": article.content_digest,
            "start": span.start,
            "end": span.end,
            "text": storable(span.of(text)),
            "known_at": known_at,
        }
        for span in spans
    ]
    if rows:
        connection.execute(insert(passages), rows)


def find(
    connection: Connection,
    words: str,
    *,
    limit: int,
    tickers: Sequence[str],
    min_relevance: float,
    as_of: datetime | None,
) -> list[Passage]:
    """Return the sentences that hold most of the words, best first."""
    wanted = match_words(words)
    if not wanted:
        return []
    source, matches, score = matching(connection, wanted)
    statement = (
        select(
            passages,
            articles.c.headline,
            articles.c.source,
            articles.c.published_at,
            score.label("score"),
        )
        .select_from(source)
        .join(
            articles,
            and_(
                articles.c.article_id == passages.c.article_id,
                articles.c.content_digest == passages.c.content_digest,
            ),
        )
        .where(matches, known(passages, as_of))
        .order_by(score.desc(), passages.c.id.desc())
        .limit(max(limit, 0))
    )
    if tickers:
        upper = [storable(ticker).upper() for ticker in tickers]
        about = select(note_tickers.c.note_id).where(
            note_tickers.c.ticker.in_(upper), note_tickers.c.relevance >= min_relevance
        )
        statement = statement.where(passages.c.note_id.in_(about))
    return [
        Passage(
            note_id=row["note_id"],
            article_id=row["article_id"],
            headline=row["headline"],
            source=row["source"],
            published_at=_iso(row["published_at"]),
            text=row["text"],
            start=row["start"],
            end=row["end"],
            score=float(row["score"]),
        )
        for row in connection.execute(statement).mappings()
    ]


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat().replace("+00:00", "Z")
