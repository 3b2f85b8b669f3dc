from __future__ import annotations

import hashlib
import hmac
import random
from datetime import timedelta

import pytest
from tests.conftest import OpenDesk
from tests.feeds.asking import Reply, asking, serving

from readthrough.desk import websub
from readthrough.desk.feeds import add_feed, add_starter, poll_once, starter_feeds, try_feed
from readthrough.desk.open import Desk
from readthrough.desk.poller import Poller
from readthrough.desk.polling import Ways, poll
from readthrough.desk.status import status_document
from readthrough.desk.worker import Worker
from readthrough.domain.errors import SettingsError, SourceRefused
from readthrough.domain.live import Feed, FeedHealth
from readthrough.feeds.pages import Pages
from readthrough.testing import FixedClock

ITEM = "<item><guid>{id}</guid><title>{title}</title><description>{text}</description>{date}</item>"
DATE = "<pubDate>Mon, 05 Jan 2026 08:59:00 GMT</pubDate>"


def rss(*items: tuple[str, str, str]) -> str:
    made = "".join(ITEM.format(id=i, title=t, text=x, date=DATE) for i, t, x in items)
    return f"<rss version='2.0'><channel><title>Wire</title>{made}</channel></rss>"


ACME = (
    "1",
    "Apple raises its dividend",
    "Apple said it raised its quarterly dividend by 4% to $0.27 a share.",
)


@pytest.fixture
def local(open_test_desk: OpenDesk) -> Desk:
    return open_test_desk(**{"fetch.allow_private_addresses": True, "live.readers": 0})


def poller_on(desk: Desk) -> Poller:
    return Poller(desk, ways=Ways(asking(), Pages(asking()), chance=random.Random(1)))


def only(desk: Desk) -> FeedHealth:
    (health,) = desk.store.live.feeds()
    return health


def test_a_feed_is_asked_and_its_items_are_read_once(local: Desk, clock: FixedClock) -> None:
    with serving(lambda path, headers: Reply(rss(ACME, ("2", "", "")))) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={"pages": "no"})
        poller = poller_on(local)
        assert poller.round() == 1
        clock.advance(timedelta(minutes=6))
        assert poller.round() == 0
    Worker(local).work_off()
    (note,) = local.store.notes(limit=5)
    assert note["article"]["source"] == "Wire"  # type: ignore[index,call-overload]
    health = only(local)
    assert (health.taken, health.refused, health.polls, health.error) == (1, 1, 2, "")
    assert health.lag_s == 60.0
    assert health.last_title == "Apple raises its dividend"


def test_an_edited_item_becomes_a_revision_of_its_note(local: Desk, clock: FixedClock) -> None:
    shown = [rss(ACME)]
    with serving(lambda path, headers: Reply(shown[0])) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={"pages": "no"})
        poller, worker = poller_on(local), Worker(local)
        poller.round()
        worker.work_off()
        shown[0] = rss(("1", "CORRECTED: Apple raises its dividend by 5%", ACME[2].replace("4%", "5%")))
        clock.advance(timedelta(minutes=6))
        poller.round()
        worker.work_off()
    (note,) = local.store.notes(limit=5)
    assert note["revision"] == 2
    assert note["story"]["id"]  # type: ignore[index,call-overload]


def test_a_failing_feed_is_asked_less_and_less_often_and_says_why(local: Desk, clock: FixedClock) -> None:
    with serving(lambda path, headers: Reply(status=500)) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={})
        poller = poller_on(local)
        waits = []
        for _ in range(4):
            poller.round()
            health = only(local)
            waits.append((health.next_at - clock()).total_seconds() / 60)
            clock.now = health.next_at
    assert "status 500" in only(local).error
    assert [round(w / 5) for w in waits] == [1, 2, 4, 8]
    assert waits != [5, 10, 20, 40], "polls are moved about"


def test_a_pause_asked_for_is_kept(local: Desk, clock: FixedClock) -> None:
    with serving(lambda path, headers: Reply(status=429, headers={"Retry-After": "7200"})) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={})
        poller_on(local).round()
    assert only(local).next_at - clock() > timedelta(minutes=107)


