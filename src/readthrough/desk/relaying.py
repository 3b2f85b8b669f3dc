"""The record passed on to a broker, and turns taken from there. The record can rebuild the stream at any time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Final

from readthrough.desk.open import Desk
from readthrough.desk.steps import Steps
from readthrough.desk.worker import Worker
from readthrough.domain.errors import StorageError
from readthrough.streaming.broker import ALERTS, NOTES, TURNS, Broker, Message, open_broker

__all__ = ["broker_of", "relay", "work_from_broker"]

_AT_ONCE: Final = 200  # rows passed on together
_TURNS: Final = 8  # articles in one message: a burst needs few messages, one article waits for no other
_IDLE_S: Final = 0.1
_AWAY_S: Final = 1.0
QUIET_S: Final = 2.0
"""Seconds without a turn after which the record itself is looked at: a turn may have been lost, or put off."""


def broker_of(desk: Desk) -> Broker:
    """Make the broker that the settings name.

    Raises:
        SettingsError: None is named, or it cannot be used.
    """
    part = desk.settings.broker
    return open_broker(part.url, prefix=part.prefix, replicas=part.replicas)


def relay(
    desk: Desk, *, until_empty: bool, start: int | None = None, stopping: threading.Event | None = None
) -> int:
    """Pass on what was written, from where it was left, and articles that wait.

    Args:
        desk: Whose record.
        until_empty: End when everything is passed on; otherwise wait for more.
        start: Begin after the row before this one, and leave the kept place as it is.
        stopping: Ends it when set.

    Returns:
        How many messages were sent.

    Raises:
        StorageError: Record or broker are away and `until_empty` is set; otherwise they are waited for.
    """
    return asyncio.run(_relay(desk, until_empty, start, stopping or threading.Event()))


async def _relay(desk: Desk, until_empty: bool, start: int | None, stopping: threading.Event) -> int:
    sent = 0
    while True:
        broker = broker_of(desk)
        try:
            await broker.start()
            return sent + await _pass_on(desk, broker, until_empty, start, stopping)
        except StorageError:
            if until_empty or stopping.is_set():
                raise
            Steps("", desk.hooks).tell("relay", "failed")
            await asyncio.sleep(_AWAY_S)
        finally:
            await broker.close()


async def _pass_on(
    desk: Desk, broker: Broker, until_empty: bool, start: int | None, stopping: threading.Event
) -> int:
    live = desk.store.live
    name = f"outbox {desk.settings.broker.prefix}"
    place = live.relayed(name) if start is None else max(0, start - 1)
    turned = live.relayed(f"turns {desk.settings.broker.prefix}") if start is None else 0
    sent = 0
    while not stopping.is_set():
        rows = await asyncio.to_thread(desk.store.outbox, after=place, limit=_AT_ONCE)
        messages = [
            Message(
                NOTES if row.topic == "note" else ALERTS,
                f"outbox-{row.id}",
                {"outbox": row.id, "topic": row.topic, "key": row.key, "document": row.document},
            )
            for row in rows
        ]
        ids = await asyncio.to_thread(live.arrivals_after, turned, limit=_AT_ONCE)
        parts = [ids[n : n + _TURNS] for n in range(0, len(ids), _TURNS)]
        messages += [Message(TURNS, f"turns-{part[0]}-{part[-1]}", {"arrivals": part}) for part in parts]
        if messages:
            await broker.send(messages)
            sent += len(messages)
            if rows:
                place = rows[-1].id
            if ids:
                turned = ids[-1]
            if start is None:
                await asyncio.to_thread(live.set_relayed, name, place)
                await asyncio.to_thread(live.set_relayed, f"turns {desk.settings.broker.prefix}", turned)
        elif until_empty:
            break
        else:
            await asyncio.sleep(_IDLE_S)
    return sent


def work_from_broker(desk: Desk, worker: Worker, stops: list[Callable[[], None]]) -> None:
    """Take turns from the broker until stopped; a turn is acknowledged when its notes are kept."""
    stopping = threading.Event()
    stops.append(stopping.set)
    asyncio.run(_work(desk, worker, stopping))


async def _work(desk: Desk, worker: Worker, stopping: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    one_at_a_time = asyncio.Lock()
    last = [loop.time()]

    async def turn(body: dict[str, object]) -> None:
        given = body.get("arrivals")
        ids = [n for n in given if isinstance(n, int)] if isinstance(given, list) else []
        async with one_at_a_time:
            await asyncio.to_thread(worker.take_turn, ids)
        last[0] = loop.time()

    broker = broker_of(desk)
    broker.listen(TURNS, turn, group=f"{desk.settings.broker.prefix}-workers")
    while True:
        try:
            await broker.start()
            break
        except StorageError:
            if stopping.is_set():
                return
            await asyncio.sleep(_AWAY_S)
    try:
        while not stopping.is_set():
            await asyncio.sleep(_IDLE_S)
            if loop.time() - last[0] > QUIET_S:
                async with one_at_a_time:
                    await asyncio.to_thread(_look, desk, worker)
                last[0] = loop.time()
    finally:
        await broker.close()


def _look(desk: Desk, worker: Worker) -> None:
    try:
        worker.work_off()
    except StorageError:
        Steps("", desk.hooks).tell("take", "failed")
