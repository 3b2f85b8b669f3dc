"""Figures in running text: find them, compare them, and quote them as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Unit

__all__ = ["Figure", "figure_text", "find_figures", "fits_fact", "same_amount"]

_SCALES: Final = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "lakh": 5,
    "million": 6,
    "mln": 6,
    "mn": 6,
    "m": 6,
    "crore": 7,
    "billion": 9,
    "bln": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "trn": 12,
    "tn": 12,
}
_CURRENCIES: Final = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "c$": "CAD",
    "a$": "AUD",
    "hk$": "HKD",
    "s$": "SGD",
    "nz$": "NZD",
    "nt$": "TWD",
    "r$": "BRL",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "pence": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "yen": "JPY",
    "cny": "CNY",
    "rmb": "CNY",
    "yuan": "CNY",
    "₹": "INR",
    "rs": "INR",
    "rs.": "INR",
    "inr": "INR",
    "rupees": "INR",
    "chf": "CHF",
    "francs": "CHF",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "₩": "KRW",
    "won": "KRW",
    "cents": "USD",
}
_FIGURE: Final = lazily(
    # a figure opens at most six characters (sign, "US$" or "Rs. ", space) before its first digit
    r"(?<![\w.,])(?=[^\d]{0,6}\d)(?P<sign>[-−+])?"
    r"(?P<front>(?:US|C|A|HK|S|NZ|NT|R)?\$|[€£¥₹₩]|(?:USD|EUR|GBP|JPY|CHF|CNY|RMB|INR|SEK|NOK|DKK|Rs\.?)[ \u00a0]?)?"
    r"[ \u00a0]?(?P<number>\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)"
    r"(?:[ \u00a0-]?(?P<scale>hundred|thousand|million|billion|trillion|crore|lakh|mln|bln|trn|mn|bn|tn|[mbk])(?![\w]))?"
    r"(?:[ \u00a0-]?(?P<unit>%|percentage[ -]points?|basis[ -]points?|per[ ]?cent|percent|pct|bps|bp|pp|points?|times|x)(?!\w))?"
    r"(?:[ \u00a0](?P<back>dollars|euros?|pounds|pence|yen|yuan|rupees|francs|won|cents)(?!\w))?",
    re.IGNORECASE,
)
_LEAD: Final = 6  # most characters before a figure's first digit, as its pattern says
_DIGIT: Final = lazily(r"\d")
_JOINTS: Final = lazily(r"[ -]+")
_UNITS: Final = {
    "%": Unit.PERCENT,
    "percent": Unit.PERCENT,
    "per cent": Unit.PERCENT,
    "pct": Unit.PERCENT,
    "percentage point": Unit.PERCENTAGE_POINTS,
    "percentage points": Unit.PERCENTAGE_POINTS,
    "pp": Unit.PERCENTAGE_POINTS,
    "basis point": Unit.BASIS_POINTS,
    "basis points": Unit.BASIS_POINTS,
    "bp": Unit.BASIS_POINTS,
    "bps": Unit.BASIS_POINTS,
    "point": Unit.POINTS,
    "points": Unit.POINTS,
    "times": Unit.MULTIPLE,
    "x": Unit.MULTIPLE,
}
_MONEY: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit, as written. `value` has the scale multiplied in; `unit` is None for a bare number."""

    text: str
    value: Decimal
    unit: Unit | None
    currency: str
    start: int
    end: int
    scaled: bool
    cents: bool = False


@lru_cache(maxsize=1024)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Find every figure of the text, left to right, in linear time; a passage asked about again is not read again.

    The lower end of a range takes scale and unit from the upper: "$5.1 to $5.3 billion".

    >>> [f.text for f in find_figures("rose 7% to $6.13 billion")]
    ['7%', '$6.13 billion']
    """
    found = tuple(_single_figures(text))
    lower = tuple(_lower_end(low, high, text) for low, high in pairwise(found))
    return (*lower, *found[-1:])


def _lower_end(low: Figure, high: Figure, text: str) -> Figure:
    joint = text[low.end : high.start].strip().lower()
    between = joint == "and" and text[max(0, low.start - 10) : low.start].lower().rstrip().endswith("between")
    same_kind = low.unit in (None, high.unit) and low.currency in ("", high.currency)
    if (joint not in ("to", "-", "–", "—") and not between) or not same_kind:
        return low
    value, unit, currency = low.value, low.unit or high.unit, low.currency or high.currency
    if high.scaled and not low.scaled:
        value = value.scaleb(_SCALES[_scale_word(high.text)])
    return replace(low, value=value, unit=unit, currency=currency, scaled=low.scaled or high.scaled)


def _scale_word(text: str) -> str:
    match = _FIGURE.match(text)
    return (match["scale"] or "").lower() if match else ""


def _figure_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_FIGURE.finditer` would, trying only the places before a digit at which a figure can open."""
    at = 0
    digit = _DIGIT.search(text)
    while digit is not None:
        found = None
        for start in range(max(at, digit.start() - _LEAD), digit.start() + 1):
            found = _FIGURE.match(text, start)
            if found is not None:
                yield found
                break
        at = found.end() if found is not None else digit.end()
        digit = _DIGIT.search(text, at)


