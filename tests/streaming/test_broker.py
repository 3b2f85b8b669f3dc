"""Turns over a real JetStream and over Kafka's own client library's cluster."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import OpenDesk
from tests.desk.test_worker import article
from tests.faults.parts import Cluster, until

from readthrough.desk.arrivals import let_wait
from readthrough.desk.relaying import relay, work_from_broker
from readthrough.desk.worker import Worker
from readthrough.domain.errors import SettingsError, StorageError
from readthrough.streaming.broker import NOTES, open_broker

pytest.importorskip("faststream")
# the clients close what they opened a moment after they said so
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::DeprecationWarning"
)


@pytest.fixture(params=["nats", "kafka"])
def broker_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "nats":
        one = Cluster(tmp_path, nodes=1)
        one.start(0)
        until("the server", one.ready, seconds=30)
        yield one.url
        one.stop()
        return
    confluent = pytest.importorskip("confluent_kafka")
    mock = confluent.Producer({"test.mock.num.brokers": "1", "log_level": 0})
    brokers = mock.list_topics(timeout=10).brokers.values()
    yield "kafka://" + ",".join(f"{broker.host}:{broker.port}" for broker in brokers)


def test_turns_are_taken_from_the_broker_and_notes_passed_on(
    open_test_desk: OpenDesk, broker_url: str
) -> None:
    desk = open_test_desk(**{"broker.url": broker_url, "live.readers": 0})
    let_wait(desk, [article(n) for n in range(20)], feed="t")
    assert relay(desk, until_empty=True) == 3, "eight articles a message"
    worker = Worker(desk)
    stops: list[Callable[[], None]] = []
    thread = threading.Thread(target=work_from_broker, args=(desk, worker, stops))
    thread.start()
    until("all notes", lambda: worker.kept == 20, seconds=90)
    stops[0]()
    thread.join()
    assert desk.store.live.waiting().articles == 0
    assert relay(desk, until_empty=True) == 20
    assert relay(desk, until_empty=True) == 0
    assert relay(desk, until_empty=True, start=1) == 20, "the stream rebuilt from the record"
    keys: list[str] = []

    async def listen() -> None:
        async def hear(body: dict[str, object]) -> None:
            keys.append(str(body["key"]))

        broker = open_broker(broker_url, prefix="readthrough")
        broker.listen(NOTES, hear, group="archive")
        await broker.start()
        for _ in range(600):
            if len(set(keys)) == 20:
                break
            await asyncio.sleep(0.05)
        await broker.close()

    asyncio.run(listen())
    assert set(keys) == {str(n["id"]) for n in desk.store.notes(limit=50)}


@pytest.mark.parametrize("url", ["", "amqp://x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        open_broker(url, prefix="r")


def test_a_broker_that_is_away_is_told_of(open_test_desk: OpenDesk, tmp_path: Path) -> None:
    one = Cluster(tmp_path, nodes=1)
    desk = open_test_desk(**{"broker.url": f"kafka://127.0.0.1:{one.ports[0]}"})
    with pytest.raises(StorageError, match="broker"):
        asyncio.run(asyncio.wait_for(_send(desk.settings.broker.url), 20))


async def _send(url: str) -> None:
    from readthrough.streaming.broker import Message

    broker = open_broker(url, prefix="r", options={"message.timeout.ms": 1_000, "log_level": 0})
    await broker.start()
    try:
        await broker.send([Message(NOTES, "1", {"a": 1})])
    finally:
        await broker.close()
