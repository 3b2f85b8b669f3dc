"""The event study behind expected moves: abnormal returns by kind of news, fitted, and checked out of time.

An observation is one issuer on one day with one kind of news: articles telling the same add up to one. What a
share did is net of the market. Figures are basis points, in the direction of the news where a field says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.taxonomy import PARENTS
from readthrough.portfolio.moves import SIZES, MoveTable, Row, band, news_size
from readthrough.portfolio.priors import usual_move

__all__ = [
    "Check",
    "Observation",
    "Tied",
    "TiedCheck",
    "check",
    "check_tied",
    "fit_moves",
    "merged",
    "rank_correlation",
]

_COVERAGE: Final = 0.8
_PRIOR_WEIGHT: Final = 40.0  # observations that general knowledge counts for; tuned on nothing
_SLOPE_WEIGHT: Final = (
    10.0  # holds novelty and score near no effect on the scatter where a record hardly varies in them
)
_FLOOR_BPS: Final = (
    10.0  # added to a move before its logarithm is taken: half a usual bid-ask spread of a quiet day
)
_LARGEST_BPS: Final = 1_500.0  # a day's move counts as no more than this for the mean: one bid is not a rule
_UNSEEN_SIZE: Final = 1.4  # smaller shares scatter more; used for a class without observations, and said so
_FEWEST: Final = 20  # observations of a class of size that its own factor takes
_FEWEST_QUIET: Final = 200  # days without news that the scatter of such days is taken from
_DRAWS: Final = 400  # of the bootstrap behind a standard error

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One issuer's news of one kind on one day, and what its share did."""

    instrument: str
    day: date
    parent: str  # of the event that drives the news; "" without one
    score: float
    novelty: float
    size: str  # a key of `moves.SIZES`
    share: float  # what sureness and relevance leave of an expected move
    abnormal_bps: float  # net of the market, signed as the share moved
    reported_bps: float | None = None  # the day's move as the text reports it

    @property
    def sign(self) -> int:
        """Whether the news was good or bad."""
        return 1 if self.score > 0 else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How a table fares on observations it was not fitted on. Errors are standard errors by bootstrap over days."""

    observations: int
    days: tuple[date, date]
    coverage: float  # share of outcomes within low to high
    coverage_error: float
    below: float  # share under low
    above: float  # share over high
    correlation: float  # of expected and realised, by rank
    correlation_error: float
    sentiment_correlation: float  # of the score alone and realised
    sentiment_error: float
    gain: float  # the first less the second
    gain_error: float
    reported: int = 0  # observations whose text reports the day's move
    reported_coverage: float | None = None  # of those
    by_parent: tuple[tuple[str, int, float], ...] = ()  # parent, observations, coverage

    def within(self, points: float, claimed: float = _COVERAGE) -> bool:
        """Tell whether intervals cover what they claim, give or take so many percentage points."""
        return abs(self.coverage - claimed) * 100 <= points


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """A share that news of others reaches: what was expected of it, and what it did, in signed basis points."""

    instrument: str
    day: date
    path: str
    low_bps: float
    mid_bps: float
    high_bps: float
    abnormal_bps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedCheck:
    """How bands of read-through fare. Errors are standard errors by bootstrap over days."""

    observations: int
    coverage: float
    coverage_error: float
    correlation: float  # of middle and realised, by rank
    correlation_error: float


def merged(observations: Iterable[Observation]) -> list[Observation]:
    """Put articles that tell the same of an issuer on a day into one observation: mean score, newest, by day."""
    groups: dict[tuple[str, date, str, int], list[Observation]] = {}
    for each in observations:
        groups.setdefault((each.instrument, each.day, each.parent, each.sign), []).append(each)
    found = [
        replace(
            group[0],
            score=float(np.mean([o.score for o in group])),
            novelty=max(o.novelty for o in group),
            share=max(o.share for o in group),
            reported_bps=next((o.reported_bps for o in group if o.reported_bps is not None), None),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda o: (o.day, o.instrument, o.parent, o.sign))


def fit_moves(
    observations: Sequence[Observation],
    *,
    provenance: Mapping[str, str],
    quiet: Sequence[tuple[str, float]] = (),
) -> MoveTable:
    """Fit a table of expected moves.

    The scatter is a regression of the logarithm of absolute moves on novelty, score, size and kind of news; the
    location a mean by kind and sign. Both lean on what is generally known of a kind (`priors`) as if that were
    `_PRIOR_WEIGHT` observations, so that a kind seen twice is not taken at its word. Locations never go against
    the news.

    Args:
        observations: As `merged` returns them.
        provenance: Where they are from, and of which days.
        quiet: Class of the company and abnormal move, in basis points, of days on which a share had no news of its
            own; what shares do on news of others is measured on them.

    Raises:
        ValueError: There are fewer than 200.
    """
    unreported = [o for o in observations if o.reported_bps is None]
    if len(unreported) < 200:
        raise ValueError(f"an event study needs 200 observations, got {len(unreported)}")
    weights = _weights(unreported)
    moves = np.array([o.sign * o.abnormal_bps for o in unreported])
    locations = _locations(unreported, moves, weights)
    expected = np.array(
        [locations[o.parent, o.sign] * news_size(o.score, o.novelty) * o.share for o in unreported]
    )
    residual = moves - expected
    scales, novelty, intensity, sizes = _scales(unreported, residual, weights)
    counts = {
        key: float(sum(w for o, w in zip(unreported, weights, strict=True) if (o.parent, o.sign) == key))
        for key in locations
    }
    rows = {
        key: Row(n=counts[key], location_bps=location, scale_bps=scales[key[0]])
        for key, location in locations.items()
    }
    table = MoveTable(
        coverage=_COVERAGE,
        quantiles=(-1.0, 0.0, 1.0),
        novelty=novelty,
        intensity=intensity,
        sizes=sizes,
        rows=rows,
        reported=(0.7, 1.0, 1.3),
        reported_spread_bps=0.0,
        provenance=provenance,
    )
    spread = np.array(
        [
            rows[o.parent, o.sign].scale_bps * table.scatter(score=o.score, novelty=o.novelty, size=o.size)
            for o in unreported
        ]
    )
    tail = (1 - _COVERAGE) / 2
    # every observation counts alike here: an interval is stated for each of them
    low, mid, high = (float(q) for q in np.quantile(residual / spread, (tail, 0.5, 1 - tail)))
    told, apart = _reported(observations) or (table.reported, table.reported_spread_bps)
    fitted = replace(table, quantiles=(low, mid, high), reported=told, reported_spread_bps=apart)
    return replace(fitted, quiet=_quiet(fitted, quiet)) if len(quiet) >= _FEWEST_QUIET else fitted


def check(table: MoveTable, observations: Sequence[Observation], *, seed: int = 7) -> Check:
    """Hold a table against observations of other days.

    Args:
        table: What was fitted.
        observations: As `merged` returns them. Those whose text reports the day's move are counted apart:
            what is expected of them is read and not fitted.
        seed: Of the bootstrap.

    Raises:
        ValueError: There is none.
    """
    chosen = [o for o in observations if o.reported_bps is None]
    told = [o for o in observations if o.reported_bps is not None]
    if not chosen:
        raise ValueError("there is nothing to check against")
    bands = [
        table.expected(o.parent, o.sign, score=o.score, novelty=o.novelty, size=o.size, share=o.share)
        for o in chosen
    ]
    moves = np.array([o.sign * o.abnormal_bps for o in chosen])
    below = np.array([m < b.low for m, b in zip(moves, bands, strict=True)])
    above = np.array([m > b.high for m, b in zip(moves, bands, strict=True)])
    inside = ~(below | above)
    expected = np.array([o.sign * b.mid for o, b in zip(chosen, bands, strict=True)])
    score = np.array([o.score for o in chosen])
    realised = np.array([o.abnormal_bps for o in chosen])
    ours, theirs = rank_correlation(expected, realised), rank_correlation(score, realised)
    drawn = _bootstrap([o.day for o in chosen], inside, expected, score, realised, seed)
    by_parent = {
        parent: [bool(i) for o, i in zip(chosen, inside, strict=True) if o.parent == parent]
        for parent in sorted({o.parent for o in chosen})
    }
    return Check(
        observations=len(chosen),
        days=(min(o.day for o in chosen), max(o.day for o in chosen)),
        coverage=float(inside.mean()),
        coverage_error=float(drawn[0].std(ddof=1)),
        below=float(below.mean()),
        above=float(above.mean()),
        correlation=ours,
        correlation_error=float(drawn[1].std(ddof=1)),
        sentiment_correlation=theirs,
        sentiment_error=float(drawn[2].std(ddof=1)),
        gain=ours - theirs,
        gain_error=float((drawn[1] - drawn[2]).std(ddof=1)),
        reported=len(told),
        reported_coverage=_covered(table, told),
        by_parent=tuple((p, len(found), sum(found) / len(found)) for p, found in by_parent.items()),
    )


def check_tied(observations: Sequence[Tied], *, seed: int = 7) -> TiedCheck:
    """Hold what was said of shares that others' news reaches against what they did.

    Args:
        observations: One for each share and day.
        seed: Of the bootstrap.

    Raises:
        ValueError: There is none.
    """
    if not observations:
        raise ValueError("there is nothing to check against")
    inside = np.array([o.low_bps <= o.abnormal_bps <= o.high_bps for o in observations])
    expected = np.array([o.mid_bps for o in observations])
    realised = np.array([o.abnormal_bps for o in observations])
    drawn = _bootstrap([o.day for o in observations], inside, expected, expected, realised, seed)
    return TiedCheck(
        observations=len(observations),
        coverage=float(inside.mean()),
        coverage_error=float(drawn[0].std(ddof=1)),
        correlation=rank_correlation(expected, realised),
        correlation_error=float(drawn[1].std(ddof=1)),
    )


def _quiet(table: MoveTable, days: Sequence[tuple[str, float]]) -> float:
    """How widely shares scatter without news of their own, as a share of how they do on news at large."""
    tail = (1 - _COVERAGE) / 2
    scale = table.row("", 1).scale_bps
    low, high = np.quantile([bps / (scale * table.sizes[size]) for size, bps in days], (tail, 1 - tail))
    return float((high - low) / (table.quantiles[2] - table.quantiles[0]))


def _covered(table: MoveTable, told: Sequence[Observation]) -> float | None:
    """The share of outcomes within the bands around reported moves."""
    inside = []
    for o in told:
        assert o.reported_bps is not None
        usual = table.expected(
            o.parent,
            1 if o.reported_bps > 0 else -1,
            score=o.score,
            novelty=o.novelty,
            size=o.size,
            share=o.share,
        )
        low, high = band(table, o.reported_bps, usual)
        inside.append(low <= o.abnormal_bps <= high)
    return sum(inside) / len(inside) if inside else None


def rank_correlation(one: Floats, other: Floats) -> float:
    """Return Spearman's rank correlation, equal values sharing their mean rank; 0 where one never varies."""
    a, b = _ranks(one), _ranks(other)
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size else 0.0


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means = ends - (counts - 1) / 2.0
    ranks: Floats = means[inverse].astype(np.float64)
    return ranks


