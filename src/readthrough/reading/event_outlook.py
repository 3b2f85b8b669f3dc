"""Outlooks put together from their parts: who looks ahead, at which measure, against what.

A phrase list meets the phrases it was made from. Here a sentence needs a word that looks ahead, a measure of
results, and something it is held against: the market, an earlier figure, or a bar that is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Polarity
from readthrough.domain.security import IssuerId
from readthrough.reading.event_scene import Scene

__all__ = ["Outlook", "outlooks"]

_SEARCHED: Final = 20  # sentences; an outlook told later is told earlier as well, or is another firm's
_THAN: Final = ("rather than", "instead of", "against", "versus", "compared", "from", "not the", "having ", "earlier", "previous", "prior", "original", "it had")  # fmt: skip
_MARKETS: Final = (
    "market",
    "analyst",
    "consensus",
    "street",
    "estimate",
    "city",
    "investor",
    "expect",
    "forecast",
    "pencil",
)
_UPS: Final = (
    "the bar",
    "than",
    "strong",
    "robust",
    "record",
    "solid",
    "revis",
    "better",
    "sights",
    "up",
    "higher",
    "more confident",
    "more optimistic",
    "top",
    "high end",
)
_DOWNS: Final = ("lower", "worse", "weak", "soft", "slow", "shav", "clip", "less than", "plunge", "darken", "dim", "slump", "shortfall", "miss", "than", "above", "revis", "sluggish", "tepid",  "temper", "down", "chop", "par", "dial", "rein", "walk", "at risk", "in doubt", "threat", "out of reach",
                 "jeopardy", "cannot", "can't", "no longer", "not ", "warn", "caution", "flag", "bottom", "low")  # fmt: skip
_STAYS: Final = (
    "no change",
    "no alter",
    "without",
    "stand",
    "stood",
    "unchanged",
    "intact",
    "firm",
    "iterat",
    "repeat",
    "maintain",
    "in place",
    "holds",
    "no adj",
    "no rev",
    "as it was",
    "left",
    "leav",
    "kept",
    "keep",
)
_STRENGTH: Final = 0.55
# every sentence that can tell an outlook holds one of each
_CUES: Final = (
    "expect", "sees", "seen", "seeing", "guid", "forecast", "outlook", "project", "anticipat", "pencil", "predict", "thinks",
    "look", "band", "alter", "range", "target", "goal", "bar", "sights", "will ", "would ", "should ", "could ", "to be ", "warn", "caution",
    "flag", "view", "put ", "reckon", "plan", "hopes", "heading", "upbeat", "confident", "optimistic",
)  # fmt: skip
_MATTERS: Final = (
    "revenue", "sales", "turnover", "book", "billing", "orders", "profit", "earning", "eps", "income", "ebit", "margin",
    "growth", "cash flow", "deliver", "volume", "shipment", "fares", "results", "loss", "output", "production", "arr",
    "range", "band", "units", "return on", "plan of", "guidance", "forecast", "outlook", "target", "goal", "sights", "the bar", "expectation", "hopes", "view",
)  # fmt: skip
_MEASURE: Final = (
    r"(?:revenues?|sales|turnover|bookings|billings|orders|profits?|earnings|eps|income|ebit\w*|margins?|growth|cash flow|"
    r"deliveries|volumes?|shipments|fares|return on [a-z]+(?: [a-z]+)?|results|losses|loss|output|production|comparable sales|arr)"
)
_AHEAD: Final = (
    r"(?:(?:now |still |also |currently )?(?:expect(?:s|ed|ing)?|sees|seeing|seen|guid(?:es|ed|ing|ance)|forecast(?:s|ing)?|project(?:s|ed|ing)|anticipat(?:es|ed|ing)|"
    r"pencil(?:l?ed|s) in|predict(?:s|ed|ing)|thinks|looks for|looking for|reckons|put|plans for|heading for|targets|targeting)|outlook|"
    r"(?:will|would|should|to|could) (?:now |be |come |land |drop |fall |rise |grow |reach |exceed |top |beat |miss |decline |shrink ))"
)
_MARKET: Final = (
    r"(?:(?:the )?(?:market|analysts?['’]?|consensus|wall street['’]?s?|street|average estimate|city|investors?['’]?)(?: \w+){0,2}|(?:market |analyst )?(?:expectations|forecasts|estimates)|"
    r"(?:the )?[$€£¥]?\d[\d.,]*(?: ?(?:billion|million|bn|m|%|percent|per cent|cents?|a share))*(?: that| which)? (?:analysts|the street|wall street|the market|expected|consensus|penciled|pencilled))"
)
_OVER: Final = lazily(
    rf"{_AHEAD}[^;]{{0,110}}?\b(?:(?:ahead|north) of|above|better than|quicker than|faster than|higher than|more than|stronger than|exceed(?:s|ing)?|topp?(?:s|ing)?|beat(?:s|ing)?) (?:the |what )?{_MARKET}"
)
_UNDER: Final = lazily(
    rf"{_AHEAD}[^;]{{0,110}}?\b(?:below|short of|shy of|under|beneath|less than|lower than|weaker than|slower than|softer than|light of|south of|miss(?:es|ing)?) (?:the |what )?{_MARKET}"
)
_NUMBER: Final = r"(?P<{0}>(?:low|mid|high)(?:-to-(?:low|mid|high))?[- ]+(?:single|double|teens|twenties|thirties)[- ]?(?:digits?)?|flat|unchanged|(?!(?:19|20)\d\d\b)(?:\d[\d.,]*\d|\d))"
_HELD: Final = lazily(
    rf"{_AHEAD}(?P<about>[^;.]{{0,80}}?)\b{_NUMBER.format('now')}(?P<rest>[^;]{{0,70}}?)(?:\b(?:rather than|instead of|against|versus|compared (?:with|to)|from|not the|having (?:previously|earlier)|"
    r"(?:after|than) (?:an? |its |the )?(?:earlier|previous|prior|original)|where it had|it had (?:previously|earlier))\b)(?P<between>[^;.\d]{0,60}?)\b"
    + _NUMBER.format("then")
)
_SCALE: Final = {"single": 0, "double": 10, "teens": 10, "twenties": 20, "thirties": 30}
_STEP: Final = {"low": 2.0, "mid": 5.0, "high": 8.0}
_DOWNWARD: Final = lazily(
    r"\b(?:declin\w+|fall\w*|drop\w*|shrink\w*|down|loss(?:es)?|costs?|expenses?|decrease|contract\w*)\b"
)
_RAISED: Final = lazily(
    rf"\b(?:rais(?:es|ed|ing) the bar(?! (?:on|for))|sights higher|mov(?:es|ed|ing)[^;]{{0,40}}(?:range|guidance|forecast|outlook|expectation|target)s? (?:up|higher)|"
    rf"(?:push|inch|edg|nudg|ratchet|shift|bump)(?:es|s|ed|ing)?[^;]{{0,40}}(?:range|guidance|forecast|outlook|expectation|target|view)s? (?:up|higher|upwards?)|"
    rf"more (?:upbeat|confident|optimistic) (?:about|on)[^;]{{0,30}}(?:year|quarter|{_MEASURE})|"
    rf"(?:better|stronger|higher|rosier|brighter)-than-\w+ (?:[\w-]+ ){{0,3}}(?:guidance|forecast|outlook)|"
    rf"(?:projects|forecasts|sees|expects|predicts|guides to|flags) (?:a )?(?:strong|robust|solid|upbeat|bumper|record|higher|brisk|accelerating) (?:[\w-]+ ){{0,2}}{_MEASURE}|"
    r"revis(?:es|ed|ing)[^;]{0,60}(?:projection|forecast|guidance|outlook|estimate|target)s?[^;]{0,60}(?:up to|upwards?|higher)|"
    r"[\d.,]+ ?(?:million|billion|bn|m|points?) more than (?:before|previously|it had said|it said)|"
    r"(?:to|at|near|towards?|for|in) (?:the )?(?:upper|top|high|higher)(?: end|-end| half) of (?:its|the|their|that)[^;]{0,30}(?:range|guidance|outlook|forecast))\b"
)
_LOWERED: Final = lazily(
    rf"\b(?:lower(?:s|ed|ing) (?:its sights|the bar|expectations|(?:its|their) (?:[\w-]+ ){{0,3}}expectations)|"
    rf"(?:worse|weaker|lower|softer|gloomier|dimmer)-than-\w+ (?:[\w-]+ ){{0,3}}(?:guidance|forecast|outlook)|"
    rf"(?:projects|forecasts|sees|expects|predicts|guides to|flags) (?:a )?(?:weak|slower|sluggish|soft|lower|shrinking|tepid|dismal|weakening|slowing) (?:[\w-]+ ){{0,2}}(?:{_MEASURE}|demand)|"
    rf"revis(?:es|ed|ing)[^;]{{0,60}}(?:projection|forecast|guidance|outlook|estimate|target)s?[^;]{{0,60}}(?:down to|downwards?|lower)|"
    rf"(?:top|upper|high)(?: end|-end)? of[^;]{{0,40}}(?:range|band|guidance|forecast|outlook) (?:is |was )?(?:shaved|cut|trimmed|lowered|clipped|chopped)|"
    rf"(?:shav|clip|trim)(?:es|s|ed|med|ped|ing)? (?:the )?(?:top|upper|high)(?: end|-end)? of|"
    rf"[\d.,]+ ?(?:million|billion|bn|m|points?) (?:less|lower) than (?:before|previously|it had said|it said)|"
    rf"(?:forecast|outlook|guidance|target)s? (?:plunge[sd]?|darken(?:s|ed|ing)?|dim(?:s|med|ming)?|slump(?:s|ed)?|shortfall|miss(?:es)?|warning)|"
    rf"(?:cost|charge|bill|hit|burden)s?[^;]{{0,90}}(?:more|higher|bigger|larger) than (?:its|the) (?:last|previous|earlier|prior|first) (?:estimate|forecast|guess)|"
    rf"(?:costs?|expenses|spending) (?:would|will|to|should) (?:now )?(?:come in|be|run|land)[^;]{{0,20}}(?:above|ahead of|over|higher than) (?:its |the )?(?:plan|target|forecast|guidance|budget)|"
    rf"temper(?:s|ed|ing)? (?:its )?(?:hopes|expectations|outlook|forecast)|"
    rf"(?:took|takes|taking|brought|brings|move[sd]?|guid(?:es|ed))[^;]{{0,40}}(?:range|guidance|forecast|outlook|expectation|target|view)s? (?:down|lower)|guid(?:es|ed|ing) (?:down|lower)|"
    rf"(?:chop|par|dial|rein|walk)(?:s|p?ed|es|ing)?(?: back| in)? (?:its |the )?[^;]{{0,20}}(?:range|guidance|forecast|outlook|expectation|target)s?|"
    rf"(?:targets?|goals?|guidance|outlook|forecast) (?:are|were|is|was|looks?|looked) (?:now )?(?:at risk|in doubt|under threat|out of reach|in jeopardy)|"
    rf"(?:can(?:not|'t| no longer)|could (?:not|no longer)) (?:confirm|promise|guarantee|rule out|be sure of)[^;]{{0,30}}(?:{_MEASURE}|target|guidance|outlook)|"
    rf"(?:warn|caution|flag)(?:s|ed|ing)?(?: \w+){{0,3}} (?:that|of|about)[^;]{{0,60}}{_MEASURE}[^;]{{0,40}}(?:would|will|to|could|may|be|are) (?:be )?(?:drop|fall|declin\w+|shrink|weaken|slow|hurt|lower|hit|suffer|under pressure|squeezed|miss|below|softer)|"
    rf"(?:warn|caution|flag)(?:s|ed|ing)?(?: \w+){{0,3}} (?:that|of)[^;]{{0,30}}(?:costs|expenses|spending)[^;]{{0,40}}(?:would|will|to) (?:\w+ )?(?:grow|rise|climb|jump|increase|surge)|"
    r"(?:to|at|near|towards?|for|in) (?:the )?(?:lower|bottom|low)(?: end|-end| half) of (?:its|the|their|that)[^;]{0,30}(?:range|guidance|outlook|forecast))\b"
)
_KEPT: Final = lazily(
    r"\b(?:(?:ma(?:de|kes)|with|announced) no changes? (?:to|in) (?:its |the )?[^;]{0,20}(?:guidance|outlook|forecast|targets?)|"
    r"(?:no|without) (?:alteration|change|changes|adjustment|revision) (?:to|in|of) (?:its |the |the company's )?[^;]{0,20}(?:guidance|outlook|forecasts?|targets?|plan of|goals?)|"
    r"(?:guidance|outlook|forecasts?|targets?|goals?) (?:still )?(?:stands?|stood|holds? good|(?:is|are|was|were|remains?|stays?) (?:unchanged|intact|in place|in force|as it was|as they were))|"
    r"(?:reaffirm|reiterat|re-?confirm|affirm|repeat|maintain)(?:s|ed|es|d|ing)? (?:its |the |their |all |both )?[^;]{0,30}(?:guidance|outlook|forecasts?|targets?|goals?)|"
    r"(?:left|leaves|leaving|kept|keeps|keeping) (?:its |the |all )?[^;]{0,30}(?:guidance|outlook|forecasts?|targets?)[^;]{0,20}(?:untouched|unchanged|intact|in place|as (?:it was|they were)|alone))\b"
)
_OTHERS: Final = lazily(
    r"\b(?:economists?|fed|federal reserve|ecb|imf|oecd|opec\+?|iea|world bank|central bank|inflation|gdp|interest rates?|rate (?:cuts?|hikes?)|"
    r"price targets?|target price|dividends?|job cuts|economy|countr(?:y|ies)|stake|government|crude|barrels a day|stocks could|index|"
    r"analysts? (?:at \w+ )?(?:expect|see|forecast|think|said|had expected)|according to|(?:is|are|was|were) (?:widely |broadly )?expected|on average|the (?:broker|brokerage|bank|analyst) (?:sees|expects)|estimates? of about|market value|"
    r"bitcoin|treasuries|treasury (?:yields?|bonds?|notes?|department|secretary)|bonds?|elections?|report argues|short seller|rating|buy|overweight|outperform|neutral)\b"
)
_REPORTED: Final = lazily(
    r"\b(?:report(?:ed|s|ing)|post(?:ed|s)|earned|came in|quarter ended|year ended|totall?ed|rose|fell|grew|jumped|dropped|climbed)\b"
)
_MEASURED: Final = lazily(rf"\b{_MEASURE}\b")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one sentence says of what is to come, and of whom."""

    issuer_id: IssuerId
    sentence: int
    span: Span
    type: str
    polarity: Polarity
    strength: float = _STRENGTH


