"""How names and metrics are said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["capitalised", "joined", "metric_words", "opened", "possessive", "short_name"]

_METRICS: Final = {
    "eps": "earnings per share",
    "ebitda": "EBITDA",
    "capex": "capital spending",
    "gdp": "GDP",
    "r&d spending": "R&D spending",
    "revenue share": "share of revenue",
    "index": "the index",
    "ipo price": "offer price",
}
_LEGAL: Final = frozenset(
    "inc inc. corp corp. corporation co co. company ltd ltd. limited plc ag sa s.a. nv n.v. se spa s.p.a. ab asa as oyj "
    "llc lp l.p. kgaa gmbh holding holdings group pty bhd tbk".split()
)


def short_name(name: str) -> str:
    """Strip what a reader does not say from a company's name.

    >>> short_name("Tencent Holdings Limited"), short_name("Eli Lilly & Co"), short_name("JD.com, Inc.")
    ('Tencent', 'Eli Lilly', 'JD.com')
    """
    words = name.replace(",", "").split()
    while len(words) > 1 and (words[-1].lower() in _LEGAL or words[-1] == "&"):
        words.pop()
    if len(words) > 1 and words[0] == "The":
        words = words[1:]
    return " ".join(words)


def possessive(name: str) -> str:
    """Add the genitive: Boeing's, American Airlines'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def joined(parts: Sequence[str]) -> str:
    """Join names as a sentence does.

    >>> joined(["Tencent", "Baidu", "JD.com"])
    'Tencent, Baidu and JD.com'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def metric_words(metric: str, segment: str = "") -> str:
    """Say a metric: "cloud revenue", "earnings per share"; "" where the text does not name it."""
    if metric in ("unspecified", ""):
        return ""
    said = _METRICS.get(metric, metric)
    if segment and segment.lower() not in said.lower():
        return f"{segment} {said}"
    return said


_FIRST: Final = re.compile(r"^([a-z])(?![a-z]*[A-Z])")
_OPENING: Final = re.compile(r"(?:^|(?<=[a-z0-9%)][.!?] ))([a-z])(?![a-z]*[A-Z])")


def capitalised(text: str) -> str:
    """Capitalise each sentence's first letter, unless it opens with a name written otherwise (eBay, iRobot).

    >>> capitalised("profit rose. eBay fell.")
    'Profit rose. eBay fell.'
    """
    return _OPENING.sub(lambda m: m.group(1).upper(), text)


def opened(text: str) -> str:
    """Capitalise the first letter only: the rest is the article's own."""
    return _FIRST.sub(lambda m: m.group(1).upper(), text)
