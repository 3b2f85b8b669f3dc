"""What is foreseen of a market, an economy or of others, told from an outlook of one's own."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["foresees_others", "revises_others"]

_VIEWS: Final = r"(?:outlook|forecast|target|projection|estimate|view|expectation|prediction)s?\b"
_OF_MARKETS: Final = lazily(
    r"\b(?:metals?|oil|brent|crude|wti|gold|silver|platinum|palladium|copper|alumini?um|nickel|zinc|lithium|uranium|iron ore|steel|gas|lng|coal|power|wheat|corn|soy\w*|"
    r"sugar|coffee|cocoa|cotton|commodit(?:y|ies)|bitcoin|crypto\w*|china|chinese|u\.s\.|us|uk|britain|british|india|indian|japan|japanese|german\w*|euro(?: ?zone|-area|pe|pean)?|"
    r"asian?|em|emerging[- ]markets?|global|world|gdp|growth|econom\w+|recession|inflation|unemployment|rate|rates|fed|ecb|boe|boj|dollar|yen|yuan|sterling|pound|rupee|"
    r"peso|real|franc|s&p(?: 500)?|stoxx(?: 600)?|nikkei|topix|ftse(?: 100)?|dax|csi 300|hang seng|nasdaq|index|stocks?|equit(?:y|ies)|bonds?|yields?|treasur(?:y|ies)|house prices?|"
    rf"demand|supply|sector|industry)(?:['’]s)?\s(?:[\w&.%-]+\s){{0,4}}?{_VIEWS}"
)
_OF_OTHERS: Final = lazily(
    rf"\b{_VIEWS}\s(?:for|on|of)\s(?!(?:the\s|its\s|this\s|next\s)?(?:full[- ]|current\s|coming\s|next\s|fiscal\s|financial\s)?(?:years?|quarter|half|20\d\d|fy)|"
    r"its\b|net interest|revenue|profits?|earnings|costs|expenses|returns?|income|trading|fees|loan|lending|the bank|the group|the company)"
)
_REVISES: Final = lazily(
    rf"\b(?:cuts?|cutting|rais(?:es?|ed|ing)|lift(?:s|ed)?|lower(?:s|ed)?|trim(?:s|med)?|slash(?:es|ed)?|boost(?:s|ed)?|hik(?:es?|ed)|chop(?:s|ped)?|par(?:es|ed)|"
    rf"revis(?:es?|ed)|downgrad(?:es?|ed)|upgrad(?:es?|ed)|increas(?:es?|ed)|reduc(?:es?|ed)|bump(?:s|ed)?|nudg(?:es?|ed)|turn(?:s|ed)|keeps?|kept|maintain(?:s|ed)?|reiterat(?:es?|ed))\s"
    rf"(?:(?:back|up|down|in)\s)?(?:[\w&.%’'-]+\s){{0,7}}?{_VIEWS}"
)


def foresees_others(words: str) -> bool:
    """Tell whether a sentence in lower case names an outlook of a market or of others: "its copper price forecast".

    >>> foresees_others("the bank cut its copper price forecast"), foresees_others("the bank cut its profit forecast")
    (True, False)
    """
    return _OF_MARKETS.search(words) is not None or _OF_OTHERS.search(words) is not None


def revises_others(words: str) -> bool:
    """Tell whether a sentence says that such an outlook is changed or kept."""
    return _REVISES.search(words) is not None and foresees_others(words)
