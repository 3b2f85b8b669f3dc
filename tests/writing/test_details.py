"""Particulars of the page, firm events and shortened sentences."""

from __future__ import annotations

import pytest

from readthrough.domain.note import Note
from readthrough.writing.trim import trimmed

from .conftest import Tell


def _said(note: Note) -> str:
    return " ".join(c.text for c in note.analysis)


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "Acme Corp, which makes brakes and axles for lorries in many countries, said that orders from European customers "
            "fell 12% in the third quarter as buyers waited for new rules on emissions.",
            "Acme Corp said that orders from European customers fell 12% in the third quarter as buyers waited for new "
            "rules on emissions.",
        ),
        ("Acme, which makes brakes, rose 3%.", "Acme, which makes brakes, rose 3%."),
    ],
)
def test_only_a_long_sentence_loses_a_clause(sentence: str, short: str) -> None:
    assert trimmed(sentence) == short


def test_a_clause_with_a_figure_or_a_negation_stays() -> None:
    tail = " said that its customers in Europe and Asia had begun to order again and that the plants were busy on most days."
    for clause in (", which lost 40 customers,", ", which has not paid its lenders,"):
        assert clause in trimmed(f"Acme Corp of Ohio{clause}{tail}")


def test_a_page_without_event_or_figure_gets_no_trade_and_no_claim(tell: Tell) -> None:
    note = tell(
        "Where Apple's designers find their colours",
        "Apple keeps a library of paint samples in California.\nVisitors to Apple's park say that the shelves are tidy.",
    )
    assert note.analysis == ()
    assert all(d.action == "No trade" for d in note.decisions)


def test_a_year_to_date_move_is_no_reaction(tell: Tell) -> None:
    note = tell(
        "Exxon Mobil ends a hard year",
        "Exxon Mobil shares are down 22% for the year.\nExxon Mobil is restructuring its refineries.",
    )
    assert "22%" not in _said(note)


def test_a_claim_names_the_authority_of_the_page(tell: Tell) -> None:
    note = tell(
        "SEC opens inquiry into Boeing",
        "The Securities and Exchange Commission opened an investigation into Boeing over its supplier accounts.\n"
        "Boeing said it is cooperating with the inquiry.",
    )
    assert "law.probe" in _playbooks(note)
    assert "SEC" in _said(note) or "Securities and Exchange Commission" in _said(note)


def test_a_headline_names_the_kind_of_page(tell: Tell) -> None:
    note = tell(
        "Snap lock-up ends on Monday",
        "Early investors in Snap will be free to sell their shares when the lock-up ends.\nSnap went public in spring.",
    )
    assert "owners.lock_up" in _playbooks(note)