def _bootstrap(
    days: Sequence[date],
    inside: NDArray[np.bool_],
    expected: Floats,
    score: Floats,
    realised: Floats,
    seed: int,
) -> tuple[Floats, Floats, Floats]:
    """Draw days anew, all observations of a day together: what happens on one day hangs together."""
    draw = np.random.default_rng(seed)
    _, place = np.unique(np.array([d.toordinal() for d in days]), return_inverse=True)
    members = [np.flatnonzero(place == n) for n in range(int(place.max()) + 1)]
    found = np.empty((3, _DRAWS))
    for n in range(_DRAWS):
        rows = np.concatenate([members[i] for i in draw.integers(0, len(members), len(members))])
        found[0, n] = inside[rows].mean()
        found[1, n] = rank_correlation(expected[rows], realised[rows])
        found[2, n] = rank_correlation(score[rows], realised[rows])
    return found[0], found[1], found[2]


def _weights(observations: Sequence[Observation]) -> Floats:
    """One issuer's day weighs one, however many kinds of news it had."""
    counts: dict[tuple[str, date], int] = {}
    for o in observations:
        counts[o.instrument, o.day] = counts.get((o.instrument, o.day), 0) + 1
    return np.array([1.0 / counts[o.instrument, o.day] for o in observations])


def _locations(
    observations: Sequence[Observation], moves: Floats, weights: Floats
) -> dict[tuple[str, int], float]:
    clipped = np.clip(moves, -_LARGEST_BPS, _LARGEST_BPS)
    size = np.array([news_size(o.score, o.novelty) * o.share for o in observations])
    prior = np.array([usual_move(o.parent, o.sign).mid for o in observations])
    # how much of what is generally supposed is there at all
    truth = max(float((weights * prior * size) @ clipped / ((weights * (prior * size) ** 2).sum())), 0.0)
    found: dict[tuple[str, int], float] = {}
    typical = float((weights * size**2).sum() / weights.sum())
    for parent in ("", *PARENTS):
        for sign in (1, -1):
            of = np.array([o.parent == parent and o.sign == sign for o in observations])
            supposed = truth * usual_move(parent, sign).mid
            top = float((weights * size * clipped)[of].sum()) + _PRIOR_WEIGHT * typical * supposed
            under = float((weights * size**2)[of].sum()) + _PRIOR_WEIGHT * typical
            found[parent, sign] = max(top / under, 1.0)
    return found


