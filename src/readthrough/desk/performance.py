"""How a portfolio did: one document for command line, API and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from readthrough.desk.book_data import BookData, Question, ends_early, load_book, panel_of, stood
from readthrough.desk.open import Desk
from readthrough.domain.figure import GAIN_POSITIVE, Figure, Unit, Window, figure_document
from readthrough.domain.reading import Problem
from readthrough.portfolio.contribution import contribution_table, flows_of, valuations_of
from readthrough.portfolio.history import ValuedDay, value_days
from readthrough.portfolio.measures import benchmark_figures, return_figures
from readthrough.portfolio.panel import periods_a_year
from readthrough.portfolio.performance import (
    FlowKind,
    SubPeriod,
    TimeWeighted,
    gross_and_net,
    modified_dietz,
    money_weighted,
    net_of_model_fee,
)
from readthrough.portfolio.returns import Returns, carino, linked, linked_contributions

__all__ = ["figures_document", "performance", "performance_of", "problems_document"]

_PRO_FORMA = "pro forma: today's holdings held unchanged over the window, without trades, flows or costs"
_ACTUAL = "the account's own transactions, valued at the closes of every day"


def performance(desk: Desk, question: Question, *, fee: float = 0.0) -> dict[str, Any]:
    """Return returns, sub-periods, contributions and currency effect.

    Measured on the transactions where there are any, else pro forma on today's holdings; `basis` says which.

    Args:
        desk: Where portfolio and prices are.
        question: Which, when, against what.
        fee: A model fee a year (0.01 is one percent) to show a further net return.

    Raises:
        HoldingsError: There is no such portfolio or benchmark.
    """
    return performance_of(load_book(desk, question), fee=fee)


def performance_of(data: BookData, *, fee: float = 0.0) -> dict[str, Any]:
    """Return the same of what was loaded already."""
    return _actual(data, fee) if data.history else _pro_forma(data, fee)


def figures_document(figures: Iterable[Figure]) -> dict[str, Any]:
    """Return figures by name, each as JSON carries it."""
    return {figure.name: dict(figure_document(figure)) for figure in figures}


def problems_document(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems as JSON carries them, each once."""
    found = {(p.code, p.detail): {"code": p.code, "detail": p.detail, "remedy": p.remedy} for p in problems}
    return list(found.values())


def _head(data: BookData, basis: str) -> dict[str, Any]:
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "base_currency": data.portfolio.base_currency,
        "benchmark": data.benchmark_name or None,
        "basis": basis,
    }


def _pro_forma(data: BookData, fee: float) -> dict[str, Any]:
    book = stood(data)
    document = _head(data, _PRO_FORMA)
    problems = [*data.problems, *book.panel.problems]
    if book.unchanged_reason:
        return document | {"unavailable": book.unchanged_reason, "problems": problems_document(problems)}
    figures = [
        replace(f, method=f"{f.method}; {_PRO_FORMA}") for f in return_figures(book.unchanged, book.window)
    ]
    contributions = linked_contributions(book.shares * book.panel.base)
    # exchange rates at what local prices had become: the cross term with them
    factors = carino(book.unchanged) / carino(linked(book.unchanged))
    currency = (book.shares * (book.panel.base - book.panel.local)) @ factors
    parts = [
        {
            "instrument": name,
            "weight": float(book.shares[i].mean()),
            "contribution": float(contributions[i]),
            "currency": float(currency[i]),
        }
        for i, name in enumerate(book.panel.instruments)
    ]
    rate = 1.0 - fee / book.window.periods_per_year
    if fee:
        net = replace(
            figures[0],
            name="total_return_net_of_model_fee",
            value=float(linked((1.0 + book.unchanged) * rate - 1.0)),
            method=f"{figures[0].method}; less a model fee of {fee:.4%} a year by periods",
        )
        figures.append(net)
    figures += _beside(book.unchanged, book.benchmark, book.window, book.benchmark_reason)
    return document | {
        "window": book.window.document(),
        "covered": book.covered,
        "figures": figures_document([*figures, *_currency_figures(float(currency.sum()), figures[0])]),
        "sub_periods": [],
        "contributions": sorted(parts, key=lambda part: -float(part["contribution"])),  # type: ignore[arg-type]
        **_over_time(book.panel.days, book.unchanged, book.benchmark),
        "problems": problems_document(problems),
    }


def _actual(data: BookData, fee: float) -> dict[str, Any]:
    base = data.portfolio.base_currency
    document = _head(data, _ACTUAL)
    days = _valued(data)
    known = [each for each in days if each.value is not None]
    problems = [*data.problems, *(problem for each in days for problem in each.problems)]
    marks, flows = valuations_of(days), flows_of(days[1:] if days else ())
    if len(marks) < 2 or isinstance(flows, str) or any(mark.value <= 0 for mark in marks[:-1]):
        reason = (
            "the account was worth nothing on a day"
            if len(marks) > 1
            else "fewer than two days could be valued" + (f": {problems[-1].detail}" if problems else "")
        )
        reason = flows if isinstance(flows, str) else reason
        return document | {"unavailable": reason, "problems": problems_document(problems)}
    gross, net = gross_and_net(marks, flows)
    made: list[TimeWeighted] = [gross, net]
    if fee:
        made.append(net_of_model_fee(gross, fee))
    external = [flow for flow in flows if flow.kind is FlowKind.EXTERNAL]
    figures = [figure for each in made for figure in (each.total, each.annual)]
    figures += [*money_weighted(marks, external), modified_dietz(marks[0], marks[-1], external)]
    table = contribution_table(days, data.history, prices=data.prices, rates=data.rates, base=base)
    window = Window(
        start=marks[0].day,
        end=marks[-1].day,
        observations=len(known) - 1,
        periods_per_year=periods_a_year([mark.day for mark in marks]),
    )
    paid: dict[date, float] = {}
    for flow in external:
        paid[flow.day] = paid.get(flow.day, 0.0) + flow.amount
    returns = np.array([(b.value - paid.get(b.day, 0.0)) / a.value - 1.0 for a, b in pairwise(marks)])
    benchmark, why = _benchmark_on(data, [mark.day for mark in marks])
    figures += _beside(returns, benchmark, window, why)
    if not table.reason:
        figures += _currency_figures(table.currency, net.total)
    return document | {
        "window": window.document(),
        "covered": 1.0,
        "figures": figures_document(figures),
        "sub_periods": [_sub_period(part) for part in net.sub_periods],
        "contributions": [
            {
                "instrument": part.instrument,
                "weight": part.weight,
                "contribution": part.contribution,
                "currency": part.currency,
            }
            for part in table.parts
        ],
        "contributions_unavailable": table.reason or None,
        "flows": [{"day": f.day.isoformat(), "amount": f.amount, "kind": f.kind.value} for f in flows],
        **_over_time([mark.day for mark in marks], returns, benchmark),
        "problems": problems_document([*ends_early(data, marks[-1].day), *problems, *table.problems]),
    }


