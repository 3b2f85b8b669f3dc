"""Joins what was composed from facts and events with what a trained model makes of the sentences.

Each side speaks with its confidence. The composed reading is exact where the text is structured and stays as it
is there; the less sure it is, the more the model's reading counts. The model reads only sentences that matter:
the headline, the lead, and those with a linked issuer, a fact or an event.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from readthrough.domain.article import Article
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion, SentenceReader
from readthrough.domain.reading import Event, Fact, Mention, Role, Sentence, Sentiment, TickerReading
from readthrough.domain.security import IssuerId

__all__ = ["READ_AT_MOST", "Shares", "Voice", "fuse", "joined"]

READ_AT_MOST: Final = 12
"""Sentences of one article that the model reads, most weighty first."""

_FOR_ONE: Final = 3  # and for one company

_SURE: Final = 0.85
"""A composed reading this confident stands as it is: right in nine of ten development headlines, more in articles."""

_STRUCTURED: Final = 0.5
"""Share of facts and events in a composed reading from which on it stands too: the model turns round such signs.

On the development probes 9 in 10 are read right by structure, 6 in 10 where the model may overrule it.
"""

_RULES_SAY: Final = ((0.0, 0.45, 0.45), (0.6, 0.63, 0.28), (0.7, 0.73, 0.21), (0.8, 0.82, 0.13))
"""From this confidence of the composed reading on, how often its side is right, and how often the text is neutral.

Counted on the development splits of SEntFiN, FinEntity and the tweets (1,644 texts); the silent case below too.
"""

_SILENT: Final = (0.11, 0.72, 0.17)
_USUAL: Final = (0.25, 0.47, 0.28)
_SAY: Final = 0.6
"""How much the rules' evidence counts beside the model's: less than 1, since both see the same words.

Of 0, 0.3, 0.5, 0.7 and 1, whole headlines of development were best at 0 to 0.5, marked targets at 0.7.
"""

_NOISE: Final = 0.2  # a text this unlikely to be news moves nothing


Shares: TypeAlias = tuple[float, float, float]
"""Probabilities of negative, neutral and positive."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What the model says of one subject, weighed over sentences; `score` is its regression in [-1, 1]."""

    shares: Shares
    score: float


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
    told_of = {f.issuer_id for f in facts if f.good} | {e.issuer_id for e in events if not e.background}
    open_overall = _open(sentiment.score, sentiment.confidence) and _structured(sentiment) < _STRUCTURED
    open_for = {
        t.issuer_id
        for t in tickers
        if t.role is not Role.PASSING
        and _open(t.score, t.confidence)
        and (t.score is None or t.issuer_id not in told_of)
    }
    if not open_overall and not open_for:
        return composed
    weights = _weights(sentences, mentions, facts, events)
    chosen = list(weights.items()) if open_overall else []
    places = _places(sentences, [m for m in mentions if m.issuer_id in open_for], weights)
    whole = [SentenceQuestion(text=sentences[i].span.of(article.text)) for i, _ in chosen]
    aimed = [
        SentenceQuestion(text=sentences[i].span.of(article.text), targets=spans)
        for (_, i), spans in places.items()
    ]
    answers = reader.answer([*whole, *aimed])
    if open_overall:
        voice = _voice((weight, answer) for (_, weight), answer in zip(chosen, answers, strict=False))
        score, sure = joined(sentiment.score, sentiment.confidence, voice)
        sentiment = replace(sentiment, score=score, confidence=sure)
    told: dict[IssuerId, list[tuple[float, SentenceAnswer]]] = {}
    for (issuer, i), answer in zip(places, answers[len(whole) :], strict=True):
        told.setdefault(issuer, []).append((weights[i], answer))
    found = []
    for ticker in tickers:
        spoken = told.get(ticker.issuer_id)
        if spoken:
            score, sure = joined(ticker.score, ticker.confidence, _voice(spoken), silence=_USUAL)
            ticker = replace(ticker, score=score, confidence=sure)
        found.append(ticker)
    return sentiment, tuple(found)


