"""A portfolio with the prices, rates, history and benchmark that figures of it rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

import numpy as np

from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError
from readthrough.domain.figure import Window
from readthrough.domain.ledger import Fund, Transaction, TransactionKind
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.reading import Problem
from readthrough.portfolio.panel import Panel, covered_weights, make_panel
from readthrough.portfolio.prices import STALE_AFTER_DAYS, PriceTable, RateTable
from readthrough.portfolio.returns import Floats, Returns, drifted, weighted_returns

__all__ = [
    "DEFAULT_YEARS",
    "BookData",
    "Question",
    "Stood",
    "ends_early",
    "known_portfolio",
    "load_book",
    "panel_of",
    "stood",
    "today_weights",
]

DEFAULT_YEARS: Final = 3.0
"""Of history that figures look back over where nothing else is said."""
LEAST_COVERED: Final = 0.9
"""Share of gross weight that prices must cover for a book to be measured."""
_NAMED: Final = 3  # lines named in a problem; further ones are counted
_MARGIN = timedelta(days=15)  # before the window, for the close and the rates it starts from


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which portfolio, over which stretch, against what.

    `benchmark` is the id of a saved benchmark or portfolio, or an instrument with prices; empty takes the
    portfolio's own, and none where it has none.
    """

    portfolio_id: str
    since: date | None = None
    until: date | None = None
    benchmark: str = ""
    more: tuple[str, ...] = ()  # further instruments whose prices are wanted: factors, drivers


@dataclass(frozen=True, slots=True, kw_only=True)
class BookData:
    """What was loaded. `benchmark_book` is set for one of weights, `benchmark_instrument` for a level."""

    portfolio: Portfolio
    benchmark_book: Portfolio | None
    benchmark_instrument: str
    prices: PriceTable
    rates: RateTable
    history: tuple[Transaction, ...]
    funds: tuple[Fund, ...]
    since: date | None
    until: date | None
    problems: tuple[Problem, ...]
    today: date | None = None  # with which the window would end; None where its end was asked for

    @property
    def benchmark_name(self) -> str:
        """What the figures call the benchmark; empty without one."""
        return self.benchmark_instrument if self.benchmark_book is None else self.benchmark_book.name


def known_portfolio(desk: Desk, portfolio_id: str) -> bool:
    """Tell whether a portfolio, benchmark or watchlist has this id."""
    return portfolio_id in desk.store.portfolio_names()


def panel_of(
    data: BookData,
    instruments: Sequence[str],
    *,
    since: date | None = None,
    until: date | None = None,
) -> Panel:
    """Align closes of instruments over the book's window, or another, in units as they are after its splits."""
    splits: dict[str, list[tuple[date, float]]] = {}
    for each in data.history:
        if each.kind in (TransactionKind.SPLIT, TransactionKind.STOCK_DIVIDEND) and each.ratio_from:
            grown = float(each.ratio_to / each.ratio_from)
            factor = grown if each.kind is TransactionKind.SPLIT else 1.0 + grown
            if (each.day, factor) not in splits.setdefault(each.instrument, []):
                splits[each.instrument].append((each.day, factor))
    return make_panel(
        instruments,
        prices=data.prices,
        rates=data.rates,
        base=data.portfolio.base_currency,
        since=since or data.since,
        until=until or data.until,
        splits=splits,
    )


