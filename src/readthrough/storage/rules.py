"""Alert rules, and the counter that tells readers when rules or portfolios changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from readthrough.domain.alert import Condition, Rule, RuleKind
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.tables import counters, rules

__all__ = ["books_changed", "books_stamp", "every", "forget", "save"]

_CONDITION: Final = frozenset(field.name for field in fields(Condition))
_RULE: Final = frozenset(field.name for field in fields(Rule))
_NESTED: Final = ("all_of", "any_of", "none_of")


def save(connection: Connection, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    values = {"rule_id": rule.id, "name": storable(rule.name), "document": _document(rule)}
    connection.execute(insert_or_replace(connection, rules, values))


def forget(connection: Connection, rule_id: str) -> bool:
    """Remove a rule; False when there was none."""
    return connection.execute(delete(rules).where(rules.c.rule_id == storable(rule_id))).rowcount > 0


def every(connection: Connection) -> list[Rule]:
    """Return all rules by id."""
    return [
        _rule(document) for document in connection.scalars(select(rules.c.document).order_by(rules.c.rule_id))
    ]


def books_changed(connection: Connection) -> None:
    """Count a change of rules or portfolios."""
    bump = update(counters).where(counters.c.name == "books").values(value=counters.c.value + 1)
    if connection.execute(bump).rowcount == 0:
        connection.execute(insert(counters).values(name="books", value=1))


def books_stamp(connection: Connection) -> str:
    """Return how often rules or portfolios have changed, as text."""
    return str(connection.scalar(select(counters.c.value).where(counters.c.name == "books")) or 0)


def _document(condition: Condition) -> dict[str, Any]:
    """Only what is set: a condition has many fields, and a rule may hold many conditions."""
    document: dict[str, Any] = {}
    for field in fields(condition):
        value = getattr(condition, field.name)
        if field.default is not MISSING and value == field.default:
            continue
        if field.name in _NESTED:
            value = [_document(inner) for inner in value]
        elif isinstance(value, timedelta):
            value = value.total_seconds()
        elif isinstance(value, tuple):
            value = [storable(entry) for entry in value]
        elif isinstance(value, str):
            value = storable(value)
        document[field.name] = value
    return document


def _rule(document: Mapping[str, Any]) -> Rule:
    kept = _values(document, _RULE)
    if "kind" in kept:
        kept["kind"] = RuleKind(kept["kind"])
    if "window" in kept:
        kept["window"] = timedelta(seconds=kept["window"])
    return Rule(**kept)


def _values(document: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    # A rule kept by an older version lacks newer fields: their defaults hold.
    kept: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in document.items() if k in names
    }
    for name in _NESTED:
        if name in kept:
            kept[name] = tuple(Condition(**_values(inner, _CONDITION)) for inner in kept[name])
    return kept
