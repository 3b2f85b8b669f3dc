"""Figures looked up in any table: only where row and column leave no doubt, each with its working."""

from __future__ import annotations

from decimal import Decimal

import pytest

from readthrough.domain.article import Span
from readthrough.research.figures import StatementPage
from readthrough.research.lookup import look_up, lookup_asked
from readthrough.research.tables import dated_tables

TABLE = """Sales by product
(in millions)  2025  2024 (1)  2023
Revenue:
Widgets  $3,181  $3,042  $2,628
Support and upkeep  1,877  1,303  927
Other (2)  (58)  45  —
Cost of revenue:
Other  12  14  16
Net decrease in cash  (472.7)  (7.4)  (1,184.0)
Diluted earnings per share  $0.34  $0.32  $0.28
Churn  4.5%  4.9%  5.1%
Average headcount  210  190  180
"""
CHANGES = """Years ended December 31,
2025  2024  Increase (Decrease)
Bookings  $6,388  $7,262  $(874)
Net bookings  3,366  4,203  11
"""


def asked(question: str, text: str = TABLE) -> list[tuple[str, str]]:
    page = StatementPage(document_id="d", title="Orbex 2025", number=1, text=text, span=Span(0, len(text)))
    wanted = lookup_asked(question, ("Orbex",))
    found = () if wanted is None else look_up(wanted, [page])
    for one in found:
        assert one.shown.split()[0] in one.working
        assert all(each.row.of(text).startswith(each.label.split()[0]) for each in one.inputs)
        assert all(each.cell.of(text) == each.printed for each in one.inputs)
    return [(one.shown, one.working) for one in found]


@pytest.mark.parametrize(
    ("question", "shown", "working"),
    [
        ("What was Orbex's revenue from widgets in 2024?", "3,042 million", "Widgets, 2024: 3,042 million"),
        ("What was the change in widgets revenue between 2023 and 2025?", "553 million", "3,181 - 2,628 = 553"),
        ("What was the percentage change in support and upkeep from 2024 to 2025?", "44.05%", "(1,877 - 1,303) / 1,303"),
        ("What is the % change in widgets from 2024 to 2025?", "4.57%", "(3,181 - 3,042) / 3,042"),
        ("What was the average support and upkeep revenue for 2023 to 2025?", "1,369.00 million", "(927 + 1,303 + 1,877) / 3"),
        ("What was the sum of widgets revenue for 2024 and 2025?", "6,223 million", "3,042 + 3,181"),
        ("What was the difference in widgets between 2025 and 2024?", "139 million", "3,181 - 3,042"),
        ("What was the decrease in churn from 2024 to 2025?", "0.4 percentage points", "4.9 - 4.5"),
        ("What was churn in 2023?", "5.1%", "5.1"),
        ("What were diluted earnings per share in 2025?", "0.34", "0.34"),
        ("What was the net decrease in cash in 2024?", "-7.4 million", "-7.4"),
        ("What was the other cost of revenue in 2023?", "16 million", "16"),
    ],
)  # fmt: skip
def test_a_cell_is_found_and_worked_with(question: str, shown: str, working: str) -> None:
    ((told, how),) = asked(question)
    assert told == shown
    assert working in how


def test_several_years_are_answered_in_the_order_asked() -> None:
    told = asked("What was widgets revenue in 2023 and 2025 respectively?")
    assert [shown for shown, _ in told] == ["2,628 million", "3,181 million"]


@pytest.mark.parametrize(
    "question",
    [
        "What was other in 2024?",  # two rows are called so
        "What was other revenue in 2023?",  # a dash is no figure
        "What was revenue from gadgets in 2024?",  # no such row
        "What was net revenue from widgets in 2024?",  # net of what is not told
        "What was widgets revenue in 2019?",  # no such column
        "What was widgets revenue?",  # no year
        "What was the change in widgets revenue?",
        "What was the percentage change in other revenue from 2023 to 2024?",  # from nothing
        "What was widgets revenue in the third quarter of 2024?",
        "What was widgets revenue excluding returns in 2024?",
        "What was the change in the average headcount between 2024 and 2025?",  # of averages, or an average
        "What was the sum of widgets and support and upkeep in 2024?",
        "Why did widgets revenue rise in 2024?",
        "Which year had the highest widgets revenue, 2024 or 2025?",
        "What share of revenue was widgets in 2024?",
    ],
)
def test_where_anything_is_in_doubt_nothing_is_given(question: str) -> None:
    assert asked(question) == []


def test_a_column_of_changes_must_add_up() -> None:
    assert asked("What were bookings in 2024?", CHANGES)[0][0] == "7,262"
    assert asked("What were net bookings in 2024?", CHANGES) == [], "the third cell is no change of the two"


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("2025 €m  2024 €m  2023 €m", (2025, 2024, 2023)),
        ("2025 (1)  2024", (2025, 2024)),
        ("$’000  2025  2024  % Change", (2025, 2024)),
        ("(in millions, except per share amounts)  2025  2024", (2025, 2024)),
        ("Orbex grew in 2024 and 2025 as planned", ()),
    ],
)
def test_headings_name_their_years_among_units_and_notes(head: str, years: tuple[int, ...]) -> None:
    (table,) = dated_tables(f"{head}\nSales  12  13\nCosts  7  8")
    assert table.years == years
    assert table.rows[0].cells[0].value == Decimal(12)
