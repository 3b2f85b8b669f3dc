"""From an industry's words, or a name's, to our own plain list of sectors."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["sector_of_industries", "sector_of_name"]

# First match wins, so the narrow words stand before the broad ones.
_BY_INDUSTRY = (
    ("Semiconductors", r"semiconductor|integrated circuit"),
    ("Real Estate", r"reits?\b|real estate|property(?! & casualty)|apartments"),
    ("Health Care", r"health|pharma|biotech|medic|drug|life science|hospital|dental|optik"),
    ("Financials", r"bank|insur|financ|asset management|broker|private equity|invest|exchange|versicherung"),
    ("Energy", r"oil\b|oil |petrol|gas production|energy|coal|öl"),
    ("Utilities", r"utilit|electric power|power generation|water$|regulated gas|versorger|renewable elec"),
    ("Telecom", r"telecom|wireless|telekom|satellit"),
    ("Autos", r"auto|motor vehicle|tires"),
    ("Transport", r"airline|air transport|rail|truck|freight|logist|shipping|marine|courier|transport"),
    ("Internet & Media", r"media|internet|broadcast|publish|entertain|advert|gam(es|ing)\b|music|streaming"),
    ("Technology", r"software|technolog|computer|electronic|it serv|information|cyber|network|hardware"),
    ("Retail & Leisure", r"retail|restaurant|hotel|leisure|travel|casino|lodging|e-commerce|gambl|cruise|store"),
    ("Consumer Goods", r"food|beverage|tobacco|apparel|cloth|luxury|personal|household|cosmetic|consumer|toys|"
     r"furniture|footwear|sport|brew|textil|goods|toiletries"),
    ("Materials", r"chemical|mining|metal|steel|gold|paper|packag|materials|cement|forest|fertili|glass"),
    ("Industrials", r"industr|aerospace|defen|machin|engineer|construct|building|conglom|business serv|"
     r"electrical|equipment|manufactur|services|tools|trading|home"),
)  # fmt: skip
# Only words that leave no doubt: a legal name says little about a business.
_BY_NAME = (
    ("Financials", r"\b(bancorp|bancshares|bankshares|bank|banc|insurance|bancorporation)\b"),
    ("Health Care", r"\b(pharmaceuticals?|pharma|therapeutics|biosciences?|biopharma|biotherapeutics|oncology|"
     r"biologics|medical|genetics|biotech|biotechnologies|genomics)\b"),
    ("Real Estate", r"\b(realty|reit|properties|real estate)\b"),
    ("Energy", r"\b(petroleum|oil|drilling|uranium|natural gas)\b"),
    ("Materials", r"\b(mining|gold|silver|minerals|metals|lithium|steel|copper)\b"),
    ("Semiconductors", r"\bsemiconductors?\b"),
    ("Technology", r"\bsoftware\b"),
)  # fmt: skip
_INDUSTRY_PATTERNS = tuple((sector, re.compile(words, re.I)) for sector, words in _BY_INDUSTRY)
_NAME_PATTERNS = tuple((sector, re.compile(words, re.I)) for sector, words in _BY_NAME)


def sector_of_industries(industries: Iterable[str]) -> str:
    """Choose the sector that most of an issuer's industry labels point to; the first on a tie."""
    votes: dict[str, int] = {}
    for industry in industries:
        for sector, pattern in _INDUSTRY_PATTERNS:
            if pattern.search(industry):
                votes[sector] = votes.get(sector, 0) + 1
                break
    return max(votes, key=lambda s: votes[s]) if votes else ""


def sector_of_name(name: str) -> str:
    """Choose a sector from a legal name where a word of it leaves no doubt."""
    return next((sector for sector, pattern in _NAME_PATTERNS if pattern.search(name)), "")
