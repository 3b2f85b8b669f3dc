"""Only what the text says: mentions, facts, events, sentiment, each with the words it came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from readthrough.domain.article import ArticleId, Span
from readthrough.domain.security import IssuerId

__all__ = [
    "Direction",
    "Event",
    "Fact",
    "Label",
    "MadeBy",
    "Mention",
    "Modality",
    "Noise",
    "Polarity",
    "Problem",
    "Reading",
    "Role",
    "Sentence",
    "Sentiment",
    "TickerReading",
    "Unit",
    "Unlinked",
    "label_of",
]


class Modality(StrEnum):
    """How sure the text is that the thing is so."""

    ACTUAL = "actual"
    PLANNED = "planned"  # intended, guided or forecast
    CONDITIONAL = "conditional"
    RUMOURED = "rumoured"
    DENIED = "denied"


class Polarity(StrEnum):
    """Good or bad for the subject's equity holders."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Direction(StrEnum):
    """Which way a quantity moved."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Role(StrEnum):
    """How much an article is about an issuer."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    PASSING = "passing"


class Unit(StrEnum):
    """What a figure counts. Money carries a currency beside it."""

    MONEY = "money"
    MONEY_PER_SHARE = "money_per_share"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    BASIS_POINTS = "basis_points"
    MULTIPLE = "multiple"  # 2.5 times, doubled
    COUNT = "count"  # users, jobs, vehicles, shares: see `Fact.counted`
    POINTS = "points"  # an index level or move


class Noise(StrEnum):
    """Why a page is not news."""

    EMPTY = "empty"
    BOT_CHECK = "bot_check"
    PAYWALL = "paywall"
    DISCLAIMER = "disclaimer"
    NAVIGATION = "navigation"
    UNREAD_LANGUAGE = "unread_language"


class Label(StrEnum):
    """The sentiment scale in words; bounds 0.10, 0.35, 0.60, 0.80 by magnitude."""

    EXTREMELY_NEGATIVE = "extremely negative"
    STRONGLY_NEGATIVE = "strongly negative"
    MODERATELY_NEGATIVE = "moderately negative"
    MILDLY_NEGATIVE = "mildly negative"
    NEUTRAL = "neutral"
    MILDLY_POSITIVE = "mildly positive"
    MODERATELY_POSITIVE = "moderately positive"
    STRONGLY_POSITIVE = "strongly positive"
    EXTREMELY_POSITIVE = "extremely positive"


def label_of(score: float | None) -> Label:
    """Put a score into words, after rounding it to the two decimals a reader sees.

    >>> str(label_of(0.22)), str(label_of(-0.6)), str(label_of(None))
    ('mildly positive', 'strongly negative', 'neutral')
    """
    value = round(score or 0.0, 2)
    size = abs(value)
    if size < 0.10:
        return Label.NEUTRAL
    words = ("mildly", "moderately", "strongly", "extremely")
    word = words[(size >= 0.35) + (size >= 0.60) + (size >= 0.80)]
    return Label(f"{word} {'positive' if value > 0 else 'negative'}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """Which step, of which version, made a value."""

    step: str
    version: str
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault of the data, kept beside what could be read."""

    code: str
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article. `background` marks recaps and old news, which weigh little."""

    index: int
    span: Span
    headline: bool = False
    background: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the text means an issuer. `via` is name, alias, ticker, short_form or coreference."""

    issuer_id: IssuerId
    span: Span
    surface: str
    via: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """A name that may mean an issuer but is not sure enough to link: its candidates are listed."""

    surface: str
    span: Span
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickerReading:
    """What the text says for one issuer. `ticker` is empty for a private company."""

    issuer_id: IssuerId
    ticker: str
    name: str
    role: Role
    relevance: float
    score: float | None
    confidence: float
    mentions: tuple[Span, ...]

    @property
    def label(self) -> Label:
        """The score in words."""
        return label_of(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure and what it measures.

    `value` is the magnitude as the text says it, scaled out ("$6.13 billion" is 6130000000 with
    `scale` "billion"); `change` says which way it went. `is_change` tells a movement ("fell 4 %")
    from a level ("margin of 4 %"). `high` closes a range. `metric` is in the field's words
    ("revenue", "share price", "unspecified" when the text does not say); `segment` narrows it
    ("cloud"). `vs_expectation` is "beat", "miss" or "in_line" as words for holders to read
    (a cost below forecast is a beat); `expected` is the figure expected, on the same scale.
    `good` is +1, -1 or 0: what this figure by itself means for the subject's equity holders.
    """

    id: str
    metric: str
    segment: str = ""
    subject: str = ""
    issuer_id: IssuerId | None = None
    value: Decimal
    high: Decimal | None = None
    unit: Unit
    currency: str = ""
    scale: str = ""
    counted: str = ""
    period: str = ""
    basis: str = ""
    is_change: bool = False
    change: Direction | None = None
    previous: Decimal | None = None
    vs_expectation: str = ""
    expected: Decimal | None = None
    modality: Modality = Modality.ACTUAL
    bound: str = ""  # "more than", "less than", "up to", "about": how the text hedges the figure
    good: int = 0
    background: bool = False
    span: Span  # the clause that says it; `quote` is its words
    figure: Span  # the figure itself
    sentence: int
    quote: str

    @property
    def metric_name(self) -> str:
        """Segment and metric together: "cloud revenue"."""
        return f"{self.segment} {self.metric}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a subject; polarity is for the subject's equity holders."""

    id: str
    type: str
    parent: str
    subject: str
    issuer_id: IssuerId | None = None
    counterparty: str = ""
    counterparty_id: IssuerId | None = None
    polarity: Polarity
    modality: Modality = Modality.ACTUAL
    strength: float = 0.5  # [0, 1]: how much this kind of event usually matters, as worded here
    background: bool = False
    span: Span
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """How good the news is for holders. `score` is null when nothing bears on an investor's view."""

    score: float | None
    mixed: bool
    confidence: float
    drivers: tuple[tuple[str, float], ...] = ()  # fact, event or sentence id -> signed contribution

    @property
    def label(self) -> Label:
        """The score in words."""
        return label_of(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything the text says, and nothing it does not."""

    article_id: ArticleId
    content_digest: str
    made_by: MadeBy
    language: str
    noise: Noise | None
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    tickers: tuple[TickerReading, ...]
    unlinked: tuple[Unlinked, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    sentiment: Sentiment
    themes: tuple[str, ...]
    market_impact: float
    problems: tuple[Problem, ...] = ()
