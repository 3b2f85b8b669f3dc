"""Articles telling the same thing, and how new this one is."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.domain.article import ArticleId

__all__ = ["Fingerprint", "Story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What grouping remembers of an article: a min-hash sketch, its issuers, events and figures."""

    article_id: ArticleId
    story_id: str
    known_at: float  # Unix seconds, UTC
    sketch: tuple[int, ...]
    issuers: frozenset[str]
    events: frozenset[str]  # "issuer:event_type"
    figures: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where an article stands among those before it. `novelty` is in [0, 1]."""

    id: str
    novelty: float
    duplicate_of: ArticleId | None = None
    follows: ArticleId | None = None
    days_since_similar: float | None = None
