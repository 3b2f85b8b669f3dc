"""A rule as clauses: what must hold together, in shapes that arrays can be asked about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import product
from math import ceil
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from readthrough.alerts.conditions import Prepared, keys_of
from readthrough.alerts.subjects import Subject, View
from readthrough.domain.alert import Rule
from readthrough.domain.taxonomy import EVENT_TYPES

__all__ = [
    "BOOK",
    "COLUMNS",
    "GATE_EVENTS",
    "GATE_HIGH",
    "MOST_CLAUSES",
    "Clause",
    "Gate",
    "GateRows",
    "Kind",
    "Left",
    "Sectors",
    "beyond_gate",
    "clauses_of",
    "event_atoms",
    "gate_of",
    "gate_rows",
    "in_gate",
    "measures",
    "subject_atoms",
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

_RARITY: Final = (0.002, 0.08, 0.15, 0.08, 0.2, 0.004)
"""How often one entry of each kind is met, roughly, on the sample wire: a clause is found by its rarest list."""
_ANY_EVENT_MET: Final = 0.6
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


GATE_HIGH: Final = 0x8080_8080_8080_8080
_BUT_BOOK: Final = 0xFFFF_FF80_FF80_80FF
_ALWAYS_BIT: Final = 1 << 63
_ANY_EVENT: Final = _ALWAYS_BIT - 1
_EVENT_BIT: Final = {type_: 1 << bit for bit, type_ in enumerate(list(EVENT_TYPES)[:63])}
_MORE_EVENTS: Final = {type_: 1 << bit for bit, type_ in enumerate(list(EVENT_TYPES)[63:74])}
_OTHER_EVENT: Final = 1 << 11
GATE_EVENTS: Final = 0xFFF
"""Of the third word: kinds of event beyond the second's; the rest are sectors, the last one everybody's."""
_ANY_SECTOR: Final = 1 << 31
_OTHER_SECTOR: Final = 1 << 30
_STEPS: Final = tuple(2 ** (step / 9) - 1 for step in range(128))
"""Basis points at which each of a gate's steps begins."""
_EDGES: Final = np.array(_STEPS)


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
        kind = min(self.met, key=lambda k: _frequency(k, self.met[k]))
        return int(kind), self.met[kind]


def _frequency(kind: Kind, entries: frozenset[str]) -> float:
    """How often a list is met, roughly. A polarity without a type is that of most events."""
    if kind is Kind.EVENT and any(entry.startswith("*") for entry in entries):
        return _ANY_EVENT_MET
    return len(entries) * _RARITY[kind]


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


Gate: TypeAlias = tuple[int, int, int]

Sectors: TypeAlias = dict[str, int]
"""The bit of each sector that some rule names."""


def gate_of(clause: Clause, sectors: Sectors) -> Gate:
    """Pack what decides most often into three words, compared with a subject's from `gate_rows`.

    The first holds eight bounds of seven bits; a subject passes where each of its own is as high. The others
    hold bits for kinds of event, and for sectors; a subject passes where they share one of either. A clause that
    asks for none has a bit that every subject has.
    """
    lows, sign = clause.lows, "" if clause.books is None else "book_"
    bounds = (
        ceil(lows.get(_AT["abs_score"], 0.0) * 100 - 1e-6),
        int(_AT[f"{sign}positive"] in lows),
        int(_AT[f"{sign}negative"] in lows),
        _hundredths(lows.get(_AT["impact"], 0.0)),
        _steps(lows.get(_AT["effect_bps"], 0.0)),
        _hundredths(lows.get(_AT["change"], 0.0) / 2),
        _hundredths(lows.get(_AT["novelty"], 0.0)),
        _hundredths(lows.get(_AT["relevance"], 0.0)),
    )
    events, more = _ALWAYS_BIT, 0
    if (kinds := clause.met.get(Kind.EVENT)) is not None:
        types = [atom.partition("|")[0] for atom in kinds]
        events, more = (_ANY_EVENT, GATE_EVENTS) if "*" in types else _bits(types)
    more |= _ANY_SECTOR
    if (named := clause.met.get(Kind.SECTOR)) is not None:
        more &= ~_ANY_SECTOR
        for sector in sorted(named):
            more |= sectors.setdefault(
                sector, 1 << (12 + len(sectors)) if len(sectors) < 18 else _OTHER_SECTOR
            )
    return sum(bound << (8 * place) for place, bound in enumerate(bounds)), events, more


