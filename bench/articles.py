"""What the benches read: dense pages joined from several stories, and natural ones that tell a single story."""

from __future__ import annotations

import json
import lzma
from datetime import UTC, datetime
from pathlib import Path

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.noise import judge_page
from readthrough.samples import sample_articles

__all__ = ["WORDS", "articles_of_300_words", "natural_articles", "real_pages", "words_of"]

WORDS = 300
_NATURAL = range(220, 401)  # words of body: single stories are taken as they are, neither cut nor padded
_GOLD = Path(__file__).parents[1] / "evals" / "gold"
_RECEIVED = datetime(2026, 11, 20, tzinfo=UTC)


def articles_of_300_words(count: int) -> list[Article]:
    """Return distinct English articles of 300 words, built by joining sample bodies in turn.

    Each holds two to five stories: more issuers, events and figures than a page of that length has.
    """
    rows = [r for r in sample_articles() if len(str(r["body"]).split()) > 60]
    made = []
    for i in range(count):
        body: list[str] = []
        step = 0
        while len(body) < WORDS:
            body += str(rows[(i * 7 + step) % len(rows)]["body"]).split(" ")
            step += 1
        headline = str(rows[(i * 7) % len(rows)]["headline"])
        made.append(_article(f"bench_{i}", headline, " ".join(body[:WORDS])))
    return made


def natural_articles() -> list[Article]:
    """Return the stories of about 300 words among the samples and the gold articles of development.

    Pages that are not read (another language, no news) are left out: they would look fast.
    """
    rows = list(sample_articles())
    for path in sorted(_GOLD.glob("?-development.jsonl")):
        rows += map(json.loads, path.read_text(encoding="utf-8").splitlines())
    found = [_article(row["id"], row["headline"], row["body"]) for row in rows]
    return [a for a in found if words_of([a]) in _NATURAL and judge_page(a)[1] is None]


def real_pages(data: Path, count: int) -> list[Article]:
    """Return news pages of a folder of data, as many as there are up to `count`, each cut to 300 words.

    Args:
        data: The folder that holds `yahoo_news_prices`; none of it stands in this repository.
        count: How many at the most.
    """
    made: list[Article] = []
    for path in sorted((data / "yahoo_news_prices").glob("*_processed.json.xz")):
        with lzma.open(path) as file:
            rows = json.load(file)
        for row in rows:
            words = (row.get("maintext") or "").split(" ")
            if len(words) >= WORDS:
                made.append(_article(f"real_{len(made)}", row.get("title") or "", " ".join(words[:WORDS])))
            if len(made) == count:
                return made
    return made


def words_of(articles: list[Article]) -> int:
    """Count the words of the bodies, as parted by blanks."""
    return sum(len(article.body.split()) for article in articles)


def _article(name: str, headline: str, body: str) -> Article:
    return Article(id=ArticleId(name), headline=headline, body=body, received_at=_RECEIVED)
