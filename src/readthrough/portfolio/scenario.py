"""What a book would lose or gain: under shocks that spread by what is known of its issuers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from readthrough.domain.reading import Problem
from readthrough.domain.security import Edge, Relation
from readthrough.portfolio.exposure import ExposureLine
from readthrough.portfolio.priors import READ_THROUGH
from readthrough.portfolio.shocks import Shock, ShockKind
from readthrough.universe.master import Universe

__all__ = ["Band", "Beta", "LineEffect", "ScenarioResult", "run_scenario"]

_TIED: Final = (-0.5, 2.5)  # the band around a read-through, as `assess` has it: wide enough to be wrong
_USUAL_DEPENDENCE: Final = 0.20
_DEPENDENCE: Final = (0.25, 2.5)
_MAIN, _ONE_OF_SEVERAL = 2, 1

# Decimal move of a share for a driver's move of 1.00, where its history was not measured. Fitted on
# nothing: rounded from general knowledge of industry betas; give prices of the driver to measure them.
_ELASTICITY: Final = {_MAIN: (0.10, 0.35, 0.80), _ONE_OF_SEVERAL: (0.0, 0.08, 0.25)}
_OF_RATES: Final = {_MAIN: (2.0, 6.0, 12.0), _ONE_OF_SEVERAL: (0.0, 1.5, 4.0)}
_IN_POINTS: Final = frozenset(
    {"rates", "credit"}
)  # drivers that move by percentage points of yield or spread


class Band(NamedTuple):
    """A move or an effect: the low end, the middle, the high end, as signed numbers in order."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """A measured sensitivity of an instrument to the market or to a driver, with its standard error."""

    value: float
    standard_error: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEffect:
    """What shocks do to one line. `move` is decimal, `bps` of the book's net asset value."""

    instrument: str
    issuer: str
    weight: float
    move: Band
    bps: Band
    path: str  # market, direct, sector, country, currency, theme, driver, supplier, customer, peer
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """Effects by line, largest first, and their sum. `total.low` has every line at its own worst end."""

    shocks: tuple[Shock, ...]
    total: Band
    lines: tuple[LineEffect, ...]
    untouched: float  # gross weight that no shock reaches
    problems: tuple[Problem, ...]


def run_scenario(
    lines: Sequence[ExposureLine],
    shocks: Sequence[Shock],
    universe: Universe,
    *,
    betas: Mapping[str, Beta] | None = None,
    drivers: Mapping[str, Mapping[str, Beta]] | None = None,
) -> ScenarioResult:
    """Work out what shocks do to each line and to the book.

    A shock to an issuer meets all its lines, and its suppliers, customers and competitors by the company
    graph, one step. A market shock moves a line by its measured beta. A driver moves it by its measured
    sensitivity, else by the sign and strength that the graph knows, with a wide band. Moves of several
    shocks compound; no line loses more than all.

    Args:
        lines: What `exposure_lines` gives.
        shocks: What moves.
        universe: Issuers, ties, sensitivities.
        betas: To the market by instrument; lines without one are named, and not moved.
        drivers: By driver, the measured sensitivities by instrument.
    """
    problems: list[Problem] = []
    effects: list[LineEffect] = []
    untouched = 0.0
    reached = [_reach(shock, universe) for shock in shocks]
    for line in lines:
        if line.weight is None:
            problems.append(
                _problem("no_weight", f"{line.instrument} has no weight, so its effect is not known")
            )
            continue
        moves: list[tuple[Band, str, str]] = []
        for shock, ties in zip(shocks, reached, strict=True):
            found = _move(line, shock, ties, universe, betas or {}, drivers or {})
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                moves.append(found)
        if not moves:
            untouched += abs(line.weight)
            continue
        effects.append(_effect(line, moves))
    effects.sort(key=lambda effect: -abs(effect.bps.mid))
    total = Band(*(sum(effect.bps[i] for effect in effects) for i in range(3)))
    return ScenarioResult(
        shocks=tuple(shocks),
        total=total,
        lines=tuple(effects),
        untouched=untouched,
        problems=tuple(problems),
    )


def _effect(line: ExposureLine, moves: Sequence[tuple[Band, str, str]]) -> LineEffect:
    assert line.weight is not None
    grown = [float(np.prod([1.0 + max(move[i], -1.0) for move, _, _ in moves])) - 1.0 for i in range(3)]
    ends = sorted(line.weight * grown[i] * 1e4 for i in (0, 2))
    largest = max(moves, key=lambda each: abs(each[0].mid))
    return LineEffect(
        instrument=line.instrument,
        issuer=line.issuer,
        weight=line.weight,
        move=Band(*grown),
        bps=Band(ends[0], line.weight * grown[1] * 1e4, ends[1]),
        path=largest[1],
        why="; ".join(why for _, _, why in moves)
        + (f"; held through {line.through}" if line.through else ""),
    )


