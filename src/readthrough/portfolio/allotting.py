"""The arithmetic behind lots: sums parted without a cent lost, and what transactions that mean nothing lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from readthrough.domain.ledger import Lot, Transaction, TransactionKind
from readthrough.domain.reading import Problem

__all__ = [
    "CORPORATE",
    "consideration",
    "fault_of",
    "parted",
    "pooled",
    "problem_of",
    "rounded",
    "scaled",
]

CORPORATE: Final = frozenset(
    {
        TransactionKind.SPLIT,
        TransactionKind.STOCK_DIVIDEND,
        TransactionKind.SPIN_OFF,
        TransactionKind.MERGER,
        TransactionKind.SYMBOL_CHANGE,
    }
)
"""The kinds that an issuer does, not a holder: they take effect before a day's trades."""

_QUANTITY_PLACES = 10  # decimals of a quantity after a corporate action; custodians keep at most 8
_MONEY_PLACES = 2  # at least; as many as the amount itself has
_ZERO = Decimal(0)


def consideration(transaction: Transaction) -> Decimal:
    """Return what a trade cost or brought: as stated, else quantity times price with fees and taxes."""
    if transaction.amount:
        return abs(transaction.amount)
    gross = transaction.quantity * transaction.price
    costs = transaction.fees + transaction.taxes
    return gross + costs if transaction.kind is TransactionKind.BUY else gross - costs


def fault_of(transaction: Transaction) -> Problem | None:
    """Return why a transaction means nothing, if it does not."""
    kind = transaction.kind
    if transaction.quantity < 0:
        return problem_of(
            transaction, "negative_quantity", "its quantity is negative", "The kind says which way."
        )
    moves = kind in (TransactionKind.BUY, TransactionKind.SELL)
    if (
        moves or kind in CORPORATE or kind is TransactionKind.RETURN_OF_CAPITAL
    ) and not transaction.instrument:
        return problem_of(transaction, "no_instrument", f"a {kind} names no instrument")
    if (moves or (transaction.is_external and transaction.instrument)) and not transaction.quantity:
        return problem_of(transaction, "no_quantity", f"a {kind.replace('_', ' ')} without a quantity")
    if transaction.ratio_to < 0 or transaction.ratio_from <= 0:
        return problem_of(transaction, "bad_ratio", "a ratio needs two figures above zero")
    if kind in (TransactionKind.SPLIT, TransactionKind.SPIN_OFF) and not transaction.ratio_to:
        return problem_of(transaction, "bad_ratio", "a ratio needs two figures above zero")
    needs_other = kind in (TransactionKind.SPIN_OFF, TransactionKind.SYMBOL_CHANGE)
    needs_other = needs_other or (kind is TransactionKind.MERGER and transaction.ratio_to > 0)
    if needs_other and not transaction.into:
        return problem_of(
            transaction, "no_instrument", f"a {kind.replace('_', ' ')} says not what is received"
        )
    if transaction.cost_share is not None and not 0 <= transaction.cost_share <= 1:
        return problem_of(transaction, "bad_cost_share", "cost_share must lie between 0 and 1")
    return None


def problem_of(transaction: Transaction, code: str, detail: str, remedy: str = "") -> Problem:
    where = f"row {transaction.source_row}" if transaction.source_row else f"transaction {transaction.id}"
    return Problem(code=code, detail=f"{where} ({transaction.day}): {detail}", remedy=remedy)


def pooled(lots: Sequence[Lot]) -> Lot:
    """Put lots of one instrument together: opened with the first, at the cost of all."""
    first = min(lots, key=lambda lot: lot.opened)
    quantity = sum((lot.quantity for lot in lots), _ZERO)
    return replace(first, quantity=quantity, cost=sum((lot.cost for lot in lots), _ZERO))


def parted(total: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """Part a sum in proportion, each part rounded, all of them adding up to it exactly."""
    whole = sum(shares, _ZERO)
    parts: list[Decimal] = []
    done = reached = _ZERO
    for share in shares:
        reached += share
        upto = total if reached == whole or not whole else rounded(total * reached / whole, total)
        parts.append(upto - done)
        done = upto
    return parts


def scaled(quantities: Sequence[Decimal], ratio: Decimal) -> list[Decimal]:
    """Multiply quantities so that the sum is the sum multiplied, rounded once."""
    places = Decimal(1).scaleb(-_QUANTITY_PLACES)
    parts: list[Decimal] = []
    done = reached = _ZERO
    for quantity in quantities:
        reached += quantity
        upto = (reached * ratio).quantize(places).normalize() + 0
        parts.append(upto - done)
        done = upto
    return parts


def rounded(amount: Decimal, like: Decimal) -> Decimal:
    """Round to cents, or to as many decimals as the sum that is parted has."""
    exponent = like.as_tuple().exponent
    places = max(_MONEY_PLACES, -exponent if isinstance(exponent, int) else 0)
    return amount.quantize(Decimal(1).scaleb(-places))
