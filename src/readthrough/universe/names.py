"""Every string that can mean an issuer, found in text by its words: exact, never fuzzy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple, TypeAlias

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.security import Name
from readthrough.universe.table import NameRow, name_of

__all__ = ["Match", "NameTable", "Tokens", "fold", "fold_words", "tokens_of"]

_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MARKS = "\u0300-\u036f"
_APOSTROPHES = "'\u2018\u2019\u02bc\uff07`"
_REST = rf"[\w{_HIDDEN}{_MARKS}]*"
_TOKEN = lazily(rf"([^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|&|[^\W_]{_REST}(?:[{_APOSTROPHES}](?=[^\W_]){_REST})*)")
# The same for text of ASCII only, where the engine is twice as fast.
_ASCII_TOKEN = lazily(
    r"([A-Za-z](?:\.[A-Za-z])+\.?(?!\w)|&|[A-Za-z0-9]\w*(?:['`](?=[A-Za-z0-9])\w*)*)", re.ASCII
)
_LONGEST_KEPT = 24  # letters; longer words are rare and not worth the memory
_CONTRACTIONS = ("'ll", "'re", "'ve", "'d", "'m", "n't")
_NOISE = lazily(f"[{_HIDDEN}]")
_QUOTES = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_JOINS = frozenset(
    {"", " ", "-", ".", "\u2010", "\u2011", "\u2013", "\u00a0", "\u202f", "\n", "' ", "\u2019 ", " \n"}
)
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_SMALL_WORDS = frozenset("a an and at by de del der di du for in la le of on or the to und van von y".split())
_LONGEST_NAME = 9  # words; no name of the tables is longer once its legal form is dropped

AnyName: TypeAlias = "Name | NameRow"


def fold(word: str) -> str:
    """Reduce a word to the form names are compared in: lower case, no accents, no apostrophes or dots.

    >>> fold("Nestlé’s"), fold("U.S."), fold("&")
    ('nestles', 'us', 'and')
    """
    word = word.translate(_QUOTES)
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", _NOISE.sub("", word)).casefold().translate(_UNDECOMPOSED)
        word = "".join(c for c in plain if not unicodedata.combining(c))
    if word == "&":
        return "and"
    word = word.lower().replace(".", "")
    return word if word.endswith(_CONTRACTIONS) else word.replace("'", "")  # "she'll" is not "Shell"


def fold_words(text: str) -> str:
    """Fold every word of a text and join them with single spaces.

    >>> fold_words("Procter & Gamble"), fold_words("Coca-Cola")
    ('procter and gamble', 'coca cola')
    """
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.lower().split())
    return " ".join([w.lower() if w.isascii() and w.isalnum() else fold(w) for w in _TOKEN.findall(text)])


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one stretch of text, in parallel lists; `text` is the whole that offsets point into.

    `stems` differ from `keys` where a word is a possessive: "Apple's" has key "apples", stem "apple".
    """

    text: str
    raws: list[str]
    keys: list[str]
    stems: list[str]
    starts: list[int]
    ends: list[int]
    capitals: list[int]  # indices of the words that do not begin with a small letter
    shapes: (
        str  # a letter for each word: L and c of a capital, s of a small letter, "." of at most three letters
    )

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, i: int) -> str:
        """Return what stands between word `i` and the next one."""
        return self.text[self.ends[i] : self.starts[i + 1]]


def tokens_of(text: str, span: Span) -> Tokens:
    """Cut a stretch of text into words for matching names. Time is linear in its length.

    >>> tokens_of("Nestlé’s U.S. unit", Span(0, 18)).stems
    ['nestle', 'us', 'unit']
    """
    stretch = text[span.start : span.end]
    parts = (_ASCII_TOKEN if stretch.isascii() else _TOKEN).split(stretch)  # gap, word, gap, ..., word, gap
    places = list(accumulate(map(len, parts), initial=span.start))
    raws = parts[1::2]
    if not raws:
        return Tokens(text, [], [], [], [], [], [], "")
    words = [_kept_word(raw) if len(raw) <= _LONGEST_KEPT else _word(raw) for raw in raws]
    keys, stems, capitals, shapes = zip(*words, strict=True)
    return Tokens(
        text,
        raws,
        list(keys),
        list(stems),
        places[1:-1:2],
        places[2::2],
        list(compress(range(len(raws)), capitals)),
        "".join(shapes),
    )


def _word(raw: str) -> tuple[str, str, bool, str]:
    """Return a word's key, its stem, whether it does not begin with a small letter, and its shape."""
    key = raw.lower() if raw.isalnum() and raw.isascii() else fold(raw)
    possessive = raw[-1] in "sS" and raw[-2:-1] in _APOSTROPHES and len(raw) > 2
    capital = not raw[0].islower()
    shape = "." if len(raw) <= 3 else "s" if not capital else "L" if raw.isalpha() else "c"
    return key, key[:-1] if possessive else key, capital, shape


_kept_word = lru_cache(maxsize=1 << 15)(_word)


class Match(NamedTuple):
    """Words `first` to `end` (exclusive) of a `Tokens` spell these names."""

    first: int
    end: int
    names: tuple[Name, ...]
    possessive: bool


