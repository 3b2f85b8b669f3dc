"""What is imported is what is named in pyproject.toml, and what is locked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


OPTIONAL = {"torch", "transformers", "anthropic", "openai", "pydantic_ai"}
"""Loaded only where somebody has installed them: for weights that are no ONNX file, and for language models."""

AWAITED: set[str] = set()
"""Named before the code that loads them is here; this set only shrinks."""


BY_OTHERS = {"websockets"}
"""Named because a library of ours loads it: uvicorn speaks websockets with it."""


def named() -> set[str]:
    return {canonical(re.split(r"[<>=!~\[ ;]", line, maxsplit=1)[0]) for line in PROJECT["dependencies"]}


def extras() -> set[str]:
    """Distributions that an extra brings: loaded where it is installed."""
    lines = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    return {canonical(re.split(r"[<>=!~\[ ;]", line, maxsplit=1)[0]) for line in lines} - named()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def loaded() -> set[str]:
    """Distributions behind every third-party module that the package imports."""
    modules: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    foreign = modules - sys.stdlib_module_names - {"readthrough"} - OPTIONAL
    by_module = packages_distributions()
    return {canonical(name) for module in foreign for name in by_module[module]}


def test_every_import_is_named_and_every_name_imported() -> None:
    assert loaded() - extras() - AWAITED == named() - AWAITED - BY_OTHERS


def test_training_imports_what_its_extra_names() -> None:
    modules: set[str] = set()
    for path in (ROOT / "src" / "readthrough" / "training").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    extra = {re.split(r"[<>=]", line)[0] for line in PROJECT["optional-dependencies"]["train"]}
    assert modules - sys.stdlib_module_names - {"readthrough"} - named() == extra


def test_only_the_room_of_language_models_loads_their_libraries() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        if "language_model" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                )
                assert not {n.split(".")[0] for n in names} & {"anthropic", "openai", "pydantic_ai"}, path
    extra = {re.split(r"[<>=\[]", line)[0] for line in PROJECT["optional-dependencies"]["llm"]}
    assert extra == {"pydantic-ai-slim"}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_every_dependency_with_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pinned = {canonical(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    assert named() <= pinned
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]
