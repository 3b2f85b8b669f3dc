"""The trigger patterns, one module per section of the taxonomy."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns import (
    capital,
    corporate,
    deeds,
    legal,
    macro,
    market,
    operations,
    results,
    stories,
)
from readthrough.reading.patterns.shape import Pattern, Rule, Who, compiled, context
from readthrough.reading.patterns.sieve import Sieve, Tried

__all__ = ["PATTERNS", "Pattern", "Rule", "Tried", "Who", "compiled", "context", "patterns_for", "prepare"]

PATTERNS: Final[tuple[Pattern, ...]] = (
    *results.PATTERNS,
    *capital.PATTERNS,
    *corporate.PATTERNS,
    *operations.PATTERNS,
    *legal.PATTERNS,
    *market.PATTERNS,
    *macro.PATTERNS,
    *deeds.PATTERNS,
    *stories.PATTERNS,
)

_SIEVE: Final = Sieve(PATTERNS)


def prepare() -> None:
    """Read all patterns at once. A process that reads many articles starts with this; one that reads one does not."""
    _SIEVE.read_all()


def patterns_for(words: str) -> list[Tried]:
    """Return, in order, the patterns worth searching for in a lower-cased sentence.

    >>> "labor_strike" in {tried.pattern.type for tried in patterns_for("the crew walked out")}
    True
    """
    return _SIEVE.tried(words)
