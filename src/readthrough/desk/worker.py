"""Takes articles that wait, has them read, and keeps their notes: group commit, retries, quarantine.

Safe to kill at any moment. An article waits in the record until the transaction that keeps its note removes it;
what a killed worker held comes due again when its claims, which it renews while it lives, run out.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from readthrough.desk.flow import Settled, announce, found, settle
from readthrough.desk.open import Desk
from readthrough.desk.readers import Readers, readers_for
from readthrough.desk.steps import Steps
from readthrough.domain.errors import ReadthroughError, StorageError
from readthrough.domain.live import Arrival
from readthrough.domain.reading import Reading

__all__ = ["ATTEMPTS", "LEASE", "Worker", "worker_name"]

ATTEMPTS: Final = 5
"""Times an article is taken up before it is put into quarantine."""
LEASE: Final = timedelta(seconds=4)
"""How long a claim holds unless it is renewed; what a killed worker held is taken up this long after."""
BACK_OFF: Final = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120))
"""How long an article that failed is left, by how often it has."""
TOGETHER: Final = 16
"""Most articles kept in one transaction."""
TOGETHER_S: Final = 0.1
"""Seconds after which a transaction is ended with what it holds: others wait for the write lock meanwhile."""
GATHER_S: Final = 0.05
"""Seconds that readings are gathered for one transaction while others are still being read; where none is, as on
a quiet desk, a note is kept at once."""
IDLE_S: Final = 0.5
"""Seconds between two looks where nobody says that something arrived."""
LONGEST_PAUSE_S: Final = 1.0
"""Longest pause between two tries while the record is away."""


@dataclass(frozen=True, slots=True)
class _Begun:
    arrival: Arrival
    reading: Future[tuple[Reading, float]]


@dataclass(frozen=True, slots=True)
class _Read:
    arrival: Arrival
    reading: Reading


def worker_name() -> str:
    """Name a worker so that no two share a name."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"


