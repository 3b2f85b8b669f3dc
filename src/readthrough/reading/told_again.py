"""Figures whose sentence leaves out what the one before it named: "The average is $2,155", "More than half came from online"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.fact_scene import RESULTS, Scene
from readthrough.reading.numbers import Quantity

__all__ = ["told_again"]

_LATELY: Final = 3  # figures back in which what is left out was named
_MEANS: Final = frozenset({"average", "mean", "median", "consensus", "average target", "mean target"})
_THAT: Final = lazily(
    r"\bthat (?:metric|figure|number|measure|share|proportion|ratio) (?:is|was|stands at|stood at|reached|will be)(?: (?:about|around|north of|more than|nearly|just|only|over))*\s$"
)
_CAME_FROM: Final = lazily(
    r"\s(?:came|comes|coming|is|was|stemmed|stems|derived|originated)\s(?:from|in|outside|through)\b"
)
_MADE_UP: Final = lazily(
    r"\b(?:made up|makes up|accounted for|accounts for|contributed|contributes|brought in|brings in|generated)\s(?:about |nearly |around |another |just |only |more than )*$"
)


def told_again(
    facts: list[Fact], scene: Scene, quantity: Quantity, binding: Binding | None
) -> Binding | None:
    """Name a figure as those just before it where its own words name nothing.

    Args:
        facts: Found so far.
        scene: Its sentence.
        quantity: The figure.
        binding: What its own words tell.
    """
    if (
        binding is None
        or not facts
        or binding.metric not in _MEANS | {"unspecified", "north", "metric", "figure", "number"}
    ):
        return binding
    late = [f for f in facts[-_LATELY:] if f.sentence >= scene.sentence.index - 1]
    if binding.metric in _MEANS:
        last = next((f for f in reversed(late) if f.unit is quantity.unit and not f.is_change), None)
        return replace(binding, metric=last.metric, segment=last.segment) if last else binding
    if _THAT.search(scene.lowered, max(scene.sentence.span.start, quantity.start - 60), quantity.start) and (
        last := next((f for f in reversed(late) if f.unit is quantity.unit), None)
    ):
        return replace(binding, metric=last.metric, segment=last.segment, change=last.change)
    if quantity.unit is Unit.PERCENT and not binding.is_change:
        last = next((f for f in reversed(late) if f.metric.startswith("share of ")), None)
        if last and _CAME_FROM.match(scene.lowered, quantity.end, scene.sentence.span.end):
            return replace(binding, metric=last.metric)
    if quantity.unit in MONEYS and quantity.scale not in {"", "cents", "pence"}:
        last = next((f for f in reversed(late) if f.metric in RESULTS and f.unit is quantity.unit), None)
        start = max(scene.sentence.span.start, quantity.start - 48)
        if last and _MADE_UP.search(scene.lowered, start, quantity.start):
            return replace(binding, metric=last.metric)
    return binding
