"""What was held, what it was worth and what came from outside, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from readthrough.domain.ledger import Lot, Transaction, TransactionKind
from readthrough.domain.reading import Problem
from readthrough.portfolio.lots import LotBook, Method, in_order
from readthrough.portfolio.prices import PriceTable, Quote, RateTable, major_unit

__all__ = ["HeldValue", "ValuedDay", "value_days"]

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldValue:
    """One instrument, or the cash of one currency, at the end of a day.

    `value` is in base currency, None where a price or a rate is not known. `price_age_days` and
    `rate_age_days` say how old what it was valued with was.
    """

    instrument: str  # empty for cash
    quantity: Decimal  # of cash, the balance
    currency: str
    value: Decimal | None
    price: Decimal | None = None
    price_age_days: int = 0
    rate_age_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedDay:
    """A portfolio at the end of a day, in base currency.

    `flow` is what came in from outside on the day less what went out, securities at the day's price;
    it is None where a price or rate for that is not known. `fees` are those of management and custody
    (negative when paid); trading costs are in the trades. `value` is None when a part of it is not known.
    """

    day: date
    value: Decimal | None
    flow: Decimal | None
    fees: Decimal
    income: Decimal  # dividends and interest received
    held: tuple[HeldValue, ...]
    problems: tuple[Problem, ...] = ()


def value_days(
    transactions: Iterable[Transaction],
    *,
    prices: PriceTable,
    rates: RateTable,
    base: str,
    days: Sequence[date],
    opening: Sequence[Lot] = (),
    method: Method = Method.FIFO,
    max_age_days: int = 10,
) -> Iterator[ValuedDay]:
    """Value a portfolio on each of the days given.

    A price or rate older than `max_age_days` calendar days counts as missing: then the value of what
    it belongs to, and of the whole, is None, and a problem says so. Flows of days between two given
    ones fall on the later.

    Args:
        transactions: The history of all accounts of the portfolio.
        prices: Unadjusted closes.
        rates: Exchange rates.
        base: The currency to value in.
        days: In ascending order.
        opening: Lots held before the first transaction.
        method: Which lot a sale closes.
        max_age_days: Beyond which a price or a rate is not used.
    """
    book = LotBook(method=method, opening=opening)
    waiting = in_order(transactions)
    at = 0
    money = _Money(prices, rates, base, max_age_days)
    for day in days:
        flow: Decimal | None = _ZERO
        fees = income = _ZERO
        problems: list[Problem] = []
        while at < len(waiting) and waiting[at].day <= day:
            transaction = waiting[at]
            at += 1
            book.apply(transaction)
            if transaction.is_external:
                came = money.flow(transaction, problems)
                flow = None if flow is None or came is None else flow + came
            elif transaction.kind is TransactionKind.FEE:
                fees += money.cash(transaction.amount, transaction.currency, transaction.day) or _ZERO
            elif transaction.kind in (TransactionKind.DIVIDEND, TransactionKind.INTEREST):
                income += money.cash(transaction.amount, transaction.currency, transaction.day) or _ZERO
        held = tuple(_held(book, money, day))
        problems.extend(_missing(held, day, base))
        known = [line.value for line in held if line.value is not None]
        value = sum(known, _ZERO) if len(known) == len(held) else None
        yield ValuedDay(
            day=day, value=value, flow=flow, fees=fees, income=income, held=held, problems=tuple(problems)
        )


class _Money:
    """Turns quantities and amounts into base currency."""

    def __init__(self, prices: PriceTable, rates: RateTable, base: str, max_age_days: int) -> None:
        self.prices, self.rates, self.base, self.max_age_days = prices, rates, base, max_age_days

    def usable(self, quote: Quote | None) -> Quote | None:
        return quote if quote is not None and quote.age_days <= self.max_age_days else None

    def cash(self, amount: Decimal, currency: str, day: date) -> Decimal | None:
        rate = self.usable(self.rates.at(currency, self.base, day))
        return None if rate is None else amount * rate.value

    def held(self, instrument: str, quantity: Decimal, day: date) -> HeldValue:
        price = self.usable(self.prices.at(instrument, day))
        if price is None:
            return HeldValue(instrument=instrument, quantity=quantity, currency="", value=None)
        rate = self.usable(self.rates.at(price.currency, self.base, day))
        return HeldValue(
            instrument=instrument,
            quantity=quantity,
            currency=major_unit(price.currency)[0],
            value=None if rate is None else quantity * price.value * rate.value,
            price=price.value,
            price_age_days=price.age_days,
            rate_age_days=0 if rate is None else rate.age_days,
        )

    def flow(self, transaction: Transaction, problems: list[Problem]) -> Decimal | None:
        came = self.cash(transaction.amount, transaction.currency or self.base, transaction.day)
        if transaction.instrument:
            sign = -1 if transaction.kind is TransactionKind.TRANSFER_OUT else 1
            moved = self.held(transaction.instrument, sign * transaction.quantity, transaction.day).value
            came = None if came is None or moved is None else came + moved
        if came is None:
            problems.append(
                Problem(
                    code="flow_unknown",
                    detail=f"{transaction.day}: what came in or went out by {transaction.id} cannot be"
                    f" valued in {self.base}",
                    remedy="Give the price and the rate of that day.",
                )
            )
        return came


def _held(book: LotBook, money: _Money, day: date) -> Iterator[HeldValue]:
    for instrument, quantity in book.quantities().items():
        yield money.held(instrument, quantity, day)
    for currency, balance in book.balances().items():
        rate = money.usable(money.rates.at(currency, money.base, day))
        yield HeldValue(
            instrument="",
            quantity=balance,
            currency=currency,
            value=None if rate is None else balance * rate.value,
            rate_age_days=0 if rate is None else rate.age_days,
        )


def _missing(held: Iterable[HeldValue], day: date, base: str) -> Iterator[Problem]:
    for line in held:
        if line.value is not None:
            continue
        if line.instrument and line.price is None:
            yield Problem(
                code="no_price",
                detail=f"{day}: no price of {line.instrument} that is recent enough",
                remedy="Import prices: `readthrough portfolio prices import prices.csv`.",
            )
        else:
            yield Problem(
                code="no_rate",
                detail=f"{day}: no rate from {line.currency} to {base} that is recent enough",
                remedy="Import rates: `readthrough portfolio prices import rates.csv`.",
            )
