"""A rule as clauses: what must hold together, in shapes that arrays can be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import product
from typing import Final

from readthrough.alerts.conditions import Prepared, keys_of
from readthrough.alerts.subjects import Subject, View
from readthrough.domain.alert import Rule

__all__ = [
    "BOOK",
    "COLUMNS",
    "MOST_CLAUSES",
    "Clause",
    "Kind",
    "Left",
    "clauses_of",
    "event_atoms",
    "measures",
]

MOST_CLAUSES: Final = 64
"""Clauses of a rule: the product of its `any_of` tables."""


class Kind(IntEnum):
    """What a list of a condition is about. The first three are asked of a subject, the rest of the note."""

    WHO = 0
    EVENT = 1
    SECTOR = 2
    THEME = 3
    SOURCE = 4
    WORDS = 5


BOOK: Final = 6
"""The seventh kind, which only ever finds clauses: one that names a book is found by it."""

_RARITY: Final = (0.002, 0.02, 0.2, 0.1, 0.1, 0.004)
"""How often one entry of each kind is met, roughly, on the sample wire: a clause is found by its rarest list."""
_ALWAYS: Final = -1

COLUMNS: Final = (
    "abs_score",
    "positive",
    "negative",
    "book_positive",
    "book_negative",
    "impact",
    "up",
    "down",
    "change",
    "relevance",
    "novelty",
    "weight",
    "effect_bps",
)
"""What is compared with a bound from below: `measures` gives a subject's values in this order."""
_AT: Final = {name: place for place, name in enumerate(COLUMNS)}


class Left(IntEnum):
    """What arrays cannot tell of a clause, and must be asked of each candidate."""

    NOTHING = 0
    PREDICATE = 1
    ALL = 2


@dataclass(slots=True)
class Clause:
    """Lists of which one entry must be met, lists of which none may be, and bounds."""

    met: dict[Kind, frozenset[str]] = field(default_factory=dict)
    unmet: dict[Kind, frozenset[str]] = field(default_factory=dict)
    books: frozenset[str] | None = None
    lows: dict[int, float] = field(default_factory=dict)
    left: Left = Left.NOTHING

    def found_by(self) -> tuple[int, frozenset[str]]:
        """The kind of list it is found by, and the list; every note finds it where it has none."""
        if self.books is not None:
            return BOOK, self.books
        if not self.met:
            return _ALWAYS, frozenset(("",))
        kind = min(self.met, key=lambda k: len(self.met[k]) * _RARITY[k])
        return int(kind), self.met[kind]


def clauses_of(prepared: Prepared) -> list[Clause] | None:
    """Spell a rule out as clauses, one of which must hold. Clauses nothing can meet are left out.

    Returns:
        None where there would be more than `MOST_CLAUSES`.
    """
    made = _spread([Clause()], prepared, booked=False)
    return None if made is None else [c for c in made if all(c.met.values())]


def _spread(clauses: list[Clause], prepared: Prepared, *, booked: bool) -> list[Clause] | None:
    booked = booked or prepared.booked
    made = [_joined(clause, prepared, booked) for clause in clauses]
    for inner in prepared.all_of:
        spread = _spread(made, inner, booked=booked)
        if spread is None:
            return None
        made = spread
    if prepared.any_of:
        branches: list[Clause] = []
        for inner in prepared.any_of:
            spread = _spread(made, inner, booked=booked)
            if spread is None or len(branches) + len(spread) > MOST_CLAUSES:
                return None
            branches += spread
        made = branches
    for inner in prepared.none_of:
        made = [_excluding(clause, inner) for clause in made]
    return made


def _joined(clause: Clause, prepared: Prepared, booked: bool) -> Clause:
    made = Clause(dict(clause.met), dict(clause.unmet), clause.books, dict(clause.lows), clause.left)
    for kind, entries in _lists(prepared):
        if kind not in made.met:
            made.met[kind] = entries
        elif kind is Kind.SECTOR or (kind is Kind.WHO and _looked_up(entries | made.met[kind])):
            made.met[kind] &= entries
        else:  # two lists, each of which must be met in its own way
            made.left = Left.ALL
    if prepared.books is not None:
        if made.books is not None:
            made.left = Left.ALL
        else:
            made.books = prepared.books
    for column, low in _lows(prepared, booked):
        made.lows[column] = max(low, made.lows.get(column, low))
    if prepared.asked.predicate:
        lone = isinstance(prepared.asked, Rule) and made.left is Left.NOTHING
        made.left = Left.PREDICATE if lone else Left.ALL
    return made


