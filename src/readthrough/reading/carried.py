"""Whom a sentence that names nobody goes on about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence
from readthrough.domain.security import IssuerId
from readthrough.reading.subjects import Cast

__all__ = ["carried"]

_LED: Final = 3  # sentences, headline included, that say whom a page is about
# a sentence that names nobody goes on about the company named last where it opens by pointing back
_POINTS: Final = lazily(
    r"[\W_]*(?:(?:but|and|also|still|meanwhile|however|yet|now|then|so|on \w+day|in \w+|for \w+),? )*(?:it|its|they|their|he|she|his|her|both|the (?:company|group|firm|bank|lender|retailer|"
    r"chain|airline|carrier|maker|\w*maker|insurer|utility|miner|brand|giant|startup|developer|operator|producer|business|stock|shares|unit|service|platform|board|management|\w+[- ]based)|shares|profit|revenue|sales|net|"
    r"earnings|operating|analysts|adjusted|margins?|orders|deliveries|subscribers|same-store|comparable|excluding|total|quarterly|annual|we|our)\b"
)


def carried(cast: Cast, sentences: Sequence[Sentence], text: str) -> tuple[IssuerId | None, ...]:
    """Return whom each sentence goes on about: on a page about nobody listed, only what points back does."""
    if any(cast.rows[:_LED]):
        return cast.subjects
    return tuple(
        subject if row or (subject and _POINTS.match(text, s.span.start, s.span.end)) else None
        for subject, row, s in zip(cast.subjects, cast.rows, sentences, strict=True)
    )
