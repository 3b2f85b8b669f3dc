"""Lots: known cases by hand, and what must hold of any history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readthrough.domain.ledger import Lot, Transaction, TransactionKind
from readthrough.portfolio.lots import Book, Method, keep_book

K = TransactionKind
DAY = date(2026, 1, 5)


def made(kind: K, *, after: int = 0, **fields: object) -> Transaction:
    values: dict[str, object] = {
        "id": f"t{after}-{kind}",
        "account_id": "a",
        "day": DAY + timedelta(days=after),
        "kind": kind,
        "instrument": "MSFT",
        "currency": "USD",
    }
    texts = {k: Decimal(v) if isinstance(v, str) and k not in TEXT else v for k, v in fields.items()}
    return Transaction(**(values | texts))  # type: ignore[arg-type]


TEXT = {"id", "account_id", "instrument", "currency", "into", "other_currency", "source"}

PURCHASES = (
    made(K.BUY, after=0, quantity="100", amount="-1000.01"),
    made(K.BUY, after=1, quantity="100", amount="-3000"),
    made(K.BUY, after=2, quantity="100", amount="-2000"),
)


def left(book: Book) -> list[tuple[str, str]]:
    return [(shown(lot.quantity), shown(lot.cost)) for lot in book.lots]


def shown(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


@pytest.mark.parametrize(
    ("method", "realised", "kept"),
    [
        (Method.FIFO, [("100", "1000.01"), ("50", "1500")], [("50", "1500"), ("100", "2000")]),
        (Method.LIFO, [("100", "2000"), ("50", "1500")], [("100", "1000.01"), ("50", "1500")]),
        (Method.HIFO, [("100", "3000"), ("50", "1000")], [("100", "1000.01"), ("50", "1000")]),
        (Method.AVERAGE, [("150", "3000")], [("150", "3000.01")]),
    ],
)
def test_a_sale_closes_what_the_method_says(
    method: Method, realised: list[tuple[str, str]], kept: list[tuple[str, str]]
) -> None:
    sale = made(K.SELL, after=9, quantity="150", amount="4500")
    book = keep_book((*PURCHASES, sale), method=method)
    assert [(shown(c.quantity), shown(c.cost)) for c in book.closings] == realised
    assert left(book) == kept
    assert sum(c.proceeds for c in book.closings) == 4500
    assert book.cash == {("a", "USD"): Decimal("-1500.01")}
    assert book.problems == ()


def test_named_lots_are_closed_and_what_is_not_named_is_said() -> None:
    named = made(K.SELL, after=9, quantity="120", amount="2400", lot_ids=("t1-buy", "gone"))
    book = keep_book((*PURCHASES, named), method=Method.SPECIFIC)
    assert [(c.lot_id, shown(c.quantity)) for c in book.closings] == [("t1-buy", "100"), ("t0-buy", "20")]
    assert [p.code for p in book.problems] == ["unknown_lot", "lots_not_named"]


def test_a_sale_beyond_what_is_held_opens_a_short_and_a_purchase_covers_it() -> None:
    book = keep_book(
        [
            made(K.BUY, after=0, quantity="10", price="10"),
            made(K.SELL, after=1, quantity="30", price="12", fees="3"),
            made(K.BUY, after=2, quantity="25", price="11"),
        ]
    )
    assert [tuple(map(shown, (c.quantity, c.cost, c.proceeds, c.gain))) for c in book.closings] == [
        ("10", "100", "119", "19"),
        ("-20", "220", "238", "18"),
    ]
    assert left(book) == [("5", "55")]


def test_splits_keep_cost_and_round_shares_once() -> None:
    book = keep_book(
        (
            *PURCHASES,
            made(K.SPLIT, after=5, ratio_to="3", ratio_from="2"),
            made(K.SPLIT, after=6, ratio_to="1", ratio_from="7"),
        )
    )
    assert sum(lot.quantity for lot in book.lots) == Decimal("64.2857142857")
    assert sum(lot.cost for lot in book.lots) == Decimal("6000.01")


def test_a_spin_off_takes_its_share_of_the_cost_and_keeps_the_day() -> None:
    action = made(K.SPIN_OFF, after=5, into="NEWCO", ratio_from="4", cost_share="0.1234")
    book = keep_book((*PURCHASES, action))
    new = [lot for lot in book.lots if lot.instrument == "NEWCO"]
    assert [lot.quantity for lot in new] == [25, 25, 25]
    assert new[0].opened == DAY
    assert new[0].cost == Decimal("123.40")
    assert sum(lot.cost for lot in book.lots) == Decimal("6000.01")


def test_a_spin_off_without_a_share_says_so() -> None:
    book = keep_book((*PURCHASES, made(K.SPIN_OFF, after=5, into="NEWCO", ratio_from="4")))
    assert [p.code for p in book.problems] == ["no_cost_share"]


def test_mergers_for_cash_for_shares_and_for_both() -> None:
    one = made(K.BUY, quantity="100", amount="-1000")
    cash = keep_book((one, made(K.MERGER, after=5, ratio_to="0", amount="1500")))
    assert (left(cash), shown(cash.closings[0].gain)) == ([], "500")
    shares = keep_book((one, made(K.MERGER, after=5, into="ACQ", ratio_to="0.5")))
    assert (left(shares), shares.closings) == ([("50", "1000")], ())
    both = keep_book((one, made(K.MERGER, after=5, into="ACQ", ratio_to="0.5", amount="1200")))
    assert (left(both), shown(both.closings[0].gain)) == ([("50", "0")], "200")
    little = keep_book((one, made(K.MERGER, after=5, into="ACQ", ratio_to="0.5", amount="300")))
    assert (left(little), little.closings) == ([("50", "700")], ())


def test_a_symbol_change_moves_the_lots() -> None:
    book = keep_book((*PURCHASES, made(K.SYMBOL_CHANGE, after=5, into="MSFX")))
    assert book.quantities == {"MSFX": 300}


def test_capital_returned_lowers_cost_and_is_gain_beyond_it() -> None:
    one = made(K.BUY, quantity="100", amount="-1000")
    book = keep_book((one, made(K.RETURN_OF_CAPITAL, after=5, amount="1250")))
    assert left(book) == [("100", "0")]
    assert book.closings[0].gain == 250


def test_cash_is_kept_by_currency() -> None:
    book = keep_book(
        [
            made(K.DEPOSIT, instrument="", amount="1000"),
            made(
                K.CONVERSION,
                after=1,
                instrument="",
                amount="-500",
                other_amount="460.11",
                other_currency="EUR",
            ),
            made(K.DIVIDEND, after=2, amount="3.10"),
            made(K.FEE, after=3, instrument="", amount="-0.07"),
        ]
    )
    assert book.cash == {("a", "USD"): Decimal("503.03"), ("a", "EUR"): Decimal("460.11")}


def test_transfers_bring_their_cost_and_take_it_away() -> None:
    book = keep_book(
        [
            made(K.TRANSFER_IN, quantity="10", cost="77.77"),
            made(K.TRANSFER_IN, after=1, quantity="10"),
            made(K.TRANSFER_OUT, after=2, quantity="5"),
            made(K.TRANSFER_OUT, after=3, quantity="500"),
        ]
    )
    assert [lot.cost for lot in book.removed] == [Decimal("38.88")]
    assert [p.code for p in book.problems] == ["no_cost", "not_held"]


@pytest.mark.parametrize(
    "bad",
    [
        made(K.BUY, quantity="-5", amount="-5"),
        made(K.BUY, quantity="5", amount="-5", instrument=""),
        made(K.SELL, amount="5"),
        made(K.SPLIT, ratio_to="0"),
        made(K.SPIN_OFF, into=""),
        made(K.SPIN_OFF, into="N", cost_share="1.5"),
        made(K.BUY, after=9, quantity="1", amount="-1", currency="EUR"),
    ],
)
def test_what_means_nothing_is_a_problem_and_changes_nothing(bad: Transaction) -> None:
    before = keep_book(PURCHASES)
    after = keep_book((*PURCHASES, bad))
    assert len(after.problems) == 1
    assert (after.lots, after.closings, after.cash) == (before.lots, before.closings, before.cash)


CENTS = st.decimals("0.01", "99999.99", places=2)
SIZES = st.one_of(st.integers(1, 5000).map(Decimal), st.decimals("0.0001", "500", places=4))


@st.composite
def histories(draw: st.DrawFn) -> list[Transaction]:
    kinds = st.sampled_from([K.BUY, K.BUY, K.SELL, K.SELL, K.SPLIT, K.SPIN_OFF, K.SYMBOL_CHANGE])
    found = []
    for n in range(draw(st.integers(1, 25))):
        kind = draw(kinds)
        instrument = draw(st.sampled_from(["AAA", "BBB"]))
        fields: dict[str, object] = {"instrument": instrument, "id": f"t{n}"}
        if kind in (K.BUY, K.SELL):
            amount = draw(CENTS)
            fields |= {"quantity": draw(SIZES), "amount": -amount if kind is K.BUY else amount}
        elif kind is K.SPIN_OFF:
            fields |= {
                "into": "CCC",
                "cost_share": draw(st.decimals("0", "1", places=4)),
                "ratio_from": Decimal(3),
            }
        elif kind is K.SYMBOL_CHANGE:
            fields |= {"instrument": "CCC", "into": "DDD"}
        else:
            fields |= {
                "ratio_to": Decimal(draw(st.integers(1, 9))),
                "ratio_from": Decimal(draw(st.integers(1, 9))),
            }
        found.append(made(kind, after=n, **fields))
    return found


@settings(max_examples=120, deadline=None)
@given(history=histories(), method=st.sampled_from(list(Method)))
def test_lots_conserve_quantity_and_cost(history: Sequence[Transaction], method: Method) -> None:
    book = keep_book(history, method=method)
    done = {t.id for t in history} - {t.id for t in history if t.quantity == 0}
    bought = sum((-t.amount for t in history if t.kind is K.BUY and t.id in done), Decimal(0))
    sold = sum((t.amount for t in history if t.kind is K.SELL and t.id in done), Decimal(0))
    # money that went in is in lots, or came out as proceeds less gain: exact to the last decimal
    gains = sum((c.gain for c in book.closings), Decimal(0))
    assert sum((lot.cost for lot in book.lots), Decimal(0)) == bought - sold + gains
    assert book.cash.get(("a", "USD"), Decimal(0)) == sold - bought
    for instrument in ("AAA", "BBB"):
        assert book.quantities.get(instrument, Decimal(0)) == _quantity(history, instrument)
    assert all(lot.quantity for lot in book.lots)


def _quantity(history: Sequence[Transaction], instrument: str) -> Decimal:
    held = Decimal(0)
    for t in history:
        if t.instrument != instrument:
            continue
        if t.kind is K.SPLIT:
            held = (held * t.ratio_to / t.ratio_from).quantize(Decimal("1e-10"))
        elif t.kind in (K.BUY, K.SELL):
            held += t.quantity if t.kind is K.BUY else -t.quantity
    return held


def test_opening_lots_count() -> None:
    lot = Lot(
        id="o",
        account_id="a",
        instrument="MSFT",
        opened=DAY,
        quantity=Decimal(10),
        cost=Decimal(50),
        currency="USD",
    )
    book = keep_book([made(K.SELL, after=1, quantity="10", amount="80")], opening=[lot])
    assert [c.gain for c in book.closings] == [30]
