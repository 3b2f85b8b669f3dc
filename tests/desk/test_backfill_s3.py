"""A backfill reads what lies under an address of object storage, as it reads a folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("daft")
pa = pytest.importorskip("pyarrow")

ROWS = [
    {
        "id": f"a{n}",
        "headline": f"Harbour Works {n} opens a plant",
        "body": f"Harbour Works {n} said on Monday it opened a plant.",
        "published_at": "2026-01-05T09:00:00Z",
    }
    for n in range(5)
]

AWAY = """
import sys
from pathlib import Path
import daft
from daft.io import IOConfig, S3Config
from readthrough.desk.backfill import backfill
from readthrough.domain.errors import SourceUnreachable
from readthrough.settings import load_settings
if __name__ == "__main__":
    home, out = sys.argv[1:]
    # one try: by default it tries for minutes
    away = S3Config(endpoint_url="http://127.0.0.1:9", key_id="k", access_key="s", region_name="x", num_tries=1)
    daft.set_planning_config(default_io_config=IOConfig(s3=away))
    try:
        backfill(load_settings(environ={"READTHROUGH_HOME": home}), source="s3://news/archive", out=Path(out))
    except SourceUnreachable as error:
        print("SourceUnreachable", error)
"""
"""Reads from storage that is not there."""


@pytest.fixture
def storage() -> str:
    """The address of a server that speaks S3."""
    address = os.environ.get("TEST_S3", "")
    if not address:
        pytest.skip("TEST_S3 names no object storage: try tools/s3.sh make test")
    return address


def test_files_of_object_storage_are_read_by_name(storage: str, tmp_path: Path) -> None:
    _put(f"{storage}/news", b"")
    for name, rows in (("2026/a", ROWS[:3]), ("2026/b", ROWS[3:])):
        _put(f"{storage}/news/archive/{name}.parquet", _parquet(rows))
    _put(f"{storage}/news/other/c.parquet", _parquet([{"id": "c", "headline": "Not asked for"}]))
    done = _run(tmp_path, "s3://news/archive", endpoint=storage)
    assert done.returncode == 0, done.stderr
    found = _written(tmp_path)
    first, second = (f"s3://news/archive/2026/{name}.parquet" for name in "ab")
    assert [(row["file"], row["row"]) for row in found] == [
        *((first, n) for n in range(3)),
        *((second, n) for n in range(2)),
    ]
    for row, given in zip(found, ROWS, strict=True):
        assert given["headline"] in row["note"]


def test_a_prefix_that_holds_nothing_is_told(storage: str, tmp_path: Path) -> None:
    _put(f"{storage}/empty", b"")
    done = _run(tmp_path, "s3://empty/archive", endpoint=storage)
    assert done.returncode == 3, done.stderr
    assert "There are no Parquet files in 's3://empty/archive'" in done.stderr


def test_storage_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(AWAY)
    command = [sys.executable, str(script), str(tmp_path / "home"), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert "SourceUnreachable" in done.stdout, done.stderr
    assert "'s3://news/archive/**/*.parquet' cannot be listed: Connection refused" in done.stdout


def _written(tmp_path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    parts = sorted((tmp_path / "out").glob("part-*.parquet"))
    return [row for path in parts for row in pq.read_table(path).to_pylist()]


def _run(tmp_path: Path, source: str, *, endpoint: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "readthrough.cli.main", "backfill", "--workers", "1"]
    return subprocess.run(
        [*command, "--in", source, "--out", str(tmp_path / "out")],
        env={
            **os.environ,
            "READTHROUGH_HOME": str(tmp_path / "home"),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        },
        capture_output=True,
        text=True,
        timeout=280,
    )


def _parquet(rows: list[dict[str, str]]) -> bytes:
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), held)
    return held.getvalue()


def _put(address: str, content: bytes) -> None:
    named = (
        "AWS4-HMAC-SHA256 Credential=key/20260105/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    )
    headers = {"Authorization": named, "Content-Type": "application/octet-stream"}
    httpx.put(address, content=content, headers=headers, timeout=30).raise_for_status()
