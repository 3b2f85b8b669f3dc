"""A holdings file as a portfolio: every row ends as a holding or as a problem that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from readthrough.domain.errors import HoldingsError
from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.domain.reading import Problem
from readthrough.portfolio.columns import FIGURES, find_table, sheet_of
from readthrough.portfolio.currencies import CURRENCIES
from readthrough.portfolio.identity import (
    Identity,
    cash_ticker,
    folded,
    identify,
    is_cash,
    is_total,
    unresolved,
)
from readthrough.portfolio.numbers import BLANKS, parse_number
from readthrough.portfolio.sheet import DateStyle, Sheet, SourceRow, date_style, is_formula, parse_day
from readthrough.portfolio.valuation import Terms, base_value, currency_of, row_problem
from readthrough.universe.master import Universe

__all__ = ["decoded", "hold", "read_holdings"]

_DIGITS = 60  # quantity x price x rate, each up to the longest figure a cell may hold
_LARGEST_FILE = 32 * 1024 * 1024  # characters; the largest public fund lists about 2 MB
_TEXTS = (
    "ticker",
    "name",
    "isin",
    "figi",
    "sedol",
    "cusip",
    "identifier",
    "mic",
    "account",
    "lot",
    "currency",
)
_SHORT = frozenset({"short", "s", "sell", "sold short"})
_LONG = frozenset({"long", "l", "buy"})
_UNVALUED = frozenset(
    {"no_rate", "no_currency", "no_value", "value_currency_unknown", "unreadable_figure", "unknown_currency"}
)
_MOST_SEARCHED = 50  # unknown names that candidates are looked for: each takes some hundredths of a second
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
    cash: bool
    account_id: str
    asset_class: str
    isin: str
    cost: Decimal | None
    opened: date | None
    as_of: date | None
    lot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    sheet: Sheet
    universe: Universe
    terms: Terms
    instruments: Mapping[str, str]
    days: DateStyle
    as_of: date | None


def read_holdings(
    text: str | bytes,
    *,
    portfolio_id: str,
    name: str,
    universe: Universe,
    base_currency: str = "USD",
    as_of: date | None = None,
    rates: Mapping[str, Decimal] | None = None,
    mapping: Mapping[str, str] | None = None,
    instruments: Mapping[str, str] | None = None,
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
        mapping: Heading to one of `columns.FIELDS`, before what headings usually mean.
        instruments: What the file calls an instrument -> the ticker or ISIN that is meant.

    Raises:
        HoldingsError: This is not a holdings file, or nothing in it could be read.
    """
    return hold(
        sheet_of(find_table(decoded(text), mapping)),
        portfolio_id=portfolio_id,
        name=name,
        universe=universe,
        base_currency=base_currency,
        as_of=as_of,
        rates=rates,
        instruments=instruments,
    )


