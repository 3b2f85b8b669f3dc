"""Articles: what was published, one row for each set of words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from readthrough.domain.article import Article, ArticleId
from readthrough.storage.tables import articles, known

__all__ = ["find", "from_row", "save", "storable"]


def storable(words: str) -> str:
    """Replace what databases refuse in text, code point for code point, so that spans stay true.

    >>> storable("a\\x00b\\ud800c")
    'a\ufffdb\ufffdc'
    """
    if "\x00" not in words and words.isascii():
        return words
    return "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in words)


def save(connection: Connection, article: Article, *, known_at: datetime) -> int:
    """Keep the article's words as a new revision, unless these words are already kept.

    Returns:
        The revision, counted from 1; 0 when the words were kept before.
    """
    mine = articles.c.article_id == article.id
    before = connection.execute(select(articles.c.revision, articles.c.content_digest).where(mine)).all()
    if any(row.content_digest == article.content_digest for row in before):
        return 0
    revision = 1 + max((row.revision for row in before), default=0)
    if before:
        connection.execute(update(articles).where(mine, known(articles, None)).values(superseded_at=known_at))
    connection.execute(
        insert(articles).values(
            article_id=article.id,
            revision=revision,
            content_digest=article.content_digest,
            headline=storable(article.headline),
            body=storable(article.body),
            source=storable(article.source),
            url=storable(article.url),
            published_at=article.published_at,
            received_at=article.received_at,
            language=storable(article.language),
            known_at=known_at,
        )
    )
    return revision


def find(connection: Connection, article_id: str, as_of: datetime | None) -> Article | None:
    """Return the article's words as they stood."""
    statement = (
        select(articles)
        .where(articles.c.article_id == storable(article_id), known(articles, as_of))
        .order_by(articles.c.revision.desc())
    )
    row = connection.execute(statement).mappings().first()
    return None if row is None else from_row(row)


def from_row(row: RowMapping) -> Article:
    """Read an article back."""
    kept: dict[str, Any] = {
        name: row[name]
        for name in (
            "headline",
            "body",
            "source",
            "url",
            "published_at",
            "received_at",
            "language",
            "content_digest",
        )
    }
    return Article(id=ArticleId(row["article_id"]), **kept)
