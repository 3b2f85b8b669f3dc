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
    weight: float | None  # decimal share of net asset value; None when held but not valued
    path: str  # direct, supplier, customer, peer, sector
    through: IssuerId | None  # the issuer in the news, where it is another
    low_bps: float | None  # all three None when the weight is
    mid_bps: float | None
    high_bps: float | None
    why: str
    sign: int = 0  # of the effect, -1 or 1; known even where the weight is not
    short: bool = False
