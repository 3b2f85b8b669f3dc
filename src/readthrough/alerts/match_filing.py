"""Where clauses are filed: postings with gates beside them, and lists that clauses share."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from readthrough.alerts.match_clauses import GATE_EVENTS, GATE_HIGH, Gate, GateRows, Kind

__all__ = ["Filed", "Flags", "Lists", "Posting", "Whole"]

Whole: TypeAlias = npt.NDArray[np.intp]
"""Clauses, rows or slots."""
Flags: TypeAlias = npt.NDArray[np.bool_]

_TRUE: Final = 0
"""The list that every note meets."""
_FALSE: Final = 1
"""The list that none does."""
_HIGH: Final = np.uint64(GATE_HIGH)
_EVENTS: Final = np.uint64(GATE_EVENTS << 32 | 0xFFFF_FFFF)
_NUMBER: Final = np.uint64(0xFFFF_FFFF)
_NUMBER_AT: Final = 4 if sys.byteorder == "little" else 5
_NONE: Final = np.uint64(0)


class Posting:
    """Clauses filed under one entry, each with its gate beside it, so that most are passed over unread."""

    __slots__ = ("words",)

    def __init__(self) -> None:
        """Begin empty."""
        self.words = array(
            "Q"
        )  # three of each clause: its gate's two, and the third above the clause's number

    def __len__(self) -> int:
        return len(self.words) // 3

    def append(self, number: int, gate: Gate) -> None:
        """File a clause."""
        self.words.extend((gate[0], gate[1], gate[2] << 32 | number))

    def drop(self, number: int) -> None:
        """Take a clause out."""
        numbers = np.frombuffer(self.words, np.uint32).reshape(-1, 6)[:, _NUMBER_AT]
        at = 3 * int(np.flatnonzero(numbers == number)[0])
        del numbers  # the array cannot shrink while it is looked at
        self.words[at : at + 3] = self.words[-3:]
        del self.words[-3:]


class Filed:
    """What a note found postings for: of each issuer and the article itself, and of the books they reach."""

    def __init__(self, bases: int) -> None:
        """Begin with nothing found."""
        self.of_bases: list[list[Posting]] = [[] for _ in range(bases)]
        self.everywhere: list[Posting] = []  # found by the note, so of every base
        self.of_books: list[Posting] = []
        self.rows: list[int] = []  # the subject of each of `of_books`

    def passing(self, gates: GateRows) -> tuple[Whole, Whole]:
        """The clauses whose gates their subjects pass, and the row of the subject of each."""
        found: list[npt.NDArray[Any]] = []
        rows: list[npt.NDArray[Any]] = []
        packs, events, mores = gates.packs, gates.events, gates.mores
        everywhere = b"".join([posting.words for posting in self.everywhere])
        for row, postings in enumerate(self.of_bases):
            if postings or everywhere:
                words = b"".join([*[posting.words for posting in postings], everywhere])
                passed, numbers = _passed(words, packs[row], events[row], mores[row])
                found.append(numbers)
                rows.append(np.full(len(passed), row, np.intp))
        if self.of_books:
            of = _repeated(self.rows, [len(posting) for posting in self.of_books])
            held = b"".join([posting.words for posting in self.of_books])
            passed, numbers = _passed(held, packs.take(of), events.take(of), mores.take(of))
            found.append(numbers)
            rows.append(of.take(passed))
        if not found:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        return np.concatenate(found), np.concatenate(rows)


def _passed(joined: bytes, pack: Any, kinds: Any, mask: Any) -> tuple[Whole, npt.NDArray[np.intp]]:
    """Which gates pass, and their clauses; what is the subject's may be one for all of them, or one for each."""
    words = np.frombuffer(joined, np.uint64).reshape(-1, 3)
    shared = words[:, 2] & mask
    passed = shared > _EVENTS
    shared &= _EVENTS
    shared |= words[:, 1] & kinds
    passed &= shared != _NONE
    room = pack - words[:, 0]
    room &= _HIGH
    passed &= room == _HIGH
    at = np.flatnonzero(passed)
    return at, (words[:, 2].take(at) & _NUMBER).astype(np.intp)


def _repeated(rows: Sequence[int], lengths: Sequence[int]) -> Whole:
    """Each row as often as its length says; sums are several times as quick as `numpy.repeat` on short runs."""
    starts = np.array(rows, np.intp)
    ends = np.cumsum(np.array(lengths, np.intp))
    steps = np.zeros(int(ends[-1]), np.intp)
    steps[0] = starts[0]
    steps[ends[:-1]] = starts[1:] - starts[:-1]
    return np.cumsum(steps)


