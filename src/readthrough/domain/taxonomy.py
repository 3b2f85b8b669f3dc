"""The event taxonomy: 71 fine types under 46 parents. Polarity is for the subject's equity holders."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["EVENT_TYPES", "PARENTS", "parent_of"]

# parent -> fine types
PARENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "accounting_issue": (
            "accounting_irregularity",
            "restatement",
        ),
        "analyst_rating_change": (
            "analyst_downgrade",
            "analyst_upgrade",
        ),
        "antitrust_action": ("antitrust_action",),
        "bankruptcy_or_insolvency": ("bankruptcy_or_insolvency",),
        "buyback": (
            "buyback",
            "buyback_suspension",
        ),
        "capex_change": (
            "capex_cut",
            "capex_plan",
        ),
        "central_bank": (
            "central_bank_appointment",
            "central_bank_decision",
        ),
        "commodity_price_move": ("commodity_price_move",),
        "contract_change": (
            "contract_or_customer_loss",
            "contract_win",
        ),
        "credit_quality_deterioration": ("credit_quality_deterioration",),
        "credit_rating_change": (
            "credit_rating_downgrade",
            "credit_rating_upgrade",
        ),
        "crypto_market_event": ("crypto_market_event",),
        "cyber_breach": ("cyber_breach",),
        "denial_clarification": ("denial_clarification",),
        "dividend_change": (
            "dividend_cut_or_suspension",
            "dividend_increase",
        ),
        "earnings_result": (
            "earnings_beat",
            "earnings_miss",
            "earnings_mixed",
        ),
        "fraud": (
            "executive_arrest",
            "fraud_allegation",
        ),
        "guidance_change": (
            "guidance_cut",
            "guidance_maintained",
            "guidance_raise",
        ),
        "index_change": ("index_change",),
        "insider_or_activist": (
            "activist_involvement",
            "insider_selling",
        ),
        "ipo": (
            "ipo",
            "ipo_suspended",
        ),
        "labor_strike": ("labor_strike",),
        "layoffs_restructuring": (
            "cost_cutting_plan",
            "layoffs_restructuring",
        ),
        "liquidity_or_default_risk": (
            "debt_default_risk",
            "liquidity_stress",
        ),
        "litigation": (
            "litigation",
            "settlement_or_fine",
        ),
        "ma_announced": (
            "ma_announced",
            "ma_completed",
        ),
        "ma_blocked_or_terminated": ("ma_blocked_or_terminated",),
        "ma_rumour_or_nonbinding": ("ma_rumour_or_nonbinding",),
        "macro_data_release": ("macro_data_release",),
        "management_change": ("management_change",),
        "market_wide_move": (
            "fx_move",
            "market_wide_move",
        ),
        "political_event": ("political_event",),
        "product_launch": (
            "product_launch",
            "product_pricing",
        ),
        "product_withdrawal": (
            "product_discontinuation",
            "product_recall",
        ),
        "recap_no_new_information": ("recap_no_new_information",),
        "regulatory_clearance": (
            "regulatory_approval",
            "regulatory_rejection",
        ),
        "regulatory_probe_or_action": (
            "regulatory_action",
            "regulatory_probe",
        ),
        "regulatory_rule_change": ("regulatory_rule_change",),
        "sanctions": ("sanctions",),
        "sector_readacross": ("sector_readacross",),
        "share_offering": (
            "offering_withdrawn",
            "share_offering",
        ),
        "short_seller_report": ("short_seller_report",),
        "spin_off_or_split": ("spin_off_or_split",),
        "supply_disruption": ("supply_disruption",),
        "tariff_trade_policy": ("tariff_trade_policy",),
        "user_metrics": ("user_metrics",),
    }
)

EVENT_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {fine: parent for parent, fines in PARENTS.items() for fine in fines}
)


def parent_of(event_type: str) -> str:
    """Return the parent of a fine event type.

    Raises:
        KeyError: The type is not in the taxonomy.

    >>> parent_of("earnings_beat")
    'earnings_result'
    """
    return EVENT_TYPES[event_type]
