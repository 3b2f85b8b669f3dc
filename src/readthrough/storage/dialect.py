"""Everything that differs between databases: how they are opened, upserts, and full-text search."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Float,
    FromClause,
    Table,
    column,
    create_engine,
    event,
    func,
    literal_column,
    table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from readthrough.domain.errors import StorageError
from readthrough.storage.tables import passages

__all__ = [
    "CLAIMS",
    "WRITES",
    "engine_for",
    "file_of",
    "insert_new",
    "insert_or_replace",
    "insert_or_replace_all",
    "match_words",
    "matching",
    "shown",
]

WRITES: Final = "readthrough_writes"
"""Execution option of a connection that will write: it takes the one write lock as its transaction begins, so
that two writers queue up instead of one failing half-way, and outbox ids become visible in their order."""

CLAIMS: Final = "readthrough_claims"
"""Execution option of a connection that writes rows which many take and none reads in order (what waits, whose
turn a feed is): in PostgreSQL it waits only for those who hold the very rows, in SQLite it is a write as any."""

FRESH_S: Final = 1.0
"""Seconds after which a pooled connection is asked whether it is still there before it is used."""

WRITE_LOCK: Final = 0x7265_6164
"""The key of that lock in PostgreSQL, where it holds for one database until the transaction ends."""

MAX_WORDS: Final = 32
"""Words of a search that count; more cost time and no longer narrow anything."""


def shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(unreadable address)"


def file_of(url: str) -> Path | None:
    """The file of a SQLite address; None for a database in memory or on a server."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def engine_for(url: str, *, busy_timeout: timedelta) -> Engine:
    """Make an engine, set up as this database wants it.

    Raises:
        StorageError: The address cannot be read or names a database we do not know.
    """
    try:
        backend = make_url(url).get_backend_name()
        if backend not in ("sqlite", "postgresql"):
            raise NoSuchModuleError(backend)
        if backend == "postgresql":
            return _postgresql(url, busy_timeout)
        memory = file_of(url) is None
        options: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
        engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
    except ImportError as error:
        raise StorageError(
            f"The database address {shown(url)!r} needs a driver that is not installed: {error}.",
            remedy="Install PostgreSQL's driver: pip install 'readthrough[postgres]'.",
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(
            f"The database address {shown(url)!r} cannot be used: {error}.",
            remedy="Set storage.url to something like sqlite:////srv/readthrough/notes.db.",
        ) from error
    _set_up_sqlite(engine, busy_timeout)
    return engine


def _postgresql(url: str, busy_timeout: timedelta) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    wait_ms = int(busy_timeout.total_seconds() * 1000)

    @event.listens_for(engine, "checkin")
    def _(raw: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _(raw: Any, record: Any, proxy: object) -> None:
        # one that was used a moment ago is taken to be there still: asking costs as much as a statement
        if time.monotonic() - record.info.get("used", time.monotonic()) <= FRESH_S:
            return
        try:
            engine.dialect.do_ping(raw)
        except Exception as error:  # whatever it is, another connection is made
            raise DisconnectionError from error

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        from psycopg import IsolationLevel

        options, raw = connection.get_execution_options(), connection.connection.dbapi_connection
        writes, claims = options.get(WRITES, False), options.get(CLAIMS, False)
        # Part of the BEGIN that goes out with the first statement. A reader's statements all see one moment, as
        # they do in SQLite.
        raw.isolation_level = None if writes or claims else IsolationLevel.REPEATABLE_READ  # type: ignore[union-attr]
        raw.read_only = None if writes or claims else True  # type: ignore[union-attr]
        if writes:
            told = (
                f"SELECT set_config('lock_timeout', '{wait_ms}', true), pg_advisory_xact_lock({WRITE_LOCK})"
            )
            connection.exec_driver_sql(told)
        elif claims:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms}")

    return engine


def _set_up_sqlite(engine: Engine, busy_timeout: timedelta) -> None:
    wait_ms = int(busy_timeout.total_seconds() * 1000)

    @event.listens_for(engine, "connect")
    def _(connection: Any, record: object) -> None:
        # The driver's own transactions would not cover DDL; ours begin in the listener below.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        options = connection.get_execution_options()
        writes = options.get(WRITES, False) or options.get(CLAIMS, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_new(connection: Connection, into: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that leaves an existing row with the same key alone."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(into).on_conflict_do_nothing()
    return sqlite.insert(into).on_conflict_do_nothing()


def insert_or_replace(connection: Connection, into: Table, values: Mapping[str, Any]) -> Executable:
    """An insert that overwrites an existing row with the same key."""
    keys = list(into.primary_key.columns)
    rest = {name: value for name, value in values.items() if name not in {key.name for key in keys}}
    if connection.dialect.name == "postgresql":
        return postgresql.insert(into).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)
    return sqlite.insert(into).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)


def insert_or_replace_all(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows of the same columns, overwriting those with the same keys; one statement for all."""
    if not rows:
        return
    keys = list(into.primary_key.columns)
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(into)
    rest = {name: made.excluded[name] for name in rows[0] if name not in {key.name for key in keys}}
    connection.execute(
        made.on_conflict_do_update(index_elements=keys, set_=rest), [dict(row) for row in rows]
    )


def match_words(words: str) -> list[str]:
    """The words of a search: letters and digits only, so nothing in them is query syntax.

    >>> match_words('cloud" OR NEAR(x) -revenue*')
    ['cloud', 'or', 'near', 'x', 'revenue']
    """
    found = re.findall(r"[^\W_]+", words.lower())
    return list(dict.fromkeys(word[:64] for word in found))[:MAX_WORDS]


def matching(
    connection: Connection, words: list[str]
) -> tuple[FromClause, ColumnElement[bool], ColumnElement[float]]:
    """What to select passages from, the condition that one holds any of the words, and its score.

    Higher scores fit better. `words` come from `match_words` and are not empty.
    """
    if connection.dialect.name == "postgresql":
        query = func.to_tsquery("english", " | ".join(words))
        searched: ColumnElement[Any] = literal_column("passages.searched")
        return passages, searched.op("@@", is_comparison=True)(query), func.ts_rank_cd(searched, query)
    index = table("passages_fts", column("rowid"))
    query_text = " OR ".join(f'"{word}"' for word in words)
    matches: ColumnElement[bool] = literal_column("passages_fts").op("MATCH", is_comparison=True)(query_text)
    # bm25() is lower for better matches.
    score: ColumnElement[float] = literal_column("-bm25(passages_fts)", Float)
    return passages.join(index, index.c.rowid == passages.c.id), matches, score
