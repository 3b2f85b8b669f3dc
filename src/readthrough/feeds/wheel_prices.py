"""Real prices that come inside other packages: for demonstration and tests, read where they lie, never copied.

skfolio brings 20 US stocks and the S&P 500 (1990-2022) and five factor funds (2014-2022), adjusted closes,
"solely for testing and example purposes"; arch brings Fama and French's monthly factors (1926-2018) and
crude oil by the day (1986-2018).
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from readthrough.domain.errors import SourceNotFound
from readthrough.domain.ledger import Price

__all__ = ["FACTORS", "INDEX", "OIL", "wheel_prices"]

INDEX: Final = "SP500"
OIL: Final = "WTI"
FACTORS: Final = ("MKT-RF", "SMB", "HML")
_TABLES: Final = ("sp500_dataset", "sp500_index", "factors_dataset")
_SOURCE: Final = "wheel:{}"


def wheel_prices(since: date, until: date = date.max) -> Iterator[Price]:
    """Go through the closes in both wheels: stocks, `SP500`, factor funds, `WTI`, and factors as levels.

    Raises:
        SourceNotFound: A wheel is not installed, or no longer holds its table.
    """
    for table in _TABLES:
        head, *rows = _rows("skfolio", f"datasets/data/{table}.csv.gz")
        for row in rows:
            day = date.fromisoformat(row[0])
            if since <= day <= until:
                for name, cell in zip(head[1:], row[1:], strict=True):
                    yield _price(name, day, Decimal(cell), "skfolio")
    for row in _rows("arch", "data/wti/wti.csv.gz")[1:]:
        if row[1].strip() in ("", "."):
            continue
        day = datetime.strptime(row[0], "%m/%d/%Y").date()  # noqa: DTZ007
        if since <= day <= until:
            yield _price(OIL, day, Decimal(row[1]), "arch")
    yield from _factors(since, until)


def _factors(since: date, until: date) -> Iterator[Price]:
    """Turn the monthly returns of factors into levels at the last session of each month."""
    _, *sessions = _rows("skfolio", "datasets/data/sp500_index.csv.gz")
    last: dict[tuple[int, int], date] = {}
    for row in sessions:
        day = date.fromisoformat(row[0])
        last[day.year, day.month] = day
    levels = [Decimal(100)] * len(FACTORS)
    for row in _rows("arch", "data/frenchdata/frenchdata.csv.gz")[1:]:
        levels = [level * (1 + Decimal(cell) / 100) for level, cell in zip(levels, row[1:4], strict=True)]
        day_of = last.get((int(row[0][:4]), int(row[0][4:6])))
        if day_of is not None and since <= day_of <= until:
            for name, level in zip(FACTORS, levels, strict=True):
                yield _price(name, day_of, round(level, 8), "arch")


def _price(name: str, day: date, close: Decimal, package: str) -> Price:
    return Price(instrument=name, day=day, close=close, currency="USD", source=_SOURCE.format(package))


def _rows(package: str, inside: str) -> list[list[str]]:
    spec = find_spec(package)
    places = [] if spec is None else list(spec.submodule_search_locations or ())
    path = Path(places[0]) / inside if places else None
    if path is None or not path.is_file():
        raise SourceNotFound(
            f"The package {package} with its example prices ({inside}) is not installed.",
            remedy='Install it: pip install "readthrough[demo]".',
        )
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))
