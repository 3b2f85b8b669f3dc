"""Probes of composition: a sentence or three, whose sign follows from how its parts combine."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.research.evals.engine import Engine
from readthrough.research.evals.gold import READ_AT

__all__ = ["Probed", "probe", "sign_of"]

NEUTRAL_BELOW = 0.10
"""The scale of labels: smaller than this is neutral."""


@dataclass(slots=True)
class Probed:
    """How many probes were right, family by family, and which were not."""

    right: int = 0
    asked: int = 0
    wrong_by_family: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def sign_of(score: float | None) -> str:
    """Name the side a score stands on."""
    if score is None or abs(score) < NEUTRAL_BELOW:
        return "neutral"
    return "positive" if score > 0 else "negative"


def probe(path: Path, engine: Engine) -> Probed:
    """Read each probe of a file ({id, family, text, ticker, accept} a line) as an article without a headline."""
    told = Probed()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(id=ArticleId(row["id"]), headline="", body=row["text"], received_at=READ_AT)
        found = _answers(engine.read(article), row["ticker"], engine)
        told.asked += 1
        if found & set(row["accept"]):
            told.right += 1
        else:
            told.wrong_by_family[row["family"]] += 1
            told.misses.append(
                f"{row['id']} {row['family']}: {sorted(found)} for {row['accept']}: {row['text']}"
            )
    return told


def _answers(reading: Reading, ticker: str | None, engine: Engine) -> set[str]:
    if ticker is None:
        sentiment = reading.sentiment
        return {sign_of(sentiment.score)} | ({"mixed"} if sentiment.mixed else set())
    wanted = engine.universe.by_ticker(ticker)
    for entry in reading.tickers:
        if wanted is not None and entry.issuer_id == wanted.id:
            mixed = len(reading.tickers) == 1 and reading.sentiment.mixed
            return {sign_of(entry.score)} | ({"mixed"} if mixed else set())
    return {"not linked"}
