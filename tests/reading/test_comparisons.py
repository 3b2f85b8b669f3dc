from __future__ import annotations

import pytest

from .reading_of import fact_lines

# a figure that was hoped for joins the one it was hoped of, in whichever order their words stand
BESIDE = {
    "Nike's revenue was $9.1 billion, just shy of the 9.3 billion analysts were looking for.": [
        "revenue, at 9100000000, money, miss, expected 9300000000"
    ],
    "Nike earned $1.21 a share (consensus: $1.10).": ["eps, at 1.21, money_per_share, beat, expected 1.10"],
    "Nike's gross margin was 44.1% vs 43.2% seen.": ["gross margin, at 44.1, percent, beat, expected 43.2"],
    "Comparable sales grew 4%, well clear of the 2.5% Bloomberg consensus.": [
        "same-store sales, by +4, percent, beat, expected 2.5"
    ],
    "Nike's revenue of $9.1 billion cleared the $8.8 billion consensus.": [
        "revenue, at 9100000000, money, beat, expected 8800000000"
    ],
    "U.S. employers added 22,000 jobs in October, far fewer than the 75,000 economists had pencilled in.": [
        "payrolls, by +22000, count, miss, expected 75000"
    ],
    "Nike's revenue rose 4% to $9.1 billion, broadly in line with Street estimates of $9.0 billion.": [
        "revenue, by +4, percent, in_line",
        "revenue, at +9100000000, money, in_line, expected 9000000000",
    ],
    "Nike's sales grew 3%, which missed expectations, but digital sales surged 18%.": [
        "revenue, by +3, percent, miss",
        "digital revenue, by +18, percent",
    ],
}


@pytest.mark.parametrize(("text", "expected"), BESIDE.items())
def test_what_was_hoped_for_joins_what_came(text: str, expected: list[str]) -> None:
    assert fact_lines(text) == expected


BEFORE = {
    "Nike reported net income of $1.2 billion, compared with net income of $1.1 billion, for the quarter.": [
        "net income, at +1200000000, money, was 1100000000"
    ],
    "Nike's revenue was $9.1 billion (8.5 billion in the year-ago quarter).": [
        "revenue, at +9100000000, money, was 8500000000"
    ],
    "Nike's revenue of $9.1 billion was 2 percent higher.": [
        "revenue, at +9100000000, money",
        "revenue, by +2, percent",
    ],
    "Nike declared a dividend of 40 cents a share, two cents more than last year.": [
        "dividend, at +0.40, money_per_share"
    ],
}


@pytest.mark.parametrize(("text", "expected"), BEFORE.items())
def test_what_had_been_joins_what_is(text: str, expected: list[str]) -> None:
    assert fact_lines(text)[: len(expected)] == expected
