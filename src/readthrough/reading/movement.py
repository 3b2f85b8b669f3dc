"""Movement or level, and which way, from the words around a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.bound import RATES
from readthrough.reading.metrics import MOVE, move_direction, moves_between
from readthrough.reading.move_words import rare_moves
from readthrough.reading.numbers import Quantity

__all__ = ["ADJACENT", "LINKERS", "MOVE_AFTER", "TO", "Movement", "movement_of", "noun_direction"]


@dataclass(frozen=True, slots=True)
class Movement:
    is_change: bool
    change: Direction | None


TO: Final = lazily(
    r"\bto\s+(?:(?:about|around|nearly|roughly|almost|just|a|an|the|record|more|less|than|over|under|as|much|between|high|of)\s+)*$"
)

ADJACENT: Final = lazily(
    r"^\s+(?:(?:by|of|at|about|around|nearly|roughly|almost|just|a|an|some|another|as|much|more|less|than|over|further|another|only|to|sharply|slightly|"
    r"up|down|higher|lower|annualized|annualised|annual|of|record|modest|further|combined|between|high|low|whopping|staggering|mere|an|estimated|percent)\s+)*$"
)

_OBJECT: Final = lazily(
    r"\b(?:(?P<down>cut|cuts|cutting|lower(?:ed|s|ing)?|reduc(?:e|ed|es|ing)|slash(?:ed|es|ing)?|trim(?:med|ming|s)?|halv(?:e|ed|es))"
    r"|(?P<up>rais(?:e|ed|es|ing)|lift(?:ed|s|ing)?|increas(?:e|ed|es|ing)|hik(?:e|ed|es|ing)|boost(?:ed|s|ing)?|upped|grew|grow(?:s|ing)?|expand(?:ed|s)?|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)))"
    r"\s+(?:[\w’'-]+\s+){0,5}?[\w’'-]*$"
)

_A_LEVEL: Final = lazily(r"\bto\s")
LINKERS: Final = (
    r"(?:and|or|as|to|of|in|on|at|after|for|the|with|while|but|from|by|despite|amid|amidst|notwithstanding|although|though|even|because|"
    r"since|due|owing|thanks|following|when|where|which|who|that|than|against|over|versus|vs|through|via|helped|hurt|hit|driven|boosted|"
    r"dented|weighed|offset|its|their|his|her|our)(?![\w-])"
)
"""A word that begins something else: what stands behind it says nothing of the figure ahead of it."""

MOVE_AFTER: Final = lazily(
    rf"^[\s-]*(?:(?!{LINKERS})[\w-]+\s+){{0,2}}?"
    r"(?:growth|rise|increase|gain|jump|drop|fall|decline|decrease|surge|slump|improvement|reduction|hike|slide|plunge|dip|climb|advance|uptick|leap|spike|contraction|expansion|slowdown|retreat|rebound|tumble|higher|lower|"
    r"up|down|cut|rally|slip|better|worse|firmer|weaker|stronger|softer|adrift|dearer|cheaper|bigger|smaller|larger|fatter|leaner)\b|^[\s-]*(?:more|less|fewer)\b"
)


# "$5 billion up from $4 billion": a level
_ON_TO: Final = lazily(r"\s(?:(?:up|down)\s(?:from|to)|(?:higher|lower)\sthan)\b")

_COMPARED: Final = frozenset({"lower", "higher", "up", "down"})  # "lower at 4.2%" is a level


def noun_direction(noun: str) -> Direction:
    down = {
        "drop",
        "fall",
        "decline",
        "decrease",
        "slump",
        "reduction",
        "cut",
        "slide",
        "plunge",
        "dip",
        "contraction",
        "slowdown",
        "retreat",
        "tumble",
    }
    return Direction.DOWN if noun in down else Direction.UP


def movement_of(text: str, quantity: Quantity, left: int, start: int, end: int) -> Movement:
    """Judge movement or level, and direction, from the words between metric and figure and right after."""
    if quantity.change is not None:
        return Movement(True, quantity.change)
    at = quantity.start
    follow = MOVE_AFTER.match(text[quantity.end : min(end, quantity.end + 36)])
    if (
        follow
        and quantity.unit is not Unit.COUNT
        and (quantity.unit in RATES or not _ON_TO.match(text, quantity.end, end))
        and (move := MOVE.search(follow.group()) or _noun(follow.group()))
    ):
        return Movement(True, move if isinstance(move, Direction) else move_direction(move))
    opens = max(start, min(left, at), at - 110)
    moves = moves_between(text, start, end, opens, at)
    if not moves:
        opens = max(start, at - 24)
        near = moves_between(text, start, end, opens, at)
        moves = [m for m in near if ADJACENT.match(text[m.end() : at])]
    if not moves:
        lead = text[opens:at]
        if "off" in lead and re.search(r"\boff\s(?:about\s|nearly\s)?$", lead):
            return Movement(True, Direction.DOWN)
        if (rare := _by_rare(text, quantity, left, start, end)) is not None:
            return rare
        if verb := _OBJECT.search(text[max(start, left - 90) : left]):
            by = not _A_LEVEL.search(text[left:at]) and quantity.unit in RATES
            return Movement(by, Direction(verb.lastgroup or "up"))
        return Movement(False, None)
    gap = text[moves[-1].end() : at]
    change = move_direction(moves[-1])
    if TO.search(gap) or (gap == " at " and moves[-1].group() in _COMPARED):
        return Movement(False, change)
    if change is Direction.FLAT:
        return Movement(False, change)
    by = gap.endswith(" by ") and quantity.unit in RATES
    return Movement(by or bool(ADJACENT.match(gap)) or moves[-1].group() == "growth", change)


def _by_rare(text: str, quantity: Quantity, left: int, start: int, end: int) -> Movement | None:
    at = quantity.start
    opens = max(start, min(left, at), at - 110)
    last = next((m for m in reversed(rare_moves(text, start, end)) if opens <= m[0] and m[1] <= at), None)
    if last is None:
        return None
    gap = text[last[1] : at]
    moved = quantity.unit in RATES and (gap.endswith(" by ") or bool(ADJACENT.match(gap)))
    return Movement(moved and not TO.search(gap), last[2])


def _noun(words: str) -> Direction | None:
    match = re.search(
        r"growth|rise|increase|gain|jump|surge|hike|rally|climb|advance|uptick|leap|spike|expansion|rebound|improvement|more|better|firmer|stronger|dearer|bigger|larger|fatter",
        words,
    )
    return (
        Direction.UP
        if match
        else Direction.DOWN
        if re.search(
            r"loss|slip|plunge|dip|slide|reduction|contraction|slowdown|retreat|tumble|less|fewer|worse|weaker|softer|adrift|cheaper|smaller|leaner",
            words,
        )
        else None
    )
