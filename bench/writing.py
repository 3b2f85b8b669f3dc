"""The writing room: loading playbooks and graph, and one note; then reading and writing together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from bench.articles import articles_of_300_words, real_pages
from bench.results import Result
from readthrough.desk.flow import analyze
from readthrough.domain.article import Article
from readthrough.domain.story import Story
from readthrough.reading.patterns import prepare
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe
from readthrough.writing.write import Playbooks, load_playbooks, write

__all__ = ["run"]


def run() -> Iterator[Result]:
    """Measure load seconds, milliseconds a note, and articles a second from words to note."""
    begun = perf_counter()
    universe = load_universe()
    _ = universe.graph
    playbooks = load_playbooks()
    loaded = perf_counter() - begun
    yield Result(
        bench="writing.load_s", value=loaded, words=f"universe, graph and playbooks loaded in {loaded:.3f} s"
    )
    now = datetime(2026, 11, 20, tzinfo=UTC)
    articles = articles_of_300_words(100)
    story = Story(id="story", novelty=1.0)
    times = []
    for article in articles:
        reading = read(article, universe, version="bench")
        begun = process_time()
        write(
            article, reading, story, (), playbooks=playbooks, universe=universe, version="bench", known_at=now
        )
        times.append(process_time() - begun)
    p50 = sorted(times)[len(times) // 2] * 1000
    yield Result(
        bench="writing.p50_ms", value=p50, words=f"writing a note: {p50:.2f} ms at the median, one core"
    )
    prepare()
    yield from _together(universe, playbooks, now)


def _together(universe: Universe, playbooks: Playbooks, now: datetime) -> Iterator[Result]:
    """Read and write pages none of which was met before: a new page brings new words."""
    dense = articles_of_300_words(150)
    yield _rate("writing.noted_articles_per_s", "dense pages of 300 words", dense, universe, playbooks, now)
    data = os.environ.get("READTHROUGH_DATA")
    if data and (pages := real_pages(Path(data), 600)):
        yield _rate(
            "writing.noted_real_pages_per_s",
            "real pages cut to 300 words",
            pages,
            universe,
            playbooks,
            now,
        )


def _rate(
    bench: str,
    what: str,
    articles: list[Article],
    universe: Universe,
    playbooks: Playbooks,
    now: datetime,
) -> Result:
    warm = len(articles) // 6
    for article in articles[:warm]:
        analyze(article, universe=universe, playbooks=playbooks, now=now)
    begun = process_time()
    for article in articles[warm:]:
        analyze(article, universe=universe, playbooks=playbooks, now=now)
    rate = (len(articles) - warm) / (process_time() - begun)
    words = f"reading and writing together: {rate:.0f} {what} a second on one core"
    return Result(bench=bench, value=rate, words=words)
