"""How far a share is expected to move on news: what an event study measured, as a small table.

The table holds, for each kind of event, how far shares moved net of the market on the day (`location_bps`) and how
widely they scattered around it (`scale_bps`), and what novelty, strength of the news and the size of the company
change of the scatter. `readthrough research moves` fits it anew on one's own news and prices.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from readthrough.domain.errors import ModelError
from readthrough.portfolio.priors import MoveRange

__all__ = [
    "SIZES",
    "MoveTable",
    "Row",
    "band",
    "load_moves",
    "moves_document",
    "news_size",
    "read_moves",
    "size_of",
]

SIZES: Final[Mapping[str, int]] = MappingProxyType({"mega": 100, "large": 500, "other": 10**9})
"""Class of a company -> the rank by importance in the universe up to which it belongs to it."""

_SHIPPED: Final = Path(__file__).parent / "data" / "expected_moves.json"
_USUAL_SCORE: Final = 0.6
_MOST_INTENSE: Final = 1.5  # news scored 0.9 or more moves no further than half as much again as usual
_OLD_NEWS: Final = 0.15  # share of a usual move that a story without any novelty still carries
_LARGEST: Final = 9_000.0  # bps: a share can lose all it is worth, not more
_VERSION: Final = 1


class Row(NamedTuple):
    """One kind of news: `n` is the events behind it, where few the figures lean on general knowledge."""

    n: float
    location_bps: float  # in the direction of the news, for news of usual strength, fully new
    scale_bps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTable:
    """What was fitted. `coverage` is the share of outcomes that `low` to `high` is to hold.

    `quantiles` are those of what remains after location, in scales: low, mid, high.
    """

    coverage: float
    quantiles: tuple[float, float, float]
    novelty: float  # log of the factor on the scale between nothing new and fully new
    intensity: float  # log of the factor on the scale for each whole unit of score
    sizes: Mapping[str, float]  # class -> factor on the scale
    rows: Mapping[tuple[str, int], Row]  # (parent event type, sign) -> row; ("", sign) is news at large
    reported: tuple[float, float, float]  # share of a move the text reports that is the day's: low, mid, high
    reported_spread_bps: float  # added to that band either way
    provenance: Mapping[str, str]
    quiet: float = (
        1.0  # factor on the scale of news at large for a share that has no news of its own that day
    )

    def row(self, parent: str, sign: int) -> Row:
        """Return the row of a kind of news; that of news at large for an unknown one."""
        return self.rows.get((parent, sign)) or self.rows["", sign]

    def expected(
        self,
        parent: str,
        sign: int,
        *,
        score: float,
        novelty: float,
        size: str,
        share: float = 1.0,
    ) -> MoveRange:
        """Return the expected move in basis points of the share price, in the direction of the news.

        Args:
            parent: A parent of the taxonomy; "" for news without an event.
            sign: Whether the news is good or bad, 1 or -1.
            score: Of the news for this issuer, in [-1, 1].
            novelty: Of the story, in [0, 1].
            size: A key of `SIZES`.
            share: What sureness and relevance leave of the location; the scatter stays.
        """
        row = self.row(parent, sign)
        mid = row.location_bps * news_size(score, novelty) * share
        low, _, high = self.quantiles
        scale = row.scale_bps * self.scatter(score=score, novelty=novelty, size=size)
        return MoveRange(
            max(mid + low * scale, -_LARGEST), min(mid, _LARGEST), min(max(mid + high * scale, mid), _LARGEST)
        )

    def around(self, mid: float, size: str) -> tuple[float, float]:
        """Return the band around a move that news of others makes, in signed basis points, lower first.

        Such news has a middle of its own (`priors`); around it the share scatters as on news at large. A table may
        say by `quiet` that it scatters less.
        """
        low, _, high = self.quantiles
        scale = self.row("", 1).scale_bps * self.sizes.get(size, 1.0) * self.quiet
        ends = (mid + low * scale, mid + high * scale) if mid > 0 else (mid - high * scale, mid - low * scale)
        return max(ends[0], -_LARGEST), min(ends[1], _LARGEST)

    def scatter(self, *, score: float, novelty: float, size: str) -> float:
        """Return the factor on a row's scale."""
        change = self.novelty * (novelty - 1) + self.intensity * (min(abs(score), 0.9) - _USUAL_SCORE)
        return exp(change) * self.sizes.get(size, 1.0)


