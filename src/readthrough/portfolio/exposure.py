"""What a book is exposed to: by issuer (all its lines together), sector, country, currency and theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from readthrough.domain.figure import Figure, Unit
from readthrough.domain.ledger import Fund
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.security import Issuer
from readthrough.portfolio.risk import effective_count, liquidity_days
from readthrough.universe.master import Universe

__all__ = [
    "UNKNOWN",
    "Dimension",
    "Exposure",
    "ExposureLine",
    "Liquidity",
    "concentration_figures",
    "exposure_lines",
    "exposures",
    "liquidity",
]

UNKNOWN: Final = "Unknown"
_CASH = "Cash"
_LARGEST: Final = (5, 10)


class Dimension(StrEnum):
    """What lines are added up by. A line may bear several themes, so theme weights need not sum to the book's."""

    ISSUER = "issuer"
    SECTOR = "sector"
    COUNTRY = "country"
    CURRENCY = "currency"
    THEME = "theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLine:
    """A holding, or a fund's part of one. `weight` is a decimal share of net asset value, None where unvalued."""

    instrument: str
    issuer_id: str
    issuer: str
    sector: str
    country: str
    currency: str
    themes: tuple[str, ...]
    weight: float | None
    through: str = ""  # the fund that holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What falls under one key. Weights are decimal shares; `gross` counts longs and shorts by size."""

    key: str
    label: str
    long: float
    short: float
    benchmark: float | None
    instruments: tuple[str, ...]

    @property
    def net(self) -> float:
        """Longs less shorts."""
        return self.long + self.short

    @property
    def gross(self) -> float:
        """Longs and shorts by size."""
        return self.long - self.short

    @property
    def active(self) -> float | None:
        """Net weight less the benchmark's; None without a benchmark."""
        return None if self.benchmark is None else self.net - self.benchmark


def exposure_lines(
    portfolio: Portfolio, universe: Universe, funds: Iterable[Fund] = ()
) -> tuple[ExposureLine, ...]:
    """Resolve a portfolio's holdings to issuers, looking through funds whose holdings are known.

    What a fund's known constituents leave of its weight stays with the fund itself, under `Unknown`.
    Country is the issuer's, currency the line's; a fund's constituent keeps its own listing's currency
    where the universe knows it, because hedging is not known.
    """
    known = {fund.instrument: fund for fund in funds}
    found: list[ExposureLine] = []
    for holding in portfolio.holdings:
        weight = None if holding.weight is None else float(holding.weight)
        fund = known.get(holding.ticker)
        if fund is not None:
            found.extend(_through(fund, weight, holding.currency, universe))
            continue
        issuer = (
            universe.issuer(holding.issuer_id) if holding.issuer_id else universe.by_ticker(holding.ticker)
        )
        if issuer is None and holding.asset_class.lower() == "cash":
            found.append(_cash(holding.ticker, holding.currency, weight))
            continue
        found.append(_line(holding.ticker, holding.name, holding.currency, weight, issuer, universe))
    return tuple(found)


def exposures(
    lines: Sequence[ExposureLine], dimension: Dimension, *, benchmark: Sequence[ExposureLine] | None = None
) -> tuple[Exposure, ...]:
    """Add lines up, the largest gross weight first; lines without a weight are named under their key.

    Args:
        lines: Of the book.
        dimension: What to add up by.
        benchmark: Lines to set beside; keys only it has come too.
    """
    long: dict[str, float] = {}
    short: dict[str, float] = {}
    other: dict[str, float] = {}
    labels: dict[str, str] = {}
    held: dict[str, dict[str, None]] = {}
    for line in lines:
        for key, label in _keys(line, dimension):
            labels.setdefault(key, label)
            weight = line.weight or 0.0
            long[key] = long.get(key, 0.0) + max(weight, 0.0)
            short[key] = short.get(key, 0.0) + min(weight, 0.0)
            held.setdefault(key, {}).setdefault(line.instrument)
    for line in benchmark or ():
        for key, label in _keys(line, dimension):
            labels.setdefault(key, label)
            other[key] = other.get(key, 0.0) + (line.weight or 0.0)
    made = [
        Exposure(
            key=key,
            label=label,
            long=long.get(key, 0.0),
            short=short.get(key, 0.0),
            benchmark=None if benchmark is None else other.get(key, 0.0),
            instruments=tuple(held.get(key, ())),
        )
        for key, label in labels.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.gross, -abs(each.benchmark or 0.0), each.label)))


