from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from readthrough import __version__
from readthrough.cli import main as cli
from readthrough.domain.errors import StorageError

COMMANDS = [
    "analyze",
    "serve",
    "ask",
    "notes list",
    "notes show",
    "alerts list",
    "alerts why",
    "rule add",
    "rule list",
    "rule remove",
    "portfolio import",
    "portfolio list",
    "portfolio remove",
    "universe lookup",
    "demo",
    "doctor",
    "config show",
]


def test_help_and_version(command: Callable[..., Any]) -> None:
    helped = command("--help")
    assert helped.status == 0
    assert all(line.split()[0] in helped.out for line in COMMANDS)
    assert command("--version").out == f"readthrough {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(command: Callable[..., Any], name: str) -> None:
    helped = command(*name.split(), "--help")
    assert helped.status == 0
    assert f"readthrough {name}" in helped.out or "readthrough --config" in helped.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["analyze"],
        ["analyze", "a", "--jsonl", "b", "--out", "c"],
        ["analyze", "--jsonl", "b"],
        ["rule", "add"],
        ["analyze", "--bogus"],
    ],
)
def test_wrong_use_ends_with_2_and_says_how(command: Callable[..., Any], arguments: list[str]) -> None:
    ended = command(*arguments)
    assert ended.status == 2
    assert ended.out == ""
    assert "Error" in ended.err


def test_what_a_module_needs_is_not_loaded_for_help(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    import sys

    program = (
        "import sys\nfrom readthrough.cli.main import run\n"
        "try: run(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'rich', 'httpx', 'sqlalchemy', 'fastapi', 'pydantic', 'trafilatura', 'lxml', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_only_the_command_that_is_called_is_built() -> None:
    called = cli._only_named(["--config", "worker", "serve", "--port", "0"])
    assert [command.name for command in called.registered_commands] == ["serve"]
    assert not called.registered_groups
    assert [group.name for group in cli._only_named(["--config=a", "feed", "list"]).registered_groups] == [
        "feed"
    ]
    for whole in ([], ["--help"], ["--version", "serve"], ["srve"], ["--config"]):
        assert cli._only_named(whole) is cli.app


def failing(error: BaseException) -> Callable[..., None]:
    def app(**ignored: object) -> None:
        raise error

    return app


def test_a_known_error_gives_its_message_remedy_and_status(
    command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        cli, "_only_named", lambda _: failing(StorageError("It is\x1b[31m locked.", remedy="Wait."))
    )
    ended = command("x")
    assert (ended.status, ended.err) == (9, "error: It is locked. Wait.\n")


def test_an_unexpected_error_says_how_to_see_more(
    command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_only_named", lambda _: failing(ZeroDivisionError("by zero")))
    ended = command("x")
    assert ended.status == 1
    assert "READTHROUGH_DEBUG=1" in ended.err
    assert "Traceback" not in ended.err
    monkeypatch.setenv("READTHROUGH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["x"])


def test_ctrl_c_ends_with_130(command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_only_named", lambda _: failing(KeyboardInterrupt()))
    assert command("x").status == 130


def test_a_reader_that_leaves_is_no_error(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = start(["config", "show", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert err == b""
    assert process.returncode == 141


def test_a_broken_settings_file_is_named(command: Callable[..., Any], tmp_path: Any) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[serve]\nprot = 1\n")
    ended = command("--config", str(path), "config", "show")
    assert ended.status == 2
    assert "serve.prot" in ended.err
    assert "serve.port" in ended.err
