from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from tests.storage.at_once import failures_of_setting_up

from readthrough.domain.errors import StorageError
from readthrough.storage.open import open_store
from readthrough.testing import fingerprint_of, note_on


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def test_what_was_saved_is_there_after_reopening(tmp_path: Path) -> None:
    url = url_of(tmp_path / "deep" / "er" / "notes.db")
    note = note_on()
    first = open_store(url)
    first.save(note, fingerprint_of(note), engine="e")
    first.close()
    again = open_store(url)
    assert again.note(note.id) is not None
    again.close()


def test_opening_a_current_database_is_quick_and_never_loads_alembic(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    open_store(url_of(file)).close()
    code = (
        "import sys, time\n"
        "from readthrough.storage.open import open_store\n"
        "import sqlalchemy.dialects.sqlite.pysqlite\n"
        f"started = time.perf_counter(); store = open_store({url_of(file)!r})\n"
        "print(time.perf_counter() - started, 'alembic' in sys.modules)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    seconds, alembic = out.split()
    assert alembic == "False"
    assert float(seconds) < 0.25  # 0.01 s alone; the bound allows for a busy machine


def test_the_database_is_in_wal_mode(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    open_store(url_of(file)).close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("notes.db", "cannot be used"),
        ("mysql://me:secret@host/db", "cannot be used"),
        ("sqlite:////dev/null/notes.db", "cannot be made"),
        ("sqlite:////proc/notes.db", "unable to open"),
    ],
)
def test_an_address_that_cannot_be_used_says_so(url: str, words: str) -> None:
    with pytest.raises(StorageError, match=words) as caught:
        open_store(url)
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="unable to open") as caught:
        open_store(url_of(tmp_path))
    assert "writable" in caught.value.remedy


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.db"
    file.write_bytes(content)
    with pytest.raises(StorageError, match="refused") as caught:
        open_store(url_of(file))
    assert caught.value.remedy
    assert file.read_bytes() == content


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    open_store(url_of(file)).close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="9999") as caught:
        open_store(url_of(file))
    assert "upgrade" in caught.value.remedy


def test_a_locked_database_says_locked_after_the_timeout(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    store = open_store(url_of(file), busy_timeout=timedelta(milliseconds=50))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    note = note_on()
    started = time.perf_counter()
    with pytest.raises(StorageError, match="locked") as caught:
        store.save(note, fingerprint_of(note), engine="e")
    assert time.perf_counter() - started < 5
    assert "busy_timeout" in caught.value.remedy
    assert store.notes(limit=1) == []  # readers are not held up
    other.execute("ROLLBACK")
    other.close()
    assert store.save(note, fingerprint_of(note), engine="e").changed
    store.close()


def test_several_may_set_up_one_database_at_once(tmp_path: Path) -> None:
    assert not failures_of_setting_up(url_of(tmp_path / "notes.db"))


def test_a_killed_writer_leaves_whole_articles_only(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    code = (
        "import sys\n"
        "from readthrough.storage.open import open_store\n"
        "from readthrough.testing import fingerprint_of, note_on\n"
        f"store = open_store({url_of(file)!r})\n"
        "for n in range(100000):\n"
        "    note = note_on(headline=f'h{n}')\n"
        "    store.save(note, fingerprint_of(note), engine='e')\n"
        "    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(20)]
        writer.kill()
    assert said[-1].strip() == "19"
    store = open_store(url_of(file))
    notes = store.notes(limit=100_000)
    assert len(notes) >= 20
    assert store.last_outbox_id() == len(notes)
    assert len(list(store.fingerprints(since=0))) == len(notes)
    assert len(store.search("guidance", limit=100_000)) == len(notes)
    store.close()
