"""Figures held against a bar that stands beside them."""

from __future__ import annotations

import pytest

from .reading_of import reading

_START = "Nike reported results on Tuesday. "


@pytest.mark.parametrize(
    ("told", "type_"),
    [
        ("For fiscal 2027, Nike predicts EPS of $2.45 to $2.65. That is light of the $2.71 analysts had in mind.", "guidance_cut"),
        ("It guided to revenue of $12.4 billion this quarter; analysts were at $11.9 billion.", "guidance_raise"),
        ("Management is now guiding for an operating margin of 14%, having started the year with 12%.", "guidance_raise"),
        ("It reckons on sales of $50 billion this year. Analysts had pencilled in $52 billion.", "guidance_cut"),
    ],
)  # fmt: skip
def test_a_bar_stands_in_the_next_clause_or_sentence(told: str, type_: str) -> None:
    assert type_ in {e.type for e in reading(_START + told, "Nike results").events}


@pytest.mark.parametrize(
    "told",
    [
        "It guided to revenue of $12.4 billion this quarter; a year earlier it had been $11.9 billion.",
        "It guided to revenue of $12.4 billion this quarter; analysts like the shares at $80.",
        "It kept its forecast for revenue of $50 billion, having bought back $3 billion of shares.",
    ],
)
def test_what_is_of_another_kind_or_time_is_no_bar(told: str) -> None:
    types = {e.type for e in reading(_START + told, "Nike results").events}
    assert not types & {"guidance_raise", "guidance_cut"}
