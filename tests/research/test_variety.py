"""Shared runs of words across notes."""

from __future__ import annotations

from readthrough.research.evals.variety import distinct, variety


def test_notes_without_a_common_phrase_share_nothing() -> None:
    found = variety(["alpha beta gamma delta epsilon zeta", "one two three four five six"])
    assert (found.notes, found.shared, found.worst) == (2, 0.0, ())


def test_a_phrase_in_stock_is_named_with_the_number_of_notes_that_use_it() -> None:
    stock = "it comes before the effect is in profit"
    found = variety([f"At Acme {stock}.", f"At Beta Corp {stock}.", "Nothing else is said of Gamma here."])
    assert found.worst[0] == ("before the effect is in", 2) or found.worst[0][1] == 2
    assert 0.3 < found.shared < 0.6


def test_a_note_that_repeats_itself_does_not_count_against_itself() -> None:
    assert variety(["the same words again and again the same words again and again"]).shared == 0.0


def test_a_text_too_short_for_a_run_is_not_a_note() -> None:
    assert variety(["No trade.", ""]).notes == 0


def test_a_story_told_twice_is_one_story() -> None:
    story = "Acme said on Monday that it will close its plant in Ohio and move production to Mexico"
    pages = [
        ("a", story),
        ("b", story + " by the end of the year."),
        ("c", "Beta Corp raised its outlook for the year"),
    ]
    assert distinct(pages) == ["a", "c"]
