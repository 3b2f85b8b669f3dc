"""What a story means for what is held: directly, through funds, through ties of the company graph, and from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from readthrough.domain.impact import Impact
from readthrough.domain.reading import Reading
from readthrough.domain.security import IssuerId, Relation
from readthrough.domain.story import Story
from readthrough.portfolio.index import HoldingsIndex, Position
from readthrough.portfolio.moves import MoveTable, band, load_moves, news_size, size_of
from readthrough.portfolio.priors import READ_THROUGH, USUAL_SCORE, usual_move
from readthrough.portfolio.telling import Telling, telling_of
from readthrough.portfolio.wider import Wider, driver_moves, theme_moves
from readthrough.universe.graph import CONVERSE
from readthrough.universe.master import Universe

__all__ = ["HoldingsIndex", "Position", "assess"]

_USUAL_DEPENDENCE: Final = (
    0.20  # share of business that the ties in `priors` suppose; 10-K disclosure starts at 10 %
)
_DEPENDENCE_BAND: Final = (0.25, 2.5)
_FEW_RIVALS: Final = (
    7  # three quarters of the issuers with competitors in the first graph have no more than these
)
_PATHS: Final = {
    Relation.SUPPLIER: "supplier",
    Relation.CUSTOMER: "customer",
    Relation.COMPETITOR: "peer",
}
_PATH_WORDS: Final = {"supplier": "supplies", "customer": "buys from", "peer": "competes with"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """Expected move of one issuer's shares, in signed basis points, and where it comes from."""

    telling: Telling
    band: tuple[float, float]  # either end, in no order
    mid: float
    why: str


def assess(
    reading: Reading,
    story: Story,
    index: HoldingsIndex,
    universe: Universe,
    *,
    on: date | None = None,
    moves: MoveTable | None = None,
) -> tuple[Impact, ...]:
    """Work out what a story means for each portfolio that it touches.

    A held issuer that the text speaks of meets it directly, through another of its lines, or in a fund.
    From the issuers the text is about, the news also reaches held suppliers, customers and peers, damped.
    News about no company reaches the members of its themes, and those who feel what moves outside of them.

    An effect is weight times move. The move is the one the text reports for the day where it does,
    and that even of an issuer named in passing; else it is what the table of expected moves says of such
    news. A short position turns the sign; `low_bps` is always the worst end. A position whose weight is not
    known is met all the same, with a sign and without basis points.

    Args:
        reading: What the text says.
        story: How new it is.
        index: The books.
        universe: Who hangs together with whom.
        on: The day of the news: ties are those that held then; those of today when None.
        moves: What to expect; the table that ships when None.

    Returns:
        Impacts in basis points of net asset value, largest first, those of unknown weight last.
    """
    if reading.noise is not None:
        return ()
    table = moves or load_moves()
    found: dict[tuple[str, str], Impact] = {}
    in_funds: list[Impact] = []
    spoken = {
        ticker.issuer_id: _move(told, table, universe)
        for ticker in reading.tickers
        if (told := telling_of(ticker, reading, story)) is not None
    }
    for issuer_id, move in spoken.items():
        for position in index.positions(issuer_id):
            path = "direct" if _same_line(move.telling.ticker, position) else "line"
            found[position.portfolio, issuer_id] = _impact(
                position, path, None, move.mid, move.band, move.why
            )
        in_funds.extend(_looked_through(issuer_id, move, index))
    for move in spoken.values():
        if move.telling.primary:
            for impact in _read_through(move, spoken.keys(), index, universe, on, table):
                _keep_larger(found, impact)
    freshness = news_size(USUAL_SCORE, story.novelty)
    wider = (
        *theme_moves(reading, universe.graph, freshness),
        *driver_moves(reading, universe.graph, freshness),
    )
    for each in wider:
        if each.issuer_id not in spoken:
            for impact in _from_outside(
                each, index, table.around(each.mid_bps, _size_of(each.issuer_id, universe))
            ):
                _keep_larger(found, impact)
    return tuple(sorted((*found.values(), *in_funds), key=lambda i: (-_size(i), i.portfolio, i.ticker)))


def _same_line(named: str, position: Position) -> bool:
    return not named or named in position.tickers


def _keep_larger(found: dict[tuple[str, str], Impact], impact: Impact) -> None:
    key = (impact.portfolio, impact.issuer_id)
    if key not in found or _size(impact) > _size(found[key]):
        found[key] = impact


