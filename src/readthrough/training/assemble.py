"""Puts together what is learnt from: public sets by split, composed text, weak labels from the rules."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.read import read
from readthrough.training import corpora
from readthrough.training.examples import Example, fold
from readthrough.training.synthesis import company_names, composed
from readthrough.universe.master import Universe

__all__ = ["Learning", "assemble", "kept_apart"]

_FOUND: Final = 0.6  # weight of parents the rules found: they are right about nine times in ten
_NOT_FOUND: Final = 0.15  # and of their silence, which means less
_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """The splits, and what was left out of training because a measuring set holds it too."""

    train: tuple[Example, ...]
    development: tuple[Example, ...]
    test: tuple[Example, ...]
    left_out: int


def assemble(folder: Path, universe: Universe, *, seed: int, weak: bool = True) -> Learning:
    """Read the sets, compose the rest, and shuffle the training part.

    Args:
        folder: Where the public sets lie.
        universe: Names for composed text, and what the rules read with.
        seed: Of composition and order.
        weak: Whether the rules label event parents of public headlines; takes a minute.
    """
    rows = _rows(folder)
    held = _folded(e for part, e in rows if part != "train")
    barred = corpora.forbidden_texts(folder) | held
    given = [e for part, e in rows if part == "train"]
    train = [e for e in given if fold(e.text) not in barred]
    learnt = _folded(train)
    if weak:
        train = list(_with_parents(train, universe))
    train += [e for e in train if "conflict" in e.source]  # opposite sides are rare and hard: seen twice
    train += [e for e in corpora.commodity_sentences(folder) if fold(e.text) not in barred]
    names = company_names([issuer.name for i in universe.issuer_ids if (issuer := universe.issuer(i))])
    train += composed(names, seed=seed, events=12, registers=22, joined=1200, quantities=7000, noise=16)
    random.Random(seed).shuffle(train)  # noqa: S311 - order, not secrets
    return Learning(
        train=tuple(train),
        development=tuple(_measuring(rows, "development", learnt)),
        test=tuple(_measuring(rows, "test", learnt)),
        left_out=len(given) - sum(fold(e.text) not in barred for e in given),
    )


def kept_apart(folder: Path) -> tuple[Example, ...]:
    """Return the test part alone: of the public sets that train, what no training text is equal to."""
    rows = _rows(folder)
    barred = corpora.forbidden_texts(folder) | _folded(e for part, e in rows if part != "train")
    learnt = _folded(e for part, e in rows if part == "train") - barred
    return tuple(_measuring(rows, "test", learnt))


def _rows(folder: Path) -> list[tuple[str, Example]]:
    return [
        *corpora.tweets(folder),
        *corpora.tweets(folder, valid=True),
        *corpora.sentfin(folder),
        *corpora.finentity(folder),
    ]


def _folded(examples: Iterable[Example]) -> set[str]:
    return {fold(e.text) for e in examples}


def _measuring(rows: Iterable[tuple[str, Example]], part: str, learnt: set[str]) -> Iterator[Example]:
    return (e for p, e in rows if p == part and fold(e.text) not in learnt)


def _with_parents(examples: Sequence[Example], universe: Universe) -> Iterator[Example]:
    """Give each text the event parents the rules find in it: weak, and weighed so."""
    known: dict[str, frozenset[str]] = {}
    for example in examples:
        text = example.text
        if text not in known:
            article = Article(id=ArticleId("x"), headline=text, body="", received_at=_ANY_DAY)
            known[text] = frozenset(event.parent for event in read(article, universe, version="train").events)
        parents = known[text]
        yield replace(example, parents=parents, parents_weight=_FOUND if parents else _NOT_FOUND)
