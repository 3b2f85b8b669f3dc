"""Rules as people write them, and what they are told when they write them wrong."""

from __future__ import annotations

from typing import Any

import pytest

from readthrough.alerts.rules import parse_rule, read_rules
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
        ({"id": "a", "tickers": [1]}, "tickers: must be text, not a number"),
        ({"id": "a", "tickers": [""]}, "tickers: must be text"),
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
    ],
)
def test_a_malformed_rule_names_place_and_remedy(data: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words) as caught:
        parse_rule(data)
    assert caught.value.remedy


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
