"""Two figures of one thing set against each other, in a sentence or across two: now and a year ago, told and expected.

"Loss per share 8 cents; IBES view loss of 13 cents", "it delivered 384,122 cars. The mean estimate was 394,378": no
word says better or worse, the figures do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.lexicon import words_in
from readthrough.reading.numbers import find_quantities

__all__ = ["Pair", "pair_in", "set_against", "swing_in"]


@dataclass(frozen=True, slots=True)
class Pair:
    """`value` is how good (+) or bad (-) the first figure is beside the second; `start` where its words begin."""

    value: float
    start: int
    figure: int
    other: int
    end: int
    swing: bool = False


@dataclass(frozen=True, slots=True)
class _Figure:
    start: int
    end: int
    value: float
    unit: Unit | None
    currency: str = ""
    change: Direction | None = None


_BARE: Final = lazily(
    r"(?<![\w.,$€£¥/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:\s(?P<scale>trillion|billion|million|crore|lakh|trn|bln|mln|bn))?(?![\w/]|[.,]\d|-\w)"
)
_SCALES: Final = {
    "trillion": 1e12, "trn": 1e12, "billion": 1e9, "bln": 1e9, "bn": 1e9, "crore": 1e7, "million": 1e6, "mln": 1e6, "lakh": 1e5,
}  # fmt: skip
_EARLIER: Final = lazily(
    r"\b(?:year[- ](?:ago|earlier|before)|(?:twelve|six|three|12) months (?:before|earlier|ago)|last year|prior[- ](?:year|period|quarter|corresponding)|previous|same (?:\w+ ){0,2}(?:quarter|period|months?|half)|(?:down|up) from|"
    r"from|against|compared (?:with|to)|versus|vs\.?|than|fraction of|had been|rather than|after|(?:of|in) last)\b[^.;]{0,44}$"
)
_AGO: Final = lazily(
    r"^[^.;,(\d]{0,24}\b(?:a year (?:ago|earlier|before)|year[- ]ago|last year|earlier|previously|the (?:quarter|year|month) before|the year prior)\b"
)
_HOPED: Final = lazily(
    r"\b(?:consensus|estimates?|est\.?|exp\.?|smartestimate|(?:the )?street|the city|expected|expectations?|forecasts?|view|polls?|mean|median|analysts?|economists?|wall street|looked for|braced for|steeled|pencilled in|warned of|guided|projected|predicted)\b[^.;]{0,44}$"
)
_HOPED_AFTER: Final = lazily(
    r"^[^.;,\d]{0,30}\b(?:seen by|expected|est\b|consensus|estimated?|forecast|pencilled|warned of|guided|analysts|economists|looked for|predicted)\b"
)
_LESS: Final = lazily(r"^\W{0,2}(?:less|lower|fewer|decline|drop|fall|decrease|down|slump|dip|contraction)\b")
_FELL: Final = lazily(
    r"\b(?:fell|down|dropped|slipped|declined|shrank|slid|decreased|fall of|drop of|decline of|loss of)\s(?:by |about |around |nearly )?$"
)
_GOOD: Final = lazily(
    r"\b(?:delivered|sold|dispatched|shipped|earned|made(?! up)|booked|signed|produced|carried|took in|added|opened|revenues?|sales|profits?|earnings|income|ebitda?|eps|orders?|bookings|deliveries|margins?|growth|order book|backlog|users|"
    r"subscribers|customers|turnover|dividends?|output|production|cash flow|net(?= \$))\b"
)
_BAD: Final = lazily(
    r"\b(?:lost|loses|bled|set aside|provided for|wrote off|red ink|loss(?: per share|es)?|deficit|shortfall|provisions?|debts?|costs?|cost|expenses|unsold|past due|churn|delinquenc\w+|bad loans|impairments?|charges?|"
    r"claims|inventor(?:y|ies)|inflation|unemployment|burned|burnt|owed|outflows?|spent|arrears|write-?offs)\b"
)
_CUES: Final = frozenset(
    "ago earlier before last prior previous same from against compared versus vs than been rather after consensus estimate estimates "
    "smartestimate street city est exp seen expected expectation expectations forecast forecasts view poll polls mean median analysts analyst economists looked "
    "braced steeled pencilled warned guided projected predicted".split()
)
_DIGIT: Final = lazily(r"\d")
_FULL: Final = 0.3  # relative distance from which the size of a difference no longer counts
_LEAST: Final = 0.004
_FAR: Final = 25  # figures that differ by more than this are not of one thing


_MADE: Final = frozenset("profit profits earnings income eps surplus".split())
_LOST: Final = frozenset("loss losses deficit shortfall".split())
_SET: Final = lazily(
    r"\b(?:compared (?:with|to)|as against|against|versus|vs\.?|(?:up |down |back )?from|reversing|after|following|rather than|instead of)\s(?:[\w’'$€£.,-]+\s){0,6}?"
    r"(?:(?P<lost>loss(?:es)?|deficit|shortfall)|(?P<made>profits?|earnings|income|surplus))\b"
)
_THEN: Final = lazily(r"[^;]{0,70}?(?:\d|\b(?:year|quarter|ago|earlier|before|previous|prior|period|half)\b)")
_MAIN: Final = lazily(
    r"\b(?:(?P<lost>loss(?:es)?|deficit|shortfall|red ink|in the red)|(?P<made>profits?|earnings(?! per share loss)|net income|income|surplus|eps))\b"
)
_SWUNG: Final = 0.4


def swing_in(text: str, span: Span) -> Pair | None:
    """Find a profit that is set against a loss, or a loss against a profit, in a sentence (lower-cased).

    >>> words = "net income was $3 million, compared with a loss of $9 million"
    >>> pair = swing_in(words, Span(0, len(words)))
    >>> pair is not None and pair.value > 0
    True
    """
    words = words_in(text, span.start, span.end)
    if _LOST.isdisjoint(words) or _MADE.isdisjoint(words):
        return None
    for match in _SET.finditer(text, span.start, span.end):
        if not _THEN.match(text, match.end(), span.end):
            continue
        main = None
        for named in _MAIN.finditer(text, span.start, match.start()):
            main = named
        if main is None or main.lastgroup == match.lastgroup:
            continue
        value = _SWUNG if main.lastgroup == "made" else -_SWUNG
        stop = text.find(";", match.end(), span.end)
        end = stop if stop >= 0 else span.end
        return Pair(value, main.start(), main.start(), match.end(), end, swing=True)
    return None


def set_against(text: str, sentences: Sequence[Span]) -> Pair | None:
    """Find the first figure of a sentence that an earlier or expected one of its kind is set against.

    Args:
        text: Lower-cased.
        sentences: The sentence, and the one after it where that goes on with it.
    """
    first = sentences[0]
    if _DIGIT.search(text, first.start, first.end) is None:
        return None
    if all(_CUES.isdisjoint(words_in(text, span.start, span.end)) for span in sentences):
        return None
    return pair_in(text, first, sentences)


def pair_in(text: str, first: Span, sentences: Sequence[Span]) -> Pair | None:
    """Pair the figures of sentences that are known to compare."""
    told: list[_Figure] = []
    for span in sentences:
        figures = _figures(text, span)
        for place, figure in enumerate(figures):
            before = text[
                max(span.start, figures[place - 1].end if place else 0, figure.start - 60) : figure.start
            ]
            close = figures[place + 1].start if place + 1 < len(figures) else span.end
            after = text[figure.end : min(close, figure.end + 40)]
            hoped = bool(_HOPED.search(before) or _HOPED_AFTER.match(after))
            earlier = bool(_EARLIER.search(before) or _AGO.match(after))
            if not (hoped or earlier):
                if span is first:
                    told.append(figure)
                continue
            current = next((t for t in reversed(told) if _alike(t, figure)), None)
            if current and (pair := _judged(text, first, current, figure, hoped=hoped)):
                return pair
    return None


def _figures(text: str, span: Span) -> list[_Figure]:
    """Find the figures of a sentence, those without a unit of their own as well."""
    found = [
        _Figure(q.start, q.end, float(q.value), q.unit, q.currency, q.change)
        for q in find_quantities(text, span.start, span.end)
        if q.high is None
    ]
    for match in _BARE.finditer(text, span.start, span.end):
        if any(match.start() < f.end and f.start < match.end() for f in found):
            continue
        scale = match["scale"] or ""
        number = match.group().removesuffix(scale).replace(",", "").strip()
        if scale or "," in match.group():
            found.append(_Figure(match.start(), match.end(), float(number) * _SCALES.get(scale, 1.0), None))
    found.sort(key=lambda f: f.start)
    return found


def _alike(one: _Figure, other: _Figure) -> bool:
    moneys = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    kinds = {one.unit, other.unit}
    if one.unit is None or (
        one.unit != other.unit and not kinds <= moneys and not kinds & {Unit.COUNT, None}
    ):
        return False
    if Unit.PERCENT in kinds and len(kinds) > 1:
        return False
    if (
        one.unit in moneys
        and other.unit in moneys
        and one.currency
        and other.currency
        and one.currency != other.currency
    ):
        return False
    small, large = sorted((abs(float(one.value)), abs(float(other.value))))
    return one.unit is Unit.PERCENT or (small > 0 and large / small <= _FAR)


def _signed(text: str, figure: _Figure) -> float:
    value = float(figure.value)
    if figure.unit is Unit.PERCENT and value > 0:
        fell = figure.change is Direction.DOWN or _LESS.match(text[figure.end : figure.end + 16])
        if fell or _FELL.search(text[max(0, figure.start - 24) : figure.start]):
            return -value
    return value


def _judged(text: str, first: Span, current: _Figure, other: _Figure, *, hoped: bool) -> Pair | None:
    now, then = _signed(text, current), _signed(text, other)
    gap = (now - then) / max(abs(now), abs(then), 1e-9)
    if abs(gap) < _LEAST:
        return None
    before = text[first.start : current.start]
    good = [m.start() for m in _GOOD.finditer(before)]
    bad = [m.start() for m in _BAD.finditer(before)]
    nearby = text[current.end : min(current.end + 24, other.start)]
    if _BAD.match(nearby.strip()) or nearby.strip().startswith(("of red ink", "of bad", "in losses")):
        sign, start = -1, current.start
    elif not good and not bad:
        return None
    else:
        sign = -1 if max(bad, default=-1) > max(good, default=-1) else 1
        start = first.start + (bad[-1] if sign < 0 else good[-1])
    size = (0.34 if hoped else 0.24) * (0.35 + 0.65 * min(1.0, abs(gap) / (_FULL / 3 if hoped else _FULL)))
    return Pair(sign * size * (1 if gap > 0 else -1), start, current.start, other.start, other.end)
