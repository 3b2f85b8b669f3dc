"""Every question about books can be asked of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.desk.book_data import Question, load_book
from readthrough.desk.book_news import brief_of, news_of, the_portfolio
from readthrough.desk.books import delete_portfolio, save_portfolio
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.past import as_known
from readthrough.desk.performance import performance
from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Price
from readthrough.portfolio.holdings import read_holdings
from readthrough.settings import load_settings

DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with open_desk(settings, clock=clock) as desk:
        yield desk


def keep(desk: Desk, text: str) -> None:
    save_portfolio(desk, read_holdings(text, portfolio_id="core", name="Core", universe=desk.universe))


def test_holdings_figures_and_news_are_those_of_then(desk: Desk, clock: Clock) -> None:
    keep(desk, "ticker,quantity,price\nTGT,100,150\n")
    begun = clock.now
    clock.now += 10 * DAY
    keep(desk, "ticker,quantity,price\nTGT,50,150\nWMT,60,90\n")
    first = date(2026, 3, 2)
    closes = [
        Price(instrument="TGT", day=first + n * DAY, close=Decimal(100 + n), currency="USD", source="t")
        for n in range(10)
    ]
    desk.store.books.save_prices(closes)
    then = as_known(desk, begun + 5 * DAY)
    assert [line.ticker for line in the_portfolio(then, "core").holdings] == ["TGT"]
    assert [line.ticker for line in the_portfolio(desk, "core").holdings] == ["TGT", "WMT"]
    data = load_book(then, Question(portfolio_id="core"))
    assert data.prices.days(["TGT"])[-1] == (begun + 4 * DAY).date(), "that day's close was not known yet"
    assert performance(then, Question(portfolio_id="core"))["portfolio"] == "core"
    assert news_of(then, "core").until <= begun + 5 * DAY + timedelta(seconds=1)
    assert brief_of(then, "core").made_at == begun + 5 * DAY
    clock.now += DAY
    assert delete_portfolio(desk, "core")
    assert the_portfolio(then, "core").name == "Core", "what was known then stays known as of then"
    with pytest.raises(HoldingsError):
        the_portfolio(as_known(desk, begun - DAY), "core")


def test_the_past_is_neither_changed_nor_to_come(desk: Desk, clock: Clock) -> None:
    assert as_known(desk, None) is desk
    then = as_known(desk, clock.now - DAY)
    with pytest.raises(HoldingsError, match="asked of the past"):
        then.store.save_rule(None)  # type: ignore[arg-type]
    with pytest.raises(HoldingsError, match="still to come"):
        as_known(desk, clock.now + DAY)


def test_a_book_from_before_times_were_kept_counts_as_always_known(desk: Desk, clock: Clock) -> None:
    from sqlalchemy import text

    keep(desk, "ticker,quantity,price\nTGT,100,150\n")
    with desk.store.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(text("DELETE FROM portfolio_versions"))
    long_ago = as_known(desk, datetime(2020, 1, 1, tzinfo=UTC))
    assert [line.ticker for line in the_portfolio(long_ago, "core").holdings] == ["TGT"]
    clock.now += DAY
    keep(desk, "ticker,quantity,price\nWMT,60,90\n")
    assert [line.ticker for line in the_portfolio(long_ago, "core").holdings] == ["TGT"]
    assert [line.ticker for line in the_portfolio(desk, "core").holdings] == ["WMT"]
