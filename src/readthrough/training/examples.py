"""One thing to learn from: a text, whose side it is read for, and what is known of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

__all__ = ["CLASSES", "Example", "fold", "part_of"]

CLASSES: Final = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What is None is not known and teaches nothing.

    `shares` are the weights of negative, neutral and positive (they sum to 1), for the target when
    `spans` mark one, else for the whole text. `score` is in [-1, 1]. `parents` are event parents.
    """

    text: str
    source: str
    spans: tuple[tuple[int, int], ...] = ()
    shares: tuple[float, float, float] | None = None
    score: float | None = None
    parents: frozenset[str] | None = None
    news: bool | None = None
    weight: float = 1.0
    parents_weight: float = 1.0


def fold(text: str) -> str:
    """Reduce a text to what two copies of it share: letters and digits, no case, no addresses.

    >>> fold("Profit ROSE 3%! https://t.co/x")
    'profit rose 3'
    """
    text = re.sub(r"https?://\S+", " ", unicodedata.normalize("NFKC", text).lower())
    return " ".join(re.findall(r"[^\W_]+", text))


def part_of(text: str, *, test: int, development: int) -> str:
    """Say which split a text belongs to, for ever: by the digest of its folded words.

    Args:
        text: The title or paragraph.
        test: Percent of texts that test.
        development: Percent that choose between models.

    Returns:
        "test", "development" or "train".
    """
    number = int(hashlib.sha256(fold(text).encode()).hexdigest()[:8], 16) % 100
    return "test" if number < test else "development" if number < test + development else "train"
