"""Transactions as lots: what is left of each purchase, what each sale realised, what cash remains.

Everything is exact: amounts are split so that the parts add up to the whole to the last decimal given, and
a fault of the data is a problem beside the result, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum

from readthrough.domain.ledger import Closing, Lot, Transaction, TransactionKind
from readthrough.domain.reading import Problem
from readthrough.portfolio.allotting import (
    CORPORATE,
    consideration,
    fault_of,
    parted,
    pooled,
    problem_of,
    rounded,
    scaled,
)

__all__ = ["Book", "LotBook", "Method", "in_order", "keep_book"]

_DIGITS = 60
_ZERO = Decimal(0)


class Method(StrEnum):
    """Which lot a sale closes first.

    `HIFO` realises the smallest gain: of longs the dearest first, of shorts the one that brought least.
    `AVERAGE` keeps one lot an instrument, opened on the day of its first purchase.
    """

    FIFO = "fifo"
    LIFO = "lifo"
    HIFO = "hifo"
    AVERAGE = "average"
    SPECIFIC = "specific"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What transactions add up to at the end of a day."""

    lots: tuple[Lot, ...]
    closings: tuple[Closing, ...]
    removed: tuple[Lot, ...]  # transferred out, at cost
    cash: Mapping[tuple[str, str], Decimal]  # (account, currency) -> balance
    problems: tuple[Problem, ...] = ()

    @property
    def quantities(self) -> dict[str, Decimal]:
        """What is held of each instrument over all accounts, signed; nothing where it adds up to zero."""
        held: dict[str, Decimal] = {}
        for lot in self.lots:
            held[lot.instrument] = held.get(lot.instrument, _ZERO) + lot.quantity
        return {instrument: quantity for instrument, quantity in held.items() if quantity}


def in_order(transactions: Iterable[Transaction]) -> list[Transaction]:
    """Put transactions in the order they take effect: by day, corporate actions first, else as given."""
    return sorted(transactions, key=lambda t: (t.day, t.kind not in CORPORATE))


def keep_book(
    transactions: Iterable[Transaction],
    *,
    method: Method = Method.FIFO,
    opening: Sequence[Lot] = (),
    until: date | None = None,
) -> Book:
    """Turn a history into lots.

    Args:
        transactions: In any order; those of one day take effect in the order given, corporate actions first.
        method: Which lot a sale closes.
        opening: Lots that were there before the first transaction.
        until: The last day that counts; all when None.
    """
    book = LotBook(method=method, opening=opening)
    for transaction in in_order(transactions):
        if until is None or transaction.day <= until:
            book.apply(transaction)
    return book.now()


