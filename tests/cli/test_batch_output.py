from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from readthrough.cli.batch_output import BatchOutput
from readthrough.domain.errors import OutputError


def lines(count: int) -> bytes:
    return b"".join(json.dumps({"id": str(n), "line": n}).encode() + b"\n" for n in range(1, count + 1))


def opened(path: Path, *, restart: bool = False) -> BatchOutput:
    return BatchOutput(str(path), source="in", restart=restart)


def test_a_torn_last_line_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(lines(3) + b'{"id": "4", "li')
    output = opened(path)
    assert [line["line"] for line in output.kept()] == [1, 2, 3]
    output.write(b'{"line": 4}')
    output.close()
    assert path.read_bytes() == lines(3) + b'{"line": 4}\n'


def test_only_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"x" * 3_000_000)
    output = opened(path)
    assert list(output.kept()) == []
    output.close()
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "content", [b"notes of mine\n", b'{"line": 2}\n', b"[1]\n", b'{"id": 1}\n', lines(2) + b"\n"]
)
def test_a_file_of_other_things_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out"
    path.write_bytes(content)
    output = opened(path)
    with pytest.raises(OutputError, match="no line of a batch") as caught:
        list(output.kept())
    output.close()
    assert "--restart" in caught.value.remedy
    assert path.read_bytes() == content


def test_restart_writes_anew(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(lines(3))
    output = opened(path, restart=True)
    assert list(output.kept()) == []
    output.close()
    assert path.read_bytes() == b""


def test_two_batches_do_not_write_one_file(tmp_path: Path) -> None:
    first = opened(tmp_path / "out")
    with pytest.raises(OutputError, match="Another batch"):
        opened(tmp_path / "out")
    first.close()
    opened(tmp_path / "out").close()


def test_the_input_is_never_the_output(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"{}\n")
    (tmp_path / "link").symlink_to(path)
    for name in ("articles.jsonl", "link"):
        with pytest.raises(OutputError, match="is the input too"):
            BatchOutput(str(tmp_path / name), source=str(path), restart=True)
    assert path.read_bytes() == b"{}\n"


@pytest.mark.parametrize("name", ["none/out", ".", "a\x00b", "x" * 300])
def test_an_output_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        BatchOutput(f"{tmp_path}/{name}", source="in", restart=False)
    assert caught.value.exit_status == 8
    assert caught.value.remedy


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    output = BatchOutput("/dev/full", source="in", restart=False)
    with pytest.raises(OutputError, match="disk is full at line 1"):
        output.write(b"{}")
    output.close()