class Worker:
    """One taker of articles. Run it in one thread; `stop` and `wake` come from any."""

    def __init__(self, desk: Desk, *, readers: Readers | None = None, name: str = "") -> None:
        """Prepare; nothing is claimed before `run` or `work_off`.

        Args:
            desk: Whose articles.
            readers: Who reads; those that the settings ask for when None.
            name: Must be nobody else's at the time; made up when empty.
        """
        self.name = name or worker_name()
        self.kept = 0
        """Articles whose notes this worker kept."""
        self._desk = desk
        self._readers = readers
        self._begun: deque[_Begun] = deque()
        self._stopping = threading.Event()
        self._pause_s = 0.05
        self._renewed_at = 0.0
        self._settling: list[_Read] = []

    def warm(self) -> None:
        """Start the processes that read, so that they load beside this one."""
        self._reading_with().warm()

    def run(self) -> None:
        """Take articles until told to stop; while the record is away, wait and go on."""
        heart = self._start_beating()
        listener = None
        try:
            while not self._stopping.is_set():
                try:
                    if self.round():
                        self._pause_s = 0.05
                        continue
                except StorageError:
                    Steps("", self._desk.hooks).tell("take", "failed")
                    self._stopping.wait(self._pause_s)
                    self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)
                    continue
                if listener is None:
                    listener = self._desk.store.listen("arrivals")
                if listener is not None:
                    listener.wait(IDLE_S)
                else:
                    self._desk.arrived.wait(IDLE_S)
                    self._desk.arrived.clear()
        finally:
            self._stopping.set()
            if listener is not None:
                listener.close()
            self._let_go()
            heart.join()

    def work_off(self) -> int:
        """Take articles until none is due; how many notes were kept.

        Raises:
            StorageError: The record is away; what was claimed comes due again by itself.
        """
        before = self.kept
        heart = self._start_beating()
        try:
            while self.round():
                pass
        finally:
            self._stopping.set()
            heart.join()
            self._stopping.clear()
        return self.kept - before

    def take_turn(self, ids: Sequence[int]) -> int:
        """Take these articles, those of them that are due, and keep their notes; how many.

        Raises:
            StorageError: The record is away; what was claimed comes due again by itself.
        """
        before = self.kept
        heart = self._start_beating()
        try:
            now = self._desk.clock()
            self.begin(self._desk.store.live.claim_these(ids, owner=self.name, now=now, lease=LEASE))
            while self._begun or self._settling:
                self._collect()
                if self._settling:
                    self._keep()
        finally:
            self._stopping.set()
            heart.join()
            self._stopping.clear()
        return self.kept - before

    def stop(self) -> None:
        """End after the articles under way; claims go back at once."""
        self._stopping.set()
        self._desk.arrived.set()

    def close(self) -> None:
        """Let go of readers."""
        if self._readers is not None:
            self._readers.close()

    def round(self) -> bool:
        """Claim what there is room for, and keep what has been read; False when there was nothing to do.

        Raises:
            StorageError: The record is away. Call again: nothing that was read is read twice.
        """
        readers = self._reading_with()
        taken = 0
        if not self._settling:
            most = readers.ahead + TOGETHER // 2
            if len(self._begun) <= most // 2:  # a claim is a transaction: several articles at a time
                taken = self._take(most - len(self._begun))
            self._collect()
        busy = bool(taken or self._begun or self._settling)
        if self._settling:
            self._keep()
        return busy

    def _reading_with(self) -> Readers:
        if self._readers is None:
            self._readers = readers_for(self._desk)
        return self._readers

    def _take(self, room: int) -> int:
        desk = self._desk
        claimed = desk.store.live.claim_arrivals(
            owner=self.name,
            now=desk.clock(),
            limit=room,
            lease=LEASE,
            backlog_share=desk.settings.live.backlog_share,
        )
        self.begin(claimed)
        return len(claimed)

    def begin(self, claimed: Sequence[Arrival]) -> None:
        """Have claimed articles read.

        Raises:
            StorageError: The record is away.
        """
        desk = self._desk
        readers = self._reading_with()
        noted = desk.store.live.noted([arrival.article for arrival in claimed], engine=desk.engine)
        for arrival in claimed:
            if arrival.attempts > ATTEMPTS:
                words = arrival.detail or f"Its worker ended {ATTEMPTS} times while it was read."
                self._give_up(arrival, words)
                continue
            waited = (desk.clock() - arrival.article.received_at).total_seconds()
            Steps(arrival.article.id, desk.hooks).tell("wait", "ok", seconds=max(0.0, waited))
            again = (arrival.article.id, arrival.article.content_digest) in noted
            if again and found(desk, arrival.article) is not None:
                desk.store.live.arrivals_done([arrival.id])
                continue
            try:
                self._begun.append(_Begun(arrival, readers.begin(arrival.article)))
            except ReadthroughError as error:
                self._failed(arrival, error)

    def _collect(self) -> None:
        """Wait for the first reading, and take with it those behind it that are there already."""
        limit_s = self._desk.settings.live.read_timeout.total_seconds()
        began = time.monotonic()
        while self._begun and len(self._settling) < TOGETHER:
            first = self._begun[0]
            if self._settling and not self._there(first, began):
                return
            self._begun.popleft()
            arrival = first.arrival
            steps = Steps(arrival.article.id, self._desk.hooks)
            try:
                reading, seconds = self._reading_with().result(
                    arrival.article, first.reading, limit_s=limit_s
                )
            except Exception as error:  # whatever reading raised is this article's fault, not the worker's
                steps.tell("read", "failed")
                self._failed(arrival, error)
            else:
                steps.tell("read", "ok", seconds=seconds, counts=(("facts", len(reading.facts)),))
                self._settling.append(_Read(arrival, reading))

    def _there(self, begun: _Begun, began: float) -> bool:
        """Tell whether a reading can go into the transaction that is being gathered."""
        spent = time.monotonic() - began
        if begun.reading.done():
            return spent <= TOGETHER_S
        if spent < GATHER_S:
            wait([begun.reading], timeout=GATHER_S - spent)
        return begun.reading.done()

    def _keep(self) -> None:
        """Keep what was read in one transaction; should that fail, one by one, to find out whose fault it is."""
        batch = self._settling
        try:
            done = self._commit(batch)
        except StorageError as error:
            if error.facts.get("passing", True):
                raise  # the record is away, full or locked: no article's fault
            self._commit_apart(batch)
            done = len(batch)
        self._settling = batch[done:]

    def _commit_apart(self, batch: list[_Read]) -> None:
        for n, one in enumerate(batch):
            self._settling = batch[n:]
            try:
                self._commit([one])
            except StorageError as error:
                if error.facts.get("passing", True):
                    raise
                self._failed(one.arrival, error)

    def _commit(self, batch: Sequence[_Read]) -> int:
        """Keep as many as there is time for, at least one; how many were dealt with."""
        desk = self._desk
        desk.refresh()
        _ = desk.rules, desk.holdings, desk.stories, desk.playbooks  # built outside the transaction
        kept: list[tuple[Arrival, Settled]] = []
        failed: list[tuple[Arrival, Exception]] = []
        began = time.perf_counter()
        with desk.in_order, desk.store.together():
            desk.catch_up()
            for one in batch:
                if (kept or failed) and time.perf_counter() - began > TOGETHER_S:
                    break  # others wait for the lock
                try:
                    kept.append((one.arrival, settle(desk, one.arrival.article, one.reading)))
                except StorageError:
                    raise
                except Exception as error:  # one article's fault: the others are kept
                    failed.append((one.arrival, error))
            desk.store.live.arrivals_done([arrival.id for arrival, _ in kept])
            place = desk.store.last_outbox_id()
        desk.caught_up(place)
        steps = Steps("", desk.hooks)
        steps.tell("commit", "ok", seconds=time.perf_counter() - began, counts=(("articles", len(kept)),))
        self.kept += len(kept)
        for arrival, settled in kept:
            took = (settled.note.known_at - arrival.article.received_at).total_seconds()
            Steps(arrival.article.id, desk.hooks).tell("journey", "ok", seconds=max(0.0, took))
        if kept:
            announce(desk, [settled for _, settled in kept])
        for arrival, fault in failed:
            self._failed(arrival, fault)
        return len(kept) + len(failed)

    def _failed(self, arrival: Arrival, error: Exception) -> None:
        words = str(error) if isinstance(error, ReadthroughError) else f"{type(error).__name__}: {error}"
        Steps(arrival.article.id, self._desk.hooks).tell("take", "failed")
        if arrival.attempts >= ATTEMPTS:
            self._give_up(arrival, words)
            return
        due_at = self._desk.clock() + BACK_OFF[min(arrival.attempts, len(BACK_OFF)) - 1]
        self._desk.store.live.arrival_failed(arrival.id, detail=words, due_at=due_at)

    def _give_up(self, arrival: Arrival, words: str) -> None:
        self._desk.store.live.arrival_failed(arrival.id, detail=words, due_at=None)
        Steps(arrival.article.id, self._desk.hooks).tell("quarantine", "ok")

    def _start_beating(self) -> threading.Thread:
        heart = threading.Thread(target=self._beat, name="readthrough-claims", daemon=True)
        heart.start()
        return heart

    def _beat(self) -> None:
        every = LEASE.total_seconds() / 4
        while not self._stopping.wait(every):
            if not self._begun and not self._settling:
                continue
            try:
                self._desk.store.live.renew_claims(owner=self.name, until=self._desk.clock() + LEASE)
            except StorageError:
                continue  # the record is away: nobody else can claim either

    def _let_go(self) -> None:
        try:
            self._desk.store.live.release_claims(owner=self.name, now=self._desk.clock(), count=False)
        except StorageError:
            return  # they run out by themselves