def _impact(
    position: Position,
    path: str,
    through: str | None,
    mid: float,
    ends: tuple[float, float],
    why: str,
    *,
    share: float = 1.0,
    issuer_id: IssuerId | None = None,
) -> Impact:
    weight = None if position.weight is None else position.weight * share
    if position.short:
        why = f"{why}; held short"
    if weight is None:
        why = f"{why}; held, weight unknown"
    elif position.partly:
        why = f"{why}; another line is held whose weight is unknown"
    low, high = (None, None) if weight is None else sorted(weight * end for end in ends)
    return Impact(
        portfolio=position.portfolio,
        issuer_id=issuer_id or position.issuer_id,
        ticker=position.ticker,
        weight=weight,
        path=path,
        through=None if through is None else IssuerId(through),
        low_bps=low,
        mid_bps=None if weight is None else weight * mid,
        high_bps=high,
        why=why,
        sign=((mid > 0) - (mid < 0)) * (-1 if position.short else 1),
        short=position.short,
    )


def _size(impact: Impact) -> float:
    return abs(impact.mid_bps or 0.0)


def _move(told: Telling, table: MoveTable, universe: Universe) -> _Move:
    expected = table.expected(
        told.parent,
        told.sign,
        score=told.score,
        novelty=told.novelty,
        size=_size_of(told.issuer_id, universe),
        share=told.share,
    )
    if told.reported_bps is not None:
        when = f" {told.period}" if told.period else ""
        return _Move(
            telling=told,
            band=band(table, told.reported_bps, expected),
            mid=told.reported_bps,
            why=f"reported share price move of {told.name}, {told.reported_bps / 100:+.1f} %{when}",
        )
    named = told.event.replace("_", " ") if told.event else "news"
    return _Move(
        telling=told,
        band=(told.sign * expected.low, told.sign * expected.high),
        mid=told.sign * expected.mid,
        why=f"usual move on {named} of {told.name}, score {told.score:+.2f}, novelty {told.novelty:.2f}",
    )


def _looked_through(issuer_id: IssuerId, move: _Move, index: HoldingsIndex) -> Iterator[Impact]:
    for each in index.through_funds(issuer_id):
        yield _impact(
            each.position,
            "fund",
            issuer_id,
            move.mid,
            move.band,
            f"{each.fund} holds {each.share:.1%} of it; {move.why}",
            share=each.share,
        )


def _read_through(
    move: _Move,
    spoken: Iterable[str],
    index: HoldingsIndex,
    universe: Universe,
    on: date | None,
    table: MoveTable,
) -> Iterator[Impact]:
    told = move.telling
    ties = READ_THROUGH.get(told.parent)
    if ties is None:
        return
    skipped = set(spoken)
    for edge in universe.graph.edges(told.issuer_id, on=on):
        path = _PATHS.get(edge.relation)
        positions = index.positions(edge.target) if path and edge.target not in skipped else ()
        if path is None or not positions:
            continue
        share = float(getattr(ties, path)) * _dependence(
            universe, edge.target, told.issuer_id, edge.relation, on
        )
        mid = move.mid * share
        if path == "supplier" and told.parent == "capex_change":
            mid = _capex_mid(move, share)
        if not mid:
            continue
        ends = table.around(mid, _size_of(edge.target, universe))
        why = f"{_PATH_WORDS[path]} {told.name}; {move.why}"
        for position in positions:
            yield _impact(position, path, told.issuer_id, mid, ends, why)


def _capex_mid(move: _Move, share: float) -> float:
    """One firm's spending is its suppliers' revenue, whatever its own holders make of it."""
    told = move.telling
    sign = -1 if told.event == "capex_cut" else 1
    usual = usual_move("capex_change", sign).mid
    return sign * usual * share * news_size(USUAL_SCORE, told.novelty)


def _dependence(
    universe: Universe, held: IssuerId, news: IssuerId, relation: Relation, on: date | None
) -> float:
    """Scale a tie by how much of the held issuer's business hangs on the one in the news, where known."""
    ties = universe.graph.edges(held, CONVERSE[relation], on)
    back = next((e for e in ties if e.target == news), None)
    if back is None or back.weight is None:
        # who competes in many fields meets each rival in few of them
        return min(1.0, _FEW_RIVALS / len(ties)) if relation is Relation.COMPETITOR and ties else 1.0
    low, high = _DEPENDENCE_BAND
    return min(max(back.weight / _USUAL_DEPENDENCE, low), high)


def _size_of(issuer_id: IssuerId, universe: Universe) -> str:
    return size_of(universe.rank(issuer_id))


def _from_outside(each: Wider, index: HoldingsIndex, ends: tuple[float, float]) -> Iterator[Impact]:
    for position in index.positions(each.issuer_id):
        yield _impact(position, each.path, each.through, each.mid_bps, ends, each.why)
