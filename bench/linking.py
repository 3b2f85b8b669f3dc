"""Finding whom a text means: beside the naive dictionary and spaCy's entity ruler, and in larger universes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench.results import Result, least_seconds
from bench.rivals import Rival, RivalMissingError
from bench.universes import all_names, sized
from readthrough.domain.article import Article
from readthrough.domain.reading import Sentence
from readthrough.reading.linking import link
from readthrough.reading.sentences import split_sentences
from readthrough.universe import Universe

__all__ = ["run"]

_SPACY = "spaCy blank English with an entity ruler"
_NAIVE = "naive dictionary scan"
_SIZES = (5_000, 10_000, 20_000)

Cut = list[tuple[Article, tuple[Sentence, ...]]]


def run(dense: list[Article], natural: list[Article], universe: Universe) -> Iterator[Result]:
    """Measure milliseconds an article on dense and natural pages, and what a larger universe adds."""
    parts = {"dense": dense, "natural": natural}
    names = all_names(universe)
    missing = ""
    with ExitStack() as stack:
        works: dict[str, Callable[[], float | None]] = {}
        for part, articles in parts.items():
            works[f"link {part}"] = partial(_link, _cut(articles), universe)
            works[f"cut and link {part}"] = partial(_cut_and_link, articles, universe)
            works[f"naive {part}"] = partial(_scan, articles, names)
        try:
            material = {"names": names, "texts": {p: [a.text for a in kept] for p, kept in parts.items()}}
            rival = stack.enter_context(Rival(Path(__file__).with_name("rival_spacy.py"), material))
            works |= {f"spacy {part}": partial(rival.round, part) for part in parts}
        except RivalMissingError as error:
            missing = str(error)
        spent = least_seconds(works, rounds=5)
    for part, articles in parts.items():
        each = {
            name: spent[f"{name} {part}"] / len(articles) * 1000 for name in ("link", "cut and link", "naive")
        }
        prefix = "reading.linking" if part == "dense" else "reading.natural_linking"
        ours = each["link"]
        yield Result(
            bench=f"{prefix}_ms",
            value=ours,
            words=f"linking: {ours:.2f} ms a {part} article; looking for each of {len(names):,} names in turn:"
            f" {each['naive']:.2f} ms",
            against=_NAIVE,
            ratio=each["naive"] / ours,
        )
        theirs = None if missing else spent[f"spacy {part}"] / len(articles) * 1000
        yield _beside_spacy(f"{prefix}_vs_spacy", part, each["cut and link"], theirs, missing)
    yield from _growth([*dense, *natural], universe)


def _beside_spacy(bench: str, part: str, ours: float, theirs: float | None, missing: str) -> Result:
    if theirs is None:
        words = f"linking beside {_SPACY}: not measured, it cannot be had here ({missing})"
        return Result(bench=bench, value=None, words=words)
    ratio = theirs / ours
    words = (
        f"sentences and linking: {ours:.2f} ms a {part} article; {_SPACY}, the same names: {theirs:.2f} ms"
        f" ({ratio:.1f} times as long; it knows neither traps nor \u201cthe company\u201d)"
    )
    return Result(bench=bench, value=ratio, words=words, against=_SPACY, ratio=ratio)


def _growth(articles: list[Article], universe: Universe) -> Iterator[Result]:
    cut = _cut(articles)
    found = {m.issuer_id for article, sentences in cut for m in link(article, sentences, universe).mentions}
    told = "\n".join(article.text for article in articles)
    universes = {size: sized(universe, size, keep=found, apart_from=told) for size in _SIZES}
    counts = {size: sum(len(link(a, s, own).mentions) for a, s in cut) for size, own in universes.items()}
    works: dict[str, Callable[[], float | None]] = {}
    for size, own in universes.items():
        works[f"ours {size}"] = partial(_link, cut, own)
        works[f"naive {size}"] = partial(_scan, articles[:10], all_names(own))
    spent = least_seconds(works, rounds=5)
    least, most = _SIZES[0], _SIZES[-1]
    ours, naive = (spent[f"{who} {most}"] / spent[f"{who} {least}"] for who in ("ours", "naive"))
    middle = spent[f"ours {_SIZES[1]}"] / spent[f"ours {least}"]
    yield Result(
        bench="reading.linking_growth",
        value=ours,
        words=f"linking among {most:,} issuers takes {ours:.2f} times as long as among {least:,}"
        f" (among {_SIZES[1]:,}: {middle:.2f}; mentions {' '.join(map(str, counts.values()))});"
        f" the naive dictionary {naive:.2f} times",
        against=_NAIVE,
        ratio=naive / ours,
    )


def _cut(articles: list[Article]) -> Cut:
    return [(article, split_sentences(article)) for article in articles]


def _link(cut: Cut, universe: Universe) -> None:
    for article, sentences in cut:
        link(article, sentences, universe)


def _cut_and_link(articles: list[Article], universe: Universe) -> None:
    _link(_cut(articles), universe)


def _scan(articles: list[Article], names: list[str]) -> None:
    for article in articles:
        text = article.text
        _ = [name for name in names if name in text]
