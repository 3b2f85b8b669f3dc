"""Morning briefs reach people before the open, once, by the receivers that alerts go through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readthrough.desk.briefs import RULE, Briefs, require_receivers, send_brief, start_briefs
from readthrough.desk.deliver import deliver_due
from readthrough.desk.flow import process
from readthrough.desk.imports import keep_import, read_book
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.errors import SettingsError
from readthrough.receivers.words import message_of
from readthrough.settings import load_settings

HOLDINGS = "Ticker,Name,Quantity,Price,Currency\nTGT,Target,100,150,USD\nWMT,Walmart,10,90,USD\n"
TWO_PLACES = "Ticker,Name,Quantity,Price,Currency\nTGT,Target,100,150,USD\n0700.HK,Tencent,100,60,USD\n"
ARTICLE = {
    "headline": "Target cuts full-year guidance",
    "body": "Target cut its full-year profit guidance on Wednesday, citing weaker store traffic.",
}
FRIDAY = datetime(2026, 11, 13, 22, tzinfo=UTC)  # New York has closed
MONDAY = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)  # and opens again


class Hand:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


Open = Callable[..., Desk]


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def opened(tmp_path: Path, clock: Hand) -> Iterator[Open]:
    desks: list[Desk] = []

    def make(**flags: object) -> Desk:
        given = {
            "home": str(tmp_path),
            "receivers.book.kind": "file",
            "receivers.book.path": str(tmp_path / "briefs.jsonl"),
        }
        settings = load_settings(flags={**given, **flags}, environ={"HOME": str(tmp_path)})
        desks.append(open_desk(settings, clock=clock))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def book(desk: Desk, folder: Path, name: str = "core", text: str = HOLDINGS) -> None:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    keep_import(desk, read_book(desk, path), name)


def written(folder: Path) -> list[dict[str, object]]:
    path = folder / "briefs.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_it_is_sent_in_the_hour_before_the_open_and_once(opened: Open, clock: Hand, tmp_path: Path) -> None:
    desk = opened(**{"portfolio.briefs": ("core=book",)})
    book(desk, tmp_path)
    process(desk, read_article(desk, ARTICLE))
    briefs = Briefs(desk)
    sent = []
    for minutes in (-600, -61, -60, -30, -1, 0, 30):
        clock.now = MONDAY + timedelta(minutes=minutes)
        sent.append(briefs.send_due(clock.now))
        deliver_due(desk, clock.now)
    assert sent == [0, 0, 1, 0, 0, 0, 0]
    (message,) = written(tmp_path)
    assert message["type"] == "brief.morning"
    data = message["data"]
    assert isinstance(data, dict)
    assert data["brief"]["hits"][0]["ticker"] == "TGT"
    assert "Target cuts full-year guidance" in data["text"]
    words = message_of(message)  # type: ignore[arg-type]
    assert words.subject == "Morning brief: core"
    assert words.told[0].why.startswith("XNYS opens Mon 16 Nov, 14:30 UTC (100% of the book).")
    assert "Target cuts full-year guidance" in words.told[0].summary[0]
    (kept,) = [alert for alert in desk.store.alerts(limit=9) if alert.rule_id == RULE]
    assert kept.reason.matched == (("portfolio", "core"),)
    assert [delivery.state for delivery in desk.store.deliveries(kept.id)] == ["delivered"]


def test_the_next_day_brings_the_next_brief_and_shut_days_none(
    opened: Open, clock: Hand, tmp_path: Path
) -> None:
    desk = opened(**{"portfolio.briefs": ("*=book",)})
    book(desk, tmp_path)
    briefs = Briefs(desk)
    days = []
    for hour in range(12 * 24):  # Thanksgiving, Thursday 26 November, and two weekends are among them
        clock.now = MONDAY + timedelta(hours=hour) - timedelta(minutes=50)
        if briefs.send_due(clock.now):
            days.append(clock.now.day)
    assert days == [16, 17, 18, 19, 20, 23, 24, 25, 27]


def test_each_exchange_with_a_tenth_of_the_book_has_its_own(
    opened: Open, clock: Hand, tmp_path: Path
) -> None:
    desk = opened(**{"portfolio.briefs": ("*=book", "both=page")})
    book(desk, tmp_path, "both", TWO_PLACES)
    book(desk, tmp_path, "small", TWO_PLACES.replace("100,60", "1,60"))
    briefs = Briefs(desk)
    hours = []
    for half in range(48):
        clock.now = datetime(2026, 11, 16, tzinfo=UTC) + timedelta(minutes=30 * half + 20)
        hours += [(clock.now.hour, briefs.send_due(clock.now))] if half else []
    assert [(hour, made) for hour, made in hours if made] == [(0, 1), (13, 2)]
    names = {a.headline: a.receivers for a in desk.store.alerts(limit=9)}
    assert names == {"both": ("page", "book"), "small": ("book",)}


def test_two_desks_send_it_once(opened: Open, clock: Hand, tmp_path: Path) -> None:
    one, other = (opened(**{"portfolio.briefs": ("core=book",)}) for _ in range(2))
    book(one, tmp_path)
    clock.now = MONDAY - timedelta(minutes=30)
    assert Briefs(one).send_due(clock.now) == 1
    assert Briefs(other).send_due(clock.now) == 0
    assert deliver_due(one, clock.now) == 1
    assert deliver_due(other, clock.now) == 0


def test_a_book_that_comes_late_is_seen_and_one_asked_for_is_sent_again(
    opened: Open, clock: Hand, tmp_path: Path
) -> None:
    desk = opened(**{"portfolio.briefs": ("late=nobody",)})
    briefs = Briefs(desk)
    clock.now = MONDAY - timedelta(minutes=40)
    assert briefs.send_due(clock.now) == 0
    book(desk, tmp_path, "late")
    assert briefs.send_due(clock.now) == 1
    deliver_due(desk, clock.now)
    (kept,) = desk.store.alerts(limit=9)
    (failed,) = desk.store.deliveries(kept.id)
    assert failed.state == "failed"
    assert "nobody" in failed.detail
    assert send_brief(desk, "late", ["book"], now=clock.now) == 0
    assert send_brief(desk, "late", ["book"], now=clock.now, again=True) == 1
    with pytest.raises(SettingsError, match="nobody"):
        require_receivers(desk, ["book", "nobody"])


def test_a_pair_that_is_none_is_refused_and_nobody_asked_starts_nothing(opened: Open) -> None:
    with pytest.raises(SettingsError, match="PORTFOLIO=RECEIVER"):
        opened(**{"portfolio.briefs": ("core",)})
    start_briefs(opened())()
