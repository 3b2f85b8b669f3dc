"""A file gets each delivery once, whatever was torn or killed before."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readthrough.domain.alert import Delivery
from readthrough.domain.errors import Transient
from readthrough.receivers.file import File

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def delivery(number: int) -> Delivery:
    return Delivery(
        id=f"dlv_{number}", alert_id="alr_1", receiver="log", attempts=1, due_at=NOW, state="pending"
    )


def lines(path: Path) -> list[str]:
    return [json.loads(line)["delivery_id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_delivery_is_a_line_and_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alerts.jsonl"
    file = File(name="log", path=path)
    for number in (1, 2, 1, 2, 3):
        file.send(delivery(number), {"type": "alert.fired", "data": {"headline": 'Größe\n"x"'}}, NOW)
    assert lines(path) == ["dlv_1", "dlv_2", "dlv_3"]


@pytest.mark.parametrize("torn", ['{"delivery_id":"dlv_2","ty', '{"delivery_id":"dlv_2"}'])
def test_a_line_that_a_killed_writer_left_torn_is_written_again(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "alerts.jsonl"
    file = File(name="log", path=path)
    file.send(delivery(1), {"type": "x"}, NOW)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(torn)
    file.send(delivery(2), {"type": "x"}, NOW)
    assert lines(path) == ["dlv_1", "dlv_2"]


def test_many_writers_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: File(name="log", path=path).send(delivery(n % 20), {"type": "x" * 5000}, NOW),
                range(60),
            )
        )
    assert sorted(lines(path)) == sorted(f"dlv_{n}" for n in range(20))


def test_a_file_that_cannot_be_written_is_transient(tmp_path: Path) -> None:
    (tmp_path / "alerts.jsonl").mkdir()
    with pytest.raises(Transient, match="log"):
        File(name="log", path=tmp_path / "alerts.jsonl").send(delivery(1), {}, NOW)
