"""What portfolios rest on, in every kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from readthrough.domain.impact import Impact
from readthrough.domain.ledger import (
    Account,
    Constituent,
    Fund,
    Price,
    Rate,
    Transaction,
    TransactionKind,
)
from readthrough.domain.portfolio import BookKind, Holding, Portfolio
from readthrough.domain.ports import Store
from readthrough.domain.security import IssuerId
from readthrough.storage.open import open_store
from readthrough.testing import fingerprint_of, note_on

D = Decimal


@pytest.fixture(params=["memory", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """One store of each kind."""
    url = "sqlite://" if request.param == "memory" else request.getfixturevalue("postgresql_url")
    with closing(open_store(url)) as opened:
        yield opened


def bought(n: int, **fields: object) -> Transaction:
    values: dict[str, object] = {
        "id": f"t{n}",
        "account_id": "a",
        "day": date(2026, 3, n),
        "kind": TransactionKind.BUY,
        "instrument": "MSFT",
        "quantity": D("10.0000001"),
        "amount": D("-100.10"),
        "currency": "USD",
    }
    return Transaction(**(values | fields))  # type: ignore[arg-type]


def test_a_history_comes_back_as_it_went_in(store: Store) -> None:
    action = bought(3, kind=TransactionKind.SPIN_OFF, into="NEW", cost_share=D("0.1"), lot_ids=("x", "y"))
    assert store.books.save_transactions("p", [action, bought(2), bought(1)]) == (3, 0)
    assert store.books.transactions("p") == [bought(1), bought(2), action]
    assert store.books.save_transactions("p", [bought(2, amount=D("-7")), bought(4)]) == (1, 1)
    assert [t.amount for t in store.books.transactions("p")][1] == -7
    assert store.books.transactions("q") == []
    assert store.books.forget_history("p") == 4


def test_prices_and_rates_are_exact_and_the_last_stands(store: Store) -> None:
    first = Price(instrument="MSFT", day=date(2026, 3, 2), close=D("310.10"), currency="USD", source="f")
    store.books.save_prices([first, replace(first, day=date(2026, 3, 3), close=D("0.1000"))])
    store.books.save_prices([replace(first, close=D("311"))])
    assert [str(p.close) for p in store.books.prices(["MSFT"])] == ["311", "0.1000"]
    assert [p.day.day for p in store.books.prices(since=date(2026, 3, 3))] == [3]
    assert store.books.prices(["AAPL"]) == []
    assert [p.day.day for p in store.books.prices(last=True)] == [3]
    assert store.books.prices()[0].volume is None
    store.books.save_prices([replace(first, volume=D("24100000"))])
    assert store.books.prices(["MSFT"])[0].volume == D("24100000")
    rate = Rate(currency="EUR", base="USD", day=date(2026, 3, 2), rate=D("1.08"))
    assert store.books.save_rates([rate]) == 1
    assert store.books.rates() == [rate]


def test_accounts_funds_and_kinds(store: Store) -> None:
    account = Account(id="U1", portfolio_id="p", name="Main", custodian="ibkr", currency="USD")
    store.books.save_account(account)
    assert store.books.accounts("p") == [account]
    assert store.books.accounts() == [account]
    fund = Fund(
        instrument="SPY",
        as_of=date(2026, 3, 2),
        constituents=(Constituent(instrument="MSFT", weight=D("0.07"), issuer_id="cik-789019"),),
    )
    before = store.books_stamp()
    store.books.save_fund(fund)
    assert store.books.funds() == [fund]
    assert store.books_stamp() != before
    line = Holding(
        ticker="MSFT",
        issuer_id=IssuerId("cik-789019"),
        name="Microsoft",
        quantity=D(1),
        price=D(2),
        currency="USD",
        market_value=D(2),
        weight=D(1),
        source_row=2,
        account_id="U1",
        asset_class="equity",
        isin="US5949181045",
        cost_basis=D("1.50"),
        opened=date(2026, 1, 2),
        lot_id="L1",
    )
    book = Portfolio(
        id="b",
        name="B",
        base_currency="USD",
        as_of=None,
        holdings=(line, replace(line, cost_basis=None, opened=None, lot_id="")),
        kind=BookKind.BENCHMARK,
        benchmark_id="x",
    )
    store.save_portfolio(book)
    assert store.portfolios() == [book]


def test_what_news_meant_for_a_book_is_found_by_time(store: Store) -> None:
    impact = Impact(
        portfolio="p",
        issuer_id=IssuerId("cik-789019"),
        ticker="MSFT",
        weight=0.1,
        path="direct",
        through=None,
        low_bps=-30.0,
        mid_bps=-20.0,
        high_bps=-10.0,
        why="because",
        sign=-1,
    )
    note = replace(note_on(), book=(impact, replace(impact, portfolio="q", mid_bps=None)))
    store.save(note, fingerprint_of(note), engine="e")
    (touch,) = store.books.touches(since=note.known_at, portfolio_id="p")
    assert (touch.ticker, touch.mid_bps, touch.headline) == ("MSFT", -20.0, note.article.headline)
    assert len(store.books.touches(since=note.known_at)) == 2
    assert store.books.touches(since=datetime(2100, 1, 1, tzinfo=UTC)) == []
    assert store.books.touches(since=datetime(2000, 1, 1, tzinfo=UTC), until=note.known_at) == []


def test_books_are_asked_as_they_were_known(store: Store) -> None:
    first, second, third = (datetime(2026, 3, n, 12, tzinfo=UTC) for n in (2, 3, 4))
    line = Holding(
        ticker="MSFT",
        issuer_id=IssuerId("cik-789019"),
        name="Microsoft",
        quantity=D("1.50"),
        price=D(2),
        currency="USD",
        market_value=D(3),
        weight=None,
        source_row=2,
        opened=date(2026, 1, 2),
    )
    book = Portfolio(id="b", name="B", base_currency="USD", as_of=date(2026, 3, 2), holdings=(line,))
    more = replace(book, holdings=(line, replace(line, ticker="AAPL", opened=None)))
    store.save_portfolio(book, at=first)
    store.save_portfolio(book, at=second)  # the same again is no change
    store.save_portfolio(more, at=third)
    assert store.portfolios(as_of=datetime(2026, 3, 1, tzinfo=UTC)) == []
    assert store.portfolios(as_of=second) == [book]
    assert store.portfolios(as_of=third) == store.portfolios() == [more]
    assert store.delete_portfolio("b", at=datetime(2026, 3, 5, tzinfo=UTC))
    assert store.portfolios() == []
    assert store.portfolios(as_of=third) == [more]
    assert store.portfolios(as_of=datetime(2026, 3, 6, tzinfo=UTC)) == []


def test_a_history_is_asked_as_it_was_known(store: Store) -> None:
    first, second = datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC)
    store.books.save_transactions("p", [bought(1), bought(2)], at=first)
    store.books.save_transactions("p", [bought(1), bought(2, amount=D("-7")), bought(3)], at=second)
    assert store.books.transactions("p", as_of=datetime(2026, 3, 9, tzinfo=UTC)) == []
    assert store.books.transactions("p", as_of=first) == [bought(1), bought(2)]
    assert store.books.transactions("p", as_of=second) == store.books.transactions("p")
    assert [t.amount for t in store.books.transactions("p")] == [D("-100.10"), -7, D("-100.10")]
    assert store.books.forget_history("p") == 3
    assert store.books.transactions("p", as_of=second) == [], "what is forgotten is forgotten whole"


def test_what_news_meant_is_asked_as_it_was_known(store: Store) -> None:
    impact = Impact(
        portfolio="p",
        issuer_id=IssuerId("cik-789019"),
        ticker="MSFT",
        weight=0.1,
        path="direct",
        through=None,
        low_bps=-30.0,
        mid_bps=-20.0,
        high_bps=-10.0,
        why="because",
        sign=-1,
    )
    note = replace(note_on(), book=(impact,))
    store.save(note, fingerprint_of(note), engine="e")
    hour = timedelta(hours=1)
    later = replace(note, known_at=note.known_at + hour, book=(replace(impact, mid_bps=5.0),))
    assert store.revise(later, engine="other").changed
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    assert [t.mid_bps for t in store.books.touches(since=long_ago)] == [5.0]
    assert [t.mid_bps for t in store.books.touches(since=long_ago, as_of=note.known_at)] == [-20.0]
    assert [t.mid_bps for t in store.books.touches(since=long_ago, as_of=later.known_at)] == [5.0]