def _looked_up(who: frozenset[str]) -> bool:
    """Whether everybody stands under an issuer's id: one under a ticker may be the same as another under an id."""
    return not any(key.startswith("ticker:") for key in who)


def _lists(prepared: Prepared) -> Iterator[tuple[Kind, frozenset[str]]]:
    if prepared.who is not None:
        yield Kind.WHO, prepared.who
    if prepared.events is not None:
        yield Kind.EVENT, frozenset(_asked_events(prepared))
    if prepared.sectors is not None:
        yield Kind.SECTOR, prepared.sectors
    if prepared.themes is not None:
        yield Kind.THEME, prepared.themes
    if prepared.sources is not None:
        yield Kind.SOURCE, prepared.sources
    if prepared.phrases:
        yield Kind.WORDS, frozenset(prepared.phrases)


def _asked_events(prepared: Prepared) -> Iterator[str]:
    asked = prepared.asked
    for type_, modality in product(prepared.events or ("*",), asked.modalities or ("*",)):
        yield f"{type_}|{asked.polarity or '*'}|{modality}"


def event_atoms(subject: Subject) -> set[str]:
    """Every way in which a rule may ask for an event of a subject."""
    return {
        f"{type_}|{polarity}|{modality}"
        for happening in subject.events
        for type_ in (happening.type, "*")
        for polarity in (happening.polarity, "*")
        for modality in (happening.modality, "*")
    }


def _lows(prepared: Prepared, booked: bool) -> Iterator[tuple[int, float]]:
    asked = prepared.asked
    if asked.sign:
        yield _AT[("book_" if booked else "") + asked.sign], 1.0
    if asked.change:
        yield _AT[asked.change], 1.0
    bounds = [
        ("abs_score", asked.min_abs_score),
        ("impact", asked.min_impact),
        ("change", asked.min_change),
        ("weight", asked.min_weight),
        ("effect_bps", asked.min_effect_bps),
    ]
    if not isinstance(asked, Rule):  # a rule's own are its verdict's
        bounds += [("relevance", asked.min_relevance), ("novelty", asked.min_novelty)]
    yield from ((_AT[name], low) for name, low in bounds if low > 0)


def _excluding(clause: Clause, inner: Prepared) -> Clause:
    """Rule out what one list says; anything more is left to be asked."""
    lists = list(_lists(inner))
    plain = (
        len(lists) == 1
        and lists[0][0] not in clause.unmet
        and inner.books is None
        and not any(True for _ in _lows(inner, False))
        and not (inner.asked.predicate or inner.all_of or inner.any_of or inner.none_of)
    )
    if plain:
        kind, entries = lists[0]
        return replace(clause, unmet=clause.unmet | {kind: entries})
    return replace(clause, left=Left.ALL)


def measures(subject: Subject, view: View) -> tuple[float, ...]:
    """A subject's values in the order of `COLUMNS`."""
    sign, book, change = subject.sign, subject.book_sign, subject.change
    impact = subject.impact
    return (
        abs(subject.score),
        sign,
        -sign,
        book,
        -book,
        view.market_impact,
        (change > 0) - (change < 0),
        (change < 0) - (change > 0),
        abs(change),
        subject.relevance,
        view.novelty,
        abs((impact.weight or 0.0) if impact is not None else 0.0),
        abs(subject.effect_bps or 0.0),
    )


def subject_atoms(subject: Subject) -> tuple[Sequence[str], Iterable[str], Sequence[str]]:
    """What a subject is found by: its names, its events, its sector."""
    return keys_of(subject), event_atoms(subject), (subject.sector,) if subject.sector else ()
