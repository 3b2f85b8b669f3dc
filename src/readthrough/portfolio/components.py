"""Which lines the risk comes from: marginal and component figures by Euler's theorem, summing to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from readthrough.portfolio.returns import Floats, Returns, Weights

__all__ = ["RiskParts", "historical_parts", "normal_parts", "volatility_parts"]

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskParts:
    """A book's risk and where it comes from.

    `marginal` is what one unit more of a line's weight adds; `component` is weight times marginal and sums
    to `total`; `share` is component over total, NaN where the total is zero.
    """

    total: float
    marginal: Floats
    component: Floats

    @property
    def share(self) -> Floats:
        """Each line's part of the total."""
        return self.component / self.total if self.total else np.full_like(self.component, np.nan)


def volatility_parts(
    assets: Returns, weights: Weights, *, ddof: int = 1, periods_per_year: float = 1.0
) -> RiskParts:
    """Part volatility: marginal is the covariance with the book over the book's volatility.

    Args:
        assets: `(assets, periods)`.
        weights: `(assets,)`.
        ddof: Of the covariance.
        periods_per_year: Scales with its root.
    """
    book = weights @ assets
    away = book - book.mean()
    covariance = (assets - assets.mean(axis=1, keepdims=True)) @ away / (assets.shape[1] - ddof)
    variance = float(weights @ covariance)
    if variance <= 0:
        return RiskParts(total=0.0, marginal=np.zeros(len(weights)), component=np.zeros(len(weights)))
    total = np.sqrt(variance)
    scale = np.sqrt(periods_per_year)
    marginal = covariance / total * scale
    return RiskParts(total=float(total * scale), marginal=marginal, component=weights * marginal)


def normal_parts(
    assets: Returns, weights: Weights, *, level: float = 0.95, ddof: int = 0
) -> tuple[RiskParts, RiskParts]:
    """Part the normal value at risk and expected shortfall; a loss is positive.

    Source: Garman, "Improving on VaR", Risk 9(5), 1996; Tasche, 1999.
    """
    spread = volatility_parts(assets, weights, ddof=ddof)
    means = assets.mean(axis=1)
    z = _NORMAL.inv_cdf(1.0 - level)
    return (
        _normal(weights, means, spread, -z),
        _normal(weights, means, spread, _NORMAL.pdf(z) / (1.0 - level)),
    )


def _normal(weights: Weights, means: Floats, spread: RiskParts, factor: float) -> RiskParts:
    marginal = factor * spread.marginal - means
    return RiskParts(
        total=float(factor * spread.total - weights @ means), marginal=marginal, component=weights * marginal
    )


def historical_parts(
    assets: Returns, weights: Weights, *, level: float = 0.95
) -> tuple[RiskParts, RiskParts]:
    """Part the historical value at risk and expected shortfall at constant weights; a loss is positive.

    Value at risk is interpolated between two days of the past, and so are its parts: exact, and noisy,
    two days being all they rest on. Expected shortfall's parts are the mean losses of each line on the
    days of the tail (Tasche, 1999), and the steadier guide.
    """
    book = weights @ assets
    order = np.argsort(book, kind="stable")
    place = (len(book) - 1) * (1.0 - level)
    low = int(place)
    high = min(low + 1, len(book) - 1)
    share = place - low
    at = -(assets[:, order[low]] * (1.0 - share) + assets[:, order[high]] * share)
    quantile = book[order[low]] + (book[order[high]] - book[order[low]]) * share
    beyond = -assets[:, book <= quantile].mean(axis=1)
    return (
        RiskParts(total=float(-quantile), marginal=at, component=weights * at),
        RiskParts(total=float(-book[book <= quantile].mean()), marginal=beyond, component=weights * beyond),
    )