def load_book(desk: Desk, question: Question) -> BookData:
    """Load a portfolio and what figures of it need.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    books = {each.id: each for each in desk.store.portfolios()}
    portfolio = books.get(question.portfolio_id)
    if portfolio is None:
        near = get_close_matches(question.portfolio_id, list(books), n=3, cutoff=0.4)
        raise HoldingsError(
            f"No portfolio has the id {question.portfolio_id!r}.",
            remedy=f"Did you mean {' or '.join(near)}?"
            if near
            else "`readthrough portfolio list` shows ids.",
        )
    wanted = question.benchmark or portfolio.benchmark_id
    other = books.get(wanted) if wanted else None
    history = tuple(desk.store.books.transactions(portfolio.id))
    names = [
        *(holding.ticker for holding in portfolio.holdings),
        *(holding.ticker for holding in (other.holdings if other else ())),
        *(each.instrument for each in history if each.instrument),
        *(each.into for each in history if each.into),
        *([wanted] if wanted and other is None else []),
        *question.more,
    ]
    instruments = list(dict.fromkeys(names))
    since = question.since
    prices = PriceTable(desk.store.books.prices(instruments, _first_day(question, portfolio, history)))
    if wanted and other is None and not prices.series(wanted):
        raise HoldingsError(
            f"The benchmark {wanted!r} is neither a saved benchmark nor an instrument with prices.",
            remedy="Import its holdings or its prices.",
        )
    until = question.until
    days = prices.days([holding.ticker for holding in portfolio.holdings])
    if until is None and days:
        last = _last_valued(portfolio, prices)
        until = last if last is not None and (days[-1] - last).days > STALE_AFTER_DAYS else None
    if since is None and days:
        since = min(until or date.max, days[-1]) - timedelta(days=round(DEFAULT_YEARS * 365.25))
    return BookData(
        portfolio=portfolio,
        benchmark_book=other,
        benchmark_instrument=wanted if other is None else "",
        prices=prices,
        rates=RateTable(desk.store.books.rates()),
        history=history,
        funds=tuple(desk.store.books.funds()),
        since=since,
        until=until,
        problems=portfolio.problems,
        today=desk.clock().date() if question.until is None else None,
    )


def _last_valued(portfolio: Portfolio, prices: PriceTable) -> date | None:
    """Return the last day on which most of what is held today has a price, None where no day has.

    A few lines whose prices go on do not draw the window to where the others have none.
    """
    weights = {name: abs(weight) for name, weight in today_weights(portfolio).items()}
    ends = {name: found[-1][0] for name in weights if (found := prices.series(name))}
    stale = timedelta(days=STALE_AFTER_DAYS)
    for day in sorted(set(ends.values()), reverse=True):
        covered = sum(weights[name] for name, end in ends.items() if end >= day - stale)
        if covered >= LEAST_COVERED * sum(weights.values()):
            return day
    return None


def ends_early(data: BookData, end: date | None) -> tuple[Problem, ...]:
    """Say so where figures end well before today because prices do, and whose.

    Args:
        data: What was loaded.
        end: The last day that the figures are of.
    """
    if data.today is None or end is None:
        return ()
    now = max(data.today, data.portfolio.as_of or data.today)
    if (now - end).days <= STALE_AFTER_DAYS:
        return ()
    lacking = sorted(
        name
        for name in today_weights(data.portfolio)
        if not (found := data.prices.series(name)) or (found[-1][0] - end).days <= STALE_AFTER_DAYS
    )
    whose = ", ".join(lacking[:_NAMED]) + (f" and {len(lacking) - _NAMED} more" * (len(lacking) > _NAMED))
    why = (
        f"there is no newer price of {whose}"
        if lacking
        else "prices of its lines have no later day in common"
    )
    return (
        Problem(
            code="prices_end_early",
            detail=f"the figures end on {end}, the last day on which what is held could be valued: {why}",
            remedy="Import newer prices.",
        ),
    )


def _first_day(question: Question, portfolio: Portfolio, history: Sequence[Transaction]) -> date | None:
    """Return the first day whose prices are wanted: all of them are where nothing says how far back."""
    near = [each.day for each in history[:1]]
    anchor = min((day for day in (question.until, portfolio.as_of) if day is not None), default=None)
    if question.since is not None:
        near.append(question.since)
    elif anchor is not None:
        near.append(anchor - timedelta(days=round(DEFAULT_YEARS * 365.25)))
    elif not history:
        return None
    return min(near) - _MARGIN if near else None


def today_weights(portfolio: Portfolio) -> dict[str, float]:
    """Return weights by instrument, lots and accounts together; cash, and lines without a weight, left out."""
    found: dict[str, float] = {}
    for holding in portfolio.holdings:
        if holding.weight is not None and holding.asset_class.lower() != "cash":
            found[holding.ticker] = found.get(holding.ticker, 0.0) + float(holding.weight)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A book set in the past: returns of today's weights, held constant, and of the benchmark beside them.

    `reason` is set, and the arrays are empty, where prices do not allow it.
    """

    panel: Panel  # of the book's instruments only
    weights: Floats
    covered: float
    constant: Returns  # today's weights, rebalanced each period: what risk is measured on
    unchanged: Returns  # today's quantities, never traded: what pro forma performance is measured on
    shares: Floats  # weights of `unchanged` at the start of each period
    benchmark: Returns | None
    benchmark_panel: Panel | None
    benchmark_shares: Floats | None
    window: Window
    reason: str = ""
    benchmark_reason: str = ""

    @property
    def unchanged_reason(self) -> str:
        """Why `unchanged` cannot be linked; empty where it can."""
        if self.reason or bool(np.all(self.unchanged > -1.0)):
            return self.reason
        return "today's quantities would have been worth nothing, or less, within the window"


