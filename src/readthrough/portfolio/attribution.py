"""Why a book did better or worse than its benchmark: Brinson and Fachler, linked by Carino, currency apart.

A segment that the benchmark lacks has no return there to be selected against, so its whole effect is
allocation; one that the book lacks likewise. With currency apart, allocation and selection are of local
returns and what exchange rates did stands by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from readthrough.portfolio.returns import Floats, Returns, Weights, carino, linked

__all__ = ["Attribution", "CurrencyEffects", "SegmentEffects", "attribute", "attribute_lines", "segmented"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEffects:
    """One segment's effects over the window, decimals that sum over segments and kinds to the active return.

    `weight` and `benchmark_weight` are means over the periods.
    """

    segment: str
    weight: float
    benchmark_weight: float
    allocation: float
    selection: float
    interaction: float

    @property
    def total(self) -> float:
        """What the segment added in all, currency apart."""
        return self.allocation + self.selection + self.interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyEffects:
    """What one currency added: by weighting it differently, and by what was held in it when."""

    currency: str
    weight: float
    benchmark_weight: float
    allocation: float
    timing: float  # its return to the book less that to the benchmark: local gains it multiplied

    @property
    def total(self) -> float:
        """What the currency added in all."""
        return self.allocation + self.timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Effects over a window. `active` is arithmetic: the book's linked return less the benchmark's.

    `residual` is what the effects miss of it: rounding, and nothing else. `reason` is set where there is
    nothing to attribute.
    """

    book_return: float
    benchmark_return: float
    segments: tuple[SegmentEffects, ...]
    currencies: tuple[CurrencyEffects, ...] = ()
    periods: int
    reason: str = ""

    @property
    def active(self) -> float:
        """The return to be explained."""
        return self.book_return - self.benchmark_return

    @property
    def explained(self) -> float:
        """The sum of all effects."""
        return sum(s.total for s in self.segments) + sum(c.total for c in self.currencies)

    @property
    def residual(self) -> float:
        """Active return less what is explained."""
        return self.active - self.explained


def attribute(
    weights: Weights,
    returns: Returns,
    benchmark_weights: Weights,
    benchmark_returns: Returns,
    segments: Sequence[str],
) -> Attribution:
    """Attribute by segment, period by period, and link.

    Sources: Brinson and Fachler, 1985; Carino, 1999. Allocation is (w_p - w_b)(r_b - R_b), selection
    w_b (r_p - r_b), interaction (w_p - w_b)(r_p - r_b).

    Args:
        weights: `(segments,)` or `(segments, periods)` at the start of each period, summing to one.
        returns: The book's, same shape; NaN where it holds nothing.
        benchmark_weights: Same shape.
        benchmark_returns: Same shape; NaN where the benchmark holds nothing.
        segments: Their names.

    Raises:
        ValueError: Shapes differ, or weights do not sum to one.
    """
    held, got = _columns(weights), _columns(returns)
    bench, other = _columns(benchmark_weights), _columns(benchmark_returns)
    if not held.shape == got.shape == bench.shape == other.shape or held.shape[0] != len(segments):
        raise ValueError(
            f"weights, returns, benchmark and {len(segments)} segments must have one shape:"
            f" {held.shape}, {got.shape}, {bench.shape}, {other.shape}"
        )
    _check_sum(held, "the book's")
    _check_sum(bench, "the benchmark's")
    got, other = _completed(held, got, bench, other)
    return _linked(held, got, bench, other, segments, (held * got).sum(axis=0), (bench * other).sum(axis=0))


def attribute_lines(
    weights: Weights,
    benchmark_weights: Weights,
    local: Returns,
    currency: Returns,
    segments: Sequence[str],
    currencies: Sequence[str],
) -> Attribution:
    """Attribute a book of single lines with what exchange rates did apart.

    A line's return in base currency is (1 + local)(1 + currency) - 1; its local part goes into allocation,
    selection and interaction of its segment, the rest (the cross term included) to its currency. Currency
    allocation is (W_p - W_b)(c_b - C_b), timing W_p (c_p - c_b), with c the return that a currency brought
    a side and C_b the benchmark's from all.

    Args:
        weights: `(lines, periods)` of the book at the start of each period; what is left to one is cash
            in base currency, a segment of its own.
        benchmark_weights: The same of the benchmark, zero where it lacks a line.
        local: `(lines, periods)` in each line's own currency.
        currency: `(lines, periods)` of that currency in base currency; zeros for the base.
        segments: Each line's.
        currencies: Each line's.
    """
    names, held, got = segmented(weights, local, segments)
    _, bench, other = segmented(benchmark_weights, local, segments)
    rest, bench_rest = 1.0 - held.sum(axis=0), 1.0 - bench.sum(axis=0)
    if np.any(np.abs(rest) > 1e-12) or np.any(np.abs(bench_rest) > 1e-12):
        names = [*names, "Cash"]
        held, bench = np.vstack([held, rest]), np.vstack([bench, bench_rest])
        still = np.zeros((1, held.shape[1]))
        got, other = np.vstack([got, still]), np.vstack([other, still])
    got, other = _completed(held, got, bench, other)
    moved = (1.0 + local) * currency  # base less local
    book = (weights * (local + moved)).sum(axis=0)
    benchmark = (benchmark_weights * (local + moved)).sum(axis=0)
    made = _linked(held, got, bench, other, names, book, benchmark)
    if made.reason:
        return made
    effects = _currency_effects(weights, benchmark_weights, moved, currencies, _factors(book, benchmark))
    return Attribution(
        book_return=made.book_return,
        benchmark_return=made.benchmark_return,
        segments=made.segments,
        currencies=effects,
        periods=made.periods,
    )


