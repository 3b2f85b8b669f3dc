"""What a story means for what is held: directly, and through suppliers, customers and peers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readthrough.domain.impact import Impact
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    Label,
    Modality,
    Polarity,
    Reading,
    Role,
    TickerReading,
    Unit,
    label_of,
)
from readthrough.domain.security import IssuerId, Relation
from readthrough.domain.story import Story
from readthrough.portfolio.priors import READ_THROUGH, USUAL_SCORE, usual_move
from readthrough.universe.graph import CONVERSE
from readthrough.universe.master import Universe

__all__ = ["HoldingsIndex", "Position", "assess"]

_MOST_INTENSE = 1.5  # news scored 0.9 or more moves no further than half as much again as usual
_OLD_NEWS = 0.15  # share of a usual move that a story without any novelty still carries
_LARGEST_MOVE = 9_000.0  # bps: a share can lose all it is worth, not more
_REPORTED = (0.7, 1.3)  # the band around a move the text reports: part may fade, part may follow
_TIED = (-0.5, 2.5)  # the band around a read-through, wide enough to be wrong about its sign
_USUAL_DEPENDENCE = (
    0.20  # share of business that the ties in `priors` suppose; 10-K disclosure starts at 10 %
)
_DEPENDENCE_BAND = (0.25, 2.5)
_FEW_RIVALS = 7  # three quarters of the issuers with competitors in the first graph have no more than these
_SECONDARY_FLOOR = 0.05  # below this relevance a secondary mention says nothing about its own shares

_PATHS = {Relation.SUPPLIER: "supplier", Relation.CUSTOMER: "customer", Relation.COMPETITOR: "peer"}
_PATH_WORDS = {"supplier": "supplies", "customer": "buys from", "peer": "competes with"}
_SURENESS = {
    Modality.ACTUAL: 1.0,
    Modality.PLANNED: 0.8,
    Modality.CONDITIONAL: 0.5,
    Modality.RUMOURED: 0.6,
    Modality.DENIED: 0.4,
}
_SIGN = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1, Polarity.NEUTRAL: 0}
_LONG_PERIOD = re.compile(r"year|month|quarter|week|since|ytd|[0-9]{4}|days", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Everything one portfolio holds of one issuer, over all its listings."""

    portfolio: str
    issuer_id: IssuerId
    ticker: str  # the listing with the largest weight
    weight: float | None  # of the lines that could be valued; None when none could
    short: bool = False
    partly: bool = False  # another line of the issuer could not be valued


class HoldingsIndex:
    """Positions by issuer, so that a story costs as much as the books it touches."""

    def __init__(self, portfolios: Iterable[Portfolio], universe: Universe | None = None) -> None:
        """Add up each portfolio's holdings by issuer.

        Args:
            portfolios: What is held. Holdings without an issuer are met by no news.
            universe: Looks up the issuer of a holding saved without one; may be left out.
        """
        held: dict[str, list[Position]] = {}
        for portfolio in portfolios:
            for position in _positions(portfolio, universe):
                held.setdefault(position.issuer_id, []).append(position)
        self._positions = {issuer_id: tuple(positions) for issuer_id, positions in held.items()}

    def __len__(self) -> int:
        return sum(map(len, self._positions.values()))

    def positions(self, issuer_id: str) -> tuple[Position, ...]:
        """Return every portfolio's position in an issuer; empty when nobody holds it."""
        return self._positions.get(issuer_id, ())


