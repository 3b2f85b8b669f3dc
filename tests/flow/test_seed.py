"""The page the project was created from, from words to note."""

from __future__ import annotations

import json

import pytest
from tools.reference import seed_note

from readthrough.domain.contract import NoteDocument, note_document


@pytest.fixture(scope="module")
def document() -> NoteDocument:
    return json.loads(json.dumps(note_document(seed_note())))  # type: ignore[no-any-return]


def test_it_links_alibaba_as_primary_and_nothing_else(document: NoteDocument) -> None:
    tickers = document["tickers"]
    assert isinstance(tickers, list)
    assert [(t["ticker"], t["role"]) for t in tickers] == [("BABA", "primary")]  # type: ignore[index, call-overload]


def test_it_is_mildly_positive_and_mixed(document: NoteDocument) -> None:
    sentiment = document["sentiment"]
    assert isinstance(sentiment, dict)
    assert sentiment["label"] == "mildly positive"
    assert sentiment["mixed"] is True


def test_its_facts_are_all_there_with_their_quotes(document: NoteDocument) -> None:
    facts = document["facts"]
    assert isinstance(facts, list)
    told = {
        (f["metric"], f["value"], f["change"], f["vs_expectation"], f["modality"])  # type: ignore[index, call-overload]
        for f in facts
    }
    assert told >= {
        ("share price", 7, "up", None, "actual"),
        ("revenue", 3, "up", "miss", "actual"),
        ("cloud revenue", 38, "up", None, "actual"),
        ("cloud revenue", 6130000000, "up", None, "actual"),
        ("AI share of cloud revenue", 50, None, None, "planned"),
    }
    assert all(f["quote"] for f in facts)  # type: ignore[index, call-overload]


def test_its_analysis_has_at_least_five_kinds_and_nothing_was_withheld(document: NoteDocument) -> None:
    analysis = document["analysis"]
    assert isinstance(analysis, list)
    assert len({claim["kind"] for claim in analysis}) >= 5  # type: ignore[index, call-overload]
    assert document["withheld"] == []


def test_every_figure_of_the_note_stands_in_the_page(document: NoteDocument) -> None:
    words = json.dumps([document["summary"], document["analysis"], document["decisions"]])
    for figure in ("7%", "38%"):
        assert figure in words
    assert "0.22" not in words
