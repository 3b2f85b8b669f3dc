"""Holds the house: which room may import which, how large a module may grow, what a module offers."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "readthrough"

EDGES = {"desk", "api", "web", "cli", "mcp"}
SIBLINGS = {"reading", "writing", "portfolio", "alerts"}
PURE = {"domain", "universe", "research", *SIBLINGS}

# Room -> rooms it may import. A room of one file is named by its file.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "universe": {"domain"},
    **{room: {"domain", "universe"} for room in SIBLINGS},
    "research": {"domain", "universe", *SIBLINGS},
    "net": {"domain"},
    "encoder": {"domain"},
    "language_model": {"domain"},
    "training": {"domain", "universe", "reading", "encoder"},
    "feeds": {"domain", "net"},
    "receivers": {"domain", "net"},
    "storage": {"domain"},
    "streaming": {"domain"},
    "samples": set(),
    "accounts": {"domain"},
    "setting_parts": set(),
    "settings": {"domain", "setting_parts"},
    "observe": {"domain"},
    "testing": {"domain"},
    "desk": {
        "accounts",
        "domain",
        "universe",
        "research",
        "encoder",
        "feeds",
        "language_model",
        "receivers",
        "storage",
        "streaming",
        "settings",
        "observe",
        *SIBLINGS,
    },
    "web": {"accounts", "domain", "desk", "settings", "observe", "streaming"},
    "api": {"accounts", "domain", "desk", "settings", "observe", "streaming", "web", "samples", "mcp"},
    "mcp": {"domain", "desk", "settings", "observe"},
    "client": {"domain"},
    "cli": {"domain", "desk", "settings", "observe", "api", "samples", "training", "mcp"},
}

# Beyond the standard library, what a computing room may load. Nothing: they are to be quick to import.
LIBRARIES: dict[str, set[str]] = {room: set() for room in PURE}
# Statistics over years of prices are arrays; the internal rate of return is a solver. No start imports them.
LIBRARIES["portfolio"] = {"numpy", "pyxirr"}
# The event study is regression and resampling over years of news. Loaded by `research eventstudy` alone.
LIBRARIES["research"] = {"numpy"}
# 100,000 rules are asked as arrays, their words found in one pass; free predicates are CEL. Loaded when a note is judged.
LIBRARIES["alerts"] = {"numpy", "ahocorasick_rs", "cel"}

LONG: dict[str, str] = {}
"""Modules over 500 lines, each with the reason it is not two."""

NOT_PUBLIC = ("storage/migrations/",)
"""Read by Alembic, offered to nobody."""


@cache
def modules() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(SRC)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SRC.rglob("*.py"))
    }


def room_of(module: str) -> str:
    return module.split("/")[0].removesuffix(".py")


def imported(tree: ast.AST, *, top_only: bool = False) -> Iterator[str]:
    """Every dotted name imported; those under `if TYPE_CHECKING` count, being dependencies all the same."""
    nodes = tree.body if top_only and isinstance(tree, ast.Module) else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}: write the whole name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(names: Iterator[str]) -> Iterator[str]:
    """The rooms among imported names."""
    for name in names:
        parts = name.split(".")
        if parts[0] != "readthrough" or len(parts) == 1:
            continue
        if (SRC / parts[1]).is_dir() or (SRC / f"{parts[1]}.py").is_file():
            yield parts[1]


@pytest.mark.parametrize("module", modules())
def test_rooms_import_only_what_the_house_allows(module: str) -> None:
    room = room_of(module)
    if room == "__init__":
        assert not list(ours(imported(modules()[module])))
        return
    assert room in MAY_IMPORT, (
        f"{room} is not a room of the house: add it to DESIGN and here, with its direction"
    )
    forbidden = set(ours(imported(modules()[module]))) - MAY_IMPORT[room] - {room}
    assert not forbidden, f"{module} ({room}) must not import {sorted(forbidden)}"


@pytest.mark.parametrize("module", [m for m in modules() if room_of(m) in PURE])
def test_computing_rooms_load_no_heavy_library(module: str) -> None:
    room = room_of(module)
    loaded = {name.split(".")[0] for name in imported(modules()[module])}
    foreign = loaded - sys.stdlib_module_names - {"readthrough"} - LIBRARIES[room]
    assert not foreign, f"{module} must not load {sorted(foreign)}: computing rooms use the standard library"


@pytest.mark.parametrize("module", [m for m in modules() if room_of(m) in PURE])
def test_computing_rooms_neither_log_nor_print_nor_wait(module: str) -> None:
    loaded = {name.split(".")[0] for name in imported(modules()[module])}
    assert not loaded & {
        "asyncio",
        "logging",
        "socket",
        "threading",
        "time",
        "random",
        "urllib",
        "subprocess",
    }
    for node in ast.walk(modules()[module]):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), f"{module}: pure rooms are synchronous"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "input"}, f"{module}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"utcnow"}, f"{module}:{node.lineno}: the clock is an argument"


@pytest.mark.parametrize("library", ["torch", "safetensors", "onnx", "transformers"])
def test_only_training_loads_what_only_training_needs(library: str) -> None:
    for module, tree in modules().items():
        if room_of(module) != "training" and module != "encoder/outside.py":
            assert library not in {name.split(".")[0] for name in imported(tree)}, module


def test_no_room_reaches_back_to_itself() -> None:
    def reach(room: str, seen: tuple[str, ...]) -> None:
        assert room not in seen, f"cycle: {' -> '.join((*seen, room))}"
        for onward in MAY_IMPORT[room]:
            reach(onward, (*seen, room))

    for room in MAY_IMPORT:
        reach(room, ())


def test_no_module_imports_itself_through_others() -> None:
    graph = {module: _module_imports(module) for module in modules()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"cycle: {' -> '.join((*path[path.index(module) :], module))}"
        if module not in done:
            for onward in graph[module]:
                visit(onward, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def _module_imports(module: str) -> set[str]:
    """Modules of ours that are loaded when this one is."""
    found = set()
    for name in imported(modules()[module], top_only=True):
        parts = name.split(".")[1:]
        while name.startswith("readthrough.") and parts:
            candidates = ("/".join(parts) + ".py", "/".join(parts) + "/__init__.py")
            hit = next((c for c in candidates if c in modules()), None)
            if hit is not None:
                found.add(hit)
                break
            parts = parts[:-1]
    return found - {module}


@pytest.mark.parametrize("module", modules())
def test_modules_stay_small(module: str) -> None:
    lines = len((SRC / module).read_text(encoding="utf-8").splitlines())
    if module in LONG:
        assert lines > 500, f"{module} has shrunk to {lines} lines: take it off the list"
        assert LONG[module]
    else:
        assert lines <= 500, f"{module} has {lines} lines: part it, or list it in LONG with a reason"


@pytest.mark.parametrize("module", [m for m in modules() if not m.startswith(NOT_PUBLIC)])
def test_public_modules_say_what_they_offer(module: str) -> None:
    tree = modules()[module]
    assert ast.get_docstring(tree), f"{module} needs a docstring"
    names = next((_all_of(node) for node in tree.body if _all_of(node) is not None), None)
    if names is None:
        assert module.endswith(("__init__.py", "__main__.py")), f"{module} needs __all__"
        return
    # As the linter sorts: constants, classes, then the rest; each alphabetical.
    assert len(names) == len(set(names)), f"{module}: __all__ repeats a name"
    assert names == sorted(names, key=_kind), f"{module}: __all__ is not sorted"
    assert len(names) <= 30, f"{module} offers {len(names)} names"
    made = set(_defined(tree))
    assert set(names) <= made, f"{module}: __all__ names what is not there: {sorted(set(names) - made)}"


def _kind(name: str) -> tuple[int, str]:
    if name.isupper():
        return 0, name
    return (1 if name[0].isupper() else 2), name


def _all_of(node: ast.stmt) -> list[str] | None:
    if isinstance(node, ast.Assign) and any(
        isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
    ):
        return [str(name) for name in ast.literal_eval(node.value)]
    return None


def _defined(tree: ast.Module) -> Iterator[str]:
    nodes = list(tree.body)
    if any(isinstance(node, ast.FunctionDef) and node.name == "__getattr__" for node in nodes):
        # it loads when asked what it imports for types
        nodes += (inner for node in nodes if isinstance(node, ast.If) for inner in node.body)
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            named = (t for target in node.targets for t in ast.walk(target))
            yield from (t.id for t in named if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name) for alias in node.names)


def test_the_domain_is_the_standard_library_only() -> None:
    for module, tree in modules().items():
        if room_of(module) == "domain":
            loaded = {name.split(".")[0] for name in imported(tree)}
            assert loaded <= sys.stdlib_module_names | {"readthrough"}, module
