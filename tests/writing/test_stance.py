"""Pages about no company: which way the market heard a central bank, a budget or a bond sale."""

from __future__ import annotations

import pytest

from readthrough.domain.note import Note

from .conftest import Tell


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def _said(note: Note) -> str:
    return " ".join(c.text for c in note.analysis)


def test_a_hold_that_weakens_the_currency_is_heard_as_softer(tell: Tell) -> None:
    note = tell(
        "Won slides as Bank of Korea holds rates and hints at patience",
        "SEOUL - The won fell to a four-month low on Thursday after the Bank of Korea left its rate unchanged at 2.5%. "
        "The dollar climbed 1.1% to 1,472 won. The Kospi rose 1.4%.",
    )
    assert "money.bank_softer" in _playbooks(note)
    assert "higher for longer" not in _said(note)
    assert any("xporters" in c.text for c in note.analysis if c.kind == "read_through")


def test_a_hold_that_lifts_short_yields_is_heard_as_firmer(tell: Tell) -> None:
    note = tell(
        "Bank of Canada keeps rate at 2.25%, says inflation risks remain",
        "OTTAWA - The Bank of Canada left its rate at 2.25% on Wednesday and said price pressures were broad. "
        "Canada's two-year bond yield rose 7 basis points to 2.61%. It next meets on Jan. 28.",
    )
    assert "money.bank_firmer" in _playbooks(note)
    assert "7 basis points" in note.analysis[0].text
    assert "Jan. 28" in note.analysis[-1].text


def test_a_cut_after_which_yields_rise_takes_later_cuts_away(tell: Tell) -> None:
    note = tell(
        "Reserve Bank of Australia cuts rates, signals pause",
        "SYDNEY - The Reserve Bank of Australia cut its rate by a quarter point to 3.35% on Tuesday. "
        "The yield on two-year bonds rose 8 basis points to 3.61%.",
    )
    assert note.analysis[0].text.startswith("The cut was the smaller half")
    assert not any("Debtors gain first" in c.text for c in note.analysis)


def test_a_currency_is_no_share(tell: Tell) -> None:
    note = tell(
        "Dollar climbs as traders pare bets on cuts",
        "NEW YORK - The dollar rose 0.9% to 151.20 yen on Friday after strong payrolls. The S&P 500 was little changed.",
    )
    assert "rise in the dollar raised the price" not in _said(note)


def test_a_package_that_lifts_yields_is_not_read_as_cheaper_money(tell: Tell) -> None:
    note = tell(
        "Parliament passes 60 billion euro tax package",
        "ROME - Parliament passed a package of tax cuts worth 60 billion euros on Thursday. The FTSE MIB rose 0.7%. "
        "The yield on 10-year bonds rose 6 basis points to 3.60%. The Senate votes on July 11.",
    )
    assert "money.fiscal" in _playbooks(note)
    assert "long horizon or a loan" not in _said(note)
    assert "rising currency" not in _said(note)
    assert any("July 11" in c.text for c in note.analysis if c.kind == "catalyst")


def test_spending_that_costs_the_currency_is_a_doubt_about_funding(tell: Tell) -> None:
    note = tell(
        "Peso weakens as government unveils spending package",
        "MANILA - The peso fell 1.6% to 59.10 per dollar on Tuesday after the government announced a spending plan. "
        "The yield on ten-year bonds climbed 22 basis points to 6.9%.",
    )
    assert note.analysis[0].text.startswith("Lenders answered first")


def test_a_weak_bond_sale_is_supply_and_not_policy(tell: Tell) -> None:
    note = tell(
        "Gilt auction draws weakest demand in two years",
        "LONDON - An auction of 30-year gilts drew weak demand on Tuesday, pushing the yield on the security up 9 basis points to 5.31%. "
        "The FTSE 100 fell 0.6%.",
    )
    assert "money.auction" in _playbooks(note)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Acme, which reports results on Nov. 20, declined to comment.", "on Nov. 20"),
        ("The upper house votes on July 11.", "on July 11"),
        ("Completion is expected by the end of 2026.", "by the end of 2026"),
        ("A hearing is scheduled for March 4.", "on March 4"),
        ("They will strike from Monday.", "on Monday"),
        ("Its next policy review is on March 19.", "on March 19"),
    ],
)
def test_a_day_ahead_is_found_with_its_preposition(sentence: str, day: str) -> None:
    from readthrough.domain.article import Span
    from readthrough.domain.reading import Sentence
    from readthrough.writing.dates import find_scheduled

    found = find_scheduled(sentence, [Sentence(index=1, span=Span(0, len(sentence)))])
    assert [s.on for s in found] == [day]


def test_a_day_that_is_past_is_no_date_ahead() -> None:
    from readthrough.domain.article import Span
    from readthrough.domain.reading import Sentence
    from readthrough.writing.dates import find_scheduled

    for sentence in (
        "Workers voted on Tuesday.",
        "The hearing was held on March 4.",
        "It reported results on Nov. 20.",
    ):
        assert not find_scheduled(sentence, [Sentence(index=1, span=Span(0, len(sentence)))])


def test_results_of_another_company_are_not_the_subjects_date(tell: Tell) -> None:
    note = tell(
        "Short seller targets Globant",
        "Shares of Globant fell 14% on Tuesday after short seller Culper Research alleged that it inflated its bookings. "
        "EPAM Systems reports results on Nov. 6.",
    )
    assert not any("Nov. 6" in c.text for c in note.analysis)


def test_a_bank_named_beside_a_figure_is_not_what_was_heard(tell: Tell) -> None:
    note = tell(
        "UK inflation slows to 2.6%, less than forecast",
        "LONDON - British inflation slowed to 2.6% in October from 3.0%, official data showed. Economists had expected 2.8%. "
        "Sterling fell 0.4% to $1.3118. The Bank of England meets in December.",
    )
    assert not _playbooks(note) & {"money.bank_softer", "money.bank_firmer"}
