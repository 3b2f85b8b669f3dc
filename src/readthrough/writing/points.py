"""The points an analyst would list: event, figures against expectations, outlook, terms, reaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from readthrough.domain.reading import Fact, Modality
from readthrough.writing.metrics import CORE
from readthrough.writing.scene import Scene

__all__ = ["points_of"]

_TERMS: Final = frozenset(
    "deal value,premium,fine,settlement,dividend,buyback,stake,offering size,ipo price,price target,savings,impairment,charge,"
    "provisions,jobs,job cuts,capex,investment,tariff,funding".split(",")
)
_MACRO: Final = frozenset(
    "inflation,interest rate,payrolls,unemployment rate,gdp,retail sales,commodity price,exchange rate,house prices".split(
        ","
    )
)
_STRONG: Final = 0.35  # an event weaker than this is a mention in passing


def points_of(scene: Scene) -> Mapping[int, frozenset[str]]:
    """Say which points each sentence tells, by sentence index; a sentence that tells none is left out."""
    found: dict[int, set[str]] = defaultdict(set)
    primary = scene.primary.issuer_id if scene.primary else None
    for fact in scene.reading.facts:
        if not fact.background and (primary is None or fact.issuer_id in (None, primary)):
            point = _point_of(fact)
            if point:
                found[_body_sentence(scene, fact)].add(point)
    for event in scene.reading.events:
        if not event.background and event.strength >= _STRONG and event.issuer_id in (None, primary):
            found[event.sentence].add(f"event {event.parent}")
    return {index: frozenset(points) for index, points in found.items()}


def _body_sentence(scene: Scene, fact: Fact) -> int:
    """A headline's figure is told in full by the first sentence of the body that repeats it."""
    sentences = scene.reading.sentences
    if not any(s.headline and s.index == fact.sentence for s in sentences):
        return fact.sentence
    said = scene.quoted(fact)
    repeats = (s for s in sentences if not s.headline and said and said in s.span.of(scene.text))
    return next((s.index for s in repeats), fact.sentence)


def _point_of(fact: Fact) -> str:
    if fact.metric == "share price":
        return "reaction" if fact.is_change and not fact.vs_expectation else ""
    if fact.metric in ("index", "bond yield"):
        return fact.metric
    if fact.metric in _MACRO:
        return "figure" if fact.modality is Modality.ACTUAL else "outlook"
    if fact.metric in CORE:
        if fact.modality is Modality.PLANNED:
            return "outlook"
        return f"{fact.metric} expected" if fact.vs_expectation else f"{fact.metric} {fact.segment}".strip()
    return fact.metric if fact.metric in _TERMS else ""
