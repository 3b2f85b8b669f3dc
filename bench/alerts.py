"""Matching 100,000 rules against notes, and changing one while notes are met."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time_ns

from bench.alert_rules import Firm, quantile
from bench.percolator import Percolator, PercolatorMissingError
from bench.results import Result
from readthrough.alerts.conditions import Prepared, Sight, directory, prepare
from readthrough.alerts.match_index import RuleIndex, met_by
from readthrough.alerts.subjects import View
from readthrough.domain.alert import Rule
from readthrough.universe import load_universe

__all__ = ["run"]

_RULES = 100_000
_NOTES = 600
_PERCOLATED = 8
_NAIVE_NOTES = 2
"""The naive loop takes seconds a note, so that two must do; the index is timed on the same ones, in turn."""


def run() -> Iterator[Result]:
    """Measure with 100,000 rules of 2,000 people, or as many as BENCH_RULES says."""
    count = int(os.environ.get("BENCH_RULES", _RULES))
    firm = Firm(load_universe(), people=min(2_000, count))
    before = _resident()
    rules = firm.rules(count)
    held = _resident() - before
    begun = process_time_ns()
    index = RuleIndex(rules, firm.universe, firm.watchlists)
    filled = (process_time_ns() - begun) / 1e9
    grown = _resident() - before - held
    # As a process does that has loaded what stays: the collector does not go through 100,000 rules again and again.
    gc.collect()
    gc.freeze()
    notes = [firm.note(number) for number in range(_NOTES)]
    spent, speaking, met = _matched(index, notes)
    naive, indexed = _naive(firm, index, rules, notes[:: _NOTES // _NAIVE_NOTES])
    words = (
        f"{count:,} rules of {firm.people:,} people, {met:.0f} met by a note and {speaking:.0f} of these not hushed"
        " by their own terms"
    )
    yield Result(
        bench="alerts.match_p50_ms",
        value=quantile(spent, 0.5),
        words=f"alerts: {quantile(spent, 0.5):.2f} ms of CPU a note at p50; {words}."
        f" Naive loop {naive:.0f} ms, the index on the same notes {indexed:.2f} ms",
        against="naive loop",
        ratio=naive / indexed,
    )
    yield Result(
        bench="alerts.match_p99_ms",
        value=quantile(spent, 0.99),
        words=f"alerts: {quantile(spent, 0.99):.2f} ms of CPU a note at p99 of {len(notes)} notes",
    )
    yield _percolated(firm, index, rules, notes[:: _NOTES // _PERCOLATED])
    changed = _changed(firm, index, rules)
    yield Result(
        bench="alerts.rule_change_ms",
        value=quantile(changed, 0.99),
        words=f"alerts: {quantile(changed, 0.99):.2f} ms of CPU at p99 for a rule changed and met by the next note"
        f" (p50 {quantile(changed, 0.5):.2f} ms), {max(changed):.2f} ms at most",
    )
    yield Result(
        bench="alerts.index_mb",
        value=grown / 1e6,
        words=f"alerts: {grown / 1e6:.0f} MB for the index and {held / 1e6:.0f} MB for the rules themselves;"
        f" filled in {filled:.1f} s of CPU, {filled / count * 1e6:.0f} us a rule",
    )


def _matched(index: RuleIndex, notes: list[View]) -> tuple[list[float], float, float]:
    for note in notes[:20]:
        index.match(note)
    spent, speaking, met = [], 0, 0
    for note in notes:
        begun = process_time_ns()
        matches = index.match(note)
        spent.append((process_time_ns() - begun) / 1e6)
        met += len(matches)
        speaking += int((matches.hushed == 0).sum())
    return spent, speaking / len(notes), met / len(notes)


def _naive(firm: Firm, index: RuleIndex, rules: list[Rule], notes: list[View]) -> tuple[float, float]:
    """Milliseconds a note of asking every rule, and of the index, interleaved; both must agree."""
    names = directory(firm.universe, firm.watchlists)
    prepared: list[Prepared] = [prepare(rule, names) for rule in index]
    loops, indexed = [], []
    for note in notes:
        begun = process_time_ns()
        sight = Sight(note)
        found = {one.asked.id: met for one in prepared if (met := met_by(one, sight)) is not None}  # type: ignore[attr-defined]
        loops.append((process_time_ns() - begun) / 1e6)
        begun = process_time_ns()
        matches = index.match(note)
        indexed.append((process_time_ns() - begun) / 1e6)
        assert {index.rule(slot).id for slot in matches.slots.tolist()} == found.keys()
    return quantile(loops, 0.5), quantile(indexed, 0.5)


def _percolated(firm: Firm, index: RuleIndex, rules: list[Rule], notes: list[View]) -> Result:
    """Wall-clock time of the percolator, whose work is done by another process, and of the index beside it."""
    try:
        rival = Percolator(rules, firm.universe, dict(firm.watchlists))
    except PercolatorMissingError as missing:
        return Result(
            bench="alerts.vs_percolator",
            value=None,
            words=f"alerts: not held against PostgreSQL as a percolator: {missing}",
        )
    theirs, ours, agreed, asked = [], [], 0, 0
    rival.match(notes[0])
    for note in notes:
        found, spent = rival.match(note)
        theirs.append(spent)
        begun = perf_counter()
        matches = index.match(note)
        ours.append((perf_counter() - begun) * 1000)
        met = {index.rule(slot).id for slot in matches.slots.tolist()}
        agreed, asked = agreed + len(met & found), asked + len(met)
    rival.close()
    ratio = quantile(theirs, 0.5) / quantile(ours, 0.5)
    return Result(
        bench="alerts.vs_percolator",
        value=ratio,
        words=f"alerts: PostgreSQL as a percolator (GIN over the same clauses) {quantile(theirs, 0.5):.0f} ms of wall-clock"
        f" time a note, the index {quantile(ours, 0.5):.2f} ms in the same run; it found {agreed / asked:.1%} of what"
        " the index did",
        against="PostgreSQL as percolator",
        ratio=ratio,
    )


def _changed(firm: Firm, index: RuleIndex, rules: list[Rule]) -> list[float]:
    """Milliseconds of replacing a rule by another one, with the first look for its words after it."""
    spent = []
    for number in range(500):
        rule = firm.rule(number * 37 % len(rules))
        begun = process_time_ns()
        index.add(replace(rule, name="Changed"))
        index._phrases.found("any text")  # words that are new are taken up when a note is first looked at
        spent.append((process_time_ns() - begun) / 1e6)
    return spent


def _resident() -> int:
    """Bytes of memory this process holds now; none where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
