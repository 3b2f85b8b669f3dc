"""Whom a sentence is about: one of an article on another company answers badly, however well its words fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

__all__ = ["share_of"]

# Chosen by judgement on questions asked of a hundred articles; an answer keeps what fits 0.6 as well as its best.
SILENT: Final = 0.97
"""A sentence that names nobody, in an article on the company: a little behind one that names it."""
ANOTHERS: Final = 0.45
"""A sentence that names other companies only."""
ELSEWHERE: Final = 0.5
"""A sentence that names nobody, in an article on another company."""
PART: Final = 0.85
"""A sentence that names some of several companies asked about."""


def share_of(tickers: Collection[str], told: Sequence[Mapping[str, Any]], start: int, end: int) -> float:
    """Return by what a sentence's fit is multiplied, for whom it is about.

    Args:
        tickers: Whom the question is about.
        told: The companies of the note on its article, with role and mentions.
        start: Where the sentence begins in the article.
        end: Where it ends.

    >>> told = [{"ticker": "JD", "role": "primary", "mentions": [{"start": 0, "end": 6}]}]
    >>> share_of(["BABA"], told, 0, 90), share_of(["JD"], told, 0, 90), share_of(["JD"], told, 90, 120)
    (0.45, 1.0, 0.97)
    """
    if not tickers or not told:
        return 1.0
    named = {
        one["ticker"]
        for one in told
        if one["ticker"] and any(start <= mention["start"] < end for mention in one["mentions"])
    }
    asked = set(tickers)
    if named & asked:
        return 1.0 if asked <= named or len(asked) == 1 else PART
    if named:
        return ANOTHERS
    return SILENT if any(one["role"] == "primary" and one["ticker"] in asked for one in told) else ELSEWHERE
