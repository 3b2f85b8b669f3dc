"""Alert rules, and the counter that tells readers when rules or portfolios changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Text, cast, delete, func, insert, select, update

from readthrough.domain.alert import Condition, Rule, RuleKind
from readthrough.storage.account_tables import watchlists
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.tables import counters, rule_changes, rules

__all__ = [
    "CHANGES_KEPT",
    "books_changed",
    "books_stamp",
    "changed",
    "changed_since",
    "every",
    "every_watchlist",
    "forget",
    "save",
    "watchlist_changed",
]

_CONDITION: Final = frozenset(field.name for field in fields(Condition))
_RULE: Final = frozenset(field.name for field in fields(Rule))
_NESTED: Final = ("all_of", "any_of", "none_of")


CHANGES_KEPT: Final = 20_000
"""Changes remembered one by one; who has missed more reads all rules again."""


def save(connection: Connection, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    changed(connection, [rule.id])
    values = {"rule_id": rule.id, "name": storable(rule.name), "document": _document(rule)}
    connection.execute(insert_or_replace(connection, rules, values))


def forget(connection: Connection, rule_id: str) -> bool:
    """Remove a rule; False when there was none."""
    changed(connection, [rule_id])
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
    """Return how often portfolios have changed and the last change of a rule, as text with a dot between."""
    books = select(counters.c.value).where(counters.c.name == "books").scalar_subquery()
    change = select(func.max(rule_changes.c.id)).scalar_subquery()
    row = connection.execute(select(books, change)).one()
    return f"{row[0] or 0}.{row[1] or 0}"


def changed(connection: Connection, rule_ids: Iterable[str]) -> None:
    """Note that rules have changed, or that what they name has."""
    for rule_id in rule_ids:
        made = connection.execute(insert(rule_changes).values(rule_id=storable(rule_id)))
        number = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        if number and number % 1_000 == 0:
            connection.execute(delete(rule_changes).where(rule_changes.c.id <= number - CHANGES_KEPT))


def changed_since(connection: Connection, number: int) -> dict[str, Rule | None] | None:
    """Return the rules that changed after a change, None for one that is gone.

    Returns:
        None where not all of these changes are remembered.
    """
    first = connection.scalar(select(func.min(rule_changes.c.id)))
    if first is not None and first > number + 1:
        return None
    later = select(rule_changes.c.rule_id).where(rule_changes.c.id > number).distinct()
    found: dict[str, Rule | None] = dict.fromkeys(connection.scalars(later))
    kept = select(rules.c.document).where(rules.c.rule_id.in_(later))
    for document in connection.scalars(kept):
        rule = _rule(document)
        found[rule.id] = rule
    return found


def every_watchlist(connection: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the tickers of all watchlists, by person and name."""
    rows = connection.execute(select(watchlists.c.person_id, watchlists.c.name, watchlists.c.tickers))
    return {(person, name): tuple(tickers) for person, name, tickers in rows}


def watchlist_changed(connection: Connection, person_id: str) -> None:
    """Note that the rules which go by a watchlist of a person have changed."""
    document = rules.c.document
    statement = select(rules.c.rule_id, document).where(cast(document, Text).contains("watchlists"))
    prefix = f"{person_id}/"
    changed(
        connection,
        [
            rule_id
            for rule_id, one in connection.execute(statement)
            if one.get("owner", "") == person_id or prefix in str(one)
        ],
    )


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
