"""Which patterns a sentence can match at all, told from its words before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from readthrough.domain.lazy import lazily, made
from readthrough.reading.patterns import necessary as needs_module
from readthrough.reading.patterns import shape as shape_module
from readthrough.reading.patterns.necessary import END, START, Clause, alternatives, how_common, necessary
from readthrough.reading.patterns.shape import Pattern, bounded, compiled

__all__ = ["Sieve", "Tried"]

_WORD: Final = lazily(r"\w+")
_MOST_WORDS: Final = 65_536  # words remembered
_LONGEST: Final = 32  # letters of a word remembered
_Needs: TypeAlias = tuple[int, tuple[Clause, ...], Clause]  # of a part: its clauses, and the rarest of them
_Keys: TypeAlias = tuple[int, tuple[tuple[str, int], ...]]
# clauses it fulfils, patterns it is a key of, forms it rouses, and patterns it is one of whose phrases begins with it
_Known: TypeAlias = "tuple[int, int, tuple[_Form, ...], tuple[tuple[str, int], ...]]"


@dataclass(frozen=True, slots=True)
class Tried:
    """A pattern, and those of its alternatives that a sentence has the words for."""

    pattern: Pattern
    parts: tuple[str, ...]

    def search(self, words: str) -> re.Match[str] | None:
        """Find what searching for the whole pattern finds: the leftmost match, of the first such part."""
        best = None
        for part in self.parts:
            match = compiled(part).search(words)
            if match is not None and (best is None or match.start() < best.start()):
                best = match
        return best


class _Form(NamedTuple):
    """One set of words with which a part of a pattern can match; other parts of it may have their own."""

    number: int  # of the pattern
    part: int
    clauses: int  # bits


class _Learnt:
    """What was read off the patterns met so far; replaced as a whole when another is met."""

    __slots__ = ("clauses", "known", "longest", "mute", "pieces", "read", "rousing")

    def __init__(self) -> None:
        self.clauses: dict[Clause, int] = {}  # the bit of each
        self.pieces: dict[str, int] = {}  # the clauses, as bits, that a piece of a word fulfils
        self.rousing: dict[str, list[_Form]] = {}  # by the pieces of its rarest clause
        self.longest = 0  # letters of any piece
        self.read = 0  # the patterns, as bits
        self.known: dict[str, _Known] = {}
        self.mute: set[str] = set()  # words that tell nothing

    def copy(self) -> _Learnt:
        other = _Learnt()
        other.clauses, other.pieces, other.read = dict(self.clauses), dict(self.pieces), self.read
        other.longest = self.longest
        other.rousing = {piece: list(forms) for piece, forms in self.rousing.items()}
        return other

    def bits_of(self, form: Iterable[Clause]) -> int:
        bits = 0
        for clause in form:
            bit = self.clauses.get(clause)
            if bit is None:
                bit = self.clauses[clause] = 1 << len(self.clauses)
                for piece in clause:
                    self.pieces[piece] = self.pieces.get(piece, 0) | bit
                self.longest = max(self.longest, *map(len, clause))
            bits |= bit
        return bits


class Sieve:
    """The patterns filed by their keys and by the words each of their alternatives cannot do without.

    Reading those off a pattern costs about a millisecond, so it is done when one of its keys is first met.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """File patterns.

        Args:
            patterns: In the order in which they are to be tried.
        """
        self._patterns = patterns
        self._keys = _Filed(patterns)
        self._parts: dict[int, tuple[str, ...]] = {}
        self._learnt = _Learnt()

    def tried(self, words: str) -> list[Tried]:
        """Return, in order, what is worth searching for in a lower-cased sentence.

        That is every pattern of which a key begins some word, unless the sentence lacks a word that the
        pattern, or what it `needs`, cannot match without.
        """
        spoken = set(_WORD.findall(words))
        learnt = self._learnt
        while True:
            held = keyed = 0
            roused: list[_Form] = []
            known = learnt.known
            rows = [known.get(word) or self._meet(word, learnt) for word in spoken - learnt.mute]
            for fulfilled, keys, forms, phrases in rows:
                held |= fulfilled
                keyed |= keys
                roused += forms
                for phrase, bits in phrases:
                    if phrase in words:
                        keyed |= bits
            unread = keyed & ~learnt.read
            if not unread:
                break
            learnt = self._learnt = self._read(unread, learnt)
        fit: dict[int, set[int]] = {}
        for number, part, clauses in roused:
            if held & clauses == clauses and keyed >> number & 1:
                fit.setdefault(number, set()).add(part)
        return [self._of(number, fit[number]) for number in sorted(fit)]

    def read_all(self) -> None:
        """Read what every pattern needs now, so that no later sentence waits for it and words once met stay known."""
        unread = (1 << len(self._patterns)) - 1 & ~self._learnt.read
        if unread:
            self._learnt = self._read(unread, self._learnt)

    def _of(self, number: int, parts: set[int]) -> Tried:
        sources = self._parts[number]
        return Tried(self._patterns[number], tuple([sources[part] for part in sorted(parts)]))

    def _meet(self, word: str, learnt: _Learnt) -> _Known:
        held, pieces, rousing = 0, learnt.pieces, learnt.rousing
        roused: dict[_Form, None] = {}
        pinned = f"{START}{word}{END}"
        for start in range(len(pinned)):
            for end in range(start + 1, min(start + learnt.longest, len(pinned)) + 1):
                bits = pieces.get(pinned[start:end])
                if bits:
                    held |= bits
                    roused.update(dict.fromkeys(rousing.get(pinned[start:end], ())))
        keyed, phrases = self._keys.of(word)
        row = (held, keyed, tuple(roused), phrases)
        if len(learnt.known) + len(learnt.mute) < _MOST_WORDS and len(word) <= _LONGEST:
            if any(row):
                learnt.known[word] = row
            else:
                learnt.mute.add(word)
        return row

    def _read(self, unread: int, before: _Learnt) -> _Learnt:
        learnt = before.copy()
        while unread:
            lowest = unread & -unread
            unread ^= lowest
            self._read_one(lowest.bit_length() - 1, learnt)
        return learnt

    def _read_one(self, number: int, learnt: _Learnt) -> None:
        self._parts[number], forms = _needs_of(self._patterns[number])
        for part, needed, rarest in forms:
            form = _Form(number, part, learnt.bits_of(needed))
            for piece in rarest:
                learnt.rousing.setdefault(piece, []).append(form)
        learnt.read |= 1 << number


