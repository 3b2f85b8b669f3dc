"""Figures that only compare join the fact they compare with; verdicts against expectation find theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import log
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality, Unit
from readthrough.reading import cues
from readthrough.reading.bound import RATES
from readthrough.reading.fact_scene import SURPRISES, Scene, good_for_holders
from readthrough.reading.metrics import HOLDERS
from readthrough.reading.numbers import Quantity
from readthrough.reading.qualifiers import EXPECTATION, EXPECTED_FIGURE, clause_bounds, expectations

__all__ = [
    "compared",
    "join_expected",
    "join_previous",
    "judge_expectations",
    "share_growth",
    "share_rise",
    "share_verdicts",
]

_PREVIOUS: Final = lazily(
    r"(?:(?:earlier|previously|had) (?:pointed to|guided to|been talking about|assumed|forecast|targeted|expected|projected|seen)(?: as much as| about| up to| around)?(?=\s+$)|\bfrom (?:its |the |a |an )?(?:\w+ )?(?:guidance|forecast|estimate|target|plan|range) of(?=\s+$)|\b(?:ago|earlier) (?:it|that|the figure|they) (?:was|were|had been|stood at)|that compares with|compares with|(?:double|twice|triple|half|three times) (?:the|its|last year['’]s|the previous year['’]s)(?=\s)|\bfrom|\babove|\bbelow|compared (?:with|to)|\binstead of|\brather than|\bin place of|\bagainst|\bversus|\bvs\.?|up from|down from|\bthan)\s+(?:(?:about|around|a|an|the|just|nearly|its|our|revenue|profit|sales|income|net|earnings|loss|of|level|plan|previous|prior|earlier|forecast|target|estimate|guidance|range|record|view|outlook|call|aim|goal|projection)\s+)*$"
)

_AGO: Final = lazily(
    r"^[^.;]{0,40}?\b(?:a year (?:earlier|ago|before)|year-ago|(?:the |last |prior |previous )(?:year|quarter|month)|earlier|previously|ago|before|y/y|yoy|yr/yr|same (?:period|quarter))\b"
)

_HAD_EXPECTED: Final = lazily(
    r"\b(?:had been|was|were) (?:looking|hoping|braced|bracing) for\b|\b(?:the street|wall street|the city|consensus|analysts|brokers) (?:was at|were at|wanted|had in mind|had pencilled in|was for|is for|stood at)\b|\btold (?:investors|analysts|the market|shareholders)\b[^.;]{0,30}\bexpect\b|\b(?:analysts?|economists?|wall street|the street|consensus|the market|forecasters|investors|a poll|poll)\b[^.;]{0,60}?"
    r"\b(?:expect\w*|forecast\w*|estimat\w*|look\w* for|predict\w*|project\w*|consensus|average|called for|pencilled)\b"
    r"|\b(?:average|mean|median|consensus) (?:analyst )?(?:estimate|forecast|expectation)s?\b|\b(?:estimates?|expectations?|forecasts?|consensus) (?:of|for|was|were|call)\b"
)

_LED_TO: Final = lazily(r"\bto\s(?:about |around |nearly |a record |just |over )?$")

_TRAILING: Final = lazily(
    r"\b(?:up|down|rose|fell|grew|increased|declined|decreased|dropped|climbed|jumped|(?:a|an) (?:rise|increase|decline|drop|jump|gain|fall) of|(?:higher|lower) by|compared)\b|^,? ?\(?(?:a |an )?$|[(,]\s*\+?$"
)

_COPULAS: Final = frozenset(
    {" was ", " were ", " is ", " represents ", " represented ", " marked ", ", which was ", ", which is "}
)
_COMPARES: Final = lazily(
    r"\b(?:from|instead|rather|place|compare[sd]?|against|versus|vs|than|above|below|ago|earlier|previously|had|double|twice|triple|half|times)\b"
)
_YEAR_BEFORE: Final = lazily(
    r"\s(?:(?:of|in|from|seen|recorded|reported|earned)\s)?(?:a year|last year|the (?:same|prior|previous|year))\b"
)
_UNJUDGED: Final = frozenset(
    "share price,unspecified,price target,index,deal value,premium,stake,market value,fine,settlement,buyback".split(
        ","
    )
)
_REASON: Final = lazily(r"\b(?:as|after|while|with|on|by|thanks)\b")  # "beats estimates as Azure grows 34%"
_JUDGED: Final = (frozenset(HOLDERS) | SURPRISES) - _UNJUDGED
_FALL_OF: Final = lazily(r"\b(?:fall|drop|decline|decrease|contraction|loss) of (?:about |around )?$")
_RISE_OF: Final = lazily(r"\b(?:rise|increase|gain|growth) of (?:about |around )?$")
_AS_EXPECTED: Final = lazily(r"[^.;,]{0,30}\b(?:expected|forecast|estimated|anticipated)\b")
_TURNED: Final = lazily(r"[;]|\b(?:but|which|while)\b")
_AGAINST: Final = lazily(
    r"(?:\bthan(?: the)?|above(?: the)?|below(?: the)?|beat(?:ing|s)?(?: the)?|topp(?:ed|ing)(?: the)?|miss(?:ed|ing)(?: the)?|versus(?: the)?|vs\.?(?: the)?|against(?: the)?|"
    r"compared (?:with|to)(?: the)?|trail(?:ed|s|ing)(?: the)?|\best\.?|\bexp\.?|consensus(?: was)?(?: for)?|ahead of(?: the)?|short of(?: the)?|exceed(?:ed|ing)(?: the)?|surpass(?:ed|ing)(?: the)?)\s+(?:[\w’'-]+\s+){0,7}?$"
)


# who hopes, as it stands before or behind the figure hoped for
_HOPES: Final = lazily(
    r"\b(?:consensus|estimates?|est\b|expect(?:ed|ations?|ing)|forecast(?:s|ers)?|(?:market|mkt|street|analyst) view|polls?|polled|analysts?|economists?|"
    r"wall street|the street|the city|brokers|pencilled|looked for|looking for|seen\b|smartestimate|hop(?:ed|ing) for|predicted|projected|anticipated|working with)"
)
_HOPES_AFTER: Final = lazily(
    r"[^.;:,(\d]{0,24}\b(?:consensus|estimates?|expected|forecast|analysts?|economists?|forecasters|wall street|street|city|brokers|pencilled|seen|predicted|projected|anticipated|"
    r"that (?:analysts|economists|wall street|forecasters)|the (?:market|bank|company) (?:had|was))\b"
)
_SET_BESIDE: Final = lazily(
    r"\b(?:than|against|versus|vs|compared|below|above|shy of|short of|light of|clear of|cleared|clearing|trail\w*|miss\w*|beat\w*|topp\w+|exceed\w*|surpass\w*|outstripp\w+|outpac\w+|"
    r"ahead of|where|half|double|twice|undershot|overshot|undercut|lagg\w+|fell short|compares)\b|\((?:[a-z. ]{0,24}:? ?)$|(?:consensus|view|estimate|forecast|poll|expectation)s?,?:? (?:was |were |had been |is |of |for |at |stood at |called for |a (?:fall|rise|drop|gain) of )*(?:a |an |about )*[$€£¥₹a-z]{0,3} ?$"
)
_COMING: Final = lazily(
    r"\b(?:next (?:year|quarter)|this year|the (?:full|current|coming) (?:year|quarter)|20\d\d)\b"
)


def join_expected(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Attach a figure that only says what had been expected to the fact it was expected for."""
    span = scene.sentence.span
    if facts and scene.cues & cues.AGAINST and _off_by(facts, first, scene, quantity):
        return True
    if not facts or not scene.cues & (cues.HOPED | cues.HAD_EXPECTED):
        return False
    if _distance(facts, first, scene, quantity):
        return True
    before = scene.lowered[max(span.start, quantity.start - 110) : quantity.start].rstrip("+")
    after = scene.lowered[quantity.end : min(span.end, quantity.end + 60)].partition(";")[0]
    against = _AGAINST.search(before) if scene.cues & cues.AGAINST else None
    said = against is not None and bool(
        EXPECTED_FIGURE.search(against.group()) or EXPECTED_FIGURE.search(after) or _AS_EXPECTED.match(after)
    )
    if not (
        said
        or (scene.cues & cues.HAD_EXPECTED and _had_expected(before))
        or _set_beside(facts, first, scene, quantity)
    ):
        return False
    for index in range(len(facts) - 1, max(-1, len(facts) - 7), -1):
        fact = facts[index]
        if fact.sentence < scene.sentence.index - 2 or (
            index < first and any(_same_kind(f, quantity) for f in facts[first:])
        ):
            break
        if _comparable(fact, quantity, scene, same_sentence=index >= first):
            index = _of_its_size(facts, index, first, scene, quantity)
            facts[index] = _against(facts[index], quantity, before)
            return True
    return False


