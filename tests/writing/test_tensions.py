from __future__ import annotations

import pytest

from readthrough.domain.article import Article, Span
from readthrough.domain.reading import Reading
from readthrough.universe import Universe
from readthrough.writing import Playbooks
from readthrough.writing.causes import find_cause
from readthrough.writing.roles import deal_role
from readthrough.writing.scene import Scene

Told = tuple[Article, Reading]


@pytest.mark.parametrize(
    ("key", "tension"),
    [
        ("missed_yet_rose", "missed_yet_rose"),
        ("missed_yet_rose", "segment_over_group"),
        ("beat_but_cut", "beat_but_cut"),
        ("beat_but_cut", "beat_yet_fell"),
        ("beat_but_cut", "cause_demand_bad"),
        ("rejection", "large_fall"),
        ("rejection", "peers_against_down"),
        ("layoffs", "bad_news_rose"),
        ("denied", "denied"),
    ],
)
def test_the_tension_is_found(
    key: str, tension: str, stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    article, reading = stories[key]
    assert tension in Scene(article, reading, universe, playbooks.lenses).main.tensions


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("honeywell agreed to buy teledyne for $31 billion", "Honeywell", "bidder"),
        ("honeywell agreed to buy teledyne for $31 billion", "Teledyne", "target"),
        ("the acquisition of bolt by acme closed", "Bolt", "target"),
        ("bolt has agreed to be acquired by acme", "Bolt", "target"),
        ("acme raised its dividend", "Acme", ""),
    ],
)
def test_the_sides_of_a_deal_are_told_apart(text: str, name: str, role: str) -> None:
    start = text.index(name.lower())
    assert deal_role(text, [Span(start, start + len(name))]) == role


def test_a_reason_is_quoted_and_sorted(stories: dict[str, Told]) -> None:
    article, reading = stories["beat_but_cut"]
    cause = find_cause(article.text, reading.sentences, [reading.facts[1].span.start])
    assert cause is not None
    assert (cause.text, cause.kind) == ("weaker demand for phones", "demand")
    assert cause.span.of(article.text) == cause.text


def test_the_industry_of_a_company_is_known_by_its_listing(
    stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    for key, lens in (("strike", "aerospace_defence"), ("probe", "banks"), ("rejection", "biotech")):
        article, reading = stories[key]
        found = Scene(article, reading, universe, playbooks.lenses).main.lens
        assert found is not None
        assert found.id == lens
