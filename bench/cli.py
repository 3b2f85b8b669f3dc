"""Whole processes: `readthrough --help` and `readthrough analyze` of one file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.articles import articles_of_300_words
from bench.results import Result, median_seconds

__all__ = ["run"]


def run() -> Iterator[Result]:
    """Measure start to end of a process, median of nine."""
    command = str(Path(sys.executable).with_name("readthrough"))
    bare = median_seconds(lambda: _process([sys.executable, "-c", "pass"]), runs=9)
    helped = median_seconds(lambda: _process([command, "--help"]), runs=9)
    yield _result("cli.help_s", helped, bare, "readthrough --help")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        article = articles_of_300_words(1)[0]
        path.write_text(article.headline + "\n\n" + article.body, encoding="utf-8")
        analyzed = median_seconds(lambda: _process([command, "analyze", str(path)]), runs=9)
    yield _result("cli.analyze_s", analyzed, bare, "readthrough analyze of one file of 300 words")


def _result(name: str, seconds: float, bare: float, what: str) -> Result:
    words = f"{what}: {seconds:.3f} s, process start included (python -c pass: {bare:.3f} s)"
    return Result(bench=name, value=seconds, words=words, against="python -c pass", ratio=bare / seconds)


def _process(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
