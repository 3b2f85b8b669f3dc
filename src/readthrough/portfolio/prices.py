"""Prices and exchange rates by day: the last known with its age, never one that was filled in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from types import MappingProxyType
from typing import Final

from readthrough.domain.ledger import Price, Rate

__all__ = [
    "MINOR_UNITS",
    "STALE_AFTER_DAYS",
    "VOLUME_SESSIONS",
    "PriceTable",
    "Quote",
    "RateTable",
    "major_unit",
]

STALE_AFTER_DAYS: Final = 5
"""Calendar days after which a close is called stale: a long weekend is four."""

VOLUME_SESSIONS: Final = 63
"""Sessions, a quarter, that the usual volume is the median of."""

_FEWEST_VOLUMES: Final = 5  # sessions; fewer say nothing of what is usual

MINOR_UNITS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {"GBp": ("GBP", 100), "GBX": ("GBP", 100), "GBx": ("GBP", 100), "ZAc": ("ZAR", 100), "ILA": ("ILS", 100)}
)
"""Currencies that exchanges quote in hundredths, and what of."""


def major_unit(currency: str) -> tuple[str, int]:
    """Return the ISO currency behind a quoting unit, and how many of the unit make one.

    >>> major_unit("GBp"), major_unit("USD")
    (('GBP', 100), ('USD', 1))
    """
    return MINOR_UNITS.get(currency, (currency, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A figure as last known on a day."""

    value: Decimal
    day: date  # that it is of
    age_days: int  # calendar days from there to the day asked for
    currency: str  # of a price; of a rate, the currency it converts into

    @property
    def is_stale(self) -> bool:
        """Older than `STALE_AFTER_DAYS`."""
        return self.age_days > STALE_AFTER_DAYS


class _Series:
    """Days in order and what they hold. One day is held once: what was given last stands."""

    __slots__ = ("days", "units", "values")

    def __init__(self, points: Mapping[date, tuple[Decimal, str]]) -> None:
        self.days = sorted(points)
        self.values = [points[day][0] for day in self.days]
        self.units = [points[day][1] for day in self.days]

    def at(self, day: date) -> Quote | None:
        place = bisect_right(self.days, day) - 1
        if place < 0:
            return None
        of = self.days[place]
        return Quote(value=self.values[place], day=of, age_days=(day - of).days, currency=self.units[place])


class PriceTable:
    """Closes by instrument and day."""

    def __init__(self, prices: Iterable[Price] = ()) -> None:
        """Index prices; of two for one instrument and day the later given stands."""
        points: dict[str, dict[date, tuple[Decimal, str]]] = {}
        self._volumes: dict[str, dict[date, float]] = {}
        for price in prices:
            points.setdefault(price.instrument, {})[price.day] = (price.close, price.currency)
            if price.volume is not None:
                self._volumes.setdefault(price.instrument, {})[price.day] = float(price.volume)
        self._series = {instrument: _Series(found) for instrument, found in points.items()}

    def __len__(self) -> int:
        return sum(len(series.days) for series in self._series.values())

    @property
    def instruments(self) -> tuple[str, ...]:
        """Every instrument with a price, in order of name."""
        return tuple(sorted(self._series))

    def at(self, instrument: str, day: date) -> Quote | None:
        """Return the last close on or before a day with its age; None when there is none.

        Whether it is too old to use is the caller's to say: `Quote.is_stale` tells.
        """
        series = self._series.get(instrument)
        return None if series is None else series.at(day)

    def on(self, instrument: str, day: date) -> Decimal | None:
        """Return the close of exactly this day."""
        found = self.at(instrument, day)
        return found.value if found is not None and found.age_days == 0 else None

    def series(self, instrument: str) -> tuple[tuple[date, Decimal], ...]:
        """Return an instrument's closes in order of day; empty when it has none."""
        series = self._series.get(instrument)
        return () if series is None else tuple(zip(series.days, series.values, strict=True))

    def usual_volume(self, instrument: str, day: date, *, sessions: int = VOLUME_SESSIONS) -> float | None:
        """Return the median units traded on the last sessions up to a day that have a volume.

        None where there are fewer than five of them, or the last is stale.
        """
        known = [(at, units) for at, units in self._volumes.get(instrument, {}).items() if at <= day]
        newest = sorted(known)[-sessions:]
        if len(newest) < _FEWEST_VOLUMES or (day - newest[-1][0]).days > STALE_AFTER_DAYS:
            return None
        return median(units for _, units in newest)

    def days(self, instruments: Iterable[str] | None = None) -> tuple[date, ...]:
        """Return every day on which one of the instruments (all when None) has a price, in order."""
        chosen = self._series if instruments is None else dict.fromkeys(instruments)
        found: set[date] = set()
        for instrument in chosen:
            if (series := self._series.get(instrument)) is not None:
                found.update(series.days)
        return tuple(sorted(found))

    def rows(self) -> Iterator[Price]:
        """Go through all prices by instrument and day."""
        for instrument, series in sorted(self._series.items()):
            for day, value, unit in zip(series.days, series.values, series.units, strict=True):
                yield Price(instrument=instrument, day=day, close=value, currency=unit)


