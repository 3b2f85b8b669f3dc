"""Find every figure in a stretch of text: money, percentages, counts, multiples, fractions, ranges.

Dates, years, times, ordinals and numbers inside names (S&P 500, Boeing 737) are not figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.lexicon import words_in
from readthrough.reading.number_words import (
    COUNTED,
    CURRENCY_WORDS,
    SCALE_NAMES,
    SCALES,
    SIGNS,
    SMALL_MONEY,
    UNCOUNTED,
    WORD_NUMBERS,
)
from readthrough.reading.quantity import Quantity, plain
from readthrough.reading.ranges import join_ranges

__all__ = ["Quantity", "find_quantities"]

_PER_SHARE = r"(?:\s+(?:diluted\s+)?(?:per|a|an|each|for\s+each)\s+(?:[a-z]+\s+)?(?:share|unit|ads|ads|stock|adr|ordinary share)\b|/share\b|\s+apiece\b)"
_SIGN = "|".join(re.escape(s.lower()) for s in sorted(SIGNS, key=len, reverse=True) if s != "KR")
_SIGN_WORDS = frozenset(s.lower() for s in SIGNS if s.isalpha())
_SCALE = (
    r"lakh\s+crores?|hundred|thousand|million|billion|trillion|lakhs?|crores?|mln|bln|trn|mn|mm|bn|tn|"
    r"(?<=\d)[mbk]"
)
_WORDS = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(CURRENCY_WORDS, key=len, reverse=True))
_RATE = r"%|percentage[ -]points?|per\s*cent(?:age)?|percent|pct|ppts?|pps?|basis[ -]points?|bps|bp"
# the first character stands in front of what is asked before it: the engine then leaps from digit to digit
_NUM = r"[\d.](?<![\d.,/].)(?:(?<=\d)\d{0,2}(?:,\d{2,3})+(?:\.\d+)?|(?<=\d)\d*(?:\.\d+)?|(?<=\.)\d+)"
# "12 billion pounds of debt" is money, "40 million pounds of beef" a weight
_OWED = r"(?:\w+ ){0,2}(?:debts?|borrowings?|cash|costs?|savings|revenues?|sales|profits?|assets|investments?|loans|bonds|capital|spending|tax(?:es)?|funding|deposits|orders|losses|contracts|income|shares|deals|dividends|money|equity|aid|support|funds)\b"
_QUANTITY = lazily(
    rf"(?P<num>{_NUM})(?!\d*(?:st|nd|rd|th)\b)"
    rf"(?:[\s ]?-?(?P<scale>{_SCALE})\b)?"
    rf"(?:[\s -]?(?P<rate>{_RATE})(?![a-z])|[\s -]?(?P<small>(?:euro |us |u\.s\. )?cents?|pence|paise|(?<=\d)[pc])\b|\s(?P<word>{_WORDS})\b(?!(?<=pounds) of (?!{_OWED})))?"
    rf"(?P<each>{_PER_SHARE})?"
)
_LEAD = lazily(rf"(?:^|(?<![\w.,/]))(?P<minus>[-−–])?\s?(?P<sign>{_SIGN})?\s?(?P<late>[-−–])?$")
_SPELLED = lazily(
    rf"\b(?P<num>{'|'.join(WORD_NUMBERS)}|a)\s+(?P<scale>hundred|thousand|million|billion|trillion|crore|lakh)\b"
    rf"(?:\s(?P<word>{_WORDS})\b)?",
)
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90
}  # fmt: skip
_SPELLED_RATE = lazily(
    rf"(?<![\w-])(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?|"
    rf"(?P<num>{'|'.join(w for w in WORD_NUMBERS if w != 'dozen')}))\s+(?P<rate>percentage points?|basis points?|per\s?cent|percent)\b"
)
_FRACTION = lazily(
    r"\b(?:(?P<half>half)|(?:a|one)[ -](?P<one>third|quarter|fifth|tenth)|(?P<many>two|three)[ -](?P<part>thirds|quarters|fifths)"
    r"|(?P<most>(?:a|the)\s+majority))(?=\s+(?:of|in|from)\b|\s+(?:its|the|their)\b|[.,;)]|$)",
)
_SPELLED_SCALES = frozenset("hundred thousand million billion trillion crore lakh".split())
_SPELLED_NUMBERS = frozenset([*WORD_NUMBERS, *_TENS])
_SPELLED_RATES = frozenset(("percent", "per", "percentage", "basis"))
_SPELLED_PARTS = frozenset("half third thirds quarter quarters fifth fifths tenth majority".split())
_SPELLED_FOLDS = frozenset(
    "double doubled doubles doubling triple tripled triples tripling treble trebled trebles trebling quadruple quadrupled "
    "quadruples quadrupling halve halved halves halving fold twofold threefold fourfold fivefold tenfold "
    "doubls tripls trebls quadrupls halvs".split()
)
_SPELLED_WORDS = _SPELLED_NUMBERS | _SPELLED_PARTS | _SPELLED_FOLDS | {"a"}
_POINT_PARTS = {"quarter": 25, "quarters": 25, "half": 50}
_PART_OF_A_POINT = lazily(
    r"\b(?:a |(?P<three>three)[- ])?(?P<part>quarters?|half)[- ](?:of )?(?:a )?(?:percentage[- ])?point\b(?! guard)"
)
_PARTS = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10}
_FOLD = lazily(
    r"\b(?P<up>doubl(?:ed|es?|ing)|tripl(?:ed|es?|ing)|trebl(?:ed|es?|ing)|quadrupl(?:ed|es?|ing))\b"
    r"|\b(?P<down>halv(?:ed|es?|ing))\b"
    r"|\b(?P<word>two|three|four|five|ten)-?fold\b",
)
_NOT_A_FOLD = lazily(
    r"[- ]?(?:digit|the\b|down\b|check)|-(?:dip|edged|decker|click|tap|sided|team|header|crossed|breasted|glazed|a\b|b\b)|(?<=double|oubles) as an?\b"
)
_FOLDS = {"d": 2, "t": 3, "q": 4}
_TIMES = lazily(
    r"\s?(?:times\b(?!\s*(?:on|in|of|per|each|every|daily|(?:a|an) (?:second|minute|hour|day|week|month|year))\b)|x\b(?!\s?\d))"
)
_BY = lazily(r"\s?[x×]\s?\d")  # 2,400 x 1,600 pixels
_WEIGHED = lazily(
    r"\b(?:weigh\w*|lightweight|lighter|heavier|overweight luggage|inch(?:es)?|ounces?|thick|dumbbells?)\b"
)
_POINTS = lazily(r"\s+points?\b")
_NOUN = lazily(
    rf"[\s-]+(?:(?!and\b|or\b|to\b|of\b|in\b|the\b|were\b|was\b|for\b)(?:u\.[sk]\.|(?:[a-z]|7[0-8]7)[\w-]*)\s+){{0,3}}?(?P<noun>{COUNTED})\b",
)
_PLURAL = lazily(
    r"\s(?:of (?:its|the|their) )?(?:u\.[sk]\.\s)?(?P<things>(?:[a-z][a-z'-]*\s){0,2}?[a-z][a-z-]{2,}s)(?![\w'’-])"
)
_BOUND = lazily(
    r"(?P<more>more than|over|at least|above|upwards of|exceeding|in excess of|north of|a record of more than)"
    r"|(?P<less>less than|under|below|fewer than)"
    r"|(?P<most>at most|up to|as much as|no more than)"
    r"|(?P<about>about|around|roughly|approximately|some|nearly|almost|close to|an estimated|circa|~)",
)
_BOUNDS = {"more": "more than", "less": "less than", "most": "up to", "about": "about"}
_BOUND_TAIL = lazily(
    r"(?:more than|over|at least|above|upwards of|exceeding|in excess of|less than|under|below|at most|up to|"
    r"as much as|fewer than|no more than|about|around|roughly|approximately|some|nearly|almost|close to|"
    r"an estimated|circa|~)\s*(?:the\s+|a\s+)?$",
)
# the last word, or its end, of each of them
_BOUND_LAST = (
    "than", "over", "least", "above", "of", "exceeding", "under", "below", "most", "to", "as", "about", "around",
    "roughly", "approximately", "some", "nearly", "almost", "estimated", "circa", "~",
)  # fmt: skip
_MONTH = lazily(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+$")
_MODEL = lazily(r"7[0-8]7")  # aircraft
_MODEL_AFTER = lazily(
    r"(?:-\d+|s\b| (?:max|dreamliner|freighters?|fuselages?|jets?|aircraft|airframes?|jetliners?|planes?|(?:assembly )?lines?\b|programme|program|output|production|deliveries))"
)
_HANDLED = lazily(
    r"\b(?:built|produced|delivered|sold|shipped|made|added|lost|gained|assembled|delivering|making|building)\s(?:about |some |more than |nearly |almost |over |around |another |a record )?$"
)
_HOPED_FOR = lazily(
    r"\s(?:that |which )?(?:the )?(?:analysts?|economists?|forecasters|wall street|street|market|consensus|expected|forecast|estimated|anticipated|pencilled)\b"
)
_NAMED = lazily(
    r"(?<![a-z])(?:s&p|ftse|nikkei|cac|dax|russell|nasdaq|kospi|stoxx|euro stoxx|csi|asx|topix|tsx|smi|ibex|mib|fortune|iphone|boeing|"
    r"airbus|model|galaxy|windows|gpt|pixel|xbox|playstation|switch|section|chapter|rule|article|title|form|phase|stage|"
    r"item|note|page|level|tier|group of|g|flight|highway|route|covid|covid|co|type|mark|series|formula|no|part|day|step|grade|"
    r"vol|room|gate|schedule|appendix|annex|exhibit)[\s-]?\.?\s?$"
)
_CODE = lazily(
    r"(?:.?[^\W\d_]|^)(?<!\d[mbk])"
)  # what a hyphen ties to a number: "f-150", "mid-2025", not "800m-900m"


@lru_cache(maxsize=256)  # facts and tone ask for the same sentences
def find_quantities(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Find the figures between two offsets of a lower-cased text, in order, without overlaps.

    >>> [(str(q.value), str(q.unit)) for q in find_quantities("up 38% to $6.13 billion", 0, 23)]
    [('38', 'percent'), ('6130000000', 'money')]
    """
    found = _digits(text, start, end)
    if spelled := list(_spelled(text, start, end)):
        found += spelled
        found.sort(key=lambda q: (q.start, -q.end))
        found = _disjoint(found)
    if len(found) > 1:
        found = list(join_ranges(text, start, found))
    return tuple([q for q in found if q.unit is not None])


