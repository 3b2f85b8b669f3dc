"""Events that the figures tell: against expectations, against last year, against earlier guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality, Polarity, Unit
from readthrough.domain.security import IssuerId
from readthrough.reading.event_bars import YEAR_AGO, against_earlier, against_market
from readthrough.reading.event_scene import LEAD, Scene

__all__ = ["Told", "told_by_figures"]

_PROFITS: Final = (
    "eps",
    "net income",
    "profit",
    "operating profit",
    "ebitda",
    "net loss",
    "operating loss",
    "loss",
)
_COUNTED: Final = frozenset({"deliveries", "subscribers", "users", "traffic"})
_SALES: Final = frozenset({"revenue", "same-store sales", "bookings", "net interest income", "orders"})
_MARGINS: Final = frozenset({"gross margin", "operating margin", "margin", "free cash flow"})
_RESULTS: Final = frozenset({*_PROFITS, *_SALES, *_MARGINS})
_GUIDED: Final = frozenset({*_RESULTS, *_COUNTED, "production", "shipments", "guidance"})
_LOSSES: Final = frozenset({"net loss", "operating loss", "loss"})
_SEASON: Final = lazily(
    r"\b(?:quarter\w*|results|earnings|half-year|first-half|full-year|annual (?:profit|results)|q[1-4]|"
    r"half|nine months|trading update|interim)\b"
)
_REPEATED: Final = lazily(r"\b(?:reiterat|reaffirm|re-?confirm|maintain|kept|stuck (?:to|by|with)|stood by)")
_REPORT: Final = lazily(r"\b(?:announces|reports)\b[^.]{0,40}\b(?:results|earnings)\b")
_PRIOR: Final = lazily(
    r"[^.;]{0,60}?(?:(?:, |\b)(?:up|down|raised|lowered|lifted|cut|rather than|instead of|compared (?:with|to)|against|"
    r"as against|versus)(?: from)?(?: the| a| an| its)?|\bfrom(?: the| a| its)?|(?:[.;,]\s+|\b)(?:in \w+,? )?(?:it|the company|the group|"
    r"which|having)?(?: had)?(?: earlier| previously| been| only)* (?:guided(?: to| for)?|pointed to(?: a)?|indicated|forecast|projected|spoken of|talked of|promised|"
    r"aim(?:ed|ing) for|told [a-z ]{0,24} to expect|expected|seen|planned|talking about))(?: growth| decline| drop| rise| of| about| around|"
    r" as little as| range| a| previous| earlier| prior| between| nearly| roughly| as much as| under)* "
    r"(?:[$€£¥₹]|rs\.? ?|us\$|c\$)?(?P<then>\d[\d,.]*\d|\d)\s?(?P<scale>trillion|billion|million|bn|mn)?"
)
_FALLING: Final = lazily(
    r"\b(?:fall(?:ing|s)?|declin\w+|drop(?:ping|s)?|shrink(?:ing)?|decrease|lower|down)\b"
)
_ESTIMATED: Final = lazily(r"\b(?:est|ests|estimated?|estimates|expected|ibes|consensus|forecast|exp)\b")
_FLASH: Final = lazily(
    r"[$€£¥₹]?(?P<now>\d[\d,.]*\d|\d)\s?(?:trillion|billion|million|bln|mln|bn|mn|b|m|cents|c|%)?(?: (?:euros|dollars|pounds|yen|crowns|kroner|kronor|francs|yuan|rupees|won))?(?: (?:adjusted|adj\.?|a share|per share|"
    r"plus or minus [^,;]{1,12}))?(?:,|;|\s|\bvs\b\.?|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b){1,4}"
    r"(?P<before>(?:the |an? |average |analysts'? |ibes |lseg |factset )*(?:est(?:imate[sd]?)?\.?|consensus(?: of)?|expected|exp\.?|forecast)(?: of)?:? )?(?:the |an? )?"
    r"[$€£¥₹]?(?P<then>\d[\d,.]*\d|\d)\s?(?:trillion|billion|million|bln|mln|bn|mn|b|m|cents|c|%)?"
    r"(?: (?:euros|dollars|pounds|yen|crowns|kroner|kronor|francs|yuan|rupees))?"
    r"(?P<after>,? (?:a share |that |which )*(?:(?:was|were|had been) )?(?:expected|est\b|estimated?|consensus|forecast|analysts|the street))?"
)
_CLEAR: Final = Decimal(10)  # per cent of profit change that reads as clearly better or worse
_FORECASTS: Final = lazily(
    r"\b(?:reckons?|thinks|expect(?:s|ed|ing)?|forecast(?:s|ed|ing)?|sees?|seen|guid(?:es|ed|ing|ance)|outlook|project(?:s|ed)|"
    r"predict(?:s|ed)|anticipat(?:es|ed)|target(?:s|ed|ing)|will be|to come in|should (?:land|be|come))\b"
)
_STIRRED: Final = Decimal(2)  # per cent move of a peer that a reader takes for a read-across
_FOLLOWED: Final = Decimal("1.3")  # the same, where it goes the way of the company in the news
_IN_STEP: Final = Decimal("0.8")  # the same, where the text calls it a peer
_OWN_REASON: Final = lazily(
    r"\b(?:after (?:it|the|reporting|saying|its)|its own|parent|promoter|owner|owns|stake|since|this year|so far|"
    r"year to date|in 20\d\d|over the past|month|before|until|when it|per cent below|bucked)\b"
)
_KIN: Final = lazily(
    r"\b(?:peers?|rivals?|competitors?|sympathy|other|fellow|also|too|sector|alongside|as well|read-?across|"
    r"suppliers?|suppl(?:y|ies)|compet(?:es?|ing)|sells? (?:it|them)|customers?|losers|winners|followed|in tow|makers|elsewhere)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one figure says happened."""

    fact: Fact
    type: str
    polarity: Polarity
    strength: float
    weak: bool = False


