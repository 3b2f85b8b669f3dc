"""Rows of a source under our own field names, whatever it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from readthrough.domain.errors import HoldingsError
from readthrough.domain.reading import Problem
from readthrough.portfolio.numbers import BLANKS, comma_decimal, dot_decimal

__all__ = [
    "LONGEST_CELL",
    "DateStyle",
    "Sheet",
    "SourceRow",
    "date_style",
    "decimal_comma_of",
    "is_formula",
    "parse_day",
]

LONGEST_CELL = 200
"""Characters; longer cells are prose, and messages repeat cells."""

_FORMULA = re.compile(r"\s*(?:=|[+@-][^(|!]{0,60}[(|!])")
_ISO = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[T ;,].{0,40})?")
_SLASHED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ ,;T].{0,40})?")
_NAMED = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]{0,6}[- ,]{1,2}([0-9]{4})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3})[A-Za-z]{0,6} ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row, numbered as its source numbers it from 1; cells by field, blank ones left out."""

    number: int
    cells: Mapping[str, str]
    first: str = ""  # its first cell as written, where sums say "Total"
    raw: tuple[str, ...] = ()  # all of it, to know a repeated row by

    def get(self, field: str) -> str:
        """Return a field's cell, empty where the row has none."""
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a source holds of one kind: holdings, or transactions."""

    format: str  # as `recognise` names it
    rows: tuple[SourceRow, ...]
    left_out: tuple[Problem, ...] = ()  # what stands in the source and is no row of this kind
    headings: tuple[tuple[str, str], ...] = ()  # as written -> our field, empty where it is not read
    value_currency: str = ""  # of the market-value column, when its header says so
    fx_currency: str = ""  # what the rate column converts into, when its header says so
    decimal_comma: bool = False
    as_of: date | None = None
    rates: Mapping[str, Decimal] | None = None  # that the source states, into its base currency
    base_currency: str = ""  # that the source states
    currency: str = ""  # of rows that state none: such a custodian keeps one only


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would compute a cell rather than show it.

    >>> is_formula("=1+1"), is_formula("@SUM(A1)"), is_formula("-5"), is_formula("--"), is_formula("BRK-B")
    (True, True, False, False, False)
    """
    return bool(_FORMULA.match(cell))


def decimal_comma_of(cells: Iterable[tuple[int, str]]) -> bool:
    """Tell whether figures are written 1.234,56 rather than 1,234.56.

    Args:
        cells: Row numbers and the figures in them.

    Raises:
        HoldingsError: Some must be read the one way and some the other: then neither can be trusted.
    """
    comma = dot = None
    for number, cell in cells:
        comma = comma or ((number, cell) if comma_decimal(cell) else None)
        dot = dot or ((number, cell) if dot_decimal(cell) else None)
        if comma and dot:
            raise HoldingsError(
                f"Figures are written in two ways: row {comma[0]} has {comma[1]!r} and row {dot[0]}"
                f" {dot[1]!r}.",
                remedy="Write all of them with the same decimal sign.",
            )
    return comma is not None


class DateStyle:
    """How days are written: which of two numbers is the month, None where no cell tells."""

    __slots__ = ("day_first",)

    def __init__(self, *, day_first: bool | None) -> None:
        """Keep what was found or given."""
        self.day_first = day_first


def date_style(cells: Iterable[tuple[int, str]], *, day_first: bool | None = None) -> DateStyle:
    """Find how a column writes its days.

    Args:
        cells: Row numbers and the days in them.
        day_first: What the caller says; then nothing is looked for.

    Raises:
        HoldingsError: Some must be read day first and some month first.
    """
    if day_first is not None:
        return DateStyle(day_first=day_first)
    day = month = None
    for number, cell in cells:
        found = _SLASHED.fullmatch(cell.strip())
        if found is None:
            continue
        day = day or ((number, cell) if int(found[1]) > 12 else None)
        month = month or ((number, cell) if int(found[2]) > 12 else None)
        if day and month:
            raise HoldingsError(
                f"Dates are written in two ways: row {day[0]} has {day[1]!r} and row {month[0]} {month[1]!r}.",
                remedy="Write all of them as YYYY-MM-DD.",
            )
    return DateStyle(day_first=None if day is month else day is not None)


def parse_day(cell: str, style: DateStyle) -> date | None:
    """Read a day: 2026-03-09, 20260309, 9 Mar 2026, March 9, 2026, and 09/03/2026 where it is known which is which.

    Returns:
        The day, or None for a blank cell.

    Raises:
        ValueError: It is no day, or may be two.
    """
    text = cell.strip()
    if text.lower() in BLANKS:
        return None
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        return _named(found[3], found[2], found[1], text)
    if found := _NAMED_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2], text)
    if found := _SLASHED.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        if one == two:
            return date(year, one, two)
        if style.day_first is None:
            raise ValueError(f"{text!r} may be read day first or month first")
        return date(year, two, one) if style.day_first else date(year, one, two)
    raise ValueError(f"{text[:40]!r} is not a day")


def _named(year: str, month: str, day: str, text: str) -> date:
    number = _MONTHS.get(month.lower())
    if number is None:
        raise ValueError(f"{text[:40]!r} is not a day")
    return date(int(year), number, int(day))
