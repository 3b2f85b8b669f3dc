"""Amounts in running text, in digits or in words, and whether two of them are one: rounded or converted honestly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Unit
from readthrough.writing.figures import Figure, find_figures

__all__ = ["NUMBER_WORDS", "Amount", "amounts", "comparable", "same"]

_MONEY: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE})
_COUNTS: Final = frozenset({None, Unit.COUNT, Unit.POINTS, Unit.MULTIPLE})
_MONEY_AFTER: Final = lazily(
    r"[ \u00a0](?:(Danish|Swedish|Norwegian|Canadian|Australian|Hong Kong|Singapore|Taiwan|U\.S\.|US|Swiss|Japanese|Chinese|Indian) )?"
    r"(kroner|kronor|crowns?|pesos?|reais|rand|rubles|roubles|ringgit|baht|shekels|lira|zlotys?|forint|dirhams?|riyals?|"
    r"dollars?|euros?|pounds|yen|yuan|won|rupees|francs)\b"
)
_COIN: Final = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "won": "KRW", "rupee": "INR", "franc": "CHF",
    "kroner": "KR", "kronor": "KR", "crown": "KR",
}  # fmt: skip
_OF_PLACE: Final = {
    "Canadian": "CAD", "Australian": "AUD", "Hong Kong": "HKD", "Singapore": "SGD", "Taiwan": "TWD", "Danish": "DKK",
    "Swedish": "SEK", "Norwegian": "NOK",
}  # fmt: skip
_SHARED: Final = frozenset({"dollar", "kroner", "kronor", "crown", "franc"})  # coins of several countries
_PENCE: Final = re.compile(r"p(?!\w|\.\w)")
_SMALL: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBER_WORDS: Final = frozenset(_SMALL)
_NUMBER: Final = "|".join(_SMALL)
_SPELT: Final = lazily(
    rf"\b(?P<ten>{_NUMBER})(?:-(?P<one>{_NUMBER}))? (?:and a half )?"
    r"(?P<what>percentage points?|basis points?|percent|per cent|points?|cents?|pence|times|thousand|million|billion|trillion|"
    r"(?:of a )?percentage point)\b",
    re.IGNORECASE,
)
_PART: Final = lazily(
    r"\b(?:(?P<n>a|an|one|two|three|four|seven|nine)[ -](?P<part>third|fifth|tenth|quarter|eighth)s?|(?P<half>half))\b"
    r"(?P<of>(?: of a)? (?:percentage )?points?\b)?(?P<more>[ -](?:million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_PARTS: Final = {"third": 3, "quarter": 4, "fifth": 5, "eighth": 8, "tenth": 10}
# "a quarter" is a share only with words that say so; else it is three months
_SHARES: Final = re.compile(
    r" (?:of|more|less|fewer|higher|lower|cheaper|cut|rise|drop|increase|larger|smaller)\b"
)
_BY: Final = re.compile(
    r"\b(?:by|(?:about|around|nearly|almost|roughly|over|more than|less than|under|up|down|than)(?: by)?)(?: just| about)? $"
)
_MULTIPLES: Final = lazily(
    r"\b(?:(?P<two>doubl(?:e|ed|es|ing)|twice|two-?fold|twofold)|(?P<three>tripl(?:e|ed|es|ing)|trebl(?:e|ed|ing)|three-?fold)|"
    r"(?P<four>quadrupl(?:e|ed|es|ing)|four-?fold)|(?P<half>halv(?:e|ed|es|ing)))\b",
    re.IGNORECASE,
)
_SIGNS: Final = (
    "percent", "per cent", "point", "cent", "pence", "times", "thousand", "illion", "third", "fifth", "tenth", "quarter",
    "eighth", "half", "doubl", "twice", "fold", "tripl", "trebl", "halv", "quadrupl",
)  # fmt: skip
_HEDGE: Final = lazily(
    r"(?:\b(?P<about>about|around|roughly|some|approximately|circa|close to|or so|near|something like|in the region of|a mere)|"
    r"(?P<under>nearly|almost|just under|not quite|just shy of|shy of|under|below|less than|fewer than)|"
    r"(?P<over>more than|over|above|just over|north of|upwards of|in excess of|exceeding|topping|past|at least|well over|a little over))"
    r"(?: of| the| a| an)? ?[$€£¥₹]?$",
    re.IGNORECASE,
)
_CLOSE: Final = Decimal("0.025")
_LOOSE: Final = Decimal("0.12")
_FRACTION_CLOSE: Final = Decimal("0.06")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount as written; `value` in units, percent, percentage points (also of basis points) or money.

    `part` marks a share said as a fraction, `fold` a word of multiplication (doubled), `hedge` is "about", "under" or "over".
    """

    text: str
    value: Decimal
    unit: Unit | None
    currency: str
    start: int
    end: int
    part: bool = False
    fold: bool = False
    hedge: str = ""
    digits: int = 9  # significant ones, as written
    scaled: bool = False