def told_by_figures(scene: Scene) -> Iterator[Told]:
    """Yield what the figures of an article tell, the weak tellings among them marked."""
    yearly: dict[IssuerId, list[Fact]] = {}
    for fact in scene.facts:
        if fact.issuer_id is None or fact.background or not 0 <= fact.sentence < len(scene.sentences):
            continue
        told = _told(scene, fact)
        if told is not None:
            yield told
        elif (
            fact.modality is Modality.ACTUAL
            and _yearly(fact) is not None
            and (fact.metric in _PROFITS or fact.metric == "revenue")
            and not fact.segment
            and fact.sentence <= LEAD + 2
        ):
            yearly.setdefault(fact.issuer_id, []).append(fact)
    for rows in yearly.values():
        yield from _against_last_year(scene, rows)
    yield from _read_across(scene)
    yield from _flashed(scene)


def _told(scene: Scene, fact: Fact) -> Told | None:
    if fact.metric == "dividend":
        return _payout(fact)
    guided = _is_guided(scene, fact)
    sign = {"beat": 1, "miss": -1}.get(fact.vs_expectation, 0)
    if sign and fact.metric in _COUNTED and not _forecasts(scene, fact):
        return Told(fact, "user_metrics", _polarity(sign), 0.55)
    if sign and guided and fact.metric in _GUIDED and not _set_otherwise(scene, fact):
        return Told(fact, "guidance_raise" if sign > 0 else "guidance_cut", _polarity(sign), 0.6)
    if sign and not guided and fact.metric in _RESULTS and fact.modality is Modality.ACTUAL:
        weak = bool(fact.segment) and fact.metric not in _PROFITS
        if weak and sign < 0 and scene.sentences[fact.sentence].index > LEAD:
            return None
        return Told(fact, "earnings_beat" if sign > 0 else "earnings_miss", _polarity(sign), 0.6, weak)
    if (
        fact.metric in _COUNTED
        and fact.is_change
        and fact.unit is Unit.PERCENT
        and fact.value >= 1
        and not guided
        and fact.modality is Modality.ACTUAL
        and fact.change in (Direction.UP, Direction.DOWN)
        and (not fact.segment or fact.sentence < LEAD)
        # further down a rival's count is there to compare
        and (fact.issuer_id == scene.main or fact.sentence < LEAD)
    ):
        return Told(fact, "user_metrics", _polarity(1 if fact.change is Direction.UP else -1), 0.5)
    beside = None if guided else _beside(scene, fact)
    if beside is not None:
        return beside
    if not guided or fact.metric not in _GUIDED or (fact.is_change and fact.previous is None):
        return None
    moved = _moved(scene, fact) or _earlier(scene, fact)
    if not moved and not _set_otherwise(scene, fact):
        moved = against_earlier(scene, fact) or against_market(scene, fact)
    if moved:
        return Told(fact, "guidance_raise" if moved > 0 else "guidance_cut", _polarity(moved), 0.6)
    if (
        "guidance" in fact.basis
        and fact.previous is None
        and fact.issuer_id == scene.main
        and _REPORT.search(scene.words(0))
    ):
        return Told(fact, "guidance_maintained", Polarity.NEUTRAL, 0.4, weak=True)
    return None


