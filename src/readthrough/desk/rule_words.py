"""Rules as people read them, and as the API prints them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from readthrough.alerts.rules import rule_table
from readthrough.alerts.rules_values import said
from readthrough.domain.alert import Condition, Rule, RuleKind
from readthrough.domain.contract import Json

__all__ = ["conditions", "rule_document", "rule_lines"]

_LISTS: Final = (
    ("tickers", "ticker"),
    ("issuers", "issuer"),
    ("watchlists", "on watchlist"),
    ("portfolios", "held in"),
    ("sectors", "sector"),
    ("themes", "theme"),
    ("events", "event"),
    ("modalities", "said as"),
    ("sources", "from"),
    ("words", "with the words"),
)
_BOUNDS: Final = (
    ("min_abs_score", "score size"),
    ("min_change", "change of score"),
    ("min_novelty", "novelty"),
    ("min_impact", "impact"),
    ("min_relevance", "relevance"),
)
_SHOWN: Final = 6
_SAID: Final = {
    RuleKind.BURST: "a burst of news in {window}",
    RuleKind.DRIFT: "the rolling score over {window} crosses {level:+.2f}",
    RuleKind.SILENCE: "silence for {window}",
    RuleKind.MOVE_WITHOUT_NEWS: "a move of {move:g} % without news in {window}",
    RuleKind.NEWS_WITHOUT_MOVE: "news without a move of {move:g} % in {window}",
}


def rule_document(rule: Rule) -> dict[str, Json]:
    """A rule with the conditions of simple rules spelled out, and whatever else it sets."""
    plain: dict[str, Json] = {
        "id": rule.id,
        "name": rule.name,
        "tickers": list(rule.tickers),
        "portfolios": list(rule.portfolios),
        "events": list(rule.events),
        "min_abs_score": rule.min_abs_score,
        "sign": rule.sign,
        "min_novelty": rule.min_novelty,
        "min_relevance": rule.min_relevance,
        "severity": rule.severity,
        "receivers": list(rule.receivers),
        "enabled": rule.enabled,
        "kind": str(rule.kind),
    }
    return plain | rule_table(rule)


def rule_lines(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every key a rule sets and its value, nested ones by their path."""
    yield from _lines("", rule_table(rule))


def _lines(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, inner in enumerate(value, start=1):
                yield from _lines(f"{prefix}{key}[{number}].", inner)
        else:
            yield f"{prefix}{key}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def conditions(rule: Rule) -> str:
    """Say in words what a rule asks for.

    >>> conditions(Rule(id="a", name="a", tickers=("BABA",), min_novelty=0.5))
    'ticker BABA; novelty at least 0.50'
    >>> conditions(Rule(id="a", name="a", portfolios=("global",), sign="negative"))
    'held in global; negative for the book'
    >>> either = (Condition(words=("recall",)), Condition(events=("product_recall",)))
    >>> conditions(Rule(id="a", name="a", sectors=("Autos",), any_of=either))
    'sector Autos; (with the words recall) or (event product_recall)'
    """
    parts = [*_said_of(rule)]
    if rule.kind is not RuleKind.NOTE:
        told = _SAID[rule.kind].format(window=said(rule.window), level=rule.level, move=rule.min_move_pct)
        parts.insert(0, told)
    return "; ".join(parts)


def _said_of(condition: Condition) -> Iterator[str]:
    for key, word in _LISTS:
        values = getattr(condition, key)
        if values:
            rest = f" or {len(values) - _SHOWN} others" if len(values) > _SHOWN else ""
            yield f"{word} {' or '.join(values[:_SHOWN])}{rest}"
    if condition.polarity:
        yield f"a {condition.polarity} event"
    booked = condition.portfolios or condition.min_weight or condition.min_effect_bps
    if condition.sign:
        yield f"{condition.sign} {'for the book' if booked else 'news'}"
    if condition.change:
        yield f"score gone {condition.change}"
    for key, word in _BOUNDS:
        if value := getattr(condition, key):
            yield f"{word} at least {value:.2f}"
    if condition.min_weight:
        yield f"weight at least {condition.min_weight:.2%}"
    if condition.min_effect_bps:
        yield f"effect at least {condition.min_effect_bps:g} bps"
    if condition.predicate:
        yield f"such that {condition.predicate}"
    yield from ("; ".join(_said_of(inner)) for inner in condition.all_of)
    if condition.any_of:
        yield " or ".join(f"({'; '.join(_said_of(inner))})" for inner in condition.any_of)
    yield from (f"not ({'; '.join(_said_of(inner))})" for inner in condition.none_of)
