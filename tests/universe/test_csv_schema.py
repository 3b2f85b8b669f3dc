"""Our own CSV: every row becomes a record or a problem with its line."""

from __future__ import annotations

import csv
import io

import pytest

from readthrough.domain.errors import UniverseError
from readthrough.universe.csv_schema import COLUMNS, TEMPLATE, incoming_csv
from readthrough.universe.incoming import Incoming, RowProblem, faults_of


def test_the_template_has_every_column_and_is_sound() -> None:
    assert next(csv.reader(io.StringIO(TEMPLATE))) == list(COLUMNS)
    found = list(incoming_csv(TEMPLATE))
    assert len(found) == 3
    for record in found:
        assert isinstance(record, Incoming)
        assert faults_of(record) == ()
    assert isinstance(found[0], Incoming)
    assert found[0].name_days == (("Volt & Sons", "", "2019-05-01"),)
    assert [(n.text, n.kind, n.ambiguous) for n in found[0].names] == [
        ("Acme Grid", "short", False),
        ("Acme Grid Holdings", "alias", False),
        ("Acme", "brand", True),
        ("Volt & Sons", "former", False),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Acme,,,x,y", "5 cells for 4"),
        ("Acme,,,nickname: x", "unknown kind of name"),
        ("Acme,,,A [until never-ever]", "no such day"),
        ("Acme,,,A [sometime]", "is not written as"),
        ("Acme|B,,,", "cannot be printed"),
        ("Acme,2020-13-01,,", "is no day"),
        ("Acme,2020-01-01,,", "days but no ticker"),
        ("Acme,,Financial,", "did you mean Financials"),
    ],
)
def test_a_bad_row_says_why_and_where(row: str, words: str) -> None:
    text = f'issuer,valid_from,sector,names\n"Two\nlines",,,\n\n{row}\nGood,,,\n'
    first, bad, good = incoming_csv(text)
    assert isinstance(first, Incoming)
    assert first.name == "Two lines"
    assert isinstance(bad, RowProblem)
    assert (bad.line, bad.entry, bad.code) == (5, 2, "bad")
    assert words in bad.reason
    assert isinstance(good, Incoming)
    assert good.line == 6


def test_a_cell_too_long_is_a_problem_and_the_rest_is_read() -> None:
    found = list(incoming_csv("issuer\n" + "x" * 200_000 + "\nGood\n"))
    assert isinstance(found[0], RowProblem)
    assert isinstance(found[-1], Incoming)


def test_semicolons_defaults_and_the_mark_of_ambiguity() -> None:
    (record,) = incoming_csv("Issuer;Ticker;CIK\n~Acme;zz9.de;42\n")
    assert isinstance(record, Incoming)
    assert (record.name, record.ticker, record.mic, record.currency) == ("Acme", "ZZ9.DE", "XETR", "EUR")
    assert (record.cik, record.names[0].ambiguous) == ("0000000042", True)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("name,ticker", "no column `issuer`"),
        ("issuer,tickr", "Did you mean ticker"),
        ("issuer,issuer", "twice"),
    ],
)
def test_the_first_line_must_name_our_columns(head: str, words: str) -> None:
    with pytest.raises(UniverseError, match=words):
        incoming_csv(head + "\n")
