"""A schema for each tenant, where the database has schemas."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from readthrough.domain.errors import StorageError
from readthrough.storage.dialect import WRITES, engine_for
from readthrough.storage.store import translated

__all__ = ["make_schema"]


def make_schema(url: str, name: str) -> None:
    """Make a schema unless it is there.

    Raises:
        StorageError: The name is not plain letters, digits and underscores, or the database refused.
    """
    if not (name.isascii() and name.replace("_", "").isalnum() and name == name.lower()):
        raise StorageError(f"{name!r} cannot name a schema.")
    engine = engine_for(url, busy_timeout=timedelta(seconds=5))
    try:
        with (
            translated(url),
            engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{name}"'))
    finally:
        engine.dispose()
