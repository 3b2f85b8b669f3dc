"""Performance, risk and attribution of a portfolio as a page shows them, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.desk.open import Desk
from readthrough.domain.portfolio import Portfolio
from readthrough.web.charts import Area

__all__ = ["Figures", "Group", "figures_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of one kind: name, value as shown, and the method it was computed by."""

    title: str
    lines: tuple[tuple[str, str, str], ...]
    drawn: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What can be said of a portfolio's past and risk; `missing` says what it would take to say more."""

    groups: tuple[Group, ...] = ()
    missing: str = ""


def figures_of(desk: Desk, portfolio: Portfolio) -> Figures:
    """Compute what the record allows."""
    del desk, portfolio
    return Figures(missing="Performance and risk need a price history of what is held; none is fed here.")
