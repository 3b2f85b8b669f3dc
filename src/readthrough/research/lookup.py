"""Figures looked up in any table: the row by its words, the column by its year, and what is worked out between cells.

A figure is given only where row and column leave no doubt: every word of the row's label is asked for, every word
asked for stands in the label or in what it stands under, each year heads one column, and no other row fits as well.
Everything else is left to the sentences of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.research.figures import Input, StatementPage, Worked
from readthrough.research.retrieve import stem
from readthrough.research.tables import Cell, DatedTable, TableRow, dated_tables

__all__ = ["Lookup", "look_up", "lookup_asked"]

_YEAR: Final = lazily(r"(?<![\d.,$-])(?:fy ?)?((?:19|20)\d\d)(?![\d%]|[.,]\d)", re.IGNORECASE)
_RANGE: Final = lazily(r"((?:19|20)\d\d)\s?(?:-|–|to|through|until)\s?((?:19|20)\d\d)")
_ASKS: Final = lazily(
    r"^\W*(?:what|how much|how many|calculate|compute|give|find|by how much|by what)\b", re.IGNORECASE
)
_NOT_PRINTED: Final = lazily(
    r"\b(?:q[1-4]|quarters?|months?|half|excluding|excludes|adjusted for|organic|non-?gaap|constant currency|segment\w*|why|reasons?|driv\w+"
    r"|which|whose|who|when|percentage of|proportion|ratio|share of|constitut\w+|portion|highest|lowest|largest|smallest|exceed\w*"
    r"|more than|less than|greater|if|would|expected|except|compared|times|per cent of|% of|as a percent\w*|out of)\b",
    re.IGNORECASE,
)
_PERCENT: Final = lazily(
    r"(?:\bpercent(?:age)?|\bper cent|%) (?:change|increase|decrease|growth|decline|rise|fall)|\b(?:growth rate|rate of growth|rate of change)\b"
    r"|\bchange[^?]{0,60}\b(?:in|as) (?:a )?percent(?:age)?\b|\bgrow(?:th)?\b[^?]{0,40}\bpercent",
    re.IGNORECASE,
)
_CHANGE: Final = lazily(r"\b(?:change|increase|decrease|decline|growth|rise)\b", re.IGNORECASE)
_LESS: Final = lazily(r"\b(?:decrease|decline)\b", re.IGNORECASE)
_MORE: Final = lazily(r"\b(?:change|increase|growth|rise)\b", re.IGNORECASE)
_DIFFERENCE: Final = lazily(r"\bdifference\b", re.IGNORECASE)
_AVERAGE: Final = lazily(r"\b(?:average|mean)\b", re.IGNORECASE)
_SUM: Final = lazily(r"\b(?:sum|combined|total(?: amount)? (?:for|of|over|across))\b", re.IGNORECASE)
_EACH: Final = lazily(r"\brespective(?:ly)?\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")

# words that ask, count or date, and never tell one row from another
_ASKING: Final = frozenset(
    stem(word)
    for word in """a an the of in for from to and or at by on as was were is are be been has have had did do does what how much many
    which s its their company companys companies group groups firm year years fiscal fy ended ending end december january february
    march april june july august september october november between during over with respect calculate compute find give
    amount amounts value values figure number million millions thousand thousands billion billions usd dollars dollar
    percentage percent change changes changed increase increased decrease decreased decline declined difference growth rise
    average mean sum combined per cent recorded reported there it under this that respective recognised recognized
    respectively annual yearly financial note notes table shown below overall sheet both each within all across""".split()
)
_LABEL_ASIDE: Final = frozenset(
    stem(word) for word in "the of in for from to and or at by on as a an s its note notes".split()
)
_TELLING: Final = frozenset(
    stem(word)
    for word in """before after net gross total other non current noncurrent deferred less plus without basic diluted weighted
    prior beginning ending opening closing domestic foreign change increase decrease decline growth rise""".split()
)
"""Words that make another line of one: they stand in the row or right above it, or it is not the row."""
_NO_SCALE: Final = lazily(
    r"\bper\b|%|percent|\brates?\b|\byears?\b|\bdays\b|\bnumber of\b|\bmargins?\b|\bratio\b", re.IGNORECASE
)
_SCALE_NAMES: Final = {3: "thousand", 6: "million", 9: "billion"}
_NOTE: Final = re.compile(r"\(\d{1,2}\)")
_ASIDE: Final = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is asked of a table: stems of the row's words, fiscal years in order of time, and what is worked out.

    `kind` is value, each (a value for each year, in the order asked), change (the later less the earlier), decrease, difference (its size), percent, average or sum.
    """

    words: frozenset[str]
    years: tuple[int, ...]
    kind: str


