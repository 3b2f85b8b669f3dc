"""Whole articles, read and written: what the page states is neither asked for nor contradicted."""

from __future__ import annotations

import re

import pytest

from readthrough.domain.note import Note

from .conftest import Tell


def _said(note: Note) -> str:
    claims = [f"{c.text} {c.falsified_by}" for c in note.analysis]
    decisions = [f"{d.action} {d.trigger} {d.invalidation} {d.rationale}" for d in note.decisions]
    return " ".join((*claims, *decisions))


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Salesforce to buy Informatica for $8 billion",
            "Salesforce said on Tuesday it would buy data company Informatica for $8 billion, a 30% premium.\n"
            "Salesforce shares fell 2%.",
        ),
        (
            "Investors make takeover offer for Brightwell",
            "A group of investors made a takeover offer for Brightwell, listed in Oslo, at a 25% premium.\n"
            "Brightwell shares rose 22%.",
        ),
        (
            "Pfizer to buy Metsera for $4.9 billion",
            "Pfizer agreed to buy Metsera for $47.50 a share in cash, a premium of 43%.\n"
            "Shares of Eli Lilly, a rival, fell 1.2%.",
        ),
        (
            "Vodafone sells its Italian arm to Swisscom",
            "Vodafone agreed to sell its Italian arm to Swisscom for 8 billion euros.\nVodafone shares rose 4.2%.",
        ),
    ],
)
def test_the_part_of_the_target_goes_to_nobody_else(tell: Tell, headline: str, body: str) -> None:
    note = tell(headline, body)
    for name in ("Salesforce", "Oslo", "Pfizer", "Lilly", "Vodafone"):
        assert f"{name} is a spread" not in _said(note)
    assert not any(
        d.instrument in ("CRM", "PFE", "LLY", "VOD") and d.direction == "long" for d in note.decisions
    )


def test_the_target_that_the_text_names_is_a_spread(tell: Tell) -> None:
    note = tell(
        "Capital One to buy Discover Financial for $31 billion",
        "Capital One agreed to buy Discover Financial for $31 billion, a premium of 24% to Friday's close.\n"
        "Discover Financial shares rose 19.6%, and Capital One fell 5.2%.",
    )
    assert re.search("Discover[A-Za-z ]* is a spread", _said(note))
    assert "Capital One is a spread" not in _said(note)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nike cut its annual revenue forecast for the third time this year, citing weak demand in China.",
        "Nike again lowered its annual revenue forecast, citing weak demand in China.",
        "Nike once more cut its annual revenue forecast on weak demand in China.",
        "Nike, which had already cut its forecast in June, lowered its annual revenue forecast.",
    ],
)
def test_a_cut_after_a_cut_is_not_the_first(tell: Tell, sentence: str) -> None:
    note = tell("Nike cuts forecast", f"{sentence}\nIt now expects revenue to fall 5%. Nike shares fell 9%.")
    assert "guidance.cut_again" in _playbooks(note)
    assert "irst cut" not in _said(note)
    assert "econd cut" not in _said(note)


def test_a_forecast_taken_back_is_no_new_range(tell: Tell) -> None:
    note = tell(
        "Target withdraws annual forecast as tariffs bite",
        "Target withdrew its annual sales and profit forecast on Wednesday, citing uncertainty over tariffs.\n"
        "Target shares fell 6%.",
    )
    assert "guidance.withdrawn" in _playbooks(note)
    assert "new range" not in _said(note)
    assert "lowered outlook" not in _said(note)


def test_the_sum_of_the_headline_is_spoken_of(tell: Tell) -> None:
    note = tell(
        "Ford takes $19.5 billion charge as it retreats from electric cars",
        "Ford said on Monday it would take a $19.5 billion charge as it scraps several electric models.\n"
        "The company raised its adjusted EBIT forecast to about $7 billion.\nFord shares rose 2%.",
    )
    assert "$19.5 billion" in " ".join(c.text for c in note.analysis)


