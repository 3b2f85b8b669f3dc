"""One line of a batch to one line of its output, in this process or in several."""

from __future__ import annotations

import json
import signal
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from readthrough.desk.intake import (
    Draft,
    HoldingsIndex,
    limits_of,
    line_id,
    note_of,
    read_line,
    read_portfolio,
)
from readthrough.domain.errors import ReadthroughError, SourceError

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.contract import NoteDocument

__all__ = ["Done", "Numbered", "Plan", "Worker", "results"]

Numbered = tuple[int, bytes]
_AHEAD = 8  # lines a worker may be ahead of the writer: bounds memory, hides uneven articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What each process needs to know to do its part."""

    config: Path | None
    portfolio: str
    save: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One output line, and whether it tells of a failure."""

    line: bytes
    failed: bool


class Worker:
    """Holds an open desk and turns lines into lines."""

    def __init__(self, plan: Plan) -> None:
        """Open the desk of this process and read the portfolio, if there is one.

        Raises:
            ReadthroughError: Settings, universe, playbooks or portfolio cannot be used.
        """
        from readthrough.desk.open import open_desk
        from readthrough.settings import load_settings

        settings = load_settings(plan.config)
        self._desk: Desk = open_desk(settings)
        self._limits = limits_of(settings.fetch)
        self._holdings: HoldingsIndex | None = None
        self._save = plan.save
        self._load()
        if plan.portfolio:
            self._take_portfolio(Path(plan.portfolio))

    def _load(self) -> None:
        # Now rather than at the first line: what fails here is no fault of that line's article.
        self._desk.prepare()
        if self._save:
            _ = self._desk.stories

    def _take_portfolio(self, path: Path) -> None:
        portfolio = read_portfolio(self._desk, path)
        if self._save:
            from readthrough.desk.books import save_portfolio

            save_portfolio(self._desk, portfolio)
        self._holdings = HoldingsIndex([portfolio], self._desk.universe)

    def line(self, numbered: Numbered) -> Done:
        """Make the output line of an input line. What is wrong with the article becomes its error object.

        Raises:
            ReadthroughError: The machinery failed (the database, say), and would for the next line too.
        """
        number, raw = numbered
        try:
            draft = read_line(raw, limits=self._limits, what=f"Line {number}")
            document = {**self._document(draft), "line": number, "external_id": draft.external_id}
            return Done(_encode(document), failed=False)
        except SourceError as error:
            return Done(_failure(number, raw, error.code, error.message, error.remedy), failed=True)
        except ReadthroughError:
            raise
        except Exception as error:
            message = f"Line {number} could not be read: {type(error).__name__}: {error}"[:500]
            remedy = "Report it with the line, please; the other lines are not affected."
            return Done(_failure(number, raw, "internal", message, remedy), failed=True)

    def _document(self, draft: Draft) -> NoteDocument:
        if not self._save:
            return note_of(self._desk, draft, holdings=self._holdings)
        from readthrough.desk.flow import process

        return process(self._desk, draft)

    def close(self) -> None:
        """Send what the lines set off, if they are kept, and close the desk."""
        if self._save:
            from readthrough.cli.send import send_due

            send_due(self._desk)
        self._desk.close()


def results(plan: Plan, lines: Iterable[Numbered], *, workers: int) -> Generator[Done, None, None]:
    """Turn lines into output lines, in their order.

    Raises:
        ReadthroughError: The machinery failed; lines yielded so far stand.
    """
    if workers > 1:
        yield from _in_processes(plan, lines, workers)
        return
    worker = Worker(plan)
    try:
        for numbered in lines:
            yield worker.line(numbered)
    finally:
        worker.close()


def _in_processes(plan: Plan, lines: Iterable[Numbered], workers: int) -> Generator[Done, None, None]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start, initargs=(plan,))
    waiting: deque[Future[Done]] = deque()
    try:
        _launch(pool)
        for numbered in lines:
            waiting.append(pool.submit(_line, numbered))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise ReadthroughError(
            "A worker process died before it finished its article.",
            remedy="Run the same command again to go on, with fewer --workers if memory is short.",
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_workers: list[Worker] = []  # one in each worker process, which has no other place to keep it


def _launch(pool: ProcessPoolExecutor) -> None:
    # A terminal sends Ctrl-C to the workers too, and only the parent decides what it means; a process
    # inherits what is ignored when it is started, so that not even its first moments are open to it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pool.submit(bool)
    finally:
        signal.signal(signal.SIGINT, before)


def _start(plan: Plan) -> None:
    _workers.append(Worker(plan))


def _line(numbered: Numbered) -> Done:
    return _workers[0].line(numbered)


def _encode(document: NoteDocument) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


def _failure(number: int, raw: bytes, code: str, message: str, remedy: str) -> bytes:
    error: NoteDocument = {"code": code, "message": message, "remedy": remedy}
    return _encode({"id": line_id(raw) or None, "line": number, "error": error})
