"""How good the news is for holders, overall and for each issuer, from the evidence for and against.

With P the good and N the bad, score = (P - N) / (P + N + DAMPING): one clear fact gives about 0.4, several that
agree 0.7, opposed forces a small sum with the `mixed` flag. A price move is evidence of how the news was taken,
not proof.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.reading import Event, Fact, Mention, Role, Sentence, Sentiment, TickerReading
from readthrough.domain.security import IssuerId
from readthrough.reading.evidence import Evidence, gather
from readthrough.reading.roles import Standing, standings
from readthrough.reading.subjects import Cast
from readthrough.universe.master import Universe

__all__ = ["judge_sentiment", "weigh"]

# Tuned on our own written development articles; rerun `make eval` after changing any of them.
DAMPING: Final = 0.45
# agreement of the evidence -> share of readings with the right sign, "neutral" being wrong too; measured on 2,200 readings
# with a sign of headlines, posts and paragraphs whose sign toward a company is known
_RIGHT: Final = (
    (0.5, 0.33),
    (0.55, 0.42),
    (0.65, 0.64),
    (0.75, 0.73),
    (0.85, 0.83),
    (0.92, 0.95),
    (0.95, 0.97),
)
_SHORT: Final = 6  # sentences; a shorter text is judged by what it says, however little
_LEAST_SAID: Final = (
    0.0135  # of words alone, a sentence; tuned on real pages that carry no news for investors
)
_UNSAID: Final = 0.3  # confidence where there is no score
_SILENT: Final = 0.05  # a score of a company smaller than this leans to neither side
_MIXED_AT: Final = 0.28  # each side must weigh this much for a small sum to be called mixed


def judge_sentiment(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
    universe: Universe,
    cast: Cast | None = None,
) -> tuple[Sentiment, tuple[TickerReading, ...]]:
    """Weigh the evidence overall and for each linked issuer, most relevant issuer first."""
    evidence = gather(article, sentences, mentions, facts, events, cast)
    overall, tickers = weigh(evidence, standings(article, sentences, mentions, facts, events), universe)
    if not _bears(evidence, len(sentences)):
        overall = replace(overall, score=None, mixed=False, confidence=_UNSAID)
    return overall, tickers


def _bears(evidence: Sequence[Evidence], sentences: int) -> bool:
    """Tell whether a page bears on an investor's view: by a figure or an event, or by words enough for its length."""
    said = [e for e in evidence if not e.echo]
    if any(not e.id.startswith("sentence:") for e in said) or sentences < _SHORT:
        return True
    return sum(abs(e.value) for e in said) >= _LEAST_SAID * sentences


def weigh(
    evidence: Sequence[Evidence], standing: dict[IssuerId, Standing], universe: Universe
) -> tuple[Sentiment, tuple[TickerReading, ...]]:
    """Turn evidence into scores, overall and for each issuer with a standing, most relevant first."""
    own: dict[IssuerId | None, list[float]] = defaultdict(list)
    for item in evidence:
        own[item.issuer_id].append(item.value)
    readings = []
    for issuer_id, place in standing.items():
        issuer = universe.issuer(issuer_id)
        if issuer is None:
            continue
        score, _, confidence = _score(own[issuer_id], floor=0.04)
        readings.append(
            TickerReading(
                issuer_id=issuer_id,
                ticker=place.ticker or issuer.ticker,
                name=issuer.name,
                role=place.role,
                relevance=place.relevance,
                score=score,
                confidence=confidence * (0.8 if place.role is Role.PASSING else 1.0),
                mentions=place.mentions,
            )
        )
    overall = _overall(evidence, standing)
    forecasters = set(
        universe.sources.brokers.values()
    )  # what a bank says of a market is not said of the bank
    # what a page says of nobody in particular it says of whom it is about
    readings = [
        replace(t, score=overall.score, confidence=overall.confidence * 0.9)
        if t.role is Role.PRIMARY
        and (t.score is None or abs(t.score) < _SILENT)
        and (t.issuer_id not in forecasters or own[t.issuer_id])
        else t
        for t in readings
    ]
    return overall, tuple(sorted(readings, key=lambda t: -t.relevance))


def _overall(evidence: Sequence[Evidence], standing: dict[IssuerId, Standing]) -> Sentiment:
    share = {Role.PRIMARY: 1.0, Role.SECONDARY: 0.5, Role.PASSING: 0.2}
    weighed = [
        (e.id, e.value * (share[standing[e.issuer_id].role] if e.issuer_id in standing else 0.8))
        for e in evidence
        if not e.echo
    ]
    score, mixed, confidence = _score((v for _, v in weighed), floor=0.05)
    total: dict[str, float] = defaultdict(float)
    for name, value in weighed:
        total[name] += value
    drivers = sorted(total.items(), key=lambda d: -abs(d[1]))[:6]
    return Sentiment(score=score, mixed=mixed, confidence=confidence, drivers=tuple(drivers))


def _score(values: Iterable[float], *, floor: float) -> tuple[float | None, bool, float]:
    """Return score, mixed flag and confidence; no score below `floor` of evidence in all."""
    good = bad = 0.0
    for value in values:
        good, bad = good + max(value, 0.0), bad + max(-value, 0.0)
    total = good + bad
    if total < floor:
        return None, False, _UNSAID
    score = (good - bad) / (total + DAMPING)
    agreement = abs(good - bad) / total
    sure = 0.5 + 0.45 * agreement * (1.0 - math.exp(-total / 0.5))
    return round(score, 4), min(good, bad) >= _MIXED_AT and abs(score) < 0.3, _calibrated(sure)


def _calibrated(sure: float) -> float:
    """Turn how much the evidence agrees into how often such readings have the right sign, between the points of the map."""
    for (low, at_low), (high, at_high) in pairwise(_RIGHT):
        if sure <= high:
            return at_low + (at_high - at_low) * max(0.0, sure - low) / (high - low)
    return _RIGHT[-1][1]
