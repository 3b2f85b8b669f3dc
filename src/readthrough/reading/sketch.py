"""A short sketch of a text's words: how many places two sketches share estimates how alike the texts are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["PLACES", "bands", "likeness", "sketch_of"]

PLACES: Final = 64  # standard error of the likeness is at most 1 / (2 * sqrt(64)) = 0.06
_ROWS: Final = 4  # places in a band: 16 bands meet with probability 0.99 at likeness 0.7, 0.06 at 0.25
_LONGEST: Final = 1_200  # words read
_SHINGLE: Final = 3  # words
_MASK: Final = (1 << 64) - 1
_MIX: Final = 0x9E3779B97F4A7C15
_EMPTY: Final = -1
_WORD: Final = re.compile(r"\w+")


def sketch_of(text: str) -> tuple[int, ...]:
    """Sketch a text by one-permutation min-hashing of its three-word shingles.

    Every shingle is hashed once and falls into one of 64 places, each of which keeps its least value; an
    empty place borrows from the next filled one, as densified one-permutation hashing does. The hash is
    fixed, so sketches compare across processes and versions.

    Returns:
        64 integers, or an empty tuple for a text without words.

    >>> sketch_of("a b c d") == sketch_of("A, b c d!")
    True
    """
    words = _WORD.findall(text.lower())[:_LONGEST]
    if not words:
        return ()
    seen = {w: zlib.crc32(w.encode("utf-8", "surrogatepass")) for w in set(words)}
    codes = [seen[w] for w in words]
    codes.extend([0] * (_SHINGLE - len(codes)))
    least = [_EMPTY] * PLACES
    for shingle in {
        (((a * 0x100000001B3 ^ b) * 0x100000001B3 ^ c) * _MIX) & _MASK
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)
    }:
        place, value = shingle >> 58, (shingle >> 26) & 0xFFFFFFFF
        if value < least[place] or least[place] == _EMPTY:
            least[place] = value
    return _filled(least)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of shingles that two sketched texts have in common, in [0, 1]."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def bands(sketch: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the keys under which a sketch is filed; texts alike share one of them."""
    for start in range(0, len(sketch), _ROWS):
        yield (start, *sketch[start : start + _ROWS])


def _filled(least: list[int]) -> tuple[int, ...]:
    filled = list(least)
    for place in range(PLACES):
        step = 0
        while least[(place + step) % PLACES] == _EMPTY:
            step += 1
        if step:
            # the distance goes in, or two texts would agree for having the same gaps
            filled[place] = (least[(place + step) % PLACES] + step * 0x9E3779B1) & 0xFFFFFFFF
    return tuple(filled)
