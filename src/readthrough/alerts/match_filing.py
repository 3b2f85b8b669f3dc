"""Where clauses are filed: postings with gates beside them, and lists that clauses share."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from readthrough.alerts.match_clauses import Gate

__all__ = ["FALSE", "TRUE", "Flags", "Posting", "Sets", "Whole", "truth_of"]

Whole: TypeAlias = npt.NDArray[np.intp]
"""Clauses, rows or slots."""
Flags: TypeAlias = npt.NDArray[np.bool_]

TRUE: Final = 0
"""The list that every note meets."""
FALSE: Final = 1
"""The list that none does."""


class Posting:
    """Clauses filed under one entry, each with its gate beside it, so that most are passed over unread."""

    __slots__ = ("bounds", "events", "more", "numbers")

    def __init__(self) -> None:
        """Begin empty."""
        self.numbers = array("i")
        self.bounds = array("Q")
        self.events = array("Q")
        self.more = array("I")

    def append(self, number: int, gate: Gate) -> None:
        """File a clause."""
        self.numbers.append(number)
        self.bounds.append(gate[0])
        self.events.append(gate[1])
        self.more.append(gate[2])

    def drop(self, number: int) -> None:
        """Take a clause out."""
        at = self.numbers.index(number)
        for column in (self.numbers, self.bounds, self.events, self.more):
            column[at] = column[-1]
            column.pop()


class Sets:
    """Lists that clauses need beside the one they are found by; equal ones are kept once."""

    def __init__(self) -> None:
        """Begin with the list that all notes meet, and the one that none does."""
        self._number: dict[frozenset[str], int] = {}
        self._uses: list[int] = [1, 1]
        self._entries: list[frozenset[str] | None] = [None, None]
        self._free: list[int] = []
        self.by_entry: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._uses)

    def take(self, entries: frozenset[str]) -> int:
        """Use a list once more and return its number."""
        number = self._number.get(entries)
        if number is not None:
            self._uses[number] += 1
            return number
        if self._free:
            number = self._free.pop()
        else:
            number = len(self._uses)
            self._uses.append(0)
            self._entries.append(None)
        self._number[entries] = number
        self._uses[number], self._entries[number] = 1, entries
        for entry in entries:
            _file(self.by_entry, entry, number)
        return number

    def entries(self, number: int) -> frozenset[str]:
        """The entries of a list; none of the two that have no own."""
        return self._entries[number] or frozenset()

    def drop(self, number: int) -> None:
        """Use a list once less; the last use forgets it."""
        entries = self._entries[number]
        if entries is None:
            return
        self._uses[number] -= 1
        if not self._uses[number]:
            for entry in entries:
                _unfile(self.by_entry, entry, number)
            del self._number[entries]
            self._entries[number] = None
            self._free.append(number)


def truth_of(sets: Sets, atoms: Sequence[Iterable[str]]) -> Flags:
    """Say which lists are met, a row for each collection of entries."""
    met = np.zeros((len(atoms), len(sets)), np.bool_)
    met[:, TRUE] = True
    for row, entries in enumerate(atoms):
        for entry in entries:
            if (numbers := sets.by_entry.get(entry)) is not None:
                met[row, np.frombuffer(numbers, np.int32)] = True
    return met


def _file(postings: dict[str, array[int]], entry: str, number: int) -> None:
    posting = postings.get(entry)
    if posting is None:
        posting = postings[entry] = array("i")
    posting.append(number)


def _unfile(postings: dict[str, array[int]], entry: str, number: int) -> None:
    posting = postings[entry]
    at = posting.index(number)
    posting[at] = posting[-1]
    posting.pop()
    if not posting:
        del postings[entry]
