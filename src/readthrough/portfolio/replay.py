"""Today's book in a stretch of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from readthrough.domain.reading import Problem
from readthrough.portfolio.drawdowns import underwater
from readthrough.portfolio.panel import Panel
from readthrough.portfolio.returns import drifted, linked_contributions

__all__ = ["PAST_WINDOWS", "Replay", "replay"]

_NO_PRICES: Final = "no line of the book has prices over the window"

PAST_WINDOWS: Final[Mapping[str, tuple[date, date]]] = MappingProxyType(
    {
        "gulf-war-1990": (date(1990, 7, 16), date(1990, 10, 11)),
        "ltcm-1998": (date(1998, 7, 17), date(1998, 8, 31)),
        "dot-com-2000": (date(2000, 3, 24), date(2002, 10, 9)),
        "financial-crisis-2008": (date(2007, 10, 9), date(2009, 3, 9)),
        "lehman-2008": (date(2008, 9, 12), date(2008, 11, 20)),
        "us-downgrade-2011": (date(2011, 7, 22), date(2011, 8, 8)),
        "china-2015": (date(2015, 8, 17), date(2015, 8, 25)),
        "fourth-quarter-2018": (date(2018, 9, 20), date(2018, 12, 24)),
        "covid-2020": (date(2020, 2, 19), date(2020, 3, 23)),
        "rates-2022": (date(2022, 1, 3), date(2022, 10, 12)),
    }
)
"""Peak to trough of the S&P 500's closes around events that everybody remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Today's weights in a past window, bought at its start and left alone. Decimals; falls are negative.

    `covered` is the share of gross weight that has prices over the window; the rest is not scaled up for.
    `reason` is set where nothing can be said.
    """

    start: date
    end: date
    total: float
    worst_period: tuple[date, float]
    deepest: float
    contributions: tuple[tuple[str, float], ...]
    covered: float
    problems: tuple[Problem, ...]
    reason: str = ""


def replay(panel: Panel, weights: Mapping[str, float], *, start: date, end: date) -> Replay:
    """Let today's book live through a past window.

    Args:
        panel: Returns of the window, in base currency.
        weights: Decimal shares by instrument; what has no prices is left out as if it were cash, and told.
        start: First close of the window, for the record.
        end: Last close.
    """
    gross = sum(abs(weight) for weight in weights.values())
    known = np.array([weights.get(name, 0.0) for name in panel.instruments])
    covered = float(np.abs(known).sum() / gross) if gross else 0.0
    book = drifted(panel.base, known) if panel.window.observations and covered else None
    if book is None or np.any(book.returns <= -1.0):
        why = "the book would have lost all it had" if book is not None else _NO_PRICES
        return Replay(
            start=start,
            end=end,
            total=0.0,
            worst_period=(start, 0.0),
            deepest=0.0,
            contributions=(),
            covered=covered,
            problems=panel.problems,
            reason=why,
        )
    worst = int(np.argmin(book.returns))
    parts = linked_contributions(book.contributions)
    listed = sorted(zip(panel.instruments, map(float, parts), strict=True), key=lambda part: part[1])
    return Replay(
        start=panel.days[0],
        end=panel.days[-1],
        total=float(np.prod(1.0 + book.returns) - 1.0),
        worst_period=(panel.days[worst + 1], float(book.returns[worst])),
        deepest=float(underwater(book.returns).min(initial=0.0)),
        contributions=tuple(listed),
        covered=covered,
        problems=panel.problems,
    )
