"""Which of several told moves is the reaction: the first, or the last where the text says that it turned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact

__all__ = ["is_extreme", "is_of_the_day", "last_told"]

_PART_END: Final = lazily(r"[,;:()—\n]|[.](?=\s)")
_SPELL: Final = lazily(
    r"\b(?:for|over|in|during|this|last|past|these) (?:the |its |their )?(?:last |past |previous |first |calendar )?"
    r"(?:\w+ )?(?:\w+ )?(?:year|years|months?|quarters?|weeks?|decade|days|sessions)\b|\bsame period\b|(?<!most )\bsince (?!the open)|\bso far\b|"
    r"\byear[- ]to[- ]date\b|\bytd\b|\bfrom (?:its|their|a|the) [\w ]{0,24}(?:peak|high|record)\b|\bin 20\d\d\b|\bannual"
)
_UNDONE: Final = lazily(
    r"\b(?:eras\w+|wip\w+ out|recover\w* from|revers\w+) (?:a|an|its|the|early|earlier)\b"
)
_OF_AN_INDEX: Final = lazily(r"\b(?:dow|s&p 500|nasdaq|index|benchmark|market|sector)(?:['’]s)? $")
_IN_WHICH: Final = lazily(
    r"\b(?:quarter|month|year|half|summer|spring|autumn|winter),? (?:when|in which|during which)\b[^.]*$"
)
_TURNED: Final = lazily(
    r"\b(?:recover(?:s|ed|ing)?|rebound(?:s|ed|ing)?|par(?:es|ed|ing)|trimm?(?:s|ed|ing)|revers(?:es|ed|ing)|eras(?:es|ed|ing)|"
    r"turn(?:s|ed|ing)|clos(?:es|ed|ing)|end(?:s|ed|ing)|settl(?:es|ed|ing)|finish(?:es|ed|ing)|later|now|last|since|bounc(?:es|ed|ing)|"
    r"swung|swing(?:s|ing)|gave up|giving up)\b"
)
_BESIDE: Final = 60  # characters either side of a move that say over what time it was
_SAME_SENTENCE: Final = 80
_WITHIN: Final = 260  # characters between two tellings of the same day; read off stories of intraday turns


def is_extreme(fact: Fact, lowered: str) -> bool:
    """Tell whether a move is told as the furthest the price went: "as much as 16 %"."""
    before = lowered[max(0, fact.figure.start - 14) : fact.figure.start]
    return before.rstrip().endswith(("as much as", "as high as", "up to"))


def last_told(moves: Sequence[Fact], lowered: str) -> Fact | None:
    """Return the move that stood at the end, where several of one company are told.

    Args:
        moves: Its share-price moves in the order of the text.
        lowered: The article's text in lower case.
    """
    best: Fact | None = None
    for fact in sorted(moves, key=lambda f: f.figure.start):
        if best is None:
            best = fact
            continue
        between = lowered[best.figure.end : fact.figure.start]
        turned = fact.change is not best.change and len(between) <= _WITHIN
        pared = len(between) <= _SAME_SENTENCE and "." not in between.strip(". ")
        if (turned or pared) and _TURNED.search(between):
            best = fact
    return best


def is_of_the_day(fact: Fact, lowered: str) -> bool:
    """Tell whether the words beside a move leave it a reaction: "down 22 percent for the year" is none.

    Args:
        fact: A move of a price or an index.
        lowered: The article's text in lower case.
    """
    start, end = fact.figure.start, fact.figure.end
    after = _PART_END.split(lowered[end : end + _BESIDE], maxsplit=1)[0]
    before = _PART_END.split(lowered[max(0, start - _BESIDE) : start])[-1]
    if _SPELL.search(after) or _SPELL.search(before) or _UNDONE.search(before) or _OF_AN_INDEX.search(before):
        return False
    return _IN_WHICH.search(lowered, max(0, start - _SAME_SENTENCE * 2), start) is None
