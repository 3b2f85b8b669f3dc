"""No pattern of the rooms that read hostile words runs away on repetitions of what it looks for.

A quadratic pattern is allowed, because sentences are cut at 2,000 code points; an exponential one, or
one of a high power, would stop an article.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final

import pytest

import readthrough
from readthrough.reading.patterns import PATTERNS, compiled, context

_ROOMS: Final = ("alerts", "feeds", "portfolio", "reading", "research", "universe", "writing")
_PUMPS: Final = (
    "a", "A", "1", " ", "\n", "-", ".", ",", "'", "(", "a ", "A ", "1 ", "A.", "a-", "a, ", "A'",
    "1,", "1.", "$1 ", "1% ", "and ", "A and ", "of the ", "to ", "U.S. ", "(a", "\n ",
)  # fmt: skip
_LENGTH: Final = 300  # code points
_MOST_SECONDS: Final = 0.5  # of processor time


class _TooSlowError(Exception):
    """A search did not end in time."""


def _patterns() -> Iterator[re.Pattern[str]]:
    for room in _ROOMS:
        package = importlib.import_module(f"{readthrough.__name__}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield from _inside(vars(importlib.import_module(module.name)))
    for row in PATTERNS:
        yield compiled(row.words)
        yield from (context(words) for words in (row.needs, row.veto) if words)


def _inside(values: object) -> Iterator[re.Pattern[str]]:
    if isinstance(values, re.Pattern):
        if isinstance(values.pattern, str):
            yield values
    elif isinstance(values, dict):
        yield from _inside(tuple(values.values()))
    elif isinstance(values, tuple | list):
        for value in values:
            yield from _inside(value)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlowError


def _is_slow(pattern: re.Pattern[str], text: str) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, _MOST_SECONDS)
    try:
        for _ in pattern.finditer(text):
            pass
    except _TooSlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


@pytest.fixture
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _give_up)
    yield
    signal.signal(signal.SIGVTALRM, before)


def test_the_watch_catches_an_exponential_pattern(alarm: None) -> None:
    assert _is_slow(re.compile(r"(?:a+)+b"), "a" * _LENGTH)


def test_no_pattern_runs_away(alarm: None) -> None:
    found = set(_patterns())
    assert len(found) > 400
    texts = [(pump, (pump * _LENGTH)[:_LENGTH] + "!\x01") for pump in _PUMPS]
    begun = time.process_time()
    slow = [(p.pattern[:80], pump) for p in found for pump, text in texts if _is_slow(p, text)]
    assert not slow, f"{slow} after {time.process_time() - begun:.0f} s"
