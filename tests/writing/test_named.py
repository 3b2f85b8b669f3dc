"""The other companies of a page: what is said of them is what the page says of them."""

from __future__ import annotations

import pytest

from readthrough.domain.note import Note
from readthrough.writing.words import agreeing, is_name, is_plural, opens_clause, possessive

from .conftest import Tell


def _through(note: Note) -> dict[str, str]:
    return {t: way for c in note.analysis if c.kind == "read_through" for t, way in c.tickers}


def test_a_move_beside_the_subject_s_own_gives_the_sign(tell: Tell) -> None:
    note = tell(
        "Delta lifts outlook as costs fall",
        "Delta Air Lines raised its profit outlook for the year on Tuesday, citing lower fuel costs.\n"
        "Delta shares rose 5.1%. United Airlines fell 3.4% and American Airlines 2.9%.",
    )
    assert _through(note)["UAL"] == "negative"


def test_a_move_over_a_year_is_no_answer_to_the_news(tell: Tell) -> None:
    note = tell(
        "Delta lifts outlook as costs fall",
        "Delta Air Lines raised its profit outlook for the year on Tuesday, citing lower fuel costs.\n"
        "Delta shares rose 5.1%. United Airlines has fallen 34% in the past year.",
    )
    assert "34%" not in " ".join(c.text for c in note.analysis)


def test_the_other_side_of_a_deal_is_no_bystander(tell: Tell) -> None:
    note = tell(
        "Emerson to buy Rockwell Automation for $49 billion",
        "Emerson Electric agreed on Monday to buy Rockwell Automation for about $49 billion.\n"
        "Rockwell's shares leapt 21%, while those of Emerson slumped 9%.",
    )
    for claim in note.analysis:
        if claim.kind == "read_through":
            assert "Rockwell up" not in claim.text


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("upgrades and services", True),
        ("the spread of loan yields over deposits", False),
        ("sell-through rather than shipments", False),
        ("contract prices of DRAM and NAND", True),
        ("gross margin on cars, without credits", False),
    ],
)
def test_a_noun_s_number_is_its_head_s(noun: str, plural: bool) -> None:
    assert is_plural(noun) is plural
    assert agreeing(" is the cause", noun) == (" are the cause" if plural else " is the cause")


def test_a_verb_follows_its_own_subject_only() -> None:
    assert opens_clause("If ")
    assert not opens_clause("A change to ")


def test_names_are_names() -> None:
    assert possessive("Kohl's") == "Kohl's"
    assert not is_name("Tel Aviv Bourse's Big Day Dawns")
    assert not is_name("Corruption Probe")
