"""A history as a table of transactions: every row a transaction or a problem that names it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from readthrough.domain.article import digest
from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Transaction, TransactionKind
from readthrough.domain.reading import Problem
from readthrough.portfolio.currencies import is_currency
from readthrough.portfolio.identity import folded, identify
from readthrough.portfolio.numbers import parse_number
from readthrough.portfolio.prices import MINOR_UNITS, major_unit
from readthrough.portfolio.sheet import (
    LONGEST_CELL,
    DateStyle,
    Sheet,
    SourceRow,
    date_style,
    decimal_comma_of,
    is_formula,
    parse_day,
)
from readthrough.portfolio.valuation import row_problem
from readthrough.universe.master import Universe

__all__ = ["HISTORY_FIELDS", "History", "find_history", "read_history"]

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "day": "day|date|trade date|transaction date",
        "type": "type|action|kind|transaction type",
        "account": "account|account id|account number",
        "ticker": "ticker|symbol|instrument",
        "isin": "isin",
        "figi": "figi",
        "sedol": "sedol",
        "cusip": "cusip",
        "mic": "mic|exchange",
        "quantity": "quantity|shares|units|qty",
        "price": "price|unit price",
        "amount": "amount|net amount|net cash",
        "currency": "currency|ccy",
        "fees": "fees|commission|fee",
        "taxes": "taxes|tax",
        "cost": "cost|cost basis",
        "into": "into|new symbol|received",
        "ratio_to": "ratio to|ratio new",
        "ratio_from": "ratio from|ratio old",
        "cost_share": "cost share",
        "other_amount": "other amount",
        "other_currency": "other currency",
        "lots": "lots|lot ids|lot",
        "id": "id|transaction id",
    }
)
HISTORY_FIELDS: Final[tuple[str, ...]] = tuple(_NAMES)
_MEANING = {synonym: field for field, names in _NAMES.items() for synonym in names.split("|")}
_FIGURES = (
    "quantity",
    "price",
    "amount",
    "fees",
    "taxes",
    "cost",
    "ratio_to",
    "ratio_from",
    "cost_share",
    "other_amount",
)
_MOST_ROWS = 500_000
_KINDS: Final[Mapping[str, TransactionKind]] = MappingProxyType(
    {
        **{kind.value.replace("_", " "): kind for kind in TransactionKind},
        "bought": TransactionKind.BUY,
        "purchase": TransactionKind.BUY,
        "cover": TransactionKind.BUY,
        "sold": TransactionKind.SELL,
        "sale": TransactionKind.SELL,
        "sell short": TransactionKind.SELL,
        "cash in": TransactionKind.DEPOSIT,
        "cash out": TransactionKind.WITHDRAWAL,
        "div": TransactionKind.DIVIDEND,
        "withholding tax": TransactionKind.TAX,
        "fx": TransactionKind.CONVERSION,
        "spinoff": TransactionKind.SPIN_OFF,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A history that was read, and what could not be."""

    transactions: tuple[Transaction, ...]
    problems: tuple[Problem, ...] = ()


