"""A rule that fired, with its reason, and where it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readthrough.domain.article import ArticleId, require_utc

__all__ = ["Alert", "Delivery", "Reason", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When to speak. Every condition that is set must hold; an empty one does not matter."""

    id: str
    name: str
    tickers: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    events: tuple[str, ...] = ()  # fine types or parents
    min_abs_score: float = 0.0
    sign: str = ""  # "positive", "negative" or either
    min_novelty: float = 0.0
    min_relevance: float = 0.0
    severity: str = "alert"  # flash, urgent, alert
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a rule fired or was withheld: an enumerated code and the values that decided it."""

    code: str
    words: str
    matched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A rule that fired on an article. `withheld` alerts are kept with their reason and never sent."""

    id: str
    rule_id: str
    rule_name: str
    article_id: ArticleId
    story_id: str
    severity: str
    headline: str
    reason: Reason
    withheld: bool
    receivers: tuple[str, ...]
    created_at: datetime

    def __post_init__(self) -> None:
        require_utc("created_at", self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert to one receiver. `id` is the idempotency key and stays the same over retries."""

    id: str
    alert_id: str
    receiver: str
    attempts: int
    due_at: datetime
    state: str  # pending, delivered, failed
    detail: str = ""

    def __post_init__(self) -> None:
        require_utc("due_at", self.due_at)
