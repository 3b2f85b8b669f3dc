"""A holdings file as a portfolio: every row ends as a holding or as a problem that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from readthrough.domain.errors import HoldingsError
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.portfolio.columns import Table, find_table
from readthrough.portfolio.identity import Identity, identify, is_cash, is_total
from readthrough.portfolio.numbers import BLANKS, parse_number, writes_decimal_commas
from readthrough.portfolio.valuation import Terms, base_value, currency_of, row_problem
from readthrough.universe.master import Universe

__all__ = ["read_holdings"]

_DIGITS = 60  # quantity x price x rate, each up to the longest figure a cell may hold
_LARGEST_FILE = 32 * 1024 * 1024  # characters; the largest public fund lists about 2 MB
_FIGURES = ("quantity", "price", "fx", "market_value", "base_value", "weight")
_UNVALUED = frozenset({"no_rate", "no_currency", "no_value", "value_currency_unknown", "unreadable_figure"})
_NO_REMEDY_ROW = "Nothing to do if this row is not a position."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row with its figures parsed; `value` is in base currency, None when it cannot be known."""

    number: int
    identity: Identity
    name: str
    quantity: Decimal
    price: Decimal
    currency: str
    value: Decimal | None
    weight: Decimal | None
    no_value: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    table: Table
    universe: Universe
    terms: Terms
    decimal_comma: bool


def read_holdings(
    text: str | bytes,
    *,
    portfolio_id: str,
    name: str,
    universe: Universe,
    base_currency: str = "USD",
    as_of: date | None = None,
    rates: Mapping[str, Decimal] | None = None,
) -> Portfolio:
    """Read a CSV of holdings.

    A weight is the row's market value over the sum of all market values, in base currency, shorts
    negative. A row whose value in base currency cannot be known is never guessed at: it takes the
    weight that the file states. Without one it is a problem, and where its issuer is known it is still
    held, its weight None, so that news meets it. A file that states weights and
    lacks a value somewhere is read by its own weights throughout.

    Args:
        text: The file. Bytes are read as UTF-8, UTF-16 with a mark, or Windows-1252.
        portfolio_id: Id of the portfolio.
        name: Its name.
        universe: Who can be meant.
        base_currency: ISO 4217 code the weights are computed in.
        as_of: The day of the holdings.
        rates: Base currency per unit of each currency. A rate column of the file comes first. For
            prices in pence (GBp, GBX) both are rates of the pound.

    Raises:
        HoldingsError: This is not a holdings file, or nothing in it could be read.
    """
    table = find_table(_decoded(text))
    cells = (table.cell(row, field) for _, row in table.rows for field in _FIGURES)
    setting = _Setting(
        table=table,
        universe=universe,
        terms=Terms(
            base=base_currency.upper(),
            rates={code.upper(): rate for code, rate in (rates or {}).items()},
            value_currency=table.value_currency,
            fx_currency=table.fx_currency,
        ),
        decimal_comma=table.delimiter != "," and writes_decimal_commas(cells),
    )
    problems = [
        row_problem(number, "row_before_header", "stands above the header and was not read", _NO_REMEDY_ROW)
        for number, _ in table.before
    ]
    with localcontext() as context:
        context.prec = _DIGITS
        rows = _read_rows(setting, problems)
        percent = any(table.cell(row, "weight").endswith("%") for _, row in table.rows)
        holdings = _weighed(rows, problems, percent=percent)
    valued = sum(holding.weight is not None for holding in holdings)
    if any(problem.code in _UNVALUED for problem in problems):
        problems.append(
            Problem(
                code="partly_valued",
                detail=f"weights are shares of what could be valued, {valued} of {len(table.rows)} rows",
                remedy="Mend the rows above to see weights of the whole portfolio.",
            )
        )
    if not holdings:
        first = f" The first fault: {problems[0].detail}." if problems else ""
        raise HoldingsError(
            f"No row of the holdings could be read.{first}",
            remedy="Give each position a quantity and price, a market value, or a weight.",
        )
    return Portfolio(
        id=portfolio_id,
        name=name,
        base_currency=setting.terms.base,
        as_of=as_of,
        holdings=holdings,
        problems=tuple(problems),
    )


def _decoded(given: str | bytes) -> str:
    text = _from_bytes(given) if isinstance(given, bytes) else given
    if len(text) > _LARGEST_FILE:
        raise HoldingsError(
            f"The holdings file has {len(text):,} characters, more than {_LARGEST_FILE:,}.",
            remedy="Split it into several portfolios.",
        )
    if not text.strip("\ufeff \t\r\n"):
        raise HoldingsError("The holdings file is empty.", remedy="Give a CSV with a header row.")
    if "\x00" in text:
        raise HoldingsError("The holdings file is binary.", remedy="Save it as CSV, UTF-8.")
    return text.lstrip("\ufeff")


