"""Returns of an account that money goes in and out of: time-weighted, money-weighted, Modified Dietz.

GIPS-style: the sub-periods behind a time-weighted return are there to be seen, what had to be
approximated says so, and nothing under a year is annualised. No claim of compliance is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from math import prod

import numpy as np

from readthrough.domain.figure import GAIN_POSITIVE, Figure, Unit, Window

__all__ = [
    "CashFlow",
    "FlowKind",
    "SubPeriod",
    "TimeWeighted",
    "Timing",
    "Valuation",
    "annual_of",
    "gross_and_net",
    "modified_dietz",
    "money_weighted",
    "net_of_model_fee",
    "time_weighted",
]

_NEXT_DAY = timedelta(days=4)  # a close is the one before a day's opening across a long weekend
_RATES = np.concatenate([np.linspace(-0.999, 1.0, 800), np.geomspace(1.01, 1e4, 400)])
_DAYS = 365.0  # of a year in XIRR, as spreadsheets count


class FlowKind(StrEnum):
    """What a flow is."""

    EXTERNAL = "external"  # of the owner: never return
    FEE = "fee"  # of the manager: a cost to the net return, a flow to the gross one


class Timing(StrEnum):
    """When in its day a flow is taken to come."""

    END = "end"  # after the market: the day's valuation holds it, and it earned nothing that day
    START = "start"  # before the market: the valuation before does not hold it, and it earned all day


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """What an account is worth at the close of a day, in its base currency, flows of the day included."""

    day: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """Money into an account (above zero) or out of it, in its base currency; a fee is money out."""

    day: date
    amount: float
    kind: FlowKind = FlowKind.EXTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPeriod:
    """From one valuation to a later one. `is_exact` is False where a flow came without a valuation."""

    start: date
    end: date
    start_value: float
    end_value: float
    flow: float
    value: float  # the sub-period's return
    is_exact: bool
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWeighted:
    """A time-weighted return and the sub-periods that make it."""

    total: Figure
    annual: Figure
    sub_periods: tuple[SubPeriod, ...]


def modified_dietz(
    start: Valuation, end: Valuation, flows: Iterable[CashFlow], *, timing: Timing = Timing.END
) -> Figure:
    """Return gain over average capital, each flow weighted by the share of days it was there.

    Args:
        start: The first valuation; flows on its day are in it.
        end: The last.
        flows: Those between count, fees among them: leave fees out for the net return.
        timing: An end-of-day flow on day d is there for (end - d) of (end - start) days, a start-of-day
            one for a day more.

    Returns:
        The return of the window, not annualised. Unavailable where the average capital is not positive.
        Source: P. Dietz, 1966; GIPS handbook.
    """
    days = (end.day - start.day).days
    window = Window(start=start.day, end=end.day, observations=1, periods_per_year=365 / max(days, 1))
    figure = Figure(
        name="modified_dietz",
        value=0.0,
        unit=Unit.RETURN,
        method=f"Modified Dietz, flows at the {timing} of their day",
        window=window,
        sign=GAIN_POSITIVE,
    )
    if days <= 0:
        return _without(figure, "the window has no days")
    inside = [flow for flow in flows if start.day < flow.day <= end.day]
    late = 1 if timing is Timing.START else 0
    weighted = sum(flow.amount * ((end.day - flow.day).days + late) / days for flow in inside)
    capital = start.value + weighted
    if capital <= 0:
        return _without(figure, f"the average capital is {capital:,.2f}, so a rate on it means nothing")
    gain = end.value - start.value - sum(flow.amount for flow in inside)
    return replace(figure, value=gain / capital)


def time_weighted(
    valuations: Sequence[Valuation],
    flows: Iterable[CashFlow],
    *,
    timing: Timing = Timing.END,
    name: str = "time_weighted",
) -> TimeWeighted:
    """Link the returns between flows, so that what the owner paid in or took out plays no part.

    A sub-period ends at every flow and every month's last valuation. Where a flow's day has a valuation
    the sub-period is exact; where it has none, the sub-period around it is Modified Dietz and says so.

    Args:
        valuations: Two or more, of different days; any order.
        flows: Those after the first valuation and up to the last count.
        timing: When in their day flows come.
        name: What to call the figure.

    Returns:
        The linked return, the yearly one where the window is a year or more, and the sub-periods.
    """
    marks = sorted(valuations, key=lambda mark: mark.day)
    blank = Figure(
        name=name,
        value=0.0,
        unit=Unit.RETURN,
        method=f"time-weighted: sub-periods between flows, linked; flows at the {timing} of their day",
        sign=GAIN_POSITIVE,
    )
    if len(marks) < 2 or marks[0].day == marks[-1].day:
        reason = (
            f"it takes valuations of two days, and there {'is' if len(marks) == 1 else 'are'} {len(marks)}"
        )
        missing = _without(blank, reason)
        annual = _without(replace(blank, name=f"{name}_annual", unit=Unit.RETURN_A_YEAR), reason)
        return TimeWeighted(total=missing, annual=annual, sub_periods=())
    counted = [flow for flow in flows if marks[0].day < flow.day <= marks[-1].day]
    breaks = _breaks(marks, counted, timing)
    parts = tuple(
        _sub_period(marks[i], marks[j], _between(counted, marks[i].day, marks[j].day), timing)
        for i, j in pairwise(breaks)
    )
    window = Window(
        start=marks[0].day,
        end=marks[-1].day,
        observations=len(parts),
        periods_per_year=len(parts) * 365.25 / (marks[-1].day - marks[0].day).days,
    )
    total = _linked(replace(blank, window=window), parts)
    return TimeWeighted(total=total, annual=annual_of(total, f"{name}_annual"), sub_periods=parts)


def annual_of(total: Figure, name: str) -> Figure:
    """Return the yearly figure behind a total: unavailable under a year."""
    years = 0.0 if total.window is None else total.window.years
    figure = replace(
        total,
        name=name,
        unit=Unit.RETURN_A_YEAR,
        method=f"{total.method}; compounded to a year of 365.25 days",
    )
    if total.value is None:
        return figure
    if total.window is None or not total.window.is_full_year:
        return _without(figure, f"the window is {years:.2f} years; under a year is not annualised")
    if total.value <= -1:
        return _without(figure, "all was lost, and no yearly rate leads there")
    return replace(figure, value=(1 + total.value) ** (1 / years) - 1)


def gross_and_net(
    valuations: Sequence[Valuation], flows: Sequence[CashFlow], *, timing: Timing = Timing.END
) -> tuple[TimeWeighted, TimeWeighted]:
    """Return the time-weighted return before and after fees that the account itself paid.

    Gross treats a fee as money the owner took out; net leaves it a cost. Costs of trading are in both.
    """
    external = [flow for flow in flows if flow.kind is FlowKind.EXTERNAL]
    return (
        time_weighted(valuations, flows, timing=timing, name="time_weighted_gross"),
        time_weighted(valuations, external, timing=timing, name="time_weighted_net"),
    )


def net_of_model_fee(gross: TimeWeighted, yearly_fee: float) -> TimeWeighted:
    """Take a model fee off each sub-period: `yearly_fee` a 365-day year, on what each ended with.

    For fees that were not paid out of the account. A decimal: 0.01 is one percent a year.
    """
    parts = tuple(
        replace(
            part,
            value=(1 + part.value) * (1 - yearly_fee * (part.end - part.start).days / _DAYS) - 1,
            method=f"{part.method}, less a model fee",
        )
        for part in gross.sub_periods
    )
    blank = replace(
        gross.total,
        name="time_weighted_net_of_model_fee",
        method=f"{gross.total.method}; less a model fee of {yearly_fee:.4%} a year by days",
    )
    total = _linked(blank, parts) if parts else blank
    return TimeWeighted(total=total, annual=annual_of(total, f"{total.name}_annual"), sub_periods=parts)


def money_weighted(valuations: Sequence[Valuation], flows: Iterable[CashFlow]) -> tuple[Figure, Figure]:
    """Return what the owner's money earned: the rate at which all flows are worth nothing today.

    Args:
        valuations: The first is paid in and the last taken out; those between play no part.
        flows: Those after the first valuation and up to the last. Leave fees out for the net rate.

    Returns:
        The return over the window, and the rate a year (unavailable under a year). Both unavailable
        where no rate fits, or more than one does: then the flows do not say which is meant.
    """
    marks = sorted(valuations, key=lambda mark: mark.day)
    blank = Figure(
        name="money_weighted",
        value=0.0,
        unit=Unit.RETURN,
        method="internal rate of return (XIRR, years of 365 days), compounded to the window",
        sign=GAIN_POSITIVE,
    )
    yearly = replace(
        blank,
        name="money_weighted_annual",
        unit=Unit.RETURN_A_YEAR,
        method="internal rate of return (XIRR, years of 365 days)",
    )
    if len(marks) < 2 or marks[0].day == marks[-1].day:
        reason = "it takes valuations of two days"
        return _without(blank, reason), _without(yearly, reason)
    counted = [flow for flow in flows if marks[0].day < flow.day <= marks[-1].day]
    days = [marks[0].day, *(flow.day for flow in counted), marks[-1].day]
    amounts = [-marks[0].value, *(-flow.amount for flow in counted), marks[-1].value]
    span = (marks[-1].day - marks[0].day).days
    window = Window(
        start=marks[0].day,
        end=marks[-1].day,
        observations=len(amounts),
        periods_per_year=len(amounts) * 365.25 / span,
    )
    blank, yearly = replace(blank, window=window), replace(yearly, window=window)
    rate = _internal_rate(days, amounts)
    if isinstance(rate, str):
        return _without(blank, rate), _without(yearly, rate)
    total = replace(blank, value=(1 + rate) ** (span / _DAYS) - 1)
    if not window.is_full_year:
        reason = f"the window is {window.years:.2f} years; under a year is not annualised"
        return total, _without(yearly, reason)
    return total, replace(yearly, value=rate)


def _internal_rate(days: Sequence[date], amounts: Sequence[float]) -> float | str:
    """Find the yearly rate, or say why there is none."""
    from pyxirr import xirr

    if not any(a > 0 for a in amounts) or not any(a < 0 for a in amounts):
        return "money went one way only, so no rate fits"
    order = np.argsort([day.toordinal() for day in days], kind="stable")
    running = np.cumsum(np.array(amounts)[order])
    signs = np.sign(running[running != 0])
    if np.count_nonzero(np.diff(signs)) > 1:  # Norstrom: one change of sign, one rate; else count them
        years = np.array([(day - min(days)).days / _DAYS for day in days])
        worth = np.array(amounts) @ (1.0 + _RATES) ** -years[:, None]
        roots = np.flatnonzero(np.diff(np.sign(worth)))
        if len(roots) > 1:
            return (
                "more than one rate fits the flows (near "
                + ", ".join(f"{_RATES[r]:.1%}" for r in roots)
                + ")"
            )
    rate = xirr(list(days), list(amounts), silent=True)
    return "no rate fits the flows" if rate is None or rate <= -1 else float(rate)


def _breaks(marks: Sequence[Valuation], flows: Sequence[CashFlow], timing: Timing) -> list[int]:
    place = {mark.day: i for i, mark in enumerate(marks)}
    chosen = {0, len(marks) - 1}
    for i in range(1, len(marks)):
        if (marks[i].day.year, marks[i].day.month) != (marks[i - 1].day.year, marks[i - 1].day.month):
            chosen.add(i - 1)
    days = sorted(place)
    for flow in flows:
        if timing is Timing.END and flow.day in place:
            chosen.add(place[flow.day])
        elif timing is Timing.START:
            before = max(day for day in days if day < flow.day)
            chosen.add(place[before])
    return sorted(chosen)


def _between(flows: Sequence[CashFlow], start: date, end: date) -> list[CashFlow]:
    return [flow for flow in flows if start < flow.day <= end]


def _sub_period(start: Valuation, end: Valuation, flows: Sequence[CashFlow], timing: Timing) -> SubPeriod:
    paid = sum(flow.amount for flow in flows)
    if timing is Timing.END:
        is_exact = all(flow.day == end.day for flow in flows)
        capital, grown = start.value, end.value - paid
    else:
        is_exact = (
            all(flow.day - start.day <= _NEXT_DAY for flow in flows) and len({f.day for f in flows}) < 2
        )
        capital, grown = start.value + paid, end.value
    if is_exact:
        value = grown / capital - 1 if capital > 0 else float("nan")
    else:
        found = modified_dietz(start, end, flows, timing=timing).value
        value = float("nan") if found is None else found
    return SubPeriod(
        start=start.day,
        end=end.day,
        start_value=start.value,
        end_value=end.value,
        flow=paid,
        value=value,
        is_exact=is_exact,
        method="valued at the flow" if is_exact and flows else "no flow" if is_exact else "Modified Dietz",
    )


def _linked(blank: Figure, parts: Sequence[SubPeriod]) -> Figure:
    lost = next((part for part in parts if part.value != part.value), None)
    if lost is not None:
        return _without(blank, f"there was no capital to earn on from {lost.start} to {lost.end}")
    rough = sum(not part.is_exact for part in parts)
    if rough:
        blank = replace(
            blank,
            method=f"{blank.method}; {rough} of {len(parts)} sub-periods by Modified Dietz for want of a valuation",
        )
    return replace(blank, value=prod(1 + part.value for part in parts) - 1)


def _without(figure: Figure, reason: str) -> Figure:
    return replace(figure, value=None, reason=reason)