def hold(
    sheet: Sheet,
    *,
    portfolio_id: str,
    name: str,
    universe: Universe,
    base_currency: str = "USD",
    as_of: date | None = None,
    rates: Mapping[str, Decimal] | None = None,
    instruments: Mapping[str, str] | None = None,
    kind: BookKind = BookKind.PORTFOLIO,
    day_first: bool | None = None,
) -> Portfolio:
    """Make a portfolio of rows, as `read_holdings` describes. What the sheet itself states comes first.

    Args:
        sheet: The rows.
        portfolio_id: Id of the portfolio.
        name: Its name.
        universe: Who can be meant.
        base_currency: As of `read_holdings`.
        as_of: The day of the holdings; the sheet's own when None.
        rates: As of `read_holdings`.
        instruments: As of `read_holdings`.
        kind: A watchlist needs no figures.
        day_first: How its days are written, where the caller knows.

    Raises:
        HoldingsError: Nothing could be read.
    """
    given = {code.upper(): rate for code, rate in (rates or {}).items()}
    days = date_style(
        ((row.number, row.get(field)) for row in sheet.rows for field in ("opened", "as_of")),
        day_first=day_first,
    )
    setting = _Setting(
        sheet=sheet,
        universe=universe,
        terms=Terms(
            base=(sheet.base_currency or base_currency).upper(),
            rates=given | dict(sheet.rates or {}),
            value_currency=sheet.value_currency,
            fx_currency=sheet.fx_currency,
        ),
        instruments=folded(instruments or {}),
        days=days,
        as_of=as_of or sheet.as_of,
    )
    problems = list(sheet.left_out)
    with localcontext() as context:
        context.prec = _DIGITS
        rows = _read_rows(setting, problems)
        if kind is BookKind.WATCHLIST:
            holdings = tuple(_holding(row, None) for row in rows)
        else:
            percent = any(row.get("weight").endswith("%") for row in sheet.rows)
            holdings = _weighed(rows, problems, percent=percent)
    valued = sum(holding.weight is not None for holding in holdings)
    if kind is not BookKind.WATCHLIST and any(problem.code in _UNVALUED for problem in problems):
        problems.append(
            Problem(
                code="partly_valued",
                detail=f"weights are shares of what could be valued, {valued} of {len(sheet.rows)} rows",
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
        as_of=setting.as_of or _day_of(rows),
        holdings=holdings,
        problems=tuple(problems),
        kind=kind,
    )


def _day_of(rows: list[_Row]) -> date | None:
    """The day that the rows state, where they state the same one."""
    stated = {row.as_of for row in rows}
    return stated.pop() if len(stated) == 1 else None


def decoded(given: str | bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 with a mark, or Windows-1252.

    Raises:
        HoldingsError: It is empty, binary, a spreadsheet or too long.
    """
    text = _from_bytes(given) if isinstance(given, bytes) else given
    if len(text) > _LARGEST_FILE:
        raise HoldingsError(
            f"The holdings file has {len(text):,} characters, more than {_LARGEST_FILE:,}.",
            remedy="Split it: holdings into several portfolios, a history by year under one name.",
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
    unknown = 0
    for source in setting.sheet.rows:
        number = source.number
        first = seen.setdefault(source.raw or (str(number),), number)
        if first != number:
            problems.append(
                row_problem(
                    number,
                    "duplicate_row",
                    f"repeats row {first} and was left out",
                    "If it is a second lot, give each its own lot id, or add the quantities up in one row.",
                )
            )
            continue
        read = _read_row(source, setting, problems)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        rows.append(read)
        if read.identity.issuer is None and not read.cash:
            unknown += 1
            search = unknown <= _MOST_SEARCHED
            problems.append(unresolved(number, read.identity, read.name, setting.universe, search=search))
    return rows


def _read_row(source: SourceRow, setting: _Setting, problems: list[Problem]) -> _Row | Problem:
    number, get = source.number, source.get
    formula = next((cell for field in _TEXTS if is_formula(cell := get(field))), "")
    if formula:
        return row_problem(
            number,
            "formula",
            f"{formula[:40]!r} is a spreadsheet formula, which is never computed",
            "Write what it stands for.",
        )
    ticker, label = get("ticker"), get("name")
    keys = [get(field) for field in ("isin", "figi", "sedol", "cusip", "identifier")]
    if is_total(ticker, label) or is_total(source.first):
        return row_problem(number, "total_row", "sums other rows up and was left out", _NO_REMEDY_ROW)
    if not (ticker or label or any(keys)):
        if not any(get(field) for field in FIGURES):
            return row_problem(number, "no_figures", "holds no figures", _NO_REMEDY_ROW)
        return row_problem(number, "no_name", "names no security", "Give it a ticker or an ISIN.")
    figures: dict[str, Decimal | None] = {}
    for field in FIGURES:
        try:
            figures[field] = parse_number(get(field), decimal_comma=setting.sheet.decimal_comma)
        except ValueError as error:
            return row_problem(number, "unreadable_figure", f"{field}: {error}", "Write one plain figure.")
    cash = is_cash(ticker, label, get("kind"))
    fault = _figure_fault(number, figures, get("side"), cash=cash)
    if fault is not None:
        return fault
    days: dict[str, date | None] = {}
    for field in ("opened", "as_of"):
        try:
            days[field] = parse_day(get(field), setting.days)
        except ValueError as error:
            problems.append(
                row_problem(number, "unreadable_day", f"{field}: {error}", "Write it as YYYY-MM-DD.")
            )
            days[field] = None
    if cash:
        identity = Identity(
            ticker=cash_ticker(ticker, get("currency") or setting.sheet.currency), issuer=None
        )
        if figures["price"] is None and figures["quantity"] is not None:
            figures["price"] = Decimal(1)
    else:
        identity = _identity(source, setting)
    return _valued(source, setting, identity, figures, days, cash=cash)


def _identity(source: SourceRow, setting: _Setting) -> Identity:
    get, ticker = source.get, source.get("ticker")
    for field in ("ticker", "isin", "figi", "sedol", "cusip", "identifier", "name"):
        if meant := setting.instruments.get(get(field).casefold()):
            return identify(meant, meant, setting.universe)
    return identify(
        "" if ticker.lower() in BLANKS else ticker,
        get("isin") or get("identifier"),
        setting.universe,
        mic=get("mic"),
        figi=get("figi"),
        sedol=get("sedol"),
        cusip=get("cusip"),
        on=setting.as_of,
    )


def _figure_fault(
    number: int, figures: Mapping[str, Decimal | None], side: str, *, cash: bool
) -> Problem | None:
    """Say what of a row's figures cannot be, if anything."""
    price, quantity = figures["price"], figures["quantity"]
    if price is not None and price < 0 and not cash:
        return row_problem(
            number,
            "negative_price",
            f"its price is negative, {price:f}",
            "A short has a negative quantity, never a negative price.",
        )
    if quantity is not None and quantity < 0 and side.lower() in _LONG:
        return row_problem(
            number,
            "side_disagrees",
            f"is called long and its quantity is {quantity:f}",
            "Correct the side or the sign.",
        )
    rate = figures["fx"]
    if rate is not None and rate <= 0:
        return row_problem(number, "bad_rate", f"its rate is {rate:f}", "A rate is above zero.")
    return None


def _valued(
    source: SourceRow,
    setting: _Setting,
    identity: Identity,
    figures: dict[str, Decimal | None],
    days: Mapping[str, date | None],
    *,
    cash: bool,
) -> _Row | Problem:
    number, get = source.number, source.get
    quantity, price, weight = figures["quantity"], figures["price"], figures["weight"]
    currency = currency_of(get("currency"), identity) or setting.sheet.currency
    if cash and not currency and identity.ticker in CURRENCIES:
        currency = identity.ticker
    value: Decimal | None = None
    no_value: Problem | None = None
    if all(figures[field] is None for field in FIGURES):
        no_value = row_problem(number, "no_figures", "holds no figures", _NO_REMEDY_ROW)
    else:
        found = base_value(number, currency, figures, setting.terms)
        if isinstance(found, Problem):
            no_value = found
        else:
            value = found
    held = identity.issuer is not None and (no_value is None or no_value.code != "no_figures")
    if no_value is not None and weight is None and not held:
        return no_value
    side = get("side").lower()
    sign = -1 if side in _SHORT else 1
    return _Row(
        number=number,
        identity=identity,
        name=get("name") or (identity.issuer.name if identity.issuer else ""),
        quantity=_short(quantity, sign) or Decimal(0),
        price=price or Decimal(0),
        currency=currency,
        value=_short(value, sign),
        weight=_short(weight, sign),
        no_value=no_value,
        cash=cash,
        account_id=get("account"),
        asset_class="cash" if cash else get("kind").lower(),
        isin=get("isin").upper(),
        cost=_short(figures["cost"], sign),
        opened=days["opened"],
        as_of=days["as_of"],
        lot_id=get("lot"),
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
        account_id=row.account_id,
        asset_class=row.asset_class,
        isin=row.isin,
        cost_basis=row.cost,
        opened=row.opened,
        lot_id=row.lot_id,
    )
