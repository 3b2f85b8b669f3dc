"""Asks feeds when their turn comes, several at once. Safe to kill: a claimed feed's turn comes again by itself."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from readthrough.desk.open import Desk
from readthrough.desk.polling import Ways, poll, ways_of
from readthrough.desk.steps import Steps
from readthrough.desk.websub import keep_subscribed
from readthrough.desk.worker import worker_name
from readthrough.domain.errors import ReadthroughError, StorageError
from readthrough.domain.live import Feed, Polled

__all__ = ["LEASE", "Poller"]

LEASE: Final = timedelta(seconds=4)
"""How long a claimed feed is left to its asker, who renews it: a killed one's feeds are asked this long after."""
LOOK_S: Final = 1.0
"""Seconds between two looks for feeds whose turn has come."""


class Poller:
    """Run it in one thread; `stop` comes from any."""

    def __init__(self, desk: Desk, *, ways: Ways | None = None) -> None:
        """Prepare; nothing is asked before `run` or `round`."""
        self.name = worker_name()
        self._desk = desk
        self._ways = ways or ways_of(desk)
        self._stopping = threading.Event()
        self._under_way = 0
        self._lock = threading.Lock()

    def run(self) -> None:
        """Ask feeds until told to stop; while the record is away, wait and go on."""
        heart = threading.Thread(target=self._beat, name="readthrough-feed-claims", daemon=True)
        heart.start()
        most = self._desk.settings.feeds.at_once
        with ThreadPoolExecutor(most, thread_name_prefix="readthrough-feed") as pool:
            while not self._stopping.is_set():
                try:
                    for feed in self._claim(most - self._under_way):
                        with self._lock:
                            self._under_way += 1
                        pool.submit(self._ask, feed)
                except StorageError:
                    Steps("", self._desk.hooks).tell("poll", "failed")
                self._stopping.wait(LOOK_S)
            pool.shutdown(wait=True, cancel_futures=True)
        heart.join()

    def round(self) -> int:
        """Ask every feed whose turn has come, one after the other; how many articles are new.

        Raises:
            StorageError: The record is away.
        """
        return sum(self.ask(feed) for feed in self._claim(self._desk.settings.feeds.at_once))

    def ask(self, feed: Feed) -> int:
        """Ask one feed and keep what came of it; how many articles are new.

        Raises:
            StorageError: The record is away.
        """
        outcome = poll(self._desk, feed, self._ways)
        keep_subscribed(self._desk, feed, outcome, self._ways)
        return self.keep(feed, outcome)

    def keep(self, feed: Feed, outcome: Polled) -> int:
        """Keep what a poll came to, and wake the worker.

        Raises:
            StorageError: The record is away.
        """
        taken = self._desk.store.live.feed_polled(feed.name, outcome)
        told = "failed" if outcome.error else "ok"
        Steps("", self._desk.hooks).tell("poll", told, counts=(("articles", taken),))
        if taken:
            self._desk.arrived.set()
        return taken

    def stop(self) -> None:
        """End after the polls under way."""
        self._stopping.set()

    def _claim(self, room: int) -> list[Feed]:
        if room <= 0:
            return []
        desk = self._desk
        return desk.store.live.claim_feeds(owner=self.name, now=desk.clock(), limit=room, lease=LEASE)

    def _ask(self, feed: Feed) -> None:
        try:
            self.ask(feed)
        except ReadthroughError:
            Steps("", self._desk.hooks).tell("poll", "failed")  # its claim runs out, and it is asked again
        finally:
            with self._lock:
                self._under_way -= 1

    def _beat(self) -> None:
        while not self._stopping.wait(LEASE.total_seconds() / 4):
            if not self._under_way:
                continue
            try:
                self._desk.store.live.renew_feeds(owner=self.name, until=self._desk.clock() + LEASE)
            except StorageError:
                continue
