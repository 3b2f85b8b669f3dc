"""Who holds what, by issuer and by fund, so that a story costs as much as the books it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readthrough.domain.ledger import Fund
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.security import IssuerId
from readthrough.universe.master import Universe

__all__ = ["HoldingsIndex", "LookThrough", "Position"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Everything one portfolio holds of one issuer, over all its listings."""

    portfolio: str
    issuer_id: IssuerId
    ticker: str  # the listing with the largest weight
    weight: float | None  # of the lines that could be valued; None when none could
    short: bool = False
    partly: bool = False  # another line of the issuer could not be valued
    tickers: tuple[str, ...] = ()  # every line held


@dataclass(frozen=True, slots=True, kw_only=True)
class LookThrough:
    """A fund that holds an issuer, and one portfolio that holds the fund."""

    position: Position  # in the fund
    fund: str  # its ticker
    share: float  # of the fund in the issuer, a decimal share


class HoldingsIndex:
    """Positions by issuer. Built once for all books; a story asks it for the issuers it touches."""

    def __init__(
        self,
        portfolios: Iterable[Portfolio],
        universe: Universe | None = None,
        funds: Iterable[Fund] = (),
    ) -> None:
        """Add up each portfolio's holdings by issuer.

        Args:
            portfolios: What is held. Holdings without an issuer are met by no news.
            universe: Looks up the issuer of a holding saved without one; may be left out.
            funds: What held funds hold: news meets the portfolio through them too.
        """
        held: dict[str, list[Position]] = {}
        lines: dict[str, list[Position]] = {}
        known = {fund.instrument: fund for fund in funds}
        for portfolio in portfolios:
            for position in _positions(portfolio, universe):
                held.setdefault(position.issuer_id, []).append(position)
            if known:
                for position in _fund_lines(portfolio, known):
                    lines.setdefault(position.ticker, []).append(position)
        self._positions = {issuer_id: tuple(positions) for issuer_id, positions in held.items()}
        self._fund_lines = lines
        members: dict[str, dict[str, float]] = {}
        for fund in known.values():
            if fund.instrument in lines:
                for issuer_id, share in _members(fund, universe):
                    found = members.setdefault(issuer_id, {})
                    found[fund.instrument] = found.get(fund.instrument, 0.0) + share
        self._members = members

    def __len__(self) -> int:
        return sum(map(len, self._positions.values()))

    def positions(self, issuer_id: str) -> tuple[Position, ...]:
        """Return every portfolio's position in an issuer; empty when nobody holds it."""
        return self._positions.get(issuer_id, ())

    def holds(self, issuer_id: str) -> bool:
        """Tell whether any book holds an issuer, directly or through a fund."""
        return issuer_id in self._positions or issuer_id in self._members

    def through_funds(self, issuer_id: str) -> Iterator[LookThrough]:
        """Go through the books that hold an issuer in a fund."""
        for fund, share in self._members.get(issuer_id, {}).items():
            for position in self._fund_lines[fund]:
                yield LookThrough(position=position, fund=fund, share=share)


def _positions(portfolio: Portfolio, universe: Universe | None) -> Iterator[Position]:
    lots: dict[IssuerId, list[Holding]] = {}
    for holding in portfolio.holdings:
        issuer_id = holding.issuer_id
        if issuer_id is None and universe is not None:
            issuer = universe.by_ticker(holding.ticker)
            issuer_id = None if issuer is None else issuer.id
        if issuer_id is not None:
            lots.setdefault(issuer_id, []).append(holding)
    for issuer_id, held in lots.items():
        position = _added_up(portfolio.id, issuer_id, held)
        if position is not None:
            yield position


def _added_up(portfolio_id: str, issuer_id: IssuerId, held: list[Holding]) -> Position | None:
    tickers = tuple(dict.fromkeys(holding.ticker for holding in held))
    valued = [(holding.weight, holding) for holding in held if holding.weight is not None]
    if not valued:
        first = max(held, key=lambda holding: abs(holding.quantity))
        return Position(
            portfolio=portfolio_id,
            issuer_id=issuer_id,
            ticker=first.ticker,
            weight=None,
            short=sum(holding.quantity for holding in held) < 0,
            tickers=tickers,
        )
    largest = max(valued, key=lambda line: abs(line[0]))[1]
    weight = float(sum(share for share, _ in valued))
    if not weight:
        return None
    return Position(
        portfolio=portfolio_id,
        issuer_id=issuer_id,
        ticker=largest.ticker,
        weight=weight,
        short=weight < 0,
        partly=len(valued) < len(held),
        tickers=tickers,
    )


def _fund_lines(portfolio: Portfolio, funds: dict[str, Fund]) -> Iterator[Position]:
    lines: dict[str, list[Holding]] = {}
    for holding in portfolio.holdings:
        if holding.ticker in funds:
            lines.setdefault(holding.ticker, []).append(holding)
    for held in lines.values():
        position = _added_up(portfolio.id, held[0].issuer_id or IssuerId(""), held)
        if position is not None:
            yield position


def _members(fund: Fund, universe: Universe | None) -> Iterator[tuple[str, float]]:
    for member in fund.constituents:
        issuer_id = member.issuer_id
        if not issuer_id and universe is not None:
            issuer = universe.by_ticker(member.instrument)
            issuer_id = "" if issuer is None else issuer.id
        if issuer_id:
            yield issuer_id, float(member.weight)
