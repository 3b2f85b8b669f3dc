"""Rules that come and go while a desk runs, and those that wait for time or prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.alerts.rules import parse_rule
from readthrough.desk.books import delete_rule, save_rule
from readthrough.desk.flow import process
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.watch import load_pulse, watch
from readthrough.domain.account import Watchlist
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.ledger import Price
from readthrough.settings import load_settings
from readthrough.storage.screen import ScreenStore
from readthrough.storage.store import SqlStore

START = datetime(2026, 11, 16, 9, tzinfo=UTC)


class Moving:
    """A clock under control."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def desk(tmp_path: Path, clock: Moving) -> Iterator[Desk]:
    settings = load_settings(flags={"home": str(tmp_path)}, environ={"HOME": str(tmp_path)})
    with open_desk(settings, clock=clock) as opened:
        yield opened


def article(number: int, headline: str) -> Article:
    body = f"{headline} on Monday, the company said in statement {number}."
    return Article(id=ArticleId(f"art_{number}"), headline=headline, body=body, received_at=START)


def told(desk: Desk) -> list[str]:
    return sorted(alert.rule_id for alert in desk.store.alerts(limit=100) if not alert.withheld)


def test_rules_change_under_a_running_desk_without_being_read_again(desk: Desk) -> None:
    save_rule(desk, parse_rule({"id": "words", "words": ["guidance"]}))
    save_rule(desk, parse_rule({"id": "other", "words": ["bankruptcy"]}))
    index = desk.rules
    process(desk, article(1, "Target cuts full-year guidance"))
    assert told(desk) == ["words"]
    save_rule(desk, parse_rule({"id": "names", "tickers": ["WMT"]}))
    delete_rule(desk, "words")
    process(desk, article(2, "Walmart raises full-year guidance"))
    assert desk.rules is index
    assert len(index) == 2
    assert told(desk) == ["names", "words"]


def test_a_rule_goes_by_its_owners_watchlist_as_it_changes(desk: Desk) -> None:
    assert isinstance(desk.store, SqlStore)
    screen = ScreenStore(desk.store)
    screen.save_watchlist("ann", Watchlist(name="mine", tickers=("MSFT",)))
    save_rule(desk, parse_rule({"id": "mine", "watchlists": ["mine"], "owner": "ann"}))
    save_rule(desk, parse_rule({"id": "hers", "watchlists": ["ann/mine"], "owner": "bob"}))
    process(desk, article(1, "Target cuts full-year guidance"))
    assert told(desk) == []
    screen.save_watchlist("ann", Watchlist(name="mine", tickers=("MSFT", "WMT")))
    process(desk, article(2, "Walmart raises full-year guidance"))
    assert told(desk) == ["hers", "mine"]


def test_what_is_usual_is_remembered_over_a_restart(desk: Desk, clock: Moving) -> None:
    process(desk, article(1, "Target cuts full-year guidance"))
    known = {key: desk.pulse.rolling(key, clock.now, timedelta(days=1)) for key in ("cik-27419",)}
    assert known["cik-27419"][1] == 1
    again = load_pulse(desk)
    assert round(again.rolling("cik-27419", clock.now, timedelta(days=1))[0], 2) == round(
        known["cik-27419"][0], 2
    )
    assert again.last("cik-27419", ("guidance_cut",)) is not None


def test_silence_and_a_move_without_news_are_told_once(desk: Desk, clock: Moving) -> None:
    save_rule(desk, parse_rule({"id": "quiet", "kind": "silence", "tickers": ["TGT"], "window": "2d"}))
    save_rule(desk, parse_rule({"id": "move", "kind": "move_without_news", "tickers": ["TGT"]}))
    process(desk, article(1, "Target cuts full-year guidance"))
    assert watch(desk, clock()) == 0
    desk.store.books.save_prices(
        Price(instrument="TGT", day=date(2026, 11, day), close=Decimal(close), currency="USD")
        for day, close in ((17, 100), (18, 101), (19, 93))
    )
    clock.now += timedelta(days=4)
    assert watch(desk, clock()) == 2
    assert watch(desk, clock()) == 0
    assert told(desk) == ["move", "quiet"]
    words = {alert.rule_id: alert.reason.words for alert in desk.store.alerts(limit=10)}
    assert words["move"].startswith("Target moved −7.92 % by 2026-11-19 21:00 UTC")
    assert "no news since 2026-11-16" in words["quiet"]


def test_news_that_waits_for_prices_is_told_by_a_desk_opened_later(tmp_path: Path, clock: Moving) -> None:
    settings = load_settings(flags={"home": str(tmp_path)}, environ={"HOME": str(tmp_path)})
    with open_desk(settings, clock=clock) as first:
        rule = {"id": "calm", "kind": "news_without_move", "tickers": ["TGT"], "words": ["guidance"]}
        save_rule(first, parse_rule(rule))
        process(first, article(1, "Target cuts full-year guidance"))
    clock.now += timedelta(days=1)
    with open_desk(settings, clock=clock) as second:
        second.store.books.save_prices(
            Price(instrument="TGT", day=date(2026, 11, day), close=Decimal(close), currency="USD")
            for day, close in ((13, "100"), (16, "100.2"))
        )
        assert watch(second, clock()) == 1
        [alert] = second.store.alerts(limit=10)
        assert dict(alert.reason.matched)["words"] == "guidance"
        assert dict(alert.reason.matched)["change_pct"] == "+0.20"
        assert {one.phrase for one in alert.found} == {"guidance"}
    with open_desk(settings, clock=clock) as third:
        assert watch(third, clock()) == 0
        assert len(third.store.alerts(limit=10)) == 1


def test_news_without_a_move_is_told_when_prices_have_come(desk: Desk, clock: Moving) -> None:
    save_rule(desk, parse_rule({"id": "calm", "kind": "news_without_move", "tickers": ["TGT"]}))
    process(desk, article(1, "Target cuts full-year guidance"))
    assert told(desk) == []
    clock.now += timedelta(days=1)
    assert watch(desk, clock()) == 0
    desk.store.books.save_prices(
        Price(instrument="TGT", day=date(2026, 11, day), close=Decimal(close), currency="USD")
        for day, close in ((13, "100"), (16, "100.2"))
    )
    assert watch(desk, clock()) == 1
    assert told(desk) == ["calm"]
