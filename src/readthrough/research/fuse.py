"""Reciprocal-rank fusion: rankings on scales of their own become one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

__all__ = ["fused"]

K = TypeVar("K", bound=Hashable)

DAMPING: Final = 60
"""The constant of Cormack, Clarke and Buettcher (2009): how little the very first places stand out."""


def fused(rankings: Sequence[tuple[float, Sequence[K]]]) -> list[tuple[K, float]]:
    """Join rankings, best first, into one.

    Args:
        rankings: Each with its weight; an item counts once a ranking, at its first place.

    Returns:
        Items with their scores, best first; of equals the one that was seen first.

    >>> [item for item, _ in fused([(1.0, ["a", "b"]), (1.0, ["b", "c"])])]
    ['b', 'a', 'c']
    """
    scores: dict[K, float] = {}
    for weight, ranking in rankings:
        for place, item in enumerate(dict.fromkeys(ranking), start=1):
            scores[item] = scores.get(item, 0.0) + weight / (DAMPING + place)
    return sorted(scores.items(), key=lambda pair: -pair[1])
