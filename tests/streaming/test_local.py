from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import TypeVar

import pytest

from readthrough.streaming.local import QUEUED, REMEMBERED, LiveHub, Subscription

T = TypeVar("T")


def run(work: Coroutine[None, None, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 10))


async def take(subscription: Subscription, count: int) -> list[object]:
    seen: list[object] = []
    for _ in range(count):
        event = await subscription.next()
        assert event is not None
        seen.append(event.data["n"])
    return seen


def test_every_subscriber_gets_every_event_in_order() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        with hub.subscribe() as one, hub.subscribe() as two:
            for n in range(10):
                hub.publish("note", {"n": n})
            assert await take(one, 10) == list(range(10))
            assert await take(two, 10) == list(range(10))
            assert hub.subscribers == 2
        assert hub.subscribers == 0

    run(work())


def test_threads_may_publish_while_a_subscriber_waits() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        subscription = hub.subscribe()

        def publish() -> None:
            for n in range(50):
                hub.publish("note", {"n": n})

        threads = [threading.Thread(target=publish) for _ in range(4)]
        reader = asyncio.create_task(take(subscription, 200))
        await asyncio.sleep(0)
        for thread in threads:
            thread.start()
        seen = await reader
        for thread in threads:
            thread.join()
        assert sorted(map(str, seen)) == sorted(str(n) for n in list(range(50)) * 4)
        assert not subscription.missed

    run(work())


def test_a_reconnect_resumes_after_the_last_event_seen() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        ids = [f"e-{hub.publish('note', {'n': n})}" for n in range(5)]
        again = hub.subscribe(ids[2])
        assert await take(again, 2) == [3, 4]
        assert not again.missed
        current = hub.subscribe(ids[4])
        hub.publish("note", {"n": 5})
        assert await take(current, 1) == [5]

    run(work())


@pytest.mark.parametrize("last", ["other-3", "e-99", "nonsense", "e-", "e-²", "-", "e-" + "9" * 400])
def test_an_id_that_cannot_be_resumed_replays_and_says_so(last: str) -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        for n in range(3):
            hub.publish("note", {"n": n})
        again = hub.subscribe(last)
        assert again.missed
        assert await take(again, 3) == [0, 1, 2]

    run(work())


def test_a_slow_subscriber_loses_its_oldest_events_and_is_told() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        slow = hub.subscribe()
        for n in range(QUEUED + 7):
            hub.publish("note", {"n": n})
        assert slow.missed
        assert await take(slow, QUEUED) == list(range(7, QUEUED + 7))

    run(work())


def test_memory_is_bounded_and_a_gap_is_told() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        first = f"e-{hub.publish('note', {'n': 0})}"
        for n in range(1, REMEMBERED + 5):
            hub.publish("note", {"n": n})
        assert hub.subscribe(first).missed
        assert not hub.subscribe(f"e-{REMEMBERED}").missed

    run(work())


def test_closing_ends_every_reader_after_what_is_queued() -> None:
    async def work() -> None:
        hub = LiveHub(epoch="e")
        subscription = hub.subscribe()
        hub.publish("note", {"n": 1})
        hub.close()
        assert [event.data["n"] async for event in subscription] == [1]
        assert [event async for event in hub.subscribe()] == []
        subscription.close()

    run(work())


def test_a_subscriber_whose_loop_has_ended_does_not_stop_publishing() -> None:
    hub = LiveHub(epoch="e")

    async def subscribe() -> None:
        hub.subscribe()

    asyncio.run(subscribe())
    hub.publish("note", {"n": 1})
    hub.publish("note", {"n": 2})
    assert hub.subscribers == 0
