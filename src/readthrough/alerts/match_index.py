"""Which rules a note meets, out of very many: an inverted index that takes changes while it is used.

A rule becomes clauses (`match_clauses`), each filed under the entries of its rarest list. A note looks up what
it has, and bounds and remaining lists of all clauses it finds are compared at once, as arrays. What arrays
cannot tell is asked of the few that are left by the plain evaluation in `conditions`, which is also what the
whole is tested against.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from readthrough.alerts.conditions import (
    ANY_BOOK,
    Directory,
    Prepared,
    Sight,
    Watchlists,
    directory,
    holds,
    prepare,
)
from readthrough.alerts.match_clauses import (
    BOOK,
    COLUMNS,
    Clause,
    Kind,
    Left,
    clauses_of,
    measures,
    subject_atoms,
)
from readthrough.alerts.match_words import Phrases
from readthrough.alerts.subjects import View
from readthrough.domain.alert import Rule
from readthrough.domain.errors import RuleError
from readthrough.universe.master import Universe

__all__ = ["Matches", "RuleIndex", "met_by"]

Whole: TypeAlias = npt.NDArray[np.intp]
"""Clauses, rows or slots."""
Flags: TypeAlias = npt.NDArray[np.bool_]

_ALWAYS: Final = -1
_TRUE, _FALSE = 0, 1  # sets that every note meets, and that none does
_OF_SUBJECT: Final = (Kind.WHO, Kind.EVENT, Kind.SECTOR)
_OF_NOTE: Final = (Kind.THEME, Kind.SOURCE, Kind.WORDS)


@dataclass(frozen=True, slots=True)
class Matches:
    """Which rules were met, by which subject of the note, and whether a rule's own terms hush it."""

    slots: Whole
    subjects: Whole
    hushed: npt.NDArray[np.int8]  # 0 speaks, 1 below relevance, 2 low novelty

    def __len__(self) -> int:
        return len(self.slots)


class _Sets:
    """Lists that clauses need beside the one they are found by; equal ones are kept once."""

    def __init__(self) -> None:
        self._number: dict[frozenset[str], int] = {}
        self._uses: list[int] = [1, 1]
        self._entries: list[frozenset[str] | None] = [None, None]
        self._free: list[int] = []
        self.by_entry: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._uses)

    def take(self, entries: frozenset[str]) -> int:
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
        return self._entries[number] or frozenset()

    def drop(self, number: int) -> None:
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


