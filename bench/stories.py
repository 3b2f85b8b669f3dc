"""Grouping articles into stories, with many before them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from bench.articles import articles_of_300_words
from bench.results import Result
from readthrough.domain.article import ArticleId
from readthrough.domain.story import Fingerprint
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.read import read
from readthrough.reading.sketch import PLACES
from readthrough.reading.story_traits import Traits, pack, traits_of
from readthrough.universe import load_universe

__all__ = ["run"]

_HELD = 200_000
_MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def run() -> Iterator[Result]:
    """Measure grouping with 200,000 fingerprints held, or as many as BENCH_STORIES says."""
    held = int(os.environ.get("BENCH_STORIES", _HELD))
    universe = load_universe()
    articles = articles_of_300_words(300)
    readings = [read(article, universe, version="bench") for article in articles]
    models = [traits_of(a, r, _MOMENT) for a, r in zip(articles, readings, strict=True)]
    before = _resident()
    begun = process_time()
    index = StoryIndex(_others(models, held), capacity=held)
    filled = process_time() - begun
    grown = _resident() - before
    yield Result(
        bench="stories.remembered_per_s",
        value=held / filled,
        words=f"stories: {held:,} fingerprints made and filed in {filled:.1f} s, as after a restart",
    )
    yield Result(
        bench="stories.bytes_per_fingerprint",
        value=grown / held,
        words=f"stories: {grown / held:.0f} bytes a fingerprint with its keys, {grown / 1e6:.0f} MB for {held:,}",
    )
    begun = process_time()
    for number, (article, reading) in enumerate(zip(articles, readings, strict=True)):
        index.group(article, reading, _MOMENT + timedelta(minutes=number))
    spent = process_time() - begun
    yield Result(
        bench="stories.grouped_per_s",
        value=len(articles) / spent,
        words=f"stories: {len(articles) / spent:.0f} articles of 300 words grouped a second among {held:,}"
        f" ({spent / len(articles) * 1000:.2f} ms each)",
    )


def _others(models: list[Traits], count: int) -> Iterator[Fingerprint]:
    """Fingerprints as a wire of 20,000 issuers would leave them, none alike in words."""
    chance = random.Random(7)  # noqa: S311
    start = _MOMENT.timestamp() - count * 6.0
    for number in range(count):
        model = models[number % len(models)]
        issuer = chance.randrange(20_000)
        traits = replace(
            model,
            told_at=start + number * 6.0,
            words_id=number,
            sketch=chance.randbytes(PLACES),
            main=[issuer],
            events=[issuer * 64 + event % 64 for event in model.events[:2]],
            figures=[figure ^ chance.randrange(1 << 16) for figure in model.figures],
            names=[chance.randrange(1 << 16) for _ in model.names],
        )
        yield Fingerprint(
            article_id=ArticleId(f"art_{number:020x}"),
            story_id=f"sto_{number:020x}",
            known_at=traits.told_at,
            traits=pack(traits),
        )


def _resident() -> int:
    """Bytes of memory this process holds now; none where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
