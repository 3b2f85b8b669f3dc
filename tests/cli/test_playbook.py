"""`readthrough playbook`: list, show, test, lint, and a folder of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

STORY = """Ford recalls 240,000 trucks over brake fault

Ford Motor will recall 240,000 trucks in the United States because of a brake fault. Ford expects a charge of $310
million this quarter. The shares lost 1.1%.
"""
OWN = """# our house views
[[playbook]]
id = "operations.recall"
weight = 99
why = "our own count of recalls since 2015: two in three cost less than the first figure"
[playbook.when]
events = ["product_recall"]
[playbook.market_read]
text = ["Of recalls like {names}, most cost less than the first figure."]
direction = "positive"
horizon = "2-4 quarters"
wrong_if = "a second recall follows"
"""


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return str(path)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "views.toml").write_text(OWN, "utf-8")
    monkeypatch.setenv("READTHROUGH_WRITING__PLAYBOOKS", str(folder))
    return folder


def test_list_by_event_kind_and_words(command: Command) -> None:
    everything = json.loads(command("playbook", "list", "--json").out)
    assert len(everything) >= 150
    by_event = json.loads(command("playbook", "list", "--event", "guidance_change", "--json").out)
    assert {"guidance_cut", "guidance_raise"} & {e for row in by_event for e in row["events"]}
    assert 0 < len(by_event) < len(everything)
    risks = json.loads(command("playbook", "list", "--kind", "risk", "--json").out)
    assert risks
    assert all("risk" in row["kinds"] for row in risks)
    ended = command("playbook", "list", "deposit", "flight")
    assert "capital.deposit_flight" in ended.out
    assert "1 playbook. `readthrough playbook show ID`" in ended.err
    assert "No playbook fits" in command("playbook", "list", "zeppelin", "races").err


def test_a_slip_in_a_name_is_answered(command: Command) -> None:
    ended = command("playbook", "list", "--event", "guidance_cuts")
    assert (ended.status, "Did you mean guidance_cut" in ended.err) == (3, True)
    ended = command("playbook", "list", "--kind", "risks")
    assert (ended.status, "Did you mean risk" in ended.err) == (3, True)
    ended = command("playbook", "show", "capital.bubyack")
    assert (ended.status, "Did you mean capital.buyback" in ended.err) == (3, True)


def test_show_says_all_that_a_playbook_holds(command: Command) -> None:
    text = " ".join(command("playbook", "show", "buyback").out.split())
    for part in ("capital.buyback", "ours · capital.toml", "Because a buyback is", "APPLIES TO", "an event of buyback",
                 "MARKET READ", "positive · 2-4 quarters · confidence 50%", "Wrong if: ", "WOULD DO", "Undone by: "):  # fmt: skip
        assert part in text, part
    document = json.loads(command("playbook", "show", "capital.buyback", "--json").out)
    assert document["when"] == {"events": ["buyback"], "polarity": ["neutral", "positive"]}
    assert {c["kind"] for c in document["claims"]} >= {"market_read", "risk"}
    assert all(c["texts"] and c["wrong_if"] and 0 < c["confidence"] < 1 for c in document["claims"])


def test_every_playbook_can_be_shown(command: Command) -> None:
    from rich.console import Console

    from readthrough.cli.show_playbook import show_playbook
    from readthrough.desk.open import open_desk
    from readthrough.desk.playbooks import playbook_document, playbook_source
    from readthrough.settings import Settings

    with open_desk(Settings()) as desk:
        for playbook in desk.playbooks.playbooks:
            document = playbook_document(desk, playbook.id)
            console = Console(width=100, file=StringIO(), markup=False)
            show_playbook(document, console)
            assert playbook.id in console.file.getvalue()  # type: ignore[attr-defined]
            json.dumps(document)
            assert f'id = "{playbook.id}"' in playbook_source(desk, playbook.id)


def test_what_is_shown_as_toml_can_be_a_firms_own(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy.toml").write_text(command("playbook", "show", "buyback", "--toml").out, "utf-8")
    assert command("playbook", "lint", str(tmp_path)).status == 0
    monkeypatch.setenv("READTHROUGH_WRITING__PLAYBOOKS", str(tmp_path))
    (row,) = json.loads(command("playbook", "list", "--own", "--json").out)
    assert (row["id"], row["file"], row["line"], row["own"]) == ("capital.buyback", "copy.toml", 1, True)


def test_test_says_who_speaks_and_why_the_others_do_not(command: Command, story: str) -> None:
    ended = command("playbook", "test", story)
    text = " ".join(ended.out.split())
    assert ended.status == 0
    assert "operations.recall Ford · product recall" in text
    assert "stay silent; --all says why." in text
    assert "SILENT" not in text
    text = " ".join(command("playbook", "test", "buyback", "operations.recall", story).out.split())
    assert "capital.buyback events it asks for buyback; the page tells of product_recall" in text
    assert "1 speaks, 1 stays silent." in text
    document = json.loads(command("playbook", "test", "--all", story, "--json").out)
    assert document["events"] == ["product_recall"]
    assert all(row["speaks"] or (row["condition"] and row["reason"]) for row in document["playbooks"])
    speaking = [row for row in document["playbooks"] if row["speaks"]]
    assert any(c["outcome"] == "said" and c["text"] for row in speaking for c in row["claims"])


def test_test_of_what_is_not_there(command: Command, story: str) -> None:
    assert command("playbook", "test", story + ".gone").status == 3
    ended = command("playbook", "test", "no.such", story)
    assert (ended.status, "No playbook has the id 'no.such'" in ended.err) == (3, True)


def test_a_firms_own_replaces_ours_and_is_used(command: Command, story: str, own: Path) -> None:
    assert command("playbook", "lint").status == 0
    text = " ".join(command("playbook", "show", "operations.recall").out.split())
    assert "your own · views.toml:2 · weight 99" in text
    assert "1 of your own" in command("playbook", "list").err
    note = json.loads(command("analyze", story, "--json").out)
    assert "Of recalls like Ford's, most cost less" in " ".join(c["text"] for c in note["analysis"])
    assert (
        "1 of your own"
        in next(r for r in json.loads(command("doctor", "--json").out) if r["name"] == "playbooks")["detail"]
    )


def test_a_broken_one_is_named_and_the_desk_starts_without_it(
    command: Command, story: str, own: Path
) -> None:
    broken = OWN.replace("product_recall", "product_recal").replace("operations.recall", "firm.recall")
    (own / "views.toml").write_text(broken, "utf-8")
    ended = command("playbook", "lint")
    assert ended.status == 10
    assert "views.toml:7" in ended.out
    (row,) = json.loads(command("playbook", "lint", "--json").out)
    assert (row["file"], row["line"], row["doubt"]) == ("views.toml", 7, False)
    assert row["what"] == "firm.recall: no event type 'product_recal'"
    assert row["remedy"].startswith("Did you mean product_recall")
    assert "1 faults" not in ended.err
    assert "1 fault in 1 file(s)" in ended.err
    assert command("analyze", story).status == 0
    assert "faults in your own folder" in command("playbook", "list", "recall").err
    ended = command("doctor", "--json")
    (finding,) = (row for row in json.loads(ended.out) if row["name"] == "playbooks")
    assert (ended.status, finding["state"]) == (1, "fault")
    assert "left out: views.toml:7: firm.recall" in finding["detail"]
    assert "`readthrough playbook lint` names every one" in finding["remedy"]


def test_a_doubt_is_no_fault(command: Command, own: Path) -> None:
    why = OWN[OWN.index('why = "') : OWN.index("[playbook.when]")]
    (own / "views.toml").write_text(OWN.replace(why, 'why = "we say so"\n'), "utf-8")
    ended = command("playbook", "lint")
    assert ended.status == 0
    assert "the reason is short" in ended.out
    assert "1 playbooks are sound, with doubts" in ended.err


def test_the_start_stays_short_of_new_commands(start: Callable[..., Any]) -> None:
    code = "import sys, readthrough.cli.main as m; print([n for n in sys.modules if n.startswith(('readthrough.writing', 'readthrough.universe', 'rich'))])"
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
