"""What the books say beside what the custodian says: line by line, to the last cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.portfolio.currencies import is_currency
from readthrough.portfolio.lots import Book

__all__ = ["Break", "Figures", "Reconciled", "Reconciliation", "own_figures", "reconcile", "stated_figures"]

_ZERO: Final = Decimal(0)
_CENT: Final = Decimal("0.01")


class Break(StrEnum):
    """How a line differs."""

    NONE = "none"
    QUANTITY = "quantity"
    COST = "cost"
    VALUE = "value"
    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One instrument, or the cash of one currency, in one account. None where a side does not state it."""

    quantity: Decimal
    cost: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One line of the report. Differences are ours less theirs."""

    account_id: str
    instrument: str
    cash: bool
    kind: Break
    ours: Figures | None
    theirs: Figures | None

    @property
    def quantity_difference(self) -> Decimal:
        """Of quantity, or of the balance."""
        return (self.ours.quantity if self.ours else _ZERO) - (self.theirs.quantity if self.theirs else _ZERO)

    @property
    def cost_difference(self) -> Decimal | None:
        """Of cost, where both state one."""
        ours, theirs = self.ours, self.theirs
        if ours is None or theirs is None or ours.cost is None or theirs.cost is None:
            return None
        return ours.cost - theirs.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The report; what agrees stands in it too."""

    lines: tuple[Reconciled, ...]

    @property
    def breaks(self) -> tuple[Reconciled, ...]:
        """The lines that differ."""
        return tuple(line for line in self.lines if line.kind is not Break.NONE)

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not self.breaks


Sides = Mapping[tuple[str, str], Figures]


def own_figures(book: Book) -> Sides:
    """Return what lots and cash add up to, by account and instrument; cash stands under its currency."""
    found: dict[tuple[str, str], Figures] = {}
    for lot in book.lots:
        key = lot.account_id, lot.instrument
        before = found.get(key)
        found[key] = Figures(
            quantity=lot.quantity + (before.quantity if before else _ZERO),
            cost=lot.cost + (before.cost or _ZERO if before else _ZERO),
        )
    found |= {key: Figures(quantity=balance) for key, balance in book.cash.items()}
    return {key: figures for key, figures in found.items() if figures.quantity}


def stated_figures(portfolio: Portfolio) -> Sides:
    """Return what a custodian's holdings add up to, by account and instrument."""
    found: dict[tuple[str, str], list[Holding]] = {}
    for line in portfolio.holdings:
        found.setdefault((line.account_id, line.ticker), []).append(line)
    return {
        key: Figures(
            quantity=sum((_size(line) for line in lines), _ZERO),
            cost=_sum(line.cost_basis for line in lines),
            value=_sum(line.market_value for line in lines),
        )
        for key, lines in found.items()
    }


def _size(line: Holding) -> Decimal:
    # a custodian may state the value of a balance and no quantity
    return (
        line.market_value
        if is_currency(line.ticker) and not line.quantity and line.market_value
        else line.quantity
    )


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    given = list(figures)
    return (
        None if any(figure is None for figure in given) else sum((f for f in given if f is not None), _ZERO)
    )


def reconcile(ours: Sides, theirs: Sides, *, tolerance: Decimal = _CENT) -> Reconciliation:
    """Compare two sides.

    Args:
        ours: As `own_figures` or `stated_figures` returns it.
        theirs: The same of the custodian's file.
        tolerance: How far cost, value and cash may differ; quantities must be equal.

    Returns:
        A line for each account and instrument on either side, what differs first.
    """
    lines = []
    for account, instrument in sorted({*ours, *theirs}):
        mine, other = ours.get((account, instrument)), theirs.get((account, instrument))
        cash = is_currency(instrument)
        lines.append(
            Reconciled(
                account_id=account,
                instrument=instrument,
                cash=cash,
                kind=_break(mine, other, tolerance, cash=cash),
                ours=mine,
                theirs=other,
            )
        )
    return Reconciliation(lines=tuple(sorted(lines, key=lambda line: line.kind is Break.NONE)))


def _break(mine: Figures | None, other: Figures | None, tolerance: Decimal, *, cash: bool) -> Break:
    if mine is None or other is None:
        left = mine or other
        if left is not None and cash and abs(left.quantity) <= tolerance:
            return Break.NONE
        return Break.ONLY_OURS if other is None else Break.ONLY_THEIRS
    if abs(mine.quantity - other.quantity) > (tolerance if cash else _ZERO):
        return Break.QUANTITY
    if mine.cost is not None and other.cost is not None and abs(mine.cost - other.cost) > tolerance:
        return Break.COST
    if mine.value is not None and other.value is not None and abs(mine.value - other.value) > tolerance:
        return Break.VALUE
    return Break.NONE