def test_rivals_in_another_medicine_are_not_named(tell: Tell) -> None:
    note = tell(
        "Novo Nordisk haemophilia drug approved",
        "The U.S. Food and Drug Administration approved Novo Nordisk's haemophilia treatment on Friday.\n"
        "Novo Nordisk shares rose 1%.",
    )
    assert not {"LLY", "VKTX", "AMGN"} & {ticker for c in note.analysis for ticker, _ in c.tickers}


def test_a_rival_that_rose_is_not_called_hurt(tell: Tell) -> None:
    note = tell(
        "Nokia cuts outlook as orders slow",
        "Nokia cut its annual profit outlook, citing weak demand for networks.\n"
        "Nokia shares fell 8%. Ericsson shares rose 3%.",
    )
    hurt = {t for c in note.analysis for t, direction in c.tickers if direction == "negative"}
    assert "ERIC" not in hurt
    assert "device" not in _said(note)


def test_what_the_agency_wants_and_when_is_quoted_not_asked_for(tell: Tell) -> None:
    note = tell(
        "Regulator declines to approve Regeneron drug",
        "The FDA declined to approve Regeneron's odronextamab, citing problems at a third-party filler.\n"
        "Regeneron plans to resubmit the application by the end of March. The shares fell 3%.",
    )
    assert "by the end of March" in _said(note)
    assert "third-party filler" in _said(note)
    assert "request is known" not in _said(note)


def test_a_named_successor_is_not_asked_for(tell: Tell) -> None:
    note = tell(
        "Intel chief Pat Gelsinger resigns",
        "Intel said chief executive Pat Gelsinger resigned and will be succeeded by Robert Hale.\n"
        "Intel shares fell 3%.",
    )
    assert "Robert Hale" in _said(note)
    assert "successor from inside is named" not in _said(note)


def test_a_win_in_court_is_no_order_that_bites(tell: Tell) -> None:
    note = tell(
        "Johnson & Johnson wins appeal as court throws out verdict",
        "A U.S. appeals court threw out a jury verdict against Johnson & Johnson, in a win for the company.\n"
        "Johnson & Johnson shares rose 2%.",
    )
    assert "order bites" not in _said(note)
    assert not any(d.direction == "short" for d in note.decisions)


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Fed holds rates steady",
            "The Federal Reserve held its policy rate at 4.25% to 4.50% on Wednesday.\n"
            "The S&P 500 rose 0.4%, and the 10-year yield fell 3 basis points to 4.27%.",
        ),
        (
            "Boeing wins order for 50 jets from Ryanair",
            "Boeing won an order for 50 737 MAX jets from Ryanair worth $5 billion at list prices.",
        ),
    ],
)
def test_straight_news_is_not_called_an_argument(tell: Tell, headline: str, body: str) -> None:
    note = tell(headline, body)
    assert note.analysis
    assert "tape.feature" not in _playbooks(note)


def test_the_move_that_stood_is_told(tell: Tell) -> None:
    note = tell(
        "Delta Air Lines tops estimates",
        "Delta Air Lines reported earnings of $1.71 a share, above the $1.60 expected.\n"
        "Its shares fell 3.3% in early trading but later recovered to trade 0.9% higher.",
    )
    assert "3.3%" not in _said(note)
    assert "results.beat_yet_fell" not in _playbooks(note)


def test_what_an_authority_takes_back_has_no_loser_to_appeal(tell: Tell) -> None:
    note = tell(
        "Wells Fargo wins release from asset cap",
        "The Federal Reserve lifted a $1.95 trillion asset cap on Wells Fargo, ending a seven-year order.\n"
        "Wells Fargo shares rose 3%.",
    )
    assert "appeal runs out" not in _said(note)
    assert "order bites" not in _said(note)


def test_a_price_is_told_of_its_buyer_only(tell: Tell) -> None:
    note = tell(
        "Rival of Lilly gets offer",
        "AstraZeneca offered to buy Viking Therapeutics, a rival of Eli Lilly, for $12 billion, a premium of 40%.\n"
        "Lilly shares fell 2%. Viking shares rose 35%.",
    )
    assert "at Lilly it has to come back" not in _said(note)
    assert "Lilly is a spread" not in _said(note)
    prices = [c.text for c in note.analysis if "A bid prices the neighbours" in c.text]
    assert not any("AstraZeneca" in text for text in prices)
