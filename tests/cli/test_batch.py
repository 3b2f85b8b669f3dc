from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readthrough.samples import sample_articles


def articles(count: int) -> list[bytes]:
    return [
        json.dumps(
            {
                "id": f"a{n}",
                "headline": f"Microsoft raises guidance for the {n}th time",
                "body": f"Microsoft raised its revenue guidance by {n}% on Thursday. Shares rose {n}%.",
                "published_at": "2025-05-15T09:30:00Z",
                "source": "Wire",
            }
        ).encode()
        for n in range(1, count + 1)
    ]


def written(path: Path, rows: list[bytes]) -> str:
    path.write_bytes(b"".join(row + b"\n" for row in rows))
    return str(path)


def results(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    return [json.loads(line) for line in raw.split(b"\n")[:-1]]


def timeless(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row.pop("known_at", None)
        row.get("article", {}).pop("received_at", None)
    return rows


def test_one_line_for_one_line_in_order(command: Callable[..., Any], tmp_path: Path) -> None:
    rows = [
        *articles(3),
        b"",
        b"not json",
        b"[1]",
        b'{"rows": 2}',
        b'{"id": "e", "headline": ""}',
        b'{"id": "deep", "headline": ' + b"[" * 50_000,
        articles(4)[3],
    ]
    out = tmp_path / "out"
    ended = command("analyze", "--jsonl", written(tmp_path / "in", rows), "--out", str(out))
    assert ended.status == 0, ended.err
    assert "Done: 10 of 10 lines, 6 failed" in ended.err
    assert ended.out == ""
    got = results(out)
    assert [row["line"] for row in got] == list(range(1, 11))
    assert [row.get("external_id") for row in got if "error" not in row] == ["a1", "a2", "a3", "a4"]
    failed = [row for row in got if "error" in row]
    assert [row["id"] for row in failed] == [None, None, None, None, "e", None]
    for row in failed:
        assert row["error"]["code"] == "source_unreadable"
        assert f"Line {row['line']}" in row["error"]["message"]
        assert row["error"]["remedy"]


def test_a_line_too_long_fails_alone(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_FETCH__MAX_BYTES", "1000")
    long = json.dumps({"id": "long", "headline": "word " * 1_000}).encode()
    out = tmp_path / "out"
    command("analyze", "--jsonl", written(tmp_path / "in", [long, *articles(1)]), "--out", str(out))
    first, second = results(out)
    assert (first["id"], first["error"]["code"]) == ("long", "source_too_large")
    assert second["external_id"] == "a1"


def test_a_line_is_the_note_of_analyze_and_two_fields_more(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    samples = [json.dumps(article).encode() for article in sample_articles()[:4]]
    bare = json.dumps({"headline": "Fed holds rates", "body": "The Fed held its rate at 4%."}).encode()
    book = tmp_path / "book.csv"
    book.write_text("ticker,quantity,price\nNVDA,10,180\nTM,10,200\n")
    out = tmp_path / "out"
    options = ("--portfolio", str(book))
    rows = [*samples, bare]
    ended = command("analyze", "--jsonl", written(tmp_path / "in", rows), "--out", str(out), *options)
    assert ended.status == 0
    for number, (row, line) in enumerate(zip(rows, timeless(results(out)), strict=True), start=1):
        alone = command("analyze", written(tmp_path / "one.json", [row]), "--json", *options)
        [note] = timeless([json.loads(alone.out)])
        assert line == {**note, "line": number, "external_id": json.loads(row).get("id", "")}


def test_two_processes_of_other_hash_seeds_write_the_same_bytes(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    samples = [json.dumps(article).encode() for article in sample_articles()[::5]]
    source = written(tmp_path / "in", samples)
    running = [
        start(
            ["analyze", "--jsonl", source, "--out", str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stderr=subprocess.DEVNULL,
        )
        for seed in ("1", "2")
    ]
    assert [process.wait() for process in running] == [0, 0]
    # written out, so that the order of keys and lists counts too
    one, two = ([json.dumps(row) for row in timeless(results(tmp_path / seed))] for seed in ("1", "2"))
    assert one == two


def test_workers_change_nothing(command: Callable[..., Any], tmp_path: Path) -> None:
    source = written(tmp_path / "in", [*articles(12), b"bad", *articles(14)[12:]])
    one, two = tmp_path / "one", tmp_path / "two"
    assert command("analyze", "--jsonl", source, "--out", str(one)).status == 0
    assert command("analyze", "--jsonl", source, "--out", str(two), "--workers", "2").status == 0
    assert timeless(results(one)) == timeless(results(two))


@pytest.mark.parametrize("torn", [b"", b'{"id": "note_', b"\n"])
def test_it_goes_on_where_it_stopped(command: Callable[..., Any], tmp_path: Path, torn: bytes) -> None:
    source = written(tmp_path / "in", [*articles(3), b"bad", *articles(6)[3:]])
    out = tmp_path / "out"
    command("analyze", "--jsonl", source, "--out", str(out))
    whole = out.read_bytes()
    kept = b"".join(line + b"\n" for line in whole.split(b"\n")[:5])
    if torn == b"\n":
        kept, torn = kept[:-1], b""
    out.write_bytes(kept + torn)
    ended = command("analyze", "--jsonl", source, "--out", str(out))
    assert ended.status == 0, ended.err
    assert "Resuming after" in ended.err
    assert out.read_bytes().startswith(kept[: kept.rfind(b"\n", 0, -1) + 1])
    assert timeless(results(out)) == timeless([json.loads(line) for line in whole.split(b"\n")[:-1]])
    finished = out.read_bytes()
    command("analyze", "--jsonl", source, "--out", str(out))
    assert out.read_bytes() == finished


@pytest.mark.parametrize("change", ["other", "shorter", "no ids"])
def test_another_input_is_refused_and_nothing_is_touched(
    command: Callable[..., Any], tmp_path: Path, change: str
) -> None:
    rows = articles(4)
    if change == "no ids":
        rows = [row.replace(b'"id"', b'"_"') for row in rows]
    source = tmp_path / "in"
    out = tmp_path / "out"
    command("analyze", "--jsonl", written(source, rows), "--out", str(out))
    before = out.read_bytes()
    changed = rows[:2] if change == "shorter" else [rows[0], rows[2], rows[1], rows[3]]
    ended = command("analyze", "--jsonl", written(source, changed), "--out", str(out))
    assert ended.status == 8
    assert "--restart" in ended.err
    assert out.read_bytes() == before
    assert command("analyze", "--jsonl", str(source), "--out", str(out), "--restart").status == 0
    assert len(results(out)) == len(changed)


def test_ctrl_c_leaves_whole_lines_and_says_how_to_go_on(
    start: Callable[..., subprocess.Popen[bytes]], command: Callable[..., Any], tmp_path: Path
) -> None:
    for workers in ("1", "2"):
        source, out = tmp_path / "pipe", tmp_path / f"out{workers}"
        os.mkfifo(source)
        arguments = ["analyze", "--jsonl", str(source), "--out", str(out), "--workers", workers]
        process = start(arguments, stderr=subprocess.PIPE)
        with source.open("wb") as pipe:
            pipe.write(b"".join(row + b"\n" for row in articles(40)))
            pipe.flush()
            # It waits for more input now: once some lines are out, it is in the middle of the batch.
            while not out.exists() or out.read_bytes().count(b"\n") < 5:
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, err = process.communicate()
        source.unlink()
        assert process.returncode == 130, err
        assert b"Interrupted" in err
        assert b"same command again" in err
        assert b"Traceback" not in err
        done = len(results(out))
        assert f"{done:,} complete lines".encode() in err
        ended = command("analyze", "--jsonl", written(tmp_path / "in", articles(40)), "--out", str(out))
        assert ended.status == 0
        assert [row["external_id"] for row in results(out)] == [f"a{n}" for n in range(1, 41)]


def test_standard_input_to_standard_output(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = start(
        ["analyze", "--jsonl", "-", "--out", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = process.communicate(b"\n".join(articles(3)))
    assert [json.loads(line)["external_id"] for line in out.splitlines()] == ["a1", "a2", "a3"]
    assert b"Done: 3 lines, 0 failed" in err


def test_gzip_in(command: Callable[..., Any], tmp_path: Path) -> None:
    packed = gzip.compress(b"\n".join(articles(3)))
    source, out = tmp_path / "in.gz", tmp_path / "out"
    source.write_bytes(packed)
    assert command("analyze", "--jsonl", str(source), "--out", str(out)).status == 0
    assert len(results(out)) == 3
    source.write_bytes(packed[:-9])
    ended = command("analyze", "--jsonl", str(source), "--out", str(out), "--restart")
    assert ended.status == 5
    assert "truncated" in ended.err


def test_saving_keeps_the_notes(command: Callable[..., Any], tmp_path: Path) -> None:
    source = written(tmp_path / "in", articles(3))
    command("analyze", "--jsonl", source, "--out", str(tmp_path / "out"), "--save")
    assert len(json.loads(command("notes", "list", "--json").out)) == 3


@pytest.mark.parametrize(
    ("source", "out", "status", "words"),
    [
        ("none", "out", 3, "cannot be opened"),
        (".", "out", 3, "directory"),
        ("in", "in", 8, "is the input too"),
        ("in", "no/out", 8, "folder"),
        ("in", ".", 8, "Give a file in it"),
        ("in", "/dev/full", 8, "disk is full"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Callable[..., Any], tmp_path: Path, source: str, out: str, status: int, words: str
) -> None:
    written(tmp_path / "in", articles(2))
    ended = command("analyze", "--jsonl", str(tmp_path / source), "--out", str(tmp_path / out))
    assert ended.status == status
    assert words in ended.err


def test_a_fault_of_the_machinery_stops_the_batch_and_loses_nothing(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = written(tmp_path / "in", articles(2)), tmp_path / "out"
    monkeypatch.setenv("READTHROUGH_UNIVERSE__OVERLAY", str(tmp_path / "none"))
    assert command("analyze", "--jsonl", source, "--out", str(out)).status == 10
    monkeypatch.delenv("READTHROUGH_UNIVERSE__OVERLAY")
    assert command("analyze", "--jsonl", source, "--out", str(out)).status == 0
    assert len(results(out)) == 2


def test_a_resumed_batch_counts_the_failures_of_earlier_runs(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("not json\nnor this\n")
    assert "2 failed" in command("analyze", "--jsonl", str(source), "--out", str(out)).err
    source.write_text('not json\nnor this\n[]\n{"headline": "Orbex raises its outlook"}\n')
    ended = command("analyze", "--jsonl", str(source), "--out", str(out))
    assert "4 of 4 lines, 3 failed" in ended.err
    assert ended.status == 0
