"""What hit a book in a stretch of time, ranked by money; how the news leans, and what it puts at risk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import sqrt

from readthrough.domain.portfolio import Portfolio, Touch

__all__ = ["BookNews", "Hit", "book_news", "net_value"]

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One held issuer and the news that means most for it; `others` counts further notes on it.

    Money is in the portfolio's base currency, None where its value or the weight is not known.
    """

    touch: Touch
    low: Decimal | None
    mid: Decimal | None
    high: Decimal | None
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookNews:
    """One portfolio and the news of a stretch of time. Basis points of net asset value.

    An issuer counts once, with the note that means most for it: two reports of one thing are one thing.
    `sentiment` is the sum of expected effects over the sum of their sizes, in [-1, 1]; None without any.
    `news_at_risk_bps` is the loss that the news stays above in nine of ten cases, taking issuers as independent:
    the sum of middles less the root of the summed squares of middle less low; it is negative for a loss.
    """

    portfolio_id: str
    name: str
    currency: str
    net_value: Decimal | None
    since: datetime
    until: datetime
    hits: tuple[Hit, ...]  # largest effect first, those of unknown weight last
    expected_bps: float
    sentiment: float | None
    news_at_risk_bps: float
    notes: int

    @property
    def expected(self) -> Decimal | None:
        """The expected effect in money."""
        return _money(self.expected_bps, self.net_value)

    @property
    def news_at_risk(self) -> Decimal | None:
        """News at risk in money."""
        return _money(self.news_at_risk_bps, self.net_value)


def net_value(portfolio: Portfolio) -> Decimal | None:
    """Return what a portfolio is worth in base currency; None where some line is not valued."""
    values = [line.market_value for line in portfolio.holdings]
    known = [value for value in values if value is not None]
    if not values or len(known) < len(values):
        return None
    total = sum(known, Decimal(0))
    return total if total > 0 else None


def book_news(
    portfolio: Portfolio, touches: Iterable[Touch], *, since: datetime, until: datetime
) -> BookNews:
    """Rank what news meant for a book.

    Args:
        portfolio: The book as it is now.
        touches: What was kept of each note for it.
        since: The beginning of the stretch; what is before it is left out.
        until: Its end, left out itself.
    """
    value = net_value(portfolio)
    by_issuer: dict[tuple[str, str], list[Touch]] = {}
    notes = set()
    for touch in touches:
        if touch.portfolio_id == portfolio.id and since <= touch.known_at < until:
            notes.add(touch.note_id)
            by_issuer.setdefault((touch.issuer_id, touch.ticker), []).append(touch)
    hits = []
    for found in by_issuer.values():
        first = max(found, key=lambda t: (abs(t.mid_bps or 0.0), t.known_at))
        hits.append(
            Hit(
                touch=first,
                low=_money(first.low_bps, value),
                mid=_money(first.mid_bps, value),
                high=_money(first.high_bps, value),
                others=len({t.note_id for t in found}) - 1,
            )
        )
    hits.sort(key=lambda hit: (hit.touch.mid_bps is None, -abs(hit.touch.mid_bps or 0.0), hit.touch.ticker))
    known = [
        (hit.touch.low_bps, hit.touch.mid_bps)
        for hit in hits
        if hit.touch.low_bps is not None and hit.touch.mid_bps is not None
    ]
    expected = sum(mid for _, mid in known)
    sizes = sum(abs(mid) for _, mid in known)
    spread = sqrt(sum((mid - low) ** 2 for low, mid in known))
    return BookNews(
        portfolio_id=portfolio.id,
        name=portfolio.name,
        currency=portfolio.base_currency,
        net_value=value,
        since=since,
        until=until,
        hits=tuple(hits),
        expected_bps=expected,
        sentiment=expected / sizes if sizes else None,
        news_at_risk_bps=expected - spread,
        notes=len(notes),
    )


def _money(bps: float | None, value: Decimal | None) -> Decimal | None:
    if bps is None or value is None:
        return None
    return (value * Decimal(repr(bps)) / 10_000).quantize(_CENT)
