"""Answers under idempotency keys, in the record's own database: every process of a server sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, Table, Text, delete, select

from readthrough.domain.repeat import Repeat
from readthrough.storage.dialect import insert_new, insert_or_replace
from readthrough.storage.store import SqlStore
from readthrough.storage.tables import Moment, metadata

__all__ = ["SqlRepeats", "repeats"]

repeats = Table(
    "repeats",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("repeats_by_time", "at"),
)


class SqlRepeats:
    """Implements `domain.repeat.Repeats`. May be used from several threads and processes."""

    def __init__(self, store: SqlStore) -> None:
        """Use a store's own transactions."""
        self._store = store

    def claim(self, asked: Repeat, *, forget_before: datetime, running_since: datetime) -> Repeat | None:
        """Take a name, or return what is held under it."""
        with self._store.claiming() as connection:
            connection.execute(delete(repeats).where(repeats.c.at < forget_before))
            connection.execute(
                delete(repeats).where(
                    repeats.c.name == asked.name, repeats.c.status == 0, repeats.c.at < running_since
                )
            )
            taken = connection.execute(insert_new(connection, repeats).values(**_row(asked)))
            if taken.rowcount:
                return None
            held = connection.execute(select(repeats).where(repeats.c.name == asked.name)).one()
        return Repeat(
            name=held.name,
            digest=held.digest,
            at=held.at,
            status=held.status,
            headers=tuple((name, value) for name, value in held.headers),
            body=bytes(held.body),
        )

    def keep(self, answered: Repeat) -> None:
        """Keep an answer."""
        with self._store.claiming() as connection:
            connection.execute(insert_or_replace(connection, repeats, _row(answered)))

    def release(self, name: str) -> None:
        """Give a name back."""
        with self._store.claiming() as connection:
            connection.execute(delete(repeats).where(repeats.c.name == name))


def _row(one: Repeat) -> dict[str, Any]:
    return {
        "name": one.name,
        "digest": one.digest,
        "at": one.at,
        "status": one.status,
        "headers": [list(pair) for pair in one.headers],
        "body": one.body,
    }
