"""Word lists written as short patterns, and their fast lookup in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from readthrough.domain.lazy import compile_now, lazily

__all__ = ["HEAD", "WordFinder", "alternatives", "expand", "first_words", "heads_in", "places_of", "words_in"]

_WORD = lazily(r"[^\W_][\w’'-]*")
_OTHER = lazily(r"[^\x00-\x7f]")
_LETTER = "\x01"  # stands for any letter outside ASCII, of which no word that is looked up has one
HEAD = 5  # letters of a word by which those that begin alike are looked up
_PLAIN = "".join(chr(i) if chr(i).isalnum() or chr(i) == _LETTER else " " for i in range(128))


@lru_cache(maxsize=8)  # every step that looks up words asks for the same article
def _plain(text: str) -> str:
    """Blank out of a lower-cased text all but letters and digits; no offset moves."""
    if not text.isascii():
        text = _OTHER.sub(lambda m: _LETTER if m.group().isalnum() else " ", text)
    return text.translate(_PLAIN)


@lru_cache(maxsize=256)  # several steps ask for the same sentence
def words_in(text: str, start: int, end: int) -> list[str]:
    """List the runs of letters and digits between two offsets; one that the left offset cuts is left out.

    A letter outside ASCII stands as a placeholder: the words are there to be looked up.

    >>> words_in("r&d rose 3%", 0, 11)
    ['r', 'd', 'rose', '3']
    """
    plain = _plain(text)
    words = plain[start:end].split()
    cut = start and plain[start : start + 1] != " " and plain[start - 1] != " "
    return words[1:] if cut else words


@lru_cache(maxsize=256)
def heads_in(text: str, start: int, end: int) -> frozenset[str]:
    """Return the first five letters (`HEAD`) of each of the words of `words_in`."""
    return frozenset([word[:HEAD] for word in words_in(text, start, end)])


def places_of(text: str, start: int, end: int, wanted: frozenset[str]) -> list[tuple[int, str]]:
    """Find the wanted words among the runs of `words_in`, with their offsets, in order.

    >>> places_of("other than the rest", 0, 19, frozenset({"the", "rest"}))
    [(11, 'the'), (15, 'rest')]
    """
    here = wanted.intersection(words_in(text, start, end))
    if not here:
        return []
    plain = _plain(text)
    found: list[tuple[int, str]] = []
    for word in here:
        size = len(word)
        at = plain.find(word, start, end)
        while at >= 0:
            after = at + size
            if (not at or plain[at - 1] == " ") and (after >= end or plain[after] == " "):
                found.append((at, word))
            at = plain.find(word, after, end)
    found.sort()
    return found


def alternatives(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars.

    >>> alternatives("win(?:s|ning)?|won")
    ['win(?:s|ning)?', 'won']
    """
    parts, depth, start = [], 0, 0
    for i, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(pattern[start:i])
            start = i + 1
    return [*parts, pattern[start:]]


def expand(pattern: str) -> tuple[str, ...] | None:
    """Spell out a pattern of letters, groups of endings and question marks.

    Returns:
        Every word it matches, or None when it holds anything else.

    >>> expand("gr(?:ew|ow(?:s|ing)?)")
    ('grew', 'grow', 'grows', 'growing')
    """
    words = [""]
    position = 0
    while position < len(pattern):
        if pattern.startswith("(?:", position):
            close = _closing(pattern, position)
            inner = [
                w for part in alternatives(pattern[position + 3 : close]) for w in expand(part) or ("\0",)
            ]
            position = close + 1
        elif pattern[position].isalnum() or pattern[position] in "-’' ":
            inner = [pattern[position]]
            position += 1
        else:
            return None
        if "\0" in inner:
            return None
        if pattern[position : position + 1] == "?":
            inner = ["", *inner]
            position += 1
        words = [w + ending for w in words for ending in inner]
    return tuple(words)


def _closing(pattern: str, start: int) -> int:
    depth = 0
    for i in range(start, len(pattern)):
        depth += (pattern[i] == "(") - (pattern[i] == ")")
        if depth == 0:
            return i
    raise ValueError(f"unbalanced group in {pattern!r}")


_ATOM = lazily(
    r"(?P<look>\(\?(?:=|!|<=|<!))|(?P<group>\(\?:)|(?P<set>\[[^\]]*\])|(?P<escape>\\.)|(?P<char>[^()|])"
)
_REPEAT = lazily(r"[*+?]{1,2}|\{\d*,?\d*\}\??")


def first_words(pattern: str) -> frozenset[str]:
    """List the words a match of a pattern can begin with; an open one ends in an asterisk.

    >>> sorted(first_words("(?:net |total )*(?:revenues?|top[- ]line)(?! tax)"))
    ['net', 'revenue', 'revenues', 'top', 'total']
    """
    words: set[str] = set()
    for part in alternatives(pattern):
        going, done = _starts(part)
        words |= going | done
    return frozenset(w for w in words if w)


