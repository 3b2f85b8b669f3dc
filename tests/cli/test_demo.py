from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_samples_run_from_end_to_end(command: Callable[..., Any], home: Path) -> None:
    ended = command("demo")
    assert ended.status == 0, ended.err
    for part in (
        "SUMMARY",
        "ANALYSIS",
        "TICKERS",
        "THE OTHER ARTICLES",
        "ALERTS: ",
        "EFFECT ON THE SAMPLE",
        "ms each",
    ):
        assert part in ended.out
    assert "Traceback" not in ended.err
    assert list(home.iterdir()) == []


def test_as_json_lines(command: Callable[..., Any]) -> None:
    ended = command("demo", "--json", "--limit", "3")
    assert [json.loads(line)["version"] for line in ended.out.splitlines()] == [1, 1, 1]