def outlooks(scene: Scene) -> Iterator[Outlook]:
    """Yield the outlooks of the firms a page is about, in order."""
    if scene.main is None:
        return
    for index in range(min(len(scene.sentences), _SEARCHED)):
        words = scene.words(index)
        issuer = scene.subjects[index] or scene.main
        if scene.sentences[index].background or not any(matter in words for matter in _MATTERS):
            continue
        if not any(cue in words for cue in _CUES):
            continue
        row = scene.rows[index]
        if row and all(m.issuer_id != issuer for m in row):
            continue
        told = None if _OTHERS.search(words) else _told(words)
        if told is None:
            continue
        sign, start, end = told
        base = scene.sentences[index].span.start
        yield Outlook(
            issuer_id=issuer,
            sentence=index,
            span=Span(base + start, base + end),
            type={1: "guidance_raise", -1: "guidance_cut", 0: "guidance_maintained"}[sign],
            polarity={1: Polarity.POSITIVE, -1: Polarity.NEGATIVE, 0: Polarity.NEUTRAL}[sign],
        )


def _told(words: str) -> tuple[int, int, int] | None:
    for moved, sign, signs in ((_RAISED, 1, _UPS), (_LOWERED, -1, _DOWNS), (_KEPT, 0, _STAYS)):
        found = moved.search(words) if any(word in words for word in signs) else None
        if found:
            return sign, found.start(), found.end()
    if not _MEASURED.search(words):
        return None
    held = _HELD.search(words) if any(word in words for word in _THAN) else None
    if held:
        way = _compared(held)
        if way:
            return way, held.start(), held.end()
    if _REPORTED.search(words):
        return None
    if not any(word in words for word in _MARKETS):
        return None
    for found, sign in ((_OVER.search(words), 1), (_UNDER.search(words), -1)):
        if found:
            about = found.group()
            return (
                -sign if re.search(r"\b(?:costs?|expenses?|loss(?:es)?)\b", about) else sign,
                found.start(),
                found.end(),
            )
    return None


