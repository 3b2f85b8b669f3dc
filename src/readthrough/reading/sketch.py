"""A short sketch of a text's words: how many places two sketches share estimates how alike the texts are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from struct import Struct
from typing import Final
from zlib import crc32

from readthrough.domain.lazy import lazily

__all__ = ["PLACES", "WORDS", "bands", "likeness", "sketch_of", "sketch_of_words", "words_of"]

WORDS: Final = 256
"""Words of a text that are sketched: copies agree in these however much a desk cuts from the end."""

PLACES: Final = 64  # standard error of the likeness is at most 1 / (2 * sqrt(64)) = 0.06
_ROWS: Final = 4  # places in a band: 16 bands meet with probability 0.99 at likeness 0.7, 0.06 at 0.25
_LOW: Final = int.from_bytes(b"\x7f" * PLACES, "little")
_HIGH: Final = int.from_bytes(b"\x80" * PLACES, "little")
_CHANCE: Final = 1 / 256  # at which two unlike places agree: a place keeps one byte
_WORD: Final = lazily(r"\w+")
_ALL: Final = frozenset(range(PLACES))
_BANDS: Final = Struct(f"<{PLACES // _ROWS}I")
_BOUNDS: Final = range(0, (1 << 32) + 1, (1 << 32) // PLACES)
# Three odd numbers below 2**30, each in a lane of 64 bits: a product with words of 32 bits stays in its lane.
_MIX: Final = 0x2545F491 | 0x1B873593 << 64 | 0x27D4EB2F << 128


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
    """Cut a text into its lower-case words, at most the first 256."""
    return _WORD.findall(text.lower())[:WORDS]


def sketch_of_words(words: Sequence[str]) -> bytes:
    """Sketch a text already cut into lower-case words; see `sketch_of`."""
    if not words:
        return b""
    told = " ".join(words[:WORDS]).encode("utf-8", "surrogatepass").split(b" ")
    told.extend([b""] * (3 - len(told)))
    # All shingles are hashed by one multiplication: the lane of each word gets the sum of its own product and
    # those of the two before it. The lower half of a lane is taken.
    lanes = int.from_bytes(array("Q", map(crc32, told)).tobytes(), "little") * _MIX
    hashed = memoryview(lanes.to_bytes(8 * (len(told) + 3), "little")).cast("I")[4 : 2 * len(told) : 2]
    ordered = sorted(hashed.tolist())
    # A place holds what its six bits begin; its least value comes first, and the byte from the middle of that.
    ends = list(map(bisect_left, repeat(ordered), _BOUNDS))
    least = {
        place: ordered[begin] >> 14 & 0xFF for place, (begin, end) in enumerate(pairwise(ends)) if begin < end
    }
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
    if len(sketch) != PLACES:
        return []
    return [value << 4 | place for place, value in enumerate(_BANDS.unpack(sketch))]


def _filled(least: dict[int, int]) -> bytes:
    if len(least) < PLACES:
        found = dict(least)
        for place in _ALL.difference(found):
            step = 1
            while (place + step) % PLACES not in found:
                step += 1
            # the distance goes in, or two texts would agree for having the same gaps
            least[place] = (found[(place + step) % PLACES] + step * 0x9D) & 0xFF
    return bytes(map(least.__getitem__, range(PLACES)))
