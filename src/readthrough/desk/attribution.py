"""Why a portfolio did better or worse than its benchmark: one document for command line, API and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from readthrough.desk.book_data import BookData, Question, Stood, load_book, stood
from readthrough.desk.open import Desk
from readthrough.desk.performance import performance, problems_document
from readthrough.portfolio.attribution import Attribution, attribute_lines
from readthrough.portfolio.exposure import UNKNOWN, Dimension
from readthrough.portfolio.returns import Floats

__all__ = ["attribution"]

_METHOD = (
    "Brinson and Fachler by period, on local returns, linked by Carino; effects are arithmetic and sum to the"
    " active return. A segment one side lacks is allocation alone. Currency effects hold the cross term."
)
_PRO_FORMA = "pro forma: today's holdings of both held unchanged over the window"


def attribution(desk: Desk, question: Question, *, by: Dimension = Dimension.SECTOR) -> dict[str, Any]:
    """Return allocation, selection, interaction and currency effects by segment.

    Args:
        desk: Where portfolio and prices are.
        question: Which, over which window; its benchmark must be one of holdings.
        by: What segments are: sector or country.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    data = load_book(desk, question)
    document: dict[str, Any] = {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "benchmark": data.benchmark_name or None,
        "basis": _PRO_FORMA,
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
    book = stood(data)
    problems = [*data.problems, *book.panel.problems]
    why = book.reason or book.benchmark_reason
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
        **_trading(desk, data, question, made),
        "problems": problems_document(problems),
    }


def _attributed(desk: Desk, data: BookData, book: Stood, by: Dimension) -> Attribution:
    other = data.benchmark_book
    assert other is not None
    assert book.benchmark_panel is not None
    assert book.benchmark_shares is not None
    mine, theirs = book.panel, book.benchmark_panel
    names = list(dict.fromkeys([*mine.instruments, *theirs.instruments]))
    periods = book.window.observations
    weights = _spread(names, mine.instruments, book.shares, periods)
    bench = _spread(names, theirs.instruments, book.benchmark_shares, periods)
    local = _spread(names, mine.instruments, mine.local, periods)
    currency = _spread(names, mine.instruments, mine.currency, periods)
    later = [i for i, name in enumerate(names) if name not in mine.instruments]
    rows = [theirs.instruments.index(names[i]) for i in later]
    local[later], currency[later] = theirs.local[rows], theirs.currency[rows]
    codes = dict(zip(theirs.instruments, theirs.currencies, strict=True)) | dict(
        zip(mine.instruments, mine.currencies, strict=True)
    )
    held = {h.ticker: h for each in (other, data.portfolio) for h in each.holdings}
    segments = []
    for name in names:
        holding = held[name]
        issuer = (
            desk.universe.issuer(holding.issuer_id) if holding.issuer_id else desk.universe.by_ticker(name)
        )
        value = "" if issuer is None else issuer.country if by is Dimension.COUNTRY else issuer.sector
        segments.append(value or UNKNOWN)
    return attribute_lines(weights, bench, local, currency, segments, [codes[name] for name in names])


def _spread(names: Sequence[str], given: Sequence[str], rows: Floats, periods: int) -> Floats:
    found = np.zeros((len(names), periods))
    for i, name in enumerate(given):
        found[names.index(name)] = rows[i]
    return found


def _trading(desk: Desk, data: BookData, question: Question, made: Attribution) -> dict[str, Any]:
    """Say what the account's own return was beside that of its holdings: trades, flows and costs are between."""
    if not data.history:
        return {}
    own = performance(desk, replace(question, since=data.since))
    figure = own.get("figures", {}).get("time_weighted_net", {})
    value = figure.get("value")
    if value is None or own.get("window", {}).get("end") is None:
        return {}
    return {
        "account_return": value,
        "trading_effect": value - made.book_return,
        "trading_method": "time-weighted return of the account, net of fees, less that of today's holdings held"
        " unchanged: what trading before today and costs made of it",
        "account_window": own["window"],
    }