class LotBook:
    """Lots as they stand while transactions are applied one after the other, in order of day."""

    def __init__(self, *, method: Method = Method.FIFO, opening: Sequence[Lot] = ()) -> None:
        """Start from the lots given."""
        self._method = method
        self._lots: dict[tuple[str, str], list[Lot]] = {}
        self._closings: list[Closing] = []
        self._removed: list[Lot] = []
        self._cash: dict[tuple[str, str], Decimal] = {}
        self._problems: list[Problem] = []
        for lot in opening:
            self._lots.setdefault((lot.account_id, lot.instrument), []).append(lot)

    def now(self) -> Book:
        """Return everything as it stands."""
        return Book(
            lots=tuple(lot for held in self._lots.values() for lot in held),
            closings=tuple(self._closings),
            removed=tuple(self._removed),
            cash={key: balance for key, balance in self._cash.items() if balance},
            problems=tuple(self._problems),
        )

    def quantities(self) -> dict[str, Decimal]:
        """Return what is held of each instrument over all accounts, signed."""
        held: dict[str, Decimal] = {}
        for (_, instrument), lots in self._lots.items():
            total = sum((lot.quantity for lot in lots), _ZERO)
            if total:
                held[instrument] = held.get(instrument, _ZERO) + total
        return held

    def balances(self) -> dict[str, Decimal]:
        """Return the cash of each currency over all accounts."""
        found: dict[str, Decimal] = {}
        for (_, currency), balance in self._cash.items():
            if balance:
                found[currency] = found.get(currency, _ZERO) + balance
        return found

    def apply(self, transaction: Transaction) -> None:
        """Let one transaction take effect. One that cannot is a problem and changes nothing."""
        with localcontext() as context:
            context.prec = _DIGITS
            context.rounding = ROUND_HALF_EVEN
            fault = fault_of(transaction)
            if fault is None:
                fault = self._currency_fault(transaction)
            if fault is not None:
                self._problems.append(fault)
                return
            _STEPS[transaction.kind](self, transaction)

    def _held(self, transaction: Transaction) -> list[Lot]:
        return self._lots.get((transaction.account_id, transaction.instrument), [])

    def _keep(self, account_id: str, instrument: str, lots: list[Lot]) -> None:
        if lots:
            self._lots[account_id, instrument] = lots
        else:
            self._lots.pop((account_id, instrument), None)

    def _pay(self, transaction: Transaction, amount: Decimal) -> None:
        if amount:
            key = (transaction.account_id, transaction.currency)
            self._cash[key] = self._cash.get(key, _ZERO) + amount

    def _tell(self, transaction: Transaction, code: str, detail: str, remedy: str = "") -> None:
        self._problems.append(problem_of(transaction, code, detail, remedy))

    def _currency_fault(self, transaction: Transaction) -> Problem | None:
        if transaction.kind not in (TransactionKind.BUY, TransactionKind.SELL, TransactionKind.TRANSFER_IN):
            return None
        other = next((lot for lot in self._held(transaction) if lot.currency != transaction.currency), None)
        if other is None:
            return None
        return problem_of(
            transaction,
            "currency_differs",
            f"{transaction.instrument} is held in {other.currency} and this is in {transaction.currency}",
            "Give the line traded in the other currency an instrument of its own.",
        )

    def _trade(self, transaction: Transaction) -> None:
        buying = transaction.kind is TransactionKind.BUY
        total = consideration(transaction)  # paid, or received: positive either way
        self._pay(transaction, -total if buying else total)
        facing = [lot for lot in self._held(transaction) if (lot.quantity < 0) == buying]
        taken = list(self._taken(transaction, facing))
        closed = sum((abs(part.quantity) for part in taken), _ZERO)
        rest = transaction.quantity - closed
        shares = [abs(part.quantity) for part in taken] + ([rest] if rest else [])
        money = parted(total, shares)
        for part, amount in zip(taken, money, strict=False):
            self._close(transaction, part, amount)
        if rest:
            sign = 1 if buying else -1
            self._open(transaction, sign * rest, sign * money[-1])

    def _close(self, transaction: Transaction, part: Lot, amount: Decimal) -> None:
        long = part.quantity >= 0  # zero where only money came back
        self._closings.append(
            Closing(
                lot_id=part.id,
                transaction_id=transaction.id,
                account_id=part.account_id,
                instrument=part.instrument,
                opened=part.opened,
                closed=transaction.day,
                quantity=part.quantity,
                cost=part.cost if long else amount,
                proceeds=amount if long else -part.cost,
                currency=part.currency,
            )
        )

    def _open(self, transaction: Transaction, quantity: Decimal, cost: Decimal) -> None:
        lots = self._held(transaction)
        new = Lot(
            id=transaction.id,
            account_id=transaction.account_id,
            instrument=transaction.instrument,
            opened=transaction.day,
            quantity=quantity,
            cost=cost,
            currency=transaction.currency,
        )
        lots = [*lots, new]
        if self._method is Method.AVERAGE:
            lots = [pooled(lots)]
        self._keep(transaction.account_id, transaction.instrument, lots)

    def _taken(self, transaction: Transaction, lots: Sequence[Lot]) -> Iterator[Lot]:
        """Take a transaction's quantity out of lots in the order the method says; yield what was taken."""
        wanted = transaction.quantity
        if self._method is Method.AVERAGE and len(lots) > 1:
            # corporate actions and opening lots may have left several
            lots = [pooled(lots)]
            self._keep(transaction.account_id, transaction.instrument, list(lots))
        left = {lot.id: lot for lot in self._held(transaction)}
        for lot in self._ordered(transaction, lots):
            if not wanted:
                break
            size = min(wanted, abs(lot.quantity))
            quantity = size if lot.quantity > 0 else -size
            cost = (
                lot.cost
                if size == abs(lot.quantity)
                else rounded(lot.cost * size / abs(lot.quantity), lot.cost)
            )
            wanted -= size
            if size == abs(lot.quantity):
                del left[lot.id]
            else:
                left[lot.id] = replace(lot, quantity=lot.quantity - quantity, cost=lot.cost - cost)
            yield replace(lot, quantity=quantity, cost=cost)
        self._keep(transaction.account_id, transaction.instrument, list(left.values()))

    def _ordered(self, transaction: Transaction, lots: Sequence[Lot]) -> list[Lot]:
        # lots are kept in the order they were opened, and sorting leaves equals in that order
        oldest = sorted(lots, key=lambda lot: lot.opened)
        match self._method:
            case Method.LIFO:
                return oldest[::-1]
            case Method.HIFO:
                return sorted(oldest, key=lambda lot: -lot.cost / abs(lot.quantity))
            case Method.SPECIFIC:
                return self._named(transaction, oldest)
            case Method.FIFO | Method.AVERAGE:
                return oldest

    def _named(self, transaction: Transaction, oldest: list[Lot]) -> list[Lot]:
        by_id = {lot.id: lot for lot in oldest}
        named = [by_id.pop(lot_id) for lot_id in dict.fromkeys(transaction.lot_ids) if lot_id in by_id]
        unknown = [lot_id for lot_id in transaction.lot_ids if all(lot.id != lot_id for lot in oldest)]
        if unknown:
            self._tell(transaction, "unknown_lot", f"names lots that are not open: {', '.join(unknown)}")
        short = transaction.quantity - sum((abs(lot.quantity) for lot in named), _ZERO)
        if short > 0 and by_id:
            self._tell(
                transaction,
                "lots_not_named",
                f"names no lot for {short:f} of {transaction.instrument}: the oldest were taken",
                "Name the lots it closes.",
            )
        return [*named, *by_id.values()]

    def _transfer_in(self, transaction: Transaction) -> None:
        self._pay(transaction, transaction.amount)
        if not transaction.instrument:
            return
        if transaction.cost is None:
            self._tell(
                transaction,
                "no_cost",
                f"brings {transaction.instrument} without its cost, taken as zero",
                "Give the cost, or gains will be overstated.",
            )
        self._open(transaction, transaction.quantity, transaction.cost or _ZERO)

    def _transfer_out(self, transaction: Transaction) -> None:
        self._pay(transaction, transaction.amount)
        if not transaction.instrument:
            return
        held = self._held(transaction)
        total = sum((lot.quantity for lot in held), _ZERO)
        if abs(total) < transaction.quantity:
            self._tell(
                transaction,
                "not_held",
                f"takes out {transaction.quantity:f} of {transaction.instrument}, of which {total:f} is held",
            )
            return
        self._removed.extend(self._taken(transaction, held))

    def _cash_only(self, transaction: Transaction) -> None:
        self._pay(transaction, transaction.amount)

    def _convert(self, transaction: Transaction) -> None:
        self._pay(transaction, transaction.amount)
        key = (transaction.account_id, transaction.other_currency)
        self._cash[key] = self._cash.get(key, _ZERO) + transaction.other_amount

    def _holders(self, transaction: Transaction) -> list[tuple[str, list[Lot]]]:
        """The accounts whose lots a corporate action meets: its own, or all where it names none."""
        found = [
            (account, lots)
            for (account, instrument), lots in self._lots.items()
            if instrument == transaction.instrument and transaction.account_id in ("", account)
        ]
        if not found:
            self._tell(transaction, "not_held", f"a {transaction.kind.replace('_', ' ')} of what is not held")
        return found

    def _split(self, transaction: Transaction) -> None:
        ratio = transaction.ratio_to / transaction.ratio_from
        if transaction.kind is TransactionKind.STOCK_DIVIDEND:
            ratio += 1
        for account, lots in self._holders(transaction):
            new = scaled([lot.quantity for lot in lots], ratio)
            moved = [replace(lot, quantity=q) for lot, q in zip(lots, new, strict=True)]
            self._keep(account, transaction.instrument, moved)

    def _spin_off(self, transaction: Transaction) -> None:
        share = transaction.cost_share
        if share is None:
            self._tell(
                transaction,
                "no_cost_share",
                f"says not how much of the cost of {transaction.instrument} goes to {transaction.into}:"
                " all of it stays",
                "Give cost_share, as the issuer publishes it.",
            )
            share = _ZERO
        ratio = transaction.ratio_to / transaction.ratio_from
        for account, lots in self._holders(transaction):
            quantities = scaled([lot.quantity for lot in lots], ratio)
            costs = [rounded(lot.cost * share, lot.cost) for lot in lots]
            kept = [replace(lot, cost=lot.cost - cost) for lot, cost in zip(lots, costs, strict=True)]
            self._keep(account, transaction.instrument, kept)
            self._receive(transaction, account, lots, quantities, costs)

    def _merge(self, transaction: Transaction) -> None:
        holders = self._holders(transaction)
        everything = [lot for _, lots in holders for lot in lots]
        money = iter(parted(transaction.amount, [abs(lot.quantity) for lot in everything]))
        ratio = transaction.ratio_to / transaction.ratio_from
        for account, lots in holders:
            cash = [next(money) for _ in lots]
            self._pay(replace(transaction, account_id=account), sum(cash, _ZERO))
            self._keep(account, transaction.instrument, [])
            kept = [
                self._for_cash(transaction, lot, amount, all_of_it=not ratio)
                for lot, amount in zip(lots, cash, strict=True)
            ]
            if ratio:
                quantities = scaled([lot.quantity for lot in lots], ratio)
                self._receive(transaction, account, lots, quantities, kept)

    def _for_cash(self, transaction: Transaction, lot: Lot, amount: Decimal, *, all_of_it: bool) -> Decimal:
        """Realise what a merger pays in cash for a lot; return the cost that goes over to the new one."""
        if all_of_it:
            given_up = lot.cost
        elif transaction.cost_share is not None:
            given_up = lot.cost - rounded(lot.cost * transaction.cost_share, lot.cost)
        else:
            # cash beside shares gives cost back first, and is gain only beyond it
            given_up = min(amount, lot.cost) if lot.cost > 0 else max(amount, lot.cost)
        if all_of_it or given_up != amount:
            part = replace(lot, quantity=lot.quantity if all_of_it else _ZERO, cost=given_up)
            self._closings.append(
                Closing(
                    lot_id=lot.id,
                    transaction_id=transaction.id,
                    account_id=lot.account_id,
                    instrument=lot.instrument,
                    opened=lot.opened,
                    closed=transaction.day,
                    quantity=part.quantity,
                    cost=given_up if lot.quantity > 0 else -amount,
                    proceeds=amount if lot.quantity > 0 else -given_up,
                    currency=lot.currency,
                )
            )
        return lot.cost - given_up

    def _receive(
        self,
        transaction: Transaction,
        account: str,
        lots: Sequence[Lot],
        quantities: Sequence[Decimal],
        costs: Sequence[Decimal],
    ) -> None:
        there = self._lots.get((account, transaction.into), [])
        new = [
            replace(lot, id=f"{lot.id}>{transaction.into}", instrument=transaction.into, quantity=q, cost=c)
            for lot, q, c in zip(lots, quantities, costs, strict=True)
            if q
        ]
        self._keep(account, transaction.into, sorted([*there, *new], key=lambda lot: lot.opened))

    def _rename(self, transaction: Transaction) -> None:
        for account, lots in self._holders(transaction):
            there = self._lots.get((account, transaction.into), [])
            self._keep(account, transaction.instrument, [])
            moved = [replace(lot, instrument=transaction.into) for lot in lots]
            self._keep(account, transaction.into, sorted([*there, *moved], key=lambda lot: lot.opened))

    def _return_capital(self, transaction: Transaction) -> None:
        self._pay(transaction, transaction.amount)
        lots = self._held(transaction)
        if not lots:
            self._tell(transaction, "not_held", "returns capital on what is not held")
            return
        kept = []
        for lot, amount in zip(
            lots, parted(transaction.amount, [abs(lot.quantity) for lot in lots]), strict=True
        ):
            given_back = min(amount, lot.cost) if lot.cost > 0 else max(amount, lot.cost)
            kept.append(replace(lot, cost=lot.cost - given_back))
            if amount != given_back:
                self._close(transaction, replace(lot, quantity=_ZERO, cost=_ZERO), amount - given_back)
        self._keep(transaction.account_id, transaction.instrument, kept)


_STEPS = {
    TransactionKind.BUY: LotBook._trade,
    TransactionKind.SELL: LotBook._trade,
    TransactionKind.DEPOSIT: LotBook._cash_only,
    TransactionKind.WITHDRAWAL: LotBook._cash_only,
    TransactionKind.TRANSFER_IN: LotBook._transfer_in,
    TransactionKind.TRANSFER_OUT: LotBook._transfer_out,
    TransactionKind.DIVIDEND: LotBook._cash_only,
    TransactionKind.INTEREST: LotBook._cash_only,
    TransactionKind.FEE: LotBook._cash_only,
    TransactionKind.TAX: LotBook._cash_only,
    TransactionKind.CONVERSION: LotBook._convert,
    TransactionKind.SPLIT: LotBook._split,
    TransactionKind.STOCK_DIVIDEND: LotBook._split,
    TransactionKind.SPIN_OFF: LotBook._spin_off,
    TransactionKind.MERGER: LotBook._merge,
    TransactionKind.SYMBOL_CHANGE: LotBook._rename,
    TransactionKind.RETURN_OF_CAPITAL: LotBook._return_capital,
}
