"""A short sketch of a text's words: how many places two sketches share estimates how alike the texts are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from zlib import crc32

__all__ = ["PLACES", "bands", "likeness", "sketch_of", "sketch_of_words", "words_of"]

PLACES: Final = 64  # standard error of the likeness is at most 1 / (2 * sqrt(64)) = 0.06
_ROWS: Final = 4  # places in a band: 16 bands meet with probability 0.99 at likeness 0.7, 0.06 at 0.25
_LONGEST: Final = 600  # words read
_MASK: Final = (1 << 32) - 1
_SCATTER: Final = 0x9E3779B1
_LOW: Final = int.from_bytes(b"\x7f" * PLACES, "little")
_HIGH: Final = int.from_bytes(b"\x80" * PLACES, "little")
_CHANCE: Final = 1 / 256  # at which two unlike places agree: a place keeps one byte
_WORD: Final = re.compile(r"\w+")


def sketch_of(text: str) -> bytes:
    """Sketch a text by one-permutation min-hashing of its three-word shingles.

    Every shingle is hashed once and falls into one of 64 places, each of which keeps one byte of its least
    value; an empty place borrows from the next filled one, as densified one-permutation hashing does. The
    hash is fixed, so sketches compare across processes and versions.

    Returns:
        64 bytes, or none for a text without words.

    >>> sketch_of("a b c d") == sketch_of("A, b c d!")
    True
    """
    return sketch_of_words(words_of(text))


def words_of(text: str) -> list[str]:
    """Cut a text into its lower-case words, at most the first 600."""
    return _WORD.findall(text.lower())[:_LONGEST]


def sketch_of_words(words: Sequence[str]) -> bytes:
    """Sketch a text already cut into lower-case words; see `sketch_of`."""
    if not words:
        return b""
    told = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    told.extend([b""] * (3 - len(told)))
    shingles = map(b" ".join, zip(told, told[1:], told[2:], strict=False))
    # Check sums of like texts are like: a multiplication by an odd number scatters them.
    hashed = [crc32(shingle) * _SCATTER & _MASK for shingle in shingles]
    # The low bits of a product are poor, so the byte kept comes from its middle.
    # The least of a place is written last, so that it stays.
    least = {value >> 26: value >> 14 & 0xFF for value in sorted(hashed, reverse=True)}
    return _filled(least)


def likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of shingles that two sketched texts have in common, in [0, 1]."""
    if len(one) != PLACES or len(other) != PLACES:
        return 0.0
    apart = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    # The high bit of each byte of the sum says whether that byte of `apart` is not zero.
    unlike = (((apart & _LOW) + _LOW) | apart) & _HIGH
    same = 1.0 - unlike.bit_count() / PLACES
    return max(0.0, (same - _CHANCE) / (1.0 - _CHANCE))


def bands(sketch: bytes) -> Iterable[int]:
    """Return the keys under which a sketch is filed, below 2**36; texts alike share one of them."""
    return [
        int.from_bytes(sketch[start : start + _ROWS], "little") << 4 | start // _ROWS
        for start in range(0, len(sketch), _ROWS)
    ]


def _filled(least: dict[int, int]) -> bytes:
    if len(least) == PLACES:
        return bytes([least[place] for place in range(PLACES)])
    filled = bytearray(PLACES)
    step, value = 0, 0
    for place in range(2 * PLACES - 1, -1, -1):  # twice round: what lies after the end wraps to the start
        found = least.get(place % PLACES)
        step, value = (0, found) if found is not None else (step + 1, value)
        if place < PLACES:
            # the distance goes in, or two texts would agree for having the same gaps
            filled[place] = (value + step * 0x9D) & 0xFF
    return bytes(filled)
