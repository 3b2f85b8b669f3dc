"""What a note covers is counted as a reader would count it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.note import Claim, ClaimKind, Note, Statement
from readthrough.research.evals.coverage import Points, load_points, measure_coverage, say, tally
from readthrough.research.evals.gold import READ_AT, load_gold
from readthrough.universe import Universe, load_universe
from readthrough.writing.write import load_playbooks

GOLD = Path(__file__).parents[2] / "evals" / "gold"


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


@pytest.fixture(scope="module")
def note(universe: Universe) -> Note:
    body = "Ford Motor said it is recalling 1.26 million trucks. Ford shares fell 3%."
    article = Article(id=ArticleId("a"), headline="Ford recalls trucks", body=body, received_at=READ_AT)
    return say(article, universe, load_playbooks())


def _asked(universe: Universe, *points: str, **must: str) -> Points:
    named = ((universe.by_ticker(ticker), way) for ticker, way in must.items())
    return Points(id="a", points=points, must={i.id: way for i, way in named if i is not None}, may={})


def _says(note: Note, text: str, *tickers: tuple[str, str]) -> Note:
    claim = Claim(
        kind=ClaimKind.READ_THROUGH,
        text="x",
        direction="mixed",
        horizon="days",
        tickers=tickers,
        confidence=0.5,
        support=(),
    )
    return replace(note, summary=(Statement(text=text, support=()),), analysis=(claim,))


@pytest.mark.parametrize(
    ("point", "carried"),
    [("1.26 million", 1), ("26 million", 0), ("3% & trucks", 1), ("3% & cars", 0), ("cars | trucks", 1)],
)
def test_a_point_counts_when_all_its_parts_stand_in_the_summary(
    universe: Universe, note: Note, point: str, carried: int
) -> None:
    said = _says(note, "Ford is recalling 1.26 million trucks; its shares fell 3%.")
    assert tally([(_asked(universe, point), said)], universe).carried == carried


def test_a_company_counts_with_its_direction_and_the_page_s_own_does_not(
    universe: Universe, note: Note
) -> None:
    said = _says(note, "x", ("F", "negative"), ("GM", "positive"), ("TSLA", "negative"), ("MGA", "mixed"))
    found = tally([(_asked(universe, GM="positive", TSLA="positive", MGA="any"), said)], universe)
    assert (found.listed, found.hit, found.named, found.right) == (3, 2, 3, 2)
    assert len(found.misses) == 2


def test_every_point_stands_in_its_article_and_every_company_is_known(universe: Universe) -> None:
    articles = {g.article.id: g.article.text.lower() for g in load_gold(GOLD, "development")}
    rows = [
        json.loads(line) for line in (GOLD / "notes-points.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) >= 40
    for row in rows:
        text = " ".join(articles[row["id"]].split())
        assert 3 <= len(row["points"]) <= 6
        for point in row["points"]:
            ways = [[part.strip().lower() for part in way.split("&")] for way in point.split("|")]
            assert any(all(part in text for part in way) for way in ways), (row["id"], point)
        assert set((row["must"] | row["may"]).values()) <= {"positive", "negative", "any"}
    known = sum(len(p.must) for p in load_points(GOLD, universe))
    assert known >= 0.9 * sum(len(row["must"]) for row in rows)


def test_notes_on_the_listed_articles_are_measured(universe: Universe) -> None:
    told: list[str] = []
    found = {
        m.name: m.value for m in measure_coverage(GOLD, None, universe, load_playbooks(), told=told.append)
    }
    assert found["key points"] >= 0.75
    assert found["read-through hits"] >= 0.5
    assert found["read-through precision"] >= 0.65
    assert all(miss.startswith("notes-coverage: ") for miss in told)
