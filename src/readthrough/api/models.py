"""What goes over the wire, as pydantic models: the note's contract (version 1) and the API's own shapes.

Kept in step with `domain.contract` by a test that validates real notes with nothing left over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "MAX_BATCH",
    "AlertModel",
    "AlertsPage",
    "ArticleIn",
    "ErrorBody",
    "ErrorModel",
    "NoteModel",
    "NotesPage",
]

MAX_BATCH: Final = 100
"""Most articles in one POST."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Out(_Model):
    # The contract adds fields freely: one this edge does not know yet must pass, not fail a request.
    model_config = ConfigDict(frozen=True, extra="allow")


Score = Annotated[float, Field(ge=-1, le=1)]
Share = Annotated[float, Field(ge=0, le=1)]


class SpanModel(_Out):
    """A half-open range of Unicode code points in headline, blank line, body."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class SupportModel(_Out):
    """What holds a sentence up: words of the article, or a fact, event, edge or playbook by id."""

    kind: str
    id: str | None = None
    span: SpanModel | None = None


class NoteArticle(_Out):
    """The article a note is about, without its words."""

    id: str
    headline: str
    source: str
    url: str
    published_at: datetime | None
    received_at: datetime
    language: str
    digest: str


class StatementModel(_Out):
    """A sentence of the summary."""

    text: str
    support: list[SupportModel]


class TickerDirection(_Out):
    """Which way a claim points for one ticker."""

    ticker: str
    direction: str


class ClaimModel(_Out):
    """One inference of the analysis."""

    kind: Literal[
        "market_read", "second_order", "read_through", "positioning", "risk", "contrarian", "catalyst"
    ]
    text: str
    direction: str
    horizon: str
    tickers: list[TickerDirection]
    confidence: Share
    support: list[SupportModel]
    falsified_by: str


class DriverModel(_Out):
    """How much one fact, event or sentence moved the score."""

    id: str
    contribution: float


class SentimentModel(_Out):
    """How good the news is for holders; `score` is null when nothing bears on an investor's view."""

    score: Score | None
    label: str
    mixed: bool
    confidence: Share
    drivers: list[DriverModel]


class TickerModel(_Out):
    """What the text says for one issuer; `ticker` is null for a private company."""

    ticker: str | None
    name: str
    issuer_id: str
    role: Literal["primary", "secondary", "passing"]
    relevance: Share
    score: Score | None
    label: str
    confidence: Share
    mentions: list[SpanModel]


Modality = Literal["actual", "planned", "conditional", "rumoured", "denied"]


class EventModel(_Out):
    """Something that happened; polarity is for the subject's equity holders."""

    id: str
    type: str
    parent: str
    subject: str
    ticker: str | None
    counterparty: str | None
    polarity: Literal["positive", "negative", "neutral"]
    modality: Modality
    background: bool
    span: SpanModel


class FactModel(_Out):
    """One figure, what it measures, and the words it came from."""

    id: str
    metric: str
    subject: str
    ticker: str | None
    value: int | float | None
    high: int | float | None
    bound: str | None
    unit: str
    currency: str | None
    scale: str | None
    counted: str | None
    period: str | None
    basis: str | None
    is_change: bool
    change: Literal["up", "down", "flat"] | None
    previous: int | float | None
    vs_expectation: str | None
    expected: int | float | None
    modality: Modality
    background: bool
    span: SpanModel
    figure: SpanModel
    quote: str


class DecisionModel(_Out):
    """What one would do, when, and what would undo it. Analysis, not advice."""

    action: str
    instrument: str
    direction: str
    horizon: str
    trigger: str
    invalidation: str
    rationale: str
    support: list[SupportModel]


class StoryModel(_Out):
    """Where the article stands among those before it."""

    id: str
    novelty: Share
    relation: str = "new"  # new, duplicate, follow_up, correction, withdrawal
    duplicate_of: str | None
    follows: str | None
    supersedes: str | None = None
    days_since_similar: float | None


