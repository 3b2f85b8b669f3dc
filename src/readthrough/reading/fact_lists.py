"""Figures that share their words with those beside them: lists, transitions, signs, names read as metrics."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Mention, Unit
from readthrough.domain.security import MARKS
from readthrough.reading.bound import RATES, Binding
from readthrough.reading.chains import PRICES
from readthrough.reading.fact_scene import Scene
from readthrough.reading.metrics import HOLDERS, move_direction
from readthrough.reading.numbers import Quantity
from readthrough.reading.price_moves import listed_owner
from readthrough.universe.master import Universe

__all__ = [
    "elliptic",
    "grown",
    "in_turn",
    "listed",
    "moved_alike",
    "of_a_name",
    "owned",
    "respective",
    "signed",
    "sold",
    "transitions",
]

_AND_BY: Final = frozenset({" and ", ", and ", " and by ", ", and by "})  # between two of a respective list
_AND: Final = lazily(r",? and (?:by )?|, (?:by )?|,? and (?:its |the |their )?|, (?:its |the |their )?")
_RESPECTIVELY: Final = lazily(r",? respectively\b")
_FROM: Final = ("from ", "from about ", "from around ", "from a ", "from just ")
_ON_TO: Final = lazily(
    r"(?:\s(?!and\b|or\b|but\b|to\b)[\w’'-]+){0,5} to (?:about |around |nearly |a |an |as much as |between |a record |just )*"
)
_RIGHT_BEFORE: Final = frozenset({" ", ", ", " by ", " about ", " another "})
_AND_OWN: Final = frozenset({" and ", "'s and ", "’s and "})


def transitions(lowered: str, quantities: tuple[Quantity, ...]) -> dict[int, Quantity]:
    """Find what each figure of "climbed from $11.2 billion to $12.4 billion" began at, by the place of the later."""
    return {
        second.start: first
        for first, second in pairwise(quantities)
        if first.unit is second.unit
        and first.high is None
        and lowered.endswith(_FROM, max(0, first.start - 12), first.start)
        and _ON_TO.fullmatch(lowered, first.end, second.start)
    }


def elliptic(
    facts: list[Fact], first: int, scene: Scene, quantity: Quantity, binding: Binding | None
) -> Binding | None:
    """Let "and net income 8% to $1 billion" move as what the list began with moved."""
    if (
        binding is None
        or binding.change is not None
        or quantity.unit is not Unit.PERCENT
        or len(facts) == first
    ):
        return binding
    metric = next((m for m in scene.metrics if m.start == binding.at), None)
    moved = next((f for f in facts[first:] if f.is_change and f.unit is Unit.PERCENT and f.change), None)
    if metric is None or moved is None or metric.start < moved.figure.end:
        return binding
    if metric.name not in HOLDERS or metric.name.endswith(("margin", "rate")):
        return binding
    if scene.lowered[metric.end : quantity.start] not in _RIGHT_BEFORE:
        return binding
    return replace(binding, is_change=True, change=moved.change)


def signed(scene: Scene, quantity: Quantity, binding: Binding | None) -> Binding | None:
    """Read the sign of "CPI +0.3%" and "like-for-like sales -2%" as the way the metric went."""
    if binding is None or binding.is_change or quantity.unit not in RATES or quantity.high is not None:
        return binding
    plus = scene.lowered[quantity.start - 1 : quantity.start] == "+" or (
        scene.lowered[quantity.start : quantity.start + 1] == "+"
    )
    if not plus and (quantity.value >= 0 or binding.metric.endswith("margin")):
        return binding
    return replace(binding, is_change=True, change=Direction.UP if plus else Direction.DOWN)


def of_a_name(scene: Scene, binding: Binding | None) -> Binding | None:
    """Read "SpringWorks rose 34%" as the price of a company that is not linked, not as a metric."""
    if binding is None or binding.metric in HOLDERS or not binding.is_change:
        return binding
    text = scene.article.text
    written = text[binding.at : binding.at + len(binding.metric)]
    if written.lower() != binding.metric or not written[:1].isupper():
        return binding
    opens = binding.at == scene.sentence.span.start  # every first word has a capital: look for it elsewhere
    if (
        opens
        and not re.search(rf"[a-z,] {re.escape(written)}\b", text)
        and not _EXPLAINED.match(text, binding.at + len(written))
    ):
        return binding
    return replace(binding, metric="share price")


_EXPLAINED: Final = lazily(
    r", (?:the|an?|whose|maker|owner) [^,;.]{4,80}, "
)  # a name is explained, a word is not
_PLACES: Final = frozenset(
    "africa asia europe china india japan germany france britain brazil mexico canada australia korea americas america international overseas domestic".split()
)
_SALES_LATELY: Final = 4  # figures back in which sales were told of


def sold(scene: Scene, binding: Binding | None, facts: list[Fact], universe: Universe) -> Binding | None:
    """Read on in "sales fell 3.8%; North America dropped 6.9%, Guinness rose 8%": neither has a price of shares."""
    if binding is None or not binding.is_change or binding.metric in HOLDERS.keys() - {"share price"}:
        return binding
    if all(fact.metric != "revenue" for fact in facts[-_SALES_LATELY:]):
        return binding
    named = next((m for m in scene.mentions if m.span.start == binding.at), None)
    if named is None:
        place = _PLACE.match(scene.article.text, binding.at)
        if place is None or place.group().lower().split()[-1] not in _PLACES:
            return binding
        return replace(binding, metric="revenue", segment=place.group())
    if not _is_brand(named, universe):
        return binding
    return replace(binding, metric="revenue", segment=named.surface)


def grown(scene: Scene, left: int, figure: int, universe: Universe) -> str:
    """Return the brand whose own growth a figure tells: "as Azure grows 34%" is not of the whole company."""
    last = next((m for m in reversed(scene.mentions) if left <= m.span.start and m.span.end <= figure), None)
    if last is None or not _GREW.fullmatch(scene.lowered, last.span.end, figure):
        return ""
    return last.surface.lower() if _is_brand(last, universe) else ""


def _is_brand(mention: Mention, universe: Universe) -> bool:
    """Tell whether a mention names what a company sells and nothing else: "Guinness", "Azure"."""
    kinds = {name.kind for name in universe.names.named(mention.surface)}
    return mention.via == "alias" and bool(kinds) and kinds <= MARKS


_GREW: Final = lazily(
    r" (?:\w+ly )?(?:grows?|grew|growing|jumps?|jumped|surges?|surged|rises?|rose|climbs?|climbed|soars?|soared|falls?|fell|drops?|dropped|declines?|declined|slows?|slowed|slides?|slid)(?: by| to)? "
)

_PLACE: Final = lazily(r"(?:(?:North|South|Latin|Greater|Western|Eastern|Middle) )?[A-Z][a-z]+")


def owned(
    binding: Binding, quantity: Quantity, respective: dict[int, tuple[Mention, Direction | None]]
) -> Binding:
    """Give a figure of a respective list to its own issuer, moving as the first of the list moved."""
    if quantity.start not in respective:
        return binding
    owner, change = respective[quantity.start]
    metric = "share price" if binding.metric in {"unspecified", "share price"} else binding.metric
    return replace(binding, metric=metric, at=owner.span.start, change=change, is_change=True)


def respective(scene: Scene, quantities: tuple[Quantity, ...]) -> dict[int, tuple[Mention, Direction | None]]:
    """Pair "Constellation Energy and Vistra added 2.5% and 3.0%" in order."""
    paired: dict[int, tuple[Mention, Direction | None]] = {}
    for first, second in pairwise(quantities):
        if first.unit is not Unit.PERCENT or second.unit is not Unit.PERCENT:
            continue
        if scene.lowered[first.end : second.start] not in _AND_BY:
            continue
        named = [m for m in scene.mentions if m.span.end <= first.start]
        for one, two in pairwise(named):
            if scene.lowered[one.span.end : two.span.start] in _AND_OWN and one.issuer_id != two.issuer_id:
                moves = scene.moves(two.span.end, first.start)
                change = move_direction(moves[-1]) if moves else None
                paired[first.start], paired[second.start] = (one, change), (two, change)
    return paired


def in_turn(scene: Scene, quantities: tuple[Quantity, ...]) -> dict[int, Binding]:
    """Bind "revenue, orders and profit rose 4%, 9% and 12%, respectively" in order, by where each figure starts."""
    found: dict[int, Binding] = {}
    for last, quantity in enumerate(quantities):
        if not _RESPECTIVELY.match(scene.lowered, quantity.end):
            continue
        first = last
        while first and _beside(scene, quantities[first - 1], quantities[first]):
            first -= 1
        row = quantities[first : last + 1]
        named = [m for m in scene.metrics if m.end <= row[0].start][-len(row) :]
        moves = scene.moves(named[-1].end, row[0].start) if named else ()
        apart = (scene.lowered[a.end : b.start] for a, b in pairwise(named))
        if len(row) < 2 or len(named) < len(row) or not moves or not all(map(_AND.fullmatch, apart)):
            continue
        change = move_direction(moves[-1])
        for metric, figure in zip(named, row, strict=True):
            found[figure.start] = Binding(metric=metric.name, at=metric.start, is_change=True, change=change)
    return found


def _beside(scene: Scene, one: Quantity, two: Quantity) -> bool:
    """Tell whether two percentages stand next to each other in a list."""
    both = one.unit is Unit.PERCENT and two.unit is Unit.PERCENT
    return both and _AND.fullmatch(scene.lowered, one.end, two.start) is not None


_ALIKE: Final = frozenset({", ", " and ", " & ", ", and ", ". and ", "., ", " or "})
_GROUP_OPENS: Final = lazily(
    r"(?:^|[;,]|\b(?:while|as|but|and|though|shares (?:of|in)|stocks (?:of|in)|like|including|such as|rivals|peers|both))\W*$"
)
_GROUP_MOVES: Final = lazily(
    r"\.?(?:['’]s?)?\s(?:shares\s|stocks\s|both\s|each\s|all\s|also\s|were\s|are\s|have\s|had\s)*(?=[a-z])[^,;.:]{0,50}$"
)


def moved_alike(scene: Scene, fact: Fact, at: int) -> tuple[Mention, ...]:
    """Return the others of "Boeing, Airbus and Embraer fell 2%": each of them moved so.

    Args:
        scene: The sentence.
        fact: The move of one of them.
        at: Where its metric or its owner stands.
    """
    if (
        fact.metric != "share price"
        or not fact.is_change
        or fact.issuer_id is None
        or len(scene.mentions) < 2
    ):
        return ()
    ahead = [m for m in scene.mentions if m.span.end <= fact.figure.start]
    place = next((i for i, m in enumerate(ahead) if m.issuer_id == fact.issuer_id and m.span.end >= at), None)
    if place is None:
        return ()
    text = scene.lowered
    left = right = place
    while left and text[ahead[left - 1].span.end : ahead[left].span.start] in _ALIKE:
        left -= 1
    while right + 1 < len(ahead) and text[ahead[right].span.end : ahead[right + 1].span.start] in _ALIKE:
        right += 1
    if left == right or not _GROUP_OPENS.search(text[scene.sentence.span.start : ahead[left].span.start]):
        return ()
    if not _GROUP_MOVES.fullmatch(text[ahead[right].span.end : fact.figure.start]):
        return ()
    others = {m.issuer_id: m for m in ahead[left : right + 1] if m.issuer_id != fact.issuer_id}
    return tuple(others.values())


def listed(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> Binding | None:
    """Read on in a list of price moves: "RH fell 12.4%, Wayfair 9.8% and Williams-Sonoma 6.1%"."""
    if len(facts) == first or quantity.unit is not Unit.PERCENT:
        return None
    moved = next((f for f in reversed(facts[first:]) if f.metric in PRICES and f.is_change), None)
    named = next((m for m in reversed(scene.metrics) if m.end <= quantity.start), None)
    if moved is not None and named is not None and named.name in PRICES and named.start >= moved.figure.end:
        if scene.lowered[named.end : quantity.start] in _RIGHT_BEFORE:
            return Binding(metric=named.name, at=named.start, is_change=True, change=moved.change)
        return None
    last = moved if moved is not None and moved.metric == "share price" else None
    owner = listed_owner(scene.lowered, quantity, scene.mentions) if last is not None else None
    if owner is None or last is None or owner.span.start < last.figure.end:
        return None
    return Binding(metric="share price", at=owner.span.start, is_change=True, change=last.change)