def _valued(data: BookData) -> list[ValuedDay]:
    """Value the history on every day with prices in the window, and on every day of a flow."""
    first = min(each.day for each in data.history)
    start = max(first, data.since) if data.since else first
    held = {each.instrument for each in data.history if each.instrument} | {
        each.into for each in data.history if each.into
    }
    days = {day for day in data.prices.days(held) if start <= day <= (data.until or day)}
    days |= {
        each.day
        for each in data.history
        if each.is_external and start <= each.day <= (data.until or each.day)
    }
    return list(
        value_days(
            data.history,
            prices=data.prices,
            rates=data.rates,
            base=data.portfolio.base_currency,
            days=sorted(days),
        )
    )


def _benchmark_on(data: BookData, days: Sequence[date]) -> tuple[Returns | None, str]:
    """Return the benchmark's returns between exactly these days, or why not."""
    if data.benchmark_book is None and not data.benchmark_instrument:
        return None, "no benchmark was named"
    windowed = replace(data, since=days[0], until=days[-1])
    if data.benchmark_book is not None:
        alone = replace(
            windowed, portfolio=data.benchmark_book, benchmark_book=None, benchmark_instrument="", history=()
        )
        found = stood(alone)
        if found.reason:
            return None, found.reason
        levels = _levels(found.panel.days, found.unchanged)
    else:
        panel = panel_of(data, [data.benchmark_instrument], since=days[0], until=days[-1])
        levels = _levels(panel.days, panel.base[0]) if panel.days else {}
    missing = [day for day in days if day not in levels]
    if missing:
        return (
            None,
            f"the benchmark has no price on {len(missing)} of {len(days)} days, {missing[0]} the first",
        )
    closes = np.array([levels[day] for day in days])
    return closes[1:] / closes[:-1] - 1.0, ""


def _levels(days: Sequence[date], returns: Returns) -> dict[date, float]:
    grown = np.concatenate([[1.0], np.cumprod(1.0 + returns)])
    return dict(zip(days, map(float, grown), strict=True))


def _beside(returns: Returns, benchmark: Returns | None, window: Window, why: str) -> list[Figure]:
    if benchmark is None:
        missing = Figure(
            name="active_return",
            value=None,
            unit=Unit.RETURN,
            method="arithmetic: linked return less the benchmark's",
            window=window,
            sign=GAIN_POSITIVE,
            reason=why,
        )
        return [missing]
    own = [replace(f, name=f"benchmark_{f.name}") for f in return_figures(benchmark, window)]
    chosen = {"active_return", "tracking_error_annual", "information_ratio"}
    return own + [f for f in benchmark_figures(returns, benchmark, window) if f.name in chosen]


def _currency_figures(currency: float, total: Figure) -> list[Figure]:
    """Part the total: local and currency sum to it."""
    if total.value is None:
        return []
    how = "returns in own currencies against what exchange rates made of them (cross term included), linked by Carino"
    return [
        replace(total, name="local_return", value=total.value - currency, method=how),
        replace(total, name="currency_effect", value=currency, method=how),
    ]


def _sub_period(part: SubPeriod) -> Mapping[str, Any]:
    return {
        "start": part.start.isoformat(),
        "end": part.end.isoformat(),
        "start_value": part.start_value,
        "end_value": part.end_value,
        "flow": part.flow,
        "return": None if part.value != part.value else part.value,
        "is_exact": part.is_exact,
        "method": part.method,
    }


def _over_time(days: Sequence[date], returns: Returns, benchmark: Returns | None) -> dict[str, Any]:
    """Return growth of one and returns by calendar month."""
    grown = np.concatenate([[1.0], np.cumprod(1.0 + returns)])
    other = None if benchmark is None else np.concatenate([[1.0], np.cumprod(1.0 + benchmark)])
    last = [i for i in range(1, len(days)) if i == len(days) - 1 or days[i].month != days[i + 1].month]
    months, before = [], 0
    for i in last:
        months.append(
            {
                "month": f"{days[i]:%Y-%m}",
                "return": float(grown[i] / grown[before] - 1.0),
                "benchmark": None if other is None else float(other[i] / other[before] - 1.0),
            }
        )
        before = i
    return {
        "series": {
            "days": [day.isoformat() for day in days],
            "growth": [float(value) for value in grown],
            "benchmark": None if other is None else [float(value) for value in other],
        },
        "months": months,
    }
