"""Which of several told moves is the reaction: the first, or the last where the text says that it turned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact

__all__ = ["last_told"]

_TURNED: Final = lazily(
    r"\b(?:recover(?:s|ed|ing)?|rebound(?:s|ed|ing)?|par(?:es|ed|ing)|trimm?(?:s|ed|ing)|revers(?:es|ed|ing)|eras(?:es|ed|ing)|"
    r"turn(?:s|ed|ing)|clos(?:es|ed|ing)|end(?:s|ed|ing)|settl(?:es|ed|ing)|finish(?:es|ed|ing)|later|now|last|since|bounc(?:es|ed|ing)|"
    r"swung|swing(?:s|ing)|gave up|giving up)\b"
)
_SAME_SENTENCE: Final = 80
_WITHIN: Final = 260  # characters between two tellings of the same day; read off stories of intraday turns


def last_told(moves: Sequence[Fact], lowered: str) -> Fact | None:
    """Return the move that stood at the end, where several of one company are told.

    Args:
        moves: Its share-price moves in the order of the text.
        lowered: The article's text in lower case.
    """
    best: Fact | None = None
    for fact in sorted(moves, key=lambda f: f.figure.start):
        if best is None:
            best = fact
            continue
        between = lowered[best.figure.end : fact.figure.start]
        turned = fact.change is not best.change and len(between) <= _WITHIN
        pared = len(between) <= _SAME_SENTENCE and "." not in between.strip(". ")
        if (turned or pared) and _TURNED.search(between):
            best = fact
    return best
