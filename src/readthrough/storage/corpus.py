"""The corpus in a relational database: words by its own full-text search, vectors by an exact scan in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from readthrough.domain.corpus import CorpusDocument, CorpusFilter, Found, Indexed
from readthrough.storage.articles import storable
from readthrough.storage.corpus_rows import (
    document_from,
    document_values,
    found_from,
    piece_values,
    ticker_values,
)
from readthrough.storage.corpus_tables import corpus_documents, corpus_pieces, corpus_tickers
from readthrough.storage.corpus_words import conditions, lexical, order_of, reaches
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.tables import counters, known, micros
from readthrough.storage.vectors import Row, VectorTable

__all__ = ["SqlCorpus"]

Opened: TypeAlias = Callable[[], AbstractContextManager[Connection]]

_MARK: Final = "corpus_outbox"
_CHANGED: Final = "corpus_changed"
_REMOVED: Final = "corpus_removed"
_TAKEN: Final = (
    "SELECT p.id, p.document, d.tenant, d.kind, d.dated_at, d.known_at, d.superseded_at, p.vector, p.space "
    "FROM corpus_pieces p JOIN corpus_documents d ON d.id = p.document "
    "WHERE p.id > {seen} AND p.vector IS NOT NULL ORDER BY p.id"
)
_AT_ONCE: Final = 500  # values of one IN list


class SqlCorpus:
    """Implements `domain.corpus.Corpus` over a store's connections. May be used from several threads."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        """Take what opens a transaction to read and one to write; `SqlStore.corpus` makes these."""
        self._reading, self._writing = reading, writing
        self._lock = threading.Lock()
        self._tables: dict[str, VectorTable] = {}
        self._seen = self._changed = self._removed = 0

    def add(self, documents: Sequence[Indexed]) -> int:
        """Keep documents in one transaction."""
        with self._writing() as connection:
            return _add(connection, documents)

    def remove(self, ids: Sequence[str], *, tenant: str) -> int:
        """Forget documents for good."""
        with self._writing() as connection:
            names: set[str] = set()
            for part in _parts([storable(name) for name in ids]):
                mine = (
                    corpus_documents.c.document_id.in_(part),
                    corpus_documents.c.tenant == storable(tenant),
                )
                columns = select(corpus_documents.c.id, corpus_documents.c.document_id).where(*mine)
                found = [(row[0], row[1]) for row in connection.execute(columns)]
                names.update(name for _, name in found)
                for keys in _parts([key for key, _ in found]):
                    connection.execute(delete(corpus_pieces).where(corpus_pieces.c.document.in_(keys)))
                    connection.execute(delete(corpus_tickers).where(corpus_tickers.c.document.in_(keys)))
                    connection.execute(delete(corpus_documents).where(corpus_documents.c.id.in_(keys)))
            if names:
                _count_up(connection, _REMOVED)
            return len(names)

    def document(
        self, document_id: str, *, tenant: str, as_of: datetime | None = None
    ) -> CorpusDocument | None:
        """Return a document that a tenant may read."""
        statement = (
            select(corpus_documents)
            .where(
                corpus_documents.c.document_id == storable(document_id),
                corpus_documents.c.tenant.in_(["", storable(tenant)]),
                known(corpus_documents, as_of),
            )
            .order_by(corpus_documents.c.tenant.desc(), corpus_documents.c.id.desc())
        )
        with self._reading() as connection:
            row = connection.execute(statement).mappings().first()
        return None if row is None else document_from(dict(row))

    def documents(self, chosen: CorpusFilter, *, limit: int, before: str = "") -> list[CorpusDocument]:
        """Return documents, newest first."""
        told, values = conditions(chosen)
        columns = ", ".join(f"d.{c.name}" for c in corpus_documents.c if c.name not in ("text", "tables"))
        with self._reading() as connection:
            if before:
                last = connection.execute(
                    select(corpus_documents.c.dated_at, corpus_documents.c.id)
                    .where(corpus_documents.c.document_id == storable(before))
                    .order_by(corpus_documents.c.id.desc())
                ).first()
                if last is None:
                    return []
                told.append("(d.dated_at < :last_at OR (d.dated_at = :last_at AND d.id < :last_id))")
                values |= {"last_at": micros(last[0]), "last_id": last[1]}
            statement = text(
                f"SELECT {columns} FROM corpus_documents d WHERE {' AND '.join(told)} "  # noqa: S608
                "ORDER BY d.dated_at DESC, d.id DESC LIMIT :most"
            )
            rows = connection.execute(_bound(statement, values), values | {"most": max(limit, 0)})
            return [document_from(_moments(dict(row))) for row in rows.mappings()]

    def by_words(self, words: Sequence[str], chosen: CorpusFilter, *, limit: int) -> list[Found]:
        """Return passages that hold the words, best first."""
        if not words or limit <= 0:
            return []
        with self._reading() as connection:
            told, values = conditions(chosen)
            rows: Sequence[Any] = []
            for reach in reaches(connection.dialect.name, chosen, limit):
                statement, more = lexical(connection.dialect.name, list(words), chosen, told)
                asked = values | more | {"most": limit, "reach": reach}
                rows = list(connection.execute(_bound(statement, asked), asked))
                # fewer than wanted, though the best by words were cut off before the filter: look further
                if len(rows) >= limit or (rows and rows[0][-1] < reach):
                    break
            return [found_from(row) for row in rows]

    def by_vector(
        self, vector: Sequence[float], space: str, chosen: CorpusFilter, *, limit: int
    ) -> list[Found]:
        """Return the passages whose vectors lie nearest."""
        with self._reading() as connection, self._lock:
            self._refresh(connection)
            table = self._tables.get(space)
            if table is None or len(vector) != table.size:
                return []
            places = table.chosen(
                tenants=("", chosen.tenant),
                kinds=chosen.kinds,
                since=micros(chosen.since),
                until=micros(chosen.until),
                as_of=micros(chosen.as_of),
                documents=_documents_of(connection, chosen),
            )
            best = dict(table.nearest(vector, places, limit))
            return _fetched(connection, best)

    def counts(self) -> tuple[int, int]:
        """Return how many documents and passages are the newest."""
        with self._reading() as connection:
            newest = known(corpus_documents, None)
            documents = connection.scalar(select(func.count()).select_from(corpus_documents).where(newest))
            pieces = connection.scalar(
                select(func.count())
                .select_from(corpus_pieces)
                .where(corpus_pieces.c.document.in_(select(corpus_documents.c.id).where(newest)))
            )
            return int(documents or 0), int(pieces or 0)

    def mark(self) -> int:
        """Return the last outbox row taken in."""
        with self._reading() as connection:
            return _counter(connection, _MARK)

    def set_mark(self, row: int) -> None:
        """Keep that id."""
        with self._writing() as connection:
            connection.execute(insert_or_replace(connection, counters, {"name": _MARK, "value": row}))

    def close(self) -> None:
        """Forget what is held in memory."""
        with self._lock:
            self._tables.clear()
            self._seen = self._changed = self._removed = 0

    def _refresh(self, connection: Connection) -> None:
        """Take in what was added, superseded or removed since, by any process."""
        newest, removed, changed = _state(connection)
        if removed != self._removed:
            self._tables.clear()
            self._seen = self._changed = 0
            self._removed = removed
        if newest > self._seen:
            self._take_in(connection)
            self._seen = newest
        if changed != self._changed:
            rows = connection.execute(
                select(corpus_documents.c.id, corpus_documents.c.superseded_at).where(
                    corpus_documents.c.superseded_at.is_not(None)
                )
            )
            moments = {row[0]: micros(row[1]) or 0 for row in rows}
            for table in self._tables.values():
                table.supersede(moments)
            self._changed = changed

    def _take_in(self, connection: Connection) -> None:
        # the driver's own cursor: a hundred thousand rows are read in a third of the time
        rows: dict[str, list[Row]] = {}
        taken: Any = connection.exec_driver_sql(_TAKEN.format(seen=int(self._seen))).cursor
        for *row, space in taken:
            row[-1] = bytes(row[-1])
            rows.setdefault(space, []).append(cast(Row, tuple(row)))
        for space, made in rows.items():
            size = len(made[0][-1]) // 2
            table = self._tables.setdefault(space, VectorTable(size=size))
            table.extend([row for row in made if len(row[-1]) == 2 * table.size])


