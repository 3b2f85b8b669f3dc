"""One wrapper around every step: timed, counted, and told to the hooks as a `StepDone`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from readthrough.domain.ports import StepDone, StepHook

__all__ = ["Steps"]

P = ParamSpec("P")
T = TypeVar("T")


class Steps:
    """Runs the steps of one article."""

    def __init__(self, article_id: str, hooks: Sequence[StepHook] = ()) -> None:
        """Name the article the steps are about.

        Args:
            article_id: The article.
            hooks: Called after each step, in order; what one raises ends the journey, so hooks do not raise.
        """
        self._article_id = article_id
        self._hooks = tuple(hooks)

    def run(self, step: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step; tell the hooks how long it took and how it went.

        >>> seen: list[StepDone] = []
        >>> Steps("art_1", [seen.append]).run("read", len, "abc")
        3
        >>> seen[0].step, seen[0].outcome
        ('read', 'ok')
        """
        started = time.perf_counter()
        try:
            result = work(*args, **kwargs)
        except BaseException:
            self.tell(step, "failed", seconds=time.perf_counter() - started)
            raise
        self.tell(step, "ok", seconds=time.perf_counter() - started, counts=_counts(result))
        return result

    def tell(
        self, step: str, outcome: str, *, seconds: float = 0.0, counts: tuple[tuple[str, int], ...] = ()
    ) -> None:
        """Tell the hooks of a step."""
        done = StepDone(
            step=step, article_id=self._article_id, seconds=seconds, outcome=outcome, counts=counts
        )
        for hook in self._hooks:
            hook(done)


def _counts(result: object) -> tuple[tuple[str, int], ...]:
    """What a step made, where its result says so: the lengths of a reading's or note's parts, or its own."""
    named = ("mentions", "facts", "events", "summary", "analysis", "decisions", "withheld")
    parts = [(name, getattr(result, name, None)) for name in named]
    counted = tuple((name, len(part)) for name, part in parts if isinstance(part, tuple))
    if not counted and isinstance(result, tuple):
        return (("made", len(result)),)
    return counted
