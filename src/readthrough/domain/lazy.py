"""What costs much to make is made when it is first used, and by whom the process appoints.

A run pays only for the patterns its text needs. A short-lived command appoints a `Maker` that keeps what it
makes from one process to the next (`readthrough.cli.kept`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

__all__ = ["Maker", "appoint", "compile_now", "lazily", "made"]

_T = TypeVar("_T")


class Maker:
    """Makes what is asked for, every time. Another keeps what it made."""

    def pattern(self, words: str, flags: int) -> re.Pattern[str]:
        """Compile an expression."""
        return re.compile(words, flags)

    def value(self, name: str, make: Callable[[], _T]) -> _T:
        """Return what `make` returns; `name` must tell apart everything the value depends on."""
        return make()


_maker = Maker()


def appoint(maker: Maker) -> None:
    """Let all that is made from now on be made by `maker`."""
    global _maker
    _maker = maker


def compile_now(words: str, flags: int = 0) -> re.Pattern[str]:
    """Compile an expression as `re.compile` does, or take it from where it was kept."""
    return _maker.pattern(words, flags)


def made(name: str, make: Callable[[], _T]) -> _T:
    """Return what `make` returns, from where it was kept when it was.

    Args:
        name: Tells apart everything the value depends on, the version of the code that makes it included.
        make: Makes the value: numbers, strings, tuples and frozen sets of such.
    """
    return _maker.value(name, make)


def lazily(words: str, flags: int = 0) -> re.Pattern[str]:
    """Return what acts as the compiled pattern, compiling it at the first search.

    A fault in the words shows only then, so each such pattern needs a test that reaches it. Only its methods
    and attributes may be used: `re.search(it, text)` wants the real one.

    Args:
        words: The expression.
        flags: As of `re.compile`.

    >>> lazily(r"[a-z]+").findall("one 2 three")
    ['one', 'three']
    """
    return cast("re.Pattern[str]", _Unmade(words, flags))


class _Unmade:
    def __init__(self, words: str, flags: int) -> None:
        self._source = (words, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked for by copying and pickling, not by searching
            raise AttributeError(name)
        compiled = compile_now(*self._source)
        # Kept as plain attributes, so that later calls go straight to the engine.
        self.__dict__.update((kept, getattr(compiled, kept)) for kept in _METHODS)
        return getattr(compiled, name)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern")
