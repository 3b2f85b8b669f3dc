"""Which column of a holdings file holds what, by the many names that custodians give them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.sheet import LONGEST_CELL, Sheet, SourceRow, decimal_comma_of
from readthrough.portfolio.valuation import row_problem

__all__ = ["FIELDS", "FIGURES", "Table", "find_table", "sheet_of"]

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ticker": "ticker|symbol|tickers|security symbol|ticker symbol|instrument|bloomberg ticker|ric|code",
        "isin": "isin|isin code|isin number",
        "figi": "figi|bloomberg figi|figi code|composite figi",
        "sedol": "sedol|sedol code",
        "cusip": "cusip|cusip number",
        "mic": "mic|exchange|exchange code|listing exchange|market|mic code",
        "identifier": "identifier|lei|cik|security id",
        "account": "account|account number|account id|account no|acct|portfolio account|client account id"
        "|account name",
        "lot": "lot|lot id|tax lot|tax lot id|originating order id",
        "opened": "open date|opened|acquired|date acquired|purchase date|acquisition date|trade date",
        "cost": "cost basis|cost|total cost|cost basis total|book cost|book value|cost basis money|tax cost",
        "multiplier": "multiplier|mult|contract size|contract multiplier",
        "as_of": "as of|as of date|report date|date|position date|valuation date",
        "name": "name|description|security|security name|company|company name|issuer|holding|asset",
        "quantity": "quantity|qty|shares|units|position|nominal|number of shares|shares held"
        "|quantity held|amount|qty quantity",
        "price": "price|last price|last|close|closing price|market price|unit price|price per share"
        "|local price|mark price|close price|price local|share price",
        "currency": "currency|ccy|curr|local currency|price currency|currency code|trading currency",
        "fx": "fx|fx rate|exchange rate|fx to base|rate|conversion rate",
        "market_value": "market value|value|mv|market val|current value|total value|local market value"
        "|market value local|mkt val|mkt val market value|position value|current market value|mkt value",
        "base_value": "base market value|market value base|value base|base value|mv base",
        "weight": "weight|weights|% of portfolio|% portfolio|portfolio weight|allocation|% weight|weight %"
        "|% of nav|% of net assets|% of fund|% of total|pct|percent|portfolio %|percent of account"
        "|% of acct|% of acct % of account|% of account|percent of nav",
        "side": "side|long/short|direction|l/s|position type",
        "kind": "asset class|asset type|type|security type|instrument type|sector|asset category",
    }
)
FIELDS: Final[tuple[str, ...]] = tuple(_NAMES)
FIGURES: Final = ("quantity", "price", "fx", "market_value", "base_value", "weight", "cost", "multiplier")
"""The fields that hold one figure."""

_MEANING = {synonym: field for field, names in _NAMES.items() for synonym in names.split("|")}

_DELIMITERS = ",;\t|"
_HEADER_WITHIN = 40  # rows: account details above the table run to about a page
_MOST_ROWS = 100_000
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_FX_TO = re.compile(r"(?:fx|fx rate|exchange rate|rate)\s+(?:to|in|into)\s+([a-z]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a holdings file below its header. Row numbers count from 1, as a spreadsheet does."""

    header_row: int
    columns: Mapping[str, int]  # field -> index of its column
    value_currency: str  # of the market-value column, when its header says so
    fx_currency: str  # what the rate column converts into, when its header says so
    delimiter: str
    headings: tuple[tuple[str, str], ...]
    before: tuple[tuple[int, tuple[str, ...]], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def cell(self, row: Sequence[str], field: str) -> str:
        """Return a row's cell for a field, cut to what a name may need, empty where the file has none."""
        at = self.columns.get(field)
        return row[at].strip()[:LONGEST_CELL] if at is not None and at < len(row) else ""


@dataclass(frozen=True, slots=True)
class _Header:
    columns: dict[str, int]
    value_currency: str = ""
    fx_currency: str = ""

    @property
    def usable(self) -> bool:
        named = self.columns.keys() & {"ticker", "isin", "figi", "sedol", "cusip", "identifier", "name"}
        sized = self.columns.keys() & {"quantity", "market_value", "base_value", "weight"}
        return bool(named and sized)


def find_table(text: str, mapping: Mapping[str, str] | None = None) -> Table:
    """Find the header of a holdings file and its rows.

    Args:
        text: The file.
        mapping: Heading to one of `FIELDS`, or to nothing where a column is not to be read; it comes before
            what headings usually mean.

    Raises:
        HoldingsError: No row names both what is held and how much of it, the file is too long, or the
            mapping names a field that there is not.
    """
    own = _own_meaning(mapping or {})
    best: tuple[int, str, _Header, list[tuple[int, tuple[str, ...]]]] | None = None
    broken: csv.Error | None = None
    for delimiter in _DELIMITERS:
        try:
            rows = _rows(text, delimiter)
        except csv.Error as error:  # a quoted file read with another file's delimiter fails too
            broken = error
            continue
        for at, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
            header = _header(cells, own)
            if header.usable and (best is None or len(header.columns) > len(best[2].columns)):
                best = (at, delimiter, header, rows)
    if best is None and broken is not None:
        raise HoldingsError(
            f"The holdings file is not readable as CSV: {broken}.",
            remedy="Look for a quotation mark that is never closed, or save it again as CSV, UTF-8.",
        )
    if best is None:
        raise HoldingsError(
            f"No header row was found in the first {_HEADER_WITHIN} rows of the holdings.",
            remedy="Give a CSV whose header names a ticker, ISIN or name column and a quantity, market value"
            " or weight column.",
        )
    at, delimiter, header, rows = best
    return Table(
        header_row=rows[at][0],
        columns=MappingProxyType(header.columns),
        value_currency=header.value_currency,
        fx_currency=header.fx_currency,
        delimiter=delimiter,
        headings=_headings(rows[at][1], header.columns),
        before=tuple(rows[:at]),
        rows=tuple(rows[at + 1 :]),
    )


def _rows(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            found.append((number, tuple(cells)))
        if len(found) > _MOST_ROWS:
            raise HoldingsError(
                f"The holdings file has more than {_MOST_ROWS:,} rows.",
                remedy="Split it: holdings into several portfolios, a history by year under one name.",
            )
    return found


def sheet_of(table: Table, format: str = "csv") -> Sheet:
    """Put a table's rows under our field names.

    Raises:
        HoldingsError: Figures are written in two ways.
    """
    rows = []
    for number, cells in table.rows:
        named = {field: cell for field in table.columns if (cell := table.cell(cells, field))}
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        raw = tuple(cell.strip() for cell in cells)
        rows.append(SourceRow(number=number, cells=named, first=first[:LONGEST_CELL], raw=raw))
    figures = ((row.number, row.get(field)) for row in rows for field in FIGURES)
    return Sheet(
        format=format,
        rows=tuple(rows),
        left_out=tuple(
            row_problem(
                number,
                "row_before_header",
                "stands above the header and was not read",
                "Nothing to do if this row is not a position.",
            )
            for number, _ in table.before
        ),
        headings=table.headings,
        value_currency=table.value_currency,
        fx_currency=table.fx_currency,
        decimal_comma=decimal_comma_of(figures),
    )


def _own_meaning(mapping: Mapping[str, str]) -> dict[str, str]:
    unknown = sorted({field for field in mapping.values() if field and field not in _NAMES})
    if unknown:
        raise HoldingsError(
            f"There is no field {unknown[0]!r} to map a column to.", remedy=f"Fields are {', '.join(FIELDS)}."
        )
    return {_label(heading): field for heading, field in mapping.items()}


def _headings(cells: Sequence[str], columns: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    by_place = {at: field for field, at in columns.items()}
    return tuple((cell.strip()[:LONGEST_CELL], by_place.get(at, "")) for at, cell in enumerate(cells))


def _label(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").replace(".", " ").split())


def _header(cells: Sequence[str], own: Mapping[str, str]) -> _Header:
    columns: dict[str, int] = {
        own[label]: at for at, cell in enumerate(cells) if own.get(label := _label(cell))
    }
    value_currency = fx_currency = ""
    for at, cell in enumerate(cells):
        label = _label(cell)
        if label in own:
            continue
        inner = " ".join(_IN_BRACKETS.findall(label)).strip()
        field, code = _meaning(label, _IN_BRACKETS.sub(" ", label), inner)
        if not field or field in columns:
            continue
        columns[field] = at
        if field == "market_value":
            value_currency = code
        elif field == "fx":
            fx_currency = code
    return _Header(columns, value_currency, fx_currency)


def _meaning(label: str, outside: str, inner: str) -> tuple[str, str]:
    """Return the field a header cell names, and the currency it states."""
    if converts := _FX_TO.fullmatch(label):
        return "fx", converts[1].upper()
    if label in _MEANING:
        return _MEANING[label], ""
    field = _MEANING.get(" ".join(outside.split()), "")
    code = inner.upper() if re.fullmatch(r"[a-z]{3}", inner) else ""
    if field == "market_value" and inner == "base":
        field = "base_value"
    if not field and label.startswith("market value "):
        tail = label.removeprefix("market value ")
        if re.fullmatch(r"(?:in )?[a-z]{3}", tail):
            return "market_value", tail[-3:].upper()
    return field, code