def _single_figures(text: str) -> Iterator[Figure]:
    for match in _figure_matches(text):
        scale = (match["scale"] or "").lower()
        try:
            value = Decimal(match["number"].replace(",", "")).scaleb(_SCALES.get(scale, 0))
        except InvalidOperation:
            continue
        mark = (match["front"] or match["back"] or "").strip().lower()
        unit_word = _JOINTS.sub(" ", match["unit"].lower()) if match["unit"] else ""
        unit = _UNITS.get(unit_word) or (Unit.MONEY if mark else None)
        if mark in ("cents", "pence"):
            value = value / 100
        start = match.start()
        yield Figure(
            text=match.group().strip(),
            value=value,
            unit=unit,
            currency=_CURRENCIES.get(mark, ""),
            start=start + len(match.group()) - len(match.group().lstrip()),
            end=match.end(),
            scaled=bool(scale),
            cents=mark in ("cents", "pence"),
        )


def same_amount(figure: Figure, value: Decimal, unit: Unit, currency: str) -> bool:
    """Tell whether a written figure is that amount, as written or honestly rounded, in the same unit.

    Rounding is honest when the figure keeps at least two significant digits, or all there are,
    and equals the amount rounded to its own last digit. A bare number matches counts and points.
    """
    if not _units_agree(figure, unit):
        return False
    if figure.currency and currency and figure.currency != currency and not figure.cents:
        return False
    if figure.value == value or (figure.cents and figure.value * 100 == value):
        return True
    return _is_rounding(figure.value, value)


def _units_agree(figure: Figure, unit: Unit) -> bool:
    if figure.unit is None:
        return unit in (Unit.COUNT, Unit.POINTS, Unit.MULTIPLE) or (figure.scaled and unit in _MONEY)
    if unit in _MONEY:
        return figure.unit in _MONEY
    if unit is Unit.POINTS and figure.unit is Unit.PERCENTAGE_POINTS:
        return True
    return figure.unit is unit


def _is_rounding(shown: Decimal, exact: Decimal) -> bool:
    if exact == 0 or shown == 0:
        return False
    digits = shown.normalize().as_tuple()
    exponent = digits.exponent
    if not isinstance(exponent, int) or len(digits.digits) < 2:
        return False
    return exact.quantize(Decimal(1).scaleb(exponent)) == shown if exact.adjusted() < 27 else False


def fits_fact(figure: Figure, fact: Fact) -> bool:
    """Tell whether the figure is the fact's value, range end, previous or expected value."""
    amounts = (fact.value, fact.high, fact.previous, fact.expected)
    return any(a is not None and same_amount(figure, a, fact.unit, fact.currency) for a in amounts)


def figure_text(fact: Fact, text: str, *, amount: Decimal | None = None) -> str:
    """Quote a fact's figure exactly as the article writes it, or return "" where it cannot be found.

    Args:
        fact: The fact whose figure is wanted; a range is quoted whole.
        text: The article's text, which the fact's span points into.
        amount: Another of the fact's amounts (previous, expected) instead of its value.
    """
    wanted = fact.value if amount is None else amount
    high = fact.high if amount is None else None
    for passage in (fact.figure.of(text), fact.span.of(text), fact.quote):
        found = [f for f in find_figures(passage) if _is_amount(f, wanted, fact)]
        if found:
            return _calm(_with_high(passage, found[0], high))
    return _worded(fact, text) if amount is None else ""


_FRACTION: Final = lazily(
    r"(?:(?:more|less|fewer) than |over |about |around |nearly |almost |roughly |at least |up to )?"
    r"(?P<word>half|two[- ]thirds|three[- ]quarters|(?:a|one)[- ]third|(?:a|one)[- ]quarter|(?:a|one)[- ]fifth|"
    r"(?:a|one)[- ]tenth)\b",
    re.IGNORECASE,
)
_FRACTIONS: Final = {
    "half": 50,
    "thirds": 67,
    "quarters": 75,
    "third": 33,
    "quarter": 25,
    "fifth": 20,
    "tenth": 10,
}


def _worded(fact: Fact, text: str) -> str:
    """Quote a figure in words, with its hedge: "more than half"."""
    said = fact.figure.of(text).strip()
    if said and len(said.split()) <= 4 and not any(c.isdigit() for c in said):
        hedged = f"{fact.bound} {said}"
        return hedged if fact.bound and hedged in text else said
    if fact.unit is not Unit.PERCENT:
        return ""
    for match in _FRACTION.finditer(fact.span.of(text)):
        worth = _FRACTIONS[re.split(r"[- ]", match["word"].lower())[-1]]
        if abs(worth - fact.value) < 1:
            return match.group()
    return ""


def _calm(figure: str) -> str:
    """Lower the words of a figure out of a headline in capitals, and free it of its noun.

    >>> _calm("25 BASIS POINTS"), _calm("8.5 billion euro")
    ('25 basis points', '8.5 billion euros')
    """
    lowered = re.sub(r"[A-Z]{4,}", lambda m: m.group().lower(), figure) if figure.isupper() else figure
    return re.sub(r"(?<=illion )(euro|dollar|pound|rupee|franc|crown|krona|krone)$", _several, lowered)


def _several(match: re.Match[str]) -> str:
    return {"krona": "kronor", "krone": "kroner"}.get(match[1], match[1] + "s")


def _is_amount(figure: Figure, wanted: Decimal, fact: Fact) -> bool:
    return _units_agree(figure, fact.unit) and (
        figure.value == wanted or (figure.cents and figure.value * 100 == wanted)
    )


def _with_high(passage: str, low: Figure, high: Decimal | None) -> str:
    if high is None:
        return low.text
    for figure in find_figures(passage[low.end :]):
        if figure.value == high and figure.start < 12:
            quoted = passage[low.start : low.end + figure.end].strip()
            between = re.match(r"\s+and\s", passage[low.end :]) is not None
            return f"between {quoted}" if between else quoted
    return low.text
