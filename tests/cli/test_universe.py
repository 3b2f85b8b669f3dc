"""`readthrough universe`: looking up, on a day too, and importing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readthrough.cli import universe as commands

Command = Callable[..., Any]


def test_lookup_shows_securities_names_and_ties(command: Command) -> None:
    out = " ".join(command("universe", "lookup", "BABA").out.split())
    for part in ("Alibaba BABA 9988.HK", "CIK 0001577552", "depositary receipt", "9988.HK (XHKG HKD)", "brand: ",
                 "competitors: "):  # fmt: skip
        assert part in out
    (document,) = json.loads(command("universe", "lookup", "BABA", "--json").out)
    assert {line["ticker"] for s in document["securities"] for line in s["listings"]} >= {"BABA", "9988.HK"}
    assert {
        "text": "Lazada",
        "kind": "brand",
        "needs_cue": False,
        "valid_from": None,
        "valid_until": None,
    } in (document["names"])


def test_lookup_of_a_day(command: Command) -> None:
    ended = command("universe", "lookup", "FB", "--on", "2019-05-01")
    assert ended.out.splitlines()[0].split() == ["Meta", "FB", "on", "2019-05-01"]
    ended = command("universe", "lookup", "META", "--on", "2019-05-01")
    assert ended.status == 3
    assert "No issuer matches 'META' on 2019-05-01" in ended.err
    assert "since 20" in ended.err
    (document,) = json.loads(command("universe", "lookup", "FB", "--on", "2019-05-01", "--json").out)
    assert document["tickers"] == ["FB"]
    assert "Meta Platforms" not in [n["text"] for n in document["names"]]
    assert command("universe", "lookup", "FB", "--on", "yesterday").status == 2


def test_lookup_by_brand_and_figi(command: Command) -> None:
    assert command("universe", "lookup", "instagram").out.startswith("Meta")
    assert command("universe", "lookup", "BBG000B9XRY4").out.startswith("Apple")
    assert command("universe", "lookup", "HWUPKR0MPOU8FGXBT394").out.startswith("Apple")


def test_a_slip_is_answered_with_names(command: Command) -> None:
    ended = command("universe", "lookup", "Nvidai")
    assert (ended.status, ended.out) == (3, "")
    assert "Did you mean Nvidia" in ended.err


def test_template_import_and_import_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, folder = tmp_path / "own.csv", tmp_path / "overlay"
    own.write_text(command("universe", "template").out + "Acme Grid,BAD TICKER,,,,,,,,,,,,,\n", "utf-8")
    monkeypatch.setenv("READTHROUGH_UNIVERSE__OVERLAY", str(folder))
    ended = command("universe", "import", str(own), "--dry-run")
    assert "2 issuers would be added" in ended.out
    assert not folder.exists()
    ended = command("universe", "import", str(own))
    assert "2 issuers added, 0 extended" in ended.out
    assert "'BAD TICKER'" in ended.out
    assert command("universe", "lookup", "acmg.l").out.startswith("Acme Grid")
    document = json.loads(command("universe", "import", str(own), "--json").out)
    assert (document["added"], document["extended"], document["unchanged"]) == (0, 0, 3)
    assert document["written"] is False
    assert [(p["line"], p["code"]) for p in document["problems"]] == [(5, "bad")]


def test_a_folder_is_needed_and_said_how_to_use(command: Command, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("issuer,ticker\nZettwerk,ZZZ9.DE\n", "utf-8")
    ended = command("universe", "import", str(own))
    assert ended.status == 10
    assert "--into" in ended.err
    ended = command("universe", "import", str(own), "--into", str(tmp_path / "o"))
    assert (ended.status, "READTHROUGH_UNIVERSE__OVERLAY=" in ended.err) == (0, True)
    assert command("universe", "import", str(own), "--into", str(own)).status == 10
    assert command("universe", "import", str(tmp_path / "absent.csv"), "--into", str(tmp_path)).status == 3


def test_a_file_of_which_nothing_can_be_used(command: Command, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("issuer,ticker\n,ZZZ9.DE\n", "utf-8")
    ended = command("universe", "import", str(own), "--into", str(tmp_path / "o"))
    assert ended.status == 10
    assert "it names no issuer" in ended.out
    own.write_text('{"a": ', "utf-8")
    ended = command("universe", "import", str(own), "--into", str(tmp_path / "o"))
    assert (ended.status, "line 1" in ended.err) == (10, True)


def test_a_bar_only_when_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    moments = iter((0.0, 1.0, 2.5, 2.5, 9.0, 9.0, 9.0))
    with commands._Bar(lambda: next(moments)) as bar:
        bar.tick(False)
        assert bar._bar is None
        bar.tick(True)
        bar.tick(False)
    assert "3 lines, 1 failed" in capsys.readouterr().err