def lookup_asked(question: str, names: Sequence[str] = ()) -> Lookup | None:
    """Return what a question asks of a table's row; None where it asks for anything else.

    Args:
        question: Words.
        names: Of the company asked about; they name no row.

    >>> asked = lookup_asked("What was the percentage change in total revenue between 2018 and 2019?")
    >>> asked and (sorted(asked.words), asked.years, asked.kind)
    (['revenu', 'total'], (2018, 2019), 'percent')
    """
    if not _ASKS.search(question) or _NOT_PRINTED.search(question):
        return None
    told = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(question)))
    years = set(told)
    kind = _kind(question)
    if kind == "value" and len(told) > 1 and _EACH.search(question):
        kind = "each"
    elif _EACH.search(question):
        return None
    for first, last in _RANGE.findall(question):
        if kind in ("average", "sum") and int(first) < int(last) <= int(first) + 9:
            years |= set(range(int(first), int(last) + 1))
    ordered = told if kind == "each" else tuple(sorted(years))
    moved = frozenset(stem(word) for word in _CHANGE.findall(question)) if len(ordered) == 1 else frozenset()
    if kind in ("change", "decrease") and moved:
        kind = "value"  # of a row that is itself a change: "net decrease in cash"
    if kind == "value" and _SUM.search(question):
        return None  # of several rows
    wanted = {"value": 1, "change": 2, "decrease": 2, "difference": 2, "percent": 2}
    if kind == "average" and (_CHANGE.search(question) or _DIFFERENCE.search(question)):
        return None
    if (
        not ordered
        or (kind in wanted and len(ordered) != wanted[kind])
        or (kind in ("average", "sum") and len(ordered) < 2)
    ):
        return None
    named = {stem(word) for name in names for word in _WORD.findall(name)}
    words = frozenset(stem(word) for word in _WORD.findall(question)) - _ASKING - named | moved
    return Lookup(words=words, years=ordered, kind=kind) if words else None


def _kind(question: str) -> str:
    if _PERCENT.search(question):
        return "percent"
    if _AVERAGE.search(question):
        return "average"
    if _DIFFERENCE.search(question):
        return "difference"
    if _CHANGE.search(question):
        return "decrease" if _LESS.search(question) and not _MORE.search(question) else "change"
    return "sum" if _SUM.search(question) and len(set(_YEAR.findall(question))) > 1 else "value"


@dataclass(frozen=True, slots=True)
class _Fit:
    page: StatementPage
    table: DatedTable
    row: TableRow
    rank: tuple[int, int]


def look_up(asked: Lookup, pages: Sequence[StatementPage]) -> tuple[Worked, ...]:
    """Look a figure up, or work it out of one row; nothing where the tables leave any doubt.

    Args:
        asked: What is asked.
        pages: Of documents about the one company that is asked about.
    """
    fits = list(_fits(asked, pages))
    if not fits:
        return ()
    best = max(fit.rank for fit in fits)
    chosen = [fit for fit in fits if fit.rank == best]
    read = [(fit, cells) for fit in chosen if (cells := _cells(fit, asked.years)) is not None]
    if len(read) != len(chosen):
        return ()
    scales = {_exponent(fit) for fit, _ in read}
    if len({tuple(cell.value for cell in cells) for _, cells in read}) > 1 or len(scales) > 1:
        return ()
    fit, cells = read[0]
    if asked.kind == "average" and _AVERAGE.search(fit.row.label):
        return ()  # an average by itself is asked for, or one of averages
    if asked.kind == "each":
        return tuple(
            _worked(Lookup(words=asked.words, years=(year,), kind="value"), fit, (cell,))
            for year, cell in zip(asked.years, cells, strict=True)
        )
    if asked.kind == "percent" and cells[0].value <= 0:
        return ()  # no rate of change from zero or less
    return (_worked(asked, fit, cells),)


def _fits(asked: Lookup, pages: Sequence[StatementPage]) -> Iterator[_Fit]:
    for page in pages:
        for table in dated_tables(page.text, page.span):
            around = _stems(table.heading) | _stems(page.title)
            for row in table.rows:
                label = _stems(_ASIDE.sub(" ", row.label)) - _LABEL_ASIDE
                if not (label - _ASKING) or not (label - _ASKING) <= asked.words:
                    continue
                left = asked.words - _stems(row.label)
                section = left & _stems(row.section)
                far = left - section
                if far <= around and not far & _TELLING and 2 * len(far) <= len(asked.words):
                    yield _Fit(page, table, row, (len(label & asked.words), len(section)))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(text)}


