"""The bundled newswire cut and joined to articles of about 300 words."""

from __future__ import annotations

from datetime import UTC, datetime

from readthrough.domain.article import Article, ArticleId
from readthrough.samples import sample_articles

__all__ = ["WORDS", "articles_of_300_words"]

WORDS = 300


def articles_of_300_words(count: int) -> list[Article]:
    """Return distinct English articles of 300 words, built by joining sample bodies in turn."""
    rows = [r for r in sample_articles() if len(str(r["body"]).split()) > 60]
    made = []
    for i in range(count):
        body: list[str] = []
        step = 0
        while len(body) < WORDS:
            body += str(rows[(i * 7 + step) % len(rows)]["body"]).split(" ")
            step += 1
        made.append(
            Article(
                id=ArticleId(f"bench_{i}"),
                headline=str(rows[(i * 7) % len(rows)]["headline"]),
                body=" ".join(body[:WORDS]),
                received_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
    return made
