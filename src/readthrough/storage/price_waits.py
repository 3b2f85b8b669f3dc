"""What rules on news without a move met, until prices say whether it moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from readthrough.domain.alert import Found, Hit, HitCode, Rule
from readthrough.domain.article import Span
from readthrough.domain.impact import Impact
from readthrough.domain.security import IssuerId
from readthrough.storage.alert_tables import price_waits
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new

__all__ = ["every", "forget", "save"]

_PLAIN: Final = frozenset(field.name for field in fields(Hit)) - {
    "rule",
    "code",
    "at",
    "issuer_id",
    "events",
    "impact",
    "found",
    "matched",
}


def save(connection: Connection, hits: Iterable[Hit]) -> None:
    """Keep hits; one that is kept already stays as it is."""
    for hit in hits:
        values = {"wait_id": hit.key, "rule_id": hit.rule.id, "at": hit.at, "document": _document(hit)}
        connection.execute(insert_new(connection, price_waits).values(**values))


def every(connection: Connection, rules: Mapping[str, Rule]) -> list[Hit]:
    """Return what waits, earliest first; hits of rules that are gone are left out."""
    rows = connection.execute(
        select(price_waits).order_by(price_waits.c.at, price_waits.c.wait_id)
    ).mappings()
    return [
        _hit(row["document"], rules[row["rule_id"]], row["at"]) for row in rows if row["rule_id"] in rules
    ]


def forget(connection: Connection, *, keys: Collection[str], before: datetime) -> None:
    """Forget hits by key, and those from before a moment."""
    for key in keys:
        connection.execute(delete(price_waits).where(price_waits.c.wait_id == key))
    connection.execute(delete(price_waits).where(price_waits.c.at < before))


def _document(hit: Hit) -> dict[str, Any]:
    plain = {name: getattr(hit, name) for name in _PLAIN}
    made = {name: storable(value) if isinstance(value, str) else value for name, value in plain.items()}
    return made | {
        "code": str(hit.code),
        "issuer_id": hit.issuer_id,
        "events": list(hit.events),
        "impact": None if hit.impact is None else asdict(hit.impact),
        "found": [[storable(one.phrase), one.span.start, one.span.end] for one in hit.found],
        "matched": [[name, storable(value)] for name, value in hit.matched],
    }


def _hit(document: Mapping[str, Any], rule: Rule, at: datetime) -> Hit:
    impact, issuer_id = document["impact"], document["issuer_id"]
    return Hit(
        rule=rule,
        code=HitCode(document["code"]),
        at=at,
        issuer_id=None if issuer_id is None else IssuerId(issuer_id),
        events=tuple(document["events"]),
        impact=None if impact is None else Impact(**impact),
        found=tuple(Found(phrase=phrase, span=Span(start, end)) for phrase, start, end in document["found"]),
        matched=tuple((name, value) for name, value in document["matched"]),
        **{name: document[name] for name in _PLAIN},
    )