def _cells(fit: _Fit, years: Iterable[int]) -> tuple[Cell, ...] | None:
    cells = _aligned(fit.row.cells, len(fit.table.years))
    if cells is None:
        return None
    found = []
    for year in years:
        place = fit.table.column(year)
        if place is None or not any(c.isdigit() for c in cells[place].text):
            return None
        found.append(cells[place])
    return tuple(found)


def _aligned(cells: Sequence[Cell], columns: int) -> Sequence[Cell] | None:
    """The cells that stand under the years: all of them, or those beside a note's number or a change that adds up."""
    if len(cells) == columns:
        return cells
    if len(cells) == columns + 1 and _NOTE.fullmatch(cells[0].text):
        return cells[1:]
    if columns == 2 and len(cells) in (3, 4):
        first, last, change = cells[0].value, cells[1].value, cells[2].value
        least = Decimal(1).scaleb(int(cells[2].value.as_tuple().exponent))
        rate = 100 * (first - last) / last if last else None
        if last != first and (
            abs(abs(first - last) - abs(change)) <= least
            or (rate is not None and abs(change) >= 2 and abs(abs(rate) - abs(change)) <= least)
        ):
            return cells[:2]
    return None


def _exponent(fit: _Fit) -> int | None:
    plain = any(cell.percent for cell in fit.row.cells[: len(fit.table.years)]) or _NO_SCALE.search(
        f"{fit.row.section} {fit.row.label}"
    )
    return None if plain else fit.table.exponent


def _worked(asked: Lookup, fit: _Fit, cells: Sequence[Cell]) -> Worked:
    values = [cell.value for cell in cells]
    printed = [_printed(cell) for cell in cells]
    first, last = values[0], values[-1]
    if asked.kind == "percent":
        value, how = 100 * (last - first) / first, f"({printed[-1]} - {printed[0]}) / {printed[0]}"
    elif asked.kind in ("change", "difference"):
        value, how = last - first, f"{printed[-1]} - {printed[0]}"
        value = abs(value) if asked.kind == "difference" else value
    elif asked.kind == "decrease":
        value, how = first - last, f"{printed[0]} - {printed[-1]}"
    elif asked.kind in ("average", "sum"):
        value, how = sum(values, Decimal(0)), " + ".join(printed)
        if asked.kind == "average":
            value, how = value / len(values), f"({how}) / {len(values)}"
    else:
        value, how = last, printed[-1]
    exponent = _exponent(fit)
    percent = cells[0].percent
    unit = "percent" if asked.kind == "percent" or (percent and asked.kind == "value") else "as printed"
    if percent and asked.kind not in ("value", "percent"):
        unit = "percentage points"
    scale = _SCALE_NAMES[exponent] if exponent is not None and unit == "as printed" else ""
    places = max(-int(cell.value.as_tuple().exponent) for cell in cells)
    if asked.kind in ("percent", "average"):
        places = max(2, places)
    number = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
    mark = {"percent": "%", "percentage points": " percentage points"}.get(unit, f" {scale}" if scale else "")
    shown = f"{number}{mark}"
    label = " ".join(fit.row.label.split())
    years = " and ".join(dict.fromkeys((str(asked.years[0]), str(asked.years[-1]))))
    title = {"value": "", "sum": "sum of ", "average": "average of ", "percent": "change in percent of "}
    return Worked(
        measure=f"{title.get(asked.kind, asked.kind + ' of ')}{label}",
        value=value,
        unit=unit,
        shown=shown,
        working=f"{label}, {years}{f', in {scale}s' if scale else ''}: {how} = {number}{'%' if unit == 'percent' else ''}"
        if asked.kind != "value"
        else f"{label}, {years}: {shown}",
        inputs=tuple(_input(fit, cell, year) for cell, year in zip(cells, asked.years, strict=True)),
    )


def _printed(cell: Cell) -> str:
    return f"{cell.value:,}" if cell.value >= 0 else f"({-cell.value:,})"


def _input(fit: _Fit, cell: Cell, year: int) -> Input:
    return Input(
        line=fit.row.label,
        year=year,
        value=cell.value,
        printed=cell.text,
        document_id=fit.page.document_id,
        title=fit.page.title,
        page=fit.page.number,
        row=fit.row.span,
        cell=cell.span,
        label=fit.row.label,
    )
