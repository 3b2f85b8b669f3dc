"""News that is about no company: what a theme and what the world outside mean for issuers.

Which themes and drivers an event speaks of, and how far shares move on them, is general knowledge, written down
here and fitted on nothing; the bands around it are those of news at large, which are fitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from readthrough.domain.reading import Event, Polarity, Reading
from readthrough.domain.security import IssuerId
from readthrough.portfolio.telling import SURENESS
from readthrough.universe.graph import Graph

__all__ = ["Wider", "driver_moves", "theme_moves"]

_MACRO_BPS: Final = {2: 60.0, 1: 25.0}  # on a usual day's news of the driver, by strength of the sensitivity
_THEME_BPS: Final = 30.0  # about a third of a usual read-across in `priors`
_SECTORWIDE: Final = frozenset(
    {"sector_readacross", "regulatory_rule_change", "tariff_trade_policy", "sanctions", "supply_disruption"}
)
_DRIVERS: Final = {
    "oil": "oil", "crude": "oil", "brent": "oil", "wti": "oil", "natural gas": "gas", "gas": "gas", "lng": "gas",
    "electricity": "power", "power": "power", "copper": "copper", "gold": "gold", "iron ore": "iron and steel",
    "steel": "iron and steel", "freight": "freight", "dram": "memory prices", "memory": "memory prices",
    "nand": "memory prices", "bitcoin": "crypto", "crypto": "crypto", "ether": "crypto", "dollar": "dollar",
    "u.s. dollar": "dollar", "us dollar": "dollar", "housing": "housing",
}  # fmt: skip
_TARIFFS: Final = {
    "china": "tariffs on China", "mexico": "tariffs on Mexico and Canada", "canada": "tariffs on Mexico and Canada",
    "european union": "tariffs on the EU", "germany": "tariffs on the EU", "france": "tariffs on the EU",
    "euro zone": "tariffs on the EU", "japan": "tariffs on Japan and Korea", "south korea": "tariffs on Japan and Korea",
    "vietnam": "tariffs on Southeast Asia", "thailand": "tariffs on Southeast Asia", "india": "tariffs on India",
    "switzerland": "tariffs on Switzerland", "steel": "tariffs on metals", "aluminium": "tariffs on metals",
}  # fmt: skip
# a theme that an article bears on -> those of the graph, whose members it means
_THEMES: Final = {
    "AI infrastructure": ("AI compute", "Power for AI"),
    "semiconductors": ("AI compute", "Chip equipment"),
    "memory chips": ("Memory chips",),
    "cloud": ("Cloud computing",),
    "cybersecurity": ("Cybersecurity",),
    "digital advertising": ("Digital advertising",),
    "streaming": ("Streaming",),
    "China internet": ("China internet",),
    "EV demand": ("Electric vehicles",),
    "batteries and lithium": ("EV batteries", "Lithium"),
    "oil supply": ("Oil majors", "Shale"),
    "travel demand": ("Travel",),
    "smartphones": ("iPhone supply chain",),
    "drug pricing": ("Drug pricing",),
    "obesity drugs": ("GLP-1",),
    "defence": ("Defence",),
    "bank deposits": ("US regional banks",),
    "housing": ("US homebuilders", "Mortgages and housing"),
    "crypto": ("Crypto",),
    "payments": ("Payments",),
    "commercial property": ("Office property",),
    "nuclear power": ("Nuclear",),
    "renewables": ("Renewables",),
    "shipping": ("Container shipping",),
    "airlines": ("Airlines and fuel",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wider:
    """What news about no company means for one issuer's share, in signed basis points."""

    issuer_id: IssuerId
    path: str  # theme, macro
    through: str  # the theme, or the driver
    mid_bps: float
    why: str


def theme_moves(reading: Reading, graph: Graph, freshness: float) -> Iterator[Wider]:
    """Go through the members of themes that news about a whole sector bears on."""
    event = next(
        (e for e in reading.events if e.parent in _SECTORWIDE and e.issuer_id is None and _counts(e)), None
    )
    if event is None:
        return
    sign = 1 if event.polarity is Polarity.POSITIVE else -1
    named = event.type.replace("_", " ")
    for theme in reading.themes:
        for members in _THEMES.get(theme, ()):
            for issuer_id in graph.members(members):
                yield Wider(
                    issuer_id=issuer_id,
                    path="theme",
                    through=members,
                    mid_bps=sign * _THEME_BPS * freshness * SURENESS[event.modality],
                    why=f"one of {members}; {named} for the sector",
                )


def driver_moves(reading: Reading, graph: Graph, freshness: float) -> Iterator[Wider]:
    """Go through the issuers that feel something outside of them of which the news says that it rises or falls."""
    told: set[str] = set()
    for event in reading.events:
        driver, rise = _driver(event)
        if not driver or not _counts(event) or driver in told:
            continue
        told.add(driver)
        means = graph.drivers.get(driver, driver)
        for felt in graph.exposed(driver):
            size = _MACRO_BPS[2 if felt.strength >= 2 else 1] * freshness * SURENESS[event.modality]
            turn = "" if rise > 0 else "the reverse of: "
            yield Wider(
                issuer_id=felt.issuer_id,
                path="macro",
                through=driver,
                mid_bps=felt.sign * rise * size,
                why=f"{turn}{means}; {felt.why or 'a sensitivity of the company graph'}",
            )


def _counts(event: Event) -> bool:
    return not event.background and event.polarity is not Polarity.NEUTRAL


def _driver(event: Event) -> tuple[str, int]:
    """Return the driver an event speaks of, and 1 where it says that it rises."""
    good = 1 if event.polarity is Polarity.POSITIVE else -1
    subject, other = event.subject.casefold(), event.counterparty.casefold()
    match event.parent:
        case "commodity_price_move" | "crypto_market_event":
            return _DRIVERS.get(subject, ""), good
        case "central_bank":
            # what is good for shareholders is a cut, and the driver is rates of the United States
            ours = event.type == "central_bank_decision" and subject in (
                "united states",
                "federal reserve",
                "fed",
            )
            return ("rates" if ours else ""), -good
        case "tariff_trade_policy":
            return _TARIFFS.get(subject) or _TARIFFS.get(other, ""), -good
        case "market_wide_move" if event.type == "fx_move":
            return _DRIVERS.get(subject, ""), good
    return "", 0
