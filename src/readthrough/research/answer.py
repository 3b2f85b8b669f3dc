"""An answer: sentences each with where they stand, figures with their working, rows of facts and events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from readthrough.domain.article import Span
from readthrough.research.retrieve import Question, Ranked

__all__ = ["NOT_SAID", "Answer", "AnswerSentence", "Choice", "Citation", "Figure", "compose"]

NOT_SAID: Final = "The corpus does not say."

CLOSE_ENOUGH: Final = 0.6
"""A sentence is kept when it fits at least this share as well as the best one; the rest only dilutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a sentence stands: `span` counts code points of the article's text, `quote` is what it covers."""

    note_id: str
    article_id: str
    headline: str
    source: str
    published_at: str
    span: Span
    quote: str
    page: int = 0
    """The page of a document it stands on, from 1; 0 in articles."""
    kind: str = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """One sentence of an answer. `fit` in [0, 1] says how well it answers."""

    text: str
    fit: float
    citation: Citation
    more: tuple[Citation, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All of its citations, the first one first."""
        return (self.citation, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that code worked out: what it is, its working in words, and where each input stands."""

    name: str
    shown: str
    value: Decimal
    unit: str
    working: str
    inputs: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A name in the question that may mean several issuers: their tickers and names."""

    surface: str
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the corpus says to a question; no sentences when it says nothing."""

    question: str
    tickers: tuple[str, ...]
    sentences: tuple[AnswerSentence, ...]
    headline: str = ""
    """A sentence of ours that counts or computes; every figure in it follows from `rows` or `figures`."""
    figures: tuple[Figure, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    choices: tuple[Choice, ...] = ()
    """Names that must be settled before there is an answer."""
    assumed: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    """The questions this one was taken apart into, in order."""
    method: str = "extracts"
    """extracts, facts, events, tables, or the language model that wrote it."""
    withheld: tuple[tuple[str, str], ...] = ()
    """Sentences of a language model that what they cite does not bear out, each with why."""

    @property
    def found(self) -> bool:
        """Whether the corpus says anything."""
        return bool(self.sentences or self.figures or self.rows)

    @property
    def text(self) -> str:
        """The sentences in a row, or that there are none."""
        if self.choices and not self.found:
            return " ".join(_asked_back(choice) for choice in self.choices)
        told = [self.headline, *(sentence.text for sentence in self.sentences)]
        return " ".join(filter(None, told)) if self.found else NOT_SAID


def _asked_back(choice: Choice) -> str:
    named = ", ".join(f"{name} ({ticker})" if ticker else name for ticker, name in choice.candidates)
    return f"{choice.surface!r} may mean {named}: name one of them, or give its ticker."


def compose(question: Question, ranked: Sequence[Ranked], *, limit: int) -> Answer:
    """Choose the sentences of an answer.

    Args:
        question: What was asked.
        ranked: Passages, best first.
        limit: Most sentences.
    """
    least = ranked[0].fit * CLOSE_ENOUGH if ranked else 0.0
    chosen = [r for r in ranked if r.fit >= least][: max(limit, 0)]
    return Answer(
        question=question.text, tickers=question.tickers, sentences=tuple(_sentence(r) for r in chosen)
    )


def _sentence(ranked: Ranked) -> AnswerSentence:
    passage = ranked.passage
    return AnswerSentence(
        text=" ".join(passage.text.split()),
        fit=ranked.fit,
        citation=Citation(
            note_id=passage.note_id,
            article_id=passage.article_id,
            headline=passage.headline,
            source=passage.source,
            published_at=passage.published_at,
            span=Span(passage.start, passage.end),
            quote=passage.text,
        ),
    )
