"""`readthrough universe graph` and `universe check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def test_the_graph_of_a_company_by_kind_and_share(command: Command) -> None:
    ended = command("universe", "graph", "CRUS")
    assert ended.status == 0
    text = " ".join(ended.out.split())
    assert text.startswith("Cirrus Logic CRUS US · Semiconductors · audio chips")
    for part in ("CUSTOMERS (1)", "AAPL Apple 85%", "SUPPLIERS (1)", "RIVALS (1)", "iPhone supply chain (12)",
                 "tech.txt:", "Known from: "):  # fmt: skip
        assert part in text, part
    assert text.index("SUPPLIERS") < text.index("CUSTOMERS") < text.index("RIVALS")


def test_what_moves_it_from_outside_has_a_sign(command: Command) -> None:
    text = " ".join(command("universe", "graph", "delta", "air", "lines").out.split())
    assert "MOVED FROM OUTSIDE" in text
    document = json.loads(command("universe", "graph", "DAL", "--json").out)
    oil = next(felt for felt in document["sensitivities"] if felt["driver"] == "oil")
    assert (oil["sign"], oil["strength"]) == (-1, 2)
    assert oil["means"] == "the price of crude oil rises"
    assert "sensitivities.txt:" in oil["provenance"]


def test_the_share_of_the_other_side_is_told(command: Command) -> None:
    document = json.loads(command("universe", "graph", "AAPL", "--relation", "supplier", "--json").out)
    assert {tie["relation"] for tie in document["ties"]} == {"supplier"}
    cirrus = next(tie for tie in document["ties"] if tie["ticker"] == "CRUS")
    assert (cirrus["weight"], cirrus["their_weight"]) == (None, 0.85)
    assert set(cirrus) == {
        "relation", "ticker", "name", "weight", "their_weight", "why", "since", "until", "provenance",
    }  # fmt: skip


def test_the_graph_of_a_day(command: Command) -> None:
    def owned(*day: str) -> list[str]:
        document = json.loads(command("universe", "graph", "MSFT", "--json", *day).out)
        return [tie["name"] for tie in document["ties"] if tie["relation"] == "subsidiary"]

    assert "Activision Blizzard" in owned()
    assert "Activision Blizzard" not in owned("--on", "2022-06-30")
    text = command("universe", "graph", "MSFT", "--relation", "subsidiary", "--on", "2024-01-01").out
    assert "on 2024-01-01" in text
    assert "from 2023-10-13" in text


def test_one_without_ties_and_one_that_is_unknown(command: Command) -> None:
    assert "No such tie is known." in command("universe", "graph", "SPY").out
    ended = command("universe", "graph", "Nvidai")
    assert (ended.status, ended.out) == (3, "")
    assert "Did you mean Nvidia?" in ended.err
    ended = command("universe", "graph", "META", "--on", "2019-05-01")
    assert (ended.status, "META' on 2019-05-01" in ended.err) == (3, True)
    ended = command("universe", "graph", "NVDA", "--relation", "friend")
    assert (ended.status, "supplier, customer" in ended.err) == (2, True)


def test_our_own_graph_is_sound(command: Command) -> None:
    ended = command("universe", "check")
    assert (ended.status, ended.out) == (0, "")
    assert "The graph is sound: " in ended.err
    assert json.loads(command("universe", "check", "--json").out) == []


def test_a_fault_is_named_with_file_line_and_remedy(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "graph.txt").write_text(
        "@source ours\nNVDA <- TSM : foundry\nNVDA <- TSMM : x\nNVDA eats TSM : y\n"
    )
    ended = command("universe", "check", str(own))
    assert ended.status == 10
    text = " ".join(ended.out.split())
    assert "graph.txt:3 no issuer has the key 'TSMM' Did you mean" in text
    assert "graph.txt:4 no relation as second word Use one of" in text
    assert "2 faults in 1 file(s). Mend what is listed." in ended.err
    found = json.loads(command("universe", "check", str(own), "--json").out)
    assert [(row["file"], row["line"]) for row in found] == [("graph.txt", 3), ("graph.txt", 4)]
    # all else is used, and the doctor says what is not
    monkeypatch.setenv("READTHROUGH_UNIVERSE__OVERLAY", str(own))
    assert command("universe", "graph", "NVDA").status == 0
    ended = command("doctor", "--json")
    (finding,) = (row for row in json.loads(ended.out) if row["name"] == "universe")
    assert (ended.status, finding["state"]) == (1, "fault")
    assert "left out: graph.txt:3: no issuer has the key 'TSMM', and 1 more" in finding["detail"]
    assert "`readthrough universe check` names every one" in finding["remedy"]
    assert command("universe", "check").status == 10


def test_issuers_that_cannot_be_read_are_a_fault_too(command: Command, tmp_path: Path) -> None:
    (tmp_path / "issuers.txt").write_text("= US | Kites\n")
    ended = command("universe", "check", str(tmp_path), "--json")
    (row,) = json.loads(ended.out)
    assert (ended.status, row["line"], row["what"]) == (10, 1, "unknown sector 'Kites'")
    assert command("universe", "check", str(tmp_path / "absent")).status == 3