class _Sets:
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

    def truth(self, atoms: Sequence[Iterable[str]]) -> Flags:
        """Say which lists are met, a row for each collection of entries."""
        met = np.zeros((len(atoms), len(self)), np.bool_)
        met[:, _TRUE] = True
        for row, entries in enumerate(atoms):
            for entry in entries:
                if (numbers := self.by_entry.get(entry)) is not None:
                    met[row, np.frombuffer(numbers, np.int32)] = True
        return met


class Lists:
    """What clauses must meet and must not, beside what they are found by. Clauses that ask the same share a number."""

    def __init__(self) -> None:
        """Begin with number 0, which asks for nothing."""
        self._sets = [_Sets() for _ in Kind]
        self._number: dict[tuple[frozenset[tuple[Kind, frozenset[str]]], ...], int] = {}
        self._asked: list[tuple[Mapping[Kind, frozenset[str]], Mapping[Kind, frozenset[str]]] | None] = [None]
        self._uses: list[int] = [1]
        self._free: list[int] = []
        self._need = np.full((len(Kind), 64), _TRUE, np.int32)
        self._bar = np.full((len(Kind), 64), _FALSE, np.int32)

    def __len__(self) -> int:
        return len(self._number)

    def take(self, met: Mapping[Kind, frozenset[str]], unmet: Mapping[Kind, frozenset[str]]) -> int:
        """Use what is asked once more and return its number: of each of `met` an entry, of `unmet` none."""
        if not met and not unmet:
            return 0
        key = frozenset(met.items()), frozenset(unmet.items())
        if (number := self._number.get(key)) is not None:
            self._uses[number] += 1
            return number
        number = self._free.pop() if self._free else len(self._uses)
        if number == len(self._uses):
            self._uses.append(0)
            self._asked.append(None)
            self._room(number + 1)
        self._number[key], self._asked[number], self._uses[number] = number, (dict(met), dict(unmet)), 1
        self._need[:, number], self._bar[:, number] = _TRUE, _FALSE
        for of, wanted in met.items():
            self._need[of, number] = self._sets[of].take(wanted)
        for of, barred in unmet.items():
            self._bar[of, number] = self._sets[of].take(barred)
        return number

    def drop(self, number: int) -> None:
        """Use what is asked once less; the last use forgets it."""
        asked = self._asked[number]
        if asked is None:
            return
        self._uses[number] -= 1
        if self._uses[number]:
            return
        met, unmet = asked
        for of in met:
            self._sets[of].drop(int(self._need[of, number]))
        for of in unmet:
            self._sets[of].drop(int(self._bar[of, number]))
        del self._number[frozenset(met.items()), frozenset(unmet.items())]
        self._asked[number] = None
        self._free.append(number)

    def entries(self, number: int, kind: Kind) -> Iterable[str]:
        """What is asked for or barred of a kind."""
        for entries in self._asked[number] or ():
            yield from entries.get(kind, ())

    def held(
        self,
        numbers: npt.NDArray[Any],
        bases: Whole,
        of_subjects: Sequence[Sequence[Iterable[str]]],
        of_note: Mapping[int, Iterable[str]],
    ) -> Flags:
        """Say of each number whether the subject beside it meets what it asks.

        Args:
            numbers: What is asked.
            bases: The subject of each, without its book.
            of_subjects: Of each kind that subjects have, the entries of each subject.
            of_note: The entries of the other kinds.
        """
        used = np.zeros(len(self._uses), np.bool_)
        used[numbers] = True
        asked = np.flatnonzero(used)
        truth = np.ones((len(of_subjects[0]), len(asked)), np.bool_)
        for kind, sets in enumerate(self._sets):
            need, bar = self._need[kind, asked], self._bar[kind, asked]
            if (need == _TRUE).all() and (bar == _FALSE).all():
                continue
            has = sets.truth(of_subjects[kind] if kind < len(of_subjects) else [of_note[kind]])
            truth &= has[:, need] & ~has[:, bar]
        place = np.zeros(len(self._uses), np.intp)
        place[asked] = np.arange(len(asked))
        held: Flags = truth[bases, place[numbers]]
        return held

    def _room(self, most: int) -> None:
        if most > self._need.shape[1]:
            more = self._need.shape[1]
            self._need = np.pad(self._need, ((0, 0), (0, more)))
            self._bar = np.pad(self._bar, ((0, 0), (0, more)))


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
