"""What a portfolio would lose or gain: one document for command line, API and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from readthrough.desk.book_data import BookData, Question, load_book, panel_of, today_weights
from readthrough.desk.open import Desk
from readthrough.desk.performance import problems_document
from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.exposure import exposure_lines
from readthrough.portfolio.factors import ErrorKind, factor_model
from readthrough.portfolio.measures import LEAST_PERIODS
from readthrough.portfolio.replay import PAST_WINDOWS, replay
from readthrough.portfolio.scenario import Band, Beta, run_scenario
from readthrough.portfolio.shocks import ShockKind, parse_shock

__all__ = ["drivers_of", "past_window", "replayed", "scenario"]

_OF = "regression on {}, {} periods"


def scenario(
    desk: Desk, question: Question, shocks: Sequence[str], *, drivers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what shocks do to each line, with the path each takes.

    Args:
        desk: Where portfolio and prices are.
        question: Which; its benchmark, where it has prices, is the market that betas are measured to.
        shocks: As `AAPL=-10%`, `market=-20%`, `sector:Energy=-15%`, `oil=+30%`.
        drivers: By driver (oil), the instrument whose prices measure sensitivities to it.

    Raises:
        HoldingsError: A shock does not read, or there is no such portfolio or benchmark.
    """
    made = [parse_shock(text, desk.universe) for text in shocks]
    if not made:
        raise HoldingsError(
            "A scenario needs a shock.", remedy="Add --shock market=-20%, or --replay covid-2020."
        )
    chosen = dict(drivers or {})
    data = load_book(desk, replace(question, more=tuple(chosen.values())))
    wants_market = any(shock.kind is ShockKind.MARKET for shock in made)
    betas = _betas(data, market=True) if wants_market else {}
    felt = {driver: _betas(data, instrument=name) for driver, name in chosen.items()}
    lines = exposure_lines(data.portfolio, desk.universe, data.funds)
    result = run_scenario(lines, made, desk.universe, betas=betas, drivers=felt)
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "market": data.benchmark_name or None,
        "shocks": [
            {"kind": s.kind.value, "target": s.target, "move": s.move, "event": s.event} for s in made
        ],
        "method": "moves of several shocks compound; an issuer's shock reaches suppliers, customers and"
        " competitors in one step; the ends of the total add every line's own end, so they are wider than likely;"
        " basis points of net asset value",
        "total_bps": _band(result.total),
        "untouched_weight": result.untouched,
        "lines": [
            {
                "instrument": each.instrument,
                "issuer": each.issuer,
                "weight": each.weight,
                "move": _band(each.move),
                "bps": _band(each.bps),
                "path": each.path,
                "why": each.why,
            }
            for each in result.lines
        ],
        "problems": problems_document([*data.problems, *result.problems]),
    }


def drivers_of(texts: Sequence[str]) -> dict[str, str]:
    """Read pairs of driver and instrument, as oil=WTI.

    Raises:
        HoldingsError: One is no pair.
    """
    found = {}
    for text in texts:
        name, _, instrument = (part.strip() for part in text.partition("="))
        if not name or not instrument:
            raise HoldingsError(f"{text[:60]!r} pairs no driver with an instrument.", remedy="Write oil=WTI.")
        found[name] = instrument
    return found


def past_window(text: str) -> tuple[date, date]:
    """Read a past window: one of the known names, or two days as 2008-09-12:2008-11-20.

    Raises:
        HoldingsError: It is neither.
    """
    if text in PAST_WINDOWS:
        return PAST_WINDOWS[text]
    first, _, last = text.partition(":")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        start = end = date.min
    if start >= end:
        raise HoldingsError(
            f"{text[:60]!r} is no past window.",
            remedy=f"Write two days, 2008-09-12:2008-11-20, or one of {', '.join(PAST_WINDOWS)}.",
        )
    return start, end


def replayed(desk: Desk, question: Question, windows: Sequence[str] = ()) -> dict[str, Any]:
    """Return what today's book would have done in past windows, all known ones when none is named.

    Raises:
        HoldingsError: A window does not read, or there is no such portfolio.
    """
    chosen = list(windows) or list(PAST_WINDOWS)
    spans = [past_window(text) for text in chosen]
    data = load_book(desk, replace(question, since=min(start for start, _ in spans), until=None))
    weights = today_weights(data.portfolio)
    found = []
    for name, (start, end) in zip(chosen, spans, strict=True):
        panel = panel_of(data, list(weights), since=start, until=end)
        made = replay(panel, weights, start=start, end=end)
        entry: dict[str, Any] = {
            "window": name,
            "start": made.start.isoformat(),
            "end": made.end.isoformat(),
            "covered": made.covered,
            "unavailable": made.reason or None,
            "problems": problems_document(made.problems),
        }
        if not made.reason:
            entry |= {
                "return": made.total,
                "deepest": made.deepest,
                "worst_day": made.worst_period[0].isoformat(),
                "worst_return": made.worst_period[1],
                "contributions": [{"instrument": n, "contribution": c} for n, c in made.contributions],
            }
        found.append(entry)
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "method": "today's weights bought at the first close of the window and left alone; lines without prices"
        " count as cash, see `covered`; decimal returns, a loss is negative",
        "windows": found,
    }


def _betas(data: BookData, *, market: bool = False, instrument: str = "") -> dict[str, Beta]:
    """Measure each line's beta to the benchmark, or to an instrument, over the window."""
    weights = today_weights(data.portfolio)
    other = [instrument] if instrument else _market(data)
    if not other:
        return {}
    panel = panel_of(data, [*weights, *other])
    shares = _market_shares(data) if market else {instrument: 1.0}
    if panel.window.observations < LEAST_PERIODS or any(panel.index(name) is None for name in shares):
        return {}
    level = np.array([shares.get(name, 0.0) for name in panel.instruments]) @ panel.base
    found: dict[str, Beta] = {}
    for name in weights:
        row = panel.index(name)
        if row is None:
            continue
        fitted = factor_model(panel.base[row], level[None, :], ["beta"], errors=ErrorKind.ROBUST)
        if not fitted.reason:
            beta = fitted.loadings[0]
            method = _OF.format(instrument or data.benchmark_name, panel.window.observations)
            found[name] = Beta(value=beta.estimate, standard_error=beta.standard_error, method=method)
    return found


def _market(data: BookData) -> list[str]:
    return list(_market_shares(data))


def _market_shares(data: BookData) -> dict[str, float]:
    if data.benchmark_instrument:
        return {data.benchmark_instrument: 1.0}
    return today_weights(data.benchmark_book) if data.benchmark_book is not None else {}


def _band(band: Band) -> dict[str, float]:
    return {"low": band.low, "mid": band.mid, "high": band.high}