@lru_cache(maxsize=2048)
def amounts(text: str) -> tuple[Amount, ...]:
    """Find every amount, left to right.

    >>> [(a.text, str(a.value)) for a in amounts("cut by a quarter point, a third of 60 basis points")]
    [('quarter point', '0.25'), ('a third', '33.33'), ('60 basis points', '0.6')]
    """
    found = (
        [_amount(f, text) for f in find_figures(text) if not _is_year(f)]
        if any(c.isdigit() for c in text)
        else []
    )
    lowered = text.lower()
    if any(sign in lowered for sign in _SIGNS):
        taken = [(a.start, a.end) for a in found]
        for extra in _spelt(text):
            if all(extra.end <= s or extra.start >= e for s, e in taken):
                found.append(extra)
                taken.append((extra.start, extra.end))
        found.sort(key=lambda a: a.start)
    return tuple(found)


def _is_year(figure: Figure) -> bool:
    return (
        figure.unit is None
        and not figure.scaled
        and len(figure.text) == 4
        and figure.text[:2] in ("19", "20")
    )


def _amount(figure: Figure, text: str) -> Amount:
    value, unit, currency, end = figure.value, figure.unit, figure.currency, figure.end
    if unit is Unit.BASIS_POINTS:
        value, unit = value / 100, Unit.PERCENTAGE_POINTS
    if unit is None or (unit in _MONEY and not currency):
        after = _MONEY_AFTER.match(text, end)
        if after is not None:
            place, coin = after[1], after[2].rstrip("s")
            currency = (
                (_OF_PLACE.get(place or "", "") if coin in _SHARED else "")
                or _COIN.get(after[2])
                or _COIN.get(coin)
                or coin.upper()
            )
            unit = Unit.MONEY
        elif _PENCE.match(text, end) and not figure.scaled:
            value, unit, currency = value / 100, Unit.MONEY, "GBP"
    number = "".join(c for c in figure.text if c.isdigit()).lstrip("0")
    kept = len(number if "." in figure.text else number.rstrip("0"))
    return Amount(
        text=figure.text,
        value=value,
        unit=unit,
        currency=currency,
        start=figure.start,
        end=figure.end,
        hedge=_hedge(text, figure.start),
        digits=kept,
        scaled=figure.scaled,
    )


def _hedge(text: str, start: int) -> str:
    match = _HEDGE.search(text[max(0, start - 24) : start])
    if match is None:
        return ""
    return next(name for name in ("about", "under", "over") if match[name])


def _spelt(text: str) -> Iterator[Amount]:
    for match in _SPELT.finditer(text):
        value = Decimal(_SMALL[match["ten"].lower()] + (_SMALL[match["one"].lower()] if match["one"] else 0))
        yield _in_words(match, text, *_unit_of(value, match["what"].lower()))
    for match in _PART.finditer(text):
        part = _part(match, text)
        if part is not None:
            yield part
    for match in _MULTIPLES.finditer(text):
        worth = {"two": Decimal(2), "three": Decimal(3), "four": Decimal(4), "half": Decimal("0.5")}
        value = next(worth[name] for name in worth if match[name])
        yield Amount(
            text=match.group(),
            value=value,
            unit=Unit.MULTIPLE,
            currency="",
            start=match.start(),
            end=match.end(),
            fold=True,
        )


def _unit_of(value: Decimal, what: str) -> tuple[Decimal, Unit | None, str]:
    if what in ("percent", "per cent"):
        return value, Unit.PERCENT, ""
    if what.startswith("basis"):
        return value / 100, Unit.PERCENTAGE_POINTS, ""
    if "percentage" in what:
        return value, Unit.PERCENTAGE_POINTS, ""
    if what.startswith(("cent", "pence")):
        return value / 100, Unit.MONEY, "GBP" if what == "pence" else "USD"
    if what in ("thousand", "million", "billion", "trillion"):
        return value.scaleb({"t": 3, "m": 6, "b": 9}[what[0]] if what != "trillion" else 12), None, ""
    return value, Unit.MULTIPLE if what == "times" else Unit.POINTS, ""


