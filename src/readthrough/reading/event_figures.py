"""Events that the figures tell: against expectations, against last year, against earlier guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from readthrough.domain.reading import Direction, Fact, Modality, Polarity, Unit
from readthrough.domain.security import IssuerId
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
_SEASON: Final = re.compile(
    r"\b(?:quarter\w*|results|earnings|half-year|first-half|full-year|annual (?:profit|results)|q[1-4]|"
    r"half|nine months|trading update|interim)\b"
)
_CLEAR: Final = Decimal(10)  # per cent of profit change that reads as clearly better or worse
_FORECASTS: Final = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|forecast(?:s|ed|ing)?|sees?|seen|guid(?:es|ed|ing|ance)|outlook|project(?:s|ed)|"
    r"predict(?:s|ed)|anticipat(?:es|ed)|target(?:s|ed|ing)|will be|to come in|should (?:land|be|come))\b"
)
_OTHERS: Final = re.compile(
    r"\b(?:analysts?|brokers?|brokerage|economists?|consensus|estimates?|price target|(?<!ad )street|strategists?|"
    r"bull case|bear case|if )\b"
)
_STIRRED: Final = Decimal(2)  # per cent move of a peer that a reader takes for a read-across
_OWN_REASON: Final = re.compile(
    r"\b(?:after (?:it|the|reporting|saying|its)|its own|parent|promoter|owner|owns|stake|since|this year|so far|"
    r"year to date|in 20\d\d|over the past|month|before|until|when it|per cent below|bucked)\b"
)
_KIN: Final = re.compile(
    r"\b(?:peers?|rivals?|competitors?|sympathy|other|fellow|also|too|sector|alongside|as well|read-?across|"
    r"suppliers?|losers|winners|followed|in tow|makers|elsewhere)\b"
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
            and fact.change
            and fact.is_change
            and fact.unit is Unit.PERCENT
            and (fact.metric in _PROFITS or fact.metric == "revenue")
            and not fact.segment
            and fact.sentence <= LEAD + 2
        ):
            yearly.setdefault(fact.issuer_id, []).append(fact)
    for rows in yearly.values():
        yield from _against_last_year(scene, rows)
    yield from _read_across(scene)


def _told(scene: Scene, fact: Fact) -> Told | None:
    guided = _is_guided(scene, fact)
    sign = {"beat": 1, "miss": -1}.get(fact.vs_expectation, 0)
    if sign and fact.metric in _COUNTED and not _forecasts(scene, fact):
        return Told(fact, "user_metrics", _polarity(sign), 0.55)
    if sign and guided and fact.metric in _GUIDED:
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
    ):
        return Told(fact, "user_metrics", _polarity(1 if fact.change is Direction.UP else -1), 0.5)
    if not guided or fact.metric not in _GUIDED or (fact.is_change and fact.previous is None):
        return None
    moved = _moved(fact)
    if moved:
        return Told(fact, "guidance_raise" if moved > 0 else "guidance_cut", _polarity(moved), 0.6)
    if "guidance" in fact.basis and fact.previous is None and fact.issuer_id == scene.main:
        return Told(fact, "guidance_maintained", Polarity.NEUTRAL, 0.4, weak=True)
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


def _moved(fact: Fact) -> int:
    if fact.previous is None or fact.metric in _MARGINS:
        return 0
    middle = (fact.value + fact.high) / 2 if fact.high is not None else fact.value
    top = fact.high if fact.high is not None else fact.value
    up = (
        (top > fact.previous) - (top < fact.previous)
        if fact.high
        else (middle > fact.previous) - (middle < fact.previous)
    )
    return -up if fact.metric in _LOSSES else up


def _against_last_year(scene: Scene, rows: Sequence[Fact]) -> Iterator[Told]:
    """Read a print without expectations by its clear direction; the bottom line speaks first."""
    lead = scene.lower[: scene.sentences[min(LEAD, len(scene.sentences)) - 1].span.end]
    if not _SEASON.search(lead):
        return
    profits = sorted((f for f in rows if f.metric in _PROFITS), key=lambda f: (f.sentence // 4, _rank(f)))
    sales = [f for f in rows if f.metric == "revenue"]
    if not profits:
        if sales and sales[0].sentence < LEAD and sales[0].value >= 5:
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
    good = (first.change is Direction.UP) != (first.metric in _LOSSES)
    against = [f for f in sales if f.change is (Direction.DOWN if good else Direction.UP)]
    if first.value < _CLEAR or (against and first.value < 3 * _CLEAR):
        yield Told(first, "earnings_mixed", Polarity.NEUTRAL, 0.4, weak=True)
    elif first.change in (Direction.UP, Direction.DOWN):
        type_ = "earnings_beat" if good else "earnings_miss"
        yield Told(first, type_, Polarity.POSITIVE if good else Polarity.NEGATIVE, 0.45, weak=True)


def _rank(fact: Fact) -> int:
    return _PROFITS.index(fact.metric)


def _read_across(scene: Scene) -> Iterator[Told]:
    """Peers whose shares go the way of the company in the news, with no reason of their own."""
    main = scene.main
    if main is None or not any(m.issuer_id == main for m in scene.rows[0]):
        return
    named = {m.issuer_id for m in scene.rows[0]}
    for fact in scene.facts:
        if (
            fact.metric != "share price"
            or fact.issuer_id is None
            or fact.issuer_id in named
            or fact.background
            or not fact.is_change
            or fact.unit is not Unit.PERCENT
            or fact.change not in (Direction.UP, Direction.DOWN)
            or not 0 < fact.sentence < len(scene.sentences)
        ):
            continue
        words = scene.words(fact.sentence)
        if fact.value < _STIRRED or _OWN_REASON.search(words):
            continue
        first = next((m for m in scene.rows[fact.sentence]), None)
        if first is None or (first.issuer_id == main and not _KIN.search(words)):
            continue
        way = 1 if fact.change is Direction.UP else -1
        yield Told(fact, "sector_readacross", _polarity(way), 0.45)
