"""The public contract of a note as JSON, version 1. Fields are added freely, never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from readthrough.domain.article import Article, Span
from readthrough.domain.impact import Impact
from readthrough.domain.note import Claim, Decision, Note, Statement, Support
from readthrough.domain.reading import Event, Fact, Reading, Sentiment, TickerReading

__all__ = ["CONTRACT_VERSION", "Json", "NoteDocument", "note_document"]

CONTRACT_VERSION = 1

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"
NoteDocument: TypeAlias = dict[str, Json]
"""A note as the contract prints it: only JSON types, in the contract's order."""


def note_document(note: Note) -> NoteDocument:
    """Turn a note into the dictionary that the API, the command line and storage share.

    Scores are rounded to two decimals, as shown; figures keep every digit the text gave.
    """
    reading = note.reading
    return {
        "id": note.id,
        "version": CONTRACT_VERSION,
        "revision": note.version,
        "known_at": _time(note.known_at),
        "article": _article(note.article, reading),
        "summary": [_statement(s) for s in note.summary],
        "analysis": [_claim(c) for c in note.analysis],
        "sentiment": _sentiment(reading.sentiment),
        "tickers": [_ticker(t) for t in reading.tickers],
        "market_impact": round(reading.market_impact, 2),
        "themes": list(reading.themes),
        "events": [_event(e, reading) for e in reading.events],
        "facts": [_fact(f, reading) for f in reading.facts],
        "decisions": [_decision(d) for d in note.decisions],
        "story": {
            "id": note.story.id,
            "novelty": round(note.story.novelty, 2),
            "relation": str(note.story.relation),
            "duplicate_of": note.story.duplicate_of,
            "follows": note.story.follows,
            "supersedes": note.story.supersedes,
            "days_since_similar": note.story.days_since_similar,
        },
        "book": [_impact(i) for i in note.book],
        "withheld": [{"text": w.text, "reason": w.reason} for w in note.withheld],
        "unlinked": [
            {
                "surface": u.surface,
                "span": _span(u.span),
                "candidates": list(u.candidates),
                "reason": u.reason,
            }
            for u in reading.unlinked
        ],
        "noise": reading.noise,
        "problems": [{"code": p.code, "detail": p.detail, "remedy": p.remedy} for p in reading.problems],
        "engine": {
            "version": note.engine.version,
            "reader": note.engine.reader,
            "writer": note.engine.writer,
            "playbooks": note.engine.playbooks,
            "universe": note.engine.universe,
            "fallback": note.engine.fallback or None,
        },
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _support(support: tuple[Support, ...]) -> list[Json]:
    return [
        {"kind": s.kind, **({"id": s.id} if s.id else {}), **({"span": _span(s.span)} if s.span else {})}
        for s in support
    ]


def _article(article: Article, reading: Reading) -> Json:
    return {
        "id": article.id,
        "headline": article.headline,
        "source": article.source,
        "url": article.url,
        "published_at": _time(article.published_at),
        "received_at": _time(article.received_at),
        "language": reading.language,
        "digest": article.content_digest,
    }


def _statement(statement: Statement) -> Json:
    return {"text": statement.text, "support": _support(statement.support)}


def _claim(claim: Claim) -> Json:
    return {
        "kind": claim.kind,
        "text": claim.text,
        "direction": claim.direction,
        "horizon": claim.horizon,
        "tickers": [{"ticker": t, "direction": d} for t, d in claim.tickers],
        "confidence": round(claim.confidence, 2),
        "support": _support(claim.support),
        "falsified_by": claim.falsified_by,
    }


def _sentiment(sentiment: Sentiment) -> Json:
    return {
        "score": None if sentiment.score is None else round(sentiment.score, 2),
        "label": sentiment.label,
        "mixed": sentiment.mixed,
        "confidence": round(sentiment.confidence, 2),
        "drivers": [{"id": i, "contribution": round(c, 3)} for i, c in sentiment.drivers],
    }


def _ticker(ticker: TickerReading) -> Json:
    return {
        "ticker": ticker.ticker or None,
        "name": ticker.name,
        "issuer_id": ticker.issuer_id,
        "role": ticker.role,
        "relevance": round(ticker.relevance, 2),
        "score": None if ticker.score is None else round(ticker.score, 2),
        "label": ticker.label,
        "confidence": round(ticker.confidence, 2),
        "mentions": [_span(m) for m in ticker.mentions],
    }


def _ticker_of(issuer_id: str | None, reading: Reading) -> str | None:
    return next((t.ticker or None for t in reading.tickers if t.issuer_id == issuer_id), None)


def _event(event: Event, reading: Reading) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "parent": event.parent,
        "subject": event.subject,
        "ticker": _ticker_of(event.issuer_id, reading),
        "counterparty": event.counterparty or None,
        "polarity": event.polarity,
        "modality": event.modality,
        "background": event.background,
        "span": _span(event.span),
    }


def _fact(fact: Fact, reading: Reading) -> Json:
    return {
        "id": fact.id,
        "metric": fact.metric_name,
        "subject": fact.subject,
        "ticker": _ticker_of(fact.issuer_id, reading),
        "value": _number(fact.value),
        "high": _number(fact.high),
        "bound": fact.bound or None,
        "unit": fact.unit,
        "currency": fact.currency or None,
        "scale": fact.scale or None,
        "counted": fact.counted or None,
        "period": fact.period or None,
        "basis": fact.basis or None,
        "is_change": fact.is_change,
        "change": fact.change,
        "previous": _number(fact.previous),
        "vs_expectation": fact.vs_expectation or None,
        "expected": _number(fact.expected),
        "modality": fact.modality,
        "background": fact.background,
        "span": _span(fact.span),
        "figure": _span(fact.figure),
        "quote": fact.quote,
    }


def _decision(decision: Decision) -> Json:
    return {
        "action": decision.action,
        "instrument": decision.instrument,
        "direction": decision.direction,
        "horizon": decision.horizon,
        "trigger": decision.trigger,
        "invalidation": decision.invalidation,
        "rationale": decision.rationale,
        "support": _support(decision.support),
    }


def _impact(impact: Impact) -> Json:
    return {
        "portfolio": impact.portfolio,
        "ticker": impact.ticker,
        "weight": None if impact.weight is None else round(impact.weight, 6),
        "path": impact.path,
        "through": impact.through,
        "expected_bps": _expected(impact),
        "why": impact.why,
    }


def _expected(impact: Impact) -> Json:
    low, mid, high = impact.low_bps, impact.mid_bps, impact.high_bps
    if low is None or mid is None or high is None:
        return None
    return {"low": round(low, 1), "mid": round(mid, 1), "high": round(high, 1)}
