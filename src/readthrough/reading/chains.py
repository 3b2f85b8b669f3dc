"""Read on from one figure to the next: "rose 3% to $33 billion", "up 2% at 641p, a gain of 11p"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Unit
from readthrough.reading.bound import MONEYS, RATES, Binding
from readthrough.reading.fact_scene import RESULTS, Scene
from readthrough.reading.metrics import MOVE, move_direction
from readthrough.reading.movement import ADJACENT, MOVE_AFTER, noun_direction
from readthrough.reading.numbers import Quantity

__all__ = ["PRICES", "chained", "past_conversion", "to_a_price"]

PRICES: Final = frozenset(
    {"share price", "index", "oil price", "gold price", "commodity price", "exchange rate", "bond price"}
)
_CHAIN: Final = lazily(
    r"(?=.{0,29}$),?\s*(?:to|or|and|by|at|reaching|totall?ing|an?|about|,|\s|up|down|from|record|of|the|firmer|weaker|lower|higher|better|adrift|close|closing|end|finish|trade|\()*"
    r"|,? from (?:a year (?:ago|earlier)|\w+|the (?:prior|previous|same) \w+)(?: \w+)?,? and "
)
# "to grow 7.5% this year and 7.3% in 2031": the same of another year
_NEXT_YEAR: Final = lazily(
    r" (?:this|next|last|the (?:current|following|previous)|in (?:the )?(?:first|second|third|fourth)|in|for|by) ?(?:fiscal |financial )?(?:year|quarter|month|half|20\d\d|fy\d\d)?,? and (?:then |(?:by |of |about |around |a further )?)"
)
_TRAILED: Final = lazily(
    r"[^;.:]{0,50},\s(?:and\s)?(?:up|down|or|(?:a|an) (?:rise|increase|gain|drop|fall|decline|jump) of)\s(?:about |nearly |some |roughly )?"
)
_THAN: Final = lazily(r"\s(fewer|more|less|higher|lower|better) than\b")
_APART: Final = lazily(r"[^;.:]{0,60},\s(?:some |about |nearly |roughly )?")
_AIMED: Final = lazily(
    r"\b(?:expects?|sees|forecasts?|guidance|target|goal|plan|aims?|aiming|estimates?)\b[^;.]{0,30}$"
)
_TO_A_PRICE: Final = lazily(
    r"[^;:]{0,45}\b(?:to|at)\s(?:a |an |the )?(?:record |around |about |close |closing )*$"
)
_SHARES: Final = lazily(r"\b(?:shares|stock|share price|adrs|(?:top|best|worst)[ -]perform(?:er|ing))\b")
_KNOCKED: Final = lazily(r"\b(?:knock\w*|wip\w+|off)\s(?:about |nearly |as much as |more than |another )?$")
# what may stand between an issuer and the move of its price
_ONLY_MOVES: Final = lazily(
    r"(?:['’]s)?(?:[\s,:()–—-]|\b(?:and|both|each|last|also|then|was|were|is|are|has|had|been|trading|traded|trade|closed|ended|up|down|off|gave|pares|pared|gains|losses|"
    r"as|much|by|about|nearly|around|another|a|further|over|more|than|itself|to|the|with|while|earlier|later|still|now|only|just|standout|so|far|biggest|faller|"
    r"gainer|riser|loser|leading|top|worst|best|performer|lower|higher|[a-z]+ed|[a-z]+ing|fell|rose|lost|slid|sank|shed|recovered|mere|at|one|point)\b)*"
)
_PRICED: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE, Unit.POINTS})
_UNSCALED: Final = frozenset({"", "pence", "cents"})
_OWN_SUBJECT: Final = 90  # code points within which a figure goes on with the one before it


_CONVERTED: Final = lazily(
    r"\s\((?:about |roughly |around )?(?:[a-z]{0,3}\$|[€£¥₹]|[a-z]{3}\s)\s?[\d.,]+(?:\s?(?:trillion|billion|million|thousand|bn|mn|m))?\)"
)


def past_conversion(text: str, quantity: Quantity) -> Quantity:
    """Let a sum end behind its worth in other money: "C$10 million ($7.6 million) strategic investment"."""
    if quantity.unit not in MONEYS or text[quantity.end : quantity.end + 2] != " (":
        return quantity
    match = _CONVERTED.match(text, quantity.end)
    return quantity if match is None else replace(quantity, end=match.end())


def chained(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> Binding | None:
    """Let a figure that names no metric of its own share that of the figure before it."""
    if len(facts) > first:
        last = facts[-1]
        gap = scene.lowered[last.figure.end : quantity.start]
        if last.metric != "unspecified":
            found = _beside(scene, quantity, last, gap) or _further(scene, quantity, last, gap)
            if found is not None:
                return found
        if (
            quantity.unit is Unit.COUNT
            and last.unit is Unit.COUNT
            and not quantity.counted
            and _AIMED.search(gap)
        ):
            return Binding(metric=last.metric, at=quantity.start, segment=last.segment)
    if quantity.unit is Unit.COUNT:
        return None
    return (
        _by_way(scene, quantity)
        or _in_turn(facts, first, scene, quantity)
        or _by_kind(scene, quantity)
        or Binding(metric="unspecified", at=quantity.start)
    )


_GIVER: Final = lazily(r"\s(?:led by|from|to|by|for|in)\s")
_AND: Final = lazily(r"[^;]*(?:,|\band)\s(?:about |another |a further )?$")


def _in_turn(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> Binding | None:
    """Read on in "$700 million led by Amazon, $500 million from Ford and $350 million from Cox"."""
    if len(facts) == first or quantity.unit is not Unit.MONEY or facts[-1].unit is not Unit.MONEY:
        return None
    last = facts[-1]
    gap = scene.lowered[last.figure.end : quantity.start]
    if (
        last.metric == "unspecified"
        or len(gap) > _OWN_SUBJECT
        or not _GIVER.match(gap)
        or not _AND.fullmatch(gap)
        or not _GIVER.match(scene.lowered, quantity.end)
        or any(last.figure.end <= m.start < quantity.start for m in scene.metrics)
    ):
        return None
    return Binding(metric=last.metric, at=quantity.start, segment=last.segment)


_ASKED: Final = lazily(
    r"\b(?:for|at|from|costs?|costing|pay(?:s|ing)?|charg(?:es?|ed|ing)|price[ds]?|price:)\s(?:just |about |around |only |an? |as little as |as much as )*$"
)
_WARE: Final = lazily(
    r"\b(?:buy|shelves|sale|plan|line|lines|subscription|device|phone|smartphone|tablet|watch|model|ticket|month|service|unlimited|available|retail|preorder|pre-order|store|each)\b"
)
_PER: Final = lazily(
    r"\s(?:a|per|each|/)\s?(?:month|year|line|person|pair|ticket|gallon|night|user|seat|square foot|box|bottle)\b|\sprice tag\b"
)
_LISTED_AT: Final = lazily(
    r"\b(?:public|shares?|stock|close|closed|closing|debuted|traded|trading|changed hands|ipo)\b[^;]{0,40}\b(?:at|of|worth)\s(?:just |about |around |only )?$"
)
_DEAR: Final = 5_000  # no ware of everyday news costs more


def _by_kind(scene: Scene, quantity: Quantity) -> Binding | None:
    """Name a figure by its kind where no noun names it: what a ware costs, what a share fetches."""
    span, at = scene.sentence.span, quantity.start
    if quantity.unit not in MONEYS or quantity.scale not in _UNSCALED or quantity.value > _DEAR:
        return None
    lead = scene.lowered[max(span.start, at - 90) : at]
    if _LISTED_AT.search(lead):
        return Binding(metric="share price", at=at)
    if _SHARES.search(scene.lowered, span.start, span.end):
        return None
    told = _ASKED.search(lead) and _WARE.search(scene.lowered, span.start, span.end)
    if told or _PER.match(scene.lowered, quantity.end, span.end):
        return Binding(metric="price", at=at)
    return None


# the level a move led to stands right ahead of the figure; "in the three months to June, down" leads to none
_LEVELLED: Final = lazily(r"\b(?:to|at)(?:\s[\w’'-]+){0,6}\s*$")


def _beside(scene: Scene, quantity: Quantity, last: Fact, gap: str) -> Binding | None:
    """Read "rose 3% to $33 billion" and "$2.1 billion, or $1.23 a share"."""
    than = _THAN.match(scene.lowered, quantity.end)
    if quantity.unit is last.unit and last.unit in RATES and _NEXT_YEAR.fullmatch(gap):
        return Binding(
            metric=last.metric,
            at=last.span.start,
            segment=last.segment,
            is_change=last.is_change,
            change=last.change,
        )
    if not (_CHAIN.fullmatch(gap) or _TRAILED.fullmatch(gap) or (than and _APART.fullmatch(gap))):
        return None
    name = "eps" if quantity.unit is Unit.MONEY_PER_SHARE and last.metric in RESULTS else last.metric
    is_level = _LEVELLED.search(gap) is not None
    way = MOVE.search(gap)
    change = last.change if is_level else move_direction(way) if way else None
    if than and quantity.unit is Unit.PERCENT:
        way, change = than, Direction.DOWN if than[1] in {"fewer", "less", "lower"} else Direction.UP
    same_move = last.is_change and gap.strip(" ,") == "or"
    change = last.change if same_move else change
    grown = same_move or (way is not None and quantity.unit in RATES)
    return Binding(metric=name, at=last.span.start, segment=last.segment, is_change=grown, change=change)


def to_a_price(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> Binding | None:
    """Read the price that a move led to: "gained 2.8% in Milan to 66 euros", "1.2% higher in Sydney at A$43.75"."""
    if len(facts) == first or facts[-1].metric not in PRICES or quantity.unit not in _PRICED:
        return None
    last = facts[-1]
    gap = scene.lowered[last.figure.end : quantity.start]
    if quantity.scale not in _UNSCALED or not _TO_A_PRICE.fullmatch(gap) or _between(scene, last, quantity):
        return None
    return Binding(metric=last.metric, at=last.span.start, change=last.change)


def _between(scene: Scene, last: Fact, quantity: Quantity) -> bool:
    """Tell whether a metric or an issuer is named between two figures."""
    left, right = last.figure.end, quantity.start
    return any(left <= m.start < right for m in scene.metrics) or any(
        left <= m.span.start < right for m in scene.mentions
    )


def _further(scene: Scene, quantity: Quantity, last: Fact, gap: str) -> Binding | None:
    """Read on over more words: "at $5, rising 3.3%", "rose 651 tons, a 74% increase"."""
    if len(gap) > _OWN_SUBJECT or ";" in gap:
        return None
    if _between(scene, last, quantity) or last.metric == "deal value":
        return None  # what is paid for a company does not grow
    if quantity.unit not in RATES:
        return None
    way = _noun_way(scene, quantity)
    if way is None:
        moves = scene.moves(last.figure.end, quantity.start)
        verb = next(
            (m for m in reversed(moves) if ADJACENT.match(scene.lowered[m.end() : quantity.start])), None
        )
        if verb is None or not _goes_on(scene.lowered[last.figure.end : verb.start()]):
            return None
        way = move_direction(verb)
    return Binding(metric=last.metric, at=last.span.start, segment=last.segment, is_change=True, change=way)


_GOES_ON: Final = lazily(r"(?:.*(?:,|\band|\bearlier|\bthen|\bafter|\bbefore|\)|—|–)|)\s*")


def _goes_on(between: str) -> bool:
    """Tell whether the words before a verb end without a subject of their own."""
    return _GOES_ON.fullmatch(between) is not None


def _noun_way(scene: Scene, quantity: Quantity) -> Direction | None:
    """Return the direction of "a 1.7 percent drop"."""
    if quantity.unit not in RATES and quantity.unit not in MONEYS:
        return None
    end = scene.sentence.span.end
    follow = MOVE_AFTER.match(scene.lowered[quantity.end : min(end, quantity.end + 36)])
    if follow is None:
        return None
    word = follow.group().split()[-1].strip("-")
    move = MOVE.search(follow.group())
    return move_direction(move) if move else noun_direction(word)


def _by_way(scene: Scene, quantity: Quantity) -> Binding | None:
    """Read a bare move, "down 7%" or "a 57 percent plunge", of the metric, shares or issuer last named in its sentence."""
    if quantity.unit not in RATES:
        return None
    start = scene.sentence.span.start
    way = _noun_way(scene, quantity) or _way_before(scene, quantity)
    if way is None:
        return None
    before = next((m for m in reversed(scene.metrics) if m.end <= quantity.start), None)
    if before is not None and quantity.start - before.end < _OWN_SUBJECT:
        return Binding(metric=before.name, at=before.start, is_change=True, change=way)
    shares = _SHARES.search(scene.lowered, start, min(scene.sentence.span.end, quantity.end + 40))
    if shares is not None:
        return Binding(metric="share price", at=shares.start(), is_change=True, change=way)
    named = next((m for m in reversed(scene.mentions) if m.span.end <= quantity.start), None)
    if named is None or before is not None:
        return Binding(metric="unspecified", at=quantity.start, is_change=True, change=way)
    gap = scene.lowered[named.span.end : quantity.start]
    if quantity.unit is Unit.PERCENT and len(gap) < _OWN_SUBJECT and _ONLY_MOVES.fullmatch(gap):
        return Binding(metric="share price", at=named.span.start, is_change=True, change=way)
    return Binding(metric="unspecified", at=quantity.start, is_change=True, change=way)


def _way_before(scene: Scene, quantity: Quantity) -> Direction | None:
    start = scene.sentence.span.start
    moves = scene.moves(max(start, quantity.start - 40), quantity.start)
    verb = next((m for m in reversed(moves) if ADJACENT.match(scene.lowered[m.end() : quantity.start])), None)
    if verb is not None:
        return move_direction(verb)
    return (
        Direction.DOWN
        if _KNOCKED.search(scene.lowered[max(start, quantity.start - 24) : quantity.start])
        else None
    )
