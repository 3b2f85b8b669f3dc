"""Public sets are read as they are, split for ever, and kept from each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readthrough.training import corpora
from readthrough.training.examples import fold, part_of


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A few rows of our own in the form of each set, with the defects that the real ones have."""
    (tmp_path / "sentfin").mkdir()
    (tmp_path / "sentfin" / "SEntFiN.csv").write_text(
        "S No.,Title,Decisions,Words\n"
        "1,Acme up and Globex down,\"{'Acme': 'positive', 'Globex': 'negative'}\",5\n"
        "2,ACME UP AND GLOBEX DOWN,\"{'Acme': 'positive', 'Globex': 'negative'}\",5\n"
        "3,Dr Roy's Labs steady,\"{'Dr Roy's Labs': 'neutral'}\",4\n",
        encoding="utf-8",
    )
    (tmp_path / "finentity").mkdir()
    row = {
        "content": "Acme fell. Later Acme rose.",
        "annotations": [{"start": 3, "end": 7, "value": "Acme", "label": "Positive"}],
    }
    (tmp_path / "finentity" / "FinEntity.json").write_text(json.dumps([row, row]), encoding="utf-8")
    (tmp_path / "tfns").mkdir()
    for name in ("sent_train.csv", "sent_valid.csv"):
        (tmp_path / "tfns" / name).write_text(
            "text,label\n$ACME up big https://t.co/abc,1\n", encoding="utf-8"
        )
    return tmp_path


def test_every_mention_of_the_target_is_marked_and_repeats_are_left_out(sets: Path) -> None:
    rows = [e for _, e in corpora.sentfin(sets)]
    conflict = [e for e in rows if e.source == "sentfin conflict"]
    assert [e.text[slice(*e.spans[0])] for e in conflict] == ["Acme", "Globex"]
    assert [e.score for e in conflict] == [pytest.approx(0.45), pytest.approx(-0.45)]
    assert any(e.text.startswith("Dr Roy") for e in rows)
    (paragraph,) = [e for _, e in corpora.finentity(sets)]
    assert [paragraph.text[a:b] for a, b in paragraph.spans] == ["Acme", "Acme"]


def test_addresses_are_dropped_and_the_validation_part_may_not_train(sets: Path) -> None:
    ((part, tweet),) = corpora.tweets(sets, valid=True)
    assert (part, tweet.text) == ("test", "$ACME up big")
    assert fold(tweet.text) in corpora.forbidden_texts(sets)


def test_a_text_is_always_in_the_same_split() -> None:
    parts = {part_of(f"title {i}", test=15, development=5) for i in range(300)}
    assert parts == {"test", "development", "train"}
    assert part_of("Profit up!", test=15, development=5) == part_of("profit UP", test=15, development=5)