def stood(data: BookData, *, least_covered: float = LEAST_COVERED, more: Sequence[str] = ()) -> Stood:
    """Align a book with its benchmark over the window.

    Args:
        data: What `load_book` returned.
        least_covered: Share of gross weight that prices must cover.
        more: Instruments that must have prices on the same days too, such as factors.
    """
    own = today_weights(data.portfolio)
    book = data.benchmark_book
    bench = today_weights(book) if book is not None else {}
    if data.benchmark_instrument:
        bench = {data.benchmark_instrument: 1.0}
    panel = panel_of(data, [*own, *bench, *more])
    panel = replace(panel, problems=(*panel.problems, *ends_early(data, panel.window.end)))
    mine, weights, covered = _part(panel, own)
    window = panel.window
    if covered < least_covered or not window.observations:
        reason = (
            f"prices over the window cover {covered:.0%} of gross weight; it takes {least_covered:.0%}"
            if own
            else "no line has a weight"
        )
        return _nothing(panel, weights, covered, reason)
    unchanged, shares = _unchanged(mine, weights)
    benchmark: Returns | None = None
    other_panel = other_shares = None
    why = "" if bench else "no benchmark was named"
    if bench:
        other_panel, other_weights, share = _part(panel, bench)
        if share < least_covered:
            why = f"prices over the window cover {share:.0%} of the benchmark; it takes {least_covered:.0%}"
            other_panel = None
        else:
            benchmark, other_shares = _unchanged(other_panel, other_weights)
    return Stood(
        panel=mine,
        weights=weights,
        covered=covered,
        constant=weighted_returns(mine.base, weights),
        unchanged=unchanged,
        shares=shares,
        benchmark=benchmark,
        benchmark_panel=other_panel,
        benchmark_shares=other_shares,
        window=window,
        benchmark_reason=why,
    )


def _part(panel: Panel, weights: Mapping[str, float]) -> tuple[Panel, Floats, float]:
    """Return the panel's part for some instruments, with their weights and how much they cover."""
    rows = [i for i, name in enumerate(panel.instruments) if name in weights]
    part = Panel(
        instruments=tuple(panel.instruments[i] for i in rows),
        currencies=tuple(panel.currencies[i] for i in rows),
        days=panel.days,
        local=panel.local[rows] if rows else np.empty((0, 0)),
        currency=panel.currency[rows] if rows else np.empty((0, 0)),
        problems=panel.problems,
    )
    return part, *covered_weights(part, weights)


def _unchanged(panel: Panel, weights: Floats) -> tuple[Returns, Floats]:
    """Return the returns of quantities that end at these weights, and the weights on the way."""
    grown = np.prod(1.0 + panel.base, axis=1)
    began = weights / grown
    cash = 1.0 - float(weights.sum())
    whole = float(began.sum()) + cash
    if whole <= 0:  # these quantities were worth less than nothing then: no return can be set against that
        return np.full(panel.window.observations, np.nan), np.full_like(panel.base, np.nan)
    book = drifted(panel.base, began / whole)
    return book.returns, book.weights


def _nothing(panel: Panel, weights: Floats, covered: float, reason: str) -> Stood:
    empty = np.empty(0)
    return Stood(
        panel=panel,
        weights=weights,
        covered=covered,
        constant=empty,
        unchanged=empty,
        shares=np.empty((0, 0)),
        benchmark=None,
        benchmark_panel=None,
        benchmark_shares=None,
        window=panel.window,
        reason=reason,
        benchmark_reason=reason,
    )
