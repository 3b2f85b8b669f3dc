"""All figures of a portfolio as one document, loaded once: what a page shows beside its holdings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from readthrough.desk.attribution import attribution_of
from readthrough.desk.book_data import Question, load_book
from readthrough.desk.exposure import exposure_of
from readthrough.desk.open import Desk
from readthrough.desk.performance import performance_of
from readthrough.desk.risk import risk_of

__all__ = ["KeptAnalytics", "analytics"]

_KEPT_FOR: Final = timedelta(minutes=5)
_MOST_KEPT: Final = 64
"""Portfolios; a document of three years of days is some 150 kB."""


def analytics(desk: Desk, question: Question) -> dict[str, Any]:
    """Return performance, risk, attribution and exposure, each as its own command and endpoint has it.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    data = load_book(desk, question)
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "performance": performance_of(data),
        "risk": risk_of(desk, data),
        "attribution": attribution_of(desk, data),
        "exposure": exposure_of(desk, data),
    }


class KeptAnalytics:
    """Analytics of portfolios, kept until the books change or a while has passed: prices come in between."""

    def __init__(self, desk: Desk) -> None:
        """Keep nothing yet."""
        self._desk = desk
        self._kept: dict[str, tuple[str, datetime, dict[str, Any]]] = {}

    def of(self, portfolio_id: str) -> dict[str, Any]:
        """Return a portfolio's analytics over the default window against its own benchmark.

        Raises:
            HoldingsError: There is no such portfolio.
        """
        stamp, now = self._desk.store.books_stamp(), self._desk.clock()
        kept = self._kept.get(portfolio_id)
        if kept is not None and kept[0] == stamp and timedelta(0) <= now - kept[1] < _KEPT_FOR:
            return kept[2]
        made = analytics(self._desk, Question(portfolio_id=portfolio_id))
        while len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[portfolio_id] = (stamp, now, made)
        return made
