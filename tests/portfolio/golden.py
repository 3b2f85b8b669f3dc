"""Reads the tables of known answers and the real prices that come inside installed wheels."""

from __future__ import annotations

import csv
import gzip
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from readthrough.portfolio.returns import Floats

GOLDEN = Path(__file__).parents[1] / "golden"


class Answer(NamedTuple):
    expected: float
    tolerance: float


@cache
def answers(case: str) -> dict[str, Answer]:
    with (GOLDEN / "portfolio_analytics.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["case"] == case]
    assert rows, f"no golden case {case}"
    assert all(row["source"] for row in rows)
    return {row["figure"]: Answer(float(row["expected"]), float(row["tolerance"])) for row in rows}


def agree(case: str, found: dict[str, float]) -> None:
    """Demand that every figure of a case was computed, and is right to its tolerance."""
    wanted = answers(case)
    assert set(found) == set(wanted), sorted(set(found) ^ set(wanted))
    wrong = {
        name: (value, wanted[name])
        for name, value in found.items()
        if not abs(float(value) - wanted[name].expected) <= wanted[name].tolerance
    }
    assert not wrong


class Prices(NamedTuple):
    names: list[str]
    days: list[date]
    closes: Floats  # (instruments, days)

    @property
    def returns(self) -> Floats:
        changed: Floats = self.closes[:, 1:] / self.closes[:, :-1] - 1.0
        return changed


def _rows(package: str, inside: str) -> list[list[str]]:
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(next(iter(spec.submodule_search_locations))) / inside
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@cache
def wheel_prices(table: str = "sp500_dataset") -> Prices:
    """Return closes out of the skfolio wheel: sp500_dataset, sp500_index or factors_dataset."""
    head, *rows = _rows("skfolio", f"datasets/data/{table}.csv.gz")
    closes = np.array([[float(cell) for cell in row[1:]] for row in rows]).T
    return Prices(head[1:], [date.fromisoformat(row[0]) for row in rows], np.ascontiguousarray(closes))


class French(NamedTuple):
    months: list[tuple[int, int]]
    factors: Floats  # (3, months): Mkt-RF, SMB, HML, decimals
    risk_free: Floats


@cache
def french_factors() -> French:
    """Return the Fama-French monthly factors out of the arch wheel."""
    _, *rows = _rows("arch", "data/frenchdata/frenchdata.csv.gz")
    months = [(int(row[0][:4]), int(row[0][4:6])) for row in rows]
    cells = np.array([[float(cell) for cell in row[1:5]] for row in rows]).T / 100.0
    return French(months, cells[:3], cells[3])


@cache
def wheel_series(name: str) -> tuple[list[date], Floats]:
    """Return a daily series out of the arch wheel (wti, vix): days and levels, gaps left out."""
    _, *rows = _rows("arch", f"data/{name}/{name}.csv.gz")
    known = [row for row in rows if row[1].strip() not in ("", ".")]
    days = [datetime.strptime(row[0], "%m/%d/%Y").date() for row in known]  # noqa: DTZ007
    return days, np.array([float(row[1]) for row in known])