class RateTable:
    """Exchange rates by pair and day; a missing pair is crossed through one currency, never through two."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        """Index rates; of two for one pair and day the later given stands."""
        points: dict[tuple[str, str], dict[date, tuple[Decimal, str]]] = {}
        for rate in rates:
            if rate.rate <= 0:
                raise ValueError(
                    f"a rate must be above zero, got {rate.rate} for {rate.currency}/{rate.base}"
                )
            points.setdefault((rate.currency, rate.base), {})[rate.day] = (rate.rate, rate.base)
        self._series = {pair: _Series(found) for pair, found in points.items()}
        self._pivots = sorted({code for pair in points for code in pair})

    def __len__(self) -> int:
        return sum(len(series.days) for series in self._series.values())

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (currency, base) given, in order."""
        return tuple(sorted(self._series))

    def at(self, currency: str, base: str, day: date) -> Quote | None:
        """Return the units of `base` for one of `currency`, as last known on a day; None when unknown.

        Asks for the pair, then for its inverse, then crosses both through a third currency. Of a
        crossed rate the age is that of the older side. Units such as GBp count as their hundredth.
        """
        (one, parts), (other, base_parts) = major_unit(currency), major_unit(base)
        scale = Decimal(base_parts) / Decimal(parts)
        if one == other:
            return Quote(value=scale, day=day, age_days=0, currency=base)
        found = self._direct(one, other, day) or self._crossed(one, other, day)
        if found is None:
            return None
        return Quote(value=found.value * scale, day=found.day, age_days=found.age_days, currency=base)

    def _direct(self, currency: str, base: str, day: date) -> Quote | None:
        series = self._series.get((currency, base))
        given = series.at(day) if series is not None else None
        inverse = self._series.get((base, currency))
        turned = inverse.at(day) if inverse is not None else None
        if turned is None or (given is not None and given.age_days <= turned.age_days):
            return given
        return Quote(value=1 / turned.value, day=turned.day, age_days=turned.age_days, currency=base)

    def _crossed(self, currency: str, base: str, day: date) -> Quote | None:
        best: Quote | None = None
        for pivot in self._pivots:
            near = self._direct(currency, pivot, day)
            far = self._direct(pivot, base, day) if near is not None else None
            if near is None or far is None:
                continue
            older = near if near.age_days >= far.age_days else far
            if best is None or older.age_days < best.age_days:
                best = Quote(
                    value=near.value * far.value, day=older.day, age_days=older.age_days, currency=base
                )
        return best

    def rows(self) -> Iterator[Rate]:
        """Go through all rates by pair and day."""
        for (currency, base), series in sorted(self._series.items()):
            for day, value in zip(series.days, series.values, strict=True):
                yield Rate(currency=currency, base=base, day=day, rate=value)
