"""Contributions of an account that trades in two currencies reconcile with its time-weighted return."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from readthrough.domain.ledger import Price, Rate, Transaction, TransactionKind
from readthrough.portfolio.contribution import (
    ContributionTable,
    contribution_table,
    flows_of,
    valuations_of,
)
from readthrough.portfolio.history import ValuedDay, value_days
from readthrough.portfolio.performance import CashFlow, FlowKind, gross_and_net
from readthrough.portfolio.prices import PriceTable, RateTable

MONDAY = date(2024, 1, 1)
DAYS = [MONDAY + timedelta(days=n) for n in range(12)]
K = TransactionKind


def made(n: int, kind: TransactionKind, instrument: str = "", **more: object) -> Transaction:
    values = {name: Decimal(str(v)) if isinstance(v, int | float) else v for name, v in more.items()}
    name = f"{n}-{kind}-{instrument}"
    values.setdefault("currency", "USD")
    return Transaction(id=name, account_id="a", day=DAYS[n], kind=kind, instrument=instrument, **values)  # type: ignore[arg-type]


def tables(seed: int = 1, missing: tuple[str, int] | None = None) -> tuple[PriceTable, RateTable]:
    draw = np.random.default_rng(seed)
    prices = []
    for name, currency in (("US", "USD"), ("DE", "EUR"), ("NEW", "USD")):
        level = 100.0
        for n, day in enumerate(DAYS):
            level *= 1 + draw.normal(0.002, 0.02)
            if (name, n) != missing:
                prices.append(
                    Price(instrument=name, day=day, close=Decimal(str(round(level, 4))), currency=currency)
                )
    rates = [
        Rate(currency="EUR", base="USD", day=day, rate=Decimal(str(round(1.1 + 0.01 * n, 4))))
        for n, day in enumerate(DAYS)
    ]
    return PriceTable(prices), RateTable(rates)


HISTORY = [
    made(0, K.DEPOSIT, amount=100_000),
    made(0, K.BUY, "US", quantity=400, amount=-40_000),
    made(1, K.BUY, "DE", quantity=300, amount=-30_000, currency="EUR"),
    made(1, K.CONVERSION, amount=-33_000, other_amount=30_000, other_currency="EUR"),
    made(4, K.DEPOSIT, amount=25_000),
    made(5, K.DIVIDEND, "US", amount=400),
    made(6, K.FEE, amount=-500),
    made(7, K.SELL, "US", quantity=100, amount=10_500),
    made(8, K.WITHDRAWAL, amount=-5_000),
]


def valued(history: list[Transaction], prices: PriceTable, rates: RateTable) -> list[ValuedDay]:
    return list(value_days(history, prices=prices, rates=rates, base="USD", days=DAYS))


def table_of(history: list[Transaction], prices: PriceTable, rates: RateTable) -> ContributionTable:
    days = valued(history, prices, rates)
    return contribution_table(days, history, prices=prices, rates=rates, base="USD")


@pytest.mark.parametrize("seed", range(4))
def test_parts_sum_to_the_net_time_weighted_return(seed: int) -> None:
    prices, rates = tables(seed)
    days = valued(HISTORY, prices, rates)
    flows = flows_of(days[1:])
    assert not isinstance(flows, str)
    _, net = gross_and_net(valuations_of(days), flows)
    table = table_of(HISTORY, prices, rates)
    assert not table.reason
    assert table.total == pytest.approx(net.total.value, abs=1e-12)
    assert sum(part.contribution for part in table.parts) == pytest.approx(table.total, abs=1e-12)
    assert sum(part.currency for part in table.parts) == pytest.approx(table.currency, abs=1e-12)
    assert table.local + table.currency == pytest.approx(table.total, abs=1e-12)
    by_name = {part.instrument: part for part in table.parts}
    assert by_name["US"].currency == 0
    assert by_name["DE"].currency > 0.02  # the euro gains a tenth on a quarter of the book
    assert by_name[""].contribution == pytest.approx(
        -0.001, abs=0.0005
    )  # the fee, less what 33,000 dollars gained by becoming 30,000 euros


def test_one_line_one_currency_is_that_lines_return() -> None:
    prices, rates = tables()
    first, last = (float(prices.on("DE", day) or 0) for day in (DAYS[0], DAYS[-1]))
    history = [made(0, K.TRANSFER_IN, "DE", quantity=10, cost=1_000, currency="EUR")]
    table = table_of(history, prices, rates)
    local, currency = last / first, 1.21 / 1.1
    assert table.total == pytest.approx(local * currency - 1)
    # every day compounds: base over local is the currency's own
    assert (1 + table.total) / local == pytest.approx(currency)
    assert table.parts[0].instrument == "DE"


def test_a_symbol_change_belongs_to_the_old_name() -> None:
    prices, rates = tables()
    history = [
        made(0, K.DEPOSIT, amount=10_000),
        made(0, K.BUY, "US", quantity=100, amount=-10_000),
        made(5, K.SYMBOL_CHANGE, "US", into="NEW", quantity=100),
    ]
    table = table_of(history, prices, rates)
    by_name = {part.instrument: part for part in table.parts}
    assert abs(by_name["US"].contribution) < 0.5
    assert abs(by_name["NEW"].contribution) < 0.5
    assert sum(part.contribution for part in table.parts) == pytest.approx(table.total, abs=1e-12)


def test_a_split_is_no_loss() -> None:
    prices, rates = tables()
    halved = PriceTable(
        Price(
            instrument=row.instrument,
            day=row.day,
            close=row.close / 2 if row.instrument == "DE" and row.day >= DAYS[6] else row.close,
            currency=row.currency,
        )
        for row in prices.rows()
    )
    whole = [made(0, K.TRANSFER_IN, "DE", quantity=10, cost=1_000, currency="EUR")]
    split = [*whole, made(6, K.SPLIT, "DE", ratio_to=2, ratio_from=1)]
    one, other = table_of(whole, prices, rates), table_of(split, halved, rates)
    assert other.total == pytest.approx(one.total, abs=1e-6)  # the closes are to a hundredth of a cent
    assert other.currency == pytest.approx(one.currency, abs=1e-6)


def test_flows_and_fees_are_told_apart() -> None:
    prices, rates = tables()
    flows = flows_of(valued(HISTORY, prices, rates)[1:])
    assert flows == (
        CashFlow(day=DAYS[4], amount=25_000.0),
        CashFlow(day=DAYS[6], amount=-500.0, kind=FlowKind.FEE),
        CashFlow(day=DAYS[8], amount=-5_000.0),
    )


def test_what_cannot_be_parted_says_why() -> None:
    prices, rates = tables()
    short = PriceTable(row for row in prices.rows() if row.instrument != "DE" or row.day >= DAYS[5])
    assert "it takes two days" in contribution_table([], [], prices=prices, rates=rates, base="USD").reason
    assert "some days could not be valued" in table_of(HISTORY, short, rates).reason
    emptied = [
        made(0, K.DEPOSIT, amount=100),
        made(3, K.WITHDRAWAL, amount=-100),
        made(6, K.DEPOSIT, amount=100),
    ]
    assert "worth nothing on a day" in table_of(emptied, prices, rates).reason
    unknown = [*HISTORY, made(6, K.TRANSFER_IN, "GONE", quantity=5, cost=5)]
    flows = flows_of(valued(unknown, prices, rates))
    assert isinstance(flows, str)
    assert "cannot be valued" in flows
