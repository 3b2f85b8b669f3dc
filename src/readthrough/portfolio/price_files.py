"""Prices, exchange rates and funds' holdings from CSV: every row one of them, or a problem that names it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Constituent, Fund, Price, Rate
from readthrough.domain.reading import Problem
from readthrough.portfolio.currencies import is_currency
from readthrough.portfolio.holdings import decoded
from readthrough.portfolio.identity import identify
from readthrough.portfolio.numbers import parse_number
from readthrough.portfolio.prices import MINOR_UNITS, major_unit
from readthrough.portfolio.sheet import DateStyle, date_style, decimal_comma_of, parse_day
from readthrough.portfolio.valuation import row_problem
from readthrough.universe.master import Universe

__all__ = ["MarketData", "read_fund", "read_market_data"]

_DAYS: Final = ("day", "date", "time_period", "as_of")
_NAMES: Final = ("instrument", "ticker", "symbol")
_CLOSES: Final = ("close", "price", "adj close", "last")
_VOLUMES: Final = ("volume", "vol", "shares traded")
_LARGEST_JUMP: Final = Decimal(
    10
)  # a close ten times the one before is a split, a unit or a slip: it is said


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketData:
    """What a file gave."""

    prices: tuple[Price, ...] = ()
    rates: tuple[Rate, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_market_data(
    raw: str | bytes,
    universe: Universe,
    *,
    source: str = "",
    day_first: bool | None = None,
    currency: str = "",
) -> MarketData:
    """Read prices or rates.

    Three shapes are known: a price a row (day, instrument, close, currency), a rate a row (day, currency, base,
    rate), and the central bank's table (Date, then a column a currency, in units of it for one euro).

    Args:
        raw: The file.
        universe: Gives the currency of a listing where the file has none.
        source: What the rows say they are from.
        day_first: How days are written, where the caller knows.
        currency: Of prices that state none and whose listing does not tell.

    Raises:
        HoldingsError: It is none of the three, or days or figures are written in two ways.
    """
    rows = _rows(decoded(raw))
    header = [" ".join(cell.lower().split()) for cell in rows[0][1]]
    if {"currency", "base", "rate"} <= set(header):
        return _rates(header, rows[1:], source, day_first)
    if _column(header, _NAMES) is not None and _column(header, _CLOSES) is not None:
        return _prices(header, rows[1:], universe, source, day_first, currency)
    codes = [cell.strip().upper() for cell in rows[0][1][1:]]
    if header[0] in _DAYS and sum(map(is_currency, codes)) > len(codes) // 2:
        return _table_of_euro(codes, rows[1:], source)
    raise HoldingsError(
        "The file holds neither prices nor rates: its header is not known.",
        remedy="`readthrough portfolio template --of prices` (or rates) prints one.",
    )


def read_fund(raw: str | bytes, universe: Universe, *, source: str = "") -> tuple[list[Fund], list[Problem]]:
    """Read what funds hold: fund, as_of, ticker, isin, name, weight. Members nobody knows are kept by name.

    Raises:
        HoldingsError: A column is missing, or the weights of a fund add up to more than 101 percent.
    """
    rows = _rows(decoded(raw))
    header = [" ".join(cell.lower().split()) for cell in rows[0][1]]
    if not {"fund", "weight"} <= set(header):
        raise HoldingsError(
            "A fund file names fund and weight.", remedy="`readthrough portfolio template --of fund`."
        )
    members: dict[tuple[str, date | None], list[Constituent]] = {}
    problems: list[Problem] = []
    percent = any(
        cells[header.index("weight")].strip().endswith("%")
        for _, cells in rows[1:]
        if len(cells) == len(header)
    )
    for number, cells in rows[1:]:
        cell = dict(zip(header, (c.strip() for c in cells), strict=False))
        try:
            weight = parse_number(cell.get("weight", ""))
            day = parse_day(cell.get("as_of", ""), DateStyle(day_first=None))
        except ValueError as error:
            problems.append(
                row_problem(number, "unreadable_figure", str(error), "Write one plain figure or day.")
            )
            continue
        if weight is None or not cell.get("fund"):
            problems.append(row_problem(number, "no_figures", "names no fund or no weight"))
            continue
        known = identify(cell.get("ticker", ""), cell.get("isin", ""), universe)
        if known.issuer is None:
            problems.append(
                row_problem(number, "unknown_ticker", f"{known.ticker!r} is not known: no news reaches it")
            )
        member = Constituent(
            instrument=known.ticker,
            weight=weight / 100 if percent else weight,
            issuer_id=known.issuer.id if known.issuer else "",
            name=cell.get("name", ""),
        )
        members.setdefault((cell["fund"].upper(), day), []).append(member)
    funds = [
        Fund(instrument=fund, as_of=day, constituents=tuple(found), source=source)
        for (fund, day), found in members.items()
    ]
    for fund in funds:
        total = sum((m.weight for m in fund.constituents), Decimal(0))
        if total > Decimal("1.01"):
            raise HoldingsError(
                f"The weights of {fund.instrument} add up to {total:.2%}.",
                remedy="Write all weights with a percent sign, or all as shares of one.",
            )
    return funds, problems


def _rows(text: str) -> list[tuple[int, list[str]]]:
    try:
        found = [
            (number, cells)
            for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise HoldingsError(
            f"The file is not readable as CSV: {error}.",
            remedy="Look for a quotation mark that is never closed.",
        ) from None
    if not found:
        raise HoldingsError("The file is empty.", remedy="Give a CSV with a header row.")
    return found


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _prices(
    header: list[str],
    rows: list[tuple[int, list[str]]],
    universe: Universe,
    source: str,
    day_first: bool | None,
    default: str,
) -> MarketData:
    day_at, name_at, close_at = (_column(header, names) for names in (_DAYS, _NAMES, _CLOSES))
    if day_at is None or name_at is None or close_at is None:
        raise HoldingsError(
            "A price file names day, instrument and close.", remedy="See `portfolio template`."
        )
    currency_at = _column(header, ("currency", "ccy"))
    volume_at = _column(header, _VOLUMES)
    style = date_style(((n, _cell(c, day_at)) for n, c in rows), day_first=day_first)
    comma = decimal_comma_of((n, _cell(c, close_at)) for n, c in rows)
    prices: list[Price] = []
    problems: list[Problem] = []
    last: dict[str, Price] = {}
    for number, cells in rows:
        name = _cell(cells, name_at).upper()
        try:
            day = parse_day(_cell(cells, day_at), style)
            close = parse_number(_cell(cells, close_at), decimal_comma=comma)
            volume = parse_number(_cell(cells, volume_at), decimal_comma=comma)
        except ValueError as error:
            problems.append(
                row_problem(number, "unreadable_figure", str(error), "Write one plain figure or day.")
            )
            continue
        if day is None or close is None or not name:
            problems.append(row_problem(number, "no_figures", "lacks a day, an instrument or a close"))
            continue
        if close <= 0:
            problems.append(row_problem(number, "bad_price", f"the close of {name[:20]} is {close:f}"))
            continue
        if volume is not None and volume < 0:
            problems.append(row_problem(number, "bad_volume", f"the volume of {name[:20]} is {volume:f}"))
            continue
        unit = _cell(cells, currency_at) or _currency_of(name, universe) or default
        if unit not in MINOR_UNITS:
            unit = unit.upper()
        if not is_currency(major_unit(unit)[0]):
            problems.append(
                row_problem(
                    number,
                    "no_currency",
                    f"the currency of {name[:20]} is not known ({unit!r})",
                    "Add a currency column.",
                )
            )
            continue
        price = Price(
            instrument=name, day=day, close=close, currency=unit, source=source, volume=volume or None
        )
        before = last.get(name)
        if before is not None and not 1 / _LARGEST_JUMP < close / before.close < _LARGEST_JUMP:
            problems.append(
                row_problem(
                    number,
                    "large_jump",
                    f"{name[:20]} goes from {before.close:f} to {close:f}",
                    "Kept; check split and unit.",
                )
            )
        last[name] = price
        prices.append(price)
    return MarketData(prices=tuple(prices), problems=tuple(problems))


def _currency_of(ticker: str, universe: Universe) -> str:
    found = identify(ticker, "", universe)
    if found.listing is not None and found.listing.currency and found.listing.mic != "XLON":
        return found.listing.currency
    return "USD" if found.issuer is not None and "." not in ticker else ""


def _rates(
    header: list[str], rows: list[tuple[int, list[str]]], source: str, day_first: bool | None
) -> MarketData:
    day_at = _column(header, _DAYS)
    if day_at is None:
        raise HoldingsError(
            "A rate file names a day.", remedy="See `readthrough portfolio template --of rates`."
        )
    style = date_style(((n, _cell(c, day_at)) for n, c in rows), day_first=day_first)
    places = [header.index(name) for name in ("currency", "base", "rate")]
    comma = decimal_comma_of((n, _cell(c, places[2])) for n, c in rows)
    rates: list[Rate] = []
    problems: list[Problem] = []
    for number, cells in rows:
        one, other, figure = (_cell(cells, at) for at in places)
        try:
            day, value = parse_day(_cell(cells, day_at), style), parse_number(figure, decimal_comma=comma)
        except ValueError as error:
            problems.append(
                row_problem(number, "unreadable_figure", str(error), "Write one plain figure or day.")
            )
            continue
        if day is None or value is None or value <= 0:
            problems.append(row_problem(number, "bad_rate", "lacks a day, or a rate above zero"))
            continue
        if not (is_currency(one.upper()) and is_currency(other.upper())):
            problems.append(
                row_problem(number, "unknown_currency", f"{one[:12]!r} or {other[:12]!r} is no currency")
            )
            continue
        rates.append(Rate(currency=one.upper(), base=other.upper(), day=day, rate=value, source=source))
    return MarketData(rates=tuple(rates), problems=tuple(problems))


def _table_of_euro(codes: list[str], rows: list[tuple[int, list[str]]], source: str) -> MarketData:
    rates: list[Rate] = []
    problems: list[Problem] = []
    for number, cells in rows:
        try:
            day = parse_day(cells[0], DateStyle(day_first=None))
            if day is None:
                raise ValueError("has no day")
            rates.extend(_of_row(day, codes, cells, source))
        except ValueError as error:
            problems.append(
                row_problem(number, "unreadable_figure", str(error), "Write one plain figure or day.")
            )
    return MarketData(rates=tuple(rates), problems=tuple(problems))


def _of_row(day: date, codes: Sequence[str], cells: Sequence[str], source: str) -> Iterator[Rate]:
    for code, cell in zip(codes, cells[1:], strict=False):
        value = parse_number(cell)
        if value is not None and value > 0 and is_currency(code):
            yield Rate(currency="EUR", base=code, day=day, rate=value, source=source)


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""
