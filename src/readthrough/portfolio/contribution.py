"""What each holding added to a portfolio that trades: daily contributions that link to its return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from readthrough.domain.ledger import Transaction, TransactionKind
from readthrough.domain.reading import Problem
from readthrough.portfolio.history import ValuedDay
from readthrough.portfolio.performance import CashFlow, FlowKind, Valuation
from readthrough.portfolio.prices import PriceTable, RateTable
from readthrough.portfolio.returns import Floats, carino, linked, linked_contributions

__all__ = ["ContributionPart", "ContributionTable", "contribution_table", "flows_of", "valuations_of"]

_SWAPS = frozenset({TransactionKind.SYMBOL_CHANGE, TransactionKind.MERGER, TransactionKind.SPIN_OFF})


def valuations_of(days: Iterable[ValuedDay]) -> tuple[Valuation, ...]:
    """Return the days that could be valued, from the first on which there was money."""
    found = [Valuation(day=d.day, value=float(d.value)) for d in days if d.value is not None]
    first = next((i for i, mark in enumerate(found) if mark.value != 0), len(found))
    return tuple(found[first:])


def flows_of(days: Iterable[ValuedDay]) -> tuple[CashFlow, ...] | str:
    """Return flows and fees by day, or why they are not known."""
    found: list[CashFlow] = []
    for each in days:
        if each.flow is None:
            return f"what came in or went out on {each.day} cannot be valued"
        if each.flow:
            found.append(CashFlow(day=each.day, amount=float(each.flow)))
        if each.fees:
            found.append(CashFlow(day=each.day, amount=float(each.fees), kind=FlowKind.FEE))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionPart:
    """One holding's part of the return over the window, decimals.

    `currency` is the part of it that exchange rates made, the cross term included; `weight` the mean share
    of the value at the start of days.
    """

    instrument: str  # empty for cash and fees
    weight: float
    contribution: float
    currency: float

    @property
    def local(self) -> float:
        """The part in the holding's own currency."""
        return self.contribution - self.currency


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionTable:
    """Parts that sum to `total`, the time-weighted return net of fees; `reason` where there are none."""

    parts: tuple[ContributionPart, ...]
    total: float
    local: float
    currency: float
    problems: tuple[Problem, ...] = ()
    reason: str = ""


def contribution_table(
    days: Sequence[ValuedDay],
    transactions: Iterable[Transaction],
    *,
    prices: PriceTable,
    rates: RateTable,
    base: str,
) -> ContributionTable:
    """Part each day's return by holding and link (Carino).

    A holding's day is its value less the value before, plus the cash its trades and dividends brought,
    over the portfolio's value the day before: flows come at the end of their day. What is left is cash:
    its exchange rates, interest, fees and taxes. A symbol change, merger or spin-off belongs to the old
    holding.

    Args:
        days: Every day valued, in order, from the opening on.
        transactions: Those of the days.
        prices: For what was transferred in kind.
        rates: Exchange rates.
        base: The currency of it all.
    """
    marks = [each for each in days if each.value is not None]
    first = next((i for i, each in enumerate(marks) if each.value), len(marks))
    marks = marks[first:]
    if len(marks) < 2:
        return _none("it takes two days with a value")
    if any(each.value is None for each in days if each.day >= marks[0].day):
        return _none("some days could not be valued, so what happened on them has no holding to go to")
    if any(not each.value or each.value <= 0 for each in marks[:-1]):
        return _none("the portfolio was worth nothing on a day, so there is nothing to set gains against")
    if isinstance(flows_of(marks[1:]), str):
        return _none("a flow is not known")
    names = sorted({line.instrument for each in marks for line in each.held if line.instrument})
    row = {name: i for i, name in enumerate(names)}
    place = {each.day: i for i, each in enumerate(marks)}
    values = np.zeros((len(names), len(marks)))
    for j, each in enumerate(marks):
        for line in each.held:
            if line.instrument:
                values[row[line.instrument], j] = float(line.value or 0)
    history = list(transactions)
    cash, problems = _cash(history, place, row, [each.day for each in marks], prices, rates, base, values)
    totals = np.array([float(each.value or 0) for each in marks])
    flows = np.array([float(each.flow or 0) for each in marks])
    returns = (totals[1:] - flows[1:]) / totals[:-1] - 1.0
    gains = (values[:, 1:] - values[:, :-1] + cash[:, 1:]) / totals[:-1]
    moved = _currency(marks, row, prices, rates, base, values, _splits(history)) / totals[:-1]
    parts = np.vstack([gains, returns - gains.sum(axis=0)])
    effect = np.vstack([moved, _cash_currency(marks, rates, base) / totals[:-1]])
    if np.any(returns <= -1.0):
        return _none("all was lost on a day, so contributions cannot be linked")
    # one set of factors for both: the currency part is a part of each contribution
    whole = linked_contributions(parts)
    factors = carino(returns) / carino(linked(returns))
    weights = np.vstack([values[:, :-1], totals[:-1] - values[:, :-1].sum(axis=0)]) / totals[:-1]
    linked_effect = effect @ factors
    made = [
        ContributionPart(
            instrument=name,
            weight=float(weights[i].mean()),
            contribution=float(whole[i]),
            currency=float(linked_effect[i]),
        )
        for i, name in enumerate([*names, ""])
    ]
    made.sort(key=lambda part: -part.contribution)
    total = float(linked(returns))
    by_currency = float(linked_effect.sum())
    return ContributionTable(
        parts=tuple(made),
        total=total,
        local=total - by_currency,
        currency=by_currency,
        problems=tuple(problems),
    )


