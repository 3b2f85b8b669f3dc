"""Which holdings are exposed to what: every path is one of the graph, with its weight; a shared name is asked back."""

from __future__ import annotations

import pytest
from tests.conftest import OpenDesk

from readthrough.desk import ask
from readthrough.desk.answers import Scope
from readthrough.desk.books import save_portfolio
from readthrough.desk.open import Desk
from readthrough.desk.resolve import resolve
from readthrough.desk.screen import portfolio_of

HOLDINGS = "\n".join(
    [
        "ticker,quantity,price,currency",
        *(
            f"{t},10,100,USD"
            for t in ("AAPL", "TSM", "NVDA", "XOM", "DAL", "TGT", "JPM", "ASML", "NVO", "BABA")
        ),
    ]
)


@pytest.fixture
def desk(open_test_desk: OpenDesk) -> Desk:
    desk = open_test_desk()
    save_portfolio(desk, portfolio_of(desk, HOLDINGS, name="Core"))
    return desk


@pytest.mark.parametrize(
    ("question", "ticker", "path"),
    [
        ("Which of my holdings are exposed to Apple?", "TSM", "TSMC supplies Apple"),
        ("Which of my holdings are exposed to Apple?", "AAPL", "Apple itself is held"),
        ("Which of my holdings are exposed to Apple?", "ASML", "ASML supplies TSMC"),
        ("Which of my holdings supply Apple?", "TSM", "TSMC supplies Apple"),
        ("What is my exposure to the price of oil?", "DAL", "oil: Delta Air Lines loses much from a rise"),
        ("How exposed is my book to higher interest rates?", "JPM", "rates: JPMorgan gains"),
        ("Which of my positions depend on China?", "BABA", "tariffs on China: Alibaba loses much"),
        ("Which of our stocks are exposed to Taiwan?", "TSM", "TSMC has its seat there"),
        ("Which of my holdings are exposed to GLP-1 drugs or GLP-1?", "", ""),
        ("Which of my holdings are exposed to GLP-1?", "NVO", "Novo Nordisk is in the theme GLP-1"),
        ("Which of my holdings are exposed to banks?", "JPM", "JPMorgan is in the sector Financials"),
    ],
)
def test_the_path_is_named(desk: Desk, question: str, ticker: str, path: str) -> None:
    made = ask.answer(desk, question)
    told = [str(row["path"]) for row in made.rows if row["ticker"] == ticker]
    assert any(one.startswith(path) for one in told) == bool(ticker), made.rows
    if ticker:
        assert made.method == "graph"
        assert all(row["weight_pct"] == 10.0 for row in made.rows)
        count = len({row["ticker"] for row in made.rows})
        assert f"{count} of 10 holdings of Core ({10 * count:.1f} %)" in made.headline


def test_suppliers_are_suppliers_only(desk: Desk) -> None:
    rows = ask.answer(desk, "Which of my holdings supply Apple?").rows
    assert {row["reach"] for row in rows} <= {"direct", "second step"}
    assert all("supplies" in str(row["path"]) for row in rows)


def test_no_tie_is_said_and_nothing_else_is_taken_for_one(desk: Desk) -> None:
    made = ask.answer(desk, "Which of my holdings are exposed to lithium?")
    assert not made.found
    assert made.assumed == ("None of the 10 holdings has a known tie to lithium.",)
    assert ask.answer(desk, "Which companies are exposed to oil?").method != "graph"


def test_a_name_that_several_share_is_asked_back(desk: Desk) -> None:
    question = "Which of my holdings are exposed to Delta?"
    made = ask.answer(desk, question)
    assert {"DAL", "2308.TW"} <= {ticker for ticker, _ in made.choices[0].candidates}
    assert not made.found
    settled = ask.answer(desk, question, scope=Scope(tickers=("DAL",)))
    assert [row["path"] for row in settled.rows][:1] == ["Delta Air Lines itself is held"]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Why did Delta fall?", {"DAL", "2308.TW"}),
        ("What did Liberty say?", {"FWONA", "LBTYA"}),
        ("What did Mercury report?", {"MRCY", "MCY"}),
        ("What did Delta Air Lines say?", set()),
        ("What did Apple say about China?", set()),
        ("How is Goldman doing?", set()),
        ("What did Congress say about American tariffs?", set()),
        ("Compare sales of Delta and United", set()),
    ],
)
def test_bare_names_are_asked_back_whole_ones_are_not(desk: Desk, question: str, several: set[str]) -> None:
    choices = resolve(desk, question).choices
    assert {t for choice in choices for t, _ in choice.candidates} >= several
    assert bool(choices) == bool(several)
