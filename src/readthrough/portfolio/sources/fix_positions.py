"""FIX position reports (MsgType AP): one message a position, as custodians and prime brokers send them."""

from __future__ import annotations

from collections.abc import Iterator

from readthrough.domain.errors import HoldingsError
from readthrough.domain.reading import Problem
from readthrough.portfolio.sheet import Sheet, SourceRow
from readthrough.portfolio.sources.source import Source, left_out

__all__ = ["read_fix"]

_SOURCES = {"1": "cusip", "2": "sedol", "4": "isin", "5": "ticker", "8": "ticker", "A": "ticker", "S": "figi"}
_QUANTITIES = ("FIN", "TOT", "TQ", "SOD")  # the end of the day, all of it, as traded, the start of the day
_CELLS = {"1": "account", "107": "name", "207": "mic", "730": "price", "231": "multiplier", "715": "as_of"}


def read_fix(text: str) -> Source:
    r"""Read position reports. Messages are numbered from 1; fields part at SOH, or at `|` where that was put in its place.

    Raises:
        HoldingsError: There is no position report in it.

    >>> report = "8=FIX.4.4|35=AP|1=A1|715=20260302|55=MSFT|703=FIN|704=100|730=310.5|15=USD|"
    >>> read_fix(report).holdings.rows[0].cells["quantity"]
    '100'
    """
    mark = "\x01" if "\x01" in text else "|"
    rows: list[SourceRow] = []
    apart: list[Problem] = []
    accounts: dict[str, str] = {}
    for number, message in enumerate(_messages(text, mark), start=1):
        fields = _fields(message, mark)
        told = dict(fields)
        if told.get("35") != "AP":
            apart.append(
                left_out(number, f"a message of type {told.get('35', '')[:4]!r} is no position report")
            )
            continue
        fault = _damage(message, told, mark)
        if fault:
            apart.append(
                Problem(
                    code="damaged_message",
                    detail=f"row {number}: {fault}",
                    remedy="Ask for the report again: what it says cannot be trusted.",
                )
            )
            continue
        cells = {name: told[tag] for tag, name in _CELLS.items() if told.get(tag)}
        cells["currency"] = told.get("15") or told.get("120", "")
        cells["ticker"] = "" if told.get("55", "") in ("", "[N/A]") else told["55"]
        if (source := _SOURCES.get(told.get("22", ""))) and told.get("48"):
            cells[source] = told["48"]
        quantity, others = _quantity(fields)
        if quantity is None:
            apart.append(left_out(number, "states no quantity", "Ask for 704 and 705 of the end of the day."))
            continue
        if others:
            apart.append(left_out(number, f"its quantities of {', '.join(others)} are not taken"))
        cells["quantity"] = quantity
        accounts[cells.get("account", "")] = told.get("120", "")
        kept = {name: cell[:200] for name, cell in cells.items() if cell}
        rows.append(SourceRow(number=number, cells=kept))
    if not rows:
        first = f" {apart[0].detail}." if apart else ""
        raise HoldingsError(
            f"The FIX file holds no position report that can be read.{first}",
            remedy="Give messages of type AP (35=AP).",
        )
    return Source(
        format="fix",
        holdings=Sheet(format="fix", rows=tuple(rows), left_out=tuple(apart)),
        accounts=tuple((account, currency) for account, currency in accounts.items() if account),
    )


def _messages(text: str, mark: str) -> Iterator[str]:
    parts = text.replace(f"{mark}8=FIX", f"{mark}\n8=FIX").splitlines()
    yield from (part.strip() for part in parts if part.strip().startswith("8=FIX"))


def _fields(message: str, mark: str) -> list[tuple[str, str]]:
    return [
        (tag, value.strip())
        for part in message.split(mark)
        if part
        for tag, _, value in [part.partition("=")]
    ]


def _damage(message: str, told: dict[str, str], mark: str) -> str:
    """Say how a message differs from its own checksum, where it carries one."""
    stated = told.get("10", "")
    end = message.rfind(f"{mark}10=")
    if not stated or end < 0 or mark != "\x01":
        return ""  # where the separators were replaced, the sum is of other bytes
    total = sum(message[: end + 1].encode("utf-8", "replace")) % 256
    return "" if stated == f"{total:03d}" else f"its checksum is {stated[:5]}, and its bytes make {total:03d}"


def _quantity(fields: list[tuple[str, str]]) -> tuple[str | None, list[str]]:
    """Return the signed quantity that counts, and the kinds of the others."""
    found: dict[str, list[str]] = {}
    kind = ""
    for tag, value in fields:
        if tag == "703":
            kind = value
            found.setdefault(kind, ["", ""])
        elif tag in ("704", "705") and kind:
            found[kind][tag == "705"] = value
    chosen = next((kind for kind in _QUANTITIES if kind in found), next(iter(found), None))
    if chosen is None:
        return None, []
    long, short = found[chosen]
    others = [kind for kind in found if kind != chosen]
    if _nothing(short):
        return (long or None), others
    if _nothing(long):
        return f"-{short.lstrip('-')}", others
    return None, others  # long and short at once: neither is netted here


def _nothing(cell: str) -> bool:
    return not cell.strip("0.")
