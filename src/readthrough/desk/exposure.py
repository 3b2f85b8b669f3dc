"""What a portfolio is exposed to: one document for command line, API and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from readthrough.desk.book_data import BookData, Question, load_book, panel_of, stood
from readthrough.desk.open import Desk
from readthrough.desk.performance import figures_document, problems_document
from readthrough.domain.errors import HoldingsError
from readthrough.domain.figure import Figure, Unit, Window, figure_document
from readthrough.portfolio.exposure import (
    Dimension,
    concentration_figures,
    exposure_lines,
    exposures,
)
from readthrough.portfolio.factors import ErrorKind, FactorModel, factor_model
from readthrough.portfolio.returns import weighted_returns

__all__ = ["error_kind", "exposure", "exposure_of", "factor_exposure"]


def exposure(desk: Desk, question: Question) -> dict[str, Any]:
    """Return weights by issuer, sector, country, currency and theme, beside the benchmark's where it has holdings.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    return exposure_of(desk, load_book(desk, question))


def exposure_of(desk: Desk, data: BookData) -> dict[str, Any]:
    """Return the same of what was loaded already."""
    lines = exposure_lines(data.portfolio, desk.universe, data.funds)
    other = data.benchmark_book
    bench = None if other is None else exposure_lines(other, desk.universe, data.funds)
    found = {dimension: exposures(lines, dimension, benchmark=bench) for dimension in Dimension}
    unvalued = [line.instrument for line in lines if line.weight is None]
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "benchmark": data.benchmark_name or None,
        "as_of": None if data.portfolio.as_of is None else data.portfolio.as_of.isoformat(),
        "method": "weights of net asset value, shorts negative; all lines of an issuer together; funds looked"
        " through where their holdings are known; a line bears every theme of its issuer, so themes overlap",
        "gross": sum(abs(line.weight or 0.0) for line in lines),
        "net": sum(line.weight or 0.0 for line in lines),
        "unvalued": unvalued,
        **{
            dimension.value: [
                {
                    "key": each.key,
                    "label": each.label,
                    "net": each.net,
                    "long": each.long,
                    "short": each.short,
                    "gross": each.gross,
                    "benchmark": each.benchmark,
                    "active": each.active,
                    "instruments": list(each.instruments),
                }
                for each in rows
            ]
            for dimension, rows in found.items()
        },
        "concentration": figures_document(concentration_figures(found[Dimension.ISSUER])),
        "problems": problems_document(data.problems),
    }


def factor_exposure(
    desk: Desk,
    question: Question,
    factors: Sequence[str],
    *,
    errors: ErrorKind = ErrorKind.NEWEY_WEST,
    risk_free: float = 0.0,
) -> dict[str, Any]:
    """Regress the book's returns on those of instruments that stand for factors.

    Args:
        desk: Where portfolio and prices are.
        question: Which, over which window.
        factors: Instruments with prices or levels; returns span the days on which all have one.
        errors: Kind of standard errors.
        risk_free: Decimal return a year taken off the book's, where factors are excess returns already.

    Raises:
        HoldingsError: There is no such portfolio.
    """
    data = load_book(desk, replace(question, more=tuple(factors)))
    book = stood(data, more=factors)
    panel = panel_of(data, [*book.panel.instruments, *factors])
    head = {
        "factors": list(factors),
        "basis": "today's weights held constant over the window",
        "problems": problems_document([*data.problems, *panel.problems]),
    }
    rows = [panel.index(name) for name in factors]
    absent = [name for name, row in zip(factors, rows, strict=True) if row is None]
    if book.reason or absent:
        return head | {"unavailable": book.reason or f"no prices over the window of {', '.join(absent)}"}
    base = panel.base
    own = weighted_returns(
        base[[panel.instruments.index(name) for name in book.panel.instruments]], book.weights
    )
    a_period = (1.0 + risk_free) ** (1.0 / panel.window.periods_per_year) - 1.0
    model = factor_model(
        own - a_period, base[[row for row in rows if row is not None]], list(factors), errors=errors
    )
    if model.reason:
        return head | {"unavailable": model.reason}
    return head | _model(model, panel.window)


def error_kind(text: str) -> ErrorKind:
    """Read a kind of standard errors.

    Raises:
        HoldingsError: There is no such kind.
    """
    if text not in set(ErrorKind):
        raise HoldingsError(
            f"{text[:40]!r} is no kind of standard errors.", remedy=f"Say {', '.join(ErrorKind)}."
        )
    return ErrorKind(text)


def _model(model: FactorModel, window: Window) -> dict[str, Any]:
    kinds = {
        ErrorKind.CLASSICAL: "classical",
        ErrorKind.ROBUST: "White's HC1",
        ErrorKind.NEWEY_WEST: f"Newey and West's, {model.lags} lags",
    }
    method = f"ordinary least squares with an intercept, standard errors {kinds[model.errors]}"
    alpha = Figure(
        name="alpha",
        value=model.alpha.estimate,
        unit=Unit.RETURN_A_PERIOD,
        method=method,
        window=window,
        sign="a gain that factors do not explain is positive",
        standard_error=model.alpha.standard_error,
    )
    loadings = [
        replace(
            alpha,
            name=each.name,
            value=each.estimate,
            unit=Unit.RATIO,
            sign="a gain when the factor rises is positive",
            standard_error=each.standard_error,
        )
        for each in model.loadings
    ]
    return {
        "window": window.document(),
        "alpha": dict(figure_document(alpha)) | {"t": _known(model.alpha.t)},
        "loadings": [
            dict(figure_document(figure)) | {"t": _known(each.t)}
            for figure, each in zip(loadings, model.loadings, strict=True)
        ],
        "explained": _known(model.explained),
        "residual_deviation": model.residual_deviation,
        "observations": model.observations,
    }


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
