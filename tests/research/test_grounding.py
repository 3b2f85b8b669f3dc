"""The grounding check is measured on sentences, and stays above its floors."""

from pathlib import Path

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.read import read
from readthrough.research.evals.doctor import doctored
from readthrough.research.evals.gold import READ_AT
from readthrough.research.evals.grounding import cites, measure_grounding
from readthrough.research.evals.report import below_floors, read_floors
from readthrough.samples import sample_articles
from readthrough.universe import load_universe
from readthrough.universe.master import Universe
from readthrough.writing.playbooks import load_playbooks

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def test_the_check_stays_above_its_floors(universe: Universe) -> None:
    measures = list(
        measure_grounding(
            EVALS / "gold",
            sample_articles(),
            universe,
            load_playbooks(),
            parts=("development", "unseen"),
        )
    )
    by_hand = {m.set: m.count for m in measures if m.name == "attacks by hand stopped"}
    true = {m.set: m.count for m in measures if m.name == "true let through"}
    assert sum(by_hand.values()) >= 400
    assert sum(true.values()) >= 400
    assert min(*by_hand.values(), *true.values()) >= 200
    assert below_floors(measures, read_floors(EVALS / "floors.toml")) == []


def test_each_way_of_doctoring_makes_another_sentence() -> None:
    sentence = (
        "Acme's revenue rose 4% to $5.2 billion in the third quarter, against a consensus of $5.1 billion."
    )
    made = dict(doctored(sentence, sentence, ["Acme", "Bolt"]))
    assert made == {
        "invented figure": sentence.replace("4%", "2%"),
        "other scale": sentence.replace("4%", "4 basis points"),
        "figures exchanged": sentence.replace("5.2", "x").replace("5.1", "5.2").replace("x", "5.1"),
        "contrary direction": sentence.replace("rose", "fell"),
        "another time": sentence.replace("third", "first"),
        "other money": sentence.replace("$5.2", "€5.2"),
        "another company": sentence.replace("Acme", "Bolt"),
    }


def test_the_ends_of_a_range_are_not_exchanged() -> None:
    assert "figures exchanged" not in dict(doctored("It sees 4% to 5%.", "It sees 4% to 5%.", []))


def test_everything_an_article_holds_is_cited(universe: Universe) -> None:
    body = "Nvidia said revenue rose 12% to $35 billion in the quarter."
    article = Article(id=ArticleId("a"), headline="Nvidia revenue rises", body=body, received_at=READ_AT)
    reading = read(article, universe, version="t")
    kinds = [s.kind for s in cites(reading)]
    assert kinds.count("fact") == len(reading.facts)
    assert kinds.count("span") == len(reading.sentences)
