"""The trigger patterns, one module per section of the taxonomy."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from readthrough.reading.patterns import capital, corporate, legal, macro, market, operations, results
from readthrough.reading.patterns.shape import Pattern, Rule, Who, compiled, context

__all__ = ["PATTERNS", "Pattern", "Rule", "Who", "compiled", "context", "patterns_for"]

PATTERNS: Final[tuple[Pattern, ...]] = (
    *results.PATTERNS,
    *capital.PATTERNS,
    *corporate.PATTERNS,
    *operations.PATTERNS,
    *legal.PATTERNS,
    *market.PATTERNS,
    *macro.PATTERNS,
)

_PREFIX: Final = 3  # letters of a key by which it is filed; no key is shorter
_WORD: Final = re.compile(r"\w+")


def patterns_for(words: str) -> list[Pattern]:
    """Return, in order, the patterns of which a key begins some word of a lower-cased sentence.

    >>> {p.type for p in patterns_for("workers walked out")}
    {'labor_strike'}
    """
    filed = _by_prefix()
    hits: set[int] = set()
    for match in _WORD.finditer(words):
        start = match.start()
        for key, places in filed.get(words[start : start + _PREFIX], ()):
            if words.startswith(key, start):
                hits.update(places)
    return [PATTERNS[i] for i in sorted(hits)]


@cache
def _by_prefix() -> dict[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    places: dict[str, list[int]] = {}
    for index, row in enumerate(PATTERNS):
        for key in row.keys:
            places.setdefault(key, []).append(index)
    filed: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for key, indexes in places.items():
        filed.setdefault(key[:_PREFIX], []).append((key, tuple(indexes)))
    return {prefix: tuple(keys) for prefix, keys in filed.items()}
