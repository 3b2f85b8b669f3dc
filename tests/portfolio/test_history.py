"""Portfolios day by day: value, flows, and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from readthrough.domain.ledger import Price, Rate, Transaction, TransactionKind
from readthrough.portfolio.history import value_days
from readthrough.portfolio.prices import PriceTable, RateTable

K = TransactionKind
D = Decimal


def transaction(n: int, kind: K, amount: str, **fields: object) -> Transaction:
    values: dict[str, object] = {"currency": "USD"} | fields
    return Transaction(
        id=f"t{n}",
        account_id="a",
        day=date(2026, 3, n),
        kind=kind,
        amount=D(amount),
        **values,  # type: ignore[arg-type]
    )


PRICES = PriceTable(
    [
        Price(instrument="SHEL.L", day=date(2026, 3, 2), close=D(2500), currency="GBp"),
        Price(instrument="SHEL.L", day=date(2026, 3, 4), close=D(2600), currency="GBp"),
    ]
)
RATES = RateTable([Rate(currency="GBP", base="USD", day=date(2026, 3, 2), rate=D("1.30"))])


def test_days_are_valued_and_flows_told_apart_from_gains() -> None:
    history = [
        transaction(2, K.DEPOSIT, "10000"),
        transaction(2, K.CONVERSION, "-3250", other_amount=D(2500), other_currency="GBP"),
        transaction(2, K.BUY, "-2500", instrument="SHEL.L", quantity=D(100), currency="GBP"),
        transaction(4, K.TRANSFER_IN, "0", instrument="SHEL.L", quantity=D(10), cost=D(200), currency="GBP"),
        transaction(4, K.FEE, "-5"),
    ]
    days = [date(2026, 3, d) for d in (2, 3, 4)]
    found = list(value_days(history, prices=PRICES, rates=RATES, base="USD", days=days))
    assert [day.value for day in found] == [10000, 10000, D("6745") + D(110) * 26 * D("1.3")]
    assert [day.flow for day in found] == [10000, 0, 338]
    assert found[2].fees == -5
    assert found[1].held[0].price_age_days == 1


def test_what_is_too_old_is_missing_and_said() -> None:
    history = [transaction(2, K.BUY, "-2500", instrument="SHEL.L", quantity=D(100), currency="GBP")]
    (day,) = value_days(history, prices=PRICES, rates=RATES, base="USD", days=[date(2026, 3, 30)])
    assert day.value is None
    assert {problem.code for problem in day.problems} == {"no_price", "no_rate"}
