"""Name what a figure measures by the noun phrase that governs it, where no known metric does.

A figure hangs on its phrase by a few words only: "annual fees of $50", "net worth reached $5 billion", "cut exports by 3%",
"$2 billion of notes", "a $3 trillion sector". Those are followed; where none of them stands the figure stays unnamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.metrics import find_metrics
from readthrough.reading.noun_forms import leads, move_of, nominal, noun_way
from readthrough.reading.noun_words import (
    ADDING,
    AUXILIARY,
    BE,
    CURRENCIES,
    DEBTS,
    FILL,
    FIRMS,
    GAPS,
    HANDED,
    LINKERS,
    LINKS,
    MARKETS,
    MEASURES,
    NOT_HEADS,
    PARTICLES,
    SHARES,
    SPENT_FORMS,
    STOP,
    TIMES,
    VALUES,
    WENT,
)
from readthrough.reading.numbers import Quantity

__all__ = ["bind_phrase"]

_LEFT: Final = 150  # code points before a figure in which its phrase is looked for
_RIGHT: Final = 70
_DETERMINERS: Final = frozenset("a an the its their this that his her".split())
_LEADING: Final = frozenset("the a an its their his her our new all".split())
_TOKEN: Final = lazily(r"[^\W_][\w’'&./-]*|[,;:()–—]|[\"“”]")
_END: Final = lazily(r"[.'’]+$")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase by its words and place."""

    words: tuple[str, ...]
    start: int
    end: int

    @property
    def head(self) -> str:
        return self.words[-1]


@dataclass(frozen=True, slots=True)
class _Around:
    """A figure with the words before and after it."""

    text: str
    quantity: Quantity
    mentions: tuple[Mention, ...]
    before: Sequence[_Word]
    after: Sequence[_Word]


