"""What one file holds: positions, history, accounts, rates."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.domain.ledger import Rate
from readthrough.domain.reading import Problem
from readthrough.portfolio.sheet import Sheet

__all__ = ["Source", "left_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file under our field names; what it does not hold is None or empty.

    `accounts` maps account ids to the currency each reports in, empty where the file does not say.
    """

    format: str
    holdings: Sheet | None = None
    history: Sheet | None = None
    accounts: tuple[tuple[str, str], ...] = ()
    custodian: str = ""
    rates: tuple[Rate, ...] = ()


def left_out(
    number: int, what: str, remedy: str = "Nothing to do: it states no position of its own."
) -> Problem:
    """Say that a row of the source is not read, and why."""
    return Problem(code="not_read", detail=f"row {number}: {what}", remedy=remedy)
