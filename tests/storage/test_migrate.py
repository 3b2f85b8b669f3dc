from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from readthrough.storage import account_tables, alert_tables, book_tables, corpus_tables, live_tables, repeats  # noqa: F401 (their tables are part of metadata)
from readthrough.storage.dialect import engine_for
from readthrough.storage.migrate import MIGRATIONS, bring_up_to_date, version_of
from readthrough.storage.open import open_store
from readthrough.storage.tables import SCHEMA, metadata
from readthrough.testing import fingerprint_of, note_on

FIRST = frozenset(
    """articles readings notes note_tickers passages fingerprints stories portfolios holdings rules counters alerts
    deliveries attempts outbox""".split()
)
"""Tables of the first schema."""


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def fresh(folder: Path) -> Engine:
    return engine_for(f"sqlite:///{folder / 'notes.db'}", busy_timeout=timedelta(seconds=5))


def test_the_newest_migration_is_the_schema_the_code_expects() -> None:
    assert scripts().get_heads() == [SCHEMA]


def test_migrations_make_the_tables_the_code_uses(tmp_path: Path) -> None:
    engine = fresh(tmp_path)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, metadata)
            if "_fts" not in str(getattr(difference[1], "name", ""))
        ]
        assert differences == []
        assert version_of(connection) == SCHEMA
    engine.dispose()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    engine = fresh(tmp_path)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        before = connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    bring_up_to_date(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all() == before
    engine.dispose()


def test_notes_of_an_older_schema_get_their_briefs(tmp_path: Path) -> None:
    note = note_on()
    with closing(open_store(f"sqlite:///{tmp_path / 'notes.db'}")) as store:
        kept = store.save(note, fingerprint_of(note), engine="e").document
        expected = store.notes(limit=5, brief=True)
    engine = fresh(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE notes DROP COLUMN brief"))
        connection.execute(text("DROP TABLE IF EXISTS corpus_pieces_fts"))
        for table in metadata.sorted_tables:
            if table.name not in FIRST:
                connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    bring_up_to_date(engine)
    engine.dispose()
    with closing(open_store(f"sqlite:///{tmp_path / 'notes.db'}")) as store:
        assert store.notes(limit=5, brief=True) == expected
        assert store.notes(limit=5) == [kept]


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = fresh(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE outbox (id INTEGER)"))  # the last table of 0001 is in the way
    with pytest.raises(OperationalError, match="outbox"):
        bring_up_to_date(engine)
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        assert names == ["outbox"]
    engine.dispose()


def test_the_migrations_travel_with_the_package() -> None:
    assert (MIGRATIONS / "env.py").is_file()
    assert list((MIGRATIONS / "versions").glob("m[0-9]*.py"))
