"""What the world should hear of, written with the thing itself and read in order by whoever passes it on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, select

from readthrough.domain.contract import NoteDocument
from readthrough.domain.ports import OutboxRow
from readthrough.storage import alerts as alert_rows
from readthrough.storage import deliveries as delivery_rows
from readthrough.storage.documents import document_of
from readthrough.storage.tables import notes, outbox

__all__ = ["add", "last_id", "since"]


def add(connection: Connection, topic: str, key: str, *, revision: int, at: datetime) -> None:
    """Put a note's revision or an alert into the outbox."""
    connection.execute(insert(outbox).values(topic=topic, key=key, revision=revision, created_at=at))


def last_id(connection: Connection) -> int:
    """Return the newest row's id, 0 when the outbox is empty."""
    return connection.scalar(select(func.max(outbox.c.id))) or 0


def since(connection: Connection, *, after: int, limit: int) -> list[OutboxRow]:
    """Return rows after an id, oldest first, each with what it is about."""
    statement = (
        select(outbox, notes.c.document)
        .outerjoin(
            notes,
            and_(
                outbox.c.topic == "note",
                notes.c.note_id == outbox.c.key,
                notes.c.revision == outbox.c.revision,
            ),
        )
        .where(outbox.c.id > after)
        .order_by(outbox.c.id)
        .limit(max(limit, 0))
    )
    found = connection.execute(statement).mappings().all()
    return [
        OutboxRow(
            id=row["id"],
            topic=row["topic"],
            key=row["key"],
            document=row["document"]
            if row["topic"] == "note"
            else _other(connection, row["topic"], row["key"]),
            created_at=row["created_at"],
        )
        for row in found
    ]


def _other(connection: Connection, topic: str, key: str) -> NoteDocument:
    if topic == "page":  # a delivery that live pages show
        return delivery_rows.shown(connection, key)
    document = document_of(alert_rows.find(connection, key))
    return dict(document) if isinstance(document, dict) else {}
