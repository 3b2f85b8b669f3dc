"""The sieve spares searches; it must never spare one that would find something."""

from __future__ import annotations

import re

import pytest

from readthrough.reading.event_scene import lowered
from readthrough.reading.patterns import PATTERNS, Pattern, compiled, context, patterns_for
from readthrough.reading.patterns.necessary import END, START, alternatives, necessary
from readthrough.reading.patterns.shape import bounded
from readthrough.samples import sample_articles

SENTENCES = [
    sentence
    for row in sample_articles()
    for sentence in re.split(r"(?<=[.!?])\s+", lowered(f"{row['headline']}. {row['body']}"))
]


def is_keyed(pattern: Pattern, words: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(key)}", words) for key in pattern.keys)


def test_nothing_that_a_search_would_find_is_left_out() -> None:
    found = 0
    for words in SENTENCES:
        kept = {id(t.pattern): t.search(words) for t in patterns_for(words)}
        for pattern in PATTERNS:
            if not is_keyed(pattern, words):
                continue
            match = compiled(pattern.words).search(words)
            if match is None or (pattern.needs and not context(pattern.needs).search(words)):
                continue
            sieved = kept.get(id(pattern))
            assert sieved is not None, (pattern.type, words)
            assert sieved.span() == match.span(), (pattern.type, words)
            found += 1
    assert found > 200


def test_patterns_come_in_the_order_of_the_table() -> None:
    order = {id(pattern): number for number, pattern in enumerate(PATTERNS)}
    for words in SENTENCES:
        numbers = [order[id(t.pattern)] for t in patterns_for(words)]
        assert numbers == sorted(set(numbers))


def test_a_pattern_without_its_key_is_not_tried() -> None:
    for words in SENTENCES[:60]:
        assert all(is_keyed(t.pattern, words) for t in patterns_for(words))


def test_most_searches_are_spared() -> None:
    keyed = sum(is_keyed(pattern, words) for words in SENTENCES for pattern in PATTERNS)
    tried = sum(len(patterns_for(words)) for words in SENTENCES)
    assert tried * 3 < keyed


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a|b", ["a", "b"]),
        (r"a\|b|c", [r"a\|b", "c"]),
        ("a(?:b|c)|[|)]d", ["a(?:b|c)", "[|)]d"]),
        ("", [""]),
    ],
)
def test_alternatives_are_split_outside_brackets(source: str, parts: list[str]) -> None:
    assert alternatives(source) == parts


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        (r"(?<!\w)cut(?!\w)", [[[START + "cut" + END]]]),
        (r"(?<!\wx)cut", [[["cut"]]]),
        (r"\bcut", [[[START + "cut"]]]),
        (r"cut\w*", [[["cut"]]]),
        ("cut(?:s|ting)?", [[["cut", "cuts", "cutting"]]]),
        ("(?:cut )?jobs", [[["jobs", START + "jobs"]]]),
        (r"cut\d+jobs", [[["cut"], ["jobs"]]]),
        (r"cut[^;]{0,9}jobs", [[["cut"], ["jobs"]]]),
        ("cut[sz]", [[["cuts", "cutz"]]]),
        (r"(?:cut\w|raise\w)", [[["cut"]], [["raise"]]]),
        (r"(?:cut\w)?", [[]]),
        (r"(?:cut){2}", [[["cut"]]]),
        (r"(?:cut\w|\d)", [[]]),
        (r"(?P<move>cut)(?= jobs)", [[["cut"]]]),
        (r"\$", [[]]),
    ],
)
def test_what_an_expression_cannot_match_without(source: str, forms: list[list[list[str]]]) -> None:
    read = [sorted(sorted(clause) for clause in form) for form in necessary(source, bounded)]
    assert read == [sorted(map(sorted, form)) for form in forms]


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match=r"necessary\.py"):
        necessary("(?>cut)", bounded)