class NameTable:
    """Names by their words. Looking up a text costs its length, whatever the number of names."""

    def __init__(self, names: Iterable[AnyName]) -> None:
        """Index names; one string may mean several issuers.

        Args:
            names: Values, or rows of the built table, which become values when they are first met.
        """
        self._rows: dict[str, AnyName] = {}
        self._namesakes: dict[
            str, list[AnyName]
        ] = {}  # further rows of a key; parted so that loading is fast
        self._longest: dict[str, int] = {}
        self._uncapitalised: set[str] = set()
        self._met: dict[str, tuple[tuple[Name, str], ...]] = {}
        self._by_issuer: dict[str, tuple[str, ...]] | None = None
        rows, longest = self._rows, self._longest
        for name in names:
            text = name.text
            plain = text.isascii() and text.replace(" ", "").isalnum()
            key = " ".join(text.lower().split()) if plain else fold_words(text)
            if rows.setdefault(key, name) is not name:
                self._namesakes.setdefault(key, []).append(name)
                continue
            first, space, rest = key.partition(" ")
            length = rest.count(" ") + 2 if space else 1
            if length > longest.get(first, 0):
                longest[first] = length
            if text[:1].islower():
                self._uncapitalised.add(first)
        self._rows.pop("", None)

    def __len__(self) -> int:
        return len(self._rows) + sum(map(len, self._namesakes.values()))

    def named(self, text: str) -> tuple[Name, ...]:
        """Return what a string can mean, whatever its case, accents and punctuation."""
        return tuple(name for name, _ in self._values(fold_words(text)))

    def texts_of(self, issuer_id: str) -> tuple[str, ...]:
        """Return every name of an issuer as written in the table."""
        if self._by_issuer is None:
            gathered: dict[str, list[str]] = {}
            for row in (*self._rows.values(), *(n for more in self._namesakes.values() for n in more)):
                gathered.setdefault(row.issuer_id, []).append(row.text)
            self._by_issuer = {issuer: tuple(texts) for issuer, texts in gathered.items()}
        return self._by_issuer.get(issuer_id, ())

    def find(self, tokens: Tokens) -> Iterator[Match]:
        """Yield the names spelled in a text, left to right, the longest first, never overlapping.

        Capitals must be where the name has them ("Best Buy" is not found in "best buy"); a name of
        up to four capitals ("UPS") is found only in capitals.
        """
        longest, keys, stems = self._longest, tokens.keys, tokens.stems
        places = tokens.capitals
        if not self._uncapitalised.isdisjoint(keys):
            small = self._uncapitalised
            places = [i for i, key in enumerate(keys) if key in small or not tokens.raws[i][0].islower()]
        count, done, rows = len(keys), 0, self._rows
        for i in places:
            if i < done:
                continue
            key, stem = keys[i], stems[i]
            reach = longest.get(key, 0)
            if stem is not key and not reach:
                reach = 1 if stem in longest else 0
            # a word that only begins longer names is no name itself: most capitals end here
            if reach and (reach > 1 or key in rows or stem in rows):
                match = self._longest_at(tokens, i, min(reach, count - i, _LONGEST_NAME))
                if match is not None:
                    yield match
                    done = match.end

    def _longest_at(self, tokens: Tokens, i: int, reach: int) -> Match | None:
        furthest, last, rows = i + 1, i + reach, self._rows
        keys, stems = tokens.keys, tokens.stems
        if furthest < last:
            text, starts, ends = tokens.text, tokens.starts, tokens.ends
            while furthest < last:
                gap = text[ends[furthest - 1] : starts[furthest]]
                if gap not in _JOINS and not (gap == ". " and len(tokens.raws[furthest - 1]) <= 3):
                    break
                furthest += 1
        for end in range(furthest, i, -1):
            key, stem = keys[end - 1], stems[end - 1]
            head = " ".join(keys[i : end - 1]) + " " if end - i > 1 else ""
            if head + key in rows:
                names = self._names_at(head + key, tokens, i)
                if key is not stem:
                    names = tuple(n for n in names if n.text.translate(_QUOTES)[-2:-1] == "'")  # "Philip's"
                if names:
                    return Match(i, end, names, False)
            if key is not stem and head + stem in rows:
                names = self._names_at(head + stem, tokens, i)
                if names:
                    return Match(i, end, names, True)
        return None

    def _names_at(self, key: str, tokens: Tokens, i: int) -> tuple[Name, ...]:
        return tuple([name for name, shape in self._values(key) if _spelled(shape, tokens, i)])

    def _values(self, key: str) -> tuple[tuple[Name, str], ...]:
        values = self._met.get(key)
        if values is None:
            row = self._rows.get(key)
            if row is None:
                return ()
            rows = (row, *self._namesakes.get(key, ()))
            made = [row if isinstance(row, Name) else name_of(row) for row in rows]
            values = self._met[key] = tuple((name, _shape(name.text)) for name in made)
        return values


def _shape(text: str) -> str:
    """Write how each word must be cased: C capital, U all capitals, any."""
    words = _TOKEN.findall(text)
    if len(words) == 1:
        word = words[0]
        if len(word) <= 4 and word.isupper() and word.isalpha() and len(word) > 1:
            return "U"
    return "".join("C" if word[0].isupper() and word.lower() not in _SMALL_WORDS else "." for word in words)


def _spelled(shape: str, tokens: Tokens, i: int) -> bool:
    raw = tokens.raws[i]
    if shape == "U":
        return raw.rstrip("s").rstrip(_APOSTROPHES).isupper() and "." not in raw
    if shape == "C":
        return not raw[0].islower()
    for offset, want in enumerate(shape):
        if want != "C":
            continue
        raw = tokens.raws[i + offset]
        if raw[0].islower() and not (offset and tokens.gap(i + offset - 1) in _HYPHENS):
            return False
    return True