def _of_its_size(facts: list[Fact], index: int, first: int, scene: Scene, quantity: Quantity) -> int:
    """Of figures told together take the one of the expected one's size: 0.3% belongs to a month's 0.2%, not to the year's 2.7%."""
    if quantity.unit not in RATES or not quantity.value:
        return index

    def far(i: int) -> float:
        return abs(log(abs(float(facts[i].value / quantity.value)) or 1e-9))

    told = [
        i
        for i in range(max(0, index - 3), index + 1)
        if facts[i].sentence == facts[index].sentence
        and facts[i].metric == facts[index].metric
        and _comparable(facts[i], quantity, scene, same_sentence=i >= first)
    ]
    nearest = min(told, key=far, default=index)
    return nearest if far(nearest) + 1.0 < far(index) else index


def _set_beside(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Tell "just shy of the 39.4 billion analysts wanted" and "(consensus: 103.4bn)" by the words next to the figure."""
    left = facts[-1].figure.end if len(facts) > first else scene.sentence.span.start
    left = max(left, quantity.start - 70, scene.sentence.span.start)
    gap = scene.lowered[left : quantity.start]
    if any(left <= m.span.start < quantity.start for m in scene.mentions):
        return False  # "versus Tencent's 26 times": another company's
    words = list(_SET_BESIDE.finditer(gap))
    if not words or ", " in gap[words[-1].end() :] or scene.moves(left + words[-1].end(), quantity.start):
        return False
    right = min(scene.sentence.span.end, quantity.end + 60)
    hoped = _HOPES.search(gap) or _HOPES_AFTER.match(scene.lowered, quantity.end, right)
    return hoped is not None and not _COMING.search(gap)


_IN_LINE: Final = lazily(r"\b(?:in line with|match(?:ed|es|ing)|met|meeting)\b[^.;,\d]{0,40}$")


def _distance(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Read "8 cents below what analysts expected" as a verdict on the figure before it, of which it is the distance."""
    far = _DISTANCE.match(scene.lowered, quantity.end, min(scene.sentence.span.end, quantity.end + 80))
    if far is None or quantity.high is not None:
        return False
    told = "beat" if far["way"] == "better" else "more" if far["way"] in _MORE else "less"
    return _judge_by(facts, first, scene, quantity, told)


def _off_by(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Read "beat by 2 cents" and "missed estimates by $40 million" as a verdict on the figure before them."""
    off = _OFF_BY.search(scene.lowered, max(scene.sentence.span.start, quantity.start - 70), quantity.start)
    if off is None or quantity.high is not None:
        return False
    judged = _judge_by(facts, first, scene, quantity, "miss" if off["beat"] is None else "beat")
    return judged or off["hoped"] is not None


def _judge_by(facts: list[Fact], first: int, scene: Scene, quantity: Quantity, told: str) -> bool:
    """Give the figure before a distance its verdict; more of what holders do not want is a miss."""
    for index in range(len(facts) - 1, max(-1, len(facts) - 4), -1):
        fact = facts[index]
        if index < first and fact.sentence != scene.sentence.index - 1:
            break
        if fact.metric in _UNJUDGED or not _same_measure(fact, quantity):
            continue
        if not fact.vs_expectation:
            better = (told == "more") == (HOLDERS.get(fact.metric, 1) >= 0)
            verdict = told if told in ("beat", "miss") else "beat" if better else "miss"
            facts[index] = replace(fact, vs_expectation=verdict, good=1 if verdict == "beat" else -1)
        return True
    return False


_OFF_BY: Final = lazily(
    r"\b(?:(?P<beat>beat|beats|beating|topped|topping|tops|exceeded|surpassed|ahead)|missed|misses|missing|fell short|short)"
    r"(?P<hoped> (?:of )?(?:[\w’'.$€£]+ ){0,6}(?:estimates?|expectations?|forecasts?|consensus|street|views?|expected|anticipated))? by (?:about |around |just |only |nearly |a |an )*$"
)


def _same_measure(fact: Fact, quantity: Quantity) -> bool:
    money = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    alike = (fact.unit in money and quantity.unit in money) or fact.unit is quantity.unit
    return alike and not fact.is_change and abs(quantity.value) < abs(fact.value)


_MORE: Final = frozenset({"above", "ahead", "more", "higher", "over", "better"})
_DISTANCE: Final = lazily(
    r"(?:\s(?:a|per) share)?\s(?P<way>below|short|shy|under|less|worse|lower|above|ahead|better|more|higher|over)(?:\s(?:of|than))?\s(?:what |the |its |their |average |mean |own )*"
    r"(?:analysts?|consensus|wall street|street|market|city|economists|estimates?|expectations?|forecasts?|expected|guidance)\b"
)


def _had_expected(before: str) -> bool:
    had = _HAD_EXPECTED.search(before)
    if had is None or _TURNED.search(before, had.end()) or EXPECTATION.search(before):
        return False
    return _OWN_OUTLOOK.search(before, 0, had.end()) is None


# "kept its full-year forecast of": whoever is not surprised by it
_OWN_OUTLOOK: Final = lazily(
    r"\b(?:its|their|our|the company['’]s) (?:own )?(?:[\w-]+ ){0,3}(?:estimates?|expectations?|forecasts?) (?:of|for)$"
)


def _comparable(fact: Fact, quantity: Quantity, scene: Scene, *, same_sentence: bool) -> bool:
    money = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    if not _same_kind(fact, quantity) or fact.metric in _UNJUDGED or fact.expected is not None:
        return False
    sums = fact.unit in money or fact.unit is Unit.COUNT
    if sums and quantity.value and not Decimal("0.2") < abs(fact.value / quantity.value) < 5:
        return False
    if same_sentence:
        return True
    named = next((m.name for m in reversed(scene.metrics) if m.end <= quantity.start), None) or next(
        (m.name for m in scene.metrics if m.start >= quantity.end), None
    )
    kins = (
        {"profit", "net income", "eps", "operating profit"},
        {"loss", "net loss", "operating loss", "eps"},
    )
    return named is None or named == fact.metric or any(named in kin and fact.metric in kin for kin in kins)


def _against(fact: Fact, quantity: Quantity, before: str) -> Fact:
    expected = -quantity.value if _FALL_OF.search(before) else quantity.value
    if fact.vs_expectation:
        return replace(fact, expected=expected)
    actual = -fact.value if fact.is_change and fact.change is Direction.DOWN else fact.value
    hoped = (
        -expected
        if fact.is_change and fact.change is Direction.DOWN and expected > 0 and not _RISE_OF.search(before)
        else expected
    )
    if actual == hoped or _IN_LINE.search(before):
        return replace(fact, expected=expected, vs_expectation="in_line")
    better = (actual > hoped) == (HOLDERS.get(fact.metric, 1) >= 0)
    return replace(
        fact, expected=expected, vs_expectation="beat" if better else "miss", good=1 if better else -1
    )


def join_previous(facts: list[Fact], first: int, scene: Scene, quantity: Quantity) -> bool:
    """Attach "from $1.9 billion" and "compared with 4 % a year earlier" to the fact they compare with."""
    span = scene.sentence.span
    before = scene.lowered[max(span.start, quantity.start - 70) : quantity.start]
    if len(facts) == first and not before.lstrip().startswith(("that", "it", "three", "a year", "compare")):
        return False
    compares = scene.cues & cues.COMPARES and _COMPARES.search(before)
    match = _PREVIOUS.search(before) if compares else None
    if (
        match is not None
        and match.group().startswith(("above", "below"))
        and not _YEAR_BEFORE.match(scene.lowered, quantity.end)
    ):
        return False
    bracketed = "(" in before[-14:] and _bracketed(scene, quantity, before)
    if not bracketed and match is None:
        if not (before.rstrip().endswith(" or") and any(f.previous is not None for f in facts[first:])):
            return False
    elif (
        not bracketed
        and match is not None
        and not match.group().startswith(_PLAIN)
        and not _EARLIER.search(match.group())
        and not _AGO.match(scene.lowered[quantity.end : span.end])
        and not _set_against(facts, first, scene, quantity, match.group())
    ):
        return False
    for index in range(len(facts) - 1, first - 1, -1):
        fact = facts[index]
        if (
            _same_kind(fact, quantity)
            and fact.previous is None
            and fact.metric != "unspecified"
            and (
                not fact.is_change
                or (fact.metric in _PACES and match is not None)
                or (bracketed and fact.modality is Modality.PLANNED)
                # one range of growth took another's place
                or (fact.high is not None and quantity.high is not None)
                or _rate_before(match, scene.lowered[quantity.end : span.end])
            )
        ):
            facts[index] = compared(fact, quantity)
            return True
    return False


def _set_against(facts: list[Fact], first: int, scene: Scene, quantity: Quantity, before: str) -> bool:
    """Tell "earned 1.69 billion, compared with 1.18 billion": no hope is spoken of, so it is the time before."""
    if not before.startswith(_BESIDE) or quantity.unit in RATES:
        return False
    span = scene.sentence.span
    near = scene.lowered[max(span.start, quantity.start - 60) : min(span.end, quantity.end + 60)]
    # "9 billion in 2030, against 7.1 billion this year"
    now = _NOW.match(scene.lowered, quantity.end, span.end) is not None
    return (now or not _HOPES.search(near)) and any(
        _comparable(f, quantity, scene, same_sentence=True)
        and (f.modality is Modality.ACTUAL or (now and f.modality is Modality.PLANNED))
        for f in facts[first:]
    )


_NOW: Final = lazily(
    r"\s(?:(?:expected |forecast )?this year|last year|now|today|currently|at present|in 20\d\d)\b"
)


def _bracketed(scene: Scene, quantity: Quantity, before: str) -> bool:
    """Tell "(previously 6% to 8%)" and "(8.5 billion in the year-ago quarter)"."""
    if not (opened := _OPENED.search(before)):
        return False
    return bool(opened["then"]) or _THEN.match(scene.lowered, quantity.end) is not None


_OPENED: Final = lazily(
    r"\((?P<then>(?:previously|earlier|before|prior|was|from|vs\.?|last year|year[- ]ago|prior[- ](?:year|period|quarter)|20\d\d|q[1-4] 20\d\d):? )?$"
)
_THEN: Final = lazily(
    r"(?:,| in| for)?(?: the)? (?:year[- ](?:ago|earlier)|a year (?:ago|earlier|before)|last year|previous|prior|previously|earlier|same)\b"
)
_BESIDE: Final = ("compared", "against", "versus", "vs")
_PACES: Final = frozenset({"inflation"})
_PLAIN: Final = (
    "from",
    "instead",
    "rather",
    "in place",
    "up from",
    "down from",
    "ago",
    "earlier",
    "previously",
    "had",
    "that compares",
    "compares",
    "double",
    "twice",
    "triple",
    "half",
    "three",
)
_EARLIER: Final = lazily(
    r"\b(?:earlier|previous|prior|its own|own previous)\b.*\b(?:guidance|forecast|target|estimate|range|plan|view|outlook|call|aim|goal|projection)\b"
)


def _rate_before(match: re.Match[str] | None, after: str) -> bool:
    """Tell "up from 34% growth" and "compared with 2% previously" from the levels a rise ran between."""
    if match is None:
        return False
    rate = re.match(r"\s(?:growth|gain|rise|increase|decline|drop|fall|pace)\b", after)
    return bool(rate) or not match.group().startswith(("from", "up", "down"))


def _same_kind(fact: Fact, quantity: Quantity) -> bool:
    money = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    if fact.currency and quantity.currency and fact.currency != quantity.currency:
        return False  # "net income of 26.7 billion reais ($4.9 billion), above the 22.4 billion reais"
    if fact.unit is quantity.unit:
        return True
    if fact.unit is Unit.MONEY and quantity.unit is Unit.COUNT and not quantity.counted and quantity.scale:
        return quantity.value > 0 and Decimal("0.1") < abs(fact.value / quantity.value) < 10
    per_share = fact.unit in money and quantity.unit in money and not quantity.scale.endswith("illion")
    return per_share and quantity.value > 0 and Decimal("0.2") < abs(fact.value / quantity.value) < 5


def compared(fact: Fact, quantity: Quantity) -> Fact:
    """Give a fact the figure it compares with, and the direction the two tell."""
    if (
        fact.is_change
        and fact.metric in _PACES
        and fact.value != quantity.value
        and fact.change is Direction.UP
    ):
        # "prices rose 3.2%, down from 3.6%": inflation is the rate, and the rate fell
        moved = Direction.UP if fact.value > quantity.value else Direction.DOWN
        good = fact.good if fact.vs_expectation else good_for_holders(fact.metric, moved, False)
        return replace(fact, previous=quantity.value, change=moved, is_change=False, good=good)
    if fact.is_change:
        return replace(fact, previous=quantity.value)
    change = fact.change
    if change is None and quantity.value != fact.value:
        change = Direction.UP if fact.value > quantity.value else Direction.DOWN
    good = fact.good if fact.vs_expectation else good_for_holders(fact.metric, change, False)
    return replace(fact, previous=quantity.value, change=change, good=good)


def judge_expectations(facts: list[Fact], first: int, scene: Scene) -> None:
    """Give each "missed expectations" to the figure it speaks of: the last before it, else the next."""
    span = scene.sentence.span
    for match in expectations(scene.lowered, span.start, span.end):
        verdict = {"beat": "beat", "narrow": "beat", "miss": "miss", "inline": "in_line"}[
            match.lastgroup or "inline"
        ]
        candidates = [i for i in range(first, len(facts)) if facts[i].metric in _JUDGED]
        left, right = clause_bounds(scene.lowered, span.start, span.end, match.start())
        told = next((m for m in reversed(scene.metrics) if left <= m.start < match.start()), None)
        earlier = [
            i
            for i in candidates
            if (
                facts[i].figure.end <= match.start()
                or (facts[i].figure.start < match.end() and facts[i].span.start < match.start())
            )
            and not (told is not None and facts[i].figure.end <= left and _is_of_other(facts[i], told.name))
        ]
        later = [
            i
            for i in candidates
            if match.end() <= facts[i].figure.start <= max(right, match.end() + 60)
            and not (facts[i].segment and _REASON.search(scene.lowered, match.end(), facts[i].figure.start))
        ]
        index = earlier[-1] if earlier else later[0] if later else None
        if index is None or facts[index].vs_expectation:
            continue
        fact = facts[index]
        words = match.group()
        if (
            HOLDERS.get(fact.metric, 1) < 0
            and verdict != "in_line"
            and match.lastgroup != "narrow"
            and re.search(r"higher|above|more|exceed|lower|below|fewer|wider|topp|less|smaller", words)
        ):
            verdict = "miss" if verdict == "beat" else "beat"
        good = {"beat": 1, "miss": -1, "in_line": fact.good}[verdict]
        facts[index] = replace(fact, vs_expectation=verdict, good=good)


def _is_of_other(fact: Fact, told: str) -> bool:
    """Tell that "overall revenue fell short" is said of the whole, and not of the part or metric told before it."""
    return fact.metric != told or bool(fact.segment)


def share_rise(facts: list[Fact], first: int, lowered: str) -> None:
    """Give the level of "an 18% rise in net profit to Rs 5,782 crore" the direction of its rise."""
    for index in range(first, len(facts) - 1):
        rate, level = facts[index], facts[index + 1]
        alike = rate.is_change and level.change is None and level.metric == rate.metric
        if alike and _LED_TO.search(lowered[rate.figure.end : level.figure.start]):
            good = level.good or good_for_holders(level.metric, rate.change, True)
            facts[index + 1] = replace(level, change=rate.change, good=good)


def share_growth(facts: list[Fact], first: int, lowered: str) -> None:
    """Give a level the direction of the growth said right after it: "revenue of $9.87 billion, up 31%"."""
    for index in range(first, len(facts) - 1):
        level, rate = facts[index], facts[index + 1]
        if level.change is not None or level.is_change or not rate.is_change or level.metric in {"index"}:
            continue
        gap = lowered[level.figure.end : rate.figure.start]
        beside = len(gap) < 45 and _TRAILING.search(gap)
        if level.metric == rate.metric and (beside or gap in _COPULAS):
            good = level.good or good_for_holders(level.metric, rate.change, True)
            facts[index] = replace(level, change=rate.change, good=good)


def share_verdicts(facts: list[Fact], first: int) -> None:
    """A growth rate and the level it led to ("rose 3% to $33 billion") share one verdict."""
    for index in range(first, len(facts) - 1):
        rate, level = facts[index], facts[index + 1]
        same = rate.metric_name == level.metric_name and rate.is_change and not level.is_change
        if same and level.vs_expectation and not rate.vs_expectation:
            facts[index] = replace(rate, vs_expectation=level.vs_expectation, good=level.good)
