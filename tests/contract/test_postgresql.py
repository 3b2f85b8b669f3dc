"""What is PostgreSQL's own: the driver, the write lock, the migrations and its full-text search."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from tests.storage.at_once import failures_of_setting_up

from readthrough.domain.errors import StorageError
from readthrough.domain.ports import Store
from readthrough.storage import account_tables, alert_tables, book_tables, corpus_tables, live_tables, repeats  # noqa: F401 (their tables are part of metadata)
from readthrough.storage.dialect import WRITES, engine_for
from readthrough.storage.migrate import bring_up_to_date, version_of
from readthrough.storage.open import open_store
from readthrough.storage.tables import SCHEMA, metadata
from readthrough.testing import fingerprint_of, note_on

SOON = timedelta(seconds=5)


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    made = engine_for(postgresql_url, busy_timeout=SOON)
    yield made
    made.dispose()


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Store]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def keep(store: Store, **words: str) -> None:
    note = note_on(**words)  # type: ignore[arg-type]
    store.save(note, fingerprint_of(note), engine="e")


def test_migrations_make_the_tables_the_code_uses(engine: Engine) -> None:
    bring_up_to_date(engine)
    with engine.connect() as connection:
        assert version_of(connection) == SCHEMA
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    # The search columns of notes and of the corpus, and their indices, are the database's own.
    assert sorted(difference[0] for difference in differences) == 2 * ["remove_column"] + 2 * ["remove_index"]
    assert {difference[-1].name for difference in differences} == {
        "corpus_pieces_searched",
        "passages_searched",
        "searched",
    }


def test_several_may_set_up_one_database_at_once(postgresql_url: str) -> None:
    assert not failures_of_setting_up(postgresql_url)


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine, postgresql_url: str) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("CREATE TABLE outbox (id INTEGER)"))  # the last table of 0001 is in the way
    with pytest.raises(StorageError, match="outbox"):
        open_store(postgresql_url)
    with engine.connect() as connection:
        assert version_of(connection) is None


def test_a_newer_database_is_refused(engine: Engine, postgresql_url: str) -> None:
    bring_up_to_date(engine)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="9999") as caught:
        open_store(postgresql_url)
    assert "upgrade" in caught.value.remedy


def test_a_writer_that_waits_too_long_says_who_holds_it(engine: Engine, postgresql_url: str) -> None:
    store = open_store(postgresql_url, busy_timeout=timedelta(milliseconds=50))
    with engine.connect().execution_options(**{WRITES: True}) as other, other.begin():
        with pytest.raises(StorageError, match="lock timeout") as caught:
            keep(store)
        assert "busy_timeout" in caught.value.remedy
        assert store.notes(limit=1) == []  # readers are not held up
    keep(store)
    assert len(store.notes(limit=5)) == 1
    store.close()


def test_a_reader_sees_one_moment_and_cannot_write(engine: Engine) -> None:
    bring_up_to_date(engine)
    with engine.connect() as connection:
        modes = [
            connection.scalar(text(f"SHOW {name}"))
            for name in ("transaction_isolation", "transaction_read_only")
        ]
    assert modes == ["repeatable read", "on"]


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StorageError, match="refused") as caught:
        open_store("postgresql://me:hidden@127.0.0.1:1/notes")
    assert "hidden" not in str(caught.value)
    assert caught.value.remedy


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match="driver") as caught:
        open_store("postgresql://host/notes")
    assert "readthrough[postgres]" in caught.value.remedy


@pytest.mark.parametrize("words", ["zenix", "6.13", "price-rise", "cloud-based", "S&P", "o'neil", "ÜBER"])
def test_words_are_found_whatever_sign_joins_them(store: Store, words: str) -> None:
    keep(store, body="Zenix.com's cloud-based arm/price-rise on the S&P: O'Neil's über $6.13-billion plan.")
    assert len(store.search(words, limit=5)) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_search_is_a_syntax_error(store: Store, text: str) -> None:
    assert store.search(text, limit=5) == []
