"""Tables as they stand in text: rows with a label and one figure for each dated column.

Text layers of PDFs give a row as one line, or each cell as a line of its own; laid-out pages give bars between
cells. All three are read the same way: words begin a row, figures after them are its cells, and a run of years
above them names the columns. A row counts only where it has exactly one figure for each column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.corpus import DocumentTable
from readthrough.domain.lazy import lazily

__all__ = ["Cell", "DatedTable", "TableRow", "dated_tables", "tables_in"]

_MONTHS: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_DAY: Final = lazily(rf"\b{_MONTHS}\s+\d{{1,2}}\b,?|\b\d{{1,2}}\s+{_MONTHS}|\b{_MONTHS}", re.IGNORECASE)
_YEAR: Final = lazily(r"(?<![\d,.$])(?:FY\s?)?((?:19|20)\d\d)(?![\d,.%])")
_HEAD_WORDS: Final = lazily(
    r"\b(?:for|the|fiscal|years?|ended|ending|end|as|of|at|and|in|months?|three|six|nine|twelve|quarters?|periods?|fy|"
    r"weeks?|52|53|13|26|39|audited|unaudited|restated|as adjusted|millions?|thousands?|usd|us|dollars?|actual|note|notes)\b",
    re.IGNORECASE,
)
# beside years, what a heading says of their columns: notes, units, and changes between them
_HEAD_MARKS: Final = lazily(
    r"\(\d{1,2}\)|[$€£¥`]\s?['’‘]?000s?\b|['’‘]000s?\b|(?:\busd|\brmb|[$€£¥])\s?(?:m|mn|million)?\b|[$€£¥`%]|\bu\.\s?s\.|\b(?:except|per share|"
    r"amounts?|data|percentages?|percent|all figures|rmb|increase|decrease|change[sd]?|variance|difference|yr\.-to-yr\.|yoy|"
    r"year-over-year|period-to-period|restated\d?|consolidated)\b",
    re.IGNORECASE,
)
# of a line without its blanks: text layers lose them
_SCALE: Final = lazily(
    r"(?:^|in|\(|\$)(thousands|millions|billions)(?![a-z])|in(thousands|millions|billions)(?:except|of)"
)
_LONGEST_SCALE: Final = 140  # code points of a line that heads a table
_NUMBER: Final = re.compile(r"\(?-?[$€£]?\(?\d[\d,]*(?:\.\d+)?\)?%?\)?$")
_NOTHING: Final = frozenset({"—", "–", "-", "— ", "--"})
_MARKS: Final = frozenset({"$", "€", "£", "%", ")", "|", ")%", "US$"})
_EXPONENT: Final = {"thousands": 3, "millions": 6, "billions": 9}
_GOES_ON: Final = (
    ",",
    " and",
    " of",
    " in",
    " by",
    " for",
    " to",
    " on",
    " from",
    " at",
    " with",
    " or",
    "-",
    " the",
)
_LONGEST_LABEL: Final = 220
_TOKEN: Final = re.compile(r"[^\s|]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of a row: as printed, its value without the table's scale, and where it stands."""

    text: str
    value: Decimal
    span: Span
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row: `section` is the heading it stands under, `span` reaches from its label to its last cell."""

    label: str
    section: str
    cells: tuple[Cell, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedTable:
    """Rows under columns of years. `exponent` is the power of ten that its heading gives money, None without."""

    heading: str
    years: tuple[int, ...]
    exponent: int | None
    rows: tuple[TableRow, ...]

    def column(self, year: int) -> int | None:
        """Return the place of a year's column; None where it has none or several."""
        return self.years.index(year) if self.years.count(year) == 1 else None


@dataclass(slots=True)
class _Reader:
    """What has been read of a page so far."""

    tables: list[DatedTable] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    in_head: bool = False
    exponent: int | None = None
    heading: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    label: str = ""
    label_at: int = 0
    section: str = ""
    cells: list[Cell] = field(default_factory=list)

    def end_row(self) -> None:
        if self.cells and self.label:
            self.rows.append(
                TableRow(
                    label=self.label,
                    section=self.section,
                    cells=tuple(self.cells),
                    span=Span(self.label_at, self.cells[-1].span.end),
                )
            )
        if self.cells:
            self.label, self.cells = "", []

    def end_table(self) -> None:
        self.end_row()
        if self.rows:
            self.tables.append(
                DatedTable(
                    heading=" ".join(self.heading)[-400:],
                    years=_columns(self.years, self.rows),
                    exponent=self.exponent,
                    rows=tuple(self.rows),
                )
            )
        self.rows = []


