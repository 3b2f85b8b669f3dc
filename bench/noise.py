"""How much of what people are told they wanted to be told, over a month of sample news."""

from __future__ import annotations

import json
import os
import random
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.results import Result
from readthrough.alerts.rules import parse_rule
from readthrough.desk.books import save_rule
from readthrough.desk.flow import process
from readthrough.desk.open import open_desk
from readthrough.domain.article import Article, ArticleId
from readthrough.samples import sample_articles
from readthrough.settings import load_settings

__all__ = ["run"]

_EVALS = Path(__file__).parents[1] / "evals"
_START = datetime(2026, 10, 20, 6, tzinfo=UTC)
_DAYS = 30


def run() -> Iterator[Result]:
    """Let five people's rules meet a month of the sample newswire and the gold articles of development.

    BENCH_MISSES=1 prints what was told and not wanted, and what was wanted and not told.
    """
    people = tomllib.loads((_EVALS / "noise.toml").read_text(encoding="utf-8"))["person"]
    articles = list(_month())
    headlines = {article.id: article.headline for article in articles}
    told = _told(people, articles)
    right = spoken = wanted = heard = 0
    for person in people:
        name, labels = person["name"], set(person["wanted"])
        unknown = labels - headlines.keys()
        assert not unknown, f"{name} wants articles that are not there: {sorted(unknown)}"
        alerts = told[name]
        good = sum(article in labels for article in alerts)
        found = labels & set(alerts)
        right, spoken = right + good, spoken + len(alerts)
        wanted, heard = wanted + len(labels), heard + len(found)
        print(
            f"   {name}: {len(alerts)} alerts, {len(alerts) / _DAYS:.1f} a day, "
            f"{good / max(1, len(alerts)):.0%} wanted; {len(found)} of {len(labels)} wanted articles told"
        )
        if os.environ.get("BENCH_MISSES"):
            for article in dict.fromkeys(alerts):
                if article not in labels:
                    print(f"      not wanted: {article} {headlines[article]}")
            for article in sorted(labels - found):
                print(f"      not told:   {article} {headlines[article]}")
    yield Result(
        bench="noise.precision",
        value=right / spoken,
        words=f"noise: {right / spoken:.0%} of {spoken} alerts to {len(people)} people were wanted,"
        f" {len(articles)} articles over {_DAYS} days",
    )
    yield Result(
        bench="noise.recall",
        value=heard / wanted,
        words=f"noise: {heard} of {wanted} wanted articles were told",
    )
    yield Result(
        bench="noise.alerts_a_day",
        value=spoken / len(people) / _DAYS,
        words=f"noise: {spoken / len(people) / _DAYS:.2f} alerts a day for each person",
    )


def _month() -> Iterator[Article]:
    """The articles in an order that mixes the sets and keeps each one's own, spread evenly over the month."""
    sets: list[list[dict[str, Any]]] = [[dict(row) for row in sample_articles()]]
    for path in sorted((_EVALS / "gold").glob("[abcd]-development.jsonl")):
        sets.append([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    turns = [number for number, rows in enumerate(sets) for _ in rows]
    random.Random(5).shuffle(turns)  # noqa: S311
    queues = [iter(rows) for rows in sets]
    for place, number in enumerate(turns):
        row = next(queues[number])
        at = _START + timedelta(days=_DAYS) * place / len(turns)
        yield Article(
            id=ArticleId(row["id"]),
            headline=row["headline"],
            body=row["body"],
            source=str(row.get("source", "")),
            published_at=at,
            received_at=at,
        )


def _told(people: list[dict[str, Any]], articles: list[Article]) -> dict[str, list[str]]:
    """The articles of each person's alerts, through the whole desk, stages and all."""
    moment = _START
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(flags={"home": folder}, environ={"HOME": folder})
        with open_desk(settings, clock=lambda: moment) as desk:
            for person in people:
                for table in person["rule"]:
                    save_rule(desk, parse_rule({**table, "owner": person["name"]}))
            for article in articles:
                moment = article.received_at
                process(desk, article)
            told: dict[str, list[str]] = {person["name"]: [] for person in people}
            for alert in desk.store.alerts(limit=10_000):
                if not alert.withheld:
                    told[alert.person].append(alert.article_id)
            return told