def _set_otherwise(scene: Scene, fact: Fact) -> bool:
    """What is repeated is not cut, and a range is held against expectations by its middle."""
    words = scene.words(fact.sentence)
    after = scene.words(fact.sentence + 1) if fact.sentence + 1 < len(scene.sentences) else ""
    return bool(_REPEATED.search(words)) or (
        fact.high is not None and ("midpoint" in words + after or "mid-point" in words + after)
    )


def _beside(scene: Scene, fact: Fact) -> Told | None:
    """Read a print against what the market is said, beside it, to have held."""
    if (
        fact.metric not in _RESULTS
        or fact.segment
        or fact.modality is not Modality.ACTUAL
        or fact.vs_expectation
        or fact.is_change
    ):
        return None
    way = against_market(scene, fact)
    if not way:
        return None
    way = -way if fact.metric in _LOSSES else way
    return Told(
        fact,
        "earnings_beat" if way > 0 else "earnings_miss",
        _polarity(way),
        0.55,
        fact.metric not in _PROFITS,
    )


def _payout(fact: Fact) -> Told | None:
    if fact.previous is not None:
        way = (fact.value > fact.previous) - (fact.value < fact.previous)
    else:
        way = {Direction.UP: 1, Direction.DOWN: -1}.get(fact.change, 0) if fact.change else 0
    if not way:
        return None
    return Told(fact, "dividend_increase" if way > 0 else "dividend_cut_or_suspension", _polarity(way), 0.5)


def _earlier(scene: Scene, fact: Fact) -> int:
    """Compare a guided figure with the earlier one that the text gives after it."""
    match = _PRIOR.match(scene.lower, fact.figure.end)
    if match is None or (match.group("scale") or "") not in ("", fact.scale, fact.scale[:1] + "n"):
        return 0
    if YEAR_AGO.search(match.group()):
        return 0
    shown = re.search(r"\d[\d,.]*", scene.lower[fact.figure.start : fact.figure.end])
    if shown is None:
        return 0
    now, then = _number(shown.group()), _number(match.group("then"))
    if now is None or then is None or now == then or max(now, then) > 5 * min(now, then):
        return 0
    falling = fact.metric in _LOSSES or _FALLING.search(
        scene.lower, scene.sentences[fact.sentence].span.start, fact.figure.start
    )
    way = 1 if now > then else -1
    return -way if falling else way


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").rstrip("."))
    except ArithmeticError:
        return None


def _polarity(sign: int) -> Polarity:
    return {1: Polarity.POSITIVE, -1: Polarity.NEGATIVE}.get(sign, Polarity.NEUTRAL)


