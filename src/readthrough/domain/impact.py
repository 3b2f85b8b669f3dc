"""What a story means for one portfolio: numbers only."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.domain.security import IssuerId

__all__ = ["Impact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Expected effect on one portfolio along one path, in basis points of its net asset value."""

    portfolio: str
    issuer_id: IssuerId  # the issuer held
    ticker: str
    weight: float  # decimal share of net asset value
    path: str  # direct, supplier, customer, peer, sector
    through: IssuerId | None  # the issuer in the news, where it is another
    low_bps: float
    mid_bps: float
    high_bps: float
    why: str
