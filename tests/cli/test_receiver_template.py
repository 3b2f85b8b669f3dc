"""`readthrough receiver template`: kept only when sound, tried, listed, checked; and what the manual shows works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
MANUAL = Path(__file__).parents[2] / "docs/howto/templates.md"


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """A receiver of e-mail, set by the environment; returns where its templates lie."""
    monkeypatch.setenv("READTHROUGH_SMTP__HOST", "mail.example.com")
    monkeypatch.setenv("READTHROUGH_SMTP__SENDER", "readthrough@example.com")
    monkeypatch.setenv("READTHROUGH_HOME", str(home / "data"))
    config = home / "firm.toml"
    config.write_text(
        '[receivers.anna]\nkind = "email"\nto = ["anna@example.com"]\n'
        '[receivers.team]\nkind = "chat"\naddress = "slack://TokenA12B/TokenB12B4/TokenC12B1234567890abcde/#c"\n'
        '[receivers.risk]\nurl = "https://alerts.example.com/"\nsecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"\n',
        "utf-8",
    )
    monkeypatch.setenv("READTHROUGH_CONFIG", str(config))
    return home / "data/templates"


def test_the_built_in_words_are_shown_changed_kept_and_tried(
    command: Command, mail: Path, tmp_path: Path
) -> None:
    shown = command("receiver", "template", "show", "anna", "new.html")
    assert shown.status == 0
    file = tmp_path / "new.html"
    file.write_text(shown.out.replace("<h2", "<h1>Example Capital</h1><h2"), "utf-8")
    kept = command("receiver", "template", "save", "anna", "new.html", str(file))
    assert kept.status == 0, kept.err
    assert (mail / "anna/new.html").read_text("utf-8") == file.read_text("utf-8")
    tried = command("receiver", "template", "test", "anna")
    assert "Example Capital" in tried.out
    assert "Sample Corp cuts its outlook" in tried.out
    assert "built-in words" in command("receiver", "template", "test", "anna", "--type", "alert.digest").err
    listed = json.loads(command("receiver", "template", "list", "--json").out)
    assert [(row["receiver"], len(row["files"])) for row in listed] == [("anna", 1), ("team", 0)]
    assert command("receiver", "template", "lint").status == 0
    assert command("receiver", "template", "show", "anna", "new.html").out == file.read_text("utf-8")


def test_a_fault_is_refused_with_its_place(command: Command, mail: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.html"
    file.write_text("<p>\n<b title={{ subject }}>", "utf-8")
    ended = command("receiver", "template", "save", "_email", "new.html", str(file))
    assert ended.status != 0
    assert "new.html:2: a value is printed in an attribute without quotes" in ended.err
    assert not mail.exists()
    for words in (("risk", "new.html"), ("nobody", "new.html"), ("anna", "new.md"), ("anna", "../new.html")):
        ended = command("receiver", "template", "save", *words, str(file))
        assert ended.status not in (0, 70), ended.err
    assert not mail.exists()


def test_lint_and_doctor_name_what_was_put_there_by_hand(command: Command, mail: Path) -> None:
    assert command("receiver", "list").status == 0  # there is a database now
    (mail / "anna").mkdir(parents=True)
    (mail / "anna/new.txt").write_text("fine\n{{ headlin }}", "utf-8")
    (mail / "anna/old.txt").write_text("x", "utf-8")
    (mail / "risk").mkdir()
    ended = command("receiver", "template", "lint", "--json")
    assert ended.status == 10
    found = {Path(one["file"]).name: one for one in json.loads(ended.out)}
    assert found["new.txt"]["line"] == 2
    assert "no value 'headlin'" in found["new.txt"]["what"]
    assert "no template of email" in found["old.txt"]["what"]
    assert "takes templates" in found["risk"]["what"]
    [seen] = [one for one in json.loads(command("doctor", "--json").out) if one["name"] == "templates"]
    assert seen["state"] == "fault"
    assert "new.txt:2" in seen["detail"]


def test_what_the_manual_shows_can_be_kept(command: Command, mail: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"`([\w-]+)/(\w+\.\w+)`:\n\n```jinja\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 3
    for name, what, source in blocks:
        file = tmp_path / what
        file.write_text(source, "utf-8")
        ended = command("receiver", "template", "save", name, what, str(file))
        assert ended.status == 0, ended.err
    assert "desk.example.com/notes/note%5Fsample" in command("receiver", "template", "test", "anna").out
