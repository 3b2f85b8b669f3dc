"""Rules as people write them, and what they are told when they write them wrong."""

from __future__ import annotations

from typing import Any

import pytest

from readthrough.alerts.rules import parse_rule, read_rules, rule_table
from readthrough.domain.alert import Rule
from readthrough.domain.errors import RuleError
from readthrough.samples import sample_rules


def test_the_sample_rules_are_read() -> None:
    rules = {rule.id: rule for rule in read_rules(sample_rules())}
    assert len(rules) == 6
    assert rules["alibaba"].tickers == ("BABA",)
    assert rules["book-hit"] == Rule(
        id="book-hit",
        name="News against something we hold",
        portfolios=("sample",),
        sign="negative",
        min_abs_score=0.20,
        severity="urgent",
        receivers=("page",),
    )


def test_defaults_and_spelling() -> None:
    rule = parse_rule({"id": "a", "tickers": ["baba", "baba", " 9988.hk "], "sign": "either"})
    assert rule == Rule(id="a", name="a", tickers=("BABA", "9988.HK"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, r"id: is missing\. Use up to 64"),
        ({"id": 7}, "id: 7 is not an id"),
        ({"id": "../etc"}, "is not an id"),
        ({"id": "a", "ticker": ["X"]}, r"ticker: is not a key of a rule\. Did you mean tickers"),
        (
            {"id": "a", "tickers": "BABA"},
            r"rule \(a\): tickers: must be a list, not text\. Write tickers = \[",
        ),
        ({"id": "a", "tickers": [1]}, r"tickers\[1\]: must be text, not a number"),
        ({"id": "a", "tickers": ["A", ""]}, r"tickers\[2\]: is empty"),
        (
            {"id": "a", "events": ["earnings_beet"]},
            r"'earnings_beet' is not an event type\. Did you mean earnings_beat",
        ),
        ({"id": "a", "events": ["zzz"]}, "is not an event type. Known are accounting_issue, .* and others"),
        ({"id": "a", "min_novelty": 2}, "min_novelty: 2 is outside 0 to 1"),
        ({"id": "a", "min_novelty": float("nan")}, "nan is outside 0 to 1"),
        ({"id": "a", "min_novelty": True}, "must be a number, not true or false"),
        ({"id": "a", "min_abs_score": "0.4"}, "must be a number, not text"),
        (
            {"id": "a", "sign": "up"},
            r"sign: 'up' is not one of its values\. Use one of either, positive, negative",
        ),
        ({"id": "a", "severity": "panic"}, "severity: 'panic'"),
        ({"id": "a", "name": "x" * 201, "tickers": ["A"]}, "name: has 201 characters"),
        ({"id": "a", "receivers": ["page"]}, "sets no condition"),
        ([], "a rule must be a table"),
        ({"id": "a", "any_of": {"tickers": ["A"]}}, r"any_of: must be a list of tables, not a table"),
        ({"id": "a", "any_of": [{"words": ["x1"]}, {}]}, r"any_of\[2\]: sets no condition"),
        (
            {"id": "a", "any_of": [{"none_of": [{"events": ["buyback", "bybuck"]}]}]},
            r"any_of\[1\]\.none_of\[1\]\.events\[2\]: 'bybuck' is not an event type",
        ),
        ({"id": "a", "any_of": [{"severity": "flash"}]}, r"any_of\[1\]\.severity: is not a key"),
        ({"id": "a", "words": ["a"]}, r"words\[1\]: has 1 characters"),
        ({"id": "a", "words": ["--"]}, r"words\[1\]: '--' has no letter or digit"),
        ({"id": "a", "words": [f"w{n}" for n in range(501)]}, "words: has 501 entries"),
        ({"id": "a", "tickers": ["A"] * 5_001}, "tickers: has 5,001 entries"),
        ({"id": "a", "predicate": "score >"}, "predicate: column 8: cannot be parsed"),
        ({"id": "a", "predicate": "scor > 0.2"}, "predicate: column 1: 'scor' is not a field of a note"),
        ({"id": "a", "predicate": "score"}, "gives float, not true or false"),
        ({"id": "a", "predicate": "score / 2 > 0.1"}, "predicate: fails on a sample note"),
        ({"id": "a", "predicate": "text.matches('(a+)+')"}, "column 6: 'matches' may not be called"),
        ({"id": "a", "predicate": "score > 0.2 && " * 100 + "true"}, "has 1,504 characters"),
        (
            {"id": "a", "predicate": "facts.all(a, facts.all(b, a.value == b.value))"},
            "column 23: goes through a list inside a list",
        ),
        (
            {"id": "a", "predicate": f"events.all(e, e in [{', '.join(['1'] * 80)}])"},
            "could cost too much",
        ),
        ({"id": "a", "tickers": ["A"], "kind": "burts"}, "kind: 'burts' is not one of its values"),
        ({"id": "a", "tickers": ["A"], "window": "6h"}, "window: means nothing for a rule of kind note"),
        ({"id": "a", "kind": "burst", "window": "6 fortnights"}, "is not a length of time"),
        ({"id": "a", "kind": "burst", "window": "1m"}, "window: 1m is outside 15m to 7d"),
        ({"id": "a", "kind": "burst", "factor": 1.0}, "factor: 1.0 is outside 1.5 to 100"),
        ({"id": "a", "kind": "silence"}, "kind: a rule of kind silence must say about whom"),
        ({"id": "a", "tickers": ["A"], "enabled": "no"}, "enabled: must be true or false, not text"),
    ],
)
def test_a_malformed_rule_names_place_and_remedy(data: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words) as caught:
        parse_rule(data)
    assert caught.value.remedy