def _compared(held: re.Match[str]) -> int:
    now, then = _value(held.group("now")), _value(held.group("then"))
    if now is None or then is None:
        return 0
    if _DOWNWARD.search(held.group("between")):
        then = -then
    if _DOWNWARD.search(held.group("about")):
        now = -now
        then = -then if not _DOWNWARD.search(held.group("between")) else then
    big, small = max(abs(now), abs(then)), min(abs(now), abs(then))
    if now == then:
        return _tops(held)
    if now > 0 and then > 0 and big > 5 * max(small, 1) and big > 60:
        return 0
    return 1 if now > then else -1


def _tops(held: re.Match[str]) -> int:
    """Two ranges that start alike are told apart by where they end."""
    high = re.match(r"[%$€£¥ ]*(?:billion|million)? ?(?:to|-|and|–)[ $€£¥]*(\d[\d.,]*)", held.group("rest"))
    then = re.match(
        r"[%$€£¥ ]*(?:billion|million)? ?(?:to|-|and|–)[ $€£¥]*(\d[\d.,]*)", held.string[held.end() :]
    )
    first, second = (_value(m.group(1)) if m else None for m in (high, then))
    if first is None or second is None or first == second:
        return 0
    return 1 if first > second else -1


def _value(text: str) -> float | None:
    if text[0].isdigit():
        try:
            return float(text.replace(",", "").rstrip("."))
        except ValueError:
            return None
    if text in ("flat", "unchanged"):
        return 0.0
    steps = [_STEP[step] for step in re.findall(r"low|mid|high", text)]
    base = next((value for word, value in _SCALE.items() if word in text), 0)
    return base + sum(steps) / len(steps)
