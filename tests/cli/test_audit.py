"""Commands that read holdings or change something stand in the audit log, and nothing secret with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from readthrough.desk.open import open_desk
from readthrough.desk.screen import account_store
from readthrough.domain.account import MAIN, AuditEntry
from readthrough.settings import load_settings

from .conftest import Ended

HELD = "ticker,quantity,price\nNVDA,1000,180\nBABA,500,90\n"
HOOK = "https://hooks.example/T000/secret-path"


def lines(home: Path) -> list[AuditEntry]:
    assert home.is_dir()
    settings = load_settings()
    with open_desk(settings) as desk:
        return account_store(desk).audit(MAIN)


def test_reads_of_holdings_and_changes_are_written_down(
    command: Callable[..., Ended], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "book.csv"
    file.write_text(HELD, "utf-8")
    given = ("portfolio", "import", str(file), "--name", "Own book")
    assert command(*given).status == 0
    command("portfolio", "show", "own-book")
    assert command("notes", "list").status == 0
    assert command("universe", "lookup", "NVDA").status == 0
    command("receiver", "add", "desk", "--url", HOOK)
    found = [(e.action, e.subject) for e in reversed(lines(home))]
    assert ("change", "portfolio import Own book") in found
    assert ("read", "portfolio show own-book") in found
    assert ("read", "notes list") in found
    assert not any("lookup" in subject for _, subject in found)
    assert any(subject.startswith("receiver add") for _, subject in found)
    assert all("hooks.example" not in subject for _, subject in found)
    assert {e.address.partition(" (")[0] for e in lines(home)} == {"command line"}


def test_analyze_and_ask_stand_there_where_something_is_held(
    command: Callable[..., Ended], home: Path, tmp_path: Path
) -> None:
    file, story = tmp_path / "book.csv", tmp_path / "story.txt"
    file.write_text(HELD, "utf-8")
    story.write_text(
        "Nvidia cuts its forecast\n\nNvidia cut its forecast for the year. Shares fell 8%.\n", "utf-8"
    )
    assert command("analyze", str(story)).status == 0
    assert not list(home.rglob("readthrough.db")), "nothing is made to find out that nothing is held"
    assert command("portfolio", "import", str(file), "--name", "Own book").status == 0
    assert command("analyze", str(story)).status == 0
    command("ask", "What hit my book?")
    found = [(e.action, e.subject.split()[0]) for e in lines(home)]
    assert ("read", "analyze") in found
    assert ("read", "ask") in found
    assert all("book?" not in entry.subject for entry in lines(home))