def concentration_figures(issuers: Sequence[Exposure]) -> tuple[Figure, ...]:
    """Return how much of the book few issuers are.

    Args:
        issuers: What `exposures` gives by issuer.
    """
    named = [each for each in issuers if each.key not in (UNKNOWN, _CASH) and each.gross]
    nets = np.array([abs(each.net) for each in named])
    whole = Figure(
        name="largest_issuer",
        value=0.0,
        unit=Unit.WEIGHT,
        method="largest net weight of one issuer, all its lines together, funds looked through where known",
    )
    blank = [
        whole,
        *(
            replace(
                whole,
                name=f"largest_{n}_issuers",
                method=f"sum of the {n} largest net weights of issuers, by size",
            )
            for n in _LARGEST
        ),
        replace(
            whole,
            name="effective_issuers",
            unit=Unit.COUNT,
            method="one over the sum of squared shares of gross issuer weight (inverse Herfindahl index)",
        ),
    ]
    if not len(nets) or not nets.sum():
        return tuple(replace(each, value=None, reason="no line has an issuer and a weight") for each in blank)
    nets = np.sort(nets)[::-1]
    values = [nets[0], *(nets[:n].sum() for n in _LARGEST), effective_count(nets)]
    return tuple(replace(each, value=float(value)) for each, value in zip(blank, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquidity:
    """How long a book takes to sell. `lines` are (instrument, days or None), the slowest first."""

    lines: tuple[tuple[str, float | None], ...]
    figures: tuple[Figure, ...]


def liquidity(portfolio: Portfolio, volumes: Mapping[str, float], *, participation: float = 0.2) -> Liquidity:
    """Return trading days to sell each line at a share of its usual volume.

    Args:
        portfolio: What is held; its quantities count.
        volumes: Usual units traded a day by ticker, as the caller measured them.
        participation: Share of a day's volume one is willing to be.
    """
    held = [holding for holding in portfolio.holdings if holding.asset_class.lower() != "cash"]
    quantities = np.array([float(holding.quantity) for holding in held])
    usual = np.array([volumes.get(holding.ticker, np.nan) for holding in held])
    days = liquidity_days(quantities, usual, participation=participation) if held else np.empty(0)
    lines = [
        (holding.ticker, None if np.isnan(day) else float(day))
        for holding, day in zip(held, days, strict=True)
    ]
    lines.sort(key=lambda line: -(line[1] if line[1] is not None else np.inf))
    weights = np.array([abs(float(holding.weight or 0)) for holding in held])
    known = ~np.isnan(days)
    share = float(weights[known].sum() / weights.sum()) if len(held) and weights.sum() else 0.0
    slowest = Figure(
        name="liquidity_days",
        value=0.0,
        unit=Unit.DAYS,
        method=f"quantity over {participation:.0%} of the usual daily volume; the slowest line",
    )
    quick = replace(
        slowest,
        name="sold_in_one_day",
        unit=Unit.WEIGHT,
        method=f"share of gross weight that one day at {participation:.0%} of usual volumes sells",
    )
    if not np.any(known):
        reason = "no volumes are known" if not volumes else "none of the volumes known is of a line held"
        return Liquidity(
            lines=tuple(lines),
            figures=tuple(replace(each, value=None, reason=reason) for each in (slowest, quick)),
        )
    if not np.all(known):
        reason = f"volumes cover {share:.0%} of gross weight: a line without one may take any time"
        figures = (replace(slowest, value=None, reason=reason), replace(quick, value=None, reason=reason))
        return Liquidity(lines=tuple(lines), figures=figures)
    sold = float((weights * np.minimum(1.0, 1.0 / np.maximum(days, 1e-12))).sum() / weights.sum())
    return Liquidity(
        lines=tuple(lines),
        figures=(replace(slowest, value=float(days.max())), replace(quick, value=sold)),
    )


def _keys(line: ExposureLine, dimension: Dimension) -> tuple[tuple[str, str], ...]:
    if dimension is Dimension.ISSUER:
        key = line.issuer_id or line.issuer or UNKNOWN
        return ((key, line.issuer or line.instrument or UNKNOWN),)
    if dimension is Dimension.THEME:
        return tuple((theme, theme) for theme in line.themes)
    value = {
        Dimension.SECTOR: line.sector,
        Dimension.COUNTRY: line.country,
        Dimension.CURRENCY: line.currency,
    }[dimension]
    return ((value or UNKNOWN, value or UNKNOWN),)


def _line(
    ticker: str, name: str, currency: str, weight: float | None, issuer: Issuer | None, universe: Universe
) -> ExposureLine:
    if issuer is None:
        return ExposureLine(
            instrument=ticker,
            issuer_id="",
            issuer=name or ticker,
            sector="",
            country="",
            currency=currency,
            themes=(),
            weight=weight,
        )
    return ExposureLine(
        instrument=ticker,
        issuer_id=issuer.id,
        issuer=issuer.name,
        sector=issuer.sector,
        country=issuer.country,
        currency=currency or _listing_currency(issuer, ticker),
        themes=universe.graph.themes(issuer.id),
        weight=weight,
    )


def _cash(ticker: str, currency: str, weight: float | None) -> ExposureLine:
    return ExposureLine(
        instrument=ticker,
        issuer_id="",
        issuer=_CASH,
        sector=_CASH,
        country=_CASH,
        currency=currency,
        themes=(),
        weight=weight,
    )


def _through(fund: Fund, weight: float | None, currency: str, universe: Universe) -> Iterator[ExposureLine]:
    rest = 1.0
    for part in fund.constituents:
        share = float(part.weight)
        rest -= share
        issuer = universe.issuer(part.issuer_id) if part.issuer_id else universe.by_ticker(part.instrument)
        own = "" if issuer is None else _listing_currency(issuer, part.instrument)
        line = _line(
            part.instrument,
            part.name,
            own or currency,
            None if weight is None else weight * share,
            issuer,
            universe,
        )
        yield replace(line, through=fund.instrument)
    if abs(rest) > 1e-9:
        yield ExposureLine(
            instrument=fund.instrument,
            issuer_id="",
            issuer=f"{fund.name or fund.instrument}, not disclosed",
            sector="",
            country="",
            currency=currency,
            themes=(),
            weight=None if weight is None else weight * rest,
            through=fund.instrument,
        )


def _listing_currency(issuer: Issuer, ticker: str) -> str:
    for security in issuer.securities:
        for listing in security.listings:
            if listing.ticker == ticker:
                return listing.currency
    return "USD" if ticker and "." not in ticker else ""
