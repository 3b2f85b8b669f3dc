"""What a figure measures, once known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from readthrough.domain.reading import Direction, Unit

__all__ = ["MONEYS", "RATES", "Binding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a figure measures. `start` is where the words that say so begin."""

    metric: str
    at: int
    segment: str = ""
    is_change: bool = False
    change: Direction | None = None


RATES: Final = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.BASIS_POINTS})

MONEYS: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE})
