"""Pairs of articles: is the second the same news, a follow-up, a correction, or another story?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.novelty import StoryIndex
from readthrough.research.evals.engine import Engine
from readthrough.research.evals.gold import READ_AT

__all__ = ["Paired", "judge_pairs", "planted_duplicates"]

_LATER = timedelta(hours=3)


@dataclass(slots=True)
class Paired:
    """What was found for each relation asked: counts by (asked, found)."""

    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The F1 of duplicates; a correction found as a duplicate counts as neither."""
        hit = self.found["duplicate", "duplicate"]
        asked = sum(n for (want, _), n in self.found.items() if want == "duplicate")
        said = sum(n for (want, got), n in self.found.items() if got == "duplicate" and want != "correction")
        return 2 * hit / (asked + said) if asked + said else 1.0

    @property
    def swallowed(self) -> int:
        """Follow-ups taken for duplicates."""
        return self.found["follow_up", "duplicate"]


def judge_pairs(path: Path, engine: Engine) -> Paired:
    """Group the two articles of each line ({id, a, b, relation}) in a fresh index, three hours apart."""
    told = Paired()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        got = _relation(row["a"], row["b"], engine)
        told.found[row["relation"], got] += 1
        if got != row["relation"]:
            told.misses.append(f"{row['id']}: {got} for {row['relation']}: {row['b']['headline']}")
    return told


def _relation(first: dict[str, str], second: dict[str, str], engine: Engine) -> str:
    index = StoryIndex()
    for name, words, now in (("a", first, READ_AT), ("b", second, READ_AT + _LATER)):
        article = Article(id=ArticleId(name), headline=words["headline"], body=words["body"], received_at=now)
        story, _ = index.group(article, engine.read(article), now)
    if getattr(story, "supersedes", None):
        return "correction"
    if story.duplicate_of is not None:
        return "duplicate"
    return "follow_up" if story.follows is not None else "different"


def planted_duplicates(path: Path, engine: Engine) -> tuple[float, int]:
    """Find the planted pairs of a file of wires (`id words` a line; its `.truth` names the pairs).

    Returns:
        The F1 of the pairs found, and how many articles were read.
    """
    truth = {
        frozenset(line.split())
        for line in path.with_suffix(".truth").read_text().splitlines()
        if line.strip()
    }
    index, found = StoryIndex(), set()
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        name, _, body = line.partition(" ")
        article = Article(id=ArticleId(name), headline="", body=body, received_at=READ_AT)
        story, _ = index.group(article, engine.read(article), READ_AT)
        if story.duplicate_of is not None:
            found.add(frozenset((name, str(story.duplicate_of))))
    hit = len(found & truth)
    return (2 * hit / (len(found) + len(truth)) if found or truth else 1.0), len(lines)
