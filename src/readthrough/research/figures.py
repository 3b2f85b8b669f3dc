"""Figures worked out of tables: each input found in a statement's row and column, the working shown.

A figure is given only where the tables leave no doubt: a label that surely means the line, a column that surely
means the year, one figure or several that agree. Anything else is left to the sentences of the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.research.line_items import LINES, Line, plain_label
from readthrough.research.ratios import Wanted
from readthrough.research.tables import Cell, DatedTable, dated_tables

__all__ = ["Input", "StatementPage", "Worked", "work_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """A page that may hold a statement: `span` is where it stands in the document's `text`."""

    document_id: str
    title: str
    number: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A figure taken from a table: its line, fiscal year and value in currency units, and where it stands."""

    line: str
    year: int
    value: Decimal
    printed: str
    document_id: str
    title: str
    page: int
    row: Span
    cell: Span
    label: str
    scaled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A figure with its working. `value` is in currency units, percent, a ratio or days, by `unit`."""

    measure: str
    value: Decimal
    unit: str
    shown: str
    working: str
    inputs: tuple[Input, ...]


# of a page's head without its blanks, which text layers lose or put anywhere
_KINDS: Final = {
    "cash": lazily(r"cashflows?"),
    "balance": lazily(r"balancesheets?|financial(?:position|condition)"),
    "income": lazily(r"statements?of(?:consolidated)?(?:income|operations|earnings|netincome|comprehensiveincome)|incomestatements?|consolidated(?:resultsofoperations|earnings)"),
}  # fmt: skip
_PARENT: Final = lazily(r"parentcompany|condensed(?:parent|consolidating)|proforma|non-gaap|segment")
_OWN: Final = lazily(r"attributable|^total|\bnet$")  # of two rows that could be meant, the one that is
_PER_SHARE: Final = lazily(r"\.\d\d\)?$")
_HEAD: Final = 700  # code points of a page in which a statement names itself
_SCALES: Final = {"thousands": 3, "millions": 6, "billions": 9}


