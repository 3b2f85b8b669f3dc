"""What single words can be in a noun phrase; there is no tagger here, so endings and lists decide."""

from __future__ import annotations

from functools import lru_cache

from readthrough.domain.reading import Direction
from readthrough.reading.metrics import MOVE, move_direction
from readthrough.reading.noun_words import FALL, GERUNDS, PARTICIPLES, RISE, VERBS

__all__ = ["leads", "move_of", "nominal", "noun_way"]


@lru_cache(maxsize=4096)
def move_of(word: str) -> Direction | None:
    """Return the way a verb of movement goes, if the word is one."""
    match = MOVE.fullmatch(word)
    return move_direction(match) if match else None


def noun_way(word: str) -> Direction | None:
    """Return the way a noun of movement goes, if the word is one."""
    if word in RISE:
        return Direction.UP
    return Direction.DOWN if word in FALL else None


def leads(word: str) -> bool:
    """Tell whether a word may open a noun phrase."""
    return (
        word in GERUNDS
        or word in PARTICIPLES
        or not (word.endswith(("ed", "ing", "n't", "n’t")) or word in VERBS)
    )


def nominal(word: str) -> bool:
    """Tell whether a word may head a noun phrase; there is no tagger here, so what ends like a verb is turned away."""
    if len(word) < 3 or not word.isascii() or word in VERBS or any(ch.isdigit() for ch in word):
        return False
    if word in GERUNDS:
        return True
    return not word.endswith(("ed", "ing", "n't", "n’t", "ly")) or word in {"supply", "assembly", "anomaly"}