def _from_bytes(raw: bytes) -> str:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise HoldingsError("The holdings file is a spreadsheet.", remedy="Save it as CSV, UTF-8.")
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return raw.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _read_rows(setting: _Setting, problems: list[Problem]) -> list[_Row]:
    rows: list[_Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in setting.table.rows:
        first = seen.setdefault(tuple(cell.strip() for cell in cells), number)
        if first != number:
            problems.append(
                row_problem(
                    number,
                    "duplicate_row",
                    f"repeats row {first} and was left out",
                    "If it is a second lot, add the two quantities up in one row.",
                )
            )
            continue
        read = _read_row(number, cells, setting)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        rows.append(read)
        if read.identity.issuer is None and not _cash_row(cells, setting):
            problems.append(_unknown(read))
    return rows


def _cash_row(cells: tuple[str, ...], setting: _Setting) -> bool:
    cell = setting.table.cell
    return is_cash(cell(cells, "ticker"), cell(cells, "name"), cell(cells, "kind"))


def _unknown(row: _Row) -> Problem:
    shown = row.identity.ticker or row.name
    if row.identity.disagreement:
        return row_problem(
            row.number,
            "identifiers_disagree",
            f"its ticker and ISIN mean different issuers, {row.identity.disagreement}; it counts towards"
            " the value of the portfolio but no news meets it",
            "Correct the ticker or the ISIN.",
        )
    return row_problem(
        row.number,
        "unknown_ticker",
        f"{shown!r} is not known; it counts towards the value of the portfolio but no news meets it",
        "Use a Yahoo-style ticker (BABA, 9988.HK) or an ISIN, or add the issuer to your universe.",
    )


def _read_row(number: int, cells: tuple[str, ...], setting: _Setting) -> _Row | Problem:
    table = setting.table
    ticker, label = table.cell(cells, "ticker"), table.cell(cells, "name")
    isin = table.cell(cells, "isin") or table.cell(cells, "identifier")
    if is_total(ticker, label) or is_total(cells[0]):
        return row_problem(number, "total_row", "sums other rows up and was left out", _NO_REMEDY_ROW)
    if not (ticker or label or isin):
        return row_problem(number, "no_name", "names no security", "Give it a ticker or an ISIN.")
    figures: dict[str, Decimal | None] = {}
    for field in _FIGURES:
        try:
            figures[field] = parse_number(table.cell(cells, field), decimal_comma=setting.decimal_comma)
        except ValueError as error:
            return row_problem(number, "unreadable_figure", f"{field}: {error}", "Write one plain figure.")
    if all(figures[field] is None for field in _FIGURES):
        return row_problem(number, "no_figures", "holds no figures", _NO_REMEDY_ROW)
    cash = is_cash(ticker, label, table.cell(cells, "kind"))
    if cash:
        identity = Identity(ticker=ticker.upper() or "CASH", issuer=None)
        if figures["price"] is None and figures["quantity"] is not None:
            figures["price"] = Decimal(1)
    else:
        identity = identify("" if ticker.lower() in BLANKS else ticker, isin, setting.universe)
    return _valued(number, cells, setting, identity, figures)


def _valued(
    number: int,
    cells: tuple[str, ...],
    setting: _Setting,
    identity: Identity,
    figures: dict[str, Decimal | None],
) -> _Row | Problem:
    quantity, price, weight = figures["quantity"], figures["price"], figures["weight"]
    currency = currency_of(setting.table.cell(cells, "currency"), identity)
    value: Decimal | None = None
    no_value: Problem | None = None
    found = base_value(number, currency, figures, setting.terms)
    if isinstance(found, Problem):
        no_value = found
    else:
        value = found
    if no_value is not None and weight is None and identity.issuer is None:
        return no_value
    sign = -1 if setting.table.cell(cells, "side").lower() in {"short", "s", "sell", "sold short"} else 1
    return _Row(
        number=number,
        identity=identity,
        name=setting.table.cell(cells, "name") or (identity.issuer.name if identity.issuer else ""),
        quantity=_short(quantity, sign) or Decimal(0),
        price=price or Decimal(0),
        currency=currency,
        value=_short(value, sign),
        weight=_short(weight, sign),
        no_value=no_value,
    )


def _short(figure: Decimal | None, sign: int) -> Decimal | None:
    return -abs(figure) if figure is not None and sign < 0 else figure


def _weighed(rows: list[_Row], problems: list[Problem], *, percent: bool) -> tuple[Holding, ...]:
    """Weigh the rows; those that cannot be weighed are kept without a weight where an issuer is known."""
    counted = [row for row in rows if row.value is not None or row.weight is not None]
    by_file = any(row.value is None for row in counted) or not any(row.value for row in counted)
    if not by_file:
        total = sum((row.value for row in counted if row.value is not None), Decimal(0))
        if total > 0:
            problems.extend(row.no_value for row in rows if row.value is None and row.no_value is not None)
            return tuple(_holding(row, None if row.value is None else row.value / total) for row in rows)
        problems.append(
            Problem(
                code="no_net_value",
                detail=f"the market values add up to {total:f}, so weights cannot be computed from them",
                remedy="Add the cash line, or a weight column.",
            )
        )
    kept = [row for row in rows if row.weight is not None]
    for row in rows:
        if row.weight is None:
            problems.append(
                row.no_value
                or row_problem(
                    row.number,
                    "no_weight",
                    "has no weight, while the file is read by its weights",
                    "Give it a weight, or give every row a value in base currency.",
                )
            )
    scale = 100 if percent else _weight_scale(kept)
    problems.extend(replace(row.no_value, code="value_unknown") for row in kept if row.no_value is not None)
    return tuple(
        _holding(row, None if row.weight is None else row.weight / scale)
        for row in rows
        if row.weight is not None or row.identity.issuer is not None
    )


def _weight_scale(rows: list[_Row]) -> int:
    """Tell percent from shares: a book's absolute weights add up to about 100 or about 1.

    Ten lies as far from a share book geared ten times as from a percent book listing a tenth of itself.
    """
    return 100 if sum(abs(row.weight or Decimal(0)) for row in rows) > 10 else 1


def _holding(row: _Row, weight: Decimal | None) -> Holding:
    return Holding(
        ticker=row.identity.ticker,
        issuer_id=row.identity.issuer.id if row.identity.issuer else None,
        name=row.name,
        quantity=row.quantity,
        price=row.price,
        currency=row.currency,
        market_value=row.value,
        weight=weight,
        source_row=row.number,
    )
