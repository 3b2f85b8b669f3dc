"""The points an analyst would list: event, figures against expectations, outlook, terms, reaction."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.reading import Fact, Modality
from readthrough.writing.metrics import CORE
from readthrough.writing.scene import Scene

__all__ = ["Ledger", "ledger_of"]

_NO_POINT: Final = frozenset(
    {"unspecified", "people", "temperature", "distance", "time", "market value", "valuation"}
)
_MACRO: Final = frozenset(
    "inflation,interest rate,payrolls,unemployment rate,gdp,retail sales,commodity price,exchange rate,house prices".split(
        ","
    )
)
_TALKING: Final = (
    "you",
    "i ",
    "i'",
    "i’",
    " my ",
    "my ",
    " me",
    "let's",
    "let’s",
    "we're",
    "we’re",
    "y'all",
    "y’all",
)
_STRONG: Final = 0.35  # an event weaker than this is a mention in passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What each sentence of an article carries, by sentence index; made once per article."""

    points: Mapping[int, frozenset[str]]
    facts: Mapping[int, Sequence[Fact]]
    events: Mapping[int, Mapping[str, float]]  # strength by type
    naming: frozenset[int]  # sentences that name the primary company
    talks: bool = True  # whether a word by which a writer speaks of himself or to his reader stands anywhere


def ledger_of(scene: Scene) -> Ledger:
    """Enter the live facts and events of an article under the sentence that tells them best."""
    points: dict[int, set[str]] = defaultdict(set)
    facts: dict[int, list[Fact]] = defaultdict(list)
    events: dict[int, dict[str, float]] = defaultdict(dict)
    primary = scene.primary.issuer_id if scene.primary else None
    for fact in scene.reading.facts:
        if fact.background:
            continue
        home = _body_sentence(scene, fact)
        for place in {home, fact.sentence}:
            facts[place].append(fact)
        point = _point_of(fact) if primary is None or fact.issuer_id in (None, primary) else ""
        if point:
            points[home].add(point)
    for event in scene.reading.events:
        if not event.background:
            events[event.sentence][event.type] = event.strength
            if event.strength >= _STRONG and event.issuer_id in (None, primary):
                points[event.sentence].add(f"event {event.parent}")
    return Ledger(
        points={index: frozenset(found) for index, found in points.items()},
        facts=facts,
        events=events,
        naming=_naming(scene, primary),
        talks=any(sign in scene.lowered for sign in _TALKING),
    )


def _naming(scene: Scene, primary: str | None) -> frozenset[int]:
    if primary is None:
        return frozenset()
    starts = sorted(m.span.start for m in scene.reading.mentions if m.issuer_id == primary)
    sentences = scene.reading.sentences
    return frozenset(
        s.index for s in sentences if bisect_left(starts, s.span.start) < bisect_left(starts, s.span.end)
    )


def _body_sentence(scene: Scene, fact: Fact) -> int:
    """A headline's figure is told in full by the first sentence of the body that repeats it."""
    home = scene.sentence(fact.sentence)
    if home is None or not home.headline:
        return fact.sentence
    said = scene.quoted(fact)
    repeats = (
        s for s in scene.reading.sentences if not s.headline and said and said in s.span.of(scene.text)
    )
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
            return f"outlook {fact.metric}"
        return f"{fact.metric} expected" if fact.vs_expectation else f"{fact.metric} {fact.segment}".strip()
    return "" if fact.metric in _NO_POINT else fact.metric
