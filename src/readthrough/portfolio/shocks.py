"""Shocks as people write them: `market=-20%`, `AAPL=-10%`, `oil=+30%`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.priors import READ_THROUGH
from readthrough.universe.master import Universe

__all__ = ["Shock", "ShockKind", "parse_shock"]

_EVENT: Final = "earnings_result"  # what a shock to one issuer is taken for where nothing else is said


class ShockKind(StrEnum):
    """What is shocked."""

    MARKET = "market"
    ISSUER = "issuer"
    SECTOR = "sector"
    COUNTRY = "country"
    CURRENCY = "currency"
    THEME = "theme"
    DRIVER = "driver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """A decimal move of one thing: -0.2 is a fall of a fifth.

    `event` names the kind of news behind a shock to an issuer: how far it reaches others depends on it.
    """

    kind: ShockKind
    target: str
    move: float
    event: str = _EVENT


_SHOCK = re.compile(
    r"^\s*(?:([a-z_]+)\s*:\s*)?([^=:\s][^=:]{0,79}?)\s*=\s*([+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(%|bp|bps|pp)?\s*$"
)


def parse_shock(text: str, universe: Universe) -> Shock:
    """Read a shock: `market=-20%`, `AAPL=-10%`, `sector:Energy=-15%`, `EUR=-5%`, `oil=+30%`, `theme:Gold=5%`.

    Without a kind the name is looked up in turn as market, driver, currency (three capitals that are no
    ticker), ticker, sector and theme. `fraud:AAPL=-40%` names the kind of news behind an issuer's move.

    Raises:
        HoldingsError: It does not read so, or names nothing known.
    """
    matched = _SHOCK.match(text)
    if matched is None:
        raise HoldingsError(
            f"The shock {text[:100]!r} does not read as name=move.",
            remedy="Write for example market=-20%, AAPL=-10%, sector:Energy=-15%, EUR=-5% or oil=+30%.",
        )
    prefix, name, number, unit = matched.groups()
    move = float(number) / {"%": 100.0, "pp": 100.0, "bp": 10_000.0, "bps": 10_000.0}.get(unit or "", 1.0)
    if move <= -1.0:
        raise HoldingsError(
            f"The shock {text[:100]!r} loses all and more.", remedy="Give a move above -100%."
        )
    if prefix and prefix not in set(ShockKind):
        if prefix not in READ_THROUGH:
            raise HoldingsError(
                f"{prefix!r} is neither a kind of shock nor of news.",
                remedy=f"Kinds of shock: {', '.join(ShockKind)}. Kinds of news: {', '.join(sorted(READ_THROUGH))}.",
            )
        return Shock(kind=ShockKind.ISSUER, target=_issuer(name, universe), move=move, event=prefix)
    kind = ShockKind(prefix) if prefix else _kind_of(name, universe)
    return Shock(kind=kind, target=_target(kind, name, universe), move=move)


def _kind_of(name: str, universe: Universe) -> ShockKind:
    if name.lower() == "market":
        return ShockKind.MARKET
    if name in universe.graph.drivers:
        return ShockKind.DRIVER
    if name == name.upper() and universe.by_ticker(name) is not None:
        return ShockKind.ISSUER  # Gold is a theme, GOLD a ticker
    if re.fullmatch(r"[A-Z]{3}", name):
        return ShockKind.CURRENCY
    if name in _sectors(universe):
        return ShockKind.SECTOR
    if name in universe.graph.theme_names:
        return ShockKind.THEME
    raise HoldingsError(
        f"Nothing is known by the name {name!r}.",
        remedy="Name a ticker, a currency, a sector, a theme or a driver such as "
        + ", ".join(list(universe.graph.drivers)[:5])
        + ".",
    )


def _target(kind: ShockKind, name: str, universe: Universe) -> str:
    if kind is ShockKind.ISSUER:
        return _issuer(name, universe)
    known: Iterable[str] = {
        ShockKind.SECTOR: _sectors(universe),
        ShockKind.THEME: universe.graph.theme_names,
        ShockKind.DRIVER: universe.graph.drivers,
    }.get(kind, (name,))
    if name not in known:
        raise HoldingsError(
            f"No {kind} is called {name!r}.", remedy=f"There are: {', '.join(sorted(known)[:60])}."
        )
    return name


def _issuer(name: str, universe: Universe) -> str:
    issuer = universe.by_ticker(name)
    if issuer is None:
        raise HoldingsError(
            f"No issuer has the ticker {name!r}.", remedy="Write a ticker such as AAPL or 9988.HK."
        )
    return issuer.id


def _sectors(universe: Universe) -> frozenset[str]:
    return frozenset(
        issuer.sector
        for issuer_id in universe.issuer_ids
        if (issuer := universe.issuer(issuer_id)) is not None and issuer.sector
    )
