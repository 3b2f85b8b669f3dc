"""Alert rules, and the counter that tells readers when rules or portfolios changed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from readthrough.domain.alert import Rule
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.documents import document_of
from readthrough.storage.tables import counters, rules

__all__ = ["books_changed", "books_stamp", "every", "forget", "save"]


def save(connection: Connection, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    values = {"rule_id": rule.id, "name": storable(rule.name), "document": document_of(rule)}
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


def _rule(document: dict[str, Any]) -> Rule:
    # A rule kept by an older version lacks newer fields: their defaults hold.
    names = {field.name for field in fields(Rule)}
    kept: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in document.items() if k in names
    }
    return Rule(**kept)
