"""Patterns that are compiled when they are first used: a run pays only for those its text needs."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazily"]


def lazily(words: str, flags: int = 0) -> re.Pattern[str]:
    """Return what acts as the compiled pattern, compiling it at the first search.

    For patterns that an ordinary article seldom reaches. A fault in the words shows only then, so each
    such pattern needs a test that reaches it. Only its methods and attributes may be used: `re.search(it,
    text)` wants the real one.

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
        made = re.compile(*self._source)
        # Kept as plain attributes, so that later calls go straight to the engine.
        self.__dict__.update((kept, getattr(made, kept)) for kept in _METHODS)
        return getattr(made, name)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern")