def _needs_of(row: Pattern) -> tuple[tuple[str, ...], tuple[_Needs, ...]]:
    """Return a pattern's alternatives, and what each cannot do without."""
    name = "\0".join((_reader(), row.words, row.needs, *row.keys))
    return made(f"needs {name}", lambda: _read_needs(row))


def _read_needs(row: Pattern) -> tuple[tuple[str, ...], tuple[_Needs, ...]]:
    around = necessary(row.needs, bounded) if row.needs else (frozenset(),)
    keys = frozenset(_pieces_of_keys(row.keys))
    parts = tuple(alternatives(row.words))
    forms: list[_Needs] = []
    for part, words in enumerate(parts):
        for form in necessary(words, bounded):
            for more in around:
                needed = tuple(form | more | {keys})
                forms.append((part, needed, min(needed, key=how_common)))
    return parts, tuple(forms)


@cache
def _reader() -> str:
    """Tell apart the readers of patterns: what another read may be wrong."""
    code = b"".join(Path(module.__file__ or "").read_bytes() for module in (needs_module, shape_module))
    return sha256(code).hexdigest()


def _pieces_of_keys(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        first = _first(key)
        yield START + first + ("" if first == key else END)


class _Filed:
    """The keys by what they begin with: whole words, and beginnings of words."""

    __slots__ = ("beginnings", "longest", "phrases")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.beginnings: dict[str, int] = {}  # the patterns, as bits, keyed by what a word begins with
        self.phrases: dict[str, dict[str, int]] = {}  # the same for keys of several words, by the first
        for number, row in enumerate(patterns):
            for key in row.keys:
                first = _first(key)
                held = self.beginnings if first == key else self.phrases.setdefault(first, {})
                held[key] = held.get(key, 0) | 1 << number
        self.longest = max(map(len, self.beginnings), default=0)

    def of(self, word: str) -> _Keys:
        """Return the patterns keyed by a word's beginning, and the phrases that may start with the word."""
        hits = 0
        for end in range(1, min(len(word), self.longest) + 1):
            hits |= self.beginnings.get(word[:end], 0)
        return hits, tuple(self.phrases.get(word, {}).items())


def _first(key: str) -> str:
    found = _WORD.match(key)
    return found.group() if found else ""
