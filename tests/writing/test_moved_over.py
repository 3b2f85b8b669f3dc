"""What moved the shares: an event beside the move leads, not a beat told further down; and other readings of a page."""

from __future__ import annotations

from readthrough.domain.note import Note

from .conftest import Tell


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def test_a_fall_over_the_choice_of_a_chief_is_not_laid_to_a_beat(tell: Tell) -> None:
    note = tell(
        "Kohl's names insider Smithson as CEO; shares slide",
        "Kohl's on Tuesday named Chief Operating Officer Dana Smithson as its next chief executive, disappointing investors "
        "who had hoped for an outsider, and its shares slid 9%. Comparable sales fell 2.1%, a smaller drop than the 3% decline "
        "analysts expected. Net sales of $3.35 billion were ahead of estimates of $3.31 billion.",
    )
    lead = note.analysis[0]
    assert "deals.chief_unwelcome" in {s.id for s in lead.support}
    assert "Dana Smithson" in lead.text
    assert not any("beat_yet_fell" in p for p in _playbooks(note))


def test_a_smaller_fall_than_feared_is_not_told_as_what_analysts_asked_for(tell: Tell) -> None:
    note = tell(
        "Kohl's slides although sales fell less than feared",
        "Kohl's shares slid 9% on Tuesday. Comparable sales fell 2.1%, a smaller drop than the 3% decline analysts expected.",
    )
    assert not any("asked for 3%" in c.text for c in note.analysis)


def test_a_year_gone_by_is_no_date_to_wait_for(tell: Tell) -> None:
    note = tell(
        "Petrobras tops forecasts and plans to sell fuel again",
        "Petrobras posted net income of 26.7 billion reais, above the 22.4 billion reais average estimate, and plans to return "
        "to fuel distribution, a business it left in 2021. Its shares fell 6.2%.",
    )
    assert not any("2021" in c.text for c in note.analysis)


def test_what_is_spent_is_told_as_a_sum(tell: Tell) -> None:
    note = tell(
        "Petrobras beats estimates but spends more",
        "Petrobras posted net income of 26.7 billion reais, above the 22.4 billion reais average estimate, after capital "
        "expenditure rose 31% to $4.4 billion. Its shares fell 6.2%.",
    )
    assert not any("31% goes out" in c.text for c in note.analysis)


def test_a_rival_that_wanted_the_target_is_told_as_the_loser(tell: Tell) -> None:
    note = tell(
        "Netflix to buy Warner Bros studios for $72 billion",
        "Netflix agreed to acquire Warner Bros. Discovery for $72 billion in cash and stock. Warner Bros. Discovery rose 6.3%. "
        "Netflix fell 2.9%. Paramount Skydance, which had bid for the whole company, dropped 9.8%.",
    )
    said = next(c for c in note.analysis if c.kind == "read_through")
    assert "Paramount Skydance down 9.8%" in said.text
    assert "Netflix down" not in said.text


def test_a_lower_letter_for_a_state_is_no_package(tell: Tell) -> None:
    note = tell(
        "Moody's cuts Belgium's rating as budget gap widens",
        "Moody's lowered Belgium's credit rating by one notch late on Friday, saying the government would struggle to bring "
        "down a deficit of 5.4% of gross domestic product. KBC lost 1.8% and Ageas 1.2%.",
    )
    assert "money.sovereign_rating" in _playbooks(note)
    assert "money.fiscal" not in _playbooks(note)


def test_lenders_keep_a_step_after_which_the_currency_falls(tell: Tell) -> None:
    note = tell(
        "Bank of Japan raises rates to 0.75%; yen weakens",
        "The Bank of Japan raised its benchmark rate by a quarter point to 0.75% on Friday, but the yen fell 0.6% to 156.8 per "
        "dollar as the governor gave few clues. Shares of Mitsubishi UFJ rose 1.9%.",
    )
    said = " ".join(c.text for c in note.analysis)
    assert "lenders lose" not in said
    assert any(c.text.startswith("Lenders earn") for c in note.analysis if c.kind == "read_through")


def test_rivals_are_those_of_the_field_the_page_is_about(tell: Tell) -> None:
    note = tell(
        "Boeing strike: union rejects offer, 737 output stays halted",
        "Boeing machinists voted to reject the planemaker's offer, extending a strike that has halted production of 737 MAX jets.",
    )
    said = " ".join(c.text for c in note.analysis if c.kind == "read_through")
    assert "Airbus" in said
    assert "Lockheed" not in said


def test_a_hot_print_that_leaves_yields_lower_takes_no_cuts_out(tell: Tell) -> None:
    note = tell(
        "US consumer prices rise 0.4% in August",
        "US consumer prices rose 0.4% in August, the Labor Department said. Economists had forecast a 0.3% rise. Treasury "
        "yields fell as traders held to bets that the Federal Reserve will cut rates next week.",
    )
    said = " ".join(c.text for c in note.analysis)
    assert "Cuts that were priced come out" not in said
    assert "did not move the path" in said