class RuleIndex:
    """Rules, found by what a note has. Change it and ask it from one thread at a time."""

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        universe: Universe | None = None,
        watchlists: Watchlists | None = None,
    ) -> None:
        """Index the rules; one that is not enabled is left out.

        Args:
            rules: What to index.
            universe: Turns a ticker into its issuer, so that a rule on ASML.AS meets news on ASML.
                Without it, tickers match as spelled.
            watchlists: Tickers by person and name of the list.
        """
        self._names: Directory = directory(universe, watchlists)
        self.universe = universe
        self._slot_of: dict[str, int] = {}
        self._rules: list[Rule | None] = []
        self._clauses_at: list[tuple[int, ...]] = []
        self._free_slots: list[int] = []
        self._free: list[int] = []
        self._top = 0
        self._filed: list[tuple[int, tuple[str, ...]]] = []
        self._postings: dict[int, dict[str, array[int]]] = {kind: {} for kind in (_ALWAYS, *Kind, BOOK)}
        self._met = [_Sets() for _ in Kind]
        self._phrases = Phrases()
        self._asked: dict[int, Prepared] = {}
        self._room(1024)
        for rule in rules:
            self.add(rule)
        self._phrases.settle()

    def _room(self, most: int) -> None:
        """Make room for clauses; what is there stays in place."""
        old = getattr(self, "_lows", np.empty((0, len(COLUMNS)), np.float32))
        self._lows = _grown(old, (most, len(COLUMNS)), np.float32, -np.inf)
        kinds = len(Kind)
        self._need = _grown(
            getattr(self, "_need", np.empty((0, kinds), np.int32)), (most, kinds), np.int32, _TRUE
        )
        self._bar = _grown(
            getattr(self, "_bar", np.empty((0, kinds), np.int32)), (most, kinds), np.int32, _FALSE
        )
        self._left = _grown(getattr(self, "_left", np.empty(0, np.int8)), (most,), np.int8, 0)
        self._slot = _grown(getattr(self, "_slot", np.empty(0, np.int32)), (most,), np.int32, 0)
        self._hush = _grown(getattr(self, "_hush", np.empty((0, 2), np.float32)), (most, 2), np.float32, 0)

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._slot_of

    def __iter__(self) -> Iterator[Rule]:
        return (rule for rule in self._rules if rule is not None)

    def rule(self, slot: int) -> Rule:
        """Return the rule of a match."""
        found = self._rules[slot]
        assert found is not None  # a match is read before the index changes
        return found

    def prepared(self, slot: int) -> Prepared:
        """Return the rule of a match with its names looked up."""
        return self._asked.get(slot) or self.prepared_for(self.rule(slot))

    def prepared_for(self, rule: Rule) -> Prepared:
        """Return a rule with its names looked up as this index does."""
        return prepare(rule, self._names)

    def add(self, rule: Rule) -> None:
        """Add a rule, in place of the one with its id.

        Raises:
            RuleError: It spells out as more clauses than are allowed.
        """
        clauses: list[Clause] | None = []
        prepared = None
        if rule.enabled:
            prepared = prepare(rule, self._names)
            clauses = clauses_of(prepared)
        if clauses is None:
            raise RuleError(
                f"rule ({rule.id}): any_of: it has too many alternatives.", remedy="Make it two rules."
            )
        self.remove(rule.id)
        if prepared is None:
            return
        slot = self._free_slots.pop() if self._free_slots else len(self._rules)
        if slot == len(self._rules):
            self._rules.append(None)
            self._clauses_at.append(())
        self._rules[slot] = rule
        self._slot_of[rule.id] = slot
        if any(clause.left is not Left.NOTHING for clause in clauses):
            self._asked[slot] = prepared
        self._clauses_at[slot] = tuple(self._add_clause(clause, rule, slot) for clause in clauses)

    def remove(self, rule_id: str) -> bool:
        """Forget a rule; False when there was none."""
        slot = self._slot_of.pop(rule_id, None)
        if slot is None:
            return False
        for number in self._clauses_at[slot]:
            kind, entries = self._filed[number]
            for entry in entries:
                _unfile(self._postings[kind], entry, number)
            if kind == Kind.WORDS:
                self._phrases.drop(entries)
            for of, sets in zip(Kind, self._met, strict=True):
                for taken in (int(self._need[number, of]), int(self._bar[number, of])):
                    if of == Kind.WORDS:
                        self._phrases.drop(sets.entries(taken))
                    sets.drop(taken)
            self._free.append(number)
        self._rules[slot], self._clauses_at[slot] = None, ()
        self._asked.pop(slot, None)
        self._free_slots.append(slot)
        return True

    def _add_clause(self, clause: Clause, rule: Rule, slot: int) -> int:
        if self._free:
            number = self._free.pop()
        else:
            number = self._top
            self._top += 1
            self._filed.append((0, ()))
            if number == len(self._slot):
                self._room(2 * number)
        kind, entries = clause.found_by()
        self._filed[number] = (kind, tuple(entries))
        for entry in entries:
            _file(self._postings[kind], entry, number)
        lows = self._lows[number]
        lows[:] = -np.inf
        for column, low in clause.lows.items():
            lows[column] = low
        self._need[number], self._bar[number] = _TRUE, _FALSE
        for of, wanted in clause.met.items():
            if of == Kind.WORDS:
                self._phrases.add(wanted)
            if of != kind:
                self._need[number, of] = self._met[of].take(wanted)
        for of, barred in clause.unmet.items():
            if of == Kind.WORDS:
                self._phrases.add(barred)
            self._bar[number, of] = self._met[of].take(barred)
        self._left[number], self._slot[number] = clause.left, slot
        self._hush[number] = rule.min_relevance, rule.min_novelty
        return number

    def match(self, view: View, sight: Sight | None = None) -> Matches:
        """Find the rules that a note meets, each with the subject an alert would name.

        Args:
            view: The note.
            sight: The same, where its text has been lowered already.
        """
        sight = sight or Sight(view)
        bases = sum(1 for subject in view.subjects if subject.impact is None)
        note_atoms = self._note_atoms(sight)
        found, rows = self._candidates(view, bases, note_atoms)
        if not len(found):
            return Matches(found, rows, np.empty(0, np.int8))
        values = np.array([measures(subject, view) for subject in view.subjects], np.float32)
        kept = (values[rows] >= self._lows[found]).all(axis=1)
        found, rows = found[kept], rows[kept]
        found, rows = self._lists(view, bases, note_atoms, found, rows)
        found, rows = self._rest(view, sight, found, rows)
        return self._verdicts(view, found, rows)

    def _note_atoms(self, sight: Sight) -> dict[Kind, Iterable[str]]:
        words = self._phrases.found(sight.text) if len(self._phrases) else ()
        return {Kind.THEME: sight.view.themes, Kind.SOURCE: sight.view.sources, Kind.WORDS: words}

    def _candidates(
        self, view: View, bases: int, note_atoms: dict[Kind, Iterable[str]]
    ) -> tuple[Whole, Whole]:
        parts: list[array[int]] = []
        row_of: list[int] = []
        of_kind = self._postings
        for row, subject in enumerate(view.subjects[:bases]):
            for kind, atoms in zip(_OF_SUBJECT, subject_atoms(subject), strict=True):
                for atom in atoms:
                    if (posting := of_kind[kind].get(atom)) is not None:
                        parts.append(posting)
                        row_of.append(row)
        books = of_kind[BOOK]
        if books:
            anywhere = books.get(ANY_BOOK)
            for row, subject in enumerate(view.subjects[bases:], start=bases):
                assert subject.impact is not None
                for posting in (books.get(subject.impact.portfolio), anywhere):
                    if posting is not None:
                        parts.append(posting)
                        row_of.append(row)
        everywhere = [
            posting
            for kind in _OF_NOTE
            for atom in note_atoms[kind]
            if (posting := of_kind[kind].get(atom)) is not None
        ]
        if (always := of_kind[_ALWAYS].get("")) is not None:
            everywhere.append(always)
        for row in range(bases) if everywhere else ():
            parts += everywhere
            row_of += [row] * len(everywhere)
        found = np.frombuffer(b"".join(parts), np.int32).astype(np.intp)
        rows = np.repeat(np.array(row_of, np.intp), [len(part) for part in parts])
        return found, rows

    def _lists(
        self,
        view: View,
        bases: int,
        note_atoms: dict[Kind, Iterable[str]],
        found: Whole,
        rows: Whole,
    ) -> tuple[Whole, Whole]:
        """Keep what meets the lists it must and none that it must not."""
        base_of = np.array([subject.base for subject in view.subjects], np.intp)
        for kind, sets in zip(Kind, self._met, strict=True):
            if len(sets) == _FALSE + 1 or not len(found):
                continue
            if kind in _OF_SUBJECT:
                atoms = [list(subject_atoms(subject)[kind]) for subject in view.subjects[:bases]]
                truth = _truth(sets, atoms)
                at = base_of[rows]
                kept = truth[at, self._need[found, kind]] & ~truth[at, self._bar[found, kind]]
            else:
                line = _truth(sets, [list(note_atoms[kind])])[0]
                kept = line[self._need[found, kind]] & ~line[self._bar[found, kind]]
            found, rows = found[kept], rows[kept]
        return found, rows

    def _rest(self, view: View, sight: Sight, found: Whole, rows: Whole) -> tuple[Whole, Whole]:
        """Ask what arrays cannot tell."""
        left = self._left[found]
        if not left.any():
            return found, rows
        kept = left == Left.NOTHING
        for place in np.flatnonzero(~kept):
            slot, subject = int(self._slot[found[place]]), view.subjects[rows[place]]
            if left[place] == Left.PREDICATE:
                kept[place] = sight.predicate(self.rule(slot).predicate, subject)
            else:
                kept[place] = holds(self._asked[slot], subject, sight)
        return found[kept], rows[kept]

    def _verdicts(self, view: View, found: Whole, rows: Whole) -> Matches:
        """Name the foremost subject of each rule, and let the rule's own least relevance and novelty speak."""
        order = sorted(range(len(view.subjects)), key=lambda row: view.subjects[row].rank)
        place = np.empty(len(order), np.intp)
        place[order] = np.arange(len(order))
        keys = np.sort(self._slot[found].astype(np.intp) * len(order) + place[rows])
        slots = keys // len(order)
        first = np.ones(len(slots), np.bool_)
        first[1:] = slots[1:] != slots[:-1]
        slots, subjects = slots[first], np.array(order, np.intp)[(keys % len(order))[first]]
        relevance = np.array([-1.0 if s.passing else s.relevance for s in view.subjects], np.float32)
        least = self._slot_hush(slots)
        hushed = np.zeros(len(slots), np.int8)
        hushed[np.float32(view.novelty) < least[:, 1]] = 2
        hushed[relevance[subjects] < least[:, 0]] = 1
        return Matches(slots, subjects, hushed)

    def _slot_hush(self, slots: Whole) -> npt.NDArray[np.float32]:
        first = np.array([self._clauses_at[slot][0] for slot in slots.tolist()], np.intp)
        least: npt.NDArray[np.float32] = self._hush[first]
        return least

    def naive(self, view: View, sight: Sight | None = None) -> dict[str, tuple[int, int]]:
        """What `match` must give, by asking every rule: subject and hush by rule id."""
        sight = sight or Sight(view)
        found = {}
        for rule in self:
            met = met_by(self.prepared_for(rule), sight)
            if met is not None:
                found[rule.id] = met
        return found


def met_by(prepared: Prepared, sight: Sight) -> tuple[int, int] | None:
    """Ask one rule by itself: the subject that meets it and whether it is hushed, None where none does."""
    view, rule = sight.view, prepared.asked
    fitting = [row for row, subject in enumerate(view.subjects) if holds(prepared, subject, sight)]
    if not fitting:
        return None
    row = min(fitting, key=lambda fit: view.subjects[fit].rank)
    subject = view.subjects[row]
    if subject.passing or subject.relevance < rule.min_relevance:
        return row, 1
    return row, 2 if view.novelty < rule.min_novelty else 0


def _truth(sets: _Sets, atoms: Sequence[Sequence[str]]) -> Flags:
    truth = np.zeros((len(atoms), len(sets)), np.bool_)
    truth[:, _TRUE] = True
    for row, entries in enumerate(atoms):
        for entry in entries:
            if (numbers := sets.by_entry.get(entry)) is not None:
                truth[row, np.frombuffer(numbers, np.int32)] = True
    return truth


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


def _grown(old: npt.NDArray[Any], shape: tuple[int, ...], kind: type, blank: float) -> npt.NDArray[Any]:
    made: npt.NDArray[Any] = np.full(shape, blank, kind)
    made[: len(old)] = old
    return made
