"""What a reading tells of one issuer's share: the kind of news, which way, how sure, how new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
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
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Story
from readthrough.portfolio.priors import usual_move

__all__ = ["SURENESS", "Telling", "driver_of", "telling_of"]

_SECONDARY_FLOOR: Final = 0.05  # below this relevance a secondary mention says nothing about its own shares
SURENESS: Final = {
    Modality.ACTUAL: 1.0,
    Modality.PLANNED: 0.8,
    Modality.CONDITIONAL: 0.5,
    Modality.RUMOURED: 0.6,
    Modality.DENIED: 0.4,
}
"""What is left of an expected move when the text is less than sure."""

_SIGN: Final = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1, Polarity.NEUTRAL: 0}
_LONG_PERIOD = lazily(r"year|month|quarter|week|since|ytd|[0-9]{4}|days", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The news of one issuer, as far as its share is concerned."""

    issuer_id: IssuerId
    ticker: str
    name: str
    primary: bool
    sign: int  # of the news, or of the move it reports
    score: float
    parent: str  # of the event behind it; "" without one
    event: str  # its fine type
    novelty: float
    share: float  # what sureness and relevance leave of an expected move
    reported_bps: float | None = None  # the day's move, where the text reports one
    period: str = ""  # of that


def telling_of(ticker: TickerReading, reading: Reading, story: Story) -> Telling | None:
    """Return what a reading tells of an issuer's share; None where it tells nothing.

    A move that the text reports for the day is told even of an issuer named in passing. A neutral score
    tells nothing.
    """
    reported = next((f for f in reading.facts if _is_day_move(f, ticker.issuer_id)), None)
    if reported is None and not _says_something(ticker):
        return None
    if reported is not None:
        sign = 1 if reported.change is Direction.UP else -1
        # shares may fall on good news: then what happened still tells whom it reaches
        event = driver_of(reading.events, ticker.issuer_id, sign) or driver_of(
            reading.events, ticker.issuer_id, -sign
        )
    else:
        sign = 1 if (ticker.score or 0) > 0 else -1
        event = driver_of(reading.events, ticker.issuer_id, sign)
    share = ticker.relevance if ticker.role is Role.SECONDARY else 1.0
    return Telling(
        issuer_id=ticker.issuer_id,
        ticker=ticker.ticker,
        name=ticker.name,
        primary=ticker.role is Role.PRIMARY,
        sign=sign,
        score=ticker.score or 0.0,
        parent=event.parent if event else "",
        event=event.type if event else "",
        novelty=story.novelty,
        share=share * (SURENESS[event.modality] if event else 1.0),
        reported_bps=None if reported is None else sign * float(reported.value) * 100,
        period=reported.period if reported else "",
    )


def _says_something(ticker: TickerReading) -> bool:
    if ticker.score is None or label_of(ticker.score) is Label.NEUTRAL or ticker.role is Role.PASSING:
        return False
    return ticker.role is not Role.SECONDARY or ticker.relevance >= _SECONDARY_FLOOR


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


def driver_of(events: Sequence[Event], issuer_id: IssuerId, sign: int) -> Event | None:
    """Return the issuer's event that points the way of the news and usually moves it furthest."""
    fitting = (
        e for e in events if e.issuer_id == issuer_id and not e.background and _SIGN[e.polarity] in (sign, 0)
    )
    return max(
        fitting,
        key=lambda e: usual_move(e.parent, sign).mid * SURENESS[e.modality] * (0.5 + e.strength),
        default=None,
    )