def find_history(text: str, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Find the header of a transactions file and its rows.

    Raises:
        HoldingsError: No row names a day and a type, the file is too long or not readable as CSV, or
            figures are written in two ways.
    """
    own = {heading.strip().lower(): field for heading, field in (mapping or {}).items()}
    delimiter = max(",;\t", key=text[:2000].count)
    rows: list[SourceRow] = []
    columns: dict[str, int] = {}
    headings: tuple[tuple[str, str], ...] = ()
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns, headings = _columns(cells, own)
                continue
            named = {
                field: cells[at].strip()[:LONGEST_CELL]
                for field, at in columns.items()
                if at < len(cells) and cells[at].strip()
            }
            rows.append(SourceRow(number=number, cells=named, raw=tuple(cell.strip() for cell in cells)))
            if len(rows) > _MOST_ROWS:
                raise HoldingsError(
                    f"The transactions file has more than {_MOST_ROWS:,} rows.", remedy="Import it in parts."
                )
    except csv.Error as error:
        raise HoldingsError(
            f"The transactions file is not readable as CSV: {error}.",
            remedy="Look for a quotation mark that is never closed.",
        ) from None
    if not columns:
        raise HoldingsError(
            "No header row was found in the transactions.",
            remedy="`readthrough portfolio template --of transactions` prints one.",
        )
    figures = ((row.number, row.get(field)) for row in rows for field in _FIGURES)
    return Sheet(
        format="transactions", rows=tuple(rows), headings=headings, decimal_comma=decimal_comma_of(figures)
    )


def _columns(cells: list[str], own: Mapping[str, str]) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    columns: dict[str, int] = {}
    headings = []
    for at, cell in enumerate(cells):
        label = " ".join(cell.lstrip("\ufeff").lower().replace("_", " ").split())
        field = own.get(label, _MEANING.get(label, ""))
        if field in columns:
            field = ""
        if field:
            columns[field] = at
        headings.append((cell.strip()[:LONGEST_CELL], field))
    if {"day", "type"} <= columns.keys():
        return columns, tuple(headings)
    return {}, ()


def read_history(
    sheet: Sheet,
    universe: Universe,
    *,
    instruments: Mapping[str, str] | None = None,
    day_first: bool | None = None,
) -> History:
    """Turn rows into transactions. A row is read whole or is a problem; nothing is guessed.

    Args:
        sheet: The rows, under `HISTORY_FIELDS`.
        universe: Who can be meant; an instrument nobody knows keeps the name the source gives it.
        instruments: What the source calls an instrument -> the ticker or ISIN that is meant.
        day_first: How days are written, where the caller knows.

    Raises:
        HoldingsError: Days are written in two ways.
    """
    style = date_style(((row.number, row.get("day")) for row in sheet.rows), day_first=day_first)
    known = folded(instruments or {})
    found: list[Transaction] = []
    problems = list(sheet.left_out)
    seen: dict[str, int] = {}
    times: dict[str, int] = {}
    for row in sheet.rows:
        read = _read(row, sheet, universe, known, style)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        if sheet.format != "transactions" and not row.get("id"):
            # a statement lists what happened: the same line twice happened twice
            again = times[read.id] = times.get(read.id, -1) + 1
            read = replace(read, id=f"{read.id}-{again}") if again else read
        read = replace(read, source=sheet.format)
        first = seen.setdefault(read.id, row.number)
        if first != row.number:
            problems.append(
                row_problem(
                    row.number,
                    "duplicate_row",
                    f"repeats row {first} and was left out",
                    "If it happened twice, give each its own id.",
                )
            )
            continue
        found.append(read)
    return History(transactions=tuple(found), problems=tuple(problems))


def _read(
    row: SourceRow, sheet: Sheet, universe: Universe, known: Mapping[str, str], style: DateStyle
) -> Transaction | Problem:
    number, get = row.number, row.get
    for field, cell in row.cells.items():
        if field not in _FIGURES and is_formula(cell):
            return row_problem(
                number, "formula", f"{cell[:40]!r} is a spreadsheet formula", "Write what it stands for."
            )
    kind = _KINDS.get(get("type").lower().replace("_", " ").strip())
    if kind is None:
        return row_problem(
            number,
            "unknown_type",
            f"{get('type')[:40]!r} is no kind of transaction",
            f"Kinds are {', '.join(TransactionKind)}.",
        )
    try:
        day = parse_day(get("day"), style)
    except ValueError as error:
        return row_problem(number, "unreadable_day", str(error), "Write it as YYYY-MM-DD.")
    if day is None:
        return row_problem(number, "no_day", "has no day", "Give each row the day it happened.")
    figures: dict[str, Decimal | None] = {}
    for field in _FIGURES:
        try:
            figures[field] = _figure(get(field), sheet.decimal_comma)
        except ValueError as error:
            return row_problem(number, "unreadable_figure", f"{field}: {error}", "Write one plain figure.")
    for field in ("currency", "other_currency"):
        code = get(field)
        if code and not is_currency(major_unit(code)[0].upper()):
            return row_problem(
                number, "unknown_currency", f"{code[:12]!r} is no currency", "Use an ISO 4217 code."
            )
    currency = get("currency") or sheet.base_currency
    if not currency and kind is not TransactionKind.SPLIT and (figures["amount"] or figures["price"]):
        return row_problem(number, "no_currency", "has money and no currency", "Add a currency column.")
    return _made(row, kind, day, figures, currency, universe, known)


def _figure(cell: str, decimal_comma: bool) -> Decimal | None:
    parts = [parse_number(part, decimal_comma=decimal_comma) for part in cell.split(" + ")]
    given = [part for part in parts if part is not None]
    return sum(given, Decimal(0)) if given else None


def _made(
    row: SourceRow,
    kind: TransactionKind,
    day: date,
    figures: Mapping[str, Decimal | None],
    currency: str,
    universe: Universe,
    known: Mapping[str, str],
) -> Transaction | Problem:
    number, get = row.number, row.get
    fault = _sign_fault(number, kind, figures)
    if fault is not None:
        return fault
    needs = kind in (TransactionKind.BUY, TransactionKind.SELL)
    instrument = _instrument(row, universe, known, day)
    if needs and not instrument:
        return row_problem(number, "no_name", "names no security", "Give it a ticker or an ISIN.")
    if needs and (figures["quantity"] is None or (figures["amount"] is None and figures["price"] is None)):
        return row_problem(
            number, "no_value", f"a {kind} needs a quantity, and an amount or a price", "Add what is missing."
        )
    zero = Decimal(0)
    return Transaction(
        id=get("id") or "t_" + digest(*(f"{k}={v}" for k, v in sorted(row.cells.items()))),
        account_id=get("account"),
        day=day,
        kind=kind,
        instrument=instrument,
        quantity=figures["quantity"] or zero,
        price=figures["price"] or zero,
        amount=figures["amount"] or zero,
        currency=currency if currency in MINOR_UNITS else currency.upper(),
        fees=figures["fees"] or zero,
        taxes=figures["taxes"] or zero,
        cost=figures["cost"],
        into=_one(get("into"), universe, known, day),
        ratio_to=_or_one(figures["ratio_to"]),
        ratio_from=_or_one(figures["ratio_from"]),
        cost_share=figures["cost_share"],
        other_amount=figures["other_amount"] or zero,
        other_currency=get("other_currency").upper(),
        lot_ids=tuple(get("lots").replace(";", " ").replace("|", " ").split()),
        source_row=number,
    )


def _or_one(figure: Decimal | None) -> Decimal:
    return Decimal(1) if figure is None else figure


def _instrument(row: SourceRow, universe: Universe, known: Mapping[str, str], day: date) -> str:
    get = row.get
    for field in ("ticker", "isin", "figi", "sedol", "cusip"):
        if meant := known.get(get(field).casefold()):
            return identify(meant, meant, universe).ticker
    found = identify(
        get("ticker"),
        get("isin"),
        universe,
        mic=get("mic"),
        figi=get("figi"),
        sedol=get("sedol"),
        cusip=get("cusip"),
    )
    # a symbol of then keeps its name: the history itself says when it changed
    of_then = universe.by_ticker(get("ticker"), day) if get("ticker") else None
    return get("ticker").strip().upper() if of_then is not None and found.issuer is None else found.ticker


def _one(name: str, universe: Universe, known: Mapping[str, str], day: date) -> str:
    return identify(known.get(name.casefold(), name), "", universe).ticker if name else ""


def _sign_fault(number: int, kind: TransactionKind, figures: Mapping[str, Decimal | None]) -> Problem | None:
    quantity, amount = figures["quantity"], figures["amount"] or Decimal(0)
    for field in ("quantity", "price", "taxes"):
        if (figure := figures[field]) is not None and figure < 0:
            return row_problem(
                number,
                f"negative_{field}",
                f"its {field} is negative, {figure:f}",
                "The type says which way it goes; figures are without sign.",
            )
    out = kind in (TransactionKind.BUY, TransactionKind.WITHDRAWAL)
    into = kind in (TransactionKind.SELL, TransactionKind.DEPOSIT)
    if (out and amount > 0) or (into and amount < 0):
        return row_problem(
            number,
            "sign_disagrees",
            f"a {kind} has the amount {amount:f}",
            "The amount is what happens to the cash: below zero for a purchase or a withdrawal.",
        )
    if kind in (TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT) and not quantity and not amount:
        return row_problem(number, "no_figures", "transfers nothing", "Give a quantity or an amount.")
    return None