def _positions(portfolio: Portfolio, universe: Universe | None) -> Iterator[Position]:
    lots: dict[IssuerId, list[Holding]] = {}
    for holding in portfolio.holdings:
        issuer_id = holding.issuer_id
        if issuer_id is not None:
            lots.setdefault(issuer_id, []).append(holding)
    if universe is not None:
        for holding in portfolio.holdings:
            if holding.issuer_id is None and (issuer := universe.by_ticker(holding.ticker)) is not None:
                lots.setdefault(issuer.id, []).append(holding)
    for issuer_id, held in lots.items():
        valued = [(holding.weight, holding) for holding in held if holding.weight is not None]
        if not valued:
            first = max(held, key=lambda holding: abs(holding.quantity))
            yield Position(
                portfolio=portfolio.id,
                issuer_id=issuer_id,
                ticker=first.ticker,
                weight=None,
                short=sum(holding.quantity for holding in held) < 0,
            )
            continue
        largest = max(valued, key=lambda line: abs(line[0]))[1]
        weight = float(sum(share for share, _ in valued))
        if weight:
            yield Position(
                portfolio=portfolio.id,
                issuer_id=issuer_id,
                ticker=largest.ticker,
                weight=weight,
                short=weight < 0,
                partly=len(valued) < len(held),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """Expected move of one issuer's shares, in signed basis points, and where it comes from."""

    sign: int
    band: tuple[float, float]  # either end, in no order
    mid: float
    freshness: float  # share of a usual move that the story's novelty leaves
    parent: str
    event: str
    why: str


def assess(reading: Reading, story: Story, index: HoldingsIndex, universe: Universe) -> tuple[Impact, ...]:
    """Work out what a story means for each portfolio that it touches.

    A held issuer that the text speaks of meets it directly, whichever of its listings is held. From
    the issuers the text is about, the news also reaches held suppliers, customers and peers, damped.
    An effect is weight times move. The move is the one the text reports for the day where it does,
    and that even of an issuer named in passing; else it is the usual move of `priors`, scaled by
    score, novelty, relevance and how sure the text is. A neutral score moves nothing. A short
    position turns the sign; `low_bps` is always the worst end. A position whose weight is not known is
    met all the same, with a sign and without basis points.

    Returns:
        Impacts in basis points of net asset value, largest first, those of unknown weight last.
    """
    if reading.noise is not None:
        return ()
    found: dict[tuple[str, str], Impact] = {}
    spoken = {t.issuer_id: move for t in reading.tickers if (move := _move(t, reading, story)) is not None}
    for issuer_id, move in spoken.items():
        for position in index.positions(issuer_id):
            found[position.portfolio, issuer_id] = _impact(
                position, "direct", None, move.mid, move.band, move.why
            )
    for ticker in reading.tickers:
        if ticker.role is not Role.PRIMARY or ticker.issuer_id not in spoken:
            continue
        for impact in _read_through(ticker, spoken[ticker.issuer_id], spoken.keys(), index, universe):
            key = (impact.portfolio, impact.issuer_id)
            if key not in found or _size(impact) > _size(found[key]):
                found[key] = impact
    return tuple(sorted(found.values(), key=lambda i: (-_size(i), i.portfolio, i.ticker)))


def _impact(
    position: Position,
    path: str,
    through: IssuerId | None,
    mid: float,
    band: tuple[float, float],
    why: str,
) -> Impact:
    weight = position.weight
    if position.short:
        why = f"{why}; held short"
    if weight is None:
        why = f"{why}; held, weight unknown"
    elif position.partly:
        why = f"{why}; another line is held whose weight is unknown"
    low, high = (None, None) if weight is None else sorted(weight * end for end in band)
    return Impact(
        portfolio=position.portfolio,
        issuer_id=position.issuer_id,
        ticker=position.ticker,
        weight=weight,
        path=path,
        through=through,
        low_bps=low,
        mid_bps=None if weight is None else weight * mid,
        high_bps=high,
        why=why,
        sign=((mid > 0) - (mid < 0)) * (-1 if position.short else 1),
        short=position.short,
    )


def _size(impact: Impact) -> float:
    return abs(impact.mid_bps or 0.0)


def _move(ticker: TickerReading, reading: Reading, story: Story) -> _Move | None:
    reported = next((f for f in reading.facts if _is_day_move(f, ticker.issuer_id)), None)
    if reported is not None:
        return _reported_move(reported, ticker, reading, _freshness(story))
    if ticker.score is None or label_of(ticker.score) is Label.NEUTRAL or ticker.role is Role.PASSING:
        return None
    if ticker.role is Role.SECONDARY and ticker.relevance < _SECONDARY_FLOOR:
        return None
    sign = 1 if ticker.score > 0 else -1
    event = _driver(reading.events, ticker.issuer_id, sign)
    usual = usual_move(event.parent if event else "", sign)
    size = min(abs(ticker.score) / USUAL_SCORE, _MOST_INTENSE)
    freshness = _freshness(story)
    size *= freshness
    size *= ticker.relevance if ticker.role is Role.SECONDARY else 1.0
    size *= _SURENESS[event.modality] if event else 1.0
    low, mid, high = (sign * min(size * bound, _LARGEST_MOVE) for bound in usual)
    named = event.type.replace("_", " ") if event else "news"
    why = f"usual move on {named} of {ticker.name}, score {ticker.score:+.2f}, novelty {story.novelty:.2f}"
    parent, kind = (event.parent, event.type) if event else ("", "")
    return _Move(
        sign=sign, band=(low, high), mid=mid, freshness=freshness, parent=parent, event=kind, why=why
    )


def _freshness(story: Story) -> float:
    return _OLD_NEWS + (1 - _OLD_NEWS) * story.novelty


def _is_day_move(fact: Fact, issuer_id: IssuerId) -> bool:
    return (
        fact.issuer_id == issuer_id
        and fact.metric == "share price"
        and fact.is_change
        and fact.unit is Unit.PERCENT
        and fact.change in (Direction.UP, Direction.DOWN)
        and fact.modality is Modality.ACTUAL
        and not fact.background
        and 0 < fact.value <= 90
        and not _LONG_PERIOD.search(fact.period)
    )


def _reported_move(fact: Fact, ticker: TickerReading, reading: Reading, freshness: float) -> _Move:
    sign = 1 if fact.change is Direction.UP else -1
    mid = sign * float(fact.value) * 100
    # shares may fall on good news: then what happened still tells whom it reaches
    event = _driver(reading.events, ticker.issuer_id, sign) or _driver(
        reading.events, ticker.issuer_id, -sign
    )
    when = f" {fact.period}" if fact.period else ""
    return _Move(
        sign=sign,
        band=(mid * _REPORTED[0], mid * _REPORTED[1]),
        mid=mid,
        freshness=freshness,
        parent=event.parent if event else "",
        event=event.type if event else "",
        why=f"reported share price move of {ticker.name}, {mid / 100:+.1f} %{when}",
    )


def _driver(events: Sequence[Event], issuer_id: IssuerId, sign: int) -> Event | None:
    """Return the issuer's event that points the way of the news and usually moves it furthest."""
    fitting = (
        e for e in events if e.issuer_id == issuer_id and not e.background and _SIGN[e.polarity] in (sign, 0)
    )
    return max(
        fitting,
        key=lambda e: usual_move(e.parent, sign).mid * _SURENESS[e.modality] * (0.5 + e.strength),
        default=None,
    )


def _read_through(
    ticker: TickerReading, move: _Move, spoken: Iterable[str], index: HoldingsIndex, universe: Universe
) -> Iterator[Impact]:
    ties = READ_THROUGH.get(move.parent)
    if ties is None:
        return
    skipped = set(spoken)
    for edge in universe.graph.edges(ticker.issuer_id):
        path = _PATHS.get(edge.relation)
        positions = index.positions(edge.target) if path and edge.target not in skipped else ()
        if path is None or not positions:
            continue
        share = float(getattr(ties, path)) * _dependence(
            universe, edge.target, ticker.issuer_id, edge.relation
        )
        mid = move.mid * share
        if path == "supplier" and move.parent == "capex_change":
            mid = _capex_mid(move, share)
        if not mid:
            continue
        band = (mid * _TIED[0], mid * _TIED[1])
        why = f"{_PATH_WORDS[path]} {ticker.name}; {move.why}"
        for position in positions:
            yield _impact(position, path, ticker.issuer_id, mid, band, why)


def _capex_mid(move: _Move, share: float) -> float:
    """One firm's spending is its suppliers' revenue, whatever its own holders make of it."""
    sign = -1 if move.event == "capex_cut" else 1
    return sign * usual_move("capex_change", sign).mid * share * move.freshness


def _dependence(universe: Universe, held: IssuerId, news: IssuerId, relation: Relation) -> float:
    """Scale a tie by how much of the held issuer's business hangs on the one in the news, where known."""
    ties = universe.graph.edges(held, CONVERSE[relation])
    back = next((e for e in ties if e.target == news), None)
    if back is None or back.weight is None:
        # who competes in many fields meets each rival in few of them
        return min(1.0, _FEW_RIVALS / len(ties)) if relation is Relation.COMPETITOR and ties else 1.0
    low, high = _DEPENDENCE_BAND
    return min(max(back.weight / _USUAL_DEPENDENCE, low), high)
