"""Lets a trained model speak beside the composed reading: weighed in what is short, into silence in what is long.

Of a headline or a tweet a sentence model sees all there is, and is right about as often as facts and events are: both
are pooled by how sure each is. Of a page it sees sentences and not how they hang together: there the composed reading
stands, and the model speaks only where that has no score or leans to neither side, if it is sure enough. It reads the
sentences that matter: the headline, the lead, those with a linked issuer, a fact or an event.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from readthrough.domain.article import Article
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion, SentenceReader
from readthrough.domain.reading import Event, Fact, Mention, Sentence, Sentiment, TickerReading
from readthrough.domain.security import IssuerId

__all__ = ["READ_AT_MOST", "Shares", "Voice", "fuse", "joined", "pooled"]

READ_AT_MOST: Final = 12
"""Sentences of one article that the model reads, most weighty first."""

_LONGEST: Final = 1_500
"""Code points of a sentence; what is longer is a table or a trick, and costs the model by its length."""

_FOR_ALL: Final = 6  # of them for the article as a whole
_FOR_ONE: Final = 3  # and for one company

_ASKED: Final = 24
"""Places of companies that are asked about in one article."""

_SILENT_BELOW: Final = 0.05
"""A composed score smaller than this leans to neither side."""

_SPEAKS: Final = 0.7
"""Probability of a side from which on the model speaks for a whole article.

Development halves at 0.5, 0.6, 0.7 and 0.8, rules alone 0.787: PhraseBank 50Agree 0.767, 0.783, 0.787, 0.785.
"""

_SPEAKS_OF_ONE: Final = 0.5
"""The same toward one company, of whom the text seldom says nothing: 0.5 was best on FinEntity, FiQA and our own gold."""

_SHORT: Final = 3
"""Sentences of a text that is read as one: a headline, a tweet, a flash."""

_TRUST: Final = (5.0, 8.0)
"""What a composed score of 1 weighs against the model's log probabilities: of words alone, and of facts or events."""

_STILL: Final = 0.9
"""What a composed reading that leans to neither side adds to the log probability of neither."""

_NO_SIDE: Final = 0.09  # the largest score of a text that takes neither side

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
    short = len(sentences) <= _SHORT
    open_overall = short or _silent(sentiment.score)
    open_for = {t.issuer_id for t in tickers if short or _silent(t.score)}
    if not open_overall and not open_for:
        return composed
    weights = _weights(sentences, mentions, facts, events)
    leading = sorted(weights, key=lambda i: -weights[i])[:_FOR_ALL]
    chosen = [(i, weights[i]) for i in sorted(leading)] if open_overall else []
    places = _places(sentences, [m for m in mentions if m.issuer_id in open_for], weights)
    whole = [SentenceQuestion(text=sentences[i].span.of(article.text)) for i, _ in chosen]
    aimed = [
        SentenceQuestion(text=sentences[i].span.of(article.text), targets=spans)
        for (_, i), spans in places.items()
    ]
    answers = reader.answer([*whole, *aimed])
    structured = bool(facts or events)
    if open_overall:
        voice = _voice((weight, answer) for (_, weight), answer in zip(chosen, answers, strict=False))
        score, sure = (
            pooled(sentiment.score, sentiment.confidence, voice, structured)
            if short
            else joined(sentiment.score, sentiment.confidence, voice)
        )
        sentiment = replace(sentiment, score=score, confidence=sure)
    told: dict[IssuerId, list[tuple[float, SentenceAnswer]]] = {}
    for (issuer, i), answer in zip(places, answers[len(whole) :], strict=True):
        told.setdefault(issuer, []).append((weights[i], answer))
    found = []
    for ticker in tickers:
        spoken = told.get(ticker.issuer_id)
        if spoken:
            voice = _voice(spoken)
            score, sure = (
                pooled(ticker.score, ticker.confidence, voice, structured)
                if short
                else joined(ticker.score, ticker.confidence, voice, least=_SPEAKS_OF_ONE)
            )
            ticker = replace(ticker, score=score, confidence=sure)
        found.append(ticker)
    return sentiment, tuple(found)


def _silent(score: float | None) -> bool:
    return score is None or abs(score) < _SILENT_BELOW


def joined(
    score: float | None, confidence: float, voice: Voice | None, *, least: float = _SPEAKS
) -> tuple[float | None, float]:
    """Join the composed score with the model's voice; return a score and a confidence in [0, 1].

    Args:
        score: The composed score, None where the rules found nothing.
        confidence: Of the composed reading.
        voice: The model's; None where it was not asked or took the text for no news.
        least: How likely a side must be to the model for it to speak.

    >>> joined(None, 0.3, Voice((0.02, 0.08, 0.9), 0.5))
    (0.4964, 0.9)
    >>> joined(0.2, 0.6, Voice((0.9, 0.08, 0.02), -0.5))
    (0.2, 0.6)
    """
    if voice is None or not _silent(score):
        return score, confidence
    negative, _, positive = voice.shares
    sure = max(negative, positive)
    if sure < least:
        return score, confidence
    lean = positive - negative
    size = (abs(voice.score) if voice.score * lean > 0 else 0.0) * 0.5 + 0.28 * abs(lean)
    return round(math.copysign(max(0.1, size), lean), 4), sure


def pooled(
    score: float | None, confidence: float, voice: Voice | None, structured: bool
) -> tuple[float | None, float]:
    """Weigh the composed score of a short text against the model's voice; return a score and a confidence in [0, 1].

    Args:
        score: The composed score, None where the rules found nothing.
        confidence: Of the composed reading.
        voice: The model's; None where it took the text for no news.
        structured: Whether facts or events stand behind the composed score.

    >>> pooled(0.6, 0.8, Voice((0.6, 0.3, 0.1), -0.3), structured=True)[0]
    0.15
    >>> pooled(None, 0.3, Voice((0.1, 0.8, 0.1), 0.0), structured=False)[0]
    0.0
    """
    if voice is None:
        return score, confidence
    said = score or 0.0
    trust = _TRUST[structured] * said
    leans = (-trust, _STILL if _silent(score) else 0.0, trust)
    raised = [max(share, 1e-4) * math.exp(lean) for share, lean in zip(voice.shares, leans, strict=True)]
    sure = max(raised) / sum(raised)
    side = raised.index(max(raised)) - 1
    if side == 0:  # the score of what takes no side is next to nothing: which side is likelier says more
        lean = 0.5 * said + 0.5 * (voice.shares[2] - voice.shares[0])
        return round(min(_NO_SIDE, max(-_NO_SIDE, lean)), 4), sure
    size = 0.5 * said + 0.5 * voice.score
    return round(side * max(0.1, side * size), 4), sure


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
        if sentence.span.end - sentence.span.start > _LONGEST:
            continue
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
            if span.covers(mention.span) and len(found) < _ASKED:
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
