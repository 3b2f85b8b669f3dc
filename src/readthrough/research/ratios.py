"""What is worked out of statement lines: the formula of each measure, by the definitions analysts share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from readthrough.domain.lazy import lazily
from readthrough.research.line_items import LINES

__all__ = ["Measure", "Wanted", "measure_asked", "search_words"]

Get: TypeAlias = Callable[[str, int], Decimal]
"""Gives a line's figure for a fiscal year, in currency units; raises LookupError where nothing holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: how it is worked out, in words and in code. `unit` is money, percent, ratio or days."""

    name: str
    formula: str
    unit: str
    asked: re.Pattern[str]
    work: Callable[[Get, int], Decimal]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a question asks to be worked out.

    `kind` is value, change (in percent), points (change of a percentage in points), average or cagr.
    """

    measure: Measure
    years: tuple[int, ...]
    kind: str = "value"
    scale: str = ""  # millions, billions as the question wants it told
    decimals: int | None = None


def _mean(get: Get, line: str, year: int) -> Decimal:
    return (get(line, year) + get(line, year - 1)) / 2


def _ebitda(get: Get, year: int) -> Decimal:
    return get("operating income", year) + get("depreciation and amortization", year)


def _dpo(get: Get, year: int) -> Decimal:
    stock = get("inventories", year) - get("inventories", year - 1)
    return 365 * _mean(get, "accounts payable", year) / (get("cost of goods sold", year) + stock)


def _dio(get: Get, year: int) -> Decimal:
    return 365 * _mean(get, "inventories", year) / get("cost of goods sold", year)


def _dso(get: Get, year: int) -> Decimal:
    return 365 * _mean(get, "receivables", year) / get("revenue", year)


def _gross(get: Get, year: int) -> Decimal:
    try:
        return get("gross profit", year)
    except LookupError:
        return get("revenue", year) - get("cost of goods sold", year)


def _measure(
    name: str, unit: str, asked: str, formula: str, words: str, work: Callable[[Get, int], Decimal]
) -> Measure:
    pattern = lazily(asked, re.IGNORECASE)
    return Measure(name=name, unit=unit, formula=formula, asked=pattern, words=words, work=work)


_ALL: Final = "statement of income balance sheet cash flows"

_RATIOS: Final = (
    _measure("cash conversion cycle", "days", r"\bcash conversion cycle\b|\bccc\b",
             "days of inventory + days of sales outstanding - days payable outstanding", _ALL,
             lambda g, y: _dio(g, y) + _dso(g, y) - _dpo(g, y)),
    _measure("days payable outstanding", "days", r"\bdays payable\b|\bdpo\b",
             "365 × average accounts payable / (cost of goods sold + change in inventories)", _ALL, _dpo),
    _measure("days of sales outstanding", "days", r"\bdays(?: of)? sales outstanding\b|\bdso\b",
             "365 × average receivables / revenue", _ALL, _dso),
    _measure("days of inventory", "days", r"\bdays(?: of)? inventory\b|\bdio\b",
             "365 × average inventories / cost of goods sold", _ALL, _dio),
    _measure("fixed asset turnover", "ratio", r"\bfixed asset turnover\b",
             "revenue / average property, plant and equipment", _ALL,
             lambda g, y: g("revenue", y) / _mean(g, "property, plant and equipment, net", y)),
    _measure("inventory turnover", "ratio", r"\binventory turnover\b|\bsold its inventory\b",
             "cost of goods sold / average inventories", _ALL,
             lambda g, y: g("cost of goods sold", y) / _mean(g, "inventories", y)),
    _measure("asset turnover", "ratio", r"\basset turnover\b", "revenue / average total assets", _ALL,
             lambda g, y: g("revenue", y) / _mean(g, "total assets", y)),
    _measure("return on assets", "ratio", r"\breturn on assets\b|\broa\b", "net income / average total assets", _ALL,
             lambda g, y: g("net income", y) / _mean(g, "total assets", y)),
    _measure("operating cash flow ratio", "ratio", r"\boperating cash flow ratio\b",
             "cash from operations / total current liabilities", _ALL,
             lambda g, y: g("cash from operations", y) / g("total current liabilities", y)),
    _measure("working capital ratio", "ratio", r"\b(?:working capital|current) ratio\b",
             "total current assets / total current liabilities", "balance sheet total current assets liabilities",
             lambda g, y: g("total current assets", y) / g("total current liabilities", y)),
    _measure("working capital", "money", r"\bworking capital\b", "total current assets - total current liabilities",
             "balance sheet total current assets liabilities",
             lambda g, y: g("total current assets", y) - g("total current liabilities", y)),
    _measure("quick ratio", "ratio", r"\bquick ratio\b",
             "(total current assets - inventories) / total current liabilities", "balance sheet current assets",
             lambda g, y: (g("total current assets", y) - g("inventories", y)) / g("total current liabilities", y)),
    _measure("dividend payout ratio", "ratio", r"\b(?:dividend )?payout ratio\b", "dividends paid / net income", _ALL,
             lambda g, y: g("dividends paid", y) / g("net income", y)),
    _measure("retention ratio", "ratio", r"\bretention ratio\b", "1 - dividends paid / net income", _ALL,
             lambda g, y: 1 - g("dividends paid", y) / g("net income", y)),
    _measure("free cash flow conversion", "ratio", r"\b(?:fcf|free cash ?flow) conversion\b",
             "(cash from operations - capital expenditure) / net income", _ALL,
             lambda g, y: (g("cash from operations", y) - g("capital expenditure", y)) / g("net income", y)),
    _measure("free cash flow", "money", r"\bfree cash ?flow\b|\bfcf\b",
             "cash from operations - capital expenditure", "statement of cash flows operating activities",
             lambda g, y: g("cash from operations", y) - g("capital expenditure", y)),
    _measure("EBITDA less capital expenditure", "money", r"\bebitda less cap(?:ex|ital)",
             "operating income + depreciation and amortization - capital expenditure", _ALL,
             lambda g, y: _ebitda(g, y) - g("capital expenditure", y)),
    _measure("EBITDA margin", "percent", r"\bebitda (?:% )?margin\b",
             "(operating income + depreciation and amortization) / revenue", _ALL,
             lambda g, y: 100 * _ebitda(g, y) / g("revenue", y)),
    _measure("EBITDA", "money", r"\bunadjusted ebitda\b|\boperating income \+ depreciation",
             "operating income + depreciation and amortization", _ALL, _ebitda),
    _measure("depreciation and amortization margin", "percent",
             r"\b(?:d&a|depreciation (?:and|&) amortization)[^.?]{0,60}(?:% margin|as a (?:%|percent)[^.?]{0,12}revenue)",
             "depreciation and amortization / revenue", _ALL,
             lambda g, y: 100 * g("depreciation and amortization", y) / g("revenue", y)),
    _measure("capital expenditure as a share of revenue", "percent",
             r"\bcap(?:ex|ital expenditures?)\b[^.?]{0,30}(?:%|percent(?:age)?) of (?:total )?(?:revenue|sales)",
             "capital expenditure / revenue", _ALL, lambda g, y: 100 * g("capital expenditure", y) / g("revenue", y)),
    _measure("cost of goods sold as a share of revenue", "percent",
             r"\b(?:cogs|costs? of goods sold)\b[^.?]{0,30}(?:(?:%|percent(?:age)?) of (?:total )?(?:revenue|sales)|% margin)",
             "cost of goods sold / revenue", "statement of income",
             lambda g, y: 100 * g("cost of goods sold", y) / g("revenue", y)),
    _measure("gross margin", "percent", r"\bgross (?:profit )?(?:% )?margins?\b", "gross profit / revenue", "statement of income",
             lambda g, y: 100 * _gross(g, y) / g("revenue", y)),
    _measure("operating margin", "percent", r"\boperating (?:income |profit )?(?:% )?margins?\b", "operating income / revenue",
             "statement of income", lambda g, y: 100 * g("operating income", y) / g("revenue", y)),
    _measure("net profit margin", "percent", r"\bnet (?:profit|income) (?:% )?margins?\b", "net income / revenue",
             "statement of income", lambda g, y: 100 * g("net income", y) / g("revenue", y)),
    _measure("effective tax rate", "percent", r"\beffective (?:income )?tax rate\b", "income taxes / income before taxes",
             "statement of income", lambda g, y: 100 * g("income taxes", y) / g("income before taxes", y)),
)  # fmt: skip


def _plain(name: str) -> Measure:
    line = LINES[name]
    return Measure(
        name=name,
        formula="",
        unit="money",
        asked=line.asked,
        words=line.search,
        work=lambda get, year: get(name, year),
    )


_PLAIN: Final = tuple(
    _plain(name)
    for name in (
        "capital expenditure", "cash from operations", "depreciation and amortization", "dividends paid",
        "total current assets", "total current liabilities", "total assets", "total liabilities", "accounts payable",
        "receivables", "inventories", "cash and equivalents", "property, plant and equipment, net",
        "restructuring costs", "cost of goods sold", "gross profit", "operating income", "net income",
        "interest expense", "income taxes", "revenue",
    )
)  # fmt: skip

_FISCAL: Final = lazily(r"\b(?:fy ?|fiscal (?:year )?)?((?:19|20)\d\d)\b|\bfy ?'?(\d\d)\b", re.IGNORECASE)
_QUARTER: Final = lazily(
    r"\bq[1-4]\b|\b(?:first|second|third|fourth)(?: fiscal)? quarter|\bh[12]\b|\bhalf[- ]year", re.I
)
_NOT_AS_PRINTED: Final = lazily(
    r"\b(?:exclud(?:e|es|ing)|organic(?:ally)?|non-?gaap|constant[- ]currency|like-for-like|segments?|real change)\b|(?<!un)\badjusted\b",
    re.I,
)
_AVERAGE: Final = lazily(r"\b(?:\d|two|three|four|five)[- ]year average\b", re.IGNORECASE)
_CAGR: Final = lazily(r"\bcagr\b|\bcompound annual", re.IGNORECASE)
_CHANGE: Final = lazily(
    r"\byear[- ]over[- ]year change\b|\bgrowth rate\b|\bhow much (?:did|has|have)\b[^?]{1,80}\b(?:grow|grown|change|changed"
    r"|increase|increased|decrease|decreased|rise|risen|fall|fallen)\b|\b(?:percent(?:age)?|%) change\b|\bchange in\b", re.I)  # fmt: skip
_SCALES: Final = lazily(
    r"\b(?:usd|us\$|\$|dollars)? ?(?:in )?(thousands?|millions?|billions?)\b", re.IGNORECASE
)
_PLACES: Final = lazily(r"\bround[^.?]{0,40}\b(one|two|three|1|2|3) decimal", re.IGNORECASE)
_WORDED: Final = {"one": 1, "two": 2, "three": 3, "1": 1, "2": 2, "3": 3}
_WORD: Final = re.compile(r"[^\W_]+")
_ASKING: Final = frozenset(
    """a about after all am an and any answer approach are as ask asked assume at base based be been before being below
    but by calculate can clearly compute could details did do does doing for from get give given had has have here how i
    if in information into is it items its latest line me more most much my need needed of on only or our out outlined
    over perspective please primarily provide provided question relying respond response round rounded s says show shown
    some state states t than that the their them then there these they this those to units us use used using utilize
    utilizing was we were what when where whether which while who whom whose why will with would you your places decimal
    decimals percents one two analyst investor adopting assuming access""".split()
)
_MOST_WORDS: Final = 30
_DEFINED: Final = lazily(r"\b(?:is|are) defined as\b|\bdefine[sd]?\b|\bhere is\b", re.IGNORECASE)
_ASKS: Final = lazily(r"\b(?:what (?:is|was|were|are)|how much|how many|calculate|compute)\b", re.IGNORECASE)


def measure_asked(question: str) -> Wanted | None:
    """Return what a question asks to be worked out for fiscal years; None where it asks for no such figure.

    >>> asked = measure_asked("What is the FY2018 capital expenditure amount (in USD millions) for Orbex?")
    >>> asked and (asked.measure.name, asked.years, asked.scale)
    ('capital expenditure', (2018,), 'millions')
    """
    if not _ASKS.search(question) or _QUARTER.search(question) or _NOT_AS_PRINTED.search(question):
        return None
    # a definition that follows repeats other measures' names
    head = question
    for mark in _DEFINED.finditer(question):
        before = question[: mark.start()]
        if any(m.asked.search(before) for m in (*_RATIOS, *_PLAIN)) and "FY" in before.upper():
            head = before
            break
    years = sorted({int(a or f"20{b}") for a, b in _FISCAL.findall(head)} or _years(question))
    measure = _first(head)
    if measure is None or not years:
        return None
    scale = _SCALES.search(question)
    places = _PLACES.search(question)
    return Wanted(
        measure=measure,
        years=_spread(years, head),
        kind=_kind(head, years, measure),
        scale="" if scale is None else scale[1].lower().rstrip("s") + "s",
        decimals=None if places is None else _WORDED[places[1].lower()],
    )


def _years(question: str) -> set[int]:
    return {int(a or f"20{b}") for a, b in _FISCAL.findall(question)}


def _first(head: str) -> Measure | None:
    for measure in _RATIOS:
        if measure.asked.search(head):
            return measure
    found = [(m.asked.search(head), m) for m in _PLAIN]
    told = [(match.start(), place, m) for place, (match, m) in enumerate(found) if match]
    return min(told, key=lambda t: t[1])[2] if told else None


def _kind(head: str, years: Sequence[int], measure: Measure) -> str:
    if _AVERAGE.search(head):
        return "average"
    if _CAGR.search(head):
        return "cagr"
    if len(years) == 2 and _CHANGE.search(head):
        return "points" if measure.unit == "percent" else "change"
    return "value"


def _spread(years: list[int], head: str) -> tuple[int, ...]:
    if len(years) == 2 and (_AVERAGE.search(head) or _CAGR.search(head)):
        return tuple(range(years[0], years[1] + 1))
    return tuple(years)


def search_words(question: str) -> tuple[str, ...]:
    """Return what to look for: the question's own words, and those of the statements that hold what it asks.

    >>> "purchases" in search_words("What was capex in FY2018?")
    True
    """
    own = [word for word in _WORD.findall(question) if word.lower() not in _ASKING]
    more: list[str] = []
    for measure in (*_RATIOS, *_PLAIN):
        if measure.asked.search(question):
            more += measure.words.split()
    years = [f"20{short}" for _, short in _FISCAL.findall(question) if short]
    return tuple(dict.fromkeys(word.lower() for word in (*own, *years, *more)))[:_MOST_WORDS]