def nested(depth: int) -> dict[str, Any]:
    return {"tickers": ["A"]} if depth == 1 else {"all_of": [nested(depth - 1)]}


def test_size_nesting_and_alternatives_are_bounded() -> None:
    assert parse_rule({"id": "a", **nested(4)})
    with pytest.raises(RuleError, match="is 5 tables deep"):
        parse_rule({"id": "a", **nested(5)})
    twelve = [{"words": [f"word {n}"]} for n in range(12)]
    with pytest.raises(RuleError, match="more than 64 combinations"):
        parse_rule({"id": "a", "all_of": [{"any_of": twelve}, {"any_of": twelve}]})
    with pytest.raises(RuleError, match="has 66 tables"):
        parse_rule({"id": "a", "none_of": [{"all_of": twelve}] * 5})


def test_a_rule_may_use_every_key() -> None:
    table = {
        "id": "a",
        "name": "A",
        "tickers": ["BABA"],
        "issuers": ["cik-1"],
        "watchlists": ["mine"],
        "portfolios": ["core"],
        "sectors": ["Technology"],
        "themes": ["cloud"],
        "events": ["guidance_cut"],
        "polarity": "negative",
        "modalities": ["actual"],
        "sources": ["Example Wire"],
        "words": ["chapter 11"],
        "sign": "negative",
        "min_abs_score": 0.2,
        "change": "down",
        "min_change": 0.5,
        "min_novelty": 0.4,
        "min_impact": 0.3,
        "min_relevance": 0.2,
        "min_weight": 0.01,
        "min_effect_bps": 5.0,
        "predicate": "facts.exists(f, f.metric == 'revenue' && f.vs_expectation == 'miss')",
        "any_of": [{"words": ["recall"]}, {"events": ["product_recall"]}],
        "none_of": [{"sources": ["Example Blog"]}],
        "severity": "flash",
        "receivers": ["page"],
        "owner": "ann",
        "tenant": "north",
        "enabled": False,
        "kind": "burst",
        "window": "12h",
        "factor": 4.0,
        "least": 6,
    }
    rule = parse_rule(table)
    assert rule_table(rule) == table
    assert parse_rule(rule_table(rule)) == rule


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]\nid = 1", "not valid TOML: .*line 1"),
        ("", "holds no rules"),
        ("rule = 3", "holds no rules"),
        ('id = "a"\n[[rule]]\nid = "b"', "Unknown key 'id' outside any rule"),
        (
            '[[rule]]\nid = "a"\ntickers = ["A"]\n[[rule]]\nid = "a"\ntickers = ["B"]',
            "rule 2: id 'a' is already the id of rule 1",
        ),
        ('[[rule]]\nid = "a"\ntickers = ["A"]\n[[rule]]\nid = "b"\nevents = ["x"]', r"rule 2 \(b\): events"),
    ],
)
def test_a_malformed_file_names_place_and_remedy(text: str, words: str) -> None:
    with pytest.raises(RuleError, match=words) as caught:
        read_rules(text)
    assert caught.value.remedy
