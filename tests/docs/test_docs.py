from __future__ import annotations

import dataclasses
import json
import re
import shlex
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tools.reference import commands_page, readme, seed_note
from typer.main import get_command

from readthrough.api.app import create_app
from readthrough.cli.main import app
from readthrough.desk.open import open_desk
from readthrough.domain import errors
from readthrough.domain.authoring import Ending
from readthrough.domain.contract import note_document
from readthrough.settings import Settings, load_settings, setting_names

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page}: {target}"


def commands() -> list[tuple[str, list[str]]]:
    found = []
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            for line in re.findall(r"(?:^|\| )\$? ?(readthrough [^\n|]*)", block, re.MULTILINE):
                found.append((page.name, shlex.split(line)[1:]))
    return found


@pytest.mark.parametrize(("page", "words"), commands())
def test_every_command_in_the_docs_exists_with_its_options(page: str, words: list[str]) -> None:
    command: Any = get_command(app)
    path = []
    while words and words[0] in getattr(command, "commands", {}):
        path.append(words[0])
        command = command.commands[words.pop(0)]
    assert path, f"{page}: no such command"
    options = {o for p in command.params for o in p.opts}
    assert {w for w in words if w.startswith("--")} <= options | {"--help"}


def test_the_command_reference_is_current() -> None:
    page = ROOT / "docs/reference/commands.md"
    assert page.read_text(encoding="utf-8") == commands_page(), "run `make docs`"


def test_the_readme_shows_the_note_that_the_program_writes() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert page == readme(page), "run `make docs`"


def test_the_contract_page_names_every_field() -> None:
    page = (ROOT / "docs/reference/contract.md").read_text(encoding="utf-8")
    document = json.loads(json.dumps(note_document(seed_note())))

    def fields(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {f for v in value.values() for f in fields(v)}
        return {f for v in value for f in fields(v)} if isinstance(value, list) else set()

    missing = {f for f in fields(document) if not re.search(rf"\b{f}\b", page)}
    assert not missing


def test_make_targets_in_the_docs_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(
            re.findall(r"`make ([a-z]+)`|^\$ make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        )
        assert {a or b for a, b in named} <= targets, page


def test_decision_records_fit_on_a_page() -> None:
    for page in ROOT.glob("docs/decisions/*.md"):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 40, page


def test_the_glossary_holds_the_values_of_the_domain() -> None:
    from readthrough.domain import alert, article, impact, note, portfolio, reading, security, story

    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    parts = {
        "MadeBy",
        "Edge",
        "Name",
        "Problem",
        "Sentence",
        "TickerReading",
        "Decision",
        "Engine",
        "Statement",
        "Fingerprint",
    }
    for module in (alert, article, impact, note, portfolio, reading, security, story):
        for name, value in vars(module).items():
            if dataclasses.is_dataclass(value) and value.__module__ == module.__name__ and name not in parts:
                assert re.search(rf"\b{name}\b", page), f"{name} is not in the glossary"


def test_the_exit_statuses_are_those_of_the_errors() -> None:
    page = (ROOT / "docs/reference/exit-statuses.md").read_text(encoding="utf-8")
    written = {int(status) for status in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    raised = {getattr(errors, name).exit_status for name in errors.__all__ if name[0].isupper()}
    assert written == raised | {0, 130, 141}
    drawn = re.findall(r"[├└]── (\w+) .*exit (\d+)", errors.__doc__ or "")
    assert drawn
    assert all(getattr(errors, name).exit_status == int(status) for name, status in drawn)


def test_the_api_page_names_the_paths_that_exist() -> None:
    page = (ROOT / "docs/howto/api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(?:GET|POST|DELETE) (/\S+)`", page, re.MULTILINE))
    with TemporaryDirectory() as folder, open_desk(Settings(home=Path(folder))) as desk:
        assert told == set(create_app(desk, settings=desk.settings).openapi()["paths"])


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```toml" in p.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_settings_in_the_docs_are_settings(page: Path, tmp_path: Path) -> None:
    known = {name.split(".")[0] for name, _ in setting_names()}
    for n, block in enumerate(re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)):
        if not set(tomllib.loads(block)) <= known:
            continue  # rules, playbooks and the like
        file = tmp_path / f"{n}.toml"
        file.write_text(block, encoding="utf-8")
        load_settings(file, environ={"HOME": str(tmp_path)})


def test_the_page_on_language_models_names_every_ending() -> None:
    page = (ROOT / "docs/howto/language-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE))
    assert named == {str(ending) for ending in Ending} - {"written"}
