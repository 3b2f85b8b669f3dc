"""One measured figure and how it prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter, process_time

__all__ = ["Group", "Result", "least_seconds", "median_seconds", "print_result"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A figure. `ratio` is how many times better than `against`, from the same run.

    `value` is None where it could not be measured here; `words` then say why.
    """

    bench: str
    value: float | None
    words: str
    against: str = ""
    ratio: float | None = None


Group = Callable[[], Iterator[Result]]


def print_result(result: Result) -> None:
    """Print human words, then one JSON line."""
    print(result.words)
    value = None if result.value is None else round(result.value, 4)
    line: dict[str, object] = {"bench": result.bench, "value": value}
    if result.against and result.ratio is not None:
        line |= {"against": result.against, "ratio": float(f"{result.ratio:.3g}")}
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


def least_seconds(works: Mapping[str, Callable[[], float | None]], *, rounds: int) -> dict[str, float]:
    """Time several pieces of work in turn, so that a busy machine slows all of them alike.

    Args:
        works: What to time by name. Work that returns a float has timed itself (in another process).
        rounds: How often each is done.

    Returns:
        The least processor seconds of each.
    """
    least: dict[str, float] = {}
    for _ in range(rounds):
        for name, work in works.items():
            begun = process_time()
            told = work()
            spent = process_time() - begun if told is None else told
            least[name] = min(spent, least.get(name, spent))
    return least
