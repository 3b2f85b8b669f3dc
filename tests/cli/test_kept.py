"""What is kept from one process to the next acts as what is made anew, and no file can break a run."""

from __future__ import annotations

import marshal
import re
from pathlib import Path

import pytest

from readthrough.cli.kept import Kept, cache_file

_EXPRESSIONS = [
    (r"(?<![\w-])(?P<up>ris(?:e|es|ing)|rose)\b", 0),
    (r"\d[\d,]{0,20}+(?:\.\d+)?(?=\s?%)", 0),
    (r"^(?:[A-Z][a-z]+ ){1,3}(\w+)\1?", re.IGNORECASE | re.MULTILINE),
    (r"(?i:shares?) of (?P<name>[^.;]{2,40}?),", 0),
]
_TEXT = "Shares of Example Corp rose 7.5 %, and 1,200 were rising.\nThe the share of Sales, 12 %"


def _found(pattern: re.Pattern[str]) -> list[tuple[object, ...]]:
    return [(m.span(), m.groups(), m.groupdict()) for m in pattern.finditer(_TEXT)]


@pytest.mark.parametrize(("words", "flags"), _EXPRESSIONS)
def test_a_kept_pattern_matches_as_a_compiled_one(tmp_path: Path, words: str, flags: int) -> None:
    file = tmp_path / "cache" / "patterns.bin"
    first = Kept(file)
    first.pattern(words, flags)
    first.save()
    again = Kept(file).pattern(words, flags)
    plain = re.compile(words, flags)
    assert _found(again) == _found(plain)
    assert (again.flags, again.groups, dict(again.groupindex)) == (
        plain.flags,
        plain.groups,
        dict(plain.groupindex),
    )


def test_a_value_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "patterns.bin"
    made: list[int] = []

    def make() -> tuple[frozenset[str], int]:
        made.append(1)
        return frozenset({"word"}), 2

    first = Kept(file)
    assert first.value("a", make) == first.value("a", make) == (frozenset({"word"}), 2)
    first.save()
    assert Kept(file).value("a", make) == (frozenset({"word"}), 2)
    assert len(made) == 1


@pytest.mark.parametrize("content", [b"", b"\x00", b"{\x00" * 50, marshal.dumps(["no", "dictionary"])])
def test_a_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "patterns.bin"
    file.write_bytes(content)
    kept = Kept(file)
    assert kept.pattern("a+", 0).fullmatch("aaa")
    kept.save()
    assert Kept(file).value("pattern 0 a+", lambda: None) is not None  # begun anew


def test_an_altered_entry_is_compiled_anew(tmp_path: Path) -> None:
    file = tmp_path / "patterns.bin"
    file.write_bytes(marshal.dumps({"pattern 0 a+": (32, [1, 2, 3], 0, {}, (None,)), "pattern 0 b+": ("x",)}))
    file.chmod(0o600)
    kept = Kept(file)
    assert kept.pattern("a+", 0).fullmatch("aaa")


def test_a_file_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    file = tmp_path / "patterns.bin"
    first = Kept(file)
    first.value("a", lambda: 1)
    first.save()
    file.chmod(0o666)
    assert Kept(file).value("a", lambda: 2) == 2


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Kept(tmp_path / "file" / "patterns.bin")
    assert kept.pattern("a", 0).match("a")
    kept.save()


def test_two_processes_add_to_one_file(tmp_path: Path) -> None:
    file = tmp_path / "patterns.bin"
    one, two = Kept(file), Kept(file)
    one.value("a", lambda: 1)
    two.value("b", lambda: 2)
    one.save()
    two.save()
    assert [Kept(file).value(name, lambda: 0) for name in "ab"] == [1, 2]
    assert [kept for kept in tmp_path.iterdir() if kept.name.startswith("patterns")] == [file]


def test_the_file_lies_in_the_folder_for_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_file().parent == tmp_path / "readthrough"
