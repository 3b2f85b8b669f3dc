"""Endpoints that are down, flap, hang, refuse and babble: nothing lost, nothing seen twice, the schedule kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest
from tests.flow.wire_endpoint import SECRET, WireEndpoint, drive, endpoint_on, garbage

from readthrough.alerts.deliver import SCHEDULE
from readthrough.desk import ask
from readthrough.desk.alerting import replay, why
from readthrough.desk.books import save_rule
from readthrough.desk.deliver import deliver_due, start_delivery
from readthrough.desk.endpoints import enable, receiver_list
from readthrough.desk.flow import process
from readthrough.desk.open import Desk
from readthrough.domain.alert import Delivery, Rule
from readthrough.feeds.draft import Draft
from readthrough.receivers.webhook import Webhook
from readthrough.testing import FixedClock, MemoryReceiver

OpenDesk = Callable[..., Desk]
HOUR = timedelta(hours=1)
DAYS = timedelta(days=4)
FIRMS = ("Alibaba", "Nvidia", "Apple Inc", "Boeing", "Walmart", "PepsiCo", "Pfizer", "Netflix")


@pytest.fixture
def endpoint(serve_locally: Callable[[type[BaseHTTPRequestHandler]], str], clock: FixedClock) -> WireEndpoint:
    return endpoint_on(serve_locally, clock)


@pytest.fixture
def desk(open_test_desk: OpenDesk, endpoint: WireEndpoint) -> Desk:
    return sending_to(open_test_desk, endpoint.url)


def sending_to(open_test_desk: OpenDesk, url: str, *others: MemoryReceiver) -> Desk:
    desk = open_test_desk(
        *others,
        **{
            "receivers.hook.url": url,
            "receivers.hook.secret": SECRET,
            "fetch.allow_private_addresses": True,
        },
    )
    save_rule(desk, Rule(id="all", name="All", receivers=("hook", *(other.name for other in others))))
    return desk


def news(firm: str = "Alibaba", number: int = 1) -> Draft:
    return Draft(
        headline=f"{firm} rises on growth",
        body=f"{firm} shares rose {number + 4}% after the company reported revenue growth of {number}%.",
        source="Test Wire",
        external_id=f"{firm}{number}",
    )


def deliveries(desk: Desk) -> list[Delivery]:
    return [
        delivery
        for alert in ask.alerts(desk, limit=200)
        for delivery in desk.store.deliveries(alert.id)
        if delivery.receiver == "hook"
    ]


def test_an_endpoint_that_is_down_for_an_hour_gets_everything_once_by_the_schedule(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    start = clock()
    endpoint.answer = lambda _: (204 if clock() - start >= HOUR else 503, {})
    process(desk, news())
    drive(desk, clock, start + DAYS)
    [delivered] = deliveries(desk)
    assert (delivered.state, delivered.attempts) == ("delivered", 5)
    at = [when - start for _, when in endpoint.asked]
    waits = [later - earlier for earlier, later in pairwise(at)]
    for wait, planned in zip(waits, SCHEDULE, strict=False):
        assert abs(wait - planned) <= planned * 0.1 + timedelta(seconds=1)
    assert endpoint.seen == [delivered.id]


def test_many_alerts_for_an_endpoint_that_is_down_are_spared_it_and_then_all_arrive(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    start = clock()
    endpoint.answer = lambda _: (204 if clock() - start >= HOUR else 503, {})
    for firm in FIRMS:
        process(desk, news(firm))
        drive(desk, clock, clock() + timedelta(minutes=5))
    tried_while_down = len(endpoint.asked)
    drive(desk, clock, start + DAYS)
    found = deliveries(desk)
    assert len(found) >= len(FIRMS)
    assert {delivery.state for delivery in found} == {"delivered"}
    assert sorted(endpoint.seen) == sorted(delivery.id for delivery in found)
    assert tried_while_down < 4 * len(found)


def test_an_endpoint_that_flaps_loses_nothing(desk: Desk, endpoint: WireEndpoint, clock: FixedClock) -> None:
    endpoint.answer = lambda number: (204 if number % 3 == 0 else 500, {})
    start = clock()
    for firm in FIRMS[:5]:
        process(desk, news(firm))
    drive(desk, clock, start + DAYS)
    found = deliveries(desk)
    assert {delivery.state for delivery in found} == {"delivered"}
    assert sorted(endpoint.seen) == sorted(delivery.id for delivery in found)


def test_an_answer_that_is_lost_leads_to_a_second_attempt_under_the_same_id(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    # It takes the message and answers with nonsense: what it has seen, it sees twice, and can tell.
    endpoint.answer = lambda number: (500 if number == 1 else 204, {})
    process(desk, news())
    drive(desk, clock, clock() + DAYS)
    assert len(endpoint.asked) == 2
    assert len({asked for asked, _ in endpoint.asked}) == 1


def test_an_endpoint_that_asks_to_wait_is_left_alone_that_long(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    endpoint.answer = lambda number: (429, {"Retry-After": "1800"}) if number == 1 else (204, {})
    process(desk, news())
    drive(desk, clock, clock() + DAYS)
    (_, first), (_, second) = endpoint.asked
    assert second - first == timedelta(seconds=1800)


def test_an_endpoint_that_is_gone_is_disabled_and_gets_what_it_missed_when_enabled(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    endpoint.answer = lambda number: (410 if number == 1 else 204, {})
    process(desk, news())
    drive(desk, clock, clock() + HOUR)
    process(desk, news("Nvidia"))
    drive(desk, clock, clock() + DAYS)
    assert len(endpoint.asked) == 1
    assert {(d.state, "410" in d.detail) for d in deliveries(desk)} == {("failed", True)}
    [state] = [row["state"] for row in receiver_list(desk) if row["name"] == "hook"]
    assert state == "disabled"
    assert enable(desk, "hook") == 1
    drive(desk, clock, clock() + HOUR)
    [gone] = [d for d in deliveries(desk) if d.state == "failed"]
    assert len(endpoint.seen) == 1
    replay(desk, gone.alert_id)
    drive(desk, clock, clock() + HOUR)
    assert {d.state for d in deliveries(desk)} == {"delivered"}
    assert len(endpoint.seen) == len(endpoint.visible) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_failures_and_are_not_followed(
    desk: Desk, endpoint: WireEndpoint, clock: FixedClock, status: int
) -> None:
    inward = "http://169.254.169.254/latest/meta-data/"
    endpoint.answer = lambda number: (status, {"Location": inward}) if number == 1 else (204, {})
    process(desk, news())
    drive(desk, clock, clock() + DAYS)
    assert [d.state for d in deliveries(desk)] == ["delivered"]
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize(
    "said", [b"\x00\xff garbage\r\n\r\n", b"", b"HTTP/1.1 banana\r\n\r\n", b"SSH-2.0-x\r\n"]
)
def test_garbage_is_tried_until_the_schedule_is_spent_and_is_kept_for_replay(
    open_test_desk: OpenDesk, clock: FixedClock, said: bytes
) -> None:
    start = clock()
    with garbage(said) as url:
        desk = sending_to(open_test_desk, url)
        process(desk, news())
        drive(desk, clock, start + DAYS * 3)
    [delivery] = deliveries(desk)
    assert (delivery.state, delivery.attempts) == ("failed", len(SCHEDULE) + 1)
    tried = why(desk, delivery.alert_id)["deliveries"]
    assert isinstance(tried, list)
    [row] = [one for one in tried if isinstance(one, dict) and one["receiver"] == "hook"]
    assert isinstance(row["tried"], list)
    assert len(row["tried"]) == 10


def test_a_slow_endpoint_delays_nobody_else(
    open_test_desk: OpenDesk, endpoint: WireEndpoint, clock: FixedClock
) -> None:
    endpoint.answer = lambda _: (0, {})
    prompt = MemoryReceiver("prompt")
    slow = Webhook(name="hook", url=endpoint.url, secret=SECRET, allow_private=True, timeout_s=0.3)
    desk = open_test_desk(prompt, slow, **{"desk.delivery_interval": 0.05})
    save_rule(desk, Rule(id="all", name="All", receivers=("hook", "prompt")))
    for firm in FIRMS[:4]:
        process(desk, news(firm))
    stop = start_delivery(desk)
    try:
        desk.work_waiting.set()
        waiting = _until(lambda: len(prompt.sent) == 4)
        assert waiting, "the prompt one waited for the slow one"
        assert not endpoint.seen
    finally:
        endpoint.holding.set()
        stop()
    assert {d.state for d in deliveries(desk)} == {"pending"}


def _until(done: Callable[[], bool], seconds: float = 10.0) -> bool:
    import threading
    import time

    pause, end = threading.Event(), time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        pause.wait(0.005)
    return done()


def test_a_thousand_due_for_a_dead_endpoint_leave_the_others_turn_alone(
    open_test_desk: OpenDesk, clock: FixedClock
) -> None:
    prompt = MemoryReceiver("prompt")
    desk = sending_to(open_test_desk, "http://127.0.0.1:9/", prompt)
    for firm in FIRMS:
        process(desk, news(firm))
    deliver_due(desk, clock())
    assert len(prompt.sent) == len({sent.delivery.id for sent in prompt.sent}) >= len(FIRMS)
    assert {d.state for d in deliveries(desk)} == {"pending"}