def _add(connection: Connection, documents: Sequence[Indexed]) -> int:
    last = {(one.document.tenant, one.document.id): one for one in documents}
    kept: dict[tuple[str, str], tuple[int, str]] = {}
    for part in _parts([storable(name) for _, name in last]):
        rows = connection.execute(
            select(
                corpus_documents.c.tenant,
                corpus_documents.c.document_id,
                corpus_documents.c.id,
                corpus_documents.c.content_digest,
            ).where(corpus_documents.c.document_id.in_(part), known(corpus_documents, None))
        )
        kept |= {(row[0], row[1]): (row[2], row[3]) for row in rows}
    new = [
        one
        for (tenant, name), one in last.items()
        if kept.get((storable(tenant), storable(name)), (0, ""))[1] != one.document.content_digest
    ]
    if not new:
        return 0
    for one in new:
        key = (storable(one.document.tenant), storable(one.document.id))
        if key in kept:
            connection.execute(
                update(corpus_documents)
                .where(corpus_documents.c.id == kept[key][0])
                .values(superseded_at=one.document.known_at)
            )
    if any((storable(one.document.tenant), storable(one.document.id)) in kept for one in new):
        _count_up(connection, _CHANGED)
    # we hold the write lock, so numbers taken here are ours
    document_key = (connection.scalar(select(func.max(corpus_documents.c.id))) or 0) + 1
    piece_key = (connection.scalar(select(func.max(corpus_pieces.c.id))) or 0) + 1
    made, about, pieces = [], [], []
    for one in new:
        made.append(document_values(one.document, document_key))
        about += ticker_values(one.document, document_key)
        for piece in one.pieces:
            pieces.append(piece_values(one, piece, document_key, piece_key))
            piece_key += 1
        document_key += 1
    connection.execute(insert(corpus_documents), made)
    if about:
        connection.execute(insert(corpus_tickers), about)
    if pieces:
        connection.execute(insert(corpus_pieces), pieces)
    return len(new)


