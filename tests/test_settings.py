from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from readthrough.domain.errors import SettingsError
from readthrough.settings import Settings, load_settings, provenance, setting_names

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"
BARE = {"HOME": "/nowhere"}


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_works_with_no_settings_at_all() -> None:
    settings = load_settings(environ=BARE)
    assert settings.serve.host == "127.0.0.1"
    assert settings.serve.port == 8321
    assert settings.fetch.max_bytes == 20_000_000
    assert not settings.fetch.allow_private_addresses
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith(".local/share/readthrough/readthrough.db")
    assert settings == Settings()


def test_later_layers_win(tmp_path: Path) -> None:
    file = write(tmp_path, "[serve]\nport = 1\nhost = 'a'\npath_prefix = '/x'\n[fetch]\ntimeout = 3\n")
    environ = {**BARE, "READTHROUGH_SERVE__PORT": "2", "READTHROUGH_SERVE__HOST": "b"}
    settings = load_settings(file, {"serve.port": 3, "serve.host": None}, environ=environ)
    assert (settings.serve.port, settings.serve.host, settings.serve.path_prefix) == (3, "b", "/x")
    assert settings.fetch.timeout == timedelta(seconds=3)
    sources = {row.name: row.source for row in provenance(file, {"serve.port": 3}, environ=environ)}
    assert sources["serve.port"] == "flag"
    assert sources["serve.host"] == "READTHROUGH_SERVE__HOST"
    assert sources["serve.path_prefix"] == str(file)
    assert sources["fetch.max_bytes"] == "default"


@pytest.mark.parametrize("text", ["0.5", "PT0.5S"])
def test_durations_read_seconds_and_iso(text: str) -> None:
    settings = load_settings(environ={**BARE, "READTHROUGH_FETCH__TIMEOUT": text})
    assert settings.fetch.timeout == timedelta(seconds=0.5)


def test_home_moves_the_database(tmp_path: Path) -> None:
    settings = load_settings(environ={**BARE, "READTHROUGH_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/readthrough.db"


def test_the_file_may_be_named_by_the_environment(tmp_path: Path) -> None:
    file = write(tmp_path, "[serve]\nport = 7\n")
    assert load_settings(environ={**BARE, "READTHROUGH_CONFIG": str(file)}).serve.port == 7
    usual = tmp_path / "readthrough" / "readthrough.toml"
    usual.parent.mkdir()
    usual.write_text("[serve]\nport = 8\n", encoding="utf-8")
    assert load_settings(environ={**BARE, "XDG_CONFIG_HOME": str(tmp_path)}).serve.port == 8


def test_secrets_are_masked_everywhere() -> None:
    environ = {
        **BARE,
        "READTHROUGH_RECEIVERS__RISK__URL": "https://a.example/x",
        "READTHROUGH_RECEIVERS__RISK__SECRET": "whsec_aGVsbG8=",
        "READTHROUGH_STORAGE__URL": "postgresql://me:pa:ss@host/db",
    }
    settings = load_settings(environ=environ)
    assert settings.receivers["risk"].secret.get_secret_value() == "whsec_aGVsbG8="
    rows = {row.name: row for row in provenance(environ=environ)}
    assert rows["receivers.risk.secret"].value == "********"
    assert rows["receivers.risk.secret"].source == "READTHROUGH_RECEIVERS__RISK__SECRET"
    assert rows["storage.url"].value == "postgresql://me:********@host/db"
    assert "aGVsbG8" not in repr(settings)
    assert "aGVsbG8" not in repr(rows)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("READTHROUGH_SERVE__PORT", "eighty", ["serve.port", "'eighty'", "READTHROUGH_SERVE__PORT"]),
        ("READTHROUGH_SERVE__PORT", "70000", ["serve.port", "'70000'", "65535"]),
        ("READTHROUGH_SERVE__PROT", "80", ["serve.prot", "serve.port?"]),
        ("READTHROUGH_SERVE__PATH_PREFIX", "no-slash", ["serve.path_prefix"]),
        ("READTHROUGH_FETCH__TIMEOUT", "soon", ["fetch.timeout", "'soon'"]),
        ("READTHROUGH_RECEIVERS__A__KIND", "pigeon", ["receivers.a.kind", "'pigeon'", "webhook"]),
        ("READTHROUGH_RECEIVERS__A__PLACE", "x", ["receivers.a.place"]),
        ("READTHROUGH_SERVE", "x", ["'serve'", "READTHROUGH_SERVE"]),
    ],
)
def test_a_bad_value_names_key_value_and_source(variable: str, value: str, words: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={**BARE, variable: value})
    assert caught.value.remedy
    for word in words:
        assert word in str(caught.value)


def test_a_bad_file_says_where(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 2"):
        load_settings(write(tmp_path, "[serve]\nport = = 3\n"), environ=BARE)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "missing.toml", environ=BARE)
    with pytest.raises(SettingsError, match=r"Unknown setting 'server\.port'"):
        load_settings(write(tmp_path, "[server]\nport = 3\n"), environ=BARE)
    with pytest.raises(SettingsError, match=r"serve\.port"):
        load_settings(write(tmp_path, "[serve]\nport = [3]\n"), environ=BARE)


def test_every_setting_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, about in setting_names():
        assert f"| `{name}` |" in page, f"docs/reference/settings.md must describe {name}"
        assert about, f"{name} needs a description"


def test_the_documented_file_loads_and_is_complete(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    load_settings(write(tmp_path, example), environ=BARE)
    table = tomllib.loads(example)
    for name, _ in setting_names():
        place = table
        for part in name.replace("NAME", "risk").split("."):
            assert part in place, f"the example file lacks {name}"
            place = place[part]


def test_asking_for_tracebacks_is_no_setting() -> None:
    assert load_settings(environ={**BARE, "READTHROUGH_DEBUG": "1"}) == load_settings(environ=BARE)
