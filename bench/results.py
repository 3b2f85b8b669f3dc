"""One measured figure and how it prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

__all__ = ["Group", "Result", "median_seconds", "print_result"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A figure. `ratio` is how many times better than `against`, from the same run."""

    bench: str
    value: float
    words: str
    against: str = ""
    ratio: float | None = None


Group = Callable[[], Iterator[Result]]


def print_result(result: Result) -> None:
    """Print human words, then one JSON line."""
    print(result.words)
    line: dict[str, object] = {"bench": result.bench, "value": round(result.value, 4)}
    if result.against and result.ratio is not None:
        line |= {"against": result.against, "ratio": round(result.ratio, 2)}
    print(json.dumps(line), flush=True)


def median_seconds(work: Callable[[], object], *, runs: int) -> float:
    """Return the median wall-clock seconds of a call, after one warm-up."""
    work()
    times = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return sorted(times)[len(times) // 2]
