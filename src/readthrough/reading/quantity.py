"""A figure as it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from readthrough.domain.reading import Direction, Unit

__all__ = ["Quantity", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure as it stands: `value` scaled out, the words it came from by offsets.

    `change` is set when the words themselves move ("doubled", "halved").
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    unit: Unit | None
    currency: str = ""
    scale: str = ""
    counted: str = ""
    bound: str = ""
    change: Direction | None = None
    own_unit: bool = True


def plain(value: Decimal) -> Decimal:
    """Write a whole number without an exponent, however many digits it has.

    >>> plain(Decimal("9.9E+30"))
    Decimal('9900000000000000000000000000000')
    """
    whole = value.to_integral_value()
    return Decimal(f"{whole:f}") if value == whole else value  # quantizing refuses more than 28 digits
