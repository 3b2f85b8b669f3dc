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


PAIRS = {
    "Nike's revenue climbed from $11.2 billion to $12.4 billion, while net income slipped from $1.3 billion to $1.1 billion.": [
        "revenue, at +12400000000, money, was 11200000000",
        "net income, at -1100000000, money, was 1300000000",
    ],
    "Nike's revenue rose 3% to $5 billion and net income 8% to $1 billion.": [
        "revenue, by +3, percent",
        "revenue, at +5000000000, money",
        "net income, by +8, percent",
        "net income, at +1000000000, money",
    ],
    "NIKE Q2 REV $12.4B VS. $11.9B Y/Y; EPS $0.74 VS $0.70 EST": [
        "revenue, at +12400000000, money, was 11900000000",
        "eps, at 0.74, money_per_share, beat, expected 0.70",
    ],
    "The unemployment rate held at 4.1%, in line with forecasts.": [
        "unemployment rate, at =4.1, percent, in_line"
    ],
    "Bank rate was left in a band of 3.50%-3.75%.": ["interest rate, at 3.50, percent"],
    "The 10-year Treasury yield rose four basis points.": ["bond yield, by +4, basis_points"],
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.items())
def test_pairs_and_lists_of_figures(text: str, expected: list[str]) -> None:
    assert fact_lines(text) == expected
