"""The trigger patterns, one module per section of the taxonomy."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns import capital, corporate, legal, macro, market, operations, results
from readthrough.reading.patterns.shape import Pattern, Rule, Who, compiled

__all__ = ["PATTERNS", "Pattern", "Rule", "Who", "compiled"]

PATTERNS: Final[tuple[Pattern, ...]] = (
    *results.PATTERNS,
    *capital.PATTERNS,
    *corporate.PATTERNS,
    *operations.PATTERNS,
    *legal.PATTERNS,
    *market.PATTERNS,
    *macro.PATTERNS,
)