def beyond_gate(clause: Clause) -> bool:
    """Whether its bounds are more than score and sign, which its gate holds exactly, and impact and effect."""
    sign = "" if clause.books is None else "book_"
    held = {"abs_score", "impact", "effect_bps", f"{sign}positive", f"{sign}negative"}
    return bool(clause.lows.keys() - {_AT[name] for name in held})


def in_gate(kind: Kind, entries: frozenset[str], sectors: Sectors) -> bool:
    """Whether a gate says all there is to say about a list."""
    if kind is Kind.EVENT:
        return all(atom.endswith("|*|*") and atom[:-4] in EVENT_TYPES for atom in entries)
    return kind is Kind.SECTOR and all(sectors.get(sector) != _OTHER_SECTOR for sector in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRows:
    """The subjects of a note as gates see them, and the size of each one's effect on its book."""

    packs: npt.NDArray[np.uint64]
    events: npt.NDArray[np.uint64]
    mores: npt.NDArray[np.uint64]  # in the upper half: the number of a clause stands below its own
    effects: npt.NDArray[np.float32]


def gate_rows(view: View, bases: int, sectors: Sectors) -> GateRows:
    """See a note as gates do; its first subjects, as many as `bases`, are without a book."""
    gates = [_gate_row(subject, view, sectors) for subject in view.subjects[:bases]]
    packs = np.array([gate[0] for gate in gates], np.uint64)
    events = np.array([gate[1] for gate in gates], np.uint64)
    mores = np.array([gate[2] << 32 for gate in gates], np.uint64)
    if bases == len(view.subjects):
        return GateRows(packs=packs, events=events, mores=mores, effects=np.zeros(bases, np.float32))
    held_by = view.subjects[bases:]
    impacts = [subject.impact for subject in held_by if subject.impact is not None]
    base = np.array([subject.base for subject in held_by], np.intp)
    sign = np.array([impact.sign for impact in impacts], np.float64)
    # What is unknown is neither up nor down by any figure: its sign is the impact's own.
    mid = np.array([impact.mid_bps for impact in impacts], np.float64)
    known = ~np.isnan(mid)
    effect = np.rint(np.where(known, mid, 0.0) * 10) / 10  # as `subjects.tenths` does
    sign = np.where(known, effect, sign)
    size = np.abs(effect)
    packed = packs[base] & np.uint64(_BUT_BOOK)
    packed |= (sign > 0).astype(np.uint64) << np.uint64(8)
    packed |= (sign < 0).astype(np.uint64) << np.uint64(16)
    packed |= (np.searchsorted(_EDGES, size, side="right") - 1).astype(np.uint64) << np.uint64(32)
    return GateRows(
        packs=np.concatenate((packs, packed)),
        events=np.concatenate((events, events[base])),
        mores=np.concatenate((mores, mores[base])),
        effects=np.concatenate((np.zeros(bases), size)).astype(np.float32),
    )


def _gate_row(subject: Subject, view: View, sectors: Sectors) -> Gate:
    sign = subject.sign
    bits, more = _bits(event.type for event in subject.events)
    packed = (
        round(abs(subject.score) * 100)
        | (sign > 0) << 8
        | (sign < 0) << 16
        | _hundredths(view.market_impact) << 24
        | _hundredths(abs(subject.change) / 2) << 40
        | _hundredths(view.novelty) << 48
        | _hundredths(subject.relevance) << 56
    )
    more |= _ANY_SECTOR | sectors.get(subject.sector, 0)
    return packed | GATE_HIGH, bits | _ALWAYS_BIT, more


def _hundredths(value: float) -> int:
    return min(127, int(value * 100))


def _steps(bps: float) -> int:
    """Basis points in steps that grow with them: 0 to 127 for up to 17,000."""
    return bisect_right(_STEPS, bps) - 1


def _bits(types: Iterable[str]) -> tuple[int, int]:
    events = more = 0
    for type_ in types:
        if bit := _EVENT_BIT.get(type_):
            events |= bit
        else:
            more |= _MORE_EVENTS.get(type_, _OTHER_EVENT)
    return events, more


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
