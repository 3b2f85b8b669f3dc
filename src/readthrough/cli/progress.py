"""How far a batch is: a bar where a person watches, a plain line now and then where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final

from readthrough.cli.console import MUTED, UP, remark

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

__all__ = ["Progress"]

_EVERY: Final = 5.0  # seconds between plain lines


class Progress:
    """Tells on standard error how many lines are done; use it with `with`."""

    def __init__(
        self,
        total: int | None,
        done: int,
        monotonic: Callable[[], float],
        *,
        failed: int = 0,
        what: str = "articles",
    ) -> None:
        """Begin at `done` of `total` lines (None when not known) of `what`, of which so many `failed`."""
        self._what = what
        self._total = total
        self._done = self._from = done
        self._failed = failed
        self._monotonic = monotonic
        self._began = self._told = monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn(self._what),
                BarColumn(style=MUTED, complete_style=UP, finished_style=UP),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total, completed=self._done, rate="")
        return self

    def advance(self, *, failed: bool) -> None:
        """Count one more line."""
        self._done += 1
        self._failed += failed
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, rate=self._rate())
        elif self._monotonic() - self._told >= _EVERY:
            self._told = self._monotonic()
            remark(self.told())

    def told(self) -> str:
        """Say in words how far it is."""
        of = f" of {self._total:,}" if self._total is not None else ""
        return f"{self._done:,}{of} lines, {self._failed:,} failed, {self._rate()}"

    def _rate(self) -> str:
        seconds = self._monotonic() - self._began
        return f"{(self._done - self._from) / seconds:,.0f}/s" if seconds > 0 else ""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
