"""Interactive Brokers' Flex queries (XML): open positions, trades, cash, corporate actions, rates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Rate
from readthrough.domain.reading import Problem
from readthrough.portfolio.sheet import DateStyle, Sheet, SourceRow, parse_day
from readthrough.portfolio.sources.source import Source, left_out

__all__ = ["read_flex"]

_POSITION = {
    "accountId": "account",
    "currency": "currency",
    "fxRateToBase": "fx",
    "symbol": "ticker",
    "description": "name",
    "cusip": "cusip",
    "isin": "isin",
    "figi": "figi",
    "listingExchange": "mic",
    "multiplier": "multiplier",
    "position": "quantity",
    "quantity": "quantity",
    "markPrice": "price",
    "costBasisMoney": "cost",
    "reportDate": "as_of",
    "openDateTime": "opened",
    "originatingOrderID": "lot",
    "assetCategory": "kind",
}
_TRADE = {
    "accountId": "account",
    "currency": "currency",
    "symbol": "ticker",
    "cusip": "cusip",
    "isin": "isin",
    "figi": "figi",
    "listingExchange": "mic",
    "tradeDate": "day",
    "tradePrice": "price",
    "tradeID": "id",
}
_CASH_KINDS = {
    "deposits/withdrawals": "transfer",
    "deposits & withdrawals": "transfer",
    "dividends": "dividend",
    "payment in lieu of dividends": "dividend",
    "withholding tax": "tax",
    "broker interest received": "interest",
    "broker interest paid": "interest",
    "bond interest received": "interest",
    "bond interest paid": "interest",
    "other fees": "fee",
    "broker fees": "fee",
    "advisor fees": "fee",
    "commission adjustments": "fee",
}
_ACTIONS = {
    "FS": "split",
    "RS": "split",
    "SD": "stock_dividend",
    "SO": "spin_off",
    "TC": "merger",
    "IC": "symbol_change",
}
_RATIO = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) FOR ([0-9]{1,9}(?:\.[0-9]{1,9})?)")
_READ = frozenset(
    {"OpenPositions", "Trades", "CashTransactions", "CorporateActions", "CashReport", "ConversionRates"}
)
_QUIET = frozenset({"AccountInformation", "SecuritiesInfo"})


def read_flex(text: str) -> Source:
    """Read a Flex query's answer. Its elements are numbered in the order they stand, from 1.

    Raises:
        HoldingsError: It is not well-formed, or declares entities.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise HoldingsError("The Flex file declares entities.", remedy="Download it again as it is.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (what declares entities was refused above)
    except ElementTree.ParseError as error:
        raise HoldingsError(
            f"The Flex file is not well-formed XML: {error}.",
            remedy="Download it again; it may be cut short.",
        ) from None
    reader = _Reader()
    for statement in root.iter("FlexStatement"):
        reader.read(statement)
    return reader.source()


class _Reader:
    """Collects rows while statements are gone through."""

    def __init__(self) -> None:
        self.holdings: list[SourceRow] = []
        self.history: list[SourceRow] = []
        self.apart: list[Problem] = []
        self.rates: list[Rate] = []
        self.accounts: dict[str, str] = {}
        self.bases: set[str] = set()
        self.number = 0

    def read(self, statement: ElementTree.Element) -> None:
        account = statement.get("accountId", "")
        information = statement.find("AccountInformation")
        base = information.get("currency", "") if information is not None else ""
        self.accounts[account] = base
        if base:
            self.bases.add(base)
        for part in statement:
            rows = list(part)
            if part.tag == "OpenPositions":
                self._positions(rows)
            elif part.tag in _READ:
                for row in rows:
                    self.number += 1
                    self._row(part.tag, row, account, statement.get("toDate", ""))
            elif part.tag not in _QUIET and rows:
                self.number += len(rows)
                self.apart.append(left_out(self.number, f"{len(rows)} rows of {part.tag[:40]} are not read"))

    def _positions(self, rows: list[ElementTree.Element]) -> None:
        lots = {_line(row) for row in rows if row.get("levelOfDetail", "").upper() == "LOT"}
        for row in rows:
            self.number += 1
            level = row.get("levelOfDetail", "").upper()
            if level != "LOT" and _line(row) in lots:
                self.apart.append(
                    left_out(self.number, f"{row.get('symbol', '')[:20]} sums up lots that are listed")
                )
                continue
            cells = _cells(row.attrib, _POSITION)
            if level == "LOT" and not cells.get("lot"):
                cells["lot"] = str(self.number)
            self.holdings.append(SourceRow(number=self.number, cells=cells))

    def _row(self, part: str, row: ElementTree.Element, account: str, day: str) -> None:
        if part == "Trades":
            self._trade(row)
        elif part == "CashTransactions":
            self._cash(row)
        elif part == "CorporateActions":
            self._action(row)
        elif part == "CashReport":
            self._balance(row, account, day)
        else:
            self._rate(row)

    def _trade(self, row: ElementTree.Element) -> None:
        level = row.get("levelOfDetail", "EXECUTION").upper()
        if row.tag != "Trade" or level not in ("EXECUTION", ""):
            self.apart.append(
                left_out(self.number, f"a {row.tag[:20]} of level {level[:20]} repeats executions")
            )
            return
        cells = _cells(row.attrib, _TRADE)
        cells["day"] = cells.get("day") or row.get("dateTime", "")[:8]
        quantity = row.get("quantity", "")
        cells["type"] = "sell" if quantity.startswith("-") else "buy"
        cells["quantity"] = quantity.lstrip("-")
        cells["fees"] = _turned(row.get("ibCommission", ""))
        cells["taxes"] = _turned(row.get("taxes", ""))
        if row.get("netCash"):
            cells["amount"] = row.get("netCash", "")
        if row.get("assetCategory", "").upper() == "CASH":
            first, _, second = row.get("symbol", "").partition(".")
            cells |= {"type": "conversion", "currency": second, "amount": row.get("proceeds", "")}
            cells |= {"other_currency": first, "other_amount": quantity, "ticker": "", "fees": ""}
        self._keep(cells)

    def _cash(self, row: ElementTree.Element) -> None:
        if row.get("levelOfDetail", "DETAIL").upper() == "SUMMARY":
            self.apart.append(left_out(self.number, "sums cash transactions up"))
            return
        kind = _CASH_KINDS.get(row.get("type", "").lower(), "")
        cells = _cells(
            row.attrib, {"accountId": "account", "currency": "currency", "symbol": "ticker", "isin": "isin"}
        )
        cells |= {"amount": row.get("amount", ""), "id": row.get("transactionID", "")}
        cells["day"] = (row.get("settleDate", "") or row.get("dateTime", ""))[:10].split(";")[0]
        if kind == "transfer":
            kind = "withdrawal" if cells["amount"].startswith("-") else "deposit"
            cells["ticker"] = cells["isin"] = ""
        cells["type"] = kind or row.get("type", "")
        self._keep(cells)

    def _action(self, row: ElementTree.Element) -> None:
        kind = _ACTIONS.get(row.get("type", "").upper(), "")
        told = row.get("actionDescription", "") or row.get("description", "")
        ratio = _RATIO.search(told)
        if not kind or (ratio is None and kind != "symbol_change"):
            problem = left_out(
                self.number,
                f"the corporate action {told[:80]!r} is not understood",
                "State it in a transactions file: `readthrough portfolio template --of transactions`.",
            )
            self.apart.append(Problem(code="action_not_read", detail=problem.detail, remedy=problem.remedy))
            return
        if row.get("quantity", "").startswith("-") and kind != "symbol_change":
            # the side that is taken out; the side that comes in is another row of the same action
            self.apart.append(left_out(self.number, f"the other side of the action {told[:60]!r}"))
            return
        cells = _cells(row.attrib, {"accountId": "account", "currency": "currency"})
        parent = told.split("(")[0].strip()
        cells |= {
            "day": (row.get("reportDate", "") or row.get("dateTime", ""))[:10],
            "type": kind,
            "ticker": parent,
        }
        if ratio is not None:
            cells |= {"ratio_to": ratio[1], "ratio_from": ratio[2]}
        if kind in ("spin_off", "merger", "symbol_change"):
            cells["into"] = row.get("symbol", "")
        if kind == "merger" and row.get("proceeds"):
            cells["amount"] = row.get("proceeds", "")
        cells["id"] = row.get("transactionID", "")
        self._keep(cells)

    def _balance(self, row: ElementTree.Element, account: str, day: str) -> None:
        currency = row.get("currency", "")
        if currency in ("BASE_SUMMARY", ""):
            self.apart.append(left_out(self.number, "sums the cash of all currencies up"))
            return
        cells = {
            "ticker": currency,
            "name": f"Cash {currency}",
            "kind": "cash",
            "currency": currency,
            "quantity": row.get("endingCash", ""),
            "account": row.get("accountId", account),
            "as_of": row.get("toDate", day),
        }
        self.holdings.append(SourceRow(number=self.number, cells=cells))

    def _rate(self, row: ElementTree.Element) -> None:
        try:
            day = parse_day(row.get("reportDate", ""), DateStyle(day_first=None))
            value = Decimal(row.get("rate", ""))
        except (ValueError, InvalidOperation):
            day, value = None, Decimal(0)
        pair = row.get("fromCurrency", ""), row.get("toCurrency", "")
        if day is None or not value.is_finite() or value <= 0 or not all(pair):
            self.apart.append(
                left_out(self.number, "a conversion rate that cannot be read", "Give the rate yourself.")
            )
            return
        self.rates.append(Rate(currency=pair[0], base=pair[1], day=day, rate=value, source="ibkr"))

    def _keep(self, cells: dict[str, str]) -> None:
        kept = {field: cell for field, cell in cells.items() if cell}
        self.history.append(SourceRow(number=self.number, cells=kept))

    def source(self) -> Source:
        base = self.bases.pop() if len(self.bases) == 1 else ""
        newest: dict[str, tuple[date, Decimal]] = {}
        for rate in self.rates:
            if rate.base == base and (rate.currency not in newest or newest[rate.currency][0] <= rate.day):
                newest[rate.currency] = (rate.day, rate.rate)
        return Source(
            format="ibkr-flex",
            custodian="Interactive Brokers",
            holdings=Sheet(
                format="ibkr-flex",
                rows=tuple(self.holdings),
                left_out=tuple(self.apart),
                headings=tuple(_POSITION.items()),
                fx_currency=base,
                base_currency=base,
                rates={currency: rate for currency, (_, rate) in newest.items()},
            )
            if self.holdings
            else None,
            history=Sheet(
                format="ibkr-flex",
                rows=tuple(self.history),
                left_out=() if self.holdings else tuple(self.apart),
                base_currency=base,
            )
            if self.history
            else None,
            accounts=tuple(self.accounts.items()),
            rates=tuple(self.rates),
        )


def _line(row: ElementTree.Element) -> tuple[str, str]:
    return row.get("accountId", ""), row.get("conid", "") or row.get("symbol", "")


def _cells(attributes: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    return dict(_named(attributes, fields))


def _named(attributes: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        if cell := attributes.get(name, "").strip():
            yield field, cell[:200]


def _turned(cell: str) -> str:
    """A cost that is written as what it does to the balance."""
    return cell[1:] if cell.startswith("-") else f"-{cell}" if cell.strip("0.") else ""
