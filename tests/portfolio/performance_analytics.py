"""The monthly returns for which R's PerformanceAnalytics 2.1.0 prints its figures: numbers alone, of its `managers` and `edhec`."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from readthrough.portfolio.returns import Floats

GOLDEN = Path(__file__).parents[1] / "golden"


class Table(NamedTuple):
    days: list[date]
    columns: dict[str, Floats]

    def series(self, name: str) -> tuple[list[date], Floats]:
        """Return a column's days and returns where it has any."""
        values = self.columns[name]
        known = ~np.isnan(values)
        return [day for day, is_known in zip(self.days, known, strict=True) if is_known], values[known]


@cache
def load(name: str) -> Table:
    with (GOLDEN / f"{name}_returns.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    days = [date.fromisoformat(row[0]) for row in rows]
    cells = np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in rows])
    return Table(days, {name: cells[:, i] for i, name in enumerate(head[1:])})
