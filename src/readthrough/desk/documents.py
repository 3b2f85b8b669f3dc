"""What is answered besides notes, as JSON types: the API, the pages and `--json` print these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from readthrough.desk.rule_words import rule_document
from readthrough.domain.alert import Alert, Delivery
from readthrough.domain.contract import Json
from readthrough.domain.portfolio import Portfolio

if TYPE_CHECKING:
    from readthrough.desk.ask import AlertStory
    from readthrough.research.answer import Answer, AnswerSentence, Citation, Figure

__all__ = [
    "alert_document",
    "alert_story_document",
    "answer_document",
    "as_written",
    "figure_document",
    "portfolio_document",
    "rule_document",
    "sentence_document",
]

Document = dict[str, Json]


def alert_document(alert: Alert) -> Document:
    """An alert with its reason."""
    return {
        "id": alert.id,
        "rule_id": alert.rule_id,
        "rule_name": alert.rule_name,
        "article_id": alert.article_id,
        "story_id": alert.story_id,
        "severity": alert.severity,
        "headline": alert.headline,
        "reason": {
            "code": alert.reason.code,
            "words": alert.reason.words,
            "matched": dict(alert.reason.matched),
        },
        "withheld": alert.withheld,
        "receivers": list(alert.receivers),
        "created_at": _time(alert.created_at),
        "person": alert.person,
        "joins": alert.joins or None,
        "hushed_by": alert.hushed_by or None,
        "held_as": alert.held_as or None,
        "held_until": None if alert.held_until is None else _time(alert.held_until),
        "found": [
            {"phrase": one.phrase, "start": one.span.start, "end": one.span.end} for one in alert.found
        ],
    }


def alert_story_document(story: AlertStory) -> Document:
    """An alert, the note it is about, and where it was sent."""
    return {
        "alert": alert_document(story.alert),
        "note": story.note,
        "deliveries": [_delivery(delivery) for delivery in story.deliveries],
    }


def as_written(fact: Mapping[str, Any]) -> str:
    """Return a fraction as the article words it ("more than half", "a third"), nothing for other figures.

    Args:
        fact: As the note's contract carries it.

    >>> quote = "more than half of revenue"
    >>> place = {"quote": quote, "span": {"start": 90}, "figure": {"start": 100, "end": 104}}
    >>> as_written({"scale": "fraction", "bound": "more than", **place})
    'more than half'
    """
    if fact.get("scale") != "fraction":
        return ""
    offset = fact["span"]["start"]
    share = str(fact["quote"])[fact["figure"]["start"] - offset : fact["figure"]["end"] - offset].lower()
    # "A majority" is more than half by itself.
    return share if "majority" in share else f"{fact.get('bound') or ''} {share}".strip()


def portfolio_document(portfolio: Portfolio) -> Document:
    """A portfolio with its holdings; weights are decimal shares of net asset value."""
    return {
        "id": portfolio.id,
        "name": portfolio.name,
        "base_currency": portfolio.base_currency,
        "as_of": None if portfolio.as_of is None else portfolio.as_of.isoformat(),
        "holdings": [
            {
                "ticker": line.ticker,
                "issuer_id": line.issuer_id,
                "name": line.name,
                "quantity": _number(line.quantity),
                "price": _number(line.price),
                "currency": line.currency,
                "market_value": _number(line.market_value),
                "weight": None if line.weight is None else round(float(line.weight), 6),
                "source_row": line.source_row,
            }
            for line in portfolio.holdings
        ],
        "problems": [{"code": p.code, "detail": p.detail, "remedy": p.remedy} for p in portfolio.problems],
    }


def answer_document(answer: Answer) -> Document:
    """An answer with its citations, working and rows."""
    return {
        "question": answer.question,
        "found": answer.found,
        "text": answer.text,
        "headline": answer.headline or None,
        "method": answer.method,
        "tickers": list(answer.tickers),
        "sentences": [sentence_document(sentence) for sentence in answer.sentences],
        "figures": [figure_document(figure) for figure in answer.figures],
        "rows": [dict(row) for row in answer.rows],
        "choices": [
            {
                "surface": choice.surface,
                "candidates": [
                    {"ticker": ticker or None, "name": name} for ticker, name in choice.candidates
                ],
            }
            for choice in answer.choices
        ],
        "assumed": list(answer.assumed),
        "plan": list(answer.plan),
        "withheld": [{"text": text, "reason": reason} for text, reason in answer.withheld],
    }


def sentence_document(sentence: AnswerSentence) -> Document:
    """A sentence of an answer with its citations."""
    return {
        "text": sentence.text,
        "fit": round(sentence.fit, 3),
        "citation": _citation(sentence.citation),
        "citations": [_citation(cited) for cited in sentence.citations],
    }


def figure_document(figure: Figure) -> Document:
    """A figure with its working."""
    return {
        "name": figure.name,
        "shown": figure.shown,
        "value": float(figure.value),
        "unit": figure.unit,
        "working": figure.working,
        "inputs": [_citation(cited) for cited in figure.inputs],
    }


def _citation(cited: Citation) -> Document:
    return {
        "note_id": cited.note_id or None,
        "article_id": cited.article_id,
        "kind": cited.kind,
        "headline": cited.headline,
        "source": cited.source,
        "published_at": cited.published_at or None,
        "page": cited.page or None,
        "span": {"start": cited.span.start, "end": cited.span.end},
        "quote": cited.quote,
    }


def _delivery(delivery: Delivery) -> Document:
    return {
        "id": delivery.id,
        "receiver": delivery.receiver,
        "attempts": delivery.attempts,
        "due_at": _time(delivery.due_at),
        "state": delivery.state,
        "detail": delivery.detail,
    }


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
