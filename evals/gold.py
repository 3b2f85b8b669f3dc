"""Gold articles: written and annotated by hand, one JSON object a line.

{id, headline, body, expect: {
    noise: null | kind,
    sign: "positive" | "negative" | "neutral" | "mixed",
    tickers: [{ticker, role, sign}],            sign as above, or null where the text does not say
    never: [ticker, ...],                       traps that must not link
    facts: [{value, unit, ticker, metric, change, vs_expectation, modality}],   the figures a reader must have
    events: [{parent, polarity, ticker}]
}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readthrough.domain.article import Article, ArticleId

__all__ = ["GOLD", "Gold", "load_gold"]

GOLD = Path(__file__).parent / "gold"


@dataclass(frozen=True, slots=True)
class Gold:
    """An article and what a careful reader finds in it."""

    article: Article
    expect: dict[str, Any]


def load_gold(part: str) -> Iterator[Gold]:
    """Yield the articles of `development` or `unseen`, whose files end so."""
    for path in sorted(GOLD.glob(f"*-{part}.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            article = Article(
                id=ArticleId(row["id"]),
                headline=row["headline"],
                body=row["body"],
                received_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
            yield Gold(article, row["expect"])
