"""How far a share usually moves on a kind of news, before anything has been fitted.

These are priors, written from general knowledge of event studies on liquid shares (one day,
net of the market), rounded hard. They were fitted on nothing; once readings and prices are stored
side by side they are to be replaced by measured ones, and `tests/portfolio/assess_golden.csv` rerun.
Every figure is for news of the strength `USUAL_SCORE`, fully new, in the direction of its score.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["READ_THROUGH", "USUAL_SCORE", "MoveRange", "Ties", "usual_move"]

USUAL_SCORE: Final = 0.6  # the lower bound of "strongly": what a clear single event scores


class MoveRange(NamedTuple):
    """Basis points of the share price, in the direction of the news; a negative low crosses zero."""

    low: float
    mid: float
    high: float


class Ties(NamedTuple):
    """Share of the news issuer's move that reaches another; negative where one's loss is another's gain."""

    supplier: float = 0.0
    customer: float = 0.0
    peer: float = 0.0


_OTHER = MoveRange(-40, 80, 220)

_USUAL: Final[Mapping[str, MoveRange]] = MappingProxyType(
    {
        "accounting_issue": MoveRange(300, 1100, 2500),
        "analyst_rating_change": MoveRange(20, 180, 450),
        "antitrust_action": MoveRange(-30, 150, 500),
        "bankruptcy_or_insolvency": MoveRange(1500, 4000, 8000),
        "buyback": MoveRange(0, 120, 350),
        "capex_change": MoveRange(-50, 150, 500),
        "contract_change": MoveRange(10, 200, 700),
        "credit_quality_deterioration": MoveRange(30, 200, 600),
        "credit_rating_change": MoveRange(-20, 120, 400),
        "cyber_breach": MoveRange(10, 180, 600),
        "denial_clarification": MoveRange(0, 200, 700),
        "dividend_change": MoveRange(0, 120, 600),
        "earnings_result": MoveRange(40, 350, 900),
        "fraud": MoveRange(400, 1500, 3500),
        "guidance_change": MoveRange(100, 500, 1200),
        "index_change": MoveRange(50, 250, 600),
        "insider_or_activist": MoveRange(20, 250, 700),
        "labor_strike": MoveRange(0, 120, 400),
        "layoffs_restructuring": MoveRange(-60, 80, 350),
        "liquidity_or_default_risk": MoveRange(300, 1200, 3500),
        "litigation": MoveRange(-20, 150, 600),
        "management_change": MoveRange(-50, 120, 500),
        "market_wide_move": MoveRange(0, 80, 250),
        "product_launch": MoveRange(-30, 100, 350),
        "product_withdrawal": MoveRange(0, 150, 600),
        "regulatory_clearance": MoveRange(50, 500, 1800),
        "regulatory_probe_or_action": MoveRange(20, 200, 700),
        "regulatory_rule_change": MoveRange(0, 180, 600),
        "sanctions": MoveRange(0, 250, 800),
        "sector_readacross": MoveRange(0, 120, 400),
        "share_offering": MoveRange(100, 500, 1200),
        "short_seller_report": MoveRange(200, 900, 2500),
        "spin_off_or_split": MoveRange(0, 200, 600),
        "supply_disruption": MoveRange(10, 200, 700),
        "tariff_trade_policy": MoveRange(0, 200, 700),
        "user_metrics": MoveRange(30, 350, 1000),
    }
)

# a bid lifts its target by the premium and costs its bidder little; a broken one undoes both
_TARGET: Final[Mapping[tuple[str, int], MoveRange]] = MappingProxyType(
    {
        ("ma_announced", 1): MoveRange(300, 1800, 3500),
        ("ma_announced", -1): MoveRange(0, 250, 700),
        ("ma_rumour_or_nonbinding", 1): MoveRange(100, 800, 2000),
        ("ma_rumour_or_nonbinding", -1): MoveRange(-30, 200, 600),
        ("ma_blocked_or_terminated", 1): MoveRange(-30, 200, 600),
        ("ma_blocked_or_terminated", -1): MoveRange(200, 1000, 2200),
    }
)

READ_THROUGH: Final[Mapping[str, Ties]] = MappingProxyType(
    {
        "accounting_issue": Ties(peer=0.05),
        "antitrust_action": Ties(peer=0.10),
        "bankruptcy_or_insolvency": Ties(supplier=0.10, customer=0.03, peer=-0.05),
        "capex_change": Ties(supplier=1.0, peer=0.10),
        "contract_change": Ties(supplier=0.20, peer=-0.15),
        "credit_quality_deterioration": Ties(peer=0.25),
        "cyber_breach": Ties(customer=0.05, peer=-0.05),
        "earnings_result": Ties(supplier=0.20, peer=0.20),
        "fraud": Ties(peer=0.05),
        "guidance_change": Ties(supplier=0.25, peer=0.25),
        "labor_strike": Ties(supplier=0.20, customer=0.10, peer=-0.10),
        "liquidity_or_default_risk": Ties(supplier=0.10, peer=0.10),
        "ma_announced": Ties(peer=0.08),
        "product_launch": Ties(supplier=0.15, peer=-0.15),
        "product_withdrawal": Ties(supplier=0.10, peer=-0.10),
        "regulatory_clearance": Ties(supplier=0.10, peer=-0.15),
        "regulatory_rule_change": Ties(supplier=0.15, customer=0.05, peer=0.30),
        "sanctions": Ties(supplier=0.15, customer=0.10, peer=0.20),
        "sector_readacross": Ties(peer=0.30),
        "short_seller_report": Ties(peer=0.05),
        "supply_disruption": Ties(supplier=0.20, customer=0.25, peer=-0.15),
        "tariff_trade_policy": Ties(supplier=0.15, customer=0.05, peer=0.30),
        "user_metrics": Ties(supplier=0.10, peer=0.10),
    }
)


def usual_move(parent: str, sign: int) -> MoveRange:
    """Return the usual move on a parent event type, in the direction of the news.

    Args:
        parent: A parent of the taxonomy; an unknown or empty one gets the row for news at large.
        sign: +1 or -1: whether the news is good or bad for the issuer.
    """
    return _TARGET.get((parent, sign)) or _USUAL.get(parent, _OTHER)
