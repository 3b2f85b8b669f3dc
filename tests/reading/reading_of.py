"""Read a text with the packaged universe, loaded once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Fact, Reading
from readthrough.reading.read import read
from readthrough.universe import load_universe
from readthrough.universe.master import Universe

__all__ = ["article", "fact_lines", "reading", "universe"]


@cache
def universe() -> Universe:
    return load_universe()


def article(body: str, headline: str = "") -> Article:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return Article(id=ArticleId("art_test"), headline=headline, body=body, received_at=moment)


def reading(body: str, headline: str = "") -> Reading:
    return read(article(body, headline), universe(), version="test")


def fact_lines(body: str) -> list[str]:
    """Say each fact in a line: metric, movement, value, verdict, how sure."""
    return [_line(f) for f in reading(body).facts]


def _line(fact: Fact) -> str:
    way = {"up": "+", "down": "-", "flat": "=", None: ""}[fact.change]
    kind = "by" if fact.is_change else "at"
    parts = [fact.metric_name, f"{kind} {way}{fact.value}", str(fact.unit)]
    parts += [f"was {fact.previous}"] if fact.previous is not None else []
    parts += [fact.vs_expectation] if fact.vs_expectation else []
    parts += [f"expected {fact.expected}"] if fact.expected is not None else []
    parts += [str(fact.modality)] if fact.modality != "actual" else []
    return ", ".join(parts)
