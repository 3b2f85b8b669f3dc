"""Stories go on where they stopped when the process is started anew."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.reading.reading_of import universe

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.read import read
from readthrough.samples import sample_articles
from readthrough.storage.open import open_store
from readthrough.testing import note_on

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_same_answers_after_a_restart(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = (
        f"sqlite:///{tmp_path / 'notes.db'}"
        if kind == "sqlite"
        else request.getfixturevalue("postgresql_url")
    )
    told = []
    for number, sample in enumerate(sample_articles()):
        made = Article(
            id=ArticleId(f"art_{number}"),
            headline=str(sample["headline"]),
            body=str(sample["body"]),
            received_at=NOW,
        )
        reading = read(made, universe(), version="t")
        told.append((made, reading, NOW + timedelta(minutes=37 * number)))
        retold = replace(
            made, id=ArticleId(f"art_{number}b"), body=made.body + " More soon.", content_digest=""
        )
        told.append((retold, reading, NOW + timedelta(minutes=37 * number + 9)))
    half = len(told) // 2
    live = StoryIndex()
    with closing(open_store(url)) as store:
        for made, reading, now in told[:half]:
            story, fingerprint = live.group(made, reading, now)
            note = replace(
                note_on(), id=f"note_{made.id}", article=made, reading=reading, story=story, known_at=now
            )
            store.save(note, fingerprint, engine="e")
    with closing(open_store(url)) as store:
        again = StoryIndex(store.fingerprints(since=0.0))
    assert len(again) == len(live) == half
    for made, reading, now in told[half:] + told[:6]:
        assert again.group(made, reading, now) == live.group(made, reading, now)
