"""Gold articles: annotated by hand in the contract's terms, one JSON object a line.

{id, headline, body, expect: {
    noise: null | kind,
    relevant: true | false,                     real pages only: whether it bears on the value of anything listed
    sign: "positive" | "negative" | "neutral" | "mixed",
    tickers: [{ticker, role, sign}],            sign as above, or null where the text does not say
    never: [ticker, ...],                       traps that must not link
    facts: [{value, unit, ticker, metric, change, vs_expectation, modality}],   the figures a reader must have
    events: [{parent, polarity, ticker}]
}}

Files `*-development.jsonl` may be read and tuned on; `*-unseen.jsonl` may not. Files `real-*.jsonl` hold no text: {key, expect},
where the key is a digest of a page that stands in a folder of data. Files `probes-*.jsonl` and `pairs-*.jsonl` are described
by the modules that read them.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from readthrough.domain.article import Article, ArticleId

__all__ = ["READ_AT", "Gold", "load_gold", "load_real"]

READ_AT = datetime(2026, 11, 20, tzinfo=UTC)
_PAGE = 7_000
"""Characters of a real page its annotator was shown."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An article and what a careful reader finds in it."""

    article: Article
    expect: dict[str, Any]


def load_gold(folder: Path, part: str) -> Iterator[Gold]:
    """Yield the invented articles of `development` or `unseen`, whose files end so."""
    for path in sorted(folder.glob(f"*-{part}.jsonl")):
        if path.name.startswith(("real-", "probes-", "pairs-", "grounding-")):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Gold(_article(row["id"], row["headline"], row["body"]), row["expect"])


def load_real(folder: Path, data: Path, part: str) -> Iterator[Gold]:
    """Yield the annotated real pages of a part, their texts taken from `data`."""
    pages = _pages(data)
    for path in sorted(folder.glob(f"real-*-{part}.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["key"] in pages:
                page = pages[row["key"]]
                article = _article(row["key"], page.headline, page.body[:_PAGE], page.published_at)
                yield Gold(article, row["expect"])


@cache
def _pages(data: Path) -> dict[str, _Page]:
    """Key every page of the folder `yahoo_news_prices` by a digest of its words."""
    pages: dict[str, _Page] = {}
    for path in sorted((data / "yahoo_news_prices").glob("*_processed.json.xz")):
        with lzma.open(path) as file:
            rows = json.load(file)
        for row in rows:
            headline, body = row.get("title") or "", row.get("maintext") or ""
            key = hashlib.sha256(f"{headline}\n\n{body}".encode()).hexdigest()[:16]
            pages[key] = _Page(headline, body, _moment(row.get("date_publish")))
    return pages


class _Page(NamedTuple):
    headline: str
    body: str
    published_at: datetime | None


def _moment(written: object) -> datetime | None:
    """Read a time without a zone as UTC; names and tickers mean whom they meant on that day."""
    try:
        return datetime.fromisoformat(str(written)).replace(tzinfo=UTC)
    except ValueError:
        return None


def _article(name: str, headline: str, body: str, published_at: datetime | None = None) -> Article:
    return Article(
        id=ArticleId(name), headline=headline, body=body, received_at=READ_AT, published_at=published_at
    )
