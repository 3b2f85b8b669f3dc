"""The portfolio's page shows figures with their method where prices allow, and says what is missing where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.desk.analytics import KeptAnalytics
from readthrough.desk.demo_book import DEMO_BENCHMARK, DEMO_ID, make_demo_book
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.ledger import Price
from readthrough.settings import load_settings
from readthrough.web.portfolio_figures import figures_of


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Desk]:
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path_factory.mktemp("page"))})
    with open_desk(settings, clock=clock) as desk:
        make_demo_book(desk, since=date(2019, 12, 1))
        yield desk


def test_figures_come_with_their_method_and_a_line(desk: Desk) -> None:
    held = next(each for each in desk.store.portfolios() if each.id == DEMO_ID)
    shown = figures_of(KeptAnalytics(desk), held)
    titles = [group.title for group in shown.groups]
    assert titles[0] == "Performance, 2019-12-31 to 2022-12-28"
    assert titles[-1] == "Attribution against 20 stocks, equal weight"
    assert not shown.missing
    assert shown.ended == (
        "The figures end on 2022-12-28, the last day on which what is held could be valued: there is no newer"
        " price of AAPL, AMD, CVX and 14 more. Import newer prices."
    )
    by_name = {name: (value, how) for group in shown.groups for name, value, how in group.lines}
    assert by_name["Time weighted net"][0] == "76.74%"
    assert "time-weighted: sub-periods between flows" in by_name["Time weighted net"][1]
    value, how = by_name["Value at risk historical"]
    assert value.endswith("%")
    assert "type 7" in how
    assert "a loss is positive" in how
    assert shown.groups[0].drawn is not None
    assert shown.groups[0].drawn.points


def test_what_is_missing_is_said(desk: Desk) -> None:
    books = {each.id: each for each in desk.store.portfolios()}
    alone = figures_of(KeptAnalytics(desk), books[DEMO_BENCHMARK])
    assert alone.missing == "Attribution is unavailable: no benchmark was named."
    unpriced = replace(
        books[DEMO_BENCHMARK],
        id="unpriced",
        holdings=tuple(replace(h, ticker=f"{h.ticker}.X") for h in books[DEMO_BENCHMARK].holdings),
    )
    desk.store.save_portfolio(unpriced)
    shown = figures_of(KeptAnalytics(desk), unpriced)
    assert shown.groups == ()
    assert "prices over the window cover 0% of gross weight" in shown.missing
    empty = replace(unpriced, holdings=())
    assert "Nothing is held" in figures_of(KeptAnalytics(desk), empty).missing


def test_a_line_whose_prices_go_on_does_not_draw_the_window_away(desk: Desk, clock: Clock) -> None:
    held = next(each for each in desk.store.portfolios() if each.id == DEMO_ID)
    today = clock().date()
    fresh = [
        Price(instrument="JPM", day=today - timedelta(days=n), close=Decimal(300 + n), currency="USD")
        for n in range(4)
    ]
    desk.store.books.save_prices(fresh)
    shown = figures_of(KeptAnalytics(desk), held)
    assert shown.groups[0].title == "Performance, 2019-12-31 to 2022-12-28"
    assert "end on 2022-12-28" in shown.ended
    assert "JPM" not in shown.ended


def test_figures_are_kept_for_a_while_and_until_the_books_change(desk: Desk, clock: Clock) -> None:
    kept = KeptAnalytics(desk)
    first = kept.of(DEMO_BENCHMARK)
    assert kept.of(DEMO_BENCHMARK) is first
    clock.now += timedelta(minutes=6)
    second = kept.of(DEMO_BENCHMARK)
    assert second is not first
    held = next(each for each in desk.store.portfolios() if each.id == DEMO_BENCHMARK)
    desk.store.save_portfolio(replace(held, name="Renamed"))
    assert kept.of(DEMO_BENCHMARK)["name"] == "Renamed"


def test_a_page_without_prices_holds_no_figures(tmp_path: Path) -> None:
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with open_desk(settings) as desk, pytest.raises(Exception, match="No portfolio has the id"):
        KeptAnalytics(desk).of("none")