def _disjoint(found: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _digits(text: str, start: int, end: int) -> list[Quantity]:
    read = (_from_match(text, match, start, end) for match in _QUANTITY.finditer(text, start, end))
    return [quantity for quantity in read if quantity is not None]


def _from_match(text: str, match: re.Match[str], start: int, end: int) -> Quantity | None:
    number, scale, rate, small, word, each = match.groups()
    lead = _lead(text, start, match.start())
    if len(number) > 24 or lead is None:
        return None
    begin, sign, negative = lead
    if (
        begin == match.start()
        and text[begin - 1 : begin] == "-"
        and _CODE.fullmatch(text, max(start, begin - 3), begin - 1)
    ):
        return None  # F-150, mid-2025
    before = text[max(start, begin - 24) : begin]
    exponent = _exponent(scale)
    value = Decimal(number.replace(",", ""))
    value = plain(value.scaleb(exponent)) if exponent else value
    base = Quantity(
        start=begin,
        end=match.end(),
        value=-value if negative else value,
        unit=_rate(rate) if rate else _sum(each) if sign or word else None,
        currency=""
        if rate
        else SIGNS[sign.upper().strip()]
        if sign
        else CURRENCY_WORDS[" ".join(word.split())]
        if word
        else "",
        scale=""
        if not exponent
        else SCALE_NAMES.get(exponent, "")
        if exponent != 12 or not _is_lakh_crore(scale)
        else "lakh crore",
        bound=_bound(before),
    )
    if word and not sign and not scale and word.startswith("pound") and _WEIGHED.search(text, start, end):
        return replace(base, unit=Unit.COUNT, currency="", counted="pounds")
    if base.unit is not None:
        return base
    if small:
        return _small_money(base, small, bool(each), before)
    return _bare(text, match, base, before, end)


def _sum(each: str | None) -> Unit:
    return Unit.MONEY_PER_SHARE if each else Unit.MONEY


def _lead(text: str, start: int, at: int) -> tuple[int, str | None, bool] | None:
    """Read what stands right before a number: where the figure begins, its currency sign, whether it is negative."""
    last, before = text[at - 1 : at], text[at - 2 : at - 1]
    if at - 2 > start:  # the common cases first, "rose 4" and "to $4"
        if last == " " and (before.isalpha() or before == ","):
            if text[max(start, at - 8) : at].split()[-1] not in _SIGN_WORDS:
                return at, None, False
        elif last in {"$", "€", "£"} and before == " " and text[at - 3].isalnum():
            return at - 1, last, False
    lead = _LEAD.search(text, max(start, at - 8), at)
    if lead is None:
        return None
    sign, dashed = lead["sign"], bool(lead["minus"] or lead["late"])
    begin = at - len(lead.group().lstrip())
    if sign and lead["minus"] and not text.startswith(("-", "\u2212"), begin):
        return at - len(sign), sign, False  # an en dash before a price only sets it off
    if lead["minus"] and (text[begin + 1 : begin + 2] == " " or text[begin - 1 : begin] in {"-", "–"}):
        return (at - len(sign) if sign else at), sign, False
    if not sign and dashed and (text[begin - 1 : begin].isalnum() or text[begin - 1 : begin] in {"%", ")"}):
        begin = at  # the hyphen of a compound or a range, not a minus
    return begin, sign, begin < at and dashed


def _small_money(base: Quantity, word: str, each: bool, before: str) -> Quantity | None:
    euro = word.startswith("euro ")
    word = word.split()[-1]
    name = {"p": "pence", "c": "cents"}.get(word, word)
    if word == "c" or (word == "p" and base.value > 9_999):
        return None
    unit = Unit.MONEY_PER_SHARE if each else Unit.MONEY
    return replace(
        base,
        value=base.value.scaleb(-2),
        unit=unit,
        currency="EUR" if euro else SMALL_MONEY[name],
        scale=name,
    )


def _bare(text: str, match: re.Match[str], base: Quantity, before: str, end: int) -> Quantity | None:
    """Judge a number that carries neither currency nor percent sign."""
    number, scale = match.group("num"), match.group("scale")
    tail = text[match.end() : min(end, match.end() + 60)]
    if (
        number[0] == "7"
        and _MODEL.fullmatch(number)
        and (_MODEL_AFTER.match(tail) or before[-2:-1].isdigit())
    ):
        return None
    if (
        _MONTH.search(before)
        or _NAMED.search(before)
        or tail[:1] in {":", "/"}
        or before.endswith(("'", "’", "#"))
    ):
        return None
    if _BY.match(tail) or before.endswith((" x ", " × ")):
        return None
    times = _TIMES.match(tail)
    if times and not scale:
        return replace(base, unit=Unit.MULTIPLE, end=match.end() + times.end())
    if noun := _NOUN.match(tail):
        if _is_year(number) and not scale and "," not in number:
            return None
        if noun["noun"] in {"hours", "records"} and not scale and "," not in number:
            return None  # times, and the best ones
        return replace(base, unit=Unit.COUNT, counted=noun["noun"], end=match.end())
    if (things := _things(number, scale, tail)) is not None:
        return replace(base, unit=Unit.COUNT, counted=things)
    if points := _POINTS.match(tail):
        return replace(base, unit=Unit.POINTS, end=match.end() + points.end())
    if (scale and len(scale) > 1) or (
        "," in number
        and (_HANDLED.search(before) or before.endswith(("to ", "at ")) or _HOPED_FOR.match(tail))
    ):
        return replace(base, unit=Unit.COUNT)
    if _is_year(number) or ("." in number and len(number.split(".")[1]) > 3):
        return None
    return replace(base, own_unit=False)


def _things(number: str, scale: str | None, tail: str) -> str | None:
    """Name what a number counts by the plural behind it: "770,000 drones", "50 venture capital firms"."""
    if not (scale or "," in number or (len(number) in {2, 3} and number.isdigit())):
        return None
    things = _PLURAL.match(tail)
    if things is None or ((scale or not number.isdigit()) and _HOPED_FOR.match(tail)):
        return None
    words = things["things"].split()
    return None if UNCOUNTED.intersection(words) else " ".join(words)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in {"19", "20"}


def _is_lakh_crore(scale: str | None) -> bool:
    return bool(scale) and "lakh" in (scale or "")


def _exponent(scale: str | None) -> int:
    return SCALES[" ".join(scale.split())] if scale else 0


def _rate(word: str) -> Unit:
    if word.startswith(("percentage", "pp")):
        return Unit.PERCENTAGE_POINTS if "point" in word or word.startswith("pp") else Unit.PERCENT
    if word.startswith("b"):
        return Unit.BASIS_POINTS
    return Unit.PERCENT


def _bound(before: str) -> str:
    words = before.split()
    if len(words) > 1 and words[-1] in {"the", "a"}:
        words.pop()
    if not words or not words[-1].endswith(_BOUND_LAST):
        return ""
    tail = _BOUND_TAIL.search(before)
    match = _BOUND.match(tail.group()) if tail else None
    if match is None:
        return ""
    return _BOUNDS[match.lastgroup or "about"]


def _spelled(text: str, start: int, end: int) -> Iterator[Quantity]:
    words = words_in(text, start, end)
    if _SPELLED_WORDS.isdisjoint(words):
        return
    numbered = not _SPELLED_NUMBERS.isdisjoint(words)
    if (numbered or "a" in words) and not _SPELLED_SCALES.isdisjoint(words):
        yield from _spelled_scales(text, start, end)
    if numbered and not _SPELLED_RATES.isdisjoint(words):
        yield from _spelled_rates(text, start, end)
    if "point" in words and not _POINT_PARTS.keys().isdisjoint(words):
        yield from _parts_of_a_point(text, start, end)
    if not _SPELLED_PARTS.isdisjoint(words):
        yield from _fractions(text, start, end)
    if not _SPELLED_FOLDS.isdisjoint(words):
        yield from _folds(text, start, end)


def _spelled_scales(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _SPELLED.finditer(text, start, end):
        exponent = _exponent(match["scale"])
        if exponent == 2 and not match["word"]:
            continue
        value = plain(Decimal(WORD_NUMBERS.get(match["num"], 1)).scaleb(exponent))
        word, noun = match["word"], _NOUN.match(text[match.end() : min(end, match.end() + 60)])
        yield Quantity(
            start=match.start(),
            end=match.end(),
            value=value,
            unit=Unit.MONEY if word else Unit.COUNT,
            currency=CURRENCY_WORDS[" ".join(word.split())] if word else "",
            scale=SCALE_NAMES[exponent],
            counted=noun["noun"] if noun and not word else "",
            bound=_bound(text[max(start, match.start() - 24) : match.start()]),
        )


def _spelled_rates(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _SPELLED_RATE.finditer(text, start, end):
        tens = _TENS.get(match["tens"] or "", 0) + WORD_NUMBERS.get(match["ones"] or "", 0)
        value = Decimal(tens or WORD_NUMBERS[match["num"]])
        bound = _bound(text[max(start, match.start() - 24) : match.start()])
        yield Quantity(
            start=match.start(), end=match.end(), value=value, unit=_rate(match["rate"]), bound=bound
        )


def _parts_of_a_point(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _PART_OF_A_POINT.finditer(text, start, end):
        value = Decimal(_POINT_PARTS[match["part"]] * (3 if match["three"] else 1))
        yield Quantity(
            start=match.start(), end=match.end(), value=value, unit=Unit.BASIS_POINTS, scale="fraction"
        )


# "a quarter of falling sales" is a time, "by a quarter" a part; "half of what was forecast" is no share of anything
_A_TIME = lazily(
    r" of (?:[a-z]+ing|growth|decline|losses?|record|strong|weak|solid|falls|gains|profits?(?! (?:is|was|were|came|comes)))\b"
)
_BY_IT = lazily(r"\b(?:by|up|down)(?: about| nearly| over| more than| almost| around| roughly)? $")
_COMPARED = lazily(r" (?:of )?(?:what|that|the (?:pace|rate|rise|gain|growth|drop|fall|decline))\b")


def _quarter_part(text: str, before: str, end: int) -> bool:
    if text.startswith(" of", end):
        return _A_TIME.match(text, end) is None
    return _BY_IT.search(before) is not None


def _fractions(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text, start, end):
        before = text[max(start, match.start() - 24) : match.start()]
        if match["half"] and (
            re.search(r"(?:first|second|other|in)\s$", before)
            or not re.match(r"\s+(?:of|its|their)\b|[.,;)]|$", text[match.end() : end])
        ):
            continue
        if match["one"] == "quarter" and not _quarter_part(text, before, match.end()):
            continue
        if match["half"] and _COMPARED.match(text, match.end(), end):
            continue
        many = {"two": 2, "three": 3}.get(match["many"] or "", 1)
        parts = 2 if match["half"] or match["most"] else _PARTS[match["one"] or match["part"]]
        share = (Decimal(many * 100) / Decimal(parts)).quantize(Decimal("0.1"))
        yield Quantity(
            start=match.start(),
            end=match.end(),
            value=plain(share),
            unit=Unit.PERCENT,
            scale="fraction",
            bound="more than" if match["most"] else _bound(before),
        )


def _folds(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _FOLD.finditer(text, start, end):
        if _NOT_A_FOLD.match(text, match.end(), end):
            continue
        bound = _bound(text[max(start, match.start() - 24) : match.start()])
        if match["down"]:
            value, unit, change = Decimal(50), Unit.PERCENT, Direction.DOWN
        elif match["up"]:
            value, unit, change = Decimal(_FOLDS[match["up"][0]]), Unit.MULTIPLE, Direction.UP
        else:
            value, unit, change = Decimal(WORD_NUMBERS[match["word"]]), Unit.MULTIPLE, Direction.UP
        yield Quantity(
            start=match.start(),
            end=match.end(),
            value=value,
            unit=unit,
            change=change,
            bound=bound,
            scale="word",
        )
