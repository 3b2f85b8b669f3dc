"""A rule tried on the past."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readthrough.alerts.rules import parse_rule
from readthrough.desk.books import save_rule
from readthrough.desk.flow import process
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.rules import rehearsal_document, rehearse_rule, rule_of
from readthrough.domain.alert import Rule
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.errors import SourceNotFound, SourceUnreadable
from readthrough.samples import sample_articles
from readthrough.settings import load_settings

START = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = load_settings(flags={"home": str(tmp_path)}, environ={"HOME": str(tmp_path)})
    with open_desk(settings, clock=lambda: START) as opened:
        yield opened


def article(number: int, headline: str) -> Article:
    body = f"{headline} on Monday, the company said in statement {number}."
    return Article(id=ArticleId(f"art_{number}"), headline=headline, body=body, received_at=START)


def rule(**table: object) -> Rule:
    return parse_rule({"id": "r", **table})


def test_a_rule_says_the_same_of_the_past_as_it_does_live(desk: Desk, tmp_path: Path) -> None:
    rules = [
        rule(id="cuts", events=["guidance_cut"], min_abs_score=0.3),
        rule(id="words", any_of=[{"words": ["forecast"]}, {"tickers": ["NVDA"]}], min_novelty=0.5),
        rule(id="not", sectors=["Semiconductors"], none_of=[{"events": ["earnings_result"]}]),
    ]
    for each in rules:
        save_rule(desk, each)
    for row in sample_articles()[:24]:
        process(
            desk,
            Article(
                id=ArticleId(row["id"]),
                headline=row["headline"],
                body=row["body"],
                source=row["source"],
                url=row["url"],
                received_at=START,
            ),
        )
    alerts = desk.store.alerts(limit=1_000)
    spoke = {(alert.rule_id, alert.story_id) for alert in alerts if not alert.withheld}
    tried = {(hit.rule.id, hit.group) for each in rules for hit in rehearse_rule(desk, each).fired}
    assert spoke == tried
    assert {rule_id for rule_id, _ in tried} == {"cuts", "words", "not"}
    notes = tmp_path / "notes.jsonl"
    lines = [json.dumps(note) for note in desk.store.notes(limit=100)]
    notes.write_text("\n".join(lines), encoding="utf-8")
    again = rehearse_rule(desk, rules[0], on=str(notes))
    assert {("cuts", hit.group) for hit in again.fired} == {one for one in spoke if one[0] == "cuts"}


def test_it_says_what_each_condition_kept_back(desk: Desk) -> None:
    process(desk, article(1, "Target cuts full-year guidance"))
    process(desk, article(2, "Walmart raises full-year guidance"))
    made = rehearse_rule(desk, rule(tickers=["TGT", "WMT"], sign="negative", min_abs_score=0.99))
    assert made.fired == ()
    assert [(one.condition, one.more) for one in made.kept_back] == [("min_abs_score 0.99", 1)]
    document = rehearsal_document(made)
    assert (document["notes"], document["per_day"]) == (2, 0.0)


def test_articles_of_a_file_are_read_in_their_order_and_a_story_speaks_once(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "month.jsonl"
    rows = [
        {
            "headline": "Target cuts full-year guidance",
            "body": "Target cut its guidance.",
            "published_at": day,
        }
        for day in ("2026-11-02T10:00:00Z", "2026-11-02T11:00:00Z")
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    made = rehearse_rule(desk, rule(tickers=["TGT"]), on=str(path))
    assert (made.notes, len(made.fired)) == (2, 1)
    assert sum(made.withheld.values()) == 1
    assert desk.store.notes(limit=10) == []


@pytest.mark.parametrize(("text", "error"), [(None, SourceNotFound), ("not json", SourceUnreadable)])
def test_a_history_that_cannot_be_read_says_why(
    desk: Desk, tmp_path: Path, text: str | None, error: type[Exception]
) -> None:
    path = tmp_path / "history.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(error) as caught:
        rehearse_rule(desk, rule(tickers=["TGT"]), on=str(path))
    assert "history.jsonl" in str(caught.value)


def test_silences_and_bursts_can_be_tried_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "month.jsonl"
    rows = [
        {
            "headline": f"Target opens store number {n}",
            "body": f"Target opened store {n}.",
            "published_at": f"2026-11-{day:02}T10:00:00Z",
        }
        for n, day in enumerate((1, 2, 9))
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    silent = rehearse_rule(desk, rule(kind="silence", tickers=["TGT"], window="4d"), on=str(path))
    assert [hit.code for hit in silent.fired] == ["silence"]
    assert rehearse_rule(desk, rule(kind="burst", tickers=["TGT"]), on=str(path)).fired == ()


def test_a_rule_is_found_by_its_id(desk: Desk) -> None:
    kept = rule(tickers=["TGT"])
    save_rule(desk, kept)
    assert rule_of(desk, "r") == kept
    assert rule_of(desk, "other") is None
