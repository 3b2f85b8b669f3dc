"""Fingerprints of recent articles under 64-bit keys, in flat arrays: the newest push out the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from mmap import mmap
from struct import Struct
from typing import Final

from readthrough.domain.article import ArticleId
from readthrough.domain.story import Fingerprint
from readthrough.reading.story_traits import MOST_KEYS

__all__ = ["Ring"]

_HEADS_A_ROW: Final = 8  # lists a row: with some 26 keys an article, a list holds three of other keys
_STEPS: Final = 256  # rows looked at under one key, which bounds the work however common it is
_ROW: Final = Struct("<dHH")  # known_at, then the lengths of both ids


class Ring:
    """A chained hash index over a ring of rows.

    A list runs from new to old through `_next`; nothing is ever taken out, because a step that does not lead
    to an older row leads to one that was overwritten, and ends the list. Memory is reserved, not used, until
    rows fill it. A row is named by its number, which counts all rows ever added.
    """

    def __init__(self, capacity: int) -> None:
        """Hold at most `capacity` rows, at least 1."""
        heads = 1 << (capacity * _HEADS_A_ROW - 1).bit_length()
        self._capacity = capacity
        self._shift = 64 - heads.bit_length() + 1
        self._rows: list[bytes] = []
        self._added = 0
        self._heads = memoryview(mmap(-1, 4 * heads)).cast("I")
        self._next = memoryview(mmap(-1, 4 * MOST_KEYS * capacity)).cast("I")
        self._check = memoryview(mmap(-1, 2 * MOST_KEYS * capacity)).cast("H")

    def __len__(self) -> int:
        """Count the rows held."""
        return len(self._rows)

    def add(self, fingerprint: Fingerprint, keys: Sequence[int]) -> Fingerprint | None:
        """File a fingerprint under its keys, and return the one it pushed out."""
        row = self._added % self._capacity
        left = None
        packed = _packed(fingerprint)
        if row < len(self._rows):
            left = _unpacked(self._rows[row])
            self._rows[row] = packed
        else:
            self._rows.append(packed)
        self._added += 1
        at = row * MOST_KEYS
        shift, heads, following, check = self._shift, self._heads, self._next, self._check
        for key in keys[:MOST_KEYS]:
            head = key >> shift
            following[at] = heads[head]
            check[at] = key & 0xFFFF
            at += 1
            heads[head] = at  # one more than the place, for nought ends a list
        return left

    def numbers(self, key: int, *, before: int | None = None, most: int) -> list[int]:
        """Return the numbers of at most `most` rows filed under a key before a number, newest first."""
        found: list[int] = []
        following, check, capacity = self._next, self._check, self._capacity
        wanted = key & 0xFFFF
        last, last_place = self._added, 0
        newest = self._added - 1
        below = self._added if before is None else before
        place = self._heads[key >> self._shift]
        steps = _STEPS
        while place and steps:
            steps -= 1
            place -= 1
            number = newest - (newest - place // MOST_KEYS) % capacity
            if number > last or (number == last and place >= last_place):
                break  # that row has been written over since
            last, last_place = number, place
            if check[place] == wanted and number < below and number not in found:
                found.append(number)
                if len(found) >= most:
                    break
            place = following[place]
        return found

    def near(self, keys: Sequence[int], *, before: int | None, most: Callable[[int], int]) -> set[int]:
        """Return the numbers of rows filed under any of the keys, at most `most(key)` of each."""
        shift, heads = self._shift, self._heads
        found: set[int] = set()
        for key in keys:
            if heads[key >> shift]:  # most keys of an article are its own
                found.update(self.numbers(key, before=before, most=most(key)))
        return found

    def row(self, number: int) -> tuple[bytes, bytes, int]:
        """Return whose a row is, as bytes, the row, and where in it the traits begin."""
        row = self._rows[number % self._capacity]
        _, article, story = _ROW.unpack_from(row)
        middle = _ROW.size + article
        return row[_ROW.size : middle], row, middle + story

    def fingerprint(self, number: int) -> Fingerprint:
        """Return what was filed as a row that is still held."""
        return _unpacked(self._rows[number % self._capacity])

    def __iter__(self) -> Iterator[Fingerprint]:
        """Go through what is held, oldest first."""
        for number in range(self._added - len(self._rows), self._added):
            yield self.fingerprint(number)


def _packed(fingerprint: Fingerprint) -> bytes:
    article = fingerprint.article_id.encode("utf-8", "surrogatepass")
    story = fingerprint.story_id.encode("utf-8", "surrogatepass")
    return _ROW.pack(fingerprint.known_at, len(article), len(story)) + article + story + fingerprint.traits


def _unpacked(row: bytes) -> Fingerprint:
    known_at, article, story = _ROW.unpack_from(row)
    middle = _ROW.size + article
    end = middle + story
    return Fingerprint(
        article_id=ArticleId(row[_ROW.size : middle].decode("utf-8", "surrogatepass")),
        story_id=row[middle:end].decode("utf-8", "surrogatepass"),
        known_at=known_at,
        traits=row[end:],
    )
