"""Form 4, the report of an insider's trades, told in sentences."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final
from xml.etree import ElementTree

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.clean import clean_line

__all__ = ["read_ownership"]

_DEEPEST: Final = 40
_CODES: Final = {
    "P": "bought",
    "S": "sold",
    "A": "was granted",
    "M": "received by exercise",
    "F": "gave up for tax",
    "G": "gave away",
    "D": "returned to the company",
}


def read_ownership(raw: bytes) -> str:
    """Tell each trade of a Form 4 in a sentence.

    Raises:
        SourceUnreadable: It is malformed or no Form 4.
    """
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise SourceUnreadable("The form declares a document type.", remedy="Open it at the SEC.")
    depth = 0
    parser: Any = ElementTree.XMLPullParser(events=("start", "end"))
    root: ElementTree.Element | None = None
    try:
        parser.feed(raw)
        for event, element in parser.read_events():
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise SourceUnreadable("The form nests its elements too deep.", remedy="Open it at the SEC.")
        parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise SourceUnreadable(f"The form is malformed: {error}.", remedy="Open it at the SEC.") from None
    if root is None or root.tag != "ownershipDocument":
        raise SourceUnreadable("This is no Form 4.", remedy="Open it at the SEC.")
    company = _at(root, "issuer/issuerName")
    symbol = _at(root, "issuer/issuerTradingSymbol")
    owner = _at(root, "reportingOwner/reportingOwnerId/rptOwnerName")
    office = _at(root, "reportingOwner/reportingOwnerRelationship/officerTitle")
    if not office and _at(root, "reportingOwner/reportingOwnerRelationship/isDirector") in ("1", "true"):
        office = "director"
    who = f"{owner}, {office} of {company}" if office else f"{owner}, an owner of {company}"
    lines = [f"{who}{f' ({symbol})' if symbol else ''}, reports trades in its shares."]
    trades = root.findall("nonDerivativeTable/nonDerivativeTransaction")
    lines += [line for trade in trades[:50] if (line := _trade(trade, owner))]
    return "\n\n".join(lines)


def _trade(trade: ElementTree.Element, owner: str) -> str:
    shares = _number(_at(trade, "transactionAmounts/transactionShares/value"))
    price = _number(_at(trade, "transactionAmounts/transactionPricePerShare/value"))
    left = _number(_at(trade, "postTransactionAmounts/sharesOwnedFollowingTransaction/value"))
    did = _CODES.get(_at(trade, "transactionCoding/transactionCode"), "")
    if not did or shares is None:
        return ""
    on = _at(trade, "transactionDate/value")
    at = f" at ${price:,.2f} a share" if price else ""
    owns = f" and owns {left:,.0f} after that" if left is not None else ""
    return f"{owner} {did} {shares:,.0f} shares{at}{f' on {on}' if on else ''}{owns}."


def _at(element: ElementTree.Element, path: str) -> str:
    return clean_line(element.findtext(path) or "")[:200]


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None
