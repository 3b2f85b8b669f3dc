"""Against which bar a figure is held, where the bar stands beside it: later in its sentence, or in the next or last one.

"It sees $2.45 to $2.65. That's light of the $2.71 analysts had in mind." No phrase joins the two; what joins them is that
both are figures of one kind, and that somebody - the market, or the firm some time ago - is said to have held the other.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Unit
from readthrough.reading.event_scene import Scene

__all__ = ["YEAR_AGO", "against_earlier", "against_market"]

_AHEAD: Final = 170  # code points after a figure in which its bar can stand
_APART: Final = Decimal(3)  # times; two figures further apart are not of one thing
_SCALES: Final = {
    "trillion": Decimal(10) ** 12, "billion": Decimal(10) ** 9, "bn": Decimal(10) ** 9, "bln": Decimal(10) ** 9, "b": Decimal(10) ** 9,
    "million": Decimal(10) ** 6, "mn": Decimal(10) ** 6, "mln": Decimal(10) ** 6, "m": Decimal(10) ** 6, "crore": Decimal(10) ** 7,
    "cents": Decimal("0.01"), "cent": Decimal("0.01"), "c": Decimal("0.01"), "pence": Decimal(1), "p": Decimal(1),
}  # fmt: skip
_NUMBER: Final = lazily(
    r"(?<![\w.,])(?P<money>[$€£¥₹]|us\$|hk\$|c\$|a\$|rs\.? ?|rmb|eur |usd |gbp )?(?P<low>\d[\d,]*(?:\.\d+)?)"
    r"(?:(?: ?(?:%|percent|per cent|billion|million|bn|cents))?(?: to |-|–| and )(?:[$€£¥₹]|us\$)?(?P<high>\d[\d,]*(?:\.\d+)?))? ?(?P<scale>trillion|billion|million|bln|bn|mln|mn|crore|cents?|pence|per cent|percent|%|[bmcp](?!\w))?"
)
_MARKET_AHEAD: Final = lazily(
    r"(?:analysts?|wall street|the street|street's|market|consensus|the city|investors|estimates?|expectations|forecasters|est\.?|mkt view)[^.;\d]{0,60}$"
)
_MARKET_BEHIND: Final = lazily(
    r",?(?: (?:a share|per share|in sales|in revenue|in profit|of \w+(?: \w+)?))?(?: that| which)? ?\(?(?:(?:the )?(?:average )?(?:analysts?|wall street|the street|street|market|consensus|city|investors|forecasters|estimates?)\b|"
    r"(?:had been |was |were )?(?:expected|forecast|pencill?ed|seen|hoped|predicted|estimated|anticipated)\b)"
)
_EARLIER_AHEAD: Final = lazily(
    r"(?:\bhad (?:\w+ ){0,2}(?:aim|target|expect|guid|forecast|promis|spok|talk|plan|project|said|seen|been|hop)\w*|\bpreviously|\bearlier|\bprior|\boriginal(?:ly)?|\buntil now|\bused to|\bhaving (?:\w+ ){0,2}(?:start|begun|expect|guid|forecast|promis)\w*|"
    r"\blast (?:estimate|forecast|range|target|guidance|view)|\bprevious (?:\w+ )?(?:estimate|forecast|range|target|guidance|view)|\brather than|\binstead of)[^.;\d]{0,50}$"
)
_EARLIER_BEHIND: Final = lazily(
    r"(?: \w+){0,3} (?:before|previously|earlier|until now|(?:it had|it was|had been|was) (?:expected|promised|forecast|guided|planned|targeted|seen|in mind|in january|in february|in march|in april|in may|in june|in july|in august|in september|in october|in november))\b"
)
YEAR_AGO: Final = lazily(
    r"\b(?:a year (?:ago|earlier|before)|last year|year-earlier|the year before|previous year|prior year|same (?:quarter|period|month)|in 20\d\d)\b"
)


def against_market(scene: Scene, fact: Fact) -> int:
    """Return +1 where a figure tops what the market held, -1 where it falls short, 0 where nothing is said."""
    return _held(scene, fact, _MARKET_AHEAD, _MARKET_BEHIND, back=False)


def against_earlier(scene: Scene, fact: Fact) -> int:
    """Return +1 where a figure tops what the firm itself had in view, -1 where it falls short, 0 where nothing is said."""
    return _held(scene, fact, _EARLIER_AHEAD, _EARLIER_BEHIND, back=True)


def _held(scene: Scene, fact: Fact, ahead: re.Pattern[str], behind: re.Pattern[str], *, back: bool) -> int:
    sentence = fact.sentence
    last = min(sentence + 1, len(scene.sentences) - 1)
    end = min(scene.sentences[last].span.end, fact.figure.end + _AHEAD)
    way = _compared(scene.lower, fact.figure.end, end, fact, ahead, behind)
    if way or not back or not sentence:
        return way
    before = scene.sentences[sentence - 1].span
    return _compared(scene.lower, before.start, before.end, fact, ahead, behind)


def _compared(
    text: str, start: int, end: int, fact: Fact, ahead: re.Pattern[str], behind: re.Pattern[str]
) -> int:
    left = start
    for match in _NUMBER.finditer(text, start, end):
        led = text[left : match.start()]
        tail = text[match.end() : match.end() + 45]
        left = match.end()
        if not (ahead.search(led) or behind.match(tail)) or YEAR_AGO.search(led + tail):
            continue
        then = _value(match, fact)
        if then is None:
            continue
        now = (fact.value + fact.high) / 2 if fact.high is not None else fact.value
        if now == then or not now or not then or max(now, then) > _APART * min(now, then):
            continue
        return 1 if now > then else -1
    return 0


def _value(match: re.Match[str], fact: Fact) -> Decimal | None:
    """Read a number as the fact's kind, or not at all."""
    scale = (match.group("scale") or "").strip()
    percent = scale in ("%", "percent", "per cent")
    if percent != (fact.unit is Unit.PERCENT):
        return None
    if not percent and not match.group("money") and not scale:
        return None
    try:
        low = Decimal(match.group("low").replace(",", ""))
        high = Decimal(match.group("high").replace(",", "")) if match.group("high") else low
    except ArithmeticError:
        return None
    times = Decimal(1) if percent else _SCALES.get(scale, Decimal(1))
    if not percent and not scale and fact.scale:
        return None
    return (low + high) / 2 * times