def _part(match: re.Match[str], text: str) -> Amount | None:
    if match["more"]:
        return None
    part = (match["part"] or "").lower()
    if match["half"]:
        if (
            text[match.end() : match.end() + 12]
            .lower()
            .startswith((" percent", " of the y", "-year", " year"))
        ):
            return None
        before = text[: match.start()].lower().rstrip()
        # "the first half", "in the half": six months
        if (
            before.endswith(
                (" first", " second", " the", " this", " last", " april-september", " best", " per")
            )
            and not match["of"]
        ):
            return None
        value = Decimal("0.5")
    else:
        n = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "seven": 7, "nine": 9}[
            match["n"].lower()
        ]
        value = Decimal(n) / _PARTS[part]
    if match["of"]:
        return _in_words(match, text, value, Unit.PERCENTAGE_POINTS, "", start=match.start())
    if part == "quarter" and match["n"].lower() in ("a", "one"):
        share = _SHARES.match(text, match.end()) or _BY.search(text[: match.start()])
        if share is None:
            return None
    if part == "third" and match["n"].lower() == "a" and text[match.end() :].lstrip().split(" ")[0].isalpha():
        following = text[match.end() :].split()[:1]
        if following and following[0].lower() not in _AFTER_SHARE:
            return None  # "a third drug", "a third year"
    return _in_words(match, text, (value * 100).quantize(Decimal("0.01")), Unit.PERCENT, "", part=True)


_AFTER_SHARE: Final = frozenset(
    "of more less fewer higher lower to at from in on and or but as than cheaper cut rise drop below above larger smaller "
    "after while since this last when over by is was are were".split()
)


def _in_words(
    match: re.Match[str],
    text: str,
    value: Decimal,
    unit: Unit | None,
    currency: str,
    *,
    part: bool = False,
    start: int | None = None,
) -> Amount:
    at = match.start() if start is None else start
    said = match.group().strip()
    if start is not None and said.lower().startswith(("a ", "an ")):
        said = said.split(" ", 1)[1]
    return Amount(
        text=said,
        value=value,
        unit=unit,
        currency=currency,
        start=at,
        end=match.end(),
        part=part,
        hedge=_hedge(text, match.start()),
    )


def same(claim: Amount, source: Amount) -> bool:
    """Tell whether a written amount is what a source amount says: the same, rounded honestly, or converted.

    Rounding is honest when two significant digits are kept, or when the amount is hedged ("about", "nearly", "more than")
    and stays near on the side that the hedge names.

    >>> same(amounts("about $6.1 billion")[0], amounts("$6,130 million")[0]), same(amounts("$6.2bn")[0], amounts("$6.13bn")[0])
    (True, False)
    """
    if claim.fold or source.fold:
        if source.part or claim.part:
            return {claim.value, source.value} == {Decimal("0.5"), Decimal("50.00")}
        return claim.unit is source.unit is Unit.MULTIPLE and claim.value == source.value
    if not _one_unit(claim, source):
        return False
    if claim.value == source.value:
        return True
    if claim.part or source.part:
        return _near_fraction(claim, source)
    return _rounds_to(claim, source)


def comparable(one: Amount, two: Amount) -> bool:
    """Tell whether two amounts are of one unit, so that one may be taken for the other."""
    return not one.fold and not two.fold and _one_unit(one, two)


def _one_unit(claim: Amount, source: Amount) -> bool:
    if claim.currency and source.currency and claim.currency != source.currency:
        if "KR" in (claim.currency, source.currency):
            return bool({claim.currency, source.currency} & {"DKK", "SEK", "NOK"})
        return {claim.currency, source.currency} == {"JPY", "CNY"} and "¥" in claim.text + source.text
    units = {claim.unit, source.unit}
    if units & _MONEY:
        other = next(iter(units - _MONEY), Unit.MONEY)
        bare = claim if claim.unit is None else source
        return units <= _MONEY or (
            other is None and (bare.scaled or (bare is claim and claim.value == source.value >= 100))
        )
    if Unit.PERCENTAGE_POINTS in units:
        return units <= {Unit.PERCENTAGE_POINTS, Unit.POINTS}
    return claim.unit is source.unit or units <= _COUNTS


def _near_fraction(claim: Amount, source: Amount) -> bool:
    if claim.unit is not source.unit or source.value == 0:
        return False
    off = (source.value - claim.value) / claim.value
    if claim.part and source.part:
        return abs(off) < Decimal("0.01")
    if claim.hedge == "over":
        return Decimal(0) <= off <= Decimal("0.25")
    if claim.hedge == "under":
        return -_LOOSE <= off <= Decimal(0)
    return abs(off) <= _FRACTION_CLOSE


def _rounds_to(claim: Amount, source: Amount) -> bool:
    if claim.value == 0 or source.value == 0 or claim.digits >= source.digits or source.value.adjusted() > 26:
        return False
    last = claim.value.adjusted() - claim.digits + 1
    rounded = source.value.quantize(Decimal(1).scaleb(last))
    off = (source.value - claim.value) / claim.value
    if rounded == claim.value and (claim.digits >= 2 or (claim.hedge and abs(off) <= _CLOSE)):
        return True
    if claim.digits <= 2 and claim.hedge == "over":
        return Decimal(0) < off <= _LOOSE
    return claim.digits <= 2 and claim.hedge == "under" and -_LOOSE <= off < Decimal(0)