def news_size(score: float, novelty: float) -> float:
    """Return how strong and new news is, as a factor on a usual move.

    >>> news_size(-0.6, 1.0), news_size(1.0, 1.0)
    (1.0, 1.5)
    """
    return min(abs(score) / _USUAL_SCORE, _MOST_INTENSE) * (_OLD_NEWS + (1 - _OLD_NEWS) * novelty)


def band(table: MoveTable, reported_bps: float, usual: MoveRange) -> tuple[float, float]:
    """Return the ends of the band around a move the text itself reports, lower first.

    What is reported may be of another day, or of the market: the band reaches from there to the whole of it,
    and is never narrower than that of such news without a report.

    Args:
        table: What was fitted.
        reported_bps: The move.
        usual: What is expected of such news, in the direction of the move.
    """
    less, _, more = table.reported
    sign = 1 if reported_bps > 0 else -1
    spread = table.reported_spread_bps
    ends = (
        reported_bps * less - sign * spread,
        reported_bps * more + sign * spread,
        sign * usual.low,
        sign * usual.high,
    )
    return max(min(ends), -_LARGEST), min(max(ends), _LARGEST)


def size_of(rank: int | None) -> str:
    """Return the class of a company by its place in the universe, counted from 0.

    >>> size_of(3), size_of(4000), size_of(None)
    ('mega', 'other', 'other')
    """
    if rank is None:
        return "other"
    return next(name for name, upto in SIZES.items() if rank < upto)


@cache
def load_moves() -> MoveTable:
    """Return the table that ships.

    Raises:
        ModelError: The package is broken.
    """
    return read_moves(_SHIPPED)


def read_moves(path: Path) -> MoveTable:
    """Read a fitted table.

    Raises:
        ModelError: It is missing or not such a table.
    """
    try:
        document: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if document["version"] != _VERSION:
            raise ValueError(f"version {document['version']}")
        rows = {
            (parent, sign): Row(float(n), float(location), float(scale))
            for parent, sign, n, location, scale in document["rows"]
        }
        if not {("", 1), ("", -1)} <= rows.keys() or any(row.scale_bps <= 0 for row in rows.values()):
            raise ValueError("rows are missing or without scatter")
        low, mid, high = map(float, document["quantiles"])
        less, usual, more = map(float, document["reported"])
        return MoveTable(
            coverage=float(document["coverage"]),
            quantiles=(low, mid, high),
            novelty=float(document["novelty"]),
            intensity=float(document["intensity"]),
            sizes=MappingProxyType({k: float(v) for k, v in document["sizes"].items()}),
            rows=MappingProxyType(rows),
            reported=(less, usual, more),
            reported_spread_bps=float(document["reported_spread_bps"]),
            provenance=MappingProxyType({k: str(v) for k, v in document["provenance"].items()}),
            quiet=float(document.get("quiet", 1.0)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"The table of expected moves {path.name} cannot be used: {error}.",
            remedy="Fit it again with `readthrough research moves`, or unset portfolio.moves.",
            path=str(path),
        ) from error


def moves_document(table: MoveTable) -> dict[str, Any]:
    """Return a table as JSON that `read_moves` reads."""
    return {
        "version": _VERSION,
        "provenance": dict(table.provenance),
        "coverage": table.coverage,
        "quantiles": [round(q, 4) for q in table.quantiles],
        "novelty": round(table.novelty, 4),
        "intensity": round(table.intensity, 4),
        "quiet": round(table.quiet, 4),
        "sizes": {name: round(factor, 4) for name, factor in table.sizes.items()},
        "reported": [round(q, 4) for q in table.reported],
        "reported_spread_bps": round(table.reported_spread_bps, 1),
        "rows": [
            [parent, sign, round(row.n, 1), round(row.location_bps, 1), round(row.scale_bps, 1)]
            for (parent, sign), row in sorted(table.rows.items())
        ],
    }