def _words(scene: Scene, fact: Fact) -> str:
    return scene.lower[fact.span.start : fact.span.end]


def _forecasts(scene: Scene, fact: Fact) -> bool:
    return "guidance" in fact.basis or bool(_FORECASTS.search(_words(scene, fact)[:60]))


def _is_guided(scene: Scene, fact: Fact) -> bool:
    if "guidance" in fact.basis:
        return True
    if fact.modality is not Modality.PLANNED:
        return False
    base = scene.sentences[fact.sentence].span.start
    return bool(_FORECASTS.search(scene.lower, base, fact.figure.start))


def _moved(scene: Scene, fact: Fact) -> int:
    if YEAR_AGO.search(scene.words(fact.sentence)):
        return 0  # what went before may be last year's figure, not an earlier outlook
    if (
        fact.previous is None
        or fact.metric in _MARGINS
        or (fact.high is not None and fact.previous == fact.value)
    ):
        return 0  # of a range that starts where the earlier one did, the ends must be compared
    if fact.high is not None and fact.change is not None and fact.unit in (Unit.MONEY, Unit.COUNT):
        told = {Direction.UP: 1, Direction.DOWN: -1}.get(
            fact.change, 0
        )  # "cut to between 5 and 6 from 5.5 to 6.5"
        return -told if fact.metric in _LOSSES else told
    middle = (fact.value + fact.high) / 2 if fact.high is not None else fact.value
    top = fact.high if fact.high is not None else fact.value
    up = (
        (top > fact.previous) - (top < fact.previous)
        if fact.high
        else (middle > fact.previous) - (middle < fact.previous)
    )
    return -up if fact.metric in _LOSSES else up


def _yearly(fact: Fact) -> Decimal | None:
    """Return the per cent, unsigned, by which a figure moved against the earlier one."""
    if fact.change is None:
        return None
    if fact.is_change:
        return fact.value if fact.unit is Unit.PERCENT else None
    if fact.previous is None or fact.previous <= 0 or fact.unit is Unit.PERCENT:
        return None
    return abs(fact.value - fact.previous) / fact.previous * 100


