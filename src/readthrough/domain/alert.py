"""A rule, what it met in a note, the alert that came of it, and where that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from readthrough.domain.article import ArticleId, Span, digest, require_utc
from readthrough.domain.impact import Impact
from readthrough.domain.security import IssuerId

__all__ = ["Alert", "Condition", "Delivery", "Found", "Hit", "HitCode", "Reason", "Rule", "RuleKind", "Told"]


class RuleKind(StrEnum):
    """What a rule waits for."""

    NOTE = "note"
    BURST = "burst"  # more news on a name than is normal for it
    DRIFT = "drift"  # the rolling sentiment of a name or a book crosses a level
    SILENCE = "silence"  # nothing where something was due
    MOVE_WITHOUT_NEWS = "move_without_news"
    NEWS_WITHOUT_MOVE = "news_without_move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must hold, all of it, for one subject of a note; an empty field does not matter.

    A subject is an issuer the article speaks of, an issuer as it reaches a book, or the article itself. Of a
    list one entry is enough. `sign`, `min_effect_bps` and `min_weight` are the book's where this condition or
    one around it names portfolios; a sign is that of the shares elsewhere.
    """

    tickers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()  # ids of the universe
    watchlists: tuple[str, ...] = ()  # names of the owner's, or person/name
    portfolios: tuple[str, ...] = ()  # "*" for any
    sectors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()  # fine types or parents, of the subject
    polarity: str = ""  # of the event: positive, negative, neutral
    modalities: tuple[str, ...] = ()  # of the event
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # words and phrases of the text; case does not matter
    sign: str = ""  # "positive", "negative" or either
    min_abs_score: float = 0.0
    change: str = ""  # "up" or "down": which way the score left the name's rolling score
    min_change: float = 0.0  # by how much at least
    min_novelty: float = 0.0
    min_impact: float = 0.0
    min_relevance: float = 0.0
    min_weight: float = 0.0  # size of the position, a decimal share of net asset value
    min_effect_bps: float = 0.0  # size of the expected effect on the book
    predicate: str = ""  # CEL over the note's fields
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Condition):
    """When to speak, about what and to whom.

    It inherits, against our habit, because it is a condition under a name: the same keys stand at the top of a
    rule and in every table nested in it.
    """

    id: str
    name: str
    severity: str = "alert"  # flash, urgent, alert
    receivers: tuple[str, ...] = ()
    owner: str = ""  # the person it speaks to; empty for the desk as a whole
    tenant: str = ""
    enabled: bool = True
    kind: RuleKind = RuleKind.NOTE
    window: timedelta = timedelta(0)  # of a kind that counts; zero for the kind's own
    level: float = 0.0  # of a drift: the rolling score that is crossed
    factor: float = 0.0  # of a burst: times the normal volume
    least: int = 0  # of a burst: fewest stories in the window
    min_move_pct: float = 0.0  # of the price kinds


class HitCode(StrEnum):
    """Why a rule met a note, or met it and is hushed by its own terms."""

    MATCHED = "matched"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    BURST = "burst"
    DRIFT = "drift"
    SILENCE = "silence"
    MOVE_WITHOUT_NEWS = "move_without_news"
    NEWS_WITHOUT_MOVE = "news_without_move"
    BELOW_RELEVANCE = "below_relevance"
    LOW_NOVELTY = "low_novelty"
    PREDICATE_FAILED = "predicate_failed"  # all else was met, and its predicate could not be evaluated


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Words of a rule and where the article says them."""

    phrase: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that was met, before any stage decides whether its person hears of it.

    `group` is what hits that belong together share: the story, or the name and window of a burst. `impact` is
    the path to the holding, where the rule reached one. A hit without an article has an empty `article_id`.
    """

    rule: Rule
    code: HitCode
    words: str  # one sentence saying what was met
    group: str
    at: datetime
    article_id: str = ""
    story_id: str = ""
    headline: str = ""
    subject: str = ""
    issuer_id: IssuerId | None = None
    ticker: str = ""
    score: float = 0.0
    sign: int = 0  # for the book where the rule names one, else for the shares
    events: tuple[str, ...] = ()  # fine types of the subject, in the order of the text
    market_impact: float = 0.0
    novelty: float = 0.0
    impact: Impact | None = None
    found: tuple[Found, ...] = ()
    matched: tuple[tuple[str, str], ...] = ()  # what decided it, by name

    def __post_init__(self) -> None:
        require_utc("at", self.at)

    @property
    def key(self) -> str:
        """What is the same for the same rule on the same article and issuer."""
        return digest(self.rule.id, self.article_id, self.issuer_id or "", self.group)

    @property
    def hushed(self) -> bool:
        """Whether the rule's own terms keep it from speaking."""
        return self.code in (HitCode.BELOW_RELEVANCE, HitCode.LOW_NOVELTY, HitCode.PREDICATE_FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a rule fired or was withheld: an enumerated code and the values that decided it."""

    code: str
    words: str
    matched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person was told of a story: the sign, the events, and the highest impact on the market."""

    sign: int = 0
    events: tuple[str, ...] = ()
    impact: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A rule that fired on an article. `withheld` alerts are kept with their reason and never sent.

    `joins` names the alert of the same rule, person and story that spoke first, `hushed_by` the alert or the
    silence that kept this one back. One with `held_as` speaks later, together with others, at `held_until`.
    """

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
    person: str = ""
    tenant: str = ""
    joins: str = ""
    hushed_by: str = ""
    told: Told = Told()
    found: tuple[Found, ...] = ()
    held_as: str = ""
    held_until: datetime | None = None

    def __post_init__(self) -> None:
        require_utc("created_at", self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert to one receiver. `id` is the idempotency key and stays the same over retries.

    `attempts_before` counts those made before it was last sent again on request: the schedule begins anew there.
    """

    id: str
    alert_id: str
    receiver: str
    attempts: int
    due_at: datetime
    state: str  # pending, delivered, failed, cancelled
    detail: str = ""
    kind: str = "alert"  # alert, update, correction, digest, escalation, reminder
    person: str = ""
    attempts_before: int = 0

    def __post_init__(self) -> None:
        require_utc("due_at", self.due_at)
