"""An answer in the articles' own sentences, each with where it stands; no words of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.research.retrieve import Question, Ranked

__all__ = ["NOT_SAID", "Answer", "AnswerSentence", "Citation", "compose"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """One sentence of an answer. `fit` in [0, 1] says how well it answers."""

    text: str
    fit: float
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the corpus says to a question; no sentences when it says nothing."""

    question: str
    tickers: tuple[str, ...]
    sentences: tuple[AnswerSentence, ...]

    @property
    def found(self) -> bool:
        """Whether the corpus says anything."""
        return bool(self.sentences)

    @property
    def text(self) -> str:
        """The sentences in a row, or that there are none."""
        return " ".join(sentence.text for sentence in self.sentences) or NOT_SAID


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
