"""Brings a database to the newest schema in one transaction; loads Alembic only when there is work."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from readthrough.domain.errors import StorageError
from readthrough.storage.dialect import WRITES
from readthrough.storage.tables import SCHEMA

__all__ = ["bring_up_to_date", "version_of"]

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """Return the schema version a database is at, None for one that was never set up."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def bring_up_to_date(engine: Engine) -> None:
    """Migrate when the schema is not the newest.

    Raises:
        StorageError: The database was set up by a newer Readthrough.
    """
    with engine.connect() as connection:
        if version_of(connection) == SCHEMA:
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        # Read again under the lock: another process may have migrated meanwhile.
        version = version_of(connection)
        if version != SCHEMA:
            _upgrade(connection, version)


def _upgrade(connection: Connection, version: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(
            f"The database has schema {version}, which this Readthrough (schema {SCHEMA}) does not know.",
            remedy="It was set up by a newer version: upgrade Readthrough, or point storage.url elsewhere.",
            schema=version,
        )
    command.upgrade(config, "head")