def _starts(part: str) -> tuple[set[str], set[str]]:
    """Return the beginnings that still run on at the end of a pattern, and those that a space ended."""
    going, done = {""}, set[str]()
    position = 0
    while position < len(part) and going:
        atom = _ATOM.match(part, position)
        if atom is None:
            break
        end = _closing(part, position) + 1 if atom["look"] or atom["group"] else atom.end()
        repeat = _REPEAT.match(part, end)
        optional = repeat is not None and repeat.group()[0] in "*?"
        more, stopped = _of_atom(atom, part[position:end])
        grown = {g + m for g in going for m in more}
        done |= {g + d for g in going for d in stopped}
        going = grown | going if optional else grown
        position = repeat.end() if repeat else end
    return going, done


def _of_atom(atom: re.Match[str], written: str) -> tuple[set[str], set[str]]:
    if atom["look"] or written in ("\\b", "^", "$"):
        return {""}, set()
    if atom["group"]:
        pairs = [_starts(part) for part in alternatives(written[3:-1])]
        return set().union(*(g for g, _ in pairs)), set().union(*(d for _, d in pairs))
    if atom["set"]:
        inside = written[1:-1]
        letters = {c for c in inside if c.isalnum() or c == "&"}
        return letters, {""} if letters != set(inside) else set()
    if atom["escape"] and written[1] in "wdsS":
        return set(), {"*"}
    char = written[-1]
    return ({char}, set()) if char.isalnum() or char == "&" else (set(), {""})


class WordFinder:
    """Finds the words of several named lists in a lower-cased text, hashing each word once.

    Args:
        lists: Name to pattern of alternatives. What cannot be spelled out as single words (phrases,
            look-aheads, open endings) is tried by one regular expression where a word can begin it.
    """

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._names: dict[str, str] = {}
        self._rows: list[tuple[str, str, frozenset[str]]] = []
        beginnings: set[str] = set()
        for name, pattern in lists.items():
            for part in alternatives(pattern):
                words = expand(part)
                if words is None or any(" " in w for w in words):
                    self._rows.append((name, part, first_words(part)))
                    beginnings |= self._rows[-1][2]
                else:
                    self._names.update(dict.fromkeys(words, name))
        self._openings = frozenset(w for w in beginnings if not w.endswith("*"))
        self._stems = tuple(w[:-1] for w in beginnings if w.endswith("*"))
        self._stem_heads = frozenset(w[:HEAD] for w in self._stems)
        self._heads = frozenset(re.split(r"[\W_]", w, maxsplit=1)[0] for w in self._names) | self._openings
        self._begun: dict[str, re.Pattern[str]] = {}

    def _beginning(self, word: str) -> re.Pattern[str]:
        """Return the pattern of the phrases that a word can begin: a few are tried, not all."""
        pattern = self._begun.get(word)
        if pattern is None:
            rows = [
                f"(?P<{name}{place}>{part})"
                for place, (name, part, begun) in enumerate(self._rows)
                if any(word.startswith(b[:-1]) if b.endswith("*") else word == b for b in begun)
            ]
            pattern = compile_now(rf"(?:{'|'.join(rows)})(?![\w-])")
            if len(self._begun) < _MOST_BEGUN:
                self._begun[word] = pattern
        return pattern

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield list name, start and end of each word found; phrases last."""
        wanted = self._heads
        if not self._stem_heads.isdisjoint(heads_in(text, start, end)):
            wanted |= {word for word in words_in(text, start, end) if word[:HEAD] in self._stem_heads}
        near = places_of(text, start, end, wanted)
        if not near:
            return
        reached = start
        for at, _ in near:
            if at < reached or (at > start and text[at - 1] in "-'’_" and _carried(text, start, at)):
                continue
            match = _WORD.match(text, at, end)
            name = self._names.get(match.group()) if match else None
            if match is not None and name is not None:
                reached = match.end()
                yield name, at, reached
        if not self._rows:
            return
        reached = start
        for at, word in near:
            if at < reached or not (word in self._openings or word.startswith(self._stems)):
                continue
            match = self._beginning(word).match(text, at, end) if text[at - 1 : at] not in _JOINING else None
            if match is not None:
                reached = match.end()
                yield (match.lastgroup or "").rstrip("0123456789"), at, reached


_MOST_BEGUN = 2_000  # patterns kept by the word that begins them; stems are open, words are not
_JOINING = ("-", "_")  # what stands before a word and makes it a part of another


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _carried(text: str, start: int, at: int) -> bool:
    """Tell whether a word only goes on with one that hyphens or apostrophes join to it."""
    left = at
    while left > start and (text[left - 1] in "-'’" or _in_word(text[left - 1])):
        left -= 1
    return any(c.isalnum() for c in text[left:at])
