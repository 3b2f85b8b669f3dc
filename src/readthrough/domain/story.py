"""Articles telling the same thing, and how new this one is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readthrough.domain.article import ArticleId

__all__ = ["Fingerprint", "Relation", "Story"]


class Relation(StrEnum):
    """How an article stands to those before it."""

    NEW = "new"
    DUPLICATE = "duplicate"
    FOLLOW_UP = "follow_up"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What grouping remembers of an article; `traits` is packed and read by the reading room alone."""

    article_id: ArticleId
    story_id: str
    known_at: float  # Unix seconds, UTC
    traits: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where an article stands among those before it. `novelty` is in [0, 1].

    A correction or a withdrawal keeps the story of the article it `supersedes`, which is also the one it
    `follows`; an article that was published again under its own id supersedes itself. `days_since_similar`
    counts from the last event of the same kind of one of its issuers, by the time of publication.
    """

    id: str
    novelty: float
    relation: Relation = Relation.NEW
    duplicate_of: ArticleId | None = None
    follows: ArticleId | None = None
    supersedes: ArticleId | None = None
    days_since_similar: float | None = None
