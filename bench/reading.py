"""The reading room on one core, beside the naive way to find companies in a text."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from time import process_time

from bench.articles import articles_of_300_words
from bench.results import Result
from readthrough.domain.article import Article
from readthrough.reading.linking import link
from readthrough.reading.read import read
from readthrough.reading.sentences import split_sentences
from readthrough.universe import load_universe
from readthrough.universe.master import Universe

__all__ = ["run"]


def run() -> Iterator[Result]:
    """Measure articles a second of CPU time, and memory after."""
    universe = load_universe()
    articles = articles_of_300_words(200)
    for article in articles[:20]:
        read(article, universe, version="bench")
    begun = process_time()
    for article in articles:
        read(article, universe, version="bench")
    rate = len(articles) / (process_time() - begun)
    yield Result(
        bench="reading.articles_per_s",
        value=rate,
        words=f"reading: {rate:.0f} articles of 300 words a second on one core",
    )
    yield _linking(articles[:40], universe)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Result(
        bench="reading.rss_mb",
        value=rss,
        words=f"memory after reading 200 articles: {rss:.0f} MB at the most",
    )


def _linking(articles: list[Article], universe: Universe) -> Result:
    cut = [(a, split_sentences(a)) for a in articles]
    begun = process_time()
    for article, sentences in cut:
        link(article, sentences, universe)
    ours = (process_time() - begun) / len(articles) * 1000
    names = [text for issuer in universe.issuer_ids for text in universe.names.texts_of(issuer)]
    begun = process_time()
    for article, _ in cut:
        text = article.text
        _ = [name for name in names if name in text]
    naive = (process_time() - begun) / len(articles) * 1000
    return Result(
        bench="reading.linking_ms",
        value=ours,
        words=f"linking: {ours:.2f} ms an article; looking for each of {len(names):,} names in turn: {naive:.2f} ms",
        against="naive dictionary scan",
        ratio=naive / ours,
    )