class BasisPoints(_Out):
    """An expected range, in basis points of net asset value."""

    low: float
    mid: float
    high: float


class ImpactModel(_Out):
    """What the news means for one portfolio along one path; `weight` is a decimal share.

    Weight and basis points are null for what is held but could not be valued.
    """

    portfolio: str
    ticker: str
    weight: float | None
    path: str
    through: str | None
    expected_bps: BasisPoints | None
    why: str


class WithheldModel(_Out):
    """A sentence that was cut because nothing supports it."""

    text: str
    reason: str


class UnlinkedModel(_Out):
    """A name that may mean an issuer but is not sure enough to link."""

    surface: str
    span: SpanModel
    candidates: list[str]
    reason: str


class ProblemModel(_Out):
    """A fault of the data, and what to do about it."""

    code: str
    detail: str
    remedy: str


class EngineModel(_Out):
    """Which parts wrote the note, by version or digest; `fallback` is why a language model did not."""

    version: str
    reader: str
    writer: str
    playbooks: str
    universe: str
    fallback: str | None = None


class NoteModel(_Out):
    """A note, version 1 of the contract. Fields are added freely, never renamed."""

    id: str
    version: Literal[1]
    revision: int
    known_at: datetime
    article: NoteArticle
    summary: list[StatementModel]
    analysis: list[ClaimModel]
    sentiment: SentimentModel
    tickers: list[TickerModel]
    market_impact: Share
    themes: list[str]
    events: list[EventModel]
    facts: list[FactModel]
    decisions: list[DecisionModel]
    story: StoryModel
    book: list[ImpactModel]
    withheld: list[WithheldModel]
    unlinked: list[UnlinkedModel]
    noise: str | None
    problems: list[ProblemModel]
    engine: EngineModel


class NotesPage(_Out):
    """Notes, newest first; ask again with `cursor=next` until `next` is null."""

    notes: list[NoteModel]
    next: str | None


class ReasonModel(_Out):
    """Why a rule fired or was withheld."""

    code: str
    words: str
    matched: dict[str, str]


class FoundModel(_Out):
    """Words of a rule, and where the article says them."""

    phrase: str
    start: int
    end: int


class AlertModel(_Out):
    """A rule that fired, with its reason; a withheld one was never sent, a held one waits until its time."""

    id: str
    rule_id: str
    rule_name: str
    article_id: str
    story_id: str
    severity: str
    headline: str
    reason: ReasonModel
    withheld: bool
    receivers: list[str]
    created_at: datetime
    person: str
    joins: str | None
    hushed_by: str | None
    held_as: str | None
    held_until: datetime | None
    found: list[FoundModel]


class AlertsPage(_Out):
    """Alerts, newest first, withheld ones included."""

    alerts: list[AlertModel]
    next: str | None


class ErrorBody(_Out):
    """What went wrong and what to do about it."""

    code: str
    message: str
    remedy: str


class ErrorModel(_Out):
    """The one shape of every error."""

    error: ErrorBody


Text = Annotated[str, StringConstraints(max_length=2_000_000)]
Line = Annotated[str, StringConstraints(max_length=4_000)]


class ArticleIn(_Model):
    """An article to read. The same item sent twice changes nothing and returns the same note."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "example": {
                "id": "wire-20260302-17",
                "headline": "Example Corp raises full-year revenue guidance",
                "body": "Example Corp said on Monday it now expects revenue of $2.1 billion.",
                "published_at": "2026-03-02T13:30:00Z",
                "source": "Example Newswire",
                "url": "https://news.example/17",
            }
        },
    )

    id: Line = Field(default="", description="The publisher's own id; names the item over corrections.")
    headline: Line = ""
    body: Text = ""
    published_at: str | int | float | None = Field(
        default=None, description="ISO 8601, an e-mail date or Unix seconds; UTC when it has no offset."
    )
    source: Line = ""
    url: Line = ""
