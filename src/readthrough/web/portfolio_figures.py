"""Performance, risk and attribution of a portfolio as a page shows them, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from readthrough.desk.analytics import KeptAnalytics
from readthrough.domain.portfolio import Portfolio
from readthrough.web.charts import Area, line_of
from readthrough.web.formats import bps, num, pct

__all__ = ["Figures", "Group", "figures_of"]

Document: TypeAlias = Mapping[str, Any]

_MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of one kind: name, value as shown, and the method it was computed by."""

    title: str
    lines: tuple[tuple[str, str, str], ...]
    drawn: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What can be said of a portfolio's past and risk; `missing` says what it would take to say more.

    `ended` says on which day the figures end and why, where that is not today.
    """

    groups: tuple[Group, ...] = ()
    missing: str = ""
    ended: str = ""


def figures_of(kept: KeptAnalytics, portfolio: Portfolio) -> Figures:
    """Lay out what the record allows, each figure with the method it was computed by."""
    if not portfolio.holdings:
        return Figures(missing="Nothing is held, so there is nothing to measure.")
    found = kept.of(portfolio.id)
    performance, risk, attribution = found["performance"], found["risk"], found["attribution"]
    if why := performance.get("unavailable") or risk.get("unavailable"):
        return Figures(missing=f"Performance and risk are unavailable: {why}.")
    groups = [_performance(performance), _contributions(performance), _risk(risk), _components(risk)]
    if not attribution.get("unavailable"):
        groups.append(_attribution(attribution))
    missing = attribution.get("unavailable")
    return Figures(
        groups=tuple(groups),
        missing=f"Attribution is unavailable: {missing}." if missing else "",
        ended=_ended(performance),
    )


def _ended(document: Document) -> str:
    early = (problem for problem in document["problems"] if problem["code"] == "prices_end_early")
    return next((f"{one['detail'][0].upper()}{one['detail'][1:]}. {one['remedy']}" for one in early), "")


def _performance(document: Document) -> Group:
    chosen = (
        "time_weighted_gross",
        "time_weighted_net",
        "time_weighted_net_annual",
        "money_weighted",
        "total_return",
        "annual_return",
        "benchmark_total_return",
        "active_return",
        "local_return",
        "currency_effect",
    )
    series = document["series"]
    days = [date.fromisoformat(day) for day in series["days"]]
    drawn = line_of(list(zip(days, [value - 1.0 for value in series["growth"]], strict=True)))
    title = f"Performance, {_stretch(document)}"
    return Group(title=title, lines=_lines(document["figures"], chosen), drawn=drawn)


def _contributions(document: Document) -> Group:
    parts = sorted(document["contributions"], key=lambda part: -abs(part["contribution"]))[:_MOST]
    how = "part of the return over the window, linked by Carino"
    lines = tuple((p["instrument"] or "Cash and fees", pct(p["contribution"], 2), how) for p in parts)
    return Group(title="Contribution", lines=lines)


def _risk(document: Document) -> Group:
    chosen = (
        "volatility_annual",
        "maximum_drawdown",
        "value_at_risk_historical",
        "expected_shortfall_historical",
        "value_at_risk_filtered",
        "value_at_risk_normal",
        "value_at_risk_cornish_fisher",
        "beta",
        "tracking_error_annual",
        "information_ratio",
        "sharpe_ratio",
    )
    series = document["series"]
    days = [date.fromisoformat(day) for day in series["days"]]
    drawn = line_of(list(zip(days, series["underwater"], strict=True)))
    lines = _lines(document["figures"], chosen) + _lines(
        document["concentration"], ("largest_issuer", "largest_5_issuers", "effective_issuers")
    )
    return Group(title=f"Risk, {_stretch(document)}", lines=lines, drawn=drawn)


def _components(document: Document) -> Group:
    part = next((p for p in document["components"] if p["risk"].startswith("expected_shortfall")), None)
    if part is None:
        return Group(title="Where the risk comes from", lines=())
    lines = sorted(part["lines"], key=lambda line: -abs(line["component"]))[:_MOST]
    shown = tuple((line["instrument"], pct(line["component"], 3), part["method"]) for line in lines)
    return Group(title="Where the expected shortfall comes from", lines=shown)


def _attribution(document: Document) -> Group:
    lines = tuple(
        (
            each["segment"],
            f"{bps(each['total'] * 1e4)} bp",
            f"allocation {bps(each['allocation'] * 1e4)}, selection {bps(each['selection'] * 1e4)},"
            f" interaction {bps(each['interaction'] * 1e4)}",
        )
        for each in document["segments"]
    )
    return Group(title=f"Attribution against {document['benchmark']}", lines=lines)


def _lines(figures: Mapping[str, Document], chosen: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for name in chosen:
        figure = figures.get(name)
        if figure is None:
            continue
        if figure["value"] is None:
            found.append((_words(name), "–", f"unavailable: {figure['unavailable']}"))
            continue
        is_share = any(word in figure["unit"] for word in ("return", "deviation", "share"))
        value = pct(figure["value"], 2) if is_share else num(figure["value"], 2)
        how = "; ".join(
            filter(
                None,
                (
                    figure["method"],
                    "" if figure["ddof"] is None else f"ddof {figure['ddof']}",
                    figure["quantile"] and f"quantile {figure['quantile']}",
                    figure["sign"],
                ),
            )
        )
        found.append((_words(name), value, how))
    return tuple(found)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _stretch(document: Document) -> str:
    window = document["window"]
    return f"{window['start']} to {window['end']}"
