"""How much a portfolio can lose and where that comes from: one document for command line, API and pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from readthrough.desk.book_data import BookData, Question, Stood, load_book, stood
from readthrough.desk.open import Desk
from readthrough.desk.performance import figures_document, problems_document
from readthrough.domain.errors import HoldingsError
from readthrough.domain.figure import Figure, Unit, Window
from readthrough.portfolio.components import RiskParts, historical_parts, normal_parts, volatility_parts
from readthrough.portfolio.drawdowns import drawdown_table, underwater
from readthrough.portfolio.exposure import (
    Dimension,
    concentration_figures,
    exposure_lines,
    exposures,
    liquidity,
)
from readthrough.portfolio.measures import (
    LEAST_PERIODS,
    benchmark_figures,
    return_figures,
    risk_figures,
    tail_figures,
)

__all__ = ["read_volumes", "risk", "risk_of"]

_BASIS = "today's weights held constant over the window (rebalanced every period)"


def risk(
    desk: Desk,
    question: Question,
    *,
    level: float = 0.95,
    risk_free: float = 0.0,
    volumes: Mapping[str, float] | None = None,
    participation: float = 0.2,
) -> dict[str, Any]:
    """Return volatility, tails, drawdowns, components, concentration and liquidity of today's book.

    Args:
        desk: Where portfolio and prices are.
        question: Which, over which window, against what.
        level: Of value at risk: 0.95 looks at the worst twentieth.
        risk_free: Decimal return a year.
        volumes: Usual units traded a day by ticker, for liquidity.
        participation: Share of them one is willing to be.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    data = load_book(desk, question)
    return risk_of(desk, data, level=level, risk_free=risk_free, volumes=volumes, participation=participation)


def risk_of(
    desk: Desk,
    data: BookData,
    *,
    level: float = 0.95,
    risk_free: float = 0.0,
    volumes: Mapping[str, float] | None = None,
    participation: float = 0.2,
) -> dict[str, Any]:
    """Return the same of what was loaded already."""
    book = stood(data)
    lines = exposure_lines(data.portfolio, desk.universe, data.funds)
    sold = liquidity(data.portfolio, {**_usual_volumes(data), **(volumes or {})}, participation=participation)
    few = concentration_figures(exposures(lines, Dimension.ISSUER))
    document: dict[str, Any] = {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "benchmark": data.benchmark_name or None,
        "basis": _BASIS,
        "level": level,
        "concentration": figures_document(few),
        "liquidity": {
            "figures": figures_document(sold.figures),
            "lines": [{"instrument": name, "days": days} for name, days in sold.lines],
        },
        "problems": problems_document([*data.problems, *book.panel.problems]),
    }
    if book.reason:
        return document | {"unavailable": book.reason, "covered": book.covered}
    return document | _measured(book, level, risk_free)


def _usual_volumes(data: BookData) -> dict[str, float]:
    """The volumes that prices were kept with: those up to the last price the figures are of."""
    tickers = {holding.ticker for holding in data.portfolio.holdings}
    days = data.prices.days(tickers)
    last = max((day for day in days if data.until is None or day <= data.until), default=None)
    found = {} if last is None else {t: data.prices.usual_volume(t, last) for t in tickers}
    return {ticker: units for ticker, units in found.items() if units is not None}


def read_volumes(text: str) -> dict[str, float]:
    """Read usual daily volumes: lines of ticker and units, with or without a header.

    Raises:
        HoldingsError: A line is no ticker and positive number.
    """
    found: dict[str, float] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if not row or not "".join(row).strip():
            continue
        try:
            ticker, units = row[0].strip(), float(row[1].replace(",", ""))
        except (IndexError, ValueError):
            if number == 1:
                continue
            raise HoldingsError(
                f"line {number}: {','.join(row)[:60]!r} is no ticker and volume.",
                remedy="Write AAPL,54000000.",
            ) from None
        if not 0 < units < float("inf"):
            raise HoldingsError(
                f"line {number}: the volume of {ticker!r} is {units}.", remedy="Give units above 0."
            )
        found[ticker] = units
    return found


def _measured(book: Stood, level: float, risk_free: float) -> dict[str, Any]:
    window = book.window
    a_period = (1.0 + risk_free) ** (1.0 / window.periods_per_year) - 1.0
    figures = [
        *return_figures(book.constant, window),
        *risk_figures(book.constant, window, risk_free=a_period),
        *tail_figures(book.constant, window, level=level),
    ]
    if book.benchmark is not None:
        figures += benchmark_figures(book.constant, book.benchmark, window, risk_free=a_period)
    else:
        figures += _missing(window, book.benchmark_reason)
    days = book.panel.days
    falls = drawdown_table(book.constant, days[1:], start=days[0])
    return {
        "window": window.document(),
        "covered": book.covered,
        "figures": figures_document(figures),
        "drawdowns": [
            {
                "peak": None if fall.peak is None else fall.peak.isoformat(),
                "start": fall.start.isoformat(),
                "trough": fall.trough.isoformat(),
                "end": None if fall.end is None else fall.end.isoformat(),
                "depth": fall.depth,
                "length": fall.length,
                "to_trough": fall.to_trough,
                "recovery": fall.recovery,
            }
            for fall in falls
        ],
        "components": _components(book, level) if window.observations >= LEAST_PERIODS else [],
        "series": {
            "days": [day.isoformat() for day in days[1:]],
            "returns": [float(value) for value in book.constant],
            "underwater": [float(value) for value in underwater(book.constant)],
        },
    }


def _components(book: Stood, level: float) -> list[dict[str, Any]]:
    """Return each line's part of four risks; within a risk the parts sum to its total."""
    base, weights, year = book.panel.base, book.weights, book.window.periods_per_year
    normal_var, _ = normal_parts(base, weights, level=level)
    past_var, past_shortfall = historical_parts(base, weights, level=level)
    parts: list[tuple[str, RiskParts, str]] = [
        (
            "volatility_annual" if book.window.is_full_year else "volatility",
            volatility_parts(base, weights, periods_per_year=year if book.window.is_full_year else 1.0),
            "Euler: weight times covariance with the book over its volatility; ddof 1",
        ),
        ("value_at_risk_normal", normal_var, f"Euler, normal, level {level:g}; ddof 0; a loss is positive"),
        (
            "value_at_risk_historical",
            past_var,
            f"Euler, losses on the days of the quantile, level {level:g}; a loss is positive",
        ),
        (
            "expected_shortfall_historical",
            past_shortfall,
            f"Euler, mean losses on the days of the tail, level {level:g}; a loss is positive",
        ),
    ]
    return [
        {
            "risk": name,
            "method": method,
            "total": part.total,
            "lines": [
                {
                    "instrument": instrument,
                    "weight": float(weights[i]),
                    "marginal": float(part.marginal[i]),
                    "component": float(part.component[i]),
                    "share": float(part.share[i]) if part.total else None,
                }
                for i, instrument in enumerate(book.panel.instruments)
            ],
        }
        for name, part, method in parts
    ]


def _missing(window: Window, reason: str) -> list[Figure]:
    return [
        Figure(name=name, value=None, unit=unit, method="against a benchmark", window=window, reason=reason)
        for name, unit in (
            ("beta", Unit.RATIO),
            ("tracking_error_annual", Unit.DEVIATION_A_YEAR),
            ("information_ratio", Unit.RATIO),
        )
    ]
