"""Which format a file is in, and the reader for it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.columns import find_table, sheet_of
from readthrough.portfolio.sheet import DateStyle, Sheet, parse_day
from readthrough.portfolio.sources.fix_positions import read_fix
from readthrough.portfolio.sources.ibkr_activity import read_activity
from readthrough.portfolio.sources.ibkr_flex import read_flex
from readthrough.portfolio.sources.ofx import read_ofx
from readthrough.portfolio.sources.source import Source
from readthrough.portfolio.transactions import find_history

__all__ = ["FORMATS", "Source", "read_source", "recognise"]

FORMATS: Final[Mapping[str, str]] = {
    "csv": "any CSV with a header, our own template among them",
    "transactions": "a history as our own template has it",
    "ibkr-flex": "Interactive Brokers, Flex query (XML)",
    "ibkr-activity": "Interactive Brokers, activity statement (CSV)",
    "schwab": "Schwab, positions (CSV)",
    "fidelity": "Fidelity, positions (CSV)",
    "ofx": "OFX or QFX, investment statement",
    "fix": "FIX, position reports (MsgType AP)",
}
"""What can be read, and what it is."""

_SCHWAB = re.compile(r'"?Positions for (?:account )?(.{0,60}?) as of (.{0,40})', re.IGNORECASE)
_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}[/-][0-9]{2}[/-][0-9]{2}")
_FIDELITY_DAY = re.compile(r"Date downloaded ([A-Za-z]{3}-[0-9]{1,2}-[0-9]{4}|[0-9/]{8,10})")
_US = DateStyle(day_first=False)


def recognise(text: str) -> str:
    """Return the key of `FORMATS` that a text looks like; "csv" where nothing speaks for another.

    >>> recognise("8=FIX.4.4|35=AP|"), recognise("Ticker,Quantity")
    ('fix', 'csv')
    """
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    upper = head.upper()
    if head.startswith("8=FIX"):
        return "fix"
    if upper.startswith("OFXHEADER") or "<OFX>" in upper:
        return "ofx"
    if "<FLEXQUERYRESPONSE" in upper or "<FLEXSTATEMENT" in upper:
        return "ibkr-flex"
    if head.startswith(("Statement,Header,", "Statement,Data,")):
        return "ibkr-activity"
    if _SCHWAB.match(head):
        return "schwab"
    first = next((line for line in head.splitlines() if line.strip()), "")
    labels = {cell.strip().lower() for cell in next(csv.reader([first]), [])}
    if {"account number", "symbol", "last price", "current value"} <= labels:
        return "fidelity"
    if (
        labels & {"type", "action", "kind"}
        and labels & {"day", "date", "trade date"}
        and labels & {"amount", "fees", "into"}
    ):
        return "transactions"
    return "csv"


def read_source(text: str, *, format: str = "", mapping: Mapping[str, str] | None = None) -> Source:
    """Read a file of any known format.

    Args:
        text: The file.
        format: A key of `FORMATS`; found out when empty.
        mapping: Heading to field, for tables.

    Raises:
        HoldingsError: There is no such format, or the file is not in it.
    """
    kind = format or recognise(text)
    match kind:
        case "fix":
            return read_fix(text)
        case "ofx":
            return read_ofx(text)
        case "ibkr-flex":
            return read_flex(text)
        case "ibkr-activity":
            return read_activity(text)
        case "schwab":
            return _schwab(text, mapping or {})
        case "fidelity":
            return _fidelity(text, mapping or {})
        case "transactions":
            return Source(format=kind, history=find_history(text, mapping))
        case "csv":
            return Source(format=kind, holdings=sheet_of(find_table(text, mapping)))
    raise HoldingsError(f"There is no format {kind!r}.", remedy=f"Formats are {', '.join(FORMATS)}.")


def _schwab(text: str, mapping: Mapping[str, str]) -> Source:
    table = find_table(text, {"Type": "", **mapping})
    sheet = sheet_of(table, "schwab")
    account, as_of = "", None
    if found := _SCHWAB.match(text.lstrip("\ufeff \t\r\n")):
        account = found[1].strip().strip('"')
        day = _DAY.search(found[2])
        as_of = parse_day(day[0], _US) if day else None
    return _of_one_account(sheet, "Schwab", account, as_of)


def _fidelity(text: str, mapping: Mapping[str, str]) -> Source:
    # its Type says whether a line lies in the cash or in the margin account
    sheet = sheet_of(find_table(text, {"Type": "", "Account Name": "", **mapping}), "fidelity")
    as_of = None
    if found := _FIDELITY_DAY.search(text[-4000:]):
        as_of = _named_day(found[1]) if "-" in found[1] else parse_day(found[1], _US)
    return _of_one_account(sheet, "Fidelity", "", as_of)


def _named_day(text: str) -> date | None:
    month, day, year = text.split("-")
    return parse_day(f"{day} {month} {year}", _US)


def _of_one_account(sheet: Sheet, custodian: str, account: str, as_of: date | None) -> Source:
    rows = sheet.rows
    if account:
        rows = tuple(replace(row, cells={"account": account, **row.cells}) for row in rows)
    accounts = dict.fromkeys(a for row in rows if (a := row.get("account")) and row.get("quantity"))
    return Source(
        format=sheet.format,
        custodian=custodian,
        holdings=replace(sheet, rows=rows, as_of=as_of, currency="USD", base_currency="USD"),
        accounts=tuple((account, "USD") for account in accounts),
    )
