"""Returns of series and of books of holdings: linking, drift between rebalances, contribution, currency.

Arrays are float64 and time is the last axis, so that one series is `(periods,)` and many books are
`(books, periods)`. Returns are simple (not logarithmic) decimals. Nothing is annualised here unless the
name says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Contributions",
    "Floats",
    "Returns",
    "Weights",
    "annualised",
    "carino",
    "compounded",
    "currency_effect",
    "drifted",
    "linked",
    "linked_contributions",
    "simple_returns",
    "weighted_returns",
]

Floats: TypeAlias = NDArray[np.float64]
Returns: TypeAlias = NDArray[np.float64]
"""Simple decimal returns, time on the last axis."""
Weights: TypeAlias = NDArray[np.float64]
"""Decimal shares of net asset value; a short is negative; cash is what is left to one."""


def simple_returns(levels: Floats) -> Returns:
    """Return the change from each level to the next over the one before; one fewer than there are levels.

    >>> simple_returns(np.array([100.0, 110.0, 99.0])).round(12).tolist()
    [0.1, -0.1]
    """
    return levels[..., 1:] / levels[..., :-1] - 1.0


def linked(returns: Returns) -> Floats:
    """Return the return over all periods, geometrically linked; 0 for no period.

    Source: Wikipedia, "Time-weighted return": 4, 9, 5 and 11 % make 32.12 %.

    >>> round(float(linked(np.array([0.04, 0.09, 0.05, 0.11]))), 4)
    0.3212
    """
    total: Floats = np.multiply.reduce(1.0 + returns, axis=-1) - 1.0
    return total


def annualised(total: Floats | float, years: float) -> Floats:
    """Return the constant yearly return that makes the total; NaN where all was lost and more.

    Args:
        total: Decimal return over the whole window.
        years: Length of the window. Under one year this is not to be published: see `Window.is_full_year`.
    """
    grown = np.asarray(total, dtype=np.float64) + 1.0
    return np.where(grown >= 0, np.maximum(grown, 0.0) ** (1.0 / years), np.nan) - 1.0


def compounded(local: Returns, currency: Returns) -> Returns:
    """Return the base-currency return of a local return and its currency's: (1 + l)(1 + c) - 1."""
    return (1.0 + local) * (1.0 + currency) - 1.0


def currency_effect(base: Returns, local: Returns) -> Returns:
    """Return the part of base-currency returns that is currency, the cross term included: base - local.

    The cross term (local times currency) exists only because the money was in that currency, so it is
    counted there; the two parts then sum to the base return exactly.
    """
    return base - local


def weighted_returns(assets: Returns, weights: Weights) -> Returns:
    """Return the returns of books held at constant weights: rebalanced at every period.

    Args:
        assets: `(assets, periods)`.
        weights: `(assets,)` or `(books, assets)`. What is left to one earns nothing.

    Returns:
        `(periods,)` or `(books, periods)`.
    """
    found: Returns = weights @ assets
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """A drifting book. `weights` are those at the start of each period, cash not among them."""

    returns: Returns  # (periods,)
    weights: Weights  # (assets, periods)
    contributions: Returns  # (assets, periods); each period's sum is its return


def drifted(assets: Returns, weights: Weights, *, rebalance: Sequence[int] = (0,)) -> Contributions:
    """Let weights drift with returns between rebalances, as a book does that nobody trades.

    Args:
        assets: `(assets, periods)`.
        weights: `(assets,)`, set anew at the start of each period in `rebalance`. What is left to one
            is cash that earns nothing.
        rebalance: Indices of periods, the first of them 0.

    Raises:
        ValueError: The first rebalance is not at period 0.
    """
    periods = assets.shape[-1]
    starts = sorted(set(rebalance))
    if not starts or starts[0] != 0:
        raise ValueError(f"the first rebalance must be at period 0, got {starts[:1]}")
    held = np.empty_like(assets)
    cash = 1.0 - weights.sum()
    for start, stop in zip(starts, [*starts[1:], periods], strict=True):
        grown = np.cumprod(1.0 + assets[:, start:stop], axis=1)
        before = np.concatenate([np.ones((len(weights), 1)), grown[:, :-1]], axis=1) * weights[:, None]
        held[:, start:stop] = before / (before.sum(axis=0) + cash)
    contributions = held * assets
    return Contributions(returns=contributions.sum(axis=0), weights=held, contributions=contributions)


def carino(one: Floats, other: Floats | float = 0.0) -> Floats:
    """Return Carino's factor (ln(1 + one) - ln(1 + other)) / (one - other), 1 / (1 + one) where they are equal.

    Source: David Carino, "Combining attribution effects over time", Journal of Performance Measurement
    3(4), 1999. NaN where a return is -1 or less: nothing is left to link.
    """
    one, other = np.broadcast_arrays(np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64))
    gap = one - other
    ratio = gap / (1.0 + other)
    with np.errstate(divide="ignore", invalid="ignore"):
        # log1p of the ratio keeps its digits where the two nearly agree
        factor = np.log1p(ratio) / gap
    near = np.abs(ratio) < 1e-9
    factor = np.where(near, (1.0 - ratio / 2.0) / (1.0 + other), factor)
    return np.where((one > -1.0) & (other > -1.0), factor, np.nan)


def linked_contributions(contributions: Returns) -> Floats:
    """Link contributions over time so that they sum to the linked return (Carino).

    Args:
        contributions: `(assets, periods)`; each period's sum is the book's return in it.

    Returns:
        `(assets,)`; NaN where the book was lost whole.
    """
    returns = contributions.sum(axis=0)
    factors = carino(returns) / carino(np.asarray(linked(returns)))
    found: Floats = contributions @ factors
    return found
