"""A command gets the alert on standard input, and its status says how it went."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readthrough.domain.alert import Delivery
from readthrough.domain.errors import Permanent, SettingsError, Transient
from readthrough.receivers.command import Command

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
DELIVERY = Delivery(id="dlv_1", alert_id="alr_1", receiver="pager", attempts=2, due_at=NOW, state="pending")


def command(program: str, *arguments: str, timeout_s: float = 20.0) -> Command:
    return Command(name="pager", command=(sys.executable, "-c", program, *arguments), timeout_s=timeout_s)


def test_it_is_told_on_standard_input_with_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHROUGH_SECRET_OF_OURS", "x")
    out = tmp_path / "out"
    program = (
        "import os, sys; open(sys.argv[1], 'w').write(sys.stdin.read() + '\\n' + repr(dict(os.environ)))"
    )
    headline = "Größe $(touch x) `id` ; rm -rf / \u202e"
    command(program, str(out)).send(DELIVERY, {"data": {"headline": headline}}, NOW)
    body, environment = out.read_text(encoding="utf-8").split("\n")
    assert json.loads(body) == {"delivery_id": "dlv_1", "data": {"headline": headline}}
    assert "'READTHROUGH_DELIVERY_ID': 'dlv_1'" in environment
    assert "'READTHROUGH_ATTEMPT': '2'" in environment
    assert "OF_OURS" not in environment


@pytest.mark.parametrize(
    ("status", "kind"), [(1, Transient), (75, Transient), (64, Permanent), (65, Permanent)]
)
def test_its_status_says_whether_it_may_pass(status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=f"ended with {status}: no luck"):
        command(f"import sys; sys.stderr.write('no luck'); sys.exit({status})").send(DELIVERY, {}, NOW)


def test_one_that_hangs_is_ended_with_all_it_started() -> None:
    program = "import subprocess; subprocess.run(['sleep', '60'])"
    with pytest.raises(Transient, match="longer than"):
        command(program, timeout_s=0.5).send(DELIVERY, {}, NOW)


def test_one_that_does_not_listen_or_is_not_there(tmp_path: Path) -> None:
    command("pass").send(DELIVERY, {"data": "x" * 1_000_000}, NOW)
    with pytest.raises(Transient, match="cannot be started"):
        Command(name="pager", command=(str(tmp_path / "none"),)).send(DELIVERY, {}, NOW)
    for empty in ((), ("",)):
        with pytest.raises(SettingsError):
            Command(name="pager", command=empty)
