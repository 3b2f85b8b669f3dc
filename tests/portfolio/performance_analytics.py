"""Reads the data of R's PerformanceAnalytics from a checkout of it: GPL, so never copied here."""

from __future__ import annotations

import csv
import gzip
import os
import struct
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from readthrough.portfolio.returns import Floats

VARIABLE = "READTHROUGH_PERFORMANCE_ANALYTICS"


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
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(
            f"{VARIABLE} names no `data` folder of a checkout of braverock/PerformanceAnalytics (GPL)"
        )
    return _managers(Path(folder)) if name == "managers" else _edhec(Path(folder))


def _managers(folder: Path) -> Table:
    with (folder / "managers.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    days = [date.fromisoformat(row[0]) for row in rows]
    cells = np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in rows])
    return Table(days, {name: cells[:, i] for i, name in enumerate(head[1:])})


def _edhec(folder: Path) -> Table:
    """The .rda holds 293 months, the .csv beside it fewer: the doubles are found by their length."""
    raw = gzip.decompress((folder / "edhec.rda").read_bytes())
    with (folder / "edhec.csv").open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream))[1:]
    months, count = 293, 293 * len(names)
    at = raw.index(struct.pack(">i", count)) + 4
    cells = (
        np.frombuffer(raw[at : at + 8 * count], dtype=">f8").astype(np.float64).reshape(len(names), months)
    )
    return Table(_month_ends(date(1997, 1, 31), months), dict(zip(names, cells, strict=True)))


def _month_ends(first: date, count: int) -> list[date]:
    months = [first.year * 12 + first.month + step for step in range(count)]
    return [date(month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in months]