def _open(score: float | None, confidence: float) -> bool:
    """Tell whether the composed reading leaves room for the model; where it does not, nothing is encoded."""
    return score is None or confidence < _SURE


def _structured(sentiment: Sentiment) -> float:
    """Return the share of what facts and events say in a composed reading, the rest being tone."""
    total = sum(abs(value) for _, value in sentiment.drivers)
    tone = sum(abs(value) for name, value in sentiment.drivers if name.startswith("sentence:"))
    return 1.0 - tone / total if total else 0.0


def joined(
    score: float | None, confidence: float, voice: Voice | None, *, silence: Shares = _SILENT
) -> tuple[float | None, float]:
    """Join the composed score with the model's voice; return a score and a confidence in [0, 1].

    Probabilities are pooled: the side is the likeliest by both, and the score is under 0.10 where neutral is.

    Args:
        score: The composed score, None where the rules found nothing.
        confidence: Of the composed reading.
        voice: The model's; None where it was not asked or took the text for no news.
        silence: What it makes likely that the rules found nothing; of one company among several it says nothing.

    >>> joined(None, 0.3, Voice((0.02, 0.08, 0.9), 0.5))[0]
    0.4843
    >>> joined(0.4, 0.9, Voice((0.9, 0.08, 0.02), -0.5))
    (0.4, 0.9)
    """
    if voice is None or (score is not None and confidence >= _SURE):
        return score, confidence
    said = silence if score is None or abs(score) < 0.1 else _said(score, confidence)
    raised = [m * (r / u) ** _SAY for m, r, u in zip(voice.shares, said, _USUAL, strict=True)]
    negative, neutral, positive = (x / sum(raised) for x in raised)
    lean = positive - negative
    if neutral >= max(negative, positive):
        silent = score is None and neutral > 0.9 and silence is _SILENT
        return (None if silent else round(0.095 * lean, 4)), neutral
    own = abs(score) if score is not None and score * lean > 0 else None
    size = (abs(voice.score) if voice.score * lean > 0 else 0.0) * 0.5 + 0.28 * abs(lean)
    size = size if own is None else (size + own) / 2
    return round(math.copysign(max(0.1, size), lean), 4), max(negative, positive)


def _said(score: float, confidence: float) -> Shares:
    """What the composed reading makes likely, by how often it was right at that confidence."""
    right, neutral = next((r, n) for bound, r, n in reversed(_RULES_SAY) if confidence >= bound)
    wrong = 1.0 - right - neutral
    return (wrong, neutral, right) if score > 0 else (right, neutral, wrong)


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
    read: Counter[IssuerId] = Counter()
    for i in sorted(weights, key=lambda i: -weights[i]):
        span = sentences[i].span
        for mention in mentions:
            if span.covers(mention.span):
                if (mention.issuer_id, i) not in found:
                    read[mention.issuer_id] += 1
                if read[mention.issuer_id] > _FOR_ONE:
                    continue
                here = (mention.span.start - span.start, mention.span.end - span.start)
                found[mention.issuer_id, i] = (*found.get((mention.issuer_id, i), ()), here)
    return found


def _voice(told: Iterable[tuple[float, SentenceAnswer]]) -> Voice | None:
    """Sum up the model's answers: a sentence that says nothing weighs a third of one that does."""
    total = score = 0.0
    shares = [0.0, 0.0, 0.0]
    for weight, answer in told:
        if answer.news < _NOISE:
            continue
        weight *= 1.0 - 0.67 * answer.neutral
        total += weight
        score += weight * answer.score
        for i, share in enumerate((answer.negative, answer.neutral, answer.positive)):
            shares[i] += weight * share
    if total <= 0:
        return None
    return Voice((shares[0] / total, shares[1] / total, shares[2] / total), score / total)
