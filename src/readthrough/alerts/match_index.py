"""Which rules a note meets, out of very many: an inverted index that takes changes while it is used.

A rule becomes clauses (`match_clauses`), each filed under the entries of its rarest list. A note looks up what
it has, and bounds and remaining lists of all clauses it finds are compared at once, as arrays. What arrays
cannot tell is asked of the few that are left by the plain evaluation in `conditions`, which is also what the
whole is tested against.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

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
    Sectors,
    beyond_gate,
    clauses_of,
    gate_of,
    gate_rows,
    in_gate,
    measures,
    subject_atoms,
)
from readthrough.alerts.match_filing import Filed, Flags, Lists, Posting, Whole
from readthrough.alerts.match_words import Phrases
from readthrough.alerts.predicates import Question, compiled
from readthrough.alerts.subjects import View
from readthrough.domain.alert import Rule, RuleKind
from readthrough.domain.errors import RuleError
from readthrough.universe.master import Universe

__all__ = ["Fault", "Matches", "RuleIndex", "met_by"]


_ALWAYS: Final = -1
_WITHOUT_NOTE: Final = (RuleKind.SILENCE, RuleKind.MOVE_WITHOUT_NEWS)
_BEYOND, _LISTED, _PREDICATE, _ALL = 1, 2, 4, 8
_LEFT: Final = {Left.NOTHING: 0, Left.PREDICATE: _PREDICATE, Left.ALL: _ALL}
_IMPACT, _EFFECT = COLUMNS.index("impact"), COLUMNS.index("effect_bps")
_LISTS_AT: Final = 4
"""The bit at which the number of a clause's lists begins, after what more is to be asked."""
_OF_SUBJECT: Final = (int(Kind.WHO), int(Kind.EVENT), int(Kind.SECTOR))


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that was met up to its predicate, which could not be evaluated."""

    slot: int
    subject: int
    words: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Which rules were met, by which subject of the note, and whether a rule's own terms hush it."""

    slots: Whole
    subjects: Whole
    hushed: npt.NDArray[np.int8]  # 0 speaks, 1 below relevance, 2 low novelty
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        return len(self.slots)


@dataclass(frozen=True, slots=True)
class _Met:
    """Clauses met so far: their numbers, the subjects that meet them, their rules, and what more is to be asked."""

    clauses: Whole
    rows: Whole
    slots: npt.NDArray[np.int32]
    more: npt.NDArray[np.int32]

    def kept(self, flags: Flags) -> _Met:
        """Those that are flagged."""
        at = np.flatnonzero(flags)
        if len(at) == len(flags):
            return self
        return _Met(self.clauses.take(at), self.rows.take(at), self.slots.take(at), self.more.take(at))