def _against_last_year(scene: Scene, rows: Sequence[Fact]) -> Iterator[Told]:
    """Read a print without expectations by its clear direction; the bottom line speaks first."""
    lead = scene.lower[: scene.sentences[min(LEAD, len(scene.sentences)) - 1].span.end]
    if not _SEASON.search(lead):
        return
    profits = sorted((f for f in rows if f.metric in _PROFITS), key=lambda f: (f.sentence // 4, _rank(f)))
    sales = [f for f in rows if f.metric == "revenue"]
    if not profits:
        if sales and sales[0].sentence < LEAD and (_yearly(sales[0]) or 0) >= 5:
            up = sales[0].change is Direction.UP
            yield Told(
                sales[0],
                "earnings_beat" if up else "earnings_miss",
                Polarity.POSITIVE if up else Polarity.NEGATIVE,
                0.4,
                weak=True,
            )
        return
    first = profits[0]
    moved = _yearly(first) or Decimal(0)
    good = (first.change is Direction.UP) != (first.metric in _LOSSES)
    against = [f for f in sales if f.change is (Direction.DOWN if good else Direction.UP)]
    surprises = {
        f.vs_expectation for f in scene.facts if f.metric in _PROFITS and f.issuer_id == first.issuer_id
    }
    sold = {f.vs_expectation for f in scene.facts if f.metric == "revenue" and f.issuer_id == first.issuer_id}
    if moved >= 2 * _CLEAR and not surprises & {"beat", "miss"} and ("miss" if good else "beat") in sold:
        yield Told(first, "earnings_mixed", Polarity.NEUTRAL, 0.5)
        return
    small = moved < _CLEAR
    if small and not _SEASON.search(lead[: scene.sentences[min(1, len(scene.sentences) - 1)].span.end]):
        return
    if small or (against and moved < 3 * _CLEAR):
        yield Told(first, "earnings_mixed", Polarity.NEUTRAL, 0.4, weak=True)
    elif first.change in (Direction.UP, Direction.DOWN):
        type_ = "earnings_beat" if good else "earnings_miss"
        yield Told(first, type_, Polarity.POSITIVE if good else Polarity.NEGATIVE, 0.45, weak=True)


def _rank(fact: Fact) -> int:
    return _PROFITS.index(fact.metric)


def _read_across(scene: Scene) -> Iterator[Told]:
    """Peers whose shares go the way of the company in the news, with no reason of their own."""
    main = scene.main
    if not scene.rows:
        return
    named = {m.issuer_id for m in scene.rows[0]}
    if named and main not in named:
        return
    way = scene.moves.get(main, 0.0) if main is not None and named else 0.0
    counted = {f.issuer_id for f in scene.facts if f.metric in _COUNTED or f.metric in _RESULTS}
    for fact in scene.facts:
        if (
            fact.metric != "share price"
            or fact.issuer_id is None
            or fact.issuer_id == main
            or (fact.issuer_id in named and not _trails(scene, fact.issuer_id))
            or fact.background
            or not fact.is_change
            or fact.unit is not Unit.PERCENT
            or fact.change not in (Direction.UP, Direction.DOWN)
            or not 0 < fact.sentence < len(scene.sentences)
        ):
            continue
        words = scene.words(fact.sentence)
        if fact.issuer_id in counted or (fact.issuer_id not in named and _OWN_REASON.search(words)):
            continue
        sign = 1 if fact.change is Direction.UP else -1
        kin = bool(_KIN.search(words))
        least = _IN_STEP if kin and sign * way > 0 else _FOLLOWED if sign * way > 0 else _STIRRED
        against = sign * way < 0 and not kin and fact.issuer_id not in named
        if fact.value < (max(least, _STIRRED) if against else least):
            continue
        if not named and scene.main is not None and not scene.rows[fact.sentence]:
            continue
        yield Told(fact, "sector_readacross", _polarity(sign), 0.45)


def _trails(scene: Scene, issuer: IssuerId) -> bool:
    """The headline names it last, after what happened to another: "...; Novo falls"."""
    row = scene.rows[0]
    between = scene.lower[row[-1].span.start - 3 : row[-1].span.start] if row else ""
    return len(row) > 1 and row[-1].issuer_id == issuer != row[0].issuer_id and between.strip() == ";"


def _flashed(scene: Scene) -> Iterator[Told]:
    """Read "Q3 REV $71.3B, EST. $68.9B" and its like, in which no verb says beat or miss."""
    if scene.main is None:
        return
    first = next((f for f in scene.facts if f.issuer_id == scene.main), None)
    for index, sentence in enumerate(scene.sentences[: LEAD + 4]):
        words = scene.words(index)
        if not _ESTIMATED.search(words):
            continue
        for match in _FLASH.finditer(words):
            if not (match.group("before") or match.group("after")):
                continue
            now, then = _number(match.group("now")), _number(match.group("then"))
            if now is None or then is None or now == then or max(now, then) > 5 * min(now, then):
                continue
            ahead = words[max(0, match.start() - 45) : match.start()]
            fact = next((f for f in scene.facts if f.sentence == index and f.issuer_id == scene.main), first)
            if fact is None or sentence.background:
                continue
            way = 1 if now > then else -1
            if re.search(r"\bloss\b", ahead):
                way = -way
            if _FORECASTS.search(ahead):
                yield Told(fact, "guidance_raise" if way > 0 else "guidance_cut", _polarity(way), 0.6)
            elif re.search(r"\b(?:rev\w*|sales|eps|profit|income|ebitda|earnings|share|margin)\b", ahead):
                weak = "rev" in ahead or "sales" in ahead
                yield Told(fact, "earnings_beat" if way > 0 else "earnings_miss", _polarity(way), 0.6, weak)
