"""The reading room on one core: the whole of it, linking beside its rivals, memory, and time over length."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import length, linking
from bench.articles import WORDS, articles_of_300_words, natural_articles, words_of
from bench.results import Result, least_seconds
from bench.universes import write_overlay
from readthrough.domain.article import Article
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe

__all__ = ["main", "run"]

_ISSUERS = 20_000


def run() -> Iterator[Result]:
    """Measure articles a second of processor time, linking, time over length, and memory."""
    universe = load_universe()
    dense, natural = articles_of_300_words(200), natural_articles()
    yield from _rates(dense, natural, universe)
    yield from linking.run(dense[:40], natural, universe)
    yield from length.run(universe)
    yield _memory(universe)


def _rates(dense: list[Article], natural: list[Article], universe: Universe) -> Iterator[Result]:
    _read_all(dense[:20], universe)
    works = {
        "dense": partial(_read_all, dense, universe),
        "natural": partial(_read_all, natural * 4, universe),  # as many as to last about as long
    }
    spent = least_seconds(works, rounds=3)
    rate = words_of(dense) / WORDS / spent["dense"]
    words = f"reading: {rate:.0f} dense pages of 300 words a second on one core (each joins 2-5 stories)"
    yield Result(bench="reading.articles_per_s", value=rate, words=words)
    rate = words_of(natural * 4) / WORDS / spent["natural"]
    words = (
        f"reading: {rate:.0f} natural articles of 300 words a second on one core ({len(natural)} single stories"
        f" of {words_of(natural) / len(natural):.0f} words at the mean, counted by their words)"
    )
    yield Result(bench="reading.natural_articles_per_s", value=rate, words=words)


def _read_all(articles: list[Article], universe: Universe) -> None:
    for article in articles:
        read(article, universe, version="bench")


def _memory(universe: Universe) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        write_overlay(Path(folder), universe, _ISSUERS - len(universe))
        command = [sys.executable, "-m", "bench.reading", folder]
        ended = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    issuers, articles, peak = map(int, ended.stdout.split())
    megabytes = peak / 1024
    words = (
        f"memory: {megabytes:.0f} MB at the most in a process of its own that holds {issuers:,} issuers"
        f" and has read {articles} articles"
    )
    return Result(bench="reading.rss_mb", value=megabytes, words=words)


def main(overlay: str) -> None:
    """Read with an overlay; print the count of issuers, of articles, and the most kilobytes that were held."""
    universe = load_universe(Path(overlay))
    articles = [*articles_of_300_words(200), *natural_articles()]
    _read_all(articles, universe)
    print(len(universe), len(articles), _peak_kilobytes())


def _peak_kilobytes() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count the parent's memory too: its peak is handed on when a process is started
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line[:5] == "VmHWM")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    main(sys.argv[1])
