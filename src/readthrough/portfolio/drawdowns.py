"""Falls from a peak: the worst one of many books at once, and one book's table with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from readthrough.portfolio.returns import Floats, Returns

__all__ = ["Drawdown", "drawdown_table", "maximum_drawdown", "pain_index", "underwater"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawdown:
    """One fall and what followed. `depth` is negative: -0.2 lost a fifth.

    `start` is the end of the first period below the peak, as tables in the field have it; `peak` the
    day of the peak itself. `end` is the first period at or above it again, None while it is not regained.
    Lengths count periods: `length` from the first below to the one that regains, both included.
    """

    peak: date | None
    start: date
    trough: date
    end: date | None
    depth: float
    length: int
    to_trough: int
    recovery: int | None


def underwater(returns: Returns) -> Floats:
    """Return the loss from the highest value so far, the starting value included; zero or negative."""
    wealth: Floats = np.cumprod(1.0 + returns, axis=-1, dtype=np.float64)
    # a fall from the start counts: the money was whole before the first return
    peaks = np.maximum(np.maximum.accumulate(wealth, axis=-1), 1.0)
    wealth /= peaks
    wealth -= 1.0
    return wealth


def maximum_drawdown(returns: Returns) -> Floats:
    """Return the deepest loss from a peak, negative (0 where there was none): -0.48 lost 48 percent."""
    found: Floats = underwater(returns).min(axis=-1, initial=0.0)
    return found


def pain_index(returns: Returns) -> Floats:
    """Return the mean depth below the peak over all periods, positive (Becker; Bacon)."""
    found: Floats = -underwater(returns).mean(axis=-1)
    return found


def drawdown_table(
    returns: Returns, days: Sequence[date], *, start: date | None = None, deepest: int = 5
) -> tuple[Drawdown, ...]:
    """List the deepest falls of one series, the deepest first.

    Args:
        returns: `(periods,)`.
        days: The end of each period.
        start: The day the first return starts from: the peak of a fall that begins at once.
        deepest: How many to list.

    Raises:
        ValueError: There is not one day for each return.
    """
    if len(days) != returns.shape[-1]:
        raise ValueError(f"{returns.shape[-1]} returns and {len(days)} days: each return needs its day")
    depths = underwater(returns)
    below = np.concatenate([[False], depths < 0.0, [False]])
    edges = np.flatnonzero(np.diff(below.astype(np.int8)))
    falls = [
        _fall(depths, days, int(first), int(after), start)
        for first, after in zip(edges[::2], edges[1::2], strict=True)
    ]
    return tuple(sorted(falls, key=lambda fall: fall.depth)[: max(deepest, 0)])


def _fall(depths: Floats, days: Sequence[date], first: int, after: int, start: date | None) -> Drawdown:
    """Describe the fall whose periods are `first` up to but not `after`."""
    trough = first + int(np.argmin(depths[first:after]))
    regained = after < len(days)
    return Drawdown(
        peak=days[first - 1] if first else start,
        start=days[first],
        trough=days[trough],
        end=days[after] if regained else None,
        depth=float(depths[trough]),
        length=after - first + (1 if regained else 0),
        to_trough=trough - first + 1,
        recovery=after - trough if regained else None,
    )
