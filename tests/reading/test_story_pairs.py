"""Pairs of articles written for this test, read whole: rewrites, follow-ups, look-alikes, corrections, kills."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.reading.reading_of import universe

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.read import read

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "story_pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
CASES = [str(pair["case"]) for pair in PAIRS]


def placed(pair: dict[str, Any], *, index: StoryIndex | None = None) -> tuple[Story, Story]:
    stories = StoryIndex(capacity=100) if index is None else index
    first, first_reading = told(pair["case"], "first")
    second, second_reading = told(pair["case"], "second")
    one, _ = stories.group(first, first_reading, NOW)
    other, _ = stories.group(second, second_reading, NOW + timedelta(hours=pair["hours"]))
    return one, other


@cache
def told(case: str, which: str) -> tuple[Article, Reading]:
    pair = PAIRS[CASES.index(case)]
    made = Article(id=ArticleId(f"{case}/{which}"), received_at=NOW, **pair[which])
    return made, read(made, universe(), version="test")


def relation(pair: dict[str, Any]) -> str:
    one, other = placed(pair)
    return str(other.relation) if one.id == other.id else "different"


def test_no_case_is_named_twice() -> None:
    assert len(set(CASES)) == len(CASES) >= 80


@pytest.mark.parametrize("kind", ["correction", "withdrawal"])
def test_what_a_publisher_takes_back_supersedes(kind: str) -> None:
    for pair in PAIRS:
        if pair["relation"] == kind:
            one, other = placed(pair)
            assert (pair["case"], other.id, str(other.relation)) == (pair["case"], one.id, kind)
            assert other.supersedes == other.follows == f"{pair['case']}/first"
            assert other.duplicate_of is None
            assert other.novelty <= 0.3


def test_duplicates_are_found_and_no_follow_up_is_swallowed() -> None:
    judged = Counter((str(pair["relation"]), relation(pair)) for pair in PAIRS)
    found = judged["duplicate", "duplicate"]
    wrong = sum(n for (told, got), n in judged.items() if (got == "duplicate") != (told == "duplicate"))
    assert 2 * found / (2 * found + wrong) >= 0.95
    assert judged["follow_up", "duplicate"] == 0
    assert sum(n for (told, got), n in judged.items() if told == got) >= 0.95 * len(PAIRS)


def test_a_duplicate_is_hardly_new_and_a_follow_up_is() -> None:
    for pair in PAIRS:
        _, story = placed(pair)
        if story.duplicate_of is not None:
            assert story.novelty <= 0.15
        elif story.follows is not None and story.supersedes is None:
            assert 0.15 < story.novelty < 0.8


def test_all_pairs_in_one_index_find_their_own() -> None:
    """Ninety other stories beside a pair change little of what it is judged to be."""
    index = StoryIndex()
    wrong = []
    for pair in PAIRS:
        # Pairs share some first articles, so each stands in months of its own.
        one, other = placed(pair, index=index)
        alone = relation(pair)
        together = str(other.relation) if one.id == other.id else "different"
        if alone != together:
            wrong.append(pair["case"])
    assert len(wrong) <= 0.1 * len(PAIRS), wrong