def _scales(
    observations: Sequence[Observation], residual: Floats, weights: Floats
) -> tuple[dict[str, float], float, float, dict[str, float]]:
    """Regress log absolute moves on what is known of the news; kinds lean on their priors."""
    known = np.log(np.abs(residual) + _FLOOR_BPS)
    names = [name for name in SIZES if sum(o.size == name for o in observations) >= _FEWEST]
    reference = names[0] if names else "other"
    others = [name for name in names if name != reference]
    width = {p: np.log(np.mean([_width(p, s) for s in (1, -1)])) for p in ("", *PARENTS)}
    middle = width[""]
    shared = np.array(
        [
            [
                1.0,
                o.novelty - 1,
                min(abs(o.score), 0.9) - 0.6,
                width[o.parent] - middle,
                *(o.size == n for n in others),
            ]
            for o in observations
        ]
    )
    kinds = ["", *PARENTS]
    own = np.array([[o.parent == k for k in kinds] for o in observations], dtype=np.float64)
    design = np.hstack([shared, own])
    free = [1e-9, _SLOPE_WEIGHT, _SLOPE_WEIGHT, *([1e-9] * (shared.shape[1] - 3))]
    penalty = np.diag(free + [_PRIOR_WEIGHT] * len(kinds))
    gram = design.T @ (design * weights[:, None]) + penalty
    solved = np.linalg.solve(gram, design.T @ (weights * known))
    base, novelty, intensity, slope = (float(v) for v in solved[:4])
    factors = {reference: 1.0} | {n: float(np.exp(v)) for n, v in zip(others, solved[4:], strict=False)}
    factors |= {name: _UNSEEN_SIZE for name in SIZES if name not in factors}
    start = shared.shape[1]
    scales = {
        k: float(np.exp(base + slope * (width[k] - middle) + solved[start + n])) for n, k in enumerate(kinds)
    }
    return scales, novelty, intensity, factors


def _width(parent: str, sign: int) -> float:
    usual = usual_move(parent, sign)
    return usual.high - usual.low


def _reported(observations: Sequence[Observation]) -> tuple[tuple[float, float, float], float] | None:
    """Measure how the day's move net of the market lies to the one a text reports, where enough texts do."""
    told = [(o.abnormal_bps, o.reported_bps) for o in observations if o.reported_bps]
    if len(told) < 60:
        return None
    # beyond a plain share of what is reported, the market's own move is in it: a spread common to all
    gaps = np.array([(m - r) * (1 if r > 0 else -1) for m, r in told])
    sizes = np.array([abs(r) for _, r in told])
    small = gaps[sizes <= np.median(sizes)]
    spread = float(np.quantile(np.abs(small), 0.5))
    ratio = np.sign(gaps) * np.maximum(np.abs(gaps) - spread, 0) / sizes
    tail = (1 - _COVERAGE) / 2
    low, high = (float(q) for q in np.quantile(ratio, (tail, 1 - tail)))
    return (1 + min(low, 0.0), 1.0, 1 + max(high, 0.0)), spread
