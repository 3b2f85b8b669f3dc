"""The shapes of answers, documents and passages at the API's edge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from readthrough.api.models import SpanModel

__all__ = ["AnswerModel", "DocumentModel", "DocumentsPage", "PassagesModel"]


class _Out(BaseModel):
    # Fields are added freely: one this edge does not know yet must pass, not fail a request.
    model_config = ConfigDict(frozen=True, extra="allow")


class AnswerCitation(_Out):
    """Where words of an answer stand; `span` counts code points of the article's or document's text."""

    note_id: str | None
    article_id: str
    kind: str
    headline: str
    source: str
    published_at: datetime | None
    page: int | None
    span: SpanModel
    quote: str


class AnswerSentence(_Out):
    """One sentence of an answer with its citations; `citation` is the first of them."""

    text: str
    fit: float
    citation: AnswerCitation
    citations: list[AnswerCitation]


class AnswerFigure(_Out):
    """A figure worked out by code: its working in words, and where each input stands."""

    name: str
    shown: str
    value: float
    unit: str
    working: str
    inputs: list[AnswerCitation]


class AnswerCandidate(_Out):
    """An issuer that a name may mean."""

    ticker: str | None
    name: str


class AnswerChoice(_Out):
    """A name that may mean several issuers."""

    surface: str
    candidates: list[AnswerCandidate]


class AnswerWithheld(_Out):
    """A sentence that nothing supports, and why."""

    text: str
    reason: str


class AnswerModel(_Out):
    """An answer; `found` is false when the corpus does not say."""

    question: str
    found: bool
    text: str
    headline: str | None
    method: str
    tickers: list[str]
    sentences: list[AnswerSentence]
    figures: list[AnswerFigure]
    rows: list[dict[str, Any]]
    choices: list[AnswerChoice]
    assumed: list[str]
    plan: list[str]
    withheld: list[AnswerWithheld]


class DocumentTicker(_Out):
    """Whom a document is about."""

    ticker: str
    relevance: float


class DocumentRow(_Out):
    """A document without its text."""

    id: str
    kind: str
    title: str
    source: str
    url: str
    published_at: datetime | None
    known_at: datetime
    tickers: list[DocumentTicker]
    pages: int
    note_id: str | None


class TableModel(_Out):
    """A table kept as a table: cells as printed."""

    page: int
    span: SpanModel
    rows: list[list[str]]


class DocumentModel(DocumentRow):
    """A document with a stretch of its text; ask on from `next_start`."""

    text: str
    start: int
    next_start: int | None
    characters: int
    tables: list[TableModel]


class DocumentsPage(_Out):
    """Documents, newest first; `next` is the cursor of the page after."""

    documents: list[DocumentRow]
    next: str | None


class PassageModel(_Out):
    """A passage that was found."""

    document_id: str
    kind: str
    title: str
    source: str
    published_at: datetime | None
    note_id: str | None
    page: int
    span: SpanModel
    text: str
    score: float


class PassagesModel(_Out):
    """Passages, best first."""

    passages: list[PassageModel]