def bind_phrase(
    text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Name a figure of a sentence (start..end of lower-cased text) by the phrase that governs it.

    Returns:
        None when the figure hangs on no phrase.
    """
    left = max(start, quantity.start - _LEFT)
    around = _Around(
        text,
        quantity,
        mentions,
        _words(text, left, quantity.start),
        _words(text, quantity.end, min(end, quantity.end + _RIGHT)),
    )
    return _by_change(around) or _by_what_follows(around) or _by_what_leads(around)


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [
        _Word(_END.sub("", m.group()) or m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text, start, end)
    ]


_COMPARED: Final = {
    **dict.fromkeys(("more", "larger", "bigger", "faster", "longer", "higher", "greater", "stronger", "heavier", "wider"), Direction.UP),
    **dict.fromkeys(("fewer", "less", "smaller", "cheaper", "slower", "shorter", "lower", "weaker", "lighter", "narrower"), Direction.DOWN),
}  # fmt: skip


def _by_change(around: _Around) -> Binding | None:
    """Read "a 31% jump in accounts" and "a drop of 3% in demand"."""
    after, quantity = around.after, around.quantity
    if quantity.unit is Unit.COUNT:
        return None
    if len(after) > 1 and after[1].text != "than" and (step := _COMPARED.get(after[0].text)) is not None:
        phrase = _phrase_after(around, 1)
        if phrase is not None and phrase.words[0] not in TIMES:
            return _named(phrase, is_change=True, change=step)
    way, place = None, 0
    for i, word in enumerate(after[:4]):
        if word.text in STOP or not word.text[0].isalpha():
            break
        if (way := noun_way(word.text)) is not None:
            place = i + 1
            break
    else:
        return None
    if way is None:
        return None
    if place < len(after) and after[place].text in {"in", "of", "for", "to"}:
        phrase = _phrase_after(around, place + 1)
        if phrase is not None:
            return _named(phrase, is_change=True, change=way)
    return None


def _by_what_follows(around: _Around) -> Binding | None:
    """Read "$2.2 billion of notes", "$7 billion in Venezuelan assets", "the $3 trillion sector"."""
    after, unit = around.after, around.quantity.unit
    if not after:
        return None
    first = after[0]
    if first.text in {"in", "of"} or (first.text == "worth" and len(after) > 1 and after[1].text == "of"):
        place = 2 if first.text == "worth" else 1
        if first.text == "in" and (place >= len(after) or after[place].text in TIMES | STOP):
            return None
        phrase = _phrase_after(around, place)
        if phrase is None or phrase.words[0] in TIMES:
            return None
        if unit is Unit.PERCENT:
            if first.text == "in":
                return None
            name = "share of " + " ".join(phrase.words)
            return Binding(metric=name, at=around.quantity.start)
        return _named(phrase, at=around.quantity.start) if unit in MONEYS else None
    if unit in MONEYS and around.before and _determined(around.before):
        phrase = _phrase_after(around, 0)
        if phrase is not None and phrase.head in FIRMS:
            return Binding(metric="market value", at=around.quantity.start)
        if phrase is not None and len(phrase.words) <= 3:
            way = noun_way(phrase.head)
            return None if way else _named(phrase, at=around.quantity.start)
    return None


def _determined(before: Sequence[_Word]) -> bool:
    """Tell whether a determiner or an owner stands before a figure, within three words."""
    for word in reversed(before[-3:]):
        if word.text in _DETERMINERS or word.text.endswith(("'s", "’s")):
            return True
        if word.text in STOP or not word.text[0].isalpha():
            return False
    return False


def _phrase_after(around: _Around, place: int) -> _Phrase | None:
    """Return the noun phrase that begins at a word after the figure."""
    kept: list[_Word] = []
    for word in around.after[place:]:
        if not word.text[0].isalpha():
            break
        if word.text in _LEADING or word.text.endswith(("'s", "’s", "s'", "s’")):
            if kept:
                break
            continue
        if word.text in STOP or _verbal(word.text, bool(kept)):
            break
        kept.append(word)
        if len(kept) == 4:
            break
    return _phrase(around, kept)


def _verbal(word: str, later: bool) -> bool:
    """Tell words that close a phrase: a movement, or what ends like a past tense after a noun."""
    return move_of(word) is not None or (later and word.endswith(("ed", "ing")) and len(word) > 5)


def _by_what_leads(around: _Around) -> Binding | None:
    before, quantity = around.before, around.quantity
    i = _skip(before, len(before) - 1)
    if i < 0:
        return None
    word = before[i].text
    if (moved := _by_particle(around, i)) is not None:
        return moved
    if word == "of":
        return _of(around, i)
    if word in {"to", "by"}:
        return _to_or_by(around, i, level=word == "to")
    if word == "at":
        return _at(around, i)
    if word == "worth":
        return _subject(around, i, is_change=False, change=None)
    if word in {"for", "from", "in", "on", "with"}:
        return None
    if quantity.unit in MONEYS and word in HANDED:
        return _handed(around, word)
    way = move_of(word)
    if way is not None:
        return _subject(around, i, is_change=True, change=way)
    if word in BE or word in LINKS:
        return _subject(around, i, is_change=False, change=None)
    if quantity.unit in MONEYS and word in SPENT_FORMS:
        return Binding(metric=SPENT_FORMS[word], at=quantity.start)
    if word == ":" and i > 0:
        return _bound(around, i - 1, is_change=False, change=None)
    return None


def _by_particle(around: _Around, i: int) -> Binding | None:
    """Read "membership is up 15%", "Delta ahead by 3.5%" and "shares put on 11p"."""
    before = around.before
    word = before[i].text
    if word == "on" and i and before[i - 1].text in {"put", "puts", "putting"}:
        return _subject(around, i - 1, is_change=True, change=Direction.UP)
    if word == "by" and i:
        i, word = i - 1, before[i - 1].text
    way = PARTICLES.get(word)
    if way is None or i == 0:
        return None
    if before[i - 1].text in WENT:
        return _subject(around, i - 1, is_change=True, change=way)
    if (verb := before[i - 1].text) in BE or move_of(verb) is not None or before[i - 1].text in LINKS:
        return _subject(around, i - 1, is_change=True, change=way)
    return _bound(around, i - 1, is_change=True, change=way)


def _handed(around: _Around, verb: str) -> Binding | None:
    """Read "added $4 billion to the programme" and "wiped $16 billion off its market value"."""
    after = around.after
    if len(after) < 2 or after[0].text not in {"to", "from", "off", "onto", "in", "of"}:
        return None
    phrase = _phrase_after(around, 1)
    if phrase is None or phrase.words[0] in TIMES:
        return None
    added = after[0].text in {"to", "onto"} or (verb in ADDING and after[0].text in {"in", "of"})
    return _named(
        phrase,
        is_change=True,
        change=Direction.UP if added else Direction.DOWN,
        at=around.quantity.start,
    )


def _skip(before: Sequence[_Word], i: int) -> int:
    """Pass over the words that only hedge a figure, and over "an average of"."""
    while i >= 0:
        word = before[i].text
        if (word == "to" and i > 0 and before[i - 1].text == "up") or (
            word == "of" and i > 0 and before[i - 1].text in MEASURES
        ):
            i -= 2
        elif (
            word in FILL
            or (word.endswith("ly") and word not in {"supply", "monthly"})
            or (word == "at" and i + 1 < len(before) and before[i + 1].text == "least")
        ):
            i -= 1
        else:
            break
    return i


def _of(around: _Around, i: int) -> Binding | None:
    before = around.before
    if i and before[i - 1].text in GAPS:
        name, turn = GAPS[before[i - 1].text]
        return Binding(metric=name, at=before[i - 1].start, change=turn)
    way = noun_way(before[i - 1].text) if i else None
    if way is not None and around.quantity.unit is not Unit.COUNT:
        modifier = _phrase_before(around, i - 2)
        if modifier is not None and modifier.words[0] not in MEASURES:
            return _named(modifier, is_change=True, change=way)
        return None
    return _bound(around, i - 1, is_change=False, change=None)


def _to_or_by(around: _Around, i: int, *, level: bool) -> Binding | None:
    before = around.before
    at = i - 1
    while at >= 0 and (
        before[at].text in {"higher", "lower", "up", "down", "back"} or before[at].text.endswith("ly")
    ):
        at -= 1
    if at < 0:
        return None
    way = move_of(before[at].text)
    if way is not None:
        return _subject(around, at, is_change=not level, change=way)
    if before[at].text in {"came", "come", "comes", "amounted", "amounts", "climbing"}:
        return _subject(around, at, is_change=False, change=None)
    # "cut exports by 3%", "raised its target to 5%": the object stands between the verb and the figure
    for place in range(at, max(-1, at - 9), -1):
        word = before[place].text
        if word in {",", ";", ":", "(", ")"}:
            break
        verb = move_of(word)
        if verb is None or place == at:
            continue
        phrase = _first_phrase(around, place + 1, at)
        if phrase is None:
            return None
        return _named(phrase, is_change=not level, change=verb)
    return None


def _first_phrase(around: _Around, left: int, right: int) -> _Phrase | None:
    """Return the first noun phrase between two words: the object of the verb before them."""
    kept: list[_Word] = []
    for word in around.before[left : right + 1]:
        if word.text in STOP or not word.text[0].isalpha() or word.text.endswith(("'s", "’s", "s'", "s’")):
            if kept:
                break
            continue
        kept.append(word)
    return _phrase(around, kept)


def _at(around: _Around, i: int) -> Binding | None:
    before = around.before
    at = i - 1
    if at < 0:
        return None
    word = before[at].text
    if word in VALUES:
        return Binding(metric="market value", at=before[at].start)
    if word in LINKS or word in BE:
        return _subject(around, at, is_change=False, change=None)
    if word in {"estimated", "projected", "forecast", "pegged", "put", "seen"}:
        return _subject(around, at, is_change=False, change=None)
    for place in range(at, max(-1, at - 9), -1):
        if (
            before[place].text in {"put", "puts", "pegged", "estimates", "estimated", "keeps", "kept", "left"}
            and place < at
        ):
            phrase = _first_phrase(around, place + 1, at)
            return _named(phrase) if phrase is not None else None
    return None


def _subject(around: _Around, verb: int, *, is_change: bool, change: Direction | None) -> Binding | None:
    """Name a figure by the subject of the verb at a place."""
    before = around.before
    i = verb - 1
    while i >= 0 and (
        before[i].text in AUXILIARY or (before[i].text.endswith("ly") and before[i].text not in {"supply"})
    ):
        i -= 1
    opening = {",": ",", ")": "("}.get(before[i].text) if i >= 0 else None
    if opening is not None:  # an aside between the subject and its verb
        opens = next((k for k in range(i - 1, max(-1, i - 16), -1) if before[k].text == opening), 0)
        if opens == 0:
            return None
        i = opens - 1
    return _bound(around, i, is_change=is_change, change=change)


def _bound(around: _Around, i: int, *, is_change: bool, change: Direction | None) -> Binding | None:
    if is_change and around.quantity.unit is Unit.PERCENT and i >= 0:
        named = _company(around, around.before[i])
        if named is not None and (whole := _held_by(around, named, i)) is not None:
            return _named(whole, is_change=True, change=change)
        if named is not None:
            return Binding(metric="share price", at=named.span.start, is_change=True, change=change)
    phrase = _phrase_before(around, i)
    if phrase is None:
        return None
    if phrase.head in SHARES:
        return Binding(metric="share price", at=phrase.start, is_change=is_change, change=change)
    return _named(phrase, is_change=is_change, change=change)


_HOLDING: Final = frozenset({"at", "of", "for", "by"})
_HELD_SHARES: Final = frozenset(
    "shares stock share price prices value units parent owner rivals rival peers".split()
)


def _held_by(around: _Around, named: Mention, i: int) -> _Phrase | None:
    """Return the phrase a company only holds: "interest expense" in "interest expense at AT&T fell by a fifth"."""
    while i >= 0 and around.before[i].end > named.span.start:
        i -= 1
    if i < 1 or around.before[i].text not in _HOLDING:
        return None
    phrase = _phrase_before(around, i - 1)
    return phrase if phrase is not None and phrase.head not in _HELD_SHARES else None


def _company(around: _Around, word: _Word) -> Mention | None:
    return next(
        (m for m in around.mentions if m.span.start < word.end and word.start < m.span.end),
        None,
    )


def _phrase_before(around: _Around, i: int) -> _Phrase | None:
    """Return the noun phrase that ends at a word before the figure; one it hangs on by "of" and the like governs it."""
    before = around.before
    kept: list[_Word] = []
    while i >= 0 and len(kept) < 4:
        word = before[i]
        if (
            not word.text[0].isalpha()
            or word.text in STOP
            or word.text.endswith(("'s", "’s", "s'", "s’"))
            or (kept and move_of(word.text) is not None)
            or (kept and len(word.text) > 4 and word.text.endswith("ly"))
        ):
            break
        kept.insert(0, word)
        i -= 1
    phrase = _phrase(around, kept)
    while i >= 0 and before[i].text in {"the", "a", "an", "its", "their", "each", "all", "our"}:
        i -= 1
    if i > 0 and before[i].text in LINKERS and before[i - 1].text not in LINKERS:
        if before[i - 1].text in MEASURES or before[i - 1].text == "percentage":
            return phrase
        head = _phrase_before(around, i - 1)
        if head is not None and not any(w.endswith(("ed", "ing")) for w in head.words[-1:]):
            return head
    return phrase


_NOUNS_IN_LY: Final = frozenset(
    {"supply", "assembly", "anomaly", "monopoly", "family", "italy", "july", "rally"}
)


def _phrase(around: _Around, kept: list[_Word]) -> _Phrase | None:
    while len(kept) > 1 and kept[-1].text.endswith("ly") and kept[-1].text not in _NOUNS_IN_LY:
        kept = kept[:-1]  # "agricultural imports annually"
    if not kept:
        return None
    head = kept[-1].text
    if not nominal(head) or (len(kept) == 1 and head in NOT_HEADS):
        return None
    if any(m.span.start < kept[-1].end and kept[-1].start < m.span.end for m in around.mentions):
        return None
    words = [
        w for w in kept if not any(m.span.start < w.end and w.start < m.span.end for m in around.mentions)
    ][-3:]
    while len(words) > 1 and not leads(words[0].text):
        words = words[1:]
    return _Phrase(tuple(w.text for w in words), words[0].start, words[-1].end)


def _named(
    phrase: _Phrase, *, is_change: bool = False, change: Direction | None = None, at: int | None = None
) -> Binding:
    """Give a phrase the field's word where its head has one."""
    words = " ".join(phrase.words)
    place = phrase.start if at is None else at
    known = find_metrics(words, 0, len(words))
    if known and known[-1].end == len(words):
        name = known[-1].name
    elif phrase.head in {"economy", "economies"} and is_change:
        name = "gdp"
    elif phrase.head in CURRENCIES:
        name = "exchange rate"
    elif phrase.head in MARKETS:
        name = "index"
    elif phrase.head in DEBTS:
        name = "bond price" if is_change else "debt"
    else:
        name = words
    return Binding(metric=name, at=place, is_change=is_change, change=change)
