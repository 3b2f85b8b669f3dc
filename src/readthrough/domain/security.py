"""Who can be traded: issuer, its securities, their listings, and how issuers hang together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

__all__ = [
    "MARKS",
    "Edge",
    "Issuer",
    "IssuerId",
    "Listing",
    "Name",
    "NameKind",
    "Relation",
    "Security",
    "Sensitivity",
]

IssuerId = NewType("IssuerId", str)


class NameKind(StrEnum):
    """Why a string can mean an issuer."""

    LEGAL = "legal"
    SHORT = "short"
    ALIAS = "alias"
    FORMER = "former"
    BRAND = "brand"
    PRODUCT = "product"


MARKS: Final = frozenset({NameKind.BRAND, NameKind.PRODUCT})
"""The kinds of name that mean a part of what an issuer sells, and the issuer through it."""


class Relation(StrEnum):
    """What the target is to the source: `Edge(TSM, NVDA, CUSTOMER)` says NVDA is a customer of TSM."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    COMPETITOR = "competitor"
    OWNER = "owner"
    SUBSIDIARY = "subsidiary"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line on one exchange. `ticker` is Yahoo-style (BABA, 9988.HK); `mic` is ISO 10383.

    `figi` is the line's own; the one of its `Security` is shared by all its lines.
    """

    ticker: str
    mic: str = ""
    currency: str = ""
    figi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """One instrument of an issuer (ordinary share, depositary receipt) and where it trades."""

    kind: str
    isin: str = ""
    figi: str = ""
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A company, listed or not. `ticker` is the default listing, empty for a private company."""

    id: IssuerId
    name: str
    ticker: str = ""
    country: str = ""
    sector: str = ""
    industry: str = ""
    cik: str = ""
    lei: str = ""
    securities: tuple[Security, ...] = ()

    @property
    def tickers(self) -> tuple[str, ...]:
        """Every listing's ticker, the default first."""
        rest = (line.ticker for sec in self.securities for line in sec.listings)
        return tuple(dict.fromkeys(t for t in (self.ticker, *rest) if t))


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A string that can mean an issuer.

    `ambiguous` names (Apple, Target, Gap) link only beside a cue or after an unambiguous mention.
    `cues` are lower-case words that, near the name, settle that this issuer is meant;
    `vetoes` are lower-case words that, directly beside it, settle that it is not.
    """

    text: str
    issuer_id: IssuerId
    kind: NameKind
    ambiguous: bool = False
    cues: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A typed, directed tie between two issuers; `weight` is a rough share of the source's business.

    `since` is its first day and `until` the first day after, as ISO dates; empty means open.
    `provenance` says where it is known from, and in which line it is written.
    """

    source: IssuerId
    target: IssuerId
    relation: Relation
    weight: float | None = None
    why: str = ""
    since: str = ""
    until: str = ""
    provenance: str = ""

    def holds(self, day: str) -> bool:
        """Tell whether the tie was there on a day, written YYYY-MM-DD."""
        return self.since <= day and (not self.until or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What a rise of something outside (`driver`: rates, oil, the dollar) does to an issuer's shares.

    `sign` is +1 or -1; `strength` is 2 where it is the main thing, 1 where it is one of several.
    """

    issuer_id: IssuerId
    driver: str
    sign: int
    strength: int = 1
    why: str = ""
    provenance: str = ""
