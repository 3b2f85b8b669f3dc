"""Takes a question apart: the parts it asks for, and the metric it compares."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.research.retrieve import Question

__all__ = ["metric_in", "parts_of"]

_JOINT: Final = lazily(
    r"(?:,|;)?\s+(?:although|though|even though|despite the fact that|while|whereas|but)\s+|;\s+|\?\s+"
    r"|,?\s+and\s+(?=(?:why|what|how|who|when|which|where|did|does|is|was|were|are|has|have)\b)",
    re.IGNORECASE,
)
_COMPARE: Final = lazily(
    r"\b(?:compare[ds]?|versus|vs\.?|against|higher|lower|faster|better|worse|more|which of)\b", re.I
)
_METRICS: Final = (
    ("cloud revenue", r"\bcloud (?:revenue|sales|growth)\b"),
    ("operating margin", r"\boperating margins?\b"),
    ("gross margin", r"\bgross margins?\b"),
    ("operating profit", r"\boperating (?:profit|income)\b"),
    ("net income", r"\bnet (?:income|profit|earnings)\b"),
    ("same-store sales", r"\b(?:same-store|comparable|like-for-like) sales\b"),
    ("free cash flow", r"\bfree cash flow\b"),
    ("eps", r"\b(?:eps|earnings per share)\b"),
    ("capex", r"\b(?:capex|capital (?:spending|expenditures?))\b"),
    ("dividend", r"\bdividends?\b"),
    ("buyback", r"\bbuy-?backs?\b"),
    ("share price", r"\b(?:share price|shares|stock)\b"),
    ("revenue", r"\b(?:revenues?|sales|turnover)\b"),
    ("profit", r"\b(?:profits?|earnings)\b"),
)
_COMPILED: Final = tuple((name, lazily(pattern, re.IGNORECASE)) for name, pattern in _METRICS)


def parts_of(question: Question) -> tuple[Question, ...]:
    """Return the questions that a question joins, each of the same companies; one where it joins none.

    >>> [p.text for p in parts_of(Question(text="Why did Orbex rise although it missed?", names=("Orbex",)))]
    ['Why did Orbex rise', 'it missed?']
    """
    pieces = [piece.strip() for piece in _JOINT.split(question.text) if piece and piece.strip(" ?.,;")]
    if len(pieces) < 2:
        return (question,)
    made = tuple(Question(text=piece, tickers=question.tickers, names=question.names) for piece in pieces)
    return tuple(part for part in made if part.topic) or (question,)


def metric_in(text: str) -> str:
    """Return the metric that a question compares companies by; empty where it compares none.

    >>> metric_in("Compare revenue of Orbex and Next"), metric_in("What did Orbex say about revenue?")
    ('revenue', '')
    """
    if not _COMPARE.search(text):
        return ""
    return next((name for name, pattern in _COMPILED if pattern.search(text)), "")
