from __future__ import annotations

import re

import pytest

from readthrough.domain.article import Article
from readthrough.domain.note import ClaimKind, Note
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story
from readthrough.universe import Universe
from readthrough.writing import Playbooks, write
from readthrough.writing.check import Grounds
from readthrough.writing.computed import computed_of, shown
from readthrough.writing.figures import find_figures

from .conftest import Tell

Told = tuple[Article, Reading]
KEYS = "missed_yet_rose beat_but_cut rejection deal recall probe central_bank strike capex index denied brief layoffs noise".split()
LED_BY = {
    "missed_yet_rose": "results.missed_yet_rose_on_segment",
    "rejection": "operations.drug_rejected",
    "deal": "deals.target",
    "recall": "operations.recall",
    "probe": "law.probe",
    "central_bank": "market.rate_surprise",
    "strike": "operations.strike",
    "capex": "capital.capex_surge_cloud",
    "index": "market.wide_down",
    "denied": "deals.rumour_denied",
    "brief": "deals.index_in",
}


def _playbooks_of(note: Note) -> list[str]:
    return [s.id for c in note.analysis for s in c.support if s.kind == "playbook"]


@pytest.mark.parametrize("key", KEYS)
def test_every_figure_of_a_note_stands_in_the_article_or_is_worked_out_from_its_facts(
    key: str, notes: dict[str, Note]
) -> None:
    note = notes[key]
    worked_out = {shown(c) for c in computed_of(note.reading.facts)}
    for text in [*(s.text for s in note.summary), *(c.text for c in note.analysis)]:
        for figure in find_figures(text):
            assert figure.text in note.article.text or figure.text in worked_out, text


@pytest.mark.parametrize("key", KEYS)
def test_nothing_a_playbook_says_is_withheld(key: str, notes: dict[str, Note]) -> None:
    assert notes[key].withheld == ()


@pytest.mark.parametrize("key", sorted(LED_BY))
def test_the_fitting_playbook_leads(key: str, notes: dict[str, Note]) -> None:
    assert _playbooks_of(notes[key])[0] == LED_BY[key]


def test_the_tension_of_a_miss_that_rises_runs_through_five_kinds(notes: dict[str, Note]) -> None:
    note = notes["missed_yet_rose"]
    kinds = [c.kind for c in note.analysis]
    assert len(kinds) >= 5
    assert len(set(kinds)) == len(kinds)
    assert (kinds[0], kinds[-1]) == (ClaimKind.MARKET_READ, ClaimKind.CATALYST)
    assert "38%" in note.analysis[0].text
    assert "3%" in note.analysis[0].text
    assert 120 <= sum(len(c.text.split()) for c in note.analysis) <= 280
    rivals = next(c for c in note.analysis if c.kind is ClaimKind.READ_THROUGH)
    assert ("JD", "negative") in rivals.tickers
    assert any(s.kind == "edge" for s in rivals.support)


def test_both_sides_of_a_deal_are_read(notes: dict[str, Note]) -> None:
    tickers = {t for c in notes["deal"].analysis if c.kind is ClaimKind.MARKET_READ for t, _ in c.tickers}
    assert tickers == {"HON", "TDY"}


def test_a_brief_gets_at_most_two_lines(notes: dict[str, Note]) -> None:
    assert 1 <= len(notes["brief"].analysis) <= 2


def test_noise_gets_one_sentence_and_nothing_else(notes: dict[str, Note]) -> None:
    note = notes["noise"]
    assert [s.text for s in note.summary] == ["This page is a bot check, not an article."]
    assert (note.analysis, note.decisions) == ((), ())


@pytest.mark.parametrize("key", [k for k in KEYS if k != "noise"])
def test_every_claim_can_be_proved_wrong_and_says_when(key: str, notes: dict[str, Note]) -> None:
    for claim in notes[key].analysis:
        assert claim.falsified_by
        assert claim.horizon
        assert 0 < claim.confidence < 1
        assert claim.support


@pytest.mark.parametrize("key", [k for k in KEYS if k != "noise"])
def test_a_note_ends_with_a_decision_that_can_be_undone(key: str, notes: dict[str, Note]) -> None:
    note = notes[key]
    assert 1 <= len(note.decisions) <= 3
    assert all(d.trigger and d.invalidation and d.horizon for d in note.decisions)


@pytest.mark.parametrize("key", [k for k in KEYS if k != "noise"])
def test_prose_is_clean(key: str, notes: dict[str, Note]) -> None:
    for claim in notes[key].analysis:
        assert not re.search(r"[{}<>]|  | ,|\.\.|\bNone\b", claim.text), claim.text
        assert claim.text[0].isupper() or claim.text[0].isdigit() or claim.text[0] in "$€£"
        assert claim.text.endswith(".")


def test_the_same_inputs_give_the_same_note(
    stories: dict[str, Told], notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    article, reading = stories["strike"]
    first = notes["strike"]
    again = write(
        article,
        reading,
        first.story,
        (),
        playbooks=playbooks,
        universe=universe,
        version="0",
        known_at=first.known_at,
    )
    assert again == first
    assert again.id.startswith("note_")
    assert again.engine.playbooks == playbooks.digest


def test_a_story_told_before_is_no_trade(
    stories: dict[str, Told], notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    article, reading = stories["strike"]
    story = Story(id="s", novelty=0.0, duplicate_of=article.id)
    note = write(
        article,
        reading,
        story,
        (),
        playbooks=playbooks,
        universe=universe,
        version="0",
        known_at=notes["strike"].known_at,
    )
    assert [d.direction for d in note.decisions] == ["flat"]


def test_the_gate_and_the_writer_agree(
    stories: dict[str, Told], notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    for key, (article, reading) in stories.items():
        grounds = Grounds(article, reading, universe, playbooks)
        for claim in notes[key].analysis:
            assert grounds.fault(claim.text, claim.support) == ""


def test_an_aside_deep_in_the_story_is_not_what_it_is_about(
    stories: dict[str, Told], notes: dict[str, Note]
) -> None:
    for key in ("strike", "recall", "probe"):
        main = stories[key][1].tickers[0].ticker
        assert all(t == main for c in notes[key].analysis[:1] for t, _ in c.tickers)


def test_a_read_through_says_how_the_named_companies_moved(tell: Tell) -> None:
    note = tell(
        "Delta lifts outlook as costs fall",
        "Delta Air Lines raised its profit outlook for the year on Tuesday, citing lower fuel costs.\n"
        "It now expects to earn $7.50 a share, up from an earlier forecast of $6.80.\n"
        "Delta shares rose 5.1%. United Airlines gained 3.4% and American Airlines 2.9%.",
    )
    through = next(c for c in note.analysis if c.kind == "read_through")
    assert "3.4%" in through.text
    ways = dict(through.tickers)
    assert ways["UAL"] == ways["AAL"] == "positive"
