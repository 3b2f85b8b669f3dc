"""Which words an expression cannot match without, read off the expression itself.

Most sentences can be told from a trigger by their words alone, and a look into a table of words costs a
hundredth of a search. What is read here is always *necessary*, never sufficient: where an expression
holds something this small reader does not know, it asks for less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final, TypeAlias

__all__ = ["END", "START", "Clause", "alternatives", "how_common", "necessary"]

START: Final = "\x01"  # a word starts here
END: Final = "\x02"  # a word ends here
_EITHER: Final = "\x03"

# One of these pieces of a word must stand in the text; START and END in a piece pin it to the word's ends.
Clause: TypeAlias = frozenset[str]
_Forms: TypeAlias = tuple[frozenset[Clause], ...]  # any one of these sets of clauses must hold in full
_Found: TypeAlias = tuple[frozenset[str] | None, _Forms]  # all that is matched, when that is a short list
_Groups: TypeAlias = Callable[[str], str]

_MOST_STRINGS: Final = 160  # strings an expression may stand for before only their words are kept
_MOST_FORMS: Final = 24
_MOST_JOINED: Final = 8  # strings that are carried on over the end of a word
_NOTHING: Final[_Forms] = (frozenset(),)
_SILENT: Final[_Found] = (frozenset({""}), _NOTHING)
_UNKNOWN: Final[_Found] = (None, _NOTHING)
_WORD: Final = re.compile(r"\w+")
_PLAIN: Final = re.compile(r"[^\\\[\].()|?*+{}^$<]+(?![?*+{])")  # letters that stand for themselves
_NAME: Final = re.compile(r"<([a-z]+\d*)>")
_REPEAT: Final = re.compile(r"[*+?][?+]?|\{(\d*),?(\d*)\}[?+]?")
_NO_WORD: Final = frozenset({r"\w", r"[\w-]", r"[\w.]", r"[\w&]"})
_WORDLESS: Final = "wWdDsSB"
# How often a sentence of financial news holds a word, roughly, from general knowledge: only a guess at which
# of several words to look for first rests on it, never what is found.
_OFTEN: Final = dict.fromkeys(
    "a about after all an and any are as at back be been but by can could do down first for from get had has "
    "have his if in into is it its last may more most new no not now of off on one or other out over own s said "
    "says than that the their this three to two up us was we were what which will with would year years you".split(),
    0.2,
) | dict.fromkeys(
    "against analyst analysts annual bank below billion business chief companies company cost costs cut customers "
    "deal demand earnings estimate estimates executive expectations expected fall fell forecast forecasts "
    "gain group growth high higher income increase increased investment investors line low lower market markets "
    "million months net offer operating percent plan plans price prices profit profits quarter quarterly rate "
    "rates reported results revenue revenues rise rose sale sales sell share shares short stock stocks "
    "street target targets trade".split(),
    0.04,
)
_SELDOM: Final = 0.003


def alternatives(source: str) -> list[str]:
    """Split an expression at the `|` that stand in no bracket; searching each finds what searching it does.

    >>> alternatives(r"rose (?:a|b)|fell[|]")
    ['rose (?:a|b)', 'fell[|]']
    """
    parts, depth, held, place = [], 0, 0, 0
    while place < len(source):
        letter = source[place]
        if letter == "\\":
            place += 1
        elif letter == "[":
            place = _class_end(source, place)
        elif letter == "|" and depth == 0:
            parts.append(source[held:place])
            held = place + 1
        else:
            depth += (letter == "(") - (letter == ")")
        place += 1
    return [*parts, source[held:]]


def necessary(source: str, groups: _Groups) -> _Forms:
    r"""Return sets of clauses of which one holds, in full, in every text the expression matches.

    An empty set among them says that nothing is known to be necessary.

    Args:
        source: The expression, for lower-cased text, with `<name>` standing for a word group.
        groups: Returns the expression that a name stands for.

    >>> [sorted(map(sorted, form)) for form in necessary(r"\bcut(?:ting)? [^;]{0,9}jobs?", str)]
    [[['\x01cut\x02', '\x01cutting\x02'], ['job', 'jobs']]]
    """
    return _forms_of(_read(source, groups))


def how_common(clause: Clause) -> float:
    """Guess how often a clause holds: only the order of such guesses means anything."""
    return sum(map(_how_common, clause))


def _how_common(piece: str) -> float:
    word = piece.strip(START + END)
    loose = 2 - (piece[0] == START) - (piece[-1] == END)
    return _OFTEN.get(word, _SELDOM * 4.0 ** max(0, 3 - len(word))) * 1.5**loose


@cache
def _read(source: str, groups: _Groups) -> _Found:
    return _Reader(source, groups).read()


def _class_end(source: str, start: int) -> int:
    place = start + 1 + (source[start + 1] == "^")
    place += source[place] == "]"
    while source[place] != "]":
        place += 1 + (source[place] == "\\")
    return place


class _Reader:
    """One expression, read from left to right."""

    def __init__(self, source: str, groups: _Groups) -> None:
        self._source = source
        self._groups = groups
        self._place = 0

    def read(self) -> _Found:
        """Read up to the end, or to a closing bracket."""
        branches = [self._branch()]
        while self._next("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else _any_of(branches)

    def _next(self, wanted: str) -> bool:
        if self._source.startswith(wanted, self._place):
            self._place += len(wanted)
            return True
        return False

    def _branch(self) -> _Found:
        joined = _Joined()
        while self._place < len(self._source) and self._source[self._place] not in "|)":
            joined.add(self._repeated(self._atom()))
        return joined.found()

    def _repeated(self, found: _Found) -> _Found:
        repeat = _REPEAT.match(self._source, self._place)
        if repeat is None:
            return found
        self._place = repeat.end()
        sign, exact = repeat.group(), found[0]
        least = 1 if sign[0] == "+" else int(repeat.group(1) or 0) if sign[0] == "{" else 0
        if least:
            return None, _forms_of(found)
        once = sign[0] == "?" or repeat.group(2) == "1"
        return (exact | {""}, _NOTHING) if once and exact is not None else _UNKNOWN

    def _atom(self) -> _Found:
        plain = _PLAIN.match(self._source, self._place)
        if plain:
            self._place = plain.end()
            return frozenset({plain.group()}), _NOTHING
        letter = self._source[self._place]
        if letter == "(":
            return self._group()
        if letter == "[":
            return self._class()
        if letter == "<" and (name := _NAME.match(self._source, self._place)):
            self._place = name.end()
            return _read(self._groups(name.group(1)), self._groups)
        self._place += 1
        if letter == "\\":
            letter = self._source[self._place]
            self._place += 1
            if letter == "b":
                return frozenset({_EITHER}), _NOTHING
            return _UNKNOWN if letter.isalnum() else (frozenset({letter}), _NOTHING)
        if letter in ".^$":
            return _UNKNOWN if letter == "." else _SILENT
        return frozenset({letter}), _NOTHING

    def _class(self) -> _Found:
        start, self._place = self._place + 1, _class_end(self._source, self._place) + 1
        inside = self._source[start : self._place - 1]
        if inside[0] == "^" or "\\" in inside or "-" in inside[1:-1]:
            return _UNKNOWN
        return frozenset(inside), _NOTHING

    def _group(self) -> _Found:
        self._place += 1
        mark = next((m for m in ("?:", "?<!", "?<=", "?!", "?=") if self._next(m)), "")
        if not mark and self._next("?"):
            if not self._next("P<"):
                raise ValueError(
                    f"unknown group at {self._place} of {self._source!r}; teach necessary.py to read it"
                )
            self._place = self._source.index(">", self._place) + 1
        start = self._place
        found = self.read()
        inside = self._source[start : self._place]
        self._place += 1  # the closing bracket
        if mark in ("", "?:"):
            return found
        if mark == "?<!" and inside in _NO_WORD:
            return frozenset({START}), _NOTHING
        if mark == "?!" and (inside in _NO_WORD or inside.startswith(r"\w|")):
            return frozenset({END}), _NOTHING
        return _SILENT


class _Joined:
    """What stands one after the other: strings as long as they are few, then clauses."""

    def __init__(self) -> None:
        self._held: frozenset[str] = _SILENT[0] or frozenset()
        self._forms: _Forms = _NOTHING
        self._short = True  # everything so far is in `_held`

    def add(self, found: _Found) -> None:
        exact, forms = found
        if exact is None:
            self._let_go(frozenset({""}))
            self._forms = _both(self._forms, forms)
        elif len(self._held) * len(exact) > _MOST_STRINGS:
            self._let_go(exact)
        elif len(self._held) * len(exact) > _MOST_JOINED and all(map(_ends, self._held)):
            self._let_go(frozenset({START + string for string in exact}))
        else:
            self._held = frozenset({before + after for before in self._held for after in exact})

    def found(self) -> _Found:
        if self._short:
            return self._held, _NOTHING
        self._let_go(frozenset({""}))
        return None, self._forms

    def _let_go(self, following: frozenset[str]) -> None:
        self._short = False
        self._forms = _both(self._forms, _forms_of((self._held, _NOTHING)))
        self._held = following


def _ends(string: str) -> bool:
    """Tell whether no word can run on from a string."""
    return string != "" and not _WORD.match(string[-1])


def _forms_of(found: _Found) -> _Forms:
    exact, forms = found
    if exact is None:
        return forms
    clause = frozenset(map(_rarest_piece, exact))
    return _NOTHING if "" in clause else (frozenset({clause}),)


@cache
def _rarest_piece(string: str) -> str:
    """Return the piece of a word, pinned where that is sure, that fewest texts hold; empty if there is none."""
    pieces = []
    for word in _WORD.finditer(string):
        before, after = string[: word.start()][-1:], string[word.end() :][:1]
        start = START if before not in ("", END) else ""
        pieces.append(start + word.group() + (END if after not in ("", START) else ""))
    return min(pieces, key=_how_common, default="")


def _any_of(branches: Sequence[_Found]) -> _Found:
    short = [exact for exact, _ in branches if exact is not None]
    union = frozenset().union(*short)
    if len(short) == len(branches) and len(union) <= _MOST_STRINGS:
        return union, _NOTHING
    forms = dict.fromkeys(form for exact, forms in branches if exact is None for form in forms)
    if short:
        forms.update(dict.fromkeys(_forms_of((union, _NOTHING))))
    return None, _few(tuple(forms))


def _both(one: _Forms, other: _Forms) -> _Forms:
    if len(one) * len(other) > _MOST_FORMS:
        one, other = _as_one(one), _as_one(other)
    return tuple(dict.fromkeys(a | b for a in one for b in other))


def _few(forms: _Forms) -> _Forms:
    if frozenset() in forms:
        return _NOTHING
    return forms if len(forms) <= _MOST_FORMS else _as_one(forms)


def _as_one(forms: Iterable[frozenset[Clause]]) -> _Forms:
    """Ask only that the rarest clause of some form holds."""
    rarest = [min(form, key=how_common, default=None) for form in forms]
    clauses = [clause for clause in rarest if clause is not None]
    return (frozenset({frozenset().union(*clauses)}),) if len(clauses) == len(rarest) else _NOTHING
