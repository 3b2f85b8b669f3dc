"""OFX and QFX investment statements, SGML (1.x) and XML (2.x), in one reader of their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from readthrough.domain.errors import HoldingsError
from readthrough.domain.reading import Problem
from readthrough.portfolio.sheet import Sheet, SourceRow
from readthrough.portfolio.sources.source import Source, left_out

__all__ = ["read_ofx"]

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]{1,40})>([^<]*)")
_MOST_DEEP = 60
_POSITIONS = {
    "POSSTOCK": "equity",
    "POSMF": "fund",
    "POSDEBT": "bond",
    "POSOPT": "option",
    "POSOTHER": "other",
}
_TRADES = {
    "BUYSTOCK": "buy",
    "BUYMF": "buy",
    "BUYDEBT": "buy",
    "BUYOTHER": "buy",
    "BUYOPT": "buy",
    "SELLSTOCK": "sell",
    "SELLMF": "sell",
    "SELLDEBT": "sell",
    "SELLOTHER": "sell",
    "SELLOPT": "sell",
}
_INCOME = {
    "DIV": "dividend",
    "INTEREST": "interest",
    "CGLONG": "dividend",
    "CGSHORT": "dividend",
    "MISC": "dividend",
}
_BANK = {"INT": "interest", "DIV": "dividend", "FEE": "fee", "SRVCHG": "fee"}


@dataclass(slots=True)
class _Node:
    """An element: its words where it is a leaf, what is inside it otherwise."""

    tag: str
    text: str = ""
    inside: list[_Node] = field(default_factory=list)

    def every(self, *tags: str) -> Iterator[_Node]:
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.tag in tags:
                yield node
            waiting.extend(reversed(node.inside))

    def get(self, tag: str) -> str:
        return next((node.text for node in self.every(tag) if node.text), "")


def read_ofx(text: str) -> Source:
    """Read an investment statement. Positions and transactions are numbered in the order they stand.

    Raises:
        HoldingsError: It holds no investment statement, or nests without end.
    """
    root = _tree(text)
    statements = list(root.every("INVSTMTRS"))
    if not statements:
        raise HoldingsError(
            "The OFX file holds no investment statement.",
            remedy="Download the statement of the brokerage account, not of a bank account.",
        )
    securities = {node.get("UNIQUEID"): node for node in root.every("SECINFO")}
    holdings: list[SourceRow] = []
    history: list[SourceRow] = []
    apart: list[Problem] = []
    accounts: dict[str, str] = {}
    currency = ""
    number = 0
    for statement in statements:
        account, currency = statement.get("ACCTID"), statement.get("CURDEF")
        accounts[account] = currency
        shared = {"account": account, "currency": currency}
        day = _day(statement.get("DTASOF"))
        for node in statement.every(*_POSITIONS):
            number += 1
            holdings.append(_position(number, node, shared, securities))
        for tag in ("AVAILCASH",):
            if amount := statement.get(tag):
                number += 1
                cells = {"ticker": currency, "kind": "cash", "quantity": amount, "as_of": day, "name": "Cash"}
                holdings.append(_row(number, shared | cells))
        for node in (n for listed in statement.every("INVTRANLIST") for n in listed.inside if n.inside):
            number += 1
            done = _transaction(node)
            if done is None:
                apart.append(
                    left_out(number, f"a {node.tag} is not understood", "State it in a transactions file.")
                )
                continue
            told = {} if done["type"] in _NO_SECURITY else _security(node, securities)
            history.append(_row(number, shared | told | done))
            if node.tag == "REINVEST":  # what was paid out comes first, then buys
                paid = {
                    "type": "dividend",
                    "amount": done["amount"].lstrip("-"),
                    "quantity": "",
                    "price": "",
                }
                history.append(_row(number, shared | told | done | paid | {"id": f"{done['id']}-paid"}))
    return Source(
        format="ofx",
        custodian=root.get("ORG") or root.get("BROKERID"),
        holdings=Sheet(format="ofx", rows=tuple(holdings), left_out=tuple(apart), base_currency=currency)
        if holdings
        else None,
        history=Sheet(
            format="ofx",
            rows=tuple(history),
            left_out=() if holdings else tuple(apart),
            base_currency=currency,
        )
        if history
        else None,
        accounts=tuple(accounts.items()),
    )


_NO_SECURITY = frozenset({"deposit", "withdrawal", "fee"})


def _tree(text: str) -> _Node:
    start = text.upper().find("<OFX>")
    if start < 0:
        raise HoldingsError("The OFX file has no <OFX> element.", remedy="Download it again.")
    root = _Node("")
    path = [root]
    for closing, name, words in _TAG.findall(text[start:]):
        tag, value = name.upper(), " ".join(words.split())
        if closing:
            # leaves of SGML are not closed, those of XML are: a name that is not open closes nothing
            if any(node.tag == tag for node in path[1:]):
                while path.pop().tag != tag:
                    pass
            continue
        node = _Node(tag, _unescaped(value))
        path[-1].inside.append(node)
        if not value:
            path.append(node)
            if len(path) > _MOST_DEEP:
                raise HoldingsError("The OFX file nests without end.", remedy="Download it again.")
    return root


def _unescaped(text: str) -> str:
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text[:200]


def _row(number: int, cells: dict[str, str]) -> SourceRow:
    return SourceRow(number=number, cells={name: cell for name, cell in cells.items() if cell})


def _security(node: _Node, securities: dict[str, _Node]) -> dict[str, str]:
    value, kind = node.get("UNIQUEID"), node.get("UNIQUEIDTYPE").upper()
    told = securities.get(value)
    cells = {kind.lower(): value} if kind in ("CUSIP", "ISIN", "SEDOL", "FIGI") else {"ticker": value}
    if told is not None:
        cells |= {"ticker": told.get("TICKER"), "name": told.get("SECNAME")}
    return cells


def _position(number: int, node: _Node, shared: dict[str, str], securities: dict[str, _Node]) -> SourceRow:
    short = node.get("POSTYPE").upper() == "SHORT"
    cells = shared | _security(node, securities)
    cells |= {
        "kind": _POSITIONS[node.tag],
        "quantity": node.get("UNITS"),
        "price": node.get("UNITPRICE"),
        "market_value": node.get("MKTVAL"),
        "as_of": _day(node.get("DTPRICEASOF")),
        "side": "short" if short else "",
        "currency": node.get("CURSYM") or shared["currency"],
        "fx": node.get("CURRATE"),
    }
    return _row(number, cells)


def _transaction(node: _Node) -> dict[str, str] | None:
    cells = {
        "id": node.get("FITID"),
        "day": _day(node.get("DTTRADE") or node.get("DTPOSTED")),
        "quantity": node.get("UNITS").lstrip("-"),
        "price": node.get("UNITPRICE"),
        "fees": _sum(node.get("COMMISSION"), node.get("FEES"), node.get("LOAD")),
        "taxes": node.get("TAXES"),
        "amount": node.get("TOTAL"),
        "currency": node.get("CURSYM"),
    }
    match node.tag:
        case tag if tag in _TRADES:
            return cells | {"type": _TRADES[tag]}
        case "INCOME":
            return cells | {
                "type": _INCOME.get(node.get("INCOMETYPE").upper(), "dividend"),
                "quantity": "",
                "price": "",
            }
        case "REINVEST":
            return cells | {"type": "buy"}
        case "SPLIT":
            return cells | {
                "type": "split",
                "ratio_to": node.get("NUMERATOR"),
                "ratio_from": node.get("DENOMINATOR"),
                "amount": node.get("FRACCASH"),
                "quantity": "",
            }
        case "TRANSFER":
            away = node.get("TFERACTION").upper() == "OUT"
            return cells | {"type": "transfer_out" if away else "transfer_in", "amount": "", "price": ""}
        case "RETOFCAP":
            return cells | {"type": "return_of_capital", "quantity": "", "price": ""}
        case "INVEXPENSE":
            return cells | {"type": "fee", "quantity": "", "price": ""}
        case "INVBANKTRAN":
            amount = node.get("TRNAMT")
            kind = _BANK.get(node.get("TRNTYPE").upper()) or (
                "withdrawal" if amount.startswith("-") else "deposit"
            )
            return cells | {"type": kind, "amount": amount, "quantity": "", "price": ""}
    return None


def _sum(*cells: str) -> str:
    given = [cell for cell in cells if cell]
    return " + ".join(given)


def _day(stamp: str) -> str:
    return stamp[:8]
