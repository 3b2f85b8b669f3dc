"""How a model's claims are weighed; what gets through must be what our own check lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readthrough.domain.authoring import AuthoredClaim, Ending
from readthrough.domain.note import ClaimKind, Note
from readthrough.universe import Universe
from readthrough.writing import Playbooks
from readthrough.writing.accept import Acceptance
from readthrough.writing.commission import Commission, commission
from readthrough.writing.revise import fallen_back, is_enough, rewritten

KEYS = [
    "missed_yet_rose",
    "beat_but_cut",
    "rejection",
    "deal",
    "recall",
    "probe",
    "strike",
    "capex",
    "layoffs",
    "denied",
]


def made_for(note: Note, universe: Universe, playbooks: Playbooks) -> Commission:
    made = commission(note, playbooks=playbooks, universe=universe)
    assert made is not None
    return made


def echo(made: Commission) -> list[AuthoredClaim]:
    return [
        AuthoredClaim(
            kind=c.kind,
            text=c.text,
            direction=c.direction,
            horizon=c.horizon,
            tickers=c.tickers,
            confidence_pct=99,
            support=(i,),
            falsified_by=c.falsified_by,
        )
        for i, c in made.candidates.items()
    ]


@pytest.mark.parametrize("key", KEYS)
def test_what_the_playbooks_say_is_let_through(
    key: str, notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    note = notes[key]
    made = made_for(note, universe, playbooks)
    accepted = Acceptance(made, universe=universe, playbooks=playbooks).weigh(
        echo(made)[: len(note.analysis)]
    )
    assert accepted.withheld == ()
    assert [c.text for c in accepted.claims] == [c.text for c in note.analysis]
    # a model is never surer than the claim it rests on
    assert [c.confidence for c in accepted.claims] == [c.confidence for c in note.analysis]
    assert is_enough(note, accepted)


def test_a_claim_of_its_own_is_at_most_even(
    notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    made = made_for(notes["deal"], universe, playbooks)
    fact = next(i for i in made.supports if i.startswith("f"))
    own = AuthoredClaim(
        kind=ClaimKind.RISK,
        text="The price leaves little room should the approval take longer than both sides expect.",
        direction="negative",
        horizon="6-12 months",
        tickers=(),
        confidence_pct=95,
        support=(fact,),
    )
    [kept] = Acceptance(made, universe=universe, playbooks=playbooks).weigh([own]).claims
    assert kept.confidence == 0.5


def test_more_claims_than_the_page_is_worth_are_cut(
    notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    made = replace(made_for(notes["deal"], universe, playbooks), most=2)
    accepted = Acceptance(made, universe=universe, playbooks=playbooks).weigh(echo(made)[:4])
    assert len(accepted.claims) == 2
    assert all("worth 2 claims" in fault for fault in accepted.faults)


def test_a_claim_said_twice_is_cut(notes: dict[str, Note], universe: Universe, playbooks: Playbooks) -> None:
    made = made_for(notes["deal"], universe, playbooks)
    first = echo(made)[0]
    accepted = Acceptance(made, universe=universe, playbooks=playbooks).weigh([first, first])
    assert [w.reason for w in accepted.withheld] == ["It repeats a claim before it."]


def test_the_note_says_who_wrote_it_or_why_nobody_else_did(
    notes: dict[str, Note], universe: Universe, playbooks: Playbooks
) -> None:
    note = notes["deal"]
    made = made_for(note, universe, playbooks)
    accepted = Acceptance(made, universe=universe, playbooks=playbooks).weigh(echo(made)[:2])
    after = rewritten(note, accepted, author="openai/tiny")
    assert (after.engine.writer, after.engine.fallback) == ("llm-1 openai/tiny", "")
    assert (after.summary, after.decisions, after.reading) == (note.summary, note.decisions, note.reading)
    kept = fallen_back(note, Ending.TIMEOUT, "It had not answered after 60 s.")
    assert (kept.engine.writer, kept.engine.fallback) == (note.engine.writer, "timeout")
    assert kept.analysis == note.analysis
    assert kept.withheld[-1].reason == "It had not answered after 60 s."