class _Tie(NamedTuple):
    path: str
    share: float
    why: str


_PATHS: Final = {
    Relation.SUPPLIER: ("supplier", "supplies"),
    Relation.CUSTOMER: ("customer", "buys from"),
    Relation.COMPETITOR: ("peer", "competes with"),
}


def _reach(shock: Shock, universe: Universe) -> dict[str, _Tie]:
    """Find the issuers that a shock to an issuer reaches, and the share of its move that does."""
    if shock.kind is not ShockKind.ISSUER:
        return {}
    source = universe.issuer(shock.target)
    name = source.name if source is not None else shock.target
    ties = READ_THROUGH.get(shock.event)
    found: dict[str, _Tie] = {}
    if ties is None:
        return found
    for edge in universe.graph.edges(shock.target):
        if edge.relation not in _PATHS:
            continue
        path, verb = _PATHS[edge.relation]
        share = float(getattr(ties, path)) * _dependence(edge, universe)
        if share and abs(share) > abs(found.get(edge.target, _Tie("", 0.0, "")).share):
            what = f" ({edge.why})" if edge.why else ""
            found[edge.target] = _Tie(path, share, f"{verb} {name}{what}")
    return found


def _dependence(edge: Edge, universe: Universe) -> float:
    """Scale by how much of the reached issuer's business hangs on the other, where that is known."""
    if edge.relation is Relation.COMPETITOR:
        return 1.0
    back = (
        tie.weight
        for tie in universe.graph.edges(edge.target)
        if tie.target == edge.source and tie.weight is not None
    )
    weight = next(back, None)
    if weight is None:
        return 1.0
    return min(max(weight / _USUAL_DEPENDENCE, _DEPENDENCE[0]), _DEPENDENCE[1])


def _move(
    line: ExposureLine,
    shock: Shock,
    ties: Mapping[str, _Tie],
    universe: Universe,
    betas: Mapping[str, Beta],
    drivers: Mapping[str, Mapping[str, Beta]],
) -> tuple[Band, str, str] | Problem | None:
    kind, move = shock.kind, shock.move
    same = Band(move, move, move)
    if kind is ShockKind.ISSUER:
        if line.issuer_id == shock.target:
            return same, "direct", f"{line.issuer} {move:+.1%}"
        tie = ties.get(line.issuer_id)
        return None if tie is None else (_banded(move * tie.share, _TIED), tie.path, tie.why)
    if kind is ShockKind.MARKET:
        beta = betas.get(line.instrument)
        if line.issuer == "Cash":
            return None
        if beta is None:
            return _problem(
                "no_beta", f"{line.instrument} has no measured beta, so the market does not move it here"
            )
        return _measured(beta, move), "market", f"beta {beta.value:.2f} to the market ({beta.method})"
    if kind is ShockKind.DRIVER:
        return _driven(line, shock, universe, drivers.get(shock.target, {}))
    value = {
        ShockKind.SECTOR: (line.sector,),
        ShockKind.COUNTRY: (line.country,),
        ShockKind.CURRENCY: (line.currency,),
        ShockKind.THEME: line.themes,
    }[kind]
    return (same, kind.value, f"{shock.target} {move:+.1%}") if shock.target in value else None


def _driven(
    line: ExposureLine, shock: Shock, universe: Universe, measured: Mapping[str, Beta]
) -> tuple[Band, str, str] | None:
    beta = measured.get(line.instrument)
    if beta is not None:
        why = f"sensitivity {beta.value:+.2f} to {shock.target} ({beta.method})"
        return _measured(beta, shock.move), "driver", why
    felt = next((f for f in universe.graph.sensitivities(line.issuer_id) if f.driver == shock.target), None)
    if felt is None:
        return None
    sizes = _OF_RATES if shock.target in _IN_POINTS else _ELASTICITY
    low, mid, high = (felt.sign * shock.move * each for each in sizes[felt.strength])
    role = "the main thing" if felt.strength == _MAIN else "one of several"
    way = "gains from" if felt.sign > 0 else "suffers from"
    why = f"{line.issuer} {way} a rise of {shock.target}, {role} that moves it; size supposed, not measured"
    return Band(min(low, high), mid, max(low, high)), "driver", why


def _measured(beta: Beta, move: float) -> Band:
    ends = sorted((beta.value + step * 2.0 * beta.standard_error) * move for step in (-1, 1))
    return Band(max(ends[0], -1.0), max(beta.value * move, -1.0), max(ends[1], -1.0))


def _banded(mid: float, band: tuple[float, float]) -> Band:
    ends = sorted(mid * end for end in band)
    return Band(max(ends[0], -1.0), mid, ends[1])


def _problem(code: str, detail: str) -> Problem:
    return Problem(code=code, detail=detail, remedy="Import its price, or give a history to measure it from.")