def work_out(wanted: Wanted, pages: Sequence[StatementPage]) -> Worked | None:
    """Work out a measure from the pages given, best first; None where they leave any doubt.

    Args:
        wanted: What is asked for.
        pages: Of documents about the one company that is asked about.
    """
    bench = _Bench(pages)
    try:
        value = _value(wanted, bench)
    except (LookupError, DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None
    if wanted.measure.unit == "money" and wanted.kind == "value" and bench.scales != {True}:
        return None
    unit = {"change": "percent", "cagr": "percent", "points": "percentage points"}.get(
        wanted.kind, wanted.measure.unit
    )
    shown = _shown(value, unit, wanted)
    return Worked(
        measure=wanted.measure.name,
        value=value,
        unit=unit,
        shown=shown,
        working=_working(wanted, bench.used, shown),
        inputs=tuple(bench.used.values()),
    )


def _value(wanted: Wanted, bench: _Bench) -> Decimal:
    work, years = wanted.measure.work, wanted.years
    if wanted.kind == "average":
        return sum((work(bench.get, year) for year in years), Decimal(0)) / len(years)
    if wanted.kind in ("change", "points", "cagr"):
        first, last = work(bench.get, years[0]), work(bench.get, years[-1])
        if wanted.kind == "points":
            return last - first
        if first <= 0:
            raise LookupError("no rate of growth from zero or less")
        if wanted.kind == "change":
            return 100 * (last - first) / first
        return 100 * ((last / first) ** (Decimal(1) / (years[-1] - years[0])) - 1)
    return work(bench.get, years[-1])


class _Bench:
    """The tables at hand, and which of their figures were used."""

    def __init__(self, pages: Sequence[StatementPage]) -> None:
        self._pages = [(page, _kind(page), dated_tables(page.text, page.span)) for page in pages]
        self.used: dict[tuple[str, int], Input] = {}
        self.scales: set[bool] = set()

    def get(self, name: str, year: int) -> Decimal:
        """Return a line's figure for a fiscal year.

        Raises:
            LookupError: No table holds it surely, or two disagree.
        """
        line = LINES[name]
        found = list(self._found(line, year))
        if not found:
            raise LookupError(name)
        best = max(rank for rank, _ in found)
        chosen = [one for rank, one in found if rank == best]
        if len({one.value for one in chosen}) > 1:
            raise LookupError(f"{name}: {len(chosen)} figures that differ")
        self.used[(name, year)] = chosen[0]
        self.scales.add(chosen[0].scaled)
        if len(self.scales) > 1:
            raise LookupError("a table that does not tell its scale beside one that does")
        return chosen[0].value

    def _found(self, line: Line, year: int) -> Iterable[tuple[tuple[int, int, int], Input]]:
        for page, kind, tables in self._pages:
            if line.statement not in kind:
                continue
            newest = max((y for table in tables for y in table.years), default=0)
            for table in tables:
                column = table.column(year)
                if column is None:
                    continue
                for row in table.rows:
                    label = plain_label(row.label)
                    if len(row.cells) != len(table.years) or not line.means(label):
                        continue
                    cell = row.cells[column]
                    if cell.percent or (abs(cell.value) < 1_000 and _PER_SHARE.search(cell.text)):
                        continue
                    own = 1 if _OWN.search(label) else 0
                    # of the report for that very year first: later ones may restate
                    yield (
                        (own, -abs(newest - year), 0),
                        _input(line, year, page, table, row.label, row.span, cell),
                    )


def _input(
    line: Line, year: int, page: StatementPage, table: DatedTable, label: str, row: Span, cell: Cell
) -> Input:
    value = cell.value.scaleb(table.exponent or 0)
    return Input(
        line=line.name,
        year=year,
        value=abs(value) if line.sign == 0 else value,
        printed=cell.text,
        document_id=page.document_id,
        title=page.title,
        page=page.number,
        row=row,
        cell=cell.span,
        label=label,
        scaled=table.exponent is not None,
    )


def _kind(page: StatementPage) -> frozenset[str]:
    """Which statements a page holds, told by its head: one that names another company's or a part's holds none."""
    head = "".join(page.span.of(page.text)[:_HEAD].lower().split())
    if _PARENT.search(head[:240]):
        return frozenset()
    return frozenset(kind for kind, names in _KINDS.items() if names.search(head))


def _shown(value: Decimal, unit: str, wanted: Wanted) -> str:
    places = wanted.decimals
    if unit == "money":
        scale = wanted.scale or (
            "billions" if abs(value) >= 10**10 else "millions" if abs(value) >= 10**6 else ""
        )
        scaled = value.scaleb(-_SCALES.get(scale, 0))
        whole = scaled == scaled.to_integral_value()
        digits = places if places is not None else 0 if whole else 2
        return f"{_rounded(scaled, digits):,} {scale.rstrip('s')}".strip()
    if unit in ("percent", "percentage points"):
        return f"{_rounded(value, 1 if places is None else places)}{'%' if unit == 'percent' else ' percentage points'}"
    return f"{_rounded(value, 2 if places is None else places)}{' days' if unit == 'days' else ''}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _working(wanted: Wanted, used: dict[tuple[str, int], Input], shown: str) -> str:
    told = "; ".join(
        f"{one.line} FY{one.year} = {one.printed} ({one.title}, page {one.page})" for one in used.values()
    )
    how = wanted.measure.formula or wanted.measure.name
    how = {
        "average": f"mean over {', '.join(f'FY{y}' for y in wanted.years)} of {how}",
        "change": f"change of {how} from FY{wanted.years[0]} to FY{wanted.years[-1]}",
        "points": f"{how}, FY{wanted.years[-1]} less FY{wanted.years[0]}",
        "cagr": f"compound annual growth of {how}, FY{wanted.years[0]} to FY{wanted.years[-1]}",
    }.get(wanted.kind, how)
    return f"{how} = {shown}, from {told}"
