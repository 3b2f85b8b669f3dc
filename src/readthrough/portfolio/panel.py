"""Prices and rates as aligned arrays: common days only, nothing filled in, what is missing listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from readthrough.domain.figure import Window
from readthrough.domain.reading import Problem
from readthrough.portfolio.prices import PriceTable, RateTable, major_unit
from readthrough.portfolio.returns import Floats, Returns, simple_returns

__all__ = ["LEAST_COVERED", "Panel", "covered_weights", "make_panel", "periods_a_year"]

LEAST_COVERED: Final = 0.9
"""Share of gross weight that prices must cover before figures of the covered part stand for the book."""

_FREQUENCIES = ((300.0, 365.0), (150.0, 252.0), (40.0, 52.0), (9.0, 12.0), (3.0, 4.0))
_USUAL_SPLITS = (2, 3, 4, 5, 7, 8, 10, 15, 20, 25, 30, 50, 100)
_NEAR = 0.03
"""How close to a whole factor a change of close must be to look like a split: on its day a share moves too."""
_LATE_DAYS = 10
"""Calendar days that a series may start after, or end before, the others and still count as whole; a monthly
series may by one of its own months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Returns of instruments between the days on which all of them have a price.

    `local` are in each instrument's own currency, `currency` those of that currency in base currency,
    `base` both together. All are `(instruments, periods)`; `days` has one more: the closes.
    """

    instruments: tuple[str, ...]
    currencies: tuple[str, ...]
    days: tuple[date, ...]
    local: Returns
    currency: Returns
    problems: tuple[Problem, ...] = ()

    @property
    def base(self) -> Returns:
        """Returns in base currency."""
        found: Returns = (1.0 + self.local) * (1.0 + self.currency) - 1.0
        return found

    @property
    def window(self) -> Window:
        """The stretch the returns cover."""
        return Window(
            start=self.days[0] if self.days else None,
            end=self.days[-1] if self.days else None,
            observations=max(len(self.days) - 1, 0),
            periods_per_year=periods_a_year(self.days),
        )

    def index(self, instrument: str) -> int | None:
        """Return an instrument's row; None when it has none."""
        return self.instruments.index(instrument) if instrument in self.instruments else None


def periods_a_year(days: Sequence[date]) -> float:
    """Return the field's round number for how often there is a close: 365, 252, 52, 12, 4 or 1.

    >>> periods_a_year([date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 29)])
    12.0
    """
    if len(days) < 2:
        return 252.0
    rate = (len(days) - 1) / max((days[-1] - days[0]).days / 365.25, 1 / 365.25)
    return next((year for least, year in _FREQUENCIES if rate >= least), 1.0)


