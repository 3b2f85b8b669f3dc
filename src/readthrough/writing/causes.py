"""The reason an article gives, in its own words, and what kind of reason that is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["Cause", "find_cause"]

_CAUSE: Final = lazily(
    r"\b(?:because of|due to|driven by|hurt by|helped by|weighed down by|boosted by|hit by|citing|blaming|blamed|thanks to|"
    r"on the back of|pressured by|dragged down by|lifted by|fuelled by|fueled by|attributed to|reflecting|amid|on strong|on weak|"
    r"on weaker|on stronger|on higher|on lower|on rising|on falling)\s+(?P<why>[^.;:,()“”\"\d]{6,90})"
)
# "as cocoa costs bite": what squeezes is the reason, and it is a cost whatever it is called
_SQUEEZES: Final = lazily(
    r"\b(?:as|because|saying|said|warned) (?:that )?(?P<why>(?:[a-z-]+ ){1,4}(?:costs?|prices|wages|tariffs|duties))"
    r"(?: and [a-z ]{3,40}?)? (?:would |will |continue to |continued to )?"
    r"(?:bite|bites|squeez\w+|weigh\w*|hurt|hurts|erode[sd]?|eat into|ate into|dent(?:s|ed)?|pinch\w*)\b"
)
_SQUEEZE_SIGNS: Final = ("bite", "squeez", "weigh", "hurt", "erode", "eat into", "ate into", "dent", "pinch")
# "as auto demand stays weak", "continues to face weak demand from carmakers"
_WANTS: Final = lazily(
    r"\b(?:as|because) (?P<why>(?:[\w-]+ ){0,3}demand) (?:stays? weak|remains? weak|weakens|slows?|falls?|softens|fades|dries up|cools)\b|"
    r"\b(?:face|faces|facing|faced) (?P<what>(?:weak|weaker|soft|softer|slow|slowing|sluggish|falling) demand (?:from|for|in) [\w-]+)"
)
_KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("currency", lazily(r"currenc|dollar|exchange rate|\byen\b|\beuro\b|sterling")),
    ("weather", lazily(r"weather|storm|hurricane|snow|\brain|drought|flood|winter")),
    (
        "supply",
        lazily(
            r"shortage|supply|bottleneck|shutdown|outage|fire\b|delay(?![^,;]*\b(?:tender|order|purchas|decision|approval|spending))|strike|production (?:problem|issue|halt)|"
            r"\blate (?:\w+ )?(?:deliver|arriv|start)|slower deliver|grounded|grounding|lack of (?:parts|aircraft|planes|chips|components|capacity)"
        ),
    ),
    ("rivalry", lazily(r"competit|rival|market share|price war|discount|promotion")),
    (
        "cost",
        lazily(
            r"cost|wage|expense|fuel|raw material|freight|tariff|dut(?:y|ies)\b|inflation|investment|spending on"
        ),
    ),
    ("price", lazily(r"\bprices?\b|pricing|\brates?\b|yield|spread")),
    (
        "demand",
        lazily(
            r"demand|tender|sales|orders|traffic|consumer|customers|bookings|growth|slowdown|adverti|subscri|market"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason in the article's own words, and what kind of reason it is."""

    text: str
    kind: str
    span: Span
    sentence: Span


def find_cause(text: str, sentences: Iterable[Sentence], places: Iterable[int]) -> Cause | None:
    """Find the first reason given in a live sentence that holds one of the places (offsets) asked about."""
    wanted = sorted(places)
    squeezes, demand = any(sign in text for sign in _SQUEEZE_SIGNS), "demand" in text
    for sentence in sentences:
        span = sentence.span
        if sentence.background or bisect_left(wanted, span.start) == bisect_left(wanted, span.end):
            continue
        squeezed = _SQUEEZES.search(text, span.start, span.end) if squeezes else None
        if squeezed is not None:
            return Cause(squeezed["why"], "cost", Span(*squeezed.span("why")), span)
        wanted_less = _WANTS.search(text, span.start, span.end) if demand else None
        if wanted_less is not None:
            group = "why" if wanted_less["why"] else "what"
            weak = wanted_less[group] if group == "what" else f"weak {wanted_less[group]}"
            return Cause(weak, "demand", Span(*wanted_less.span(group)), span)
        match = _CAUSE.search(text, span.start, span.end)
        cause = _cause_of(match, span) if match else None
        if cause is not None:
            return cause
    return None


def _cause_of(match: re.Match[str], sentence: Span) -> Cause | None:
    start, why = match.start("why"), _trimmed_cause(match["why"])
    opening = match.group().split()
    if opening[0] == "on" and opening[1] != "the":
        # "on weaker demand": the adjective belongs to the reason
        start, why = match.start() + 3, f"{opening[1]} {why}"
    kind = next((k for k, pattern in _KINDS if pattern.search(why.lower())), "")
    if kind and 2 <= len(why.split()) <= 12:
        return Cause(why, kind, Span(start, start + len(why)), sentence)
    return None


_CAUSE_END: Final = lazily(
    r"\s(?:which|that|who|as|while|but|after|before|when|because|although|though|and (?:said|it|the company|its|withdrew|[a-z]+ed)\b|said|"
    r"according|sending|pushing|the company|in the (?:first|second|third|fourth)|for the|from a year|last|this|on (?:Mon|Tues|Wednes|Thurs|Fri)day)\b.*$",
    re.DOTALL,
)


_OWNER_LEFT: Final = lazily(
    r" (?:of|from|by|at|in) [^ ]+['’]s?$"
)  # what was owned held a figure, and was cut off


_LEFT_OVER: Final = lazily(
    r"(?:,? (?:and|or|with|by|plus))?(?: (?:an?|the|its|their|about|some))+$|,? (?:and|or|plus)$"
)


def _trimmed_cause(text: str) -> str:
    return _LEFT_OVER.sub("", _OWNER_LEFT.sub("", _CAUSE_END.sub("", text).strip()))
