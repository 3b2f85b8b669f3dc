"""What moves a book, by regression on factors: ordinary least squares, with honest standard errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from readthrough.portfolio.returns import Floats, Returns

__all__ = ["ErrorKind", "FactorModel", "Loading", "factor_model"]

_LEAST_SPARE = 2
"""Observations beyond the parameters below which a residual variance says nothing."""
_RANK = 1e-10
"""Relative singular value below which columns count as saying the same."""


class ErrorKind(StrEnum):
    """How standard errors are made."""

    CLASSICAL = "classical"  # errors of one variance, independent
    ROBUST = "robust"  # White's HC1: variance may change
    NEWEY_WEST = "newey_west"  # variance may change and errors follow one another


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """A coefficient. `t` is estimate over standard error; |t| above 2 is unlikely to be chance."""

    name: str
    estimate: float
    standard_error: float

    @property
    def t(self) -> float:
        """Estimate over standard error."""
        return self.estimate / self.standard_error if self.standard_error else float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorModel:
    """A fitted regression. `alpha` is a decimal return a period; `explained` is R squared.

    `reason` is set, and nothing else means anything, where the regression could not be made.
    """

    alpha: Loading
    loadings: tuple[Loading, ...]
    explained: float
    residual_deviation: float
    observations: int
    errors: ErrorKind
    lags: int
    residuals: Floats
    reason: str = ""


def factor_model(
    excess: Returns,
    factors: Returns,
    names: Sequence[str],
    *,
    errors: ErrorKind = ErrorKind.CLASSICAL,
    lags: int | None = None,
) -> FactorModel:
    """Regress returns on factors with an intercept.

    Args:
        excess: `(periods,)`, over the risk-free rate where the factors are.
        factors: `(factors, periods)`.
        names: One for each factor.
        errors: Kind of standard error.
        lags: Of Newey and West, 1987, Bartlett weights, with HC1's small-sample correction; when None,
            the integer part of 4 (n / 100)^(2/9).

    Returns:
        The model; one with a `reason` where there are too few periods or factors that say the same.

    Raises:
        ValueError: Shapes do not fit.
    """
    count = excess.shape[-1]
    if factors.shape != (len(names), count):
        raise ValueError(
            f"{len(names)} factors over {count} periods were expected, got an array {factors.shape}"
        )
    design = np.vstack([np.ones(count), factors]).T
    spare = count - design.shape[1]
    if spare < _LEAST_SPARE:
        return _none(names, errors, count, f"{count} periods are too few for {len(names)} factors")
    scales = np.sqrt((design * design).mean(axis=0))
    if not np.all(scales > 0):
        flat = names[int(np.argmin(scales[1:]))]
        return _none(names, errors, count, f"the factor {flat} never moves")
    scaled = design / scales
    left, singular, right = np.linalg.svd(scaled, full_matrices=False)
    if singular[-1] < _RANK * singular[0]:
        return _none(
            names, errors, count, "two or more factors say the same, so their loadings cannot be told apart"
        )
    found = right.T @ ((left.T @ excess) / singular) / scales
    residuals = excess - design @ found
    inverse = (right.T / singular**2) @ right / np.outer(scales, scales)
    used = _lags(count) if lags is None else lags
    covariance = _covariance(design, residuals, inverse, errors, used)
    deviations = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    away = excess - excess.mean()
    total = float(away @ away)
    made = [
        Loading(name=name, estimate=float(value), standard_error=float(error))
        for name, value, error in zip(["alpha", *names], found, deviations, strict=True)
    ]
    return FactorModel(
        alpha=made[0],
        loadings=tuple(made[1:]),
        explained=1.0 - float(residuals @ residuals) / total if total > 0 else float("nan"),
        residual_deviation=float(np.sqrt(residuals @ residuals / spare)),
        observations=count,
        errors=errors,
        lags=used if errors is ErrorKind.NEWEY_WEST else 0,
        residuals=residuals,
    )


def _lags(count: int) -> int:
    return int(4 * (count / 100) ** (2 / 9))


def _covariance(design: Floats, residuals: Floats, inverse: Floats, errors: ErrorKind, lags: int) -> Floats:
    count, parameters = design.shape
    if errors is ErrorKind.CLASSICAL:
        plain: Floats = inverse * (residuals @ residuals / (count - parameters))
        return plain
    scores = design * residuals[:, None]
    middle = scores.T @ scores
    if errors is ErrorKind.NEWEY_WEST:
        for lag in range(1, min(lags, count - 1) + 1):
            late = scores[lag:].T @ scores[:-lag]
            middle = middle + (1 - lag / (lags + 1)) * (late + late.T)
    found: Floats = inverse @ middle @ inverse * (count / (count - parameters))
    return found


def _none(names: Sequence[str], errors: ErrorKind, count: int, reason: str) -> FactorModel:
    nan = float("nan")
    return FactorModel(
        alpha=Loading(name="alpha", estimate=nan, standard_error=nan),
        loadings=tuple(Loading(name=name, estimate=nan, standard_error=nan) for name in names),
        explained=nan,
        residual_deviation=nan,
        observations=count,
        errors=errors,
        lags=0,
        residuals=np.empty(0),
        reason=reason,
    )
