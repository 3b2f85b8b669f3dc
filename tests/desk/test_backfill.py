"""A backfill gives the notes that the live desk would have written, whatever interrupts it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.desk.open import open_desk
from readthrough.domain.errors import SettingsError, SourceNotFound
from readthrough.samples import sample_articles
from readthrough.settings import load_settings

pytest.importorskip("daft")
pa = pytest.importorskip("pyarrow")

RUN = """
import sys
from pathlib import Path
from readthrough.desk.backfill import backfill
from readthrough.settings import load_settings
if __name__ == "__main__":
    home, source, out = sys.argv[1:]
    settings = load_settings(environ={"READTHROUGH_HOME": home})
    print(backfill(settings, source=source, out=Path(out), workers=1, part_rows=10, tell=lambda w: print(w, flush=True)))
"""


def rows() -> list[dict[str, Any]]:
    fields = ("id", "headline", "body", "published_at", "source", "url")
    made = [{name: row.get(name) for name in fields} for row in sample_articles()][:14]
    made.append({**made[3], "body": f"{made[3]['body']} Corrected: the figure was 5%."})
    return [*made, made[4], {"id": "z", "headline": "", "body": ""}]


def start(tmp_path: Path, out: Path) -> subprocess.Popen[str]:
    script = tmp_path / "run.py"
    script.write_text(RUN)
    arguments = [sys.executable, str(script), str(tmp_path / "home"), str(tmp_path / "in"), str(out)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def written(out: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for path in sorted(out.glob("part-*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_a_backfill_that_is_killed_goes_on_and_equals_the_live_desk(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (tmp_path / "in").mkdir()
    given = rows()
    pq.write_table(pa.Table.from_pylist(given[:10]), tmp_path / "in" / "a.parquet")
    pq.write_table(pa.Table.from_pylist(given[10:]), tmp_path / "in" / "b.parquet")
    out = tmp_path / "out"
    first = start(tmp_path, out)
    begun = time.monotonic()
    while not list(out.glob("part-*.parquet")) and time.monotonic() - begun < 240 and first.poll() is None:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    assert list(out.glob("part-*.parquet")), "not one part was done"
    second = start(tmp_path, out)
    told, _ = second.communicate(timeout=400)
    assert second.returncode == 0, told
    found = written(out)
    assert [(Path(r["file"]).name, r["row"]) for r in found] == [("a.parquet", n) for n in range(10)] + [
        ("b.parquet", n) for n in range(7)
    ]
    assert next(r["refusal"] for r in found if r["refusal"]) == "These words were met before."
    notes = [json.loads(r["note"]) for r in found if r["note"]]
    assert notes == live(given, tmp_path / "live")


def live(given: list[dict[str, Any]], home: Path) -> list[dict[str, Any]]:
    now = [datetime(1970, 1, 1, tzinfo=UTC)]
    notes = []
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(home)}), clock=lambda: now[0]) as desk:
        for row in given[:-1]:
            draft = read_article(desk, row)
            now[0] = max(now[0], draft.published_at or now[0])
            note = json.loads(json.dumps(process(desk, draft)))
            if note not in notes:
                notes.append(note)
    return notes


def test_a_folder_begun_with_other_files_or_without_any_is_refused(tmp_path: Path) -> None:
    from readthrough.desk.backfill import backfill

    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with pytest.raises(SourceNotFound):
        backfill(settings, source=str(tmp_path / "nothing"), out=tmp_path / "out")
    (tmp_path / "in").mkdir()
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist([{"headline": "x"}]), tmp_path / "in" / "a.parquet")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(
        json.dumps({"engine": "old", "files": [], "part_rows": 5})
    )
    with pytest.raises(SettingsError, match="another engine"):
        backfill(settings, source=str(tmp_path / "in"), out=tmp_path / "out")


def test_a_cluster_without_ray_is_refused_clearly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from readthrough.desk import backfill

    monkeypatch.setattr(backfill, "find_spec", lambda name: None)
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match="needs ray") as told:
        backfill.backfill(settings, source=str(tmp_path), out=tmp_path / "out", ray="ray://head:10001")
    assert "pip install ray" in told.value.remedy
