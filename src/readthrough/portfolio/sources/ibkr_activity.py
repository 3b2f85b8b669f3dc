"""Interactive Brokers' activity statement: many tables in one CSV, each line naming its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from readthrough.domain.errors import HoldingsError
from readthrough.domain.reading import Problem
from readthrough.portfolio.sheet import DateStyle, Sheet, SourceRow, parse_day
from readthrough.portfolio.sources.source import Source, left_out

__all__ = ["read_activity"]

_QUIET = frozenset(
    {"Statement", "Account Information", "Financial Instrument Information", "Codes", "Notes/Legal Notes"}
)
_READ = frozenset(
    {
        "Open Positions",
        "Cash Report",
        "Trades",
        "Dividends",
        "Withholding Tax",
        "Deposits & Withdrawals",
        "Interest",
        "Broker Interest Received",
        "Broker Interest Paid",
        "Fees",
        "Base Currency Exchange Rate",
    }
)
_CASH_KINDS = {
    "Dividends": "dividend",
    "Withholding Tax": "tax",
    "Interest": "interest",
    "Broker Interest Received": "interest",
    "Broker Interest Paid": "interest",
    "Fees": "fee",
}


def read_activity(text: str) -> Source:
    """Read an activity statement; row numbers are those of its lines.

    Raises:
        HoldingsError: It is not readable as CSV.
    """
    reader = _Reader()
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if len(cells) >= 2:
                reader.read(number, cells)
    except csv.Error as error:
        raise HoldingsError(
            f"The activity statement is not readable as CSV: {error}.", remedy="Download it again."
        ) from None
    return reader.source()


class _Reader:
    """Collects rows while lines are gone through; the headers of tables are met before their rows."""

    def __init__(self) -> None:
        self.headers: dict[str, list[str]] = {}
        self.holdings: list[SourceRow] = []
        self.history: list[SourceRow] = []
        self.apart: list[Problem] = []
        self.unread: dict[str, tuple[int, int]] = {}
        self.known: dict[str, dict[str, str]] = {}
        self.account = self.base = ""
        self.as_of: date | None = None

    def read(self, number: int, cells: list[str]) -> None:
        section, kind, rest = (
            cells[0].lstrip("\ufeff").strip(),
            cells[1].strip(),
            [c.strip() for c in cells[2:]],
        )
        if kind == "Header":
            self.headers[section] = rest
            return
        if section in _QUIET:
            self._setting(section, rest)
            return
        if section not in _READ:
            count, _ = self.unread.get(section, (0, 0))
            self.unread[section] = (count + 1, number)
            return
        if kind != "Data":
            self.apart.append(left_out(number, f"a {kind[:20]} of {section}"))
            return
        row = dict(zip(self.headers.get(section, []), rest, strict=False))
        self._data(number, section, row, rest)

    def _setting(self, section: str, rest: list[str]) -> None:
        if section == "Financial Instrument Information":
            row = dict(zip(self.headers.get(section, []), rest, strict=False))
            for symbol in row.get("Symbol", "").split(","):
                self.known[symbol.strip()] = {
                    "isin": row.get("Security ID", ""),
                    "name": row.get("Description", ""),
                    "mic": row.get("Listing Exch", ""),
                }
        elif len(rest) >= 2:
            if rest[0] == "Account":
                self.account = rest[1].split(" ")[0]
            elif rest[0] == "Base Currency":
                self.base = rest[1]
            elif rest[0] == "Period":
                self.as_of = _last_day(rest[1])

    def _data(self, number: int, section: str, row: Mapping[str, str], rest: list[str]) -> None:
        if section == "Open Positions":
            self._position(number, row)
        elif section == "Cash Report":
            self._balance(number, row, rest)
        elif section == "Trades":
            self._trade(number, row)
        elif section == "Base Currency Exchange Rate":
            self.apart.append(
                left_out(number, "a rate of the statement; positions are valued with rates given")
            )
        else:
            self._cash(number, section, row)

    def _position(self, number: int, row: Mapping[str, str]) -> None:
        level = row.get("DataDiscriminator", "Summary")
        if level not in ("Summary", ""):
            self.apart.append(
                left_out(number, f"a {level[:20]} of {row.get('Symbol', '')[:20]}, summed up above")
            )
            return
        cells = {
            "account": self.account,
            "ticker": row.get("Symbol", ""),
            "kind": row.get("Asset Category", ""),
            "currency": row.get("Currency", ""),
            "quantity": row.get("Quantity", ""),
            "multiplier": row.get("Mult", ""),
            "cost": row.get("Cost Basis", ""),
            "price": row.get("Close Price", ""),
        }
        self._hold(number, cells)

    def _balance(self, number: int, row: Mapping[str, str], rest: list[str]) -> None:
        summary = row.get("Currency Summary", rest[0] if rest else "")
        currency = row.get("Currency", "")
        if summary != "Ending Cash" or "Base" in currency:
            self.apart.append(left_out(number, f"{summary[:40]} ({currency[:20]}) states no balance held"))
            return
        self._hold(
            number,
            {
                "account": self.account,
                "ticker": currency,
                "name": f"Cash {currency}",
                "kind": "cash",
                "currency": currency,
                "quantity": row.get("Total", ""),
            },
        )

    def _trade(self, number: int, row: Mapping[str, str]) -> None:
        level = row.get("DataDiscriminator", "Order")
        if level not in ("Order", "Trade", ""):
            self.apart.append(left_out(number, f"a {level[:20]} of trades that are listed"))
            return
        quantity = row.get("Quantity", "").replace(",", "")
        cells = {
            "account": self.account,
            "day": row.get("Date/Time", "").split(",")[0],
            "type": "sell" if quantity.startswith("-") else "buy",
            "ticker": row.get("Symbol", ""),
            "quantity": quantity.lstrip("-"),
            "price": row.get("T. Price", ""),
            "currency": row.get("Currency", ""),
            "fees": row.get("Comm/Fee", "").lstrip("-"),
        }
        if row.get("Asset Category", "") == "Forex":
            first, _, second = row.get("Symbol", "").partition(".")
            cells |= {"type": "conversion", "currency": second, "amount": row.get("Proceeds", "")}
            cells |= {
                "other_currency": first,
                "other_amount": quantity,
                "ticker": "",
                "fees": "",
                "quantity": "",
            }
        self._keep(number, cells)

    def _cash(self, number: int, section: str, row: Mapping[str, str]) -> None:
        currency, amount = row.get("Currency", ""), row.get("Amount", "")
        if currency.startswith("Total") or not row.get("Date", row.get("Settle Date", "")):
            self.apart.append(left_out(number, f"a sum of {section}"))
            return
        kind = _CASH_KINDS.get(section) or ("withdrawal" if amount.startswith("-") else "deposit")
        told = row.get("Description", "")
        cells = {
            "account": self.account,
            "day": row.get("Date") or row.get("Settle Date", ""),
            "type": kind,
            "ticker": told.split("(")[0].strip() if kind in ("dividend", "tax") and "(" in told else "",
            "amount": amount,
            "currency": currency,
        }
        self._keep(number, cells)

    def _hold(self, number: int, cells: dict[str, str]) -> None:
        cells |= {k: v for k, v in self.known.get(cells["ticker"], {}).items() if v}
        kept = {field: cell for field, cell in cells.items() if cell}
        self.holdings.append(SourceRow(number=number, cells=kept))

    def _keep(self, number: int, cells: dict[str, str]) -> None:
        # instruments are described below the trades of them: the symbol is resolved at the end
        self.history.append(SourceRow(number=number, cells={f: c for f, c in cells.items() if c}))

    def source(self) -> Source:
        for section, (count, last) in self.unread.items():
            self.apart.append(left_out(last, f"{count} rows of {section[:40]} are not read"))
        described = [self._described(row) for row in self.holdings]
        history = [self._described(row) for row in self.history]
        sheet = Sheet(
            format="ibkr-activity",
            rows=tuple(described),
            left_out=tuple(self.apart),
            as_of=self.as_of,
            base_currency=self.base,
        )
        return Source(
            format="ibkr-activity",
            custodian="Interactive Brokers",
            holdings=sheet if described else None,
            history=Sheet(
                format="ibkr-activity",
                rows=tuple(history),
                left_out=() if described else tuple(self.apart),
                base_currency=self.base,
            )
            if history
            else None,
            accounts=((self.account, self.base),) if self.account else (),
        )

    def _described(self, row: SourceRow) -> SourceRow:
        told = {k: v for k, v in self.known.get(row.get("ticker"), {}).items() if v}
        return SourceRow(number=row.number, cells=told | dict(row.cells), first=row.first, raw=row.raw)


def _last_day(period: str) -> date | None:
    """The end of "March 2, 2026 - March 31, 2026"."""
    try:
        return parse_day(period.split(" - ")[-1], DateStyle(day_first=None))
    except ValueError:
        return None
