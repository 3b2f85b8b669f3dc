"""Every command of the page on measuring a portfolio runs on the demo portfolio, as the page has it."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from readthrough.cli.main import run
from readthrough.desk.demo_book import make_demo_book
from readthrough.desk.open import open_desk
from readthrough.settings import load_settings

PAGE = (Path(__file__).parents[2] / "docs/howto/portfolio-figures.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for line in re.findall(r"^\$ readthrough (portfolio .*)$", PAGE, re.MULTILINE)
    if line != "portfolio demo"
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(folder)})) as desk:
        make_demo_book(desk, since=date(2012, 12, 1))
    (text,) = re.findall(r"```text\n(ticker,.*?)```", PAGE, re.DOTALL)
    (folder / "volumes.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", COMMANDS)
def test_the_pages_commands_run(
    home: Path,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("READTHROUGH_HOME", str(home))
    monkeypatch.chdir(home)
    with pytest.raises(SystemExit) as ended:
        run(shlex.split(line))
    assert not ended.value.code
    out = capfdbinary.readouterr()[0].decode()
    assert len(out.splitlines()) > 6
    if "2022-06-30" in line:
        assert "under a year is not annualised" in " ".join(out.split())


def test_the_page_has_its_commands() -> None:
    assert len(COMMANDS) >= 14
