"""From news and prices to observations of the event study: what each share did on the first close that knew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from readthrough.domain.reading import Reading
from readthrough.domain.story import Story
from readthrough.portfolio.moves import size_of
from readthrough.portfolio.telling import Telling, telling_of
from readthrough.research.eventstudy import Observation
from readthrough.universe.calendars import calendar_of, mic_of
from readthrough.universe.master import Universe

__all__ = ["Closes", "abnormal_bps", "observations_of", "observed", "quiet_moves"]

_WINDOW: Final = 250  # sessions that the share's beta is measured on
_GAP: Final = 5  # sessions before the news left out of it
_FEWEST: Final = 120  # below this, the share is taken to move with the market one for one
_EVERY: Final = 4  # sessions; neighbouring days of one share share a beta and teach little more
_LARGEST: Final = 0.6  # a move beyond this is a split that was not adjusted for, or a fault of the data


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """Adjusted closes of one instrument in order of day."""

    days: tuple[date, ...]
    values: tuple[float, ...]

    @classmethod
    def of(cls, points: Iterable[tuple[date, float]]) -> Closes:
        """Put points in order; a close that is not above zero is left out."""
        kept = sorted((day, value) for day, value in points if value > 0)
        return cls(days=tuple(d for d, _ in kept), values=tuple(v for _, v in kept))

    def place(self, day: date) -> int | None:
        """Return where exactly this day stands, None where it is not there or is the first."""
        at = bisect_left(self.days, day)
        return at if 0 < at < len(self.days) and self.days[at] == day else None


def observations_of(
    reading: Reading, story: Story, at: datetime, universe: Universe
) -> list[tuple[Telling, date]]:
    """Return what a reading tells of each listed issuer, and the session whose close is the first to know it.

    Args:
        reading: What the text says.
        story: How new it is.
        at: When it was published.
        universe: Which exchange a listing follows.
    """
    found = []
    for ticker in reading.tickers:
        told = telling_of(ticker, reading, story)
        if told is not None and told.ticker and told.score:
            session = calendar_of(mic_of(told.ticker)).session_of(at)
            found.append((told, session))
    return found


def observed(
    told: Telling, session: date, closes: Closes, market: Closes, universe: Universe
) -> Observation | None:
    """Put a telling beside what the share did; None where a price of the day or of the day before is missing."""
    abnormal = abnormal_bps(closes, market, session)
    if abnormal is None:
        return None
    return Observation(
        instrument=told.ticker,
        day=session,
        parent=told.parent,
        score=told.score,
        novelty=told.novelty,
        size=size_of(universe.rank(told.issuer_id)),
        share=told.share,
        abnormal_bps=abnormal,
        reported_bps=told.reported_bps,
    )


def quiet_moves(
    closes: Mapping[str, Closes],
    market: Closes,
    universe: Universe,
    *,
    busy: Collection[tuple[str, date]],
    since: date,
    until: date,
) -> list[tuple[str, float]]:
    """Return what shares did on every fourth session without news of their own: class of company, basis points.

    Args:
        closes: By ticker.
        market: What stands for the market.
        universe: Tells how large a company is.
        busy: Ticker and session of every news there was.
        since: First day.
        until: Last day.
    """
    found = []
    for ticker, own in closes.items():
        issuer = universe.by_ticker(ticker)
        if issuer is None:
            continue
        size = size_of(universe.rank(issuer.id))
        days = [day for day in own.days[::_EVERY] if since <= day <= until and (ticker, day) not in busy]
        found += [(size, bps) for day in days if (bps := abnormal_bps(own, market, day)) is not None]
    return found


def abnormal_bps(closes: Closes, market: Closes, session: date) -> float | None:
    """Return a session's return less beta times the market's, in basis points.

    Beta is ordinary least squares on the 250 sessions that end five before; one where fewer than 120 are there.
    """
    at, there = closes.place(session), market.place(session)
    if at is None or there is None or closes.days[at - 1] != market.days[there - 1]:
        return None  # the two closes before must be of one day
    own = closes.values[at] / closes.values[at - 1] - 1
    wide = market.values[there] / market.values[there - 1] - 1
    if abs(own) > _LARGEST:
        return None
    return (own - _beta(closes, market, at) * wide) * 1e4


def _beta(closes: Closes, market: Closes, at: int) -> float:
    pairs = []
    for place in range(max(at - _WINDOW - _GAP, 1), at - _GAP):
        there = market.place(closes.days[place])
        if there is not None and market.days[there - 1] == closes.days[place - 1]:
            pairs.append(
                (
                    closes.values[place] / closes.values[place - 1] - 1,
                    market.values[there] / market.values[there - 1] - 1,
                )
            )
    if len(pairs) < _FEWEST:
        return 1.0
    returns = np.array(pairs)
    spread = returns[:, 1] - returns[:, 1].mean()
    varied = float(spread @ spread)
    return float(spread @ returns[:, 0]) / varied if varied else 1.0
