"""The bundled samples hold what their page promises."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import UTC, datetime

from readthrough.samples import sample_articles, sample_portfolio, sample_rules

ARTICLES = {article["id"]: article for article in sample_articles()}
LENGTHS = {"01": (10, 70), "02": (120, 260), "03": (300, 450), "09": (20, 120)}


def test_articles_have_the_fields_a_batch_reads_and_nothing_else() -> None:
    assert len(ARTICLES) == len(sample_articles()) == 64
    for article in ARTICLES.values():
        assert set(article) == {"id", "headline", "body", "published_at", "source", "url"}
        assert article["source"] == "Readthrough sample wire"
        assert article["headline"].strip()
        assert article["body"].strip()


def test_articles_are_in_order_within_the_sample_week() -> None:
    times = [datetime.fromisoformat(a["published_at"]) for a in sample_articles()]
    assert times == sorted(times)
    assert datetime(2026, 11, 16, tzinfo=UTC) <= times[0]
    assert times[-1] < datetime(2026, 11, 21, tzinfo=UTC)


def test_ids_tell_the_length() -> None:
    counts = Counter(name[4:6] for name in ARTICLES)
    assert counts == {"01": 10, "02": 40, "03": 9, "09": 5}
    for name, article in ARTICLES.items():
        low, high = LENGTHS[name[4:6]]
        assert low <= len(article["body"].split()) <= high, name


def test_headlines_are_unique() -> None:
    assert len({a["headline"] for a in ARTICLES.values()}) == len(ARTICLES)


def test_the_rewrite_shares_its_figures_with_the_first_report() -> None:
    first, rewrite = ARTICLES["rtw-0201"]["body"], ARTICLES["rtw-0238"]["body"]
    assert first != rewrite
    for figure in ("67 cents", "63 cents", "5.6%", "$189.5 billion", "4.8%", "24%"):
        assert figure in first
        assert figure in rewrite


def test_portfolio_and_rules_are_there() -> None:
    assert sample_portfolio().count("\n") == 21
    rules = tomllib.loads(sample_rules())["rule"]
    assert len(rules) == len({rule["id"] for rule in rules}) == 6
