"""Figures of portfolios beside quantstats and skfolio: five measures of many books, and of one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from bench import assess
from bench.results import Result, least_seconds, median_seconds
from bench.rivals import Rival, RivalMissingError
from readthrough.portfolio.drawdowns import maximum_drawdown
from readthrough.portfolio.returns import Floats, weighted_returns
from readthrough.portfolio.risk import beta, volatility
from readthrough.portfolio.tails import historical_tail

__all__ = ["run"]

_SCRIPT = Path(__file__).with_name("rival_quantstats.py")
_BOOKS, _ASSETS, _DAYS = 500, 500, 2_500
_FEW = 25  # books that a rival does in a round; its time for all is this times twenty
_ONE_ASSETS, _ONE_DAYS = 20, 8_300
_SEED = 20261122


def run() -> Iterator[Result]:
    """Measure volatility, beta, value at risk, expected shortfall and maximum drawdown, each at 95 %."""
    yield from assess.run()
    assets, weights, market = _material(_BOOKS, _ASSETS, _DAYS)
    what = f"{_BOOKS} portfolios x {_ASSETS} assets x {_DAYS:,} days, five measures"
    works: dict[str, Callable[[], float | None]] = {"ours": partial(_measure, assets, weights, market)}
    works["skfolio"] = partial(_skfolio, assets, weights, market)
    missing = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.npz"
        np.savez(path, books=weights[:_FEW] @ assets, market=market)
        try:
            with Rival(_SCRIPT, {"path": str(path)}) as rival:
                works["quantstats"] = partial(rival.round, "measure")
                agreed = float(rival.loaded["volatility"])
                assert abs(agreed - float(volatility(weights[0] @ assets, periods_per_year=252))) < 1e-9
                spent = least_seconds(works, rounds=3)
        except RivalMissingError as error:
            missing = str(error)
            works.pop("quantstats", None)
            spent = least_seconds(works, rounds=3)
    ours = spent["ours"]
    yield _beside("portfolio.vs_skfolio", "skfolio's Portfolio", spent["skfolio"] * _BOOKS / _FEW, ours, what)
    if missing:
        yield Result(
            bench="portfolio.vs_quantstats",
            value=None,
            words=f"quantstats could not be run beside: {missing}",
        )
    else:
        # quantstats takes returns as given: multiplying weights and returns is in our time only
        yield _beside(
            "portfolio.vs_quantstats", "quantstats", spent["quantstats"] * _BOOKS / _FEW, ours, what
        )
    one_assets, one_weights, one_market = _material(1, _ONE_ASSETS, _ONE_DAYS)
    seconds = median_seconds(partial(_measure, one_assets, one_weights[0], one_market), runs=200)
    yield Result(
        bench="portfolio.one_ms",
        value=seconds * 1e3,
        words=f"one portfolio x {_ONE_ASSETS} assets x {_ONE_DAYS:,} days, five measures: {seconds * 1e3:.3f} ms",
    )


def _beside(name: str, against: str, theirs: float, ours: float, what: str) -> Result:
    words = f"{what}: {ours * 1e3:,.0f} ms of processor time, {against} {theirs * 1e3:,.0f} ms: {theirs / ours:.0f} times"
    return Result(bench=name, value=ours * 1e3, words=words, against=against, ratio=theirs / ours)


def _material(books: int, assets: int, days: int) -> tuple[Floats, Floats, Floats]:
    """Return returns with a market in them and fat tails, weights that sum to one, and the market."""
    draw = np.random.default_rng(_SEED)
    market = draw.standard_t(5, days) * 0.008 + 0.0003
    returns = np.outer(draw.uniform(0.5, 1.5, assets), market) + draw.standard_t(5, (assets, days)) * 0.01
    weights = draw.dirichlet(np.ones(assets), books)
    return returns, weights, market


def _measure(assets: Floats, weights: Floats, market: Floats) -> None:
    books = weighted_returns(assets, weights)
    volatility(books, periods_per_year=252)
    beta(books, market)
    historical_tail(books)
    maximum_drawdown(books)


def _skfolio(assets: Floats, weights: Floats, market: Floats) -> float:
    """Do the same for a few books with skfolio, and tell the seconds; it has no beta, so that is left out."""
    from skfolio import Portfolio

    rows = np.ascontiguousarray(assets.T)
    begun = process_time()
    for each in weights[:_FEW]:
        book: Any = Portfolio(X=rows, weights=each, compounded=True)
        _ = book.annualized_standard_deviation, book.value_at_risk, book.cvar, book.max_drawdown
    return process_time() - begun
