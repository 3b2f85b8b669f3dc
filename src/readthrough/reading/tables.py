"""Rows of a results table set in plain text: label, this period, the period before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Unit
from readthrough.reading.metrics import find_metrics
from readthrough.reading.quantity import plain

__all__ = ["Row", "read_row", "table_scale"]

_CELL: Final = r"[-–(+]?\s?[$€£¥]?\s?\(?\d[\d,]*(?:\.\d+)?\)?(?:\s?(?:%|bps|bp|pts|pp|ppts))?\)?%?"
_CELLS: Final = lazily(_CELL)
_ROW: Final = lazily(
    rf"^\s*(?P<label>[A-Za-z][\w &/,'’().$€£%-]{{2,60}}?)(?:\s{{2,}}|\t+|\s*\|\s*)(?P<cells>{_CELL}(?:(?:\s{{2,}}|\t+|\s*\|\s*){_CELL}){{1,6}})\s*\|?\s*$"
)
_SCALE: Final = lazily(
    r"(?:\bin |\$|€|£|\()\s?(?P<scale>thousands|millions|billions)\b|\b(?:rs|₹)\.? in (?P<crore>crores?)\b"
)
_RATES: Final = ("bps", "bp", "pts", "pp", "ppts")
_EXPONENT: Final = {"thousands": 3, "millions": 6, "billions": 9}
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The first figure of a row and the one it compares with; offsets into the row's text."""

    metric: str
    segment: str
    value: Decimal
    previous: Decimal | None
    unit: Unit
    currency: str
    start: int
    end: int


def table_scale(lowered: str) -> int:
    """Return the power of ten that a table's heading gives its money, 0 when it gives none."""
    match = _SCALE.search(lowered)
    if match is None:
        return 0
    return 7 if match["crore"] else _EXPONENT[match["scale"]]


def read_row(line: str, *, exponent: int, currency: str = "USD") -> Row | None:
    """Read a line as a row of a table, if it is one and its label names a metric.

    >>> row = read_row("Total Revenue      $902      $914     (1)%", exponent=6)
    >>> row and (row.metric, str(row.value), str(row.previous))
    ('revenue', '902000000', '914000000')
    """
    last = line.rstrip()[-1:]
    match = (
        _ROW.match(line)
        if last.isdigit() or last in {")", "%", "|"} or line.rstrip().endswith(_RATES)
        else None
    )  # prose ends in a stop
    if match is None:
        return None
    label = match["label"].lower()
    metrics = find_metrics(label, 0, len(label))
    if not metrics:
        return None
    metric = metrics[-1]
    cells = list(_cells(line, match.start("cells")))
    first, second = cells[0], cells[1]
    per_share = metric.name == "eps" or "per share" in label
    unit = Unit.PERCENT if "%" in first[2] else Unit.MONEY_PER_SHARE if per_share else Unit.MONEY
    power = exponent if unit is Unit.MONEY else 0
    sign = next((c for c in _SIGNS if c in first[2]), "")
    same = ("%" in second[2]) == ("%" in first[2])
    return Row(
        metric=metric.name,
        segment=label[: metric.start].strip(" -"),
        value=_scaled(first[2], power),
        previous=_scaled(second[2], power) if same else None,
        unit=unit,
        currency="" if unit is Unit.PERCENT else _SIGNS.get(sign, currency),
        start=first[0],
        end=first[1],
    )


def _cells(line: str, start: int) -> Iterator[tuple[int, int, str]]:
    for match in _CELLS.finditer(line[start:]):
        yield start + match.start(), start + match.end(), match.group()


def _scaled(cell: str, power: int) -> Decimal:
    number = Decimal(re.sub(r"[^\d.]", "", cell)).scaleb(power)
    return plain(number) if power else number
