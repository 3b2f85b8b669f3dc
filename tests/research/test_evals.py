"""The scores are right on answers known by hand, and the reading stays above its floors."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.encoder.reader import Encoder
from readthrough.reading.read import read
from readthrough.research.evals.engine import Engine
from readthrough.research.evals.gold import READ_AT, Gold, load_gold, load_real
from readthrough.research.evals.pairs import judge_pairs
from readthrough.research.evals.probes import probe, sign_of
from readthrough.research.evals.public import SETS, Measure
from readthrough.research.evals.report import below_floors, measure_own, read_floors, write_floors
from readthrough.research.evals.score import score
from readthrough.universe import load_universe
from readthrough.universe.master import Universe

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def test_the_reading_stays_above_its_floors(universe: Universe) -> None:
    measures = list(measure_own(EVALS / "gold", Engine(universe)))
    assert {m.set for m in measures} >= {"gold development", "gold unseen", "probes unseen", "pairs unseen"}
    assert below_floors(measures, read_floors(EVALS / "floors.toml")) == []


def test_the_reading_with_the_encoder_stays_above_floors_of_its_own(universe: Universe) -> None:
    measures = list(measure_own(EVALS / "gold", Engine(universe, Encoder.load())))
    floors = read_floors(EVALS / "floors.toml")
    assert "gold unseen, with encoder" in floors
    assert below_floors(measures, floors) == []


def test_there_are_gold_articles_enough_and_half_are_unseen() -> None:
    seen, unseen = (sum(1 for _ in load_gold(EVALS / "gold", part)) for part in ("development", "unseen"))
    assert seen + unseen >= 150
    assert unseen >= 75


def _gold(**expect: object) -> Gold:
    body = "Nvidia said revenue rose 12% to $35 billion in the quarter. Its shares fell 3%."
    article = Article(id=ArticleId("a"), headline="Nvidia revenue rises 12%", body=body, received_at=READ_AT)
    empty: dict[str, object] = {
        "noise": None,
        "sign": "positive",
        "tickers": [],
        "never": [],
        "facts": [],
        "events": [],
    }
    return Gold(article, {**empty, **expect})


def test_a_fact_counts_only_when_all_of_it_is_right(universe: Universe) -> None:
    fact = {
        "value": 35e9,
        "unit": "money",
        "ticker": "NVDA",
        "metric": "revenue",
        "change": "up",
        "modality": "actual",
    }
    right = _gold(facts=[fact], tickers=[{"ticker": "NVDA", "role": "primary", "sign": "positive"}])
    wrong = _gold(facts=[{**fact, "metric": "net income"}], never=["NVDA"])
    reading = read(right.article, universe, version="t")
    assert any(f.value == Decimal(35_000_000_000) for f in reading.facts)
    assert score([(right, reading)]).figures()["fact_recall"] == 1.0
    figures = score([(wrong, reading)]).figures()
    assert figures["fact_precision"] == 0.0
    assert figures["traps_avoided"] == 0.0
    assert figures["ticker_precision"] == 0.0


@pytest.mark.parametrize(
    ("value", "sign"), [(None, "neutral"), (0.09, "neutral"), (0.1, "positive"), (-0.4, "negative")]
)
def test_the_side_of_a_score(value: float | None, sign: str) -> None:
    assert sign_of(value) == sign


def test_probes_accept_any_of_their_signs_and_say_what_missed(tmp_path: Path, universe: Universe) -> None:
    rows = [
        {
            "id": "1",
            "family": "f",
            "text": "Nvidia revenue jumped 40%.",
            "ticker": "NVDA",
            "accept": ["positive"],
        },
        {
            "id": "2",
            "family": "f",
            "text": "Nvidia revenue jumped 40%.",
            "ticker": "NVDA",
            "accept": ["negative"],
        },
        {
            "id": "3",
            "family": "f",
            "text": "Nvidia revenue jumped 40%.",
            "ticker": "AMD",
            "accept": ["positive"],
        },
    ]
    path = tmp_path / "probes.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    told = probe(path, Engine(universe))
    assert (told.right, told.asked) == (1, 3)
    assert "not linked" in told.misses[1]


def test_the_same_article_again_is_a_duplicate(tmp_path: Path, universe: Universe) -> None:
    words = {
        "headline": "Nvidia revenue rises 12%",
        "body": "Nvidia said revenue rose 12% to $35 billion in the quarter.",
    }
    other = {
        "headline": "Nestle names a new chief",
        "body": "Nestle said its board named a new chief executive on Monday.",
    }
    rows = [
        {"id": "1", "a": words, "b": words, "relation": "duplicate"},
        {"id": "2", "a": words, "b": other, "relation": "different"},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    told = judge_pairs(path, Engine(universe))
    assert told.f1 == 1.0
    assert told.swallowed == 0
    assert told.misses == []


def test_floors_rise_by_themselves_and_fall_only_for_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"

    def at(value: float) -> list[Measure]:
        return [Measure(set="gold unseen", name="sign", value=value, count=9)]

    write_floors(path, at(0.8))
    write_floors(path, at(0.9))
    assert read_floors(path) == {"gold unseen": {"sign": 0.899}}
    assert write_floors(path, at(0.7)) == ["gold unseen sign: 0.899 to 0.699"]
    assert read_floors(path) == {"gold unseen": {"sign": 0.899}}
    assert below_floors(at(0.7), read_floors(path)) == ["gold unseen sign: 0.700 is under its floor 0.899"]
    write_floors(path, at(0.7), lower_because="the set grew")
    assert read_floors(path) == {"gold unseen": {"sign": 0.699}}
    assert "because the set grew" in path.read_text()


def test_public_sets_are_read_in_their_own_shapes(tmp_path: Path, universe: Universe) -> None:
    (tmp_path / "tfns").mkdir()
    (tmp_path / "tfns" / "sent_valid.csv").write_text(
        'text,label\n"Nvidia revenue jumped 40%",1\n"Nvidia profit fell 40%",0\n'
    )
    (tmp_path / "finentity").mkdir()
    marks = [{"start": 0, "end": 6, "value": "Nvidia", "label": "Positive"}]
    rows = [{"content": "Nvidia revenue jumped 40%", "annotations": marks}]
    (tmp_path / "finentity" / "FinEntity.json").write_text(json.dumps(rows))
    found = {
        (m.set, m.name): m.value
        for name in ("tfns", "finentity")
        for m in SETS[name](tmp_path / name, Engine(universe))
    }
    assert found["tfns", "sign accuracy"] == 1.0
    assert found["finentity", "targets linked"] == 1.0
    assert found["finentity", "sign of linked accuracy"] == 1.0


def test_real_pages_are_skipped_where_the_data_is_missing(tmp_path: Path) -> None:
    assert list(load_real(EVALS / "gold", tmp_path, "development")) == []


def test_annotations_of_real_pages_hold_no_text() -> None:
    for path in (EVALS / "gold").glob("real-*.jsonl"):
        for line in path.read_text().splitlines():
            assert json.loads(line).keys() == {"key", "expect"}