def test_a_feed_whose_poller_died_is_asked_by_another(local: Desk, clock: FixedClock) -> None:
    with serving(lambda path, headers: Reply(rss(ACME))) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={"pages": "no"})
        lease = timedelta(seconds=4)
        assert local.store.live.claim_feeds(owner="dead", now=clock(), limit=9, lease=lease)
        assert poller_on(local).round() == 0
        clock.advance(lease)
        assert poller_on(local).round() == 1


def test_an_adapter_that_breaks_is_a_failure_of_its_feed_alone(
    local: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(kind: str) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("readthrough.desk.polling.adapter_of", lambda kind: broken)
    outcome = poll(local, Feed(name="f", kind="rss", address="x"), Ways(asking(), Pages(asking())))
    assert "TypeError" in outcome.error or "ZeroDivisionError" in outcome.error


@pytest.mark.parametrize(
    ("name", "kind", "address", "options"),
    [
        ("Bad Name", "rss", "https://example.com/f", {}),
        ("a", "gopher", "https://example.com/f", {}),
        ("a", "rss", "", {}),
        ("a", "rss", "https://example.com/f", {"colour": "red"}),
    ],
)
def test_what_cannot_be_a_feed_is_refused(
    local: Desk, name: str, kind: str, address: str, options: dict[str, str]
) -> None:
    with pytest.raises(SettingsError):
        add_feed(local, name, kind=kind, address=address, options=options)


def test_a_private_address_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceRefused):
        add_feed(desk, "a", kind="rss", address="http://169.254.169.254/latest", options={})


def test_the_starter_set_is_added_once(desk: Desk) -> None:
    assert add_starter(desk) == len(starter_feeds()) >= 12
    assert add_starter(desk) == 0


def test_trying_a_feed_keeps_nothing(local: Desk) -> None:
    with serving(lambda path, headers: Reply(rss(ACME))) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={})
        assert len(try_feed(local, "wire").entries) == 1
    assert local.store.live.waiting().articles == 0


def test_polling_once_reads_what_feeds_show(local: Desk) -> None:
    with serving(lambda path, headers: Reply(rss(ACME))) as server:
        add_feed(local, "wire", kind="rss", address=server.address, options={"pages": "no"})
        assert poll_once(local) == (1, 1)
    document = status_document(local)
    assert document["waiting"] == 0
    assert document["feeds"][0]["state"] == "ok"


def test_a_hub_is_asked_and_what_it_pushes_is_taken_when_signed(open_test_desk: OpenDesk) -> None:
    desk = open_test_desk(
        **{"fetch.allow_private_addresses": True, "feeds.callback": "https://desk.example.com/rt"}
    )
    hub: list[str] = []

    def answer(path: str, headers: dict[str, str]) -> Reply:
        if path == "/hub":
            hub.append(path)
            return Reply(status=202)
        return Reply(
            rss(ACME), headers={"Link": f'<{server.address}/hub>; rel="hub", <{server.address}/>; rel="self"'}
        )

    with serving(answer) as server:
        add_feed(desk, "wire", kind="rss", address=f"{server.address}/", options={"pages": "no"})
        poller_on(desk).round()
    assert hub == ["/hub"]
    form = server.asked[-1][2].decode()
    options = only(desk).feed.options
    token = options["websub_token"]
    assert f"rt%2Fwebsub%2F{token}" in form
    assert not websub.confirm(desk, token, mode="subscribe", topic="https://other.example.com", lease_s=900)
    assert not websub.confirm(desk, "guess", mode="subscribe", topic=options["websub_topic"], lease_s=900)
    assert websub.confirm(desk, token, mode="subscribe", topic=options["websub_topic"], lease_s=86_400)
    body = rss(ACME, ("9", "Tesla recalls cars", "Tesla recalls 20,000 cars in China.")).encode()
    signed = "sha256=" + hmac.new(options["websub_secret"].encode(), body, hashlib.sha256).hexdigest()
    ways = Ways(asking(), Pages(asking()))
    assert websub.pushed(desk, token, body, kind="", signature="sha256=00", ways=ways) == 0
    assert websub.pushed(desk, token, body, kind="", signature=signed, ways=ways) == 1
    assert websub.pushed(desk, "guess", body, kind="", signature=signed, ways=ways) is None