def segmented(
    weights: Weights, returns: Returns, segments: Sequence[str]
) -> tuple[list[str], Weights, Returns]:
    """Add lines up by segment: names in order, weights, and returns (NaN where nothing is held)."""
    names = sorted(set(segments))
    member = np.array([[segment == name for segment in segments] for name in names], dtype=np.float64)
    held = member @ weights
    earned = member @ (weights * returns)
    gross = member @ np.abs(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        got = np.where((gross > 0) & (np.abs(held) > 1e-12 * np.maximum(gross, 1.0)), earned / held, np.nan)
    if np.any(np.isnan(got) & (np.abs(earned) > 1e-15)):
        raise ValueError("a segment's longs and shorts cancel: it has a gain and no weight to set it against")
    return names, held, got


def _columns(values: Floats) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array


def _check_sum(weights: Weights, whose: str) -> None:
    off = np.abs(weights.sum(axis=0) - 1.0).max(initial=0.0)
    if off > 1e-6:
        raise ValueError(
            f"{whose} weights must sum to 1 in every period; they are off by {off:.2g}. Add cash."
        )


def _completed(held: Weights, got: Returns, bench: Weights, other: Returns) -> tuple[Returns, Returns]:
    """Give a side that lacks a segment the other's return there: then only allocation is left of it."""
    lacking, missing = (bench == 0) | np.isnan(other), (held == 0) | np.isnan(got)
    both = lacking & missing
    full_other = np.where(lacking, np.where(both, 0.0, got), other)
    full_got = np.where(missing, np.where(both, 0.0, other), got)
    return full_got, full_other


def _factors(book: Returns, benchmark: Returns) -> Floats:
    return carino(book, benchmark) / carino(np.asarray(linked(book)), np.asarray(linked(benchmark)))


def _linked(
    held: Weights,
    got: Returns,
    bench: Weights,
    other: Returns,
    names: Sequence[str],
    book: Returns,
    benchmark: Returns,
) -> Attribution:
    total, whole = float(linked(book)), float(linked(benchmark))
    if np.any(book <= -1.0) or np.any(benchmark <= -1.0):
        reason = "a side lost all it had, so effects cannot be linked"
        return Attribution(
            book_return=total, benchmark_return=whole, segments=(), periods=len(book), reason=reason
        )
    factors = _factors(book, benchmark)
    # local returns of the benchmark: equal to `benchmark` where no currency stands apart
    overall = (bench * other).sum(axis=0)
    allocation = ((held - bench) * (other - overall)) @ factors
    selection = (bench * (got - other)) @ factors
    interaction = ((held - bench) * (got - other)) @ factors
    return Attribution(
        book_return=total,
        benchmark_return=whole,
        segments=tuple(
            SegmentEffects(
                segment=name,
                weight=float(held[i].mean()),
                benchmark_weight=float(bench[i].mean()),
                allocation=float(allocation[i]),
                selection=float(selection[i]),
                interaction=float(interaction[i]),
            )
            for i, name in enumerate(names)
        ),
        periods=len(book),
    )


def _currency_effects(
    weights: Weights, benchmark_weights: Weights, moved: Returns, currencies: Sequence[str], factors: Floats
) -> tuple[CurrencyEffects, ...]:
    names = sorted(set(currencies))
    member = np.array([[currency == name for currency in currencies] for name in names], dtype=np.float64)
    held, bench = member @ weights, member @ benchmark_weights
    earned, other = member @ (weights * moved), member @ (benchmark_weights * moved)
    overall = (benchmark_weights * moved).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # a currency the benchmark lacks brought it nothing of its own: the book's return there stands in
        rate = np.where(bench != 0, other / bench, np.where(held != 0, earned / held, 0.0))
    allocation = ((held - bench) * (rate - overall)) @ factors
    # the benchmark's cash in base currency earns no currency return, and its share of `overall` is not lost
    idle = 1.0 - held.sum(axis=0) - (1.0 - bench.sum(axis=0))
    timing = (earned - held * rate) @ factors
    made = [
        CurrencyEffects(
            currency=name,
            weight=float(held[i].mean()),
            benchmark_weight=float(bench[i].mean()),
            allocation=float(allocation[i]),
            timing=float(timing[i]),
        )
        for i, name in enumerate(names)
    ]
    if np.any(np.abs(idle) > 1e-12):
        made.append(
            CurrencyEffects(
                currency="Cash",
                weight=float((1.0 - held.sum(axis=0)).mean()),
                benchmark_weight=float((1.0 - bench.sum(axis=0)).mean()),
                allocation=float((idle * -overall) @ factors),
                timing=0.0,
            )
        )
    return tuple(made)
