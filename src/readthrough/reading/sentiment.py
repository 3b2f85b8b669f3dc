"""How good the news is for holders, overall and for each issuer, composed from facts, events and tone.

Each contribution is signed evidence in the same unit. With P the good and N the bad,
score = (P - N) / (P + N + DAMPING): one clear fact gives about 0.4, several that agree 0.7, opposed
forces a small sum with the `mixed` flag. A price move is evidence of how the news was taken, not proof.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.reading import (
    Event,
    Fact,
    Mention,
    Modality,
    Polarity,
    Role,
    Sentence,
    Sentiment,
    TickerReading,
    Unit,
)
from readthrough.domain.security import IssuerId
from readthrough.reading.linking import subjects_by_sentence
from readthrough.reading.qualifiers import clauses, lower_keeping_offsets
from readthrough.reading.roles import Standing, standings
from readthrough.reading.subjects import mentions_by_sentence
from readthrough.reading.tone import tone_of
from readthrough.universe.master import Universe

__all__ = ["judge_sentiment"]

# Tuned on our own written development articles; rerun `make eval` after changing any of them.
DAMPING: Final = 0.45
_MIXED_AT: Final = 0.28  # each side must weigh this much for a small sum to be called mixed
_MODALITY: Final = {
    Modality.ACTUAL: 1.0,
    Modality.PLANNED: 0.8,
    Modality.CONDITIONAL: 0.4,
    Modality.RUMOURED: 0.5,
    Modality.DENIED: 0.0,
}
_WEIGHT: Final = {
    "revenue": 0.28, "profit": 0.32, "net income": 0.34, "operating profit": 0.32, "ebitda": 0.3, "eps": 0.36, "loss": 0.3,
    "net loss": 0.3, "operating loss": 0.3, "gross margin": 0.22, "operating margin": 0.25, "margin": 0.22,
    "same-store sales": 0.3, "free cash flow": 0.2, "deliveries": 0.3, "subscribers": 0.25, "users": 0.2, "orders": 0.25,
    "bookings": 0.25, "fine": 0.3, "settlement": 0.2, "impairment": 0.25, "charge": 0.2, "buyback": 0.2, "dividend": 0.2,
    "premium": 0.35, "contract": 0.25, "provisions": 0.3, "delinquencies": 0.3, "charge-offs": 0.25, "deposits": 0.25,
    "price target": 0.15, "market share": 0.2, "costs": 0.18, "operating expenses": 0.18, "fuel costs": 0.2, "prices": 0.12,
    "savings": 0.15, "recalled units": 0.35, "debt": 0.12, "tariff": 0.2, "inflation": 0.3, "gdp": 0.3,
}  # fmt: skip
_PLAIN_WEIGHT: Final = 0.15
_EVENT_WEIGHT: Final = 0.75
_PRICE_WEIGHT: Final = 0.55
_TONE_WEIGHT: Final = 0.7


@dataclass(frozen=True, slots=True)
class _Evidence:
    id: str
    issuer_id: IssuerId | None
    value: float
    sentence: int


def judge_sentiment(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
    universe: Universe,
) -> tuple[Sentiment, tuple[TickerReading, ...]]:
    """Weigh the evidence overall and for each linked issuer, most relevant issuer first."""
    heads = sum(s.headline for s in sentences)
    places = {s.index: _place_weight(s, heads) for s in sentences}
    figures = _of_facts(facts, places)
    reactions = {f.id for f in facts if f.metric == "share price"}
    results = [f for f in figures if f.id not in reactions]
    evidence = [*figures, *_of_events(events, places, results)]
    evidence += _of_tone(article, sentences, mentions, evidence, places)
    standing = standings(article, sentences, mentions, facts, events)
    overall = _overall(evidence, standing)
    readings = []
    for issuer_id, place in standing.items():
        issuer = universe.issuer(issuer_id)
        if issuer is None:
            continue
        own = [e for e in evidence if e.issuer_id == issuer_id]
        score, _, confidence = _score((e.value for e in own), floor=0.04)
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
    return overall, tuple(sorted(readings, key=lambda t: -t.relevance))


def _place_weight(sentence: Sentence, heads: int) -> float:
    """Headline and lead say what matters; old news hardly counts."""
    if sentence.background:
        return 0.2
    if sentence.headline:
        return 1.3
    body = sentence.index - heads
    return 1.15 if body <= 1 else 1.0 if body <= 5 else 0.7 if body <= 12 else 0.45


def _of_facts(facts: Sequence[Fact], places: dict[int, float]) -> list[_Evidence]:
    found = []
    for fact in facts:
        if fact.good == 0 or fact.background:
            continue
        size = _fact_size(fact) * _MODALITY[fact.modality] * places[fact.sentence]
        found.append(_Evidence(fact.id, fact.issuer_id, fact.good * size, fact.sentence))
    return found


def _fact_size(fact: Fact) -> float:
    """How much one figure weighs: what it measures, how far it moved, whether it surprised."""
    if fact.metric == "share price":
        moved = float(abs(fact.value)) if fact.is_change and fact.unit is Unit.PERCENT else 2.0
        premarket = {"premarket": 0.6, "after hours": 0.9}.get(fact.period, 1.0)
        return _PRICE_WEIGHT * math.tanh(moved / 6.0) * premarket
    base = _WEIGHT.get(fact.metric, _PLAIN_WEIGHT)
    if fact.vs_expectation in {"beat", "miss"}:
        base = max(base, 0.3) * 1.1
    elif fact.is_change and fact.unit is Unit.PERCENT:
        # 2 % barely counts, 10 % counts in full, 40 % half as much again
        base *= min(1.6, 0.4 + 0.6 * math.log1p(float(abs(fact.value))) / math.log(11.0))
    elif not fact.is_change:
        base *= 0.75
    return base * (1.15 if "guidance" in fact.basis else 1.0)


# events that only sum up figures: "missed estimates" beside the figure that missed is one piece of evidence
_SUMMED: Final = frozenset(
    {"earnings_result", "guidance_change", "user_metrics", "dividend_change", "buyback", "market_wide_move"}
)


def _of_events(
    events: Sequence[Event], places: dict[int, float], figures: Sequence[_Evidence]
) -> list[_Evidence]:
    found = []
    for event in events:
        sign = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1, Polarity.NEUTRAL: 0}[event.polarity]
        if sign == 0 or event.background:
            continue
        value = (
            sign
            * event.strength
            * _EVENT_WEIGHT
            * _MODALITY[event.modality]
            * places.get(event.sentence, 1.0)
        )
        if event.parent in _SUMMED:
            told = sum(
                abs(f.value)
                for f in figures
                if f.issuer_id == event.issuer_id
                and f.value * sign > 0
                and abs(f.sentence - event.sentence) <= 2
            )
            value = sign * max(0.0, abs(value) - told)
        if value:
            found.append(_Evidence(event.id, event.issuer_id, value, event.sentence))
    return found


def _of_tone(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    evidence: Sequence[_Evidence],
    places: dict[int, float],
) -> list[_Evidence]:
    """Add what the words say beyond figures and events; where those speak, tone only seconds them."""
    lowered = lower_keeping_offsets(article.text)
    spoken: dict[int, float] = defaultdict(float)
    for item in evidence:
        spoken[item.sentence] += abs(item.value)
    found = []
    rows = mentions_by_sentence(mentions, sentences)
    subjects = subjects_by_sentence(mentions, sentences)
    for sentence, row, subject in zip(sentences, rows, subjects, strict=True):
        room = 1.0 / (1.0 + 6.0 * spoken[sentence.index])
        weight = _TONE_WEIGHT * places[sentence.index] * room
        for issuer_id, start, end in _shares(lowered, sentence, subject, row):
            tone = tone_of(lowered, start, end, sentence.span)
            for value in (min(tone.good, 0.6) * weight, -min(tone.bad, 0.6) * weight):
                if abs(value) > 0.01:
                    found.append(_Evidence(f"sentence:{sentence.index}", issuer_id, value, sentence.index))
    return found


def _shares(
    lowered: str, sentence: Sentence, subject: IssuerId | None, mentions: Sequence[Mention]
) -> Iterator[tuple[IssuerId | None, int, int]]:
    """Part a sentence that names several issuers into clauses, each about the issuer it names first."""
    span = sentence.span
    inside = [m for m in mentions if span.covers(m.span)]
    if len({m.issuer_id for m in inside}) < 2:
        yield subject, span.start, span.end
        return
    current, begun = subject, span.start
    for start, end in clauses(lowered, span.start, span.end):
        named = next((m.issuer_id for m in inside if start <= m.span.start < end), None)
        if named is not None and named != current:
            if start > begun:
                yield current, begun, start
            current, begun = named, start
    yield current, begun, span.end


def _overall(evidence: Sequence[_Evidence], standing: dict[IssuerId, Standing]) -> Sentiment:
    share = {Role.PRIMARY: 1.0, Role.SECONDARY: 0.5, Role.PASSING: 0.2}
    weighed = [
        (e.id, e.value * (share[standing[e.issuer_id].role] if e.issuer_id in standing else 0.8))
        for e in evidence
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
        return None, False, 0.3
    score = (good - bad) / (total + DAMPING)
    agreement = abs(good - bad) / total
    confidence = 0.5 + 0.45 * agreement * (1.0 - math.exp(-total / 0.5))
    return round(score, 4), min(good, bad) >= _MIXED_AT and abs(score) < 0.3, confidence
