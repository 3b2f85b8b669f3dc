"""The index gives what asking every rule gives, also while rules come and go."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.alerts import wire

from readthrough.alerts.match_index import RuleIndex
from readthrough.alerts.subjects import View
from readthrough.domain.alert import Condition, Rule
from readthrough.domain.errors import RuleError

WATCHLISTS = {("ann", "mine"): ("AAA", "BBB"), ("bob", "mine"): ("CCC",), ("ann", "hers"): ("DDD",)}


def index_of(rules: list[Rule]) -> RuleIndex:
    return RuleIndex(rules, None, WATCHLISTS)


def met(index: RuleIndex, view: View) -> dict[str, tuple[int, int]]:
    matches = index.match(view)
    return {
        index.rule(slot).id: (subject, hushed)
        for slot, subject, hushed in zip(
            matches.slots.tolist(), matches.subjects.tolist(), matches.hushed.tolist(), strict=True
        )
    }


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_index_gives_what_asking_every_rule_gives(seed: int) -> None:
    chance = random.Random(seed)
    rules = [wire.rule(chance, number) for number in range(60)]
    index = index_of(rules)
    for _ in range(6):
        view = wire.view(chance)
        assert met(index, view) == index.naive(view)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_it_stays_so_while_rules_are_added_changed_and_removed(seed: int) -> None:
    chance = random.Random(seed)
    index = index_of([wire.rule(chance, number) for number in range(20)])
    for _ in range(60):
        number = chance.randrange(40)
        if chance.random() < 0.4:
            index.remove(f"r{number:05}")
        else:
            index.add(wire.rule(chance, number))
    fresh = index_of(list(index))
    for _ in range(6):
        view = wire.view(chance)
        assert met(index, view) == index.naive(view) == met(fresh, view)


def test_the_random_rules_are_met_often_enough_to_prove_something() -> None:
    chance = random.Random(7)
    index = index_of([wire.rule(chance, number) for number in range(500)])
    counts = [len(index.match(wire.view(chance))) for _ in range(50)]
    assert sum(counts) / 50 > 10


def test_a_removed_rule_leaves_nothing_behind() -> None:
    chance = random.Random(3)
    rules = [wire.rule(chance, number) for number in range(200)]
    index = index_of([])
    for rule in rules:
        index.add(rule)
    for rule in rules:
        assert index.remove(rule.id)
    assert len(index) == 0
    assert not any(postings for postings in index._postings.values())
    assert len(index._lists) == 0
    assert not any(sets.by_entry for sets in index._lists._sets)
    assert all(len(index.match(wire.view(chance))) == 0 for _ in range(20))


def test_a_disabled_rule_is_not_met() -> None:
    rule = Rule(id="a", name="A", tickers=("AAA",))
    chance = random.Random(1)
    view = next(v for v in iter(lambda: wire.view(chance), None) if v.subjects[0].ticker == "AAA")
    index = index_of([rule])
    assert len(index.match(view)) == 1
    index.add(replace(rule, enabled=False))
    assert len(index) == len(index.match(view)) == 0


def test_none_of_looks_at_every_book_of_the_issuer() -> None:
    rule = Rule(
        id="a", name="A", tickers=("AAA",), none_of=(Condition(portfolios=("alpha",), min_effect_bps=1.0),)
    )
    chance = random.Random(2)
    seen = set()
    for _ in range(3_000):
        view = wire.view(chance)
        if not any(s.ticker == "AAA" for s in view.subjects):
            continue
        barred = any(
            s.ticker == "AAA"
            and s.impact
            and s.impact.portfolio == "alpha"
            and abs(s.impact.mid_bps or 0) >= 1
            for s in view.subjects
        )
        assert bool(met(index_of([rule]), view)) == (not barred)
        seen.add(barred)
    assert seen == {True, False}


def test_too_many_alternatives_are_refused() -> None:
    three = tuple(Condition(tickers=(t,)) for t in ("AAA", "BBB", "CCC", "DDD", "EEE"))
    rule = Rule(id="a", name="A", all_of=tuple(Condition(any_of=three) for _ in range(3)))
    with pytest.raises(RuleError, match="too many alternatives"):
        index_of([rule])