def _columns(years: Sequence[int], rows: Sequence[TableRow]) -> tuple[int, ...]:
    """The years of the columns: a title that names them too has been read with them."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1 or len(years) == 1)
    wide = counts.most_common(1)[0][0] if counts else len(years)
    last = tuple(years[-wide:])
    if len(years) > wide and len(set(last)) == wide and set(years) == set(last):
        return last
    return tuple(years)


def dated_tables(text: str, page: Span | None = None) -> tuple[DatedTable, ...]:
    """Return the tables of a page or text, those without dated columns too (their `years` are empty).

    >>> table, = dated_tables("(in millions)\\n2018\\n2017\\nNet sales\\n$ 32,765\\n$ 31,657\\nCapital spending (1,577) (1,373)")
    >>> table.years, table.exponent, [(r.label, [str(c.value) for c in r.cells]) for r in table.rows]
    ((2018, 2017), 6, [('Net sales', ['32765', '31657']), ('Capital spending', ['-1577', '-1373'])])
    """
    page = page or Span(0, len(text))
    read = _Reader()
    place = page.start
    for line in page.of(text).split("\n"):
        _take(read, line, place)
        place += len(line) + 1
    read.end_table()
    return tuple(read.tables)


def _take(read: _Reader, line: str, place: int) -> None:
    words = line.strip()
    if not words:
        return
    if len(words) <= _LONGEST_SCALE and (scale := _SCALE.search("".join(words.lower().split()))):
        read.exponent = _EXPONENT[scale[1] or scale[2]]
    years = _head_years(words)
    if years is not None:
        read.end_row()
        if years and not read.in_head:
            read.end_table()
            read.years = []
        if years:
            read.in_head = True
            read.years += years
        return
    read.in_head = False
    label, cells = _parted(line, place)
    if label:
        if read.cells:
            read.end_row()
        if read.label and (label[:1].islower() or read.label.endswith(_GOES_ON)):
            read.label = f"{read.label} {label}"[-_LONGEST_LABEL:]
        else:
            if read.label:
                read.section = read.label
                read.heading = [*read.heading[-6:], read.label]
            read.label, read.label_at = label[-_LONGEST_LABEL:], place + len(line) - len(line.lstrip())
    read.cells += cells


def _head_years(words: str) -> list[int] | None:
    """The years of a line that heads columns; empty for a line that goes with such, None for any other."""
    if len(words) > 160:
        return None
    bare = _DAY.sub(" ", words)
    years = [int(year) for year in _YEAR.findall(bare)]
    rest = _HEAD_WORDS.sub(" ", _YEAR.sub(" ", bare))
    if any(c.isalnum() for c in rest):
        noted = _DAY.sub(" ", _HEAD_MARKS.sub(" ", words))
        years = [int(year) for year in _YEAR.findall(noted)]
        rest = _HEAD_WORDS.sub(" ", _YEAR.sub(" ", noted))
        if len(years) < 2 or any(c.isalnum() for c in rest):
            return None
    if years:
        return years
    return [] if bare != words or any(c.isalpha() for c in words) else None


def _parted(line: str, place: int) -> tuple[str, list[Cell]]:
    """Part a line into the words of its label and the figures after them."""
    tokens = list(_TOKEN.finditer(line))
    first = len(tokens)
    while first and (tokens[first - 1].group() in _MARKS or _is_cell(tokens[first - 1].group())):
        first -= 1
    label = line[: tokens[first].start()] if first < len(tokens) else line
    cells: list[Cell] = []
    for token in tokens[first:]:
        word = token.group()
        if word in {"%", ")%"} and cells:
            last = cells.pop()
            cells.append(Cell(text=last.text + "%", value=last.value, span=last.span, percent=True))
        if word in _MARKS:
            continue
        cells.append(_cell(word, Span(place + token.start(), place + token.end())))
    return " ".join(label.replace("|", " ").split()).rstrip(" $|"), cells


def _is_cell(word: str) -> bool:
    return word in _NOTHING or (bool(_NUMBER.match(word)) and (word.count("(") >= word.count(")")))


def _cell(word: str, span: Span) -> Cell:
    if word in _NOTHING:
        return Cell(text=word, value=Decimal(0), span=span)
    value = Decimal(re.sub(r"[^\d.]", "", word).strip(".") or "0")
    negative = "(" in word or word.lstrip("$€£").startswith("-")
    return Cell(text=word, value=-value if negative else value, span=span, percent="%" in word)


def tables_in(text: str, pages: Sequence[int]) -> tuple[DocumentTable, ...]:
    """Return a document's tables as rows of cells as printed, each on its page."""
    return tuple(_printed(text, pages))


def _printed(text: str, pages: Sequence[int]) -> Iterator[DocumentTable]:
    for number, start in enumerate(pages, start=1):
        end = pages[number] if number < len(pages) else len(text)
        for table in dated_tables(text, Span(start, end)):
            rows = [row for row in table.rows if len(row.cells) >= 2]
            if len(rows) < 2:
                continue
            head = ("", *map(str, table.years)) if table.years else ()
            yield DocumentTable(
                page=number,
                span=Span(rows[0].span.start, rows[-1].span.end),
                rows=tuple(
                    filter(None, (head, *((row.label, *(c.text for c in row.cells)) for row in rows)))
                ),
            )