def _documents_of(connection: Connection, chosen: CorpusFilter) -> list[int] | None:
    """The keys of the documents that the filter's lists leave; None where it has no list."""
    if not (chosen.tickers or chosen.documents or chosen.sources):
        return None
    told, values = conditions(replace(chosen, since=None, until=None, kinds=()))
    statement = text(f"SELECT d.id FROM corpus_documents d WHERE {' AND '.join(told)}")  # noqa: S608
    return list(connection.scalars(_bound(statement, values), values))


def _fetched(connection: Connection, best: Mapping[int, float]) -> list[Found]:
    found: list[Found] = []
    for part in _parts(list(best)):
        statement = text(
            f"SELECT {order_of()} FROM corpus_pieces p JOIN corpus_documents d ON d.id = p.document "  # noqa: S608
            "WHERE p.id IN :keys"
        )
        values: dict[str, Any] = {"keys": part}
        rows = connection.execute(_bound(statement, values), values)
        found += [found_from((*row, best[row[0]])) for row in rows]
    return sorted(found, key=lambda f: (-f.score, -f.key))


def _bound(statement: Any, values: Mapping[str, Any]) -> Any:
    lists: list[Any] = [
        bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)
    ]
    return statement.bindparams(*lists) if lists else statement


def _moments(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the moments of a row that was asked for in plain SQL into what typed columns give."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    told: dict[str, Any] = dict(row)
    for name in ("published_at", "dated_at", "known_at", "superseded_at"):
        if told.get(name) is not None:
            told[name] = epoch + timedelta(microseconds=told[name])
    return told


def _state(connection: Connection) -> tuple[int, int, int]:
    """The newest piece, and how often anything was removed or superseded: asked for at once, before every search."""
    newest = select(func.max(corpus_pieces.c.id)).scalar_subquery()
    counted = (
        select(counters.c.value).where(counters.c.name == name).scalar_subquery()
        for name in (_REMOVED, _CHANGED)
    )
    row = connection.execute(select(newest, *counted)).one()
    return row[0] or 0, row[1] or 0, row[2] or 0


def _counter(connection: Connection, name: str) -> int:
    return connection.scalar(select(counters.c.value).where(counters.c.name == name)) or 0


def _count_up(connection: Connection, name: str) -> None:
    value = _counter(connection, name) + 1
    connection.execute(insert_or_replace(connection, counters, {"name": name, "value": value}))


def _parts(values: Sequence[Any]) -> Iterable[list[Any]]:
    return (list(values[i : i + _AT_ONCE]) for i in range(0, len(values), _AT_ONCE))
