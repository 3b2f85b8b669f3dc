"""The trigger patterns, one module per section of the taxonomy."""

from __future__ import annotations

import re
from functools import cache, lru_cache
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

_WORD: Final = re.compile(r"\w+")
_Keyed = tuple[tuple[int, ...], tuple[tuple[str, tuple[int, ...]], ...]]


def patterns_for(words: str) -> list[Pattern]:
    """Return, in order, the patterns of which a key begins some word of a lower-cased sentence.

    >>> "labor_strike" in {p.type for p in patterns_for("the crew walked out")}
    True
    """
    hits: set[int] = set()
    for word in set(_WORD.findall(words)):
        single, phrases = _keyed(word)
        hits.update(single)
        for phrase, places in phrases:
            if phrase in words:
                hits.update(places)
    return [PATTERNS[i] for i in sorted(hits)]


@lru_cache(maxsize=65_536)
def _keyed(word: str) -> _Keyed:
    """Return the patterns keyed by a word's beginning, and the phrases that may start with the word."""
    keys = _by_initial().get(word[:1], ())
    single = {i for key, first, places in keys if first == key and word.startswith(key) for i in places}
    phrases = tuple((key, places) for key, first, places in keys if first == word and key != word)
    return tuple(sorted(single)), phrases


def _first(key: str) -> str:
    found = _WORD.match(key)
    return found.group() if found else ""


@cache
def _by_initial() -> dict[str, tuple[tuple[str, str, tuple[int, ...]], ...]]:
    places: dict[str, list[int]] = {}
    for index, row in enumerate(PATTERNS):
        for key in row.keys:
            places.setdefault(key, []).append(index)
    filed: dict[str, list[tuple[str, str, tuple[int, ...]]]] = {}
    for key, indexes in places.items():
        filed.setdefault(key[0], []).append((key, _first(key), tuple(indexes)))
    return {initial: tuple(keys) for initial, keys in filed.items()}
