"""Joins what was composed from facts and events with what a trained model makes of the sentences.

Each side speaks with its confidence. The composed reading is exact where the text is structured and stays as it
is there; the less sure it is, the more the model's reading counts. The model reads only sentences that matter:
the headline, the lead, and those with a linked issuer, a fact or an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion, SentenceReader
from readthrough.domain.reading import Event, Fact, Mention, Role, Sentence, Sentiment, TickerReading
from readthrough.domain.security import IssuerId

__all__ = ["READ_AT_MOST", "fuse", "told_by", "trust_in_rules"]

READ_AT_MOST: Final = 12
"""Sentences of one article that the model reads, most weighty first."""

_TRUST: Final = ((0.0, 0.3), (0.5, 0.35), (0.6, 0.5), (0.7, 0.6), (0.8, 1.0))
"""Confidence of the composed reading from which on it has that weight against the model.

From the share of right signs by confidence on the development headlines: 0.44 under 0.6, 0.65, 0.73, and 0.88 from
0.8 on, where the model alone had 0.64, 0.70, 0.73 and 0.84. Rerun `readthrough train --measure-only` to check.
"""

_LEAN: Final = ((0.0, 0.0), (0.35, 0.05), (0.5, 0.12), (0.8, 0.32), (1.0, 0.6))
"""Lean of the model (positive minus negative) and the size of the score it stands for: under 0.10, "neutral" is likelier."""

_NOISE: Final = 0.2  # a text this unlikely to be news moves nothing


@dataclass(frozen=True, slots=True)
class _Voice:
    """What the model says of one subject, weighed over sentences."""

    score: float
    confidence: float


def fuse(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
    composed: tuple[Sentiment, tuple[TickerReading, ...]],
    reader: SentenceReader,
) -> tuple[Sentiment, tuple[TickerReading, ...]]:
    """Return the sentiment, overall and for each issuer, by both.

    Args:
        article: The words.
        sentences: Where they part.
        mentions: Who is meant where.
        facts: What was found; sentences that hold one matter.
        events: The same.
        composed: What `judge_sentiment` made of them.
        reader: The trained model.
    """
    sentiment, tickers = composed
    weights = _weights(sentences, mentions, facts, events)
    places = _places(sentences, mentions, weights)
    whole = [SentenceQuestion(text=s.span.of(article.text)) for s in sentences if s.index in weights]
    aimed = [
        SentenceQuestion(text=sentences[i].span.of(article.text), targets=spans)
        for (_, i), spans in places.items()
    ]
    answers = reader.answer([*whole, *aimed])
    overall = _voice(zip(weights.values(), answers, strict=False))
    score, sure = _joined(sentiment.score, sentiment.confidence, overall)
    sentiment = replace(sentiment, score=score, confidence=sure)
    told: dict[IssuerId, list[tuple[float, SentenceAnswer]]] = {}
    for (issuer, i), answer in zip(places, answers[len(whole) :], strict=True):
        told.setdefault(issuer, []).append((weights[i], answer))
    joined = []
    for ticker in tickers:
        voice = _voice(told.get(ticker.issuer_id, ()))
        if voice is not None and ticker.role is not Role.PASSING:
            score, sure = _joined(ticker.score, ticker.confidence, voice)
            ticker = replace(ticker, score=score, confidence=sure)
        joined.append(ticker)
    return sentiment, tuple(joined)


def told_by(answer: SentenceAnswer) -> float:
    """Read a score in [-1, 1] off an answer: its side from the classes, its size from both.

    >>> answer = SentenceAnswer(negative=0.0, neutral=0.1, positive=0.9, score=0.5)
    >>> round(told_by(answer), 2)
    0.48
    """
    lean = answer.positive - answer.negative
    size = _line(abs(lean), _LEAN)
    if size >= 0.1 and lean * answer.score > 0:
        size = max(0.1, (size + abs(answer.score)) / 2)
    return size if lean > 0 else -size


def trust_in_rules(confidence: float) -> float:
    """Say how much the composed reading weighs against the model, from its own confidence.

    >>> trust_in_rules(0.95), trust_in_rules(0.3)
    (1.0, 0.3)
    """
    return next(weight for bound, weight in reversed(_TRUST) if confidence >= bound)


def _weights(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], facts: Sequence[Fact], events: Sequence[Event]
) -> dict[int, float]:
    """Weigh the sentences that matter: headline and lead most, old news not at all."""
    heads = sum(s.headline for s in sentences)
    held = {f.sentence for f in facts} | {e.sentence for e in events}
    ends = sorted((m.span.start, m.span.end) for m in mentions)
    found: dict[int, float] = {}
    for sentence in sentences:
        body = sentence.index - heads
        named = any(sentence.span.start <= a and b <= sentence.span.end for a, b in ends)
        if sentence.background or not (sentence.headline or body <= 0 or sentence.index in held or named):
            continue
        found[sentence.index] = 1.5 if sentence.headline else 1.0 if body <= 1 else 0.6 if body <= 5 else 0.3
    kept = sorted(found, key=lambda i: -found[i])[:READ_AT_MOST]
    return {i: found[i] for i in sorted(kept)}


def _places(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], weights: Mapping[int, float]
) -> dict[tuple[IssuerId, int], tuple[tuple[int, int], ...]]:
    """Where each issuer stands in each sentence that is read, counted from the sentence's start."""
    found: dict[tuple[IssuerId, int], tuple[tuple[int, int], ...]] = {}
    for i in weights:
        span = sentences[i].span
        for mention in mentions:
            if span.covers(mention.span):
                here = (mention.span.start - span.start, mention.span.end - span.start)
                found[mention.issuer_id, i] = (*found.get((mention.issuer_id, i), ()), here)
    return found


def _voice(told: Iterable[tuple[float, SentenceAnswer]]) -> _Voice | None:
    """Sum up the model's answers: a sentence that says nothing weighs a third of one that does."""
    total = score = sure = 0.0
    for weight, answer in told:
        if answer.news < _NOISE:
            continue
        weight *= 1.0 - 0.67 * answer.neutral
        total += weight
        score += weight * told_by(answer)
        sure += weight * max(answer.negative, answer.neutral, answer.positive)
    return _Voice(score / total, sure / total) if total > 0 else None


def _joined(score: float | None, confidence: float, voice: _Voice | None) -> tuple[float | None, float]:
    """Weigh both; where they say the same, both are surer."""
    if voice is None:
        return score, confidence
    trust = trust_in_rules(confidence if score is not None else 0.0)
    if trust >= 1.0:
        return score, confidence
    value = round(trust * (score or 0.0) + (1.0 - trust) * voice.score, 4)
    if score is None and abs(value) < 0.05:
        return None, confidence
    agree = (score or 0.0) * voice.score > 0
    sure = trust * confidence + (1.0 - trust) * voice.confidence
    return value, min(0.97, sure + 0.1) if agree else sure


def _line(value: float, knots: Sequence[tuple[float, float]]) -> float:
    for (x0, y0), (x1, y1) in pairwise(knots):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return knots[-1][1]