class _Atoms:
    """What a note has that clauses are filed under: of each issuer and the article itself, and of the note."""

    def __init__(self, view: View, words: Iterable[str]) -> None:
        spoken = [subject for subject in view.subjects if subject.impact is None]
        self.bases = len(spoken)
        each = [subject_atoms(subject) for subject in spoken]
        self.of_subjects = [[one[kind] for one in each] for kind in _OF_SUBJECT]
        self.of_note: dict[int, Iterable[str]] = {
            int(Kind.THEME): view.themes,
            int(Kind.SOURCE): view.sources,
            int(Kind.WORDS): words,
        }
        self.base_of = np.array([subject.base for subject in view.subjects], np.intp)


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
        self._postings: dict[int, dict[str, Posting]] = {kind: {} for kind in (_ALWAYS, *Kind, BOOK)}
        self._lists = Lists()
        self._phrases = Phrases()
        self._by_kind: dict[RuleKind, dict[str, Rule]] = {kind: {} for kind in RuleKind}
        self._asked: dict[int, Prepared] = {}
        self._questions: dict[int, Question] = {}
        self._lows: npt.NDArray[np.float32]
        # Slot, least effect, least impact, and what more is to be asked with the number of its lists: side by
        # side, so that each clause that passes its gate costs one look at memory.
        self._record: npt.NDArray[np.int32]
        self._sectors: Sectors = {}
        self._hush = array("f")  # two of each slot: least relevance, least novelty
        self._room(1024)
        for rule in rules:
            self.add(rule)
        self._phrases.settle()

    def _room(self, most: int) -> None:
        """Make room for clauses; what is there stays in place."""
        shapes: tuple[tuple[str, tuple[int, ...], type, float], ...] = (
            ("_lows", (most, len(COLUMNS)), np.float32, -np.inf),
            ("_record", (most, 4), np.int32, 0),
        )
        for name, shape, kind, blank in shapes:
            made: npt.NDArray[Any] = np.full(shape, blank, kind)
            old = getattr(self, name, made[:0])
            made[: len(old)] = old
            setattr(self, name, made)

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._slot_of

    def __iter__(self) -> Iterator[Rule]:
        return (rule for rule in self._rules if rule is not None)

    def of_kind(self, kind: RuleKind) -> tuple[Rule, ...]:
        """Return the rules of a kind, by id."""
        return tuple(self._by_kind[kind][key] for key in sorted(self._by_kind[kind]))

    def waits_for_no_note(self) -> bool:
        """Whether any rule is woken by time or prices."""
        return any(self._by_kind[kind] for kind in _WITHOUT_NOTE)

    def watch(self, watchlists: Watchlists) -> None:
        """Go by these watchlists from now on; rules that name one are to be added again."""
        self._names = replace(self._names, watchlists=watchlists)

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
            clauses = [] if rule.kind in _WITHOUT_NOTE else clauses_of(prepared)
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
            self._hush.extend((0.0, 0.0))
        self._hush[2 * slot], self._hush[2 * slot + 1] = rule.min_relevance, rule.min_novelty
        self._rules[slot] = rule
        self._slot_of[rule.id] = slot
        if rule.kind is not RuleKind.NOTE:
            self._by_kind[rule.kind][rule.id] = rule
        left = {clause.left for clause in clauses}
        if Left.PREDICATE in left:
            self._questions[slot] = compiled(rule.predicate)
        if Left.ALL in left:
            self._asked[slot] = prepared
        self._clauses_at[slot] = tuple(self._add_clause(clause, rule, slot) for clause in clauses)

    def remove(self, rule_id: str) -> bool:
        """Forget a rule; False when there was none."""
        slot = self._slot_of.pop(rule_id, None)
        if slot is None:
            return False
        self._by_kind[self.rule(slot).kind].pop(rule_id, None)
        for number in self._clauses_at[slot]:
            kind, entries = self._filed[number]
            postings = self._postings[kind]
            for entry in entries:
                postings[entry].drop(number)
                if not postings[entry]:
                    del postings[entry]
            if kind == Kind.WORDS:
                self._phrases.drop(entries)
            lists = int(self._record[number, 3]) >> _LISTS_AT
            self._phrases.drop(self._lists.entries(lists, Kind.WORDS))
            self._lists.drop(lists)
            self._free.append(number)
        self._rules[slot], self._clauses_at[slot] = None, ()
        self._asked.pop(slot, None)
        self._questions.pop(slot, None)
        self._free_slots.append(slot)
        return True

    def _add_clause(self, clause: Clause, rule: Rule, slot: int) -> int:
        if self._free:
            number = self._free.pop()
        else:
            number = self._top
            self._top += 1
            self._filed.append((0, ()))
            if number == len(self._record):
                self._room(2 * number)
        kind, entries = clause.found_by()
        self._filed[number] = (kind, tuple(entries))
        gate, postings = gate_of(clause, self._sectors), self._postings[kind]
        for entry in entries:
            posting = postings.get(entry)
            if posting is None:
                posting = postings[entry] = Posting()
            posting.append(number, gate)
        beyond = beyond_gate(clause)
        if beyond:
            self._lows[number] = -np.inf
            for column, low in clause.lows.items():
                self._lows[number, column] = low
        for words in (clause.met.get(Kind.WORDS, ()), clause.unmet.get(Kind.WORDS, ())):
            self._phrases.add(words)
        needed = {
            of: wanted
            for of, wanted in clause.met.items()
            if of != kind and not in_gate(of, wanted, self._sectors)
        }
        lists = self._lists.take(needed, clause.unmet)
        more = _LEFT[clause.left] | (_LISTED if lists else 0) | (_BEYOND if beyond else 0)
        more |= lists << _LISTS_AT
        self._record[number, 0], self._record[number, 3] = slot, more
        least = clause.lows.get(_EFFECT, 0.0), clause.lows.get(_IMPACT, 0.0)
        self._record.view(np.float32)[number, 1:3] = least
        return number

    def match(self, view: View, sight: Sight | None = None) -> Matches:
        """Find the rules that a note meets, each with the subject an alert would name.

        Args:
            view: The note.
            sight: The same, where its text has been lowered already.
        """
        sight = sight or Sight(view)
        atoms = _Atoms(view, self._words_in(sight))
        met = self._candidates(view, atoms)
        if (beyond := (met.more & _BEYOND) != 0).any():
            met = self._bounds(view, met, beyond)
        if (listed := (met.more & _LISTED) != 0).any():
            met = self._listed(atoms, met, np.flatnonzero(listed))
        faults: dict[int, Fault] = {}
        if (left := met.more & (_PREDICATE | _ALL)).any():
            met = self._rest(view, sight, met, left, faults)
        return self._verdicts(view, atoms, met, faults)

    def _words_in(self, sight: Sight) -> Iterable[str]:
        return self._phrases.found(sight.text) if len(self._phrases) else ()

    def _candidates(self, view: View, atoms: _Atoms) -> _Met:
        """Find clauses by what the note has, and leave out those whose gates its subjects do not pass."""
        gates = gate_rows(view, atoms.bases, self._sectors)
        found, rows = self._filed_under(view, atoms).passing(gates)
        record = self._record.take(found, axis=0)
        least = record.view(np.float32)
        kept = least[:, 1] <= gates.effects.take(rows)
        kept &= least[:, 2] <= np.float32(view.market_impact)
        return _Met(found, rows, record[:, 0], record[:, 3]).kept(kept)

    def _filed_under(self, view: View, atoms: _Atoms) -> Filed:
        filed, of_kind = Filed(atoms.bases), self._postings
        parts, row_of = filed.of_books, filed.rows
        for kind in _OF_SUBJECT:
            postings = of_kind[kind]
            for row, entries in enumerate(atoms.of_subjects[kind]):
                for entry in entries:
                    if (posting := postings.get(entry)) is not None:
                        filed.of_bases[row].append(posting)
        if books := of_kind[BOOK]:
            anywhere = books.get(ANY_BOOK)
            for row, subject in enumerate(view.subjects[atoms.bases :], start=atoms.bases):
                assert subject.impact is not None  # those without a book come first
                if (posting := books.get(subject.impact.portfolio)) is not None:
                    parts.append(posting)
                    row_of.append(row)
                if anywhere is not None:
                    parts.append(anywhere)
                    row_of.append(row)
        filed.everywhere = [
            posting
            for kind, entries in atoms.of_note.items()
            for entry in entries
            if (posting := of_kind[kind].get(entry)) is not None
        ]
        if (always := of_kind[_ALWAYS].get("")) is not None:
            filed.everywhere.append(always)
        return filed

    def _bounds(self, view: View, met: _Met, beyond: Flags) -> _Met:
        """Compare the bounds that gates hold too coarsely or not at all."""
        asked, place = np.unique(met.rows[beyond], return_inverse=True)
        values = np.array([measures(view.subjects[row], view) for row in asked.tolist()], np.float32)
        kept = ~beyond
        kept[beyond] = (values[place] >= self._lows[met.clauses[beyond]]).all(axis=1)
        return met.kept(kept)

    def _listed(self, atoms: _Atoms, met: _Met, listed: Whole) -> _Met:
        """Keep what meets the lists it must and none that it must not."""
        kept = np.ones(len(met.rows), np.bool_)
        kept[listed] = self._lists.held(
            met.more[listed] >> _LISTS_AT, atoms.base_of[met.rows[listed]], atoms.of_subjects, atoms.of_note
        )
        return met.kept(kept)

    def _rest(
        self, view: View, sight: Sight, met: _Met, left: npt.NDArray[np.int32], faults: dict[int, Fault]
    ) -> _Met:
        """Ask what arrays cannot tell; note the first fault of each rule."""
        places = np.flatnonzero(left)
        kept, scope = left == 0, sight.scope
        slots, at = met.slots[places].tolist(), met.rows[places].tolist()
        for place, slot, row, kind in zip(places.tolist(), slots, at, left[places].tolist(), strict=True):
            subject = view.subjects[row]
            if kind == _PREDICATE:
                kept[place] = holding = scope.holds(self._questions[slot], subject)
            else:
                kept[place] = holding = holds(self._asked[slot], subject, sight)
            if scope.fault:
                if not holding:
                    faults.setdefault(slot, Fault(slot, row, scope.fault))
                scope.fault = ""
        return met.kept(kept)

    def _verdicts(self, view: View, atoms: _Atoms, met: _Met, faults: dict[int, Fault]) -> Matches:
        """Name the foremost subject of each rule, and let the rule's own least relevance and novelty speak."""
        bases = view.subjects[: atoms.bases]
        order = sorted(range(len(bases)), key=lambda row: bases[row].rank)
        place = np.empty(len(order), np.intp)
        place[order] = np.arange(len(order))
        # An issuer as it reaches a book ranks as the issuer does, after it, in the order of the note.
        width = len(view.subjects)
        keys = (
            met.slots.astype(np.intp) * len(order) + place.take(atoms.base_of.take(met.rows))
        ) * width + met.rows
        keys.sort()
        slots, subjects = keys // (len(order) * width), keys % width
        first = np.ones(len(slots), np.bool_)
        first[1:] = slots[1:] != slots[:-1]
        slots, subjects = slots[first], subjects[first]
        relevance = np.array([-1.0 if s.passing else s.relevance for s in bases], np.float32)
        least = np.frombuffer(self._hush, np.float32).reshape(-1, 2).take(slots, axis=0)
        hushed = np.zeros(len(slots), np.int8)
        hushed[np.float32(view.novelty) < least[:, 1]] = 2
        hushed[relevance.take(atoms.base_of.take(subjects)) < least[:, 0]] = 1
        for slot in slots.tolist() if faults else ():
            faults.pop(slot, None)  # another of its clauses or subjects was met
        return Matches(slots, subjects, hushed, tuple(faults.values()))

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
