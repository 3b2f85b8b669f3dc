"""Who reads articles for a worker: this process, or a small pool of processes that have the model loaded."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, Protocol

from readthrough import __version__
from readthrough.domain.article import Article
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.reading import Reading

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.settings import Settings

__all__ = ["Here", "Pool", "Readers", "ReadingLost", "ReadingTooSlow", "readers_for"]

PARENT_LOOKED_FOR_S: Final = 1.0
"""How soon a reading process notices that the one it reads for was killed."""


class ReadingLost(ReadthroughError):
    """The process that read the article died."""

    code = "reading_lost"


class ReadingTooSlow(ReadthroughError):
    """Reading the article took too long."""

    code = "reading_too_slow"


class Readers(Protocol):
    """Reads articles, several at once where it can. `result` of what `begin` gave raises what reading raised."""

    ahead: int
    """How many articles are worth having under way."""

    def warm(self) -> None:
        """Start whatever reading needs, without waiting for it."""

    def begin(self, article: Article) -> Future[tuple[Reading, float]]:
        """Start to read an article; gives its reading and the seconds it took."""

    def result(
        self, article: Article, begun: Future[tuple[Reading, float]], *, limit_s: float
    ) -> tuple[Reading, float]:
        """Wait for a reading.

        Raises:
            ReadingLost: The process that read it died, twice.
            ReadingTooSlow: It took longer than `limit_s`.
        """

    def close(self) -> None:
        """Let go of processes."""


def readers_for(desk: Desk) -> Readers:
    """Return the readers that the settings ask for."""
    processes = desk.settings.live.readers
    return Pool(desk.settings, processes) if processes else Here(desk)


class Here:
    """Reads in this very thread."""

    ahead = 1

    def __init__(self, desk: Desk) -> None:
        """Read with what a desk has loaded."""
        self._desk = desk

    def warm(self) -> None:
        """Nothing to start: this thread is there."""

    def begin(self, article: Article) -> Future[tuple[Reading, float]]:
        """Read the article now."""
        done: Future[tuple[Reading, float]] = Future()
        try:
            done.set_result(_read(self._desk, article))
        except Exception as error:
            done.set_exception(error)
        return done

    def result(
        self, article: Article, begun: Future[tuple[Reading, float]], *, limit_s: float
    ) -> tuple[Reading, float]:
        """Give what was read."""
        return begun.result(0)

    def close(self) -> None:
        """Nothing to let go of."""


class Pool:
    """Reads in processes of its own, started with the first article unless `warm` starts them before."""

    def __init__(self, settings: Settings, processes: int) -> None:
        """Take how many processes to start."""
        self.ahead = 2 * processes + 2
        self._settings = settings
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Start the processes: they load beside this one, not after it."""
        pool = self._running()
        for _ in range(self._processes):
            pool.submit(_nothing)

    def begin(self, article: Article) -> Future[tuple[Reading, float]]:
        """Hand the article to a process."""
        for _ in range(2):
            try:
                return self._running().submit(_read_there, article)
            except BrokenProcessPool:
                self._end(kill=True)
        raise ReadingLost(
            "The reading processes cannot be started.", remedy="Look at the log, and at memory."
        )

    def result(
        self, article: Article, begun: Future[tuple[Reading, float]], *, limit_s: float
    ) -> tuple[Reading, float]:
        """Wait; where a process died the article is read once more, alone, so that only the culprit fails."""
        try:
            return begun.result(limit_s)
        except TimeoutError:
            self._end(kill=True)
            raise ReadingTooSlow(
                f"Reading the article took longer than {limit_s:g} s.",
                remedy="Report it with the article, please.",
            ) from None
        except BrokenProcessPool:
            self._end(kill=True)
        try:
            return self.begin(article).result(limit_s)
        except BrokenProcessPool:
            self._end(kill=True)
            raise ReadingLost("The process that read the article died.", remedy="Look at memory.") from None
        except TimeoutError:
            self._end(kill=True)
            raise ReadingTooSlow(f"Reading the article took longer than {limit_s:g} s.") from None

    def close(self) -> None:
        """End the processes."""
        self._end(kill=False)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=get_context("spawn"),
                initializer=_start,
                initargs=(self._settings, os.getpid()),
            )
        return self._pool

    def _end(self, *, kill: bool) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if kill:
            for process in list((pool._processes or {}).values()):
                process.kill()
        pool.shutdown(wait=not kill, cancel_futures=True)


def _read(desk: Desk, article: Article) -> tuple[Reading, float]:
    from readthrough.reading.read import read

    begun = time.perf_counter()
    reading = read(article, desk.universe, version=__version__, reader=desk.sentence_reader)
    return reading, time.perf_counter() - begun


_desks: list[Desk] = []  # one in each reading process, which has no other place to keep it


def _start(settings: Settings, parent: int) -> None:
    from readthrough.desk.open import open_desk

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # a terminal sends it to all; the parent decides what it means
    threading.Thread(target=_watch, args=(parent, os.getppid), daemon=True).start()
    desk = open_desk(settings)
    desk.prepare()
    _desks.append(desk)


def _watch(parent: int, asked: Callable[[], int]) -> None:
    """End with the parent: one that was killed cannot say so, and its queue never ends."""
    while asked() == parent:
        time.sleep(PARENT_LOOKED_FOR_S)
    os._exit(1)


def _nothing() -> None:
    """Be asked, so that a process is there."""


def _read_there(article: Article) -> tuple[Reading, float]:
    return _read(_desks[0], article)
