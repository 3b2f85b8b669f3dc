"""Measures the whole reading, composed and with the model, on the sets that the model alone is measured on.

A set that marks its targets is read with them linked, whoever they are: what is measured is the side, not the linking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.ports import SentenceReader
from readthrough.domain.reading import Mention
from readthrough.domain.security import Issuer, IssuerId
from readthrough.encoder.reader import Encoder
from readthrough.reading.linking import Links, link
from readthrough.reading.read import read, read_linked
from readthrough.reading.sentences import split_sentences
from readthrough.reading.subjects import cast_of
from readthrough.training.assemble import kept_apart
from readthrough.training.examples import Example
from readthrough.training.measure import (
    PARTED,
    Figure,
    class_figures,
    score_figures,
    scored_targets,
    sentences,
    wanted_of,
)
from readthrough.universe import load_universe
from readthrough.universe.master import Universe

__all__ = ["beside_rules", "measured_together", "scores"]

NEUTRAL_BELOW: Final = 0.1
"""A score nearer to nothing than this takes no side."""

_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
_GIVEN: Final = IssuerId("given")


def measured_together(
    universe: Universe, reader: SentenceReader | None, folder: Path, test: Sequence[Example]
) -> Iterator[Figure]:
    """Measure sides on every set there is.

    Args:
        universe: Whom names can mean, besides the marked targets.
        reader: The model, or None for the composed reading alone.
        folder: Where the public sets lie; those missing are left out.
        test: What `assemble.kept_apart` found.
    """
    sets = [(f"phrasebank {part}", sentences(folder, part)) for part in ("AllAgree", "50Agree")]
    sets += [(name, [e for e in test if e.source in sources]) for name, sources in PARTED.items()]
    for name, examples in sets:
        if examples:
            found = scores(examples, universe, reader)
            sides = np.where(np.abs(found) < NEUTRAL_BELOW, 1, np.where(found > 0, 2, 0))
            yield from class_figures(name, sides, wanted_of(examples))
    examples = scored_targets(folder)
    if examples:
        found = scores(examples, universe, reader)
        yield from score_figures("fiqa and semeval", found, np.array([e.score or 0.0 for e in examples]))


def beside_rules(data: Path, model: Path) -> list[tuple[str, list[Figure]]]:
    """Measure the composed reading alone and with the model in a folder, for a model's card."""
    universe, test = load_universe(), kept_apart(data)
    readers: tuple[tuple[str, SentenceReader | None], ...] = (("rules", None), ("both", Encoder.load(model)))
    return [(name, list(measured_together(universe, reader, data, test))) for name, reader in readers]


def scores(
    examples: Sequence[Example], universe: Universe, reader: SentenceReader | None
) -> NDArray[np.float64]:
    """Score every text, or the target marked in it, in [-1, 1]; 0 where nothing is said.

    Shape: (examples,).
    """
    wider = universe.beside([Issuer(id=_GIVEN, name="the company that is marked")])
    return np.array([_score(example, wider, reader) or 0.0 for example in examples])


def _score(example: Example, universe: Universe, reader: SentenceReader | None) -> float | None:
    article = Article(id=ArticleId("x"), headline=example.text, body="", received_at=_ANY_DAY)
    if not example.spans:
        return read(article, universe, version="train", reader=reader).sentiment.score
    parted = split_sentences(article)
    links = link(article, parted, universe)
    target, mentions = _marked(links.mentions, [Span(*s) for s in example.spans], example.text)
    cast = cast_of(mentions, parted, article.text, backers=links.cast.backers)
    marked = Links(mentions=mentions, unlinked=links.unlinked, cast=cast)
    reading = read_linked(article, parted, marked, universe, version="train", reader=reader)
    return next((t.score for t in reading.tickers if t.issuer_id == target), None)


def _marked(
    mentions: Sequence[Mention], spans: Sequence[Span], text: str
) -> tuple[IssuerId, tuple[Mention, ...]]:
    """Link the marked places to whom most of them were linked to, else to somebody unknown."""
    within = [m for m in mentions if any(s.covers(m.span) or m.span.covers(s) for s in spans)]
    target = within[0].issuer_id if within else _GIVEN
    apart = [m for m in mentions if not any(m.span.start < s.end and s.start < m.span.end for s in spans)]
    marks = [Mention(issuer_id=target, span=s, surface=s.of(text), via="name", confidence=1.0) for s in spans]
    return target, tuple(sorted([*apart, *marks], key=lambda m: m.span.start))
