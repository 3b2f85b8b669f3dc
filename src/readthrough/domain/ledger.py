"""What happened in an account, what is left of it as lots, and what things cost on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

__all__ = [
    "EXTERNAL",
    "Account",
    "Benchmark",
    "Closing",
    "Constituent",
    "Fund",
    "Lot",
    "Price",
    "Rate",
    "Transaction",
    "TransactionKind",
    "Watchlist",
]


class TransactionKind(StrEnum):
    """What a transaction did. A sale of what is not held opens a short; a purchase of it covers."""

    BUY = "buy"
    SELL = "sell"
    DEPOSIT = "deposit"  # money from outside
    WITHDRAWAL = "withdrawal"
    TRANSFER_IN = "transfer_in"  # securities from outside, at the cost they bring
    TRANSFER_OUT = "transfer_out"
    DIVIDEND = "dividend"
    INTEREST = "interest"
    FEE = "fee"  # management, custody, data: not the commission of a trade
    TAX = "tax"
    CONVERSION = "conversion"  # one currency for another
    SPLIT = "split"  # `ratio_to` new for `ratio_from` old; a reverse split has the smaller one first
    STOCK_DIVIDEND = "stock_dividend"  # `ratio_to` further ones on each `ratio_from`; the cost is spread
    SPIN_OFF = "spin_off"  # `ratio_to` of `into` on each `ratio_from`; `cost_share` of the cost goes along
    MERGER = "merger"  # `ratio_to` of `into` for each `ratio_from`, and cash where `amount` is not zero
    SYMBOL_CHANGE = "symbol_change"
    RETURN_OF_CAPITAL = "return_of_capital"  # lowers the cost of what is held


EXTERNAL: Final = frozenset(
    {
        TransactionKind.DEPOSIT,
        TransactionKind.WITHDRAWAL,
        TransactionKind.TRANSFER_IN,
        TransactionKind.TRANSFER_OUT,
    }
)
"""The kinds that bring value in from outside or take it out: flows, not return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One line of an account's history, as the custodian states it.

    `quantity` is never negative: the kind says which way. `amount` is the effect on the cash balance in
    `currency`, signed (a purchase is negative) and net of `fees` and `taxes`, which are never negative.
    A transfer of securities has no effect on cash: its `amount` is zero and `cost` says what they bring.
    """

    id: str
    account_id: str
    day: date  # of the trade, or of the payment
    kind: TransactionKind
    instrument: str = ""  # as `Holding.ticker`; empty for cash alone
    quantity: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    currency: str = ""
    fees: Decimal = Decimal(0)
    taxes: Decimal = Decimal(0)
    cost: Decimal | None = None  # of securities transferred in
    into: str = ""  # instrument received instead or besides
    ratio_to: Decimal = Decimal(1)
    ratio_from: Decimal = Decimal(1)
    cost_share: Decimal | None = None  # in [0, 1]
    other_amount: Decimal = Decimal(0)  # a conversion's other side, signed
    other_currency: str = ""
    lot_ids: tuple[str, ...] = ()  # what a sale closes, where it says
    source: str = ""
    source_row: int = 0

    @property
    def is_external(self) -> bool:
        """Whether value came from outside or went out."""
        return self.kind in EXTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What is left of one purchase. Of a short, quantity and cost are both negative."""

    id: str
    account_id: str
    instrument: str
    opened: date
    quantity: Decimal
    cost: Decimal  # of all of it, in `currency`, fees included
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A lot, or a part of it, sold or covered. `gain` is `proceeds` less `cost`, in `currency`, after fees.

    Of a short, `cost` is what it took to cover and `proceeds` what the sale had brought.
    """

    lot_id: str
    transaction_id: str
    account_id: str
    instrument: str
    opened: date
    closed: date
    quantity: Decimal  # signed as the lot's
    cost: Decimal
    proceeds: Decimal
    currency: str

    @property
    def gain(self) -> Decimal:
        """What was realised."""
        return self.proceeds - self.cost

    @property
    def days_held(self) -> int:
        """Calendar days from opening to closing."""
        return (self.closed - self.opened).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The close of an instrument on a day, unadjusted, in the currency it is quoted in (GBp for pence)."""

    instrument: str
    day: date
    close: Decimal
    currency: str
    source: str = ""
    volume: Decimal | None = None  # units traded that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`rate` units of `base` for one unit of `currency` on a day."""

    currency: str
    base: str
    day: date
    rate: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where holdings lie: at one custodian, in one reporting currency, for one portfolio."""

    id: str
    portfolio_id: str
    name: str = ""
    custodian: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituent:
    """A member of a benchmark or of a fund; `weight` is a decimal share of the whole."""

    instrument: str
    weight: Decimal
    issuer_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """What a portfolio is measured against: its members on a day, or an index by its instrument alone."""

    id: str
    name: str
    as_of: date | None = None
    constituents: tuple[Constituent, ...] = ()
    instrument: str = ""  # whose prices are the benchmark's level
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """What a fund that may be held holds itself, on a day: holdings are looked through to these."""

    instrument: str
    as_of: date | None
    constituents: tuple[Constituent, ...]
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """Instruments somebody follows without holding them."""

    id: str
    name: str
    instruments: tuple[str, ...]