def make_panel(
    instruments: Sequence[str],
    *,
    prices: PriceTable,
    rates: RateTable,
    base: str,
    since: date | None = None,
    until: date | None = None,
    splits: Mapping[str, Sequence[tuple[date, float]]] | None = None,
) -> Panel:
    """Align closes of instruments in a window.

    An instrument whose prices do not reach over the window is left out and named, rather than the window
    being cut to it; a day on which one of the others has no close is left out for all, so that every
    return spans the same days.

    Args:
        instruments: As they are called in the price table.
        prices: Closes; adjusted ones give total returns, unadjusted ones price returns.
        rates: Exchange rates into the base currency, as last known within their age.
        base: ISO code.
        since: First close that counts; the earliest of any instrument when None.
        until: Last close that counts; the latest of any when None.
        splits: By instrument the days on which one unit became several, and how many: closes before are
            divided by it. A jump that looks like a split nobody told of is named and left as it is.
    """
    problems: list[Problem] = []
    series: dict[str, dict[date, float]] = {}
    for name in dict.fromkeys(instruments):
        found = {
            day: float(value)
            for day, value in prices.series(name)
            if (since is None or day >= since) and (until is None or day <= until) and value > 0
        }
        if found:
            series[name] = _unsplit(found, (splits or {}).get(name, ()))
            problems.extend(_jumps(name, series[name]))
        else:
            problems.append(_problem("no_prices", f"{name} has no price in the window"))
    if not series:
        return _empty(problems)
    first = since or min(min(found) for found in series.values())
    last = max(max(found) for found in series.values())
    whole = {}
    for name, found in series.items():
        start, end = min(found), max(found)
        late = max(_LATE_DAYS, 1.2 * (end - start).days / max(len(found) - 1, 1) + 3)
        if (start - first).days > late or (last - end).days > late:
            problems.append(
                _problem(
                    "short_history",
                    f"{name} has prices from {start} to {end} only, the window is {first} to {last}",
                )
            )
        else:
            whole[name] = found
    if not whole:
        return _empty(problems)
    days = sorted(set.intersection(*(set(found) for found in whole.values())))
    union = len(set().union(*whole.values()))
    if len(days) < 0.8 * union:
        problems.append(
            _problem("few_common_days", f"all instruments have a close on {len(days)} of {union} days only")
        )
    names, currencies, factors = [], [], []
    for name in whole:
        unit = prices.at(name, days[-1]) if days else None
        code = major_unit(unit.currency)[0] if unit is not None and unit.currency else base
        values = _rates(code, base, days, rates)
        if values is None:
            problems.append(
                _problem("no_rates", f"{name} is in {code}, and rates to {base} do not cover the window")
            )
            continue
        names.append(name)
        currencies.append(code)
        factors.append(values)
    if not names or len(days) < 2:
        return _empty(
            [*problems, _problem("no_window", "fewer than two days have prices of all instruments")]
        )
    closes = np.array([[whole[name][day] for day in days] for name in names])
    return Panel(
        instruments=tuple(names),
        currencies=tuple(currencies),
        days=tuple(days),
        local=simple_returns(closes),
        currency=simple_returns(np.array(factors)),
        problems=tuple(problems),
    )


def covered_weights(panel: Panel, weights: Mapping[str, float]) -> tuple[Floats, float]:
    """Return weights in the panel's order, and the share of gross weight that has prices.

    The weights are scaled so that the covered lines stand for all lines; cash stays as it is.
    """
    gross = sum(abs(weight) for weight in weights.values())
    known = np.array([weights.get(name, 0.0) for name in panel.instruments])
    covered = float(np.abs(known).sum())
    share = covered / gross if gross else 0.0
    return (known / share if share else known), share


def _unsplit(closes: dict[date, float], splits: Sequence[tuple[date, float]]) -> dict[date, float]:
    """Return closes in today's units; prices of a split's own day are of after it."""
    for on, factor in splits:
        closes = {day: close / factor if day < on else close for day, close in closes.items()}
    return closes


def _jumps(name: str, closes: Mapping[date, float]) -> Iterator[Problem]:
    days = sorted(closes)
    for before, day in pairwise(days):
        change = closes[day] / closes[before]
        if (1 + _NEAR) / 2 <= change <= 2 * (1 - _NEAR):
            continue  # nearly every day: no split is smaller than two for one
        for factor in _USUAL_SPLITS:
            if abs(change * factor - 1) < _NEAR or abs(change / factor - 1) < _NEAR:
                words = f"{name} went from {closes[before]:g} to {closes[day]:g} on {day}, which looks like a split"
                yield Problem(
                    code="looks_like_a_split",
                    detail=words,
                    remedy="If it is one, import the split or adjusted closes: returns take it for a gain or loss.",
                )
                break


def _rates(code: str, base: str, days: Sequence[date], rates: RateTable) -> list[float] | None:
    if code == base:
        return [1.0] * len(days)
    found = []
    for day in days:
        quote = rates.at(code, base, day)
        if quote is None or quote.is_stale:
            return None
        found.append(float(quote.value))
    return found


def _empty(problems: Sequence[Problem]) -> Panel:
    nothing = np.empty((0, 0))
    return Panel(
        instruments=(),
        currencies=(),
        days=(),
        local=nothing,
        currency=nothing,
        problems=tuple(problems),
    )


def _problem(code: str, detail: str) -> Problem:
    remedy = "Import more prices or rates, or choose another window."
    return Problem(code=code, detail=detail, remedy=remedy)
