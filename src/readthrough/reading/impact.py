"""How much a piece of news should move prices, apart from its direction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from readthrough.domain.reading import Event, Fact, Modality, Role, Sentiment, TickerReading, Unit

__all__ = ["SEVERITY", "judge_impact"]

# How far a listed company's shares usually move on such news, on a scale where a routine item is 0.2 and
# a bankruptcy or an agreed takeover is near 1. Set from general knowledge of announcement-day moves, not
# fitted; rerun the event study when one is at hand.
SEVERITY: Final[dict[str, float]] = {
    "earnings_beat": 0.50,
    "earnings_miss": 0.55,
    "earnings_mixed": 0.35,
    "guidance_raise": 0.60,
    "guidance_cut": 0.70,
    "guidance_maintained": 0.20,
    "user_metrics": 0.40,
    "credit_quality_deterioration": 0.45,
    "buyback": 0.30,
    "buyback_suspension": 0.40,
    "dividend_increase": 0.25,
    "dividend_cut_or_suspension": 0.60,
    "share_offering": 0.50,
    "offering_withdrawn": 0.35,
    "debt_default_risk": 0.80,
    "liquidity_stress": 0.80,
    "credit_rating_upgrade": 0.30,
    "credit_rating_downgrade": 0.45,
    "bankruptcy_or_insolvency": 0.95,
    "capex_plan": 0.35,
    "capex_cut": 0.35,
    "cost_cutting_plan": 0.30,
    "ma_announced": 0.75,
    "ma_completed": 0.15,
    "ma_blocked_or_terminated": 0.70,
    "ma_rumour_or_nonbinding": 0.55,
    "spin_off_or_split": 0.45,
    "ipo": 0.35,
    "ipo_suspended": 0.40,
    "index_change": 0.35,
    "management_change": 0.40,
    "layoffs_restructuring": 0.35,
    "activist_involvement": 0.45,
    "product_launch": 0.25,
    "product_pricing": 0.30,
    "product_recall": 0.40,
    "product_discontinuation": 0.40,
    "regulatory_approval": 0.55,
    "regulatory_rejection": 0.75,
    "contract_win": 0.40,
    "contract_or_customer_loss": 0.55,
    "supply_disruption": 0.40,
    "labor_strike": 0.40,
    "cyber_breach": 0.45,
    "litigation": 0.35,
    "settlement_or_fine": 0.30,
    "antitrust_action": 0.45,
    "regulatory_probe": 0.50,
    "regulatory_action": 0.50,
    "regulatory_rule_change": 0.45,
    "accounting_irregularity": 0.75,
    "restatement": 0.70,
    "fraud_allegation": 0.75,
    "executive_arrest": 0.70,
    "insider_selling": 0.20,
    "short_seller_report": 0.65,
    "denial_clarification": 0.35,
    "analyst_upgrade": 0.30,
    "analyst_downgrade": 0.35,
    "sector_readacross": 0.35,
    "market_wide_move": 0.55,
    "commodity_price_move": 0.40,
    "crypto_market_event": 0.40,
    "fx_move": 0.35,
    "central_bank_decision": 0.65,
    "central_bank_appointment": 0.45,
    "macro_data_release": 0.50,
    "tariff_trade_policy": 0.60,
    "sanctions": 0.55,
    "political_event": 0.45,
    "recap_no_new_information": 0.05,
}

_SURENESS: Final = {
    Modality.ACTUAL: 1.0,
    Modality.PLANNED: 0.9,
    Modality.RUMOURED: 0.65,
    Modality.CONDITIONAL: 0.55,
    Modality.DENIED: 0.5,
}
_BACKGROUND: Final = 0.2  # of an event's weight left when it is old news
_NEXT: Final = 0.25  # share of the gap to 1 that each further event may close
_MOVE_FULL: Final = 15.0  # per cent of share price that counts as the largest surprise
_SURPRISE_FULL: Final = 25.0  # per cent between figure and expectation that counts as the largest surprise
_NOTHING: Final = 0.05  # news without an event still is news
_MACRO: Final = frozenset(
    {"central_bank_decision", "macro_data_release", "market_wide_move", "tariff_trade_policy"}
)


def judge_impact(
    events: Sequence[Event], facts: Sequence[Fact], tickers: Sequence[TickerReading], sentiment: Sentiment
) -> float:
    """Judge how much the news should move prices, in [0, 1].

    Severity of the worst event, discounted for doubt, then raised by further events, by surprise and by
    breadth; a strong sentiment without events counts a little. Novelty is not in it: the flow multiplies
    by it once the story is known, since the same words are worth less the second time.

    Args:
        events: Of the reading, with modality and strength.
        facts: Share-price moves and figures against expectations carry the surprise.
        tickers: How many issuers the news is about.
        sentiment: Only its size is used.

    Returns:
        Rounded to three decimals; 0.0 for a reading that says nothing at all.
    """
    weights = sorted((_weight(e) for e in events), reverse=True)
    tone = abs(sentiment.score or 0.0)
    if not weights and not facts and not tone:
        return 0.0
    impact = weights[0] if weights else _NOTHING + 0.15 * tone
    for further in weights[1:4]:
        impact += (1.0 - impact) * further * _NEXT
    impact += (1.0 - impact) * 0.45 * _surprise(facts)
    impact += (1.0 - impact) * _breadth(events, tickers)
    return round(min(1.0, max(0.0, impact)), 3)


def _weight(event: Event) -> float:
    severity = SEVERITY[event.type] * (0.6 + 0.4 * event.strength)
    return severity * _SURENESS[event.modality] * (_BACKGROUND if event.background else 1.0)


def _surprise(facts: Sequence[Fact]) -> float:
    largest = 0.0
    for fact in facts:
        if fact.background:
            continue
        if fact.metric == "share price" and fact.is_change and fact.unit is Unit.PERCENT:
            largest = max(largest, min(1.0, float(fact.value) / _MOVE_FULL))
        elif fact.expected and fact.expected != 0:
            gap = abs(float((fact.value - fact.expected) / abs(fact.expected) * Decimal(100)))
            largest = max(largest, min(1.0, gap / _SURPRISE_FULL))
        elif fact.vs_expectation in ("beat", "miss"):
            largest = max(largest, 0.2)
    return largest


def _breadth(events: Sequence[Event], tickers: Sequence[TickerReading]) -> float:
    touched = sum(t.role is not Role.PASSING for t in tickers)
    macro = any(e.type in _MACRO and not e.background for e in events)
    return min(0.2, 0.04 * math.log2(1 + max(0, touched - 1))) + (0.15 if macro else 0.0)
