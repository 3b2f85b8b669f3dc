from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from readthrough.storage.dialect import (
    MAX_WORDS,
    file_of,
    insert_new,
    insert_or_replace,
    match_words,
    matching,
    shown,
)
from readthrough.storage.documents import document_of
from readthrough.storage.tables import known, metadata, notes, rules


@given(st.text())
def test_search_words_hold_letters_and_digits_only(text: str) -> None:
    words = match_words(text)
    assert len(words) <= MAX_WORDS
    for word in words:
        assert word.isalnum()
        assert len(word) <= 64


def test_the_same_tables_can_be_made_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))
    assert "superseded_at IS NULL" in str(select(notes).where(known(notes, None)).compile(dialect=dialect))


def test_postgresql_searches_and_upserts_in_its_own_words() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    connection = cast(Connection, SimpleNamespace(dialect=dialect))
    source, matches, score = matching(connection, ["cloud", "margin"])
    found = select(score).select_from(source).where(matches).compile(dialect=dialect)
    assert "@@ to_tsquery" in str(found)
    assert "cloud | margin" in found.params.values()
    for statement in (
        insert_new(connection, rules).values(rule_id="r", name="n", document={}),
        insert_or_replace(connection, rules, {"rule_id": "r", "name": "n", "document": {}}),
    ):
        assert "ON CONFLICT" in str(cast(Any, statement).compile(dialect=dialect))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("sqlite:////srv/notes.db", Path("/srv/notes.db")),
        ("postgresql://host/db", None),
    ],
)
def test_which_file_an_address_means(url: str, file: Path | None) -> None:
    assert file_of(url) == file


def test_passwords_are_not_shown() -> None:
    assert shown("postgresql://me:hidden@host/db") == "postgresql://me:***@host/db"
    assert "://" not in shown("not an address")


def test_a_value_without_a_place_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        document_of(1j)
