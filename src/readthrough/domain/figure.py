"""A computed figure with everything one must know to compute it again, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

__all__ = ["DAYS_A_YEAR", "GAIN_POSITIVE", "LOSS_POSITIVE", "Figure", "Unit", "Window", "figure_document"]

DAYS_A_YEAR: Final = 365.25
LOSS_POSITIVE: Final = "a loss is positive"
GAIN_POSITIVE: Final = "a gain is positive, a loss negative"


class Unit(StrEnum):
    """What a value counts. Returns and weights are decimals, never percent: 0.01 is one percent."""

    RETURN = "decimal return over the window"
    RETURN_A_YEAR = "decimal return a year"
    RETURN_A_PERIOD = "decimal return a period"
    DEVIATION_A_PERIOD = "decimal standard deviation a period"
    DEVIATION_A_YEAR = "decimal standard deviation a year"
    WEIGHT = "decimal share of net asset value"
    RATIO = "ratio"
    COUNT = "count"
    DAYS = "trading days"
    MONEY = "base currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The stretch a figure is measured over: from the close at `start` to the close at `end`."""

    start: date | None
    end: date | None
    observations: int
    periods_per_year: float

    @property
    def years(self) -> float:
        """Calendar years where the days are known, else observations over periods a year."""
        if self.start is not None and self.end is not None:
            return (self.end - self.start).days / DAYS_A_YEAR
        return self.observations / self.periods_per_year

    @property
    def is_full_year(self) -> bool:
        """Whether annualising is allowed: the same day a year on counts, leap day or not."""
        if self.start is not None and self.end is not None:
            return (self.end - self.start).days >= 365
        return self.observations >= self.periods_per_year

    def document(self) -> dict[str, object]:
        """Return the window as JSON carries it."""
        return {
            "start": None if self.start is None else self.start.isoformat(),
            "end": None if self.end is None else self.end.isoformat(),
            "observations": self.observations,
            "periods_per_year": self.periods_per_year,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and its method. `value` is None where it is unavailable, and `reason` says why.

    `method` names the formula or paper, `ddof` what is taken off the count in a standard deviation,
    `quantile` how a quantile is read between observations, `sign` which way is up.
    """

    name: str
    value: float | None
    unit: Unit
    method: str
    window: Window | None = None
    ddof: int | None = None
    quantile: str = ""
    sign: str = ""
    standard_error: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.reason):
            raise ValueError(f"{self.name}: a figure has a value or a reason why it has none, never both")
        if self.value is not None and self.value != self.value:
            raise ValueError(f"{self.name}: not a number; say why it is unavailable instead")


def figure_document(figure: Figure) -> Mapping[str, object]:
    """Return a figure as JSON carries it: every part that says how it was made, always.

    >>> figure_document(Figure(name="beta", value=1.0, unit=Unit.RATIO, method="covariance over variance"))["value"]
    1.0
    """
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit.value,
        "method": figure.method,
        "window": None if figure.window is None else figure.window.document(),
        "ddof": figure.ddof,
        "quantile": figure.quantile or None,
        "sign": figure.sign or None,
        "standard_error": figure.standard_error,
        "unavailable": figure.reason or None,
    }