def _cash(
    transactions: Iterable[Transaction],
    place: dict[date, int],
    row: dict[str, int],
    days: Sequence[date],
    prices: PriceTable,
    rates: RateTable,
    base: str,
    values: Floats,
) -> tuple[Floats, list[Problem]]:
    """Return the cash each holding brought (or took, below zero) by day, in base currency."""
    cash = np.zeros((len(row), len(days)))
    problems: list[Problem] = []
    swaps: list[tuple[int, int, int]] = []
    for each in transactions:
        if each.instrument not in row or not days[0] < each.day <= days[-1]:
            continue
        column = place.get(each.day)
        if column is None:
            column = next(i for i, day in enumerate(days) if day >= each.day)
        at = row[each.instrument]
        if each.kind in (TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT):
            cash[at, column] -= _transferred(each, prices, rates, base)
            continue
        if each.kind in _SWAPS and each.into in row:
            swaps.append((at, row[each.into], column))
        if each.amount:
            rate = rates.at(each.currency or base, base, each.day)
            if rate is None:
                problems.append(
                    Problem(code="no_rate", detail=f"{each.day}: no rate from {each.currency} to {base}")
                )
                continue
            cash[at, column] += float(each.amount * rate.value)
    for old, new, column in swaps:
        came = values[new, column] - values[new, column - 1] + cash[new, column]
        cash[old, column] += came
        cash[new, column] -= came
    return cash, problems


def _transferred(each: Transaction, prices: PriceTable, rates: RateTable, base: str) -> float:
    price = prices.at(each.instrument, each.day)
    rate = None if price is None else rates.at(price.currency, base, each.day)
    if price is None or rate is None:
        return 0.0  # the flow itself is then unknown, and `flows_of` has said so
    sign = Decimal(-1 if each.kind is TransactionKind.TRANSFER_OUT else 1)
    return float(sign * each.quantity * price.value * rate.value)


def _currency(
    marks: Sequence[ValuedDay],
    row: dict[str, int],
    prices: PriceTable,
    rates: RateTable,
    base: str,
    values: Floats,
    splits: Mapping[tuple[str, date], float],
) -> Floats:
    """Return what exchange rates made of what was held at the start of each day, in base currency.

    A value at today's price and yesterday's rate, less at today's rate: the cross term is included. On a
    day of trades it is of what was held before them.
    """
    moved = np.zeros((len(row), len(marks) - 1))
    for j in range(1, len(marks)):
        before, day = marks[j - 1].day, marks[j].day
        for line in marks[j - 1].held:
            if not line.instrument or line.currency in ("", base) or not line.price:
                continue
            change = _rate_change(line.currency, base, before, day, rates)
            later = prices.at(line.instrument, day)
            grown = 1.0 if later is None else float(later.value / line.price)
            grown *= splits.get((line.instrument, day), 1.0)
            moved[row[line.instrument], j - 1] = values[row[line.instrument], j - 1] * grown * change
    return moved


def _splits(transactions: Iterable[Transaction]) -> dict[tuple[str, date], float]:
    """Return how many units each became, by instrument and day."""
    found: dict[tuple[str, date], float] = {}
    for each in transactions:
        if each.kind is TransactionKind.SPLIT:
            found[each.instrument, each.day] = float(each.ratio_to / each.ratio_from)
        elif each.kind is TransactionKind.STOCK_DIVIDEND:
            found[each.instrument, each.day] = 1.0 + float(each.ratio_to / each.ratio_from)
    return found


def _cash_currency(marks: Sequence[ValuedDay], rates: RateTable, base: str) -> Floats:
    moved = np.zeros(len(marks) - 1)
    for j in range(1, len(marks)):
        for line in marks[j - 1].held:
            if not line.instrument and line.currency != base and line.value:
                change = _rate_change(line.currency, base, marks[j - 1].day, marks[j].day, rates)
                moved[j - 1] += float(line.value) * change
    return moved


def _rate_change(currency: str, base: str, before: date, after: date, rates: RateTable) -> float:
    one, other = rates.at(currency, base, before), rates.at(currency, base, after)
    return float(other.value / one.value) - 1.0 if one is not None and other is not None else 0.0


def _none(reason: str) -> ContributionTable:
    return ContributionTable(parts=(), total=0.0, local=0.0, currency=0.0, reason=reason)
