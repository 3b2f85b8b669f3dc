"""Why a portfolio did better or worse than its benchmark: one document for command line, API and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from readthrough.desk.book_data import BookData, Question, Stood, load_book, panel_of, stood, today_weights
from readthrough.desk.open import Desk
from readthrough.desk.performance import performance_of, problems_document
from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.attribution import Attribution, attribute_lines
from readthrough.portfolio.exposure import UNKNOWN, Dimension
from readthrough.portfolio.history import value_days
from readthrough.portfolio.panel import Panel
from readthrough.portfolio.returns import Floats

__all__ = ["attribution", "attribution_of", "segments_by"]

_METHOD = (
    "Brinson and Fachler by period, on local returns, linked by Carino; effects are arithmetic and sum to the"
    " active return. A segment one side lacks is allocation alone. Currency effects hold the cross term."
)
_PRO_FORMA = "pro forma: today's holdings of both held unchanged over the window"
_ACTUAL = "what the account held at each close; the benchmark's holdings held unchanged over the window"


def attribution(desk: Desk, question: Question, *, by: Dimension = Dimension.SECTOR) -> dict[str, Any]:
    """Return allocation, selection, interaction and currency effects by segment.

    Args:
        desk: Where portfolio and prices are.
        question: Which, over which window; its benchmark must be one of holdings.
        by: What segments are: sector or country.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    return attribution_of(desk, load_book(desk, question), by=by)


def attribution_of(desk: Desk, data: BookData, *, by: Dimension = Dimension.SECTOR) -> dict[str, Any]:
    """Return the same of what was loaded already."""
    document: dict[str, Any] = {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "benchmark": data.benchmark_name or None,
        "basis": _ACTUAL if data.history else _PRO_FORMA,
        "method": _METHOD,
        "by": by.value,
    }
    if data.benchmark_book is None:
        reason = (
            f"{data.benchmark_instrument} is a level without holdings: nothing says which segments it was in"
            if data.benchmark_instrument
            else "no benchmark was named"
        )
        return document | {"unavailable": reason, "problems": problems_document(data.problems)}
    since = data.history[0].day if data.history else None
    if since is not None and (data.since is None or data.since < since):
        data = replace(data, since=since)
    book = stood(data, more=_once_held(data))
    problems = [*data.problems, *book.panel.problems]
    why = (book.reason if data.history else book.unchanged_reason) or book.benchmark_reason
    if why:
        return document | {"unavailable": why, "problems": problems_document(problems)}
    made = _attributed(desk, data, book, by)
    if made.reason:
        return document | {"unavailable": made.reason, "problems": problems_document(problems)}
    return document | {
        "window": book.window.document(),
        "covered": book.covered,
        "periods": made.periods,
        "book_return": made.book_return,
        "benchmark_return": made.benchmark_return,
        "active_return": made.active,
        "residual": made.residual,
        "segments": [
            {
                "segment": each.segment,
                "weight": each.weight,
                "benchmark_weight": each.benchmark_weight,
                "allocation": each.allocation,
                "selection": each.selection,
                "interaction": each.interaction,
                "total": each.total,
            }
            for each in sorted(made.segments, key=lambda each: -each.total)
        ],
        "currencies": [
            {
                "currency": each.currency,
                "weight": each.weight,
                "benchmark_weight": each.benchmark_weight,
                "allocation": each.allocation,
                "timing": each.timing,
                "total": each.total,
            }
            for each in made.currencies
        ],
        **_trading(data, made),
        "problems": problems_document(problems),
    }


def segments_by(text: str) -> Dimension:
    """Read what segments are.

    Raises:
        HoldingsError: Neither sector nor country.
    """
    if text not in (Dimension.SECTOR, Dimension.COUNTRY):
        raise HoldingsError(f"{text[:40]!r} makes no segments.", remedy="Say sector or country.")
    return Dimension(text)


def _once_held(data: BookData) -> list[str]:
    now = today_weights(data.portfolio)
    names = dict.fromkeys(name for each in data.history for name in (each.instrument, each.into) if name)
    return [name for name in names if name not in now]


def _attributed(desk: Desk, data: BookData, book: Stood, by: Dimension) -> Attribution:
    other = data.benchmark_book
    assert other is not None
    assert book.benchmark_panel is not None
    assert book.benchmark_shares is not None
    whole = panel_of(data, [*book.panel.instruments, *book.benchmark_panel.instruments, *_once_held(data)])
    names = list(whole.instruments)
    periods = whole.window.observations
    bench = _spread(names, book.benchmark_panel.instruments, book.benchmark_shares, periods)
    weights = (
        _held(data, whole) if data.history else _spread(names, book.panel.instruments, book.shares, periods)
    )
    held = {h.ticker: h.issuer_id for each in (other, data.portfolio) for h in each.holdings}
    segments = [_segment(desk, name, held.get(name), by) for name in names]
    return attribute_lines(weights, bench, whole.local, whole.currency, segments, whole.currencies)


def _segment(desk: Desk, ticker: str, issuer_id: str | None, by: Dimension) -> str:
    issuer = desk.universe.issuer(issuer_id) if issuer_id else desk.universe.by_ticker(ticker)
    if issuer is None:
        return UNKNOWN
    return (issuer.country if by is Dimension.COUNTRY else issuer.sector) or UNKNOWN


def _held(data: BookData, panel: Panel) -> Floats:
    """Return the account's weights at each close but the last; what has no prices counts as cash."""
    days = value_days(
        data.history,
        prices=data.prices,
        rates=data.rates,
        base=data.portfolio.base_currency,
        days=panel.days[:-1],
    )
    found = np.zeros((len(panel.instruments), len(panel.days) - 1))
    row = {name: i for i, name in enumerate(panel.instruments)}
    for column, day in enumerate(days):
        for line in day.held:
            if line.instrument in row and line.value is not None and day.value:
                found[row[line.instrument], column] += float(line.value / day.value)
    return found


def _spread(names: Sequence[str], given: Sequence[str], rows: Floats, periods: int) -> Floats:
    found = np.zeros((len(names), periods))
    for i, name in enumerate(given):
        found[names.index(name)] = rows[i]
    return found


def _trading(data: BookData, made: Attribution) -> dict[str, Any]:
    """Say what the account's own return was beside that of its holdings: trading and costs are between."""
    if not data.history:
        return {}
    own = performance_of(replace(data, benchmark_book=None, benchmark_instrument=""))
    figure = own.get("figures", {}).get("time_weighted_net", {})
    value = figure.get("value")
    if value is None or own.get("window", {}).get("end") is None:
        return {}
    return {
        "account_return": value,
        "trading_effect": value - made.book_return,
        "trading_method": "time-weighted return of the account, net of fees, less that of what it held at each close:"
        " what trading within days, income and costs made of it",
        "account_window": own["window"],
    }
