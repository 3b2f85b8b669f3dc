"""A holdings file: every row a holding or a problem, or the whole file refused."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readthrough.domain.errors import HoldingsError
from readthrough.domain.portfolio import Portfolio
from readthrough.portfolio.holdings import read_holdings
from readthrough.samples import sample_portfolio
from readthrough.universe import load_universe

UNIVERSE = load_universe()


def read(text: str | bytes, rates: dict[str, Decimal] | None = None) -> Portfolio:
    return read_holdings(text, portfolio_id="p", name="P", universe=UNIVERSE, rates=rates)


def codes(portfolio: Portfolio) -> list[str]:
    return [problem.code for problem in portfolio.problems]


def weights(portfolio: Portfolio) -> dict[str, Decimal | None]:
    return {holding.ticker: holding.weight for holding in portfolio.holdings}


def test_the_sample_is_read_whole() -> None:
    sample = read(sample_portfolio())
    assert len(sample.holdings) == 20
    assert sum(holding.weight or Decimal(0) for holding in sample.holdings) == pytest.approx(Decimal(1))
    by_ticker = {holding.ticker: holding for holding in sample.holdings}
    assert (by_ticker["TGT"].weight or 0) < 0
    assert by_ticker["TGT"].quantity == -3200
    assert by_ticker["SHEL.L"].market_value == Decimal(9800) * Decimal("28.11") * Decimal("1.3170")
    assert by_ticker["CASH"].issuer_id is None
    assert by_ticker["CASH"].market_value == 412_000


def test_weights_are_shares_of_net_value() -> None:
    book = read("Symbol,Shares,Price,Currency\nMSFT,10,30,USD\nAAPL,-10,10,USD\nCASH,200,,USD\n")
    assert weights(book) == {"MSFT": Decimal("0.75"), "AAPL": Decimal("-0.25"), "CASH": Decimal("0.5")}
    assert book.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "Ticker,Quantity,Price",
        "SYMBOL,Qty,Last Price",
        "Ticker Symbol,No,Shares Held,Closing Price",
        "ric,units,close",
    ],
)
def test_headers_have_many_names(header: str) -> None:
    columns = header.split(",")
    row = {columns[0]: "MSFT", columns[-2]: "5", columns[-1]: "2"}
    text = f"{header}\n{','.join(row.get(column, '') for column in columns)}\n"
    assert [(h.ticker, h.quantity, h.price) for h in read(text).holdings] == [
        ("MSFT", Decimal(5), Decimal(2))
    ]


@pytest.mark.parametrize(
    ("spelling", "ticker"),
    [
        ("msft", "MSFT"),
        ("MSFT US Equity", "MSFT"),
        ("MSFT.O", "MSFT"),
        ("NASDAQ: MSFT", "MSFT"),
        ("7203 JP", "7203.T"),
    ],
)
def test_tickers_have_many_spellings(spelling: str, ticker: str) -> None:
    book = read(f"Ticker,Quantity,Price,Currency\n{spelling},1,1,USD\n")
    assert book.holdings[0].ticker == ticker
    assert book.holdings[0].issuer_id is not None


def test_an_isin_alone_names_the_issuer() -> None:
    book = read("ISIN,Market Value (USD)\nUS5949181045,100\n")
    assert book.holdings[0].issuer_id == "cik-789019"


def test_identifiers_that_disagree_name_nobody() -> None:
    book = read("Ticker,ISIN,Quantity,Price,Currency\nAAPL,US5949181045,1,1,USD\n")
    assert book.holdings[0].issuer_id is None
    assert codes(book) == ["identifiers_disagree"]


def test_delimiters_marks_and_continental_figures() -> None:
    text = "\ufeffTicker;Name;Stück;Quantity;Price;Currency\nMSFT;Microsoft;;1.250;12,50;USD\n"
    holding = read(text.encode()).holdings[0]
    assert (holding.quantity, holding.price, holding.market_value) == (
        Decimal(1250),
        Decimal("12.5"),
        Decimal(15625),
    )
    assert read(text.encode("utf-16")).holdings == read(text).holdings
    assert read("Ticker,Name,Quantity,Price\nMSFT,Caf\xe9,1,1\n".encode("cp1252")).holdings[0].name == "Café"


def test_rows_around_the_table_are_named() -> None:
    text = (
        "Account,Example 12\nAs of,2026-11-16\n\nTicker,Name,Quantity,Price\n"
        "MSFT,Microsoft,1,3\nMSFT,Microsoft,1,3\n,Total,,3\nPrices are delayed,,,\n,,5,5\n"
    )
    book = read(text)
    assert len(book.holdings) == 1
    assert [(p.code, p.detail.split(":")[0]) for p in book.problems] == [
        ("row_before_header", "row 1"),
        ("row_before_header", "row 2"),
        ("duplicate_row", "row 6"),
        ("total_row", "row 7"),
        ("no_figures", "row 8"),
        ("no_name", "row 9"),
    ]


def test_a_company_called_total_is_no_sum() -> None:
    book = read("Ticker,Name,Quantity,Price,Currency\nMSFT,TotalEnergies SE,1,1,USD\n")
    assert len(book.holdings) == 1


def test_unknown_tickers_count_but_are_said() -> None:
    book = read("Ticker,Quantity,Price,Currency\nMSFT,1,1,USD\nQQZZQ,1,3,USD\n")
    assert weights(book) == {"MSFT": Decimal("0.25"), "QQZZQ": Decimal("0.75")}
    assert codes(book) == ["unknown_ticker"]


def test_two_lots_stay_two_rows() -> None:
    book = read("Ticker,Quantity,Price,Currency\nMSFT,1,1,USD\nMSFT,3,1,USD\n")
    assert [holding.weight for holding in book.holdings] == [Decimal("0.25"), Decimal("0.75")]


@pytest.mark.parametrize(
    "header",
    [
        "Market Value (USD)",
        "Market Value USD",
        "market value in usd",
        "Base Market Value",
        "Market Value (Base)",
    ],
)
def test_a_value_column_may_name_its_currency(header: str) -> None:
    book = read(f"Ticker,Currency,{header}\nMSFT,USD,100\nASML.AS,EUR,300\n")
    assert weights(book) == {"MSFT": Decimal("0.25"), "ASML.AS": Decimal("0.75")}
    assert book.problems == ()


def test_a_listing_tells_its_currency_outside_london() -> None:
    book = read("Ticker,Quantity,Price\nASML.AS,1,100\n", rates={"EUR": Decimal("1.2")})
    assert (book.holdings[0].currency, book.holdings[0].market_value) == ("EUR", Decimal(120))


def test_a_row_without_a_value_says_what_is_missing() -> None:
    book = read("Ticker,Quantity,Price,Currency\nMSFT,1,1,USD\nAAPL,1,,USD\n")
    assert codes(book) == ["no_value", "partly_valued"]


def test_a_stated_value_in_base_currency_is_taken() -> None:
    book = read("Ticker,Quantity,Price,Currency,Market Value\nMSFT,2,5,USD,1000\n")
    assert book.holdings[0].market_value == 1000


def test_cash_has_many_spellings() -> None:
    book = read(
        "Ticker,Name,Type,Market Value (USD)\n,Cash & equivalents,,10\nUSD,US dollars,,20\nX1,,Cash,30\n"
    )
    assert [holding.issuer_id for holding in book.holdings] == [None] * 3
    assert book.problems == ()


def test_prose_in_a_cell_is_not_repeated_at_length() -> None:
    book = read(f"Ticker,Name,Quantity,Price,Currency\n{'Z' * 5000},{'y' * 5000},1,1,USD\n")
    assert len(book.holdings[0].name) == 200
    assert all(len(problem.detail) < 400 for problem in book.problems)


def test_more_rows_than_a_portfolio_has_are_refused() -> None:
    with pytest.raises(HoldingsError, match="more than 100,000 rows"):
        read("Ticker,Weight\n" + "MSFT,1\n" * 100_001)


class TestForeignCurrency:
    TEXT = "Ticker,Quantity,Price,Currency\nMSFT,1,100,USD\nASML.AS,1,100,EUR\n"

    def test_without_a_rate_the_weight_is_unknown(self) -> None:
        book = read(self.TEXT)
        assert weights(book) == {"MSFT": Decimal(1), "ASML.AS": None}
        assert codes(book) == ["no_rate", "partly_valued"]
        assert "EUR" in book.problems[0].detail
        assert "row 3" in book.problems[0].detail

    def test_a_given_rate_is_used(self) -> None:
        book = read(self.TEXT, rates={"eur": Decimal("1.5")})
        assert weights(book) == {"MSFT": Decimal("0.4"), "ASML.AS": Decimal("0.6")}

    def test_a_rate_into_another_currency_is_not(self) -> None:
        book = read("Ticker,Quantity,Price,Currency,FX to CHF\nMSFT,1,100,USD,\nASML.AS,1,100,EUR,0.9\n")
        assert codes(book) == ["no_rate", "partly_valued"]

    def test_pence_are_hundredths_of_a_pound(self) -> None:
        book = read("Ticker,Quantity,Price,Currency\nSHEL.L,100,2500,GBX\n", rates={"GBP": Decimal("1.2")})
        assert book.holdings[0].market_value == 3000

    def test_london_without_a_currency_is_not_guessed(self) -> None:
        book = read("Ticker,Quantity,Price\nMSFT,1,1\nSHEL.L,100,2500\n", rates={"GBP": Decimal("1.2")})
        assert codes(book) == ["no_currency", "partly_valued"]

    @pytest.mark.parametrize(("stated", "value"), [("1000", 1500), ("1500", 1500)])
    def test_a_value_column_is_told_local_or_base_by_its_figures(self, stated: str, value: int) -> None:
        book = read(
            f"Ticker,Quantity,Price,Currency,Market Value\nASML.AS,10,100,EUR,{stated}\n",
            rates={"EUR": Decimal("1.5")},
        )
        assert book.holdings[0].market_value == value

    def test_a_value_that_may_be_either_is_a_problem(self) -> None:
        book = read("Ticker,Currency,Market Value\nASML.AS,EUR,1000\n", rates={"EUR": Decimal("1.5")})
        assert weights(book) == {"ASML.AS": None}
        assert re.match(r"row 2.*EUR or in USD", book.problems[0].detail)

    def test_a_weight_of_the_file_stands_in(self) -> None:
        book = read("Ticker,Quantity,Price,Currency,Weight\nMSFT,1,100,USD,40%\nASML.AS,1,100,EUR,60%\n")
        assert weights(book) == {"MSFT": Decimal("0.4"), "ASML.AS": Decimal("0.6")}
        assert codes(book) == ["value_unknown"]


@pytest.mark.parametrize(
    ("cells", "shares"), [(("40", "60"), "0.4"), (("0.4", "0.6"), "0.4"), (("40%", "1%"), "0.4")]
)
def test_weights_alone_make_a_portfolio(cells: tuple[str, str], shares: str) -> None:
    book = read(f"Ticker,Weight\nMSFT,{cells[0]}\nAAPL,{cells[1]}\n")
    assert weights(book)["MSFT"] == Decimal(shares)


def test_a_side_column_turns_the_sign() -> None:
    book = read("Ticker,Side,Quantity,Price,Currency\nMSFT,Long,3,1,USD\nAAPL,Short,1,1,USD\n")
    assert weights(book) == {"MSFT": Decimal("1.5"), "AAPL": Decimal("-0.5")}


def test_a_book_worth_nothing_has_no_weights() -> None:
    book = read("Ticker,Quantity,Price,Currency\nMSFT,1,1,USD\nAAPL,-1,1,USD\n")
    assert weights(book) == {"MSFT": None, "AAPL": None}
    assert "no_net_value" in codes(book)


def test_a_line_that_cannot_be_valued_is_held_all_the_same() -> None:
    book = read("Ticker,Quantity,Price,Currency\nMSFT,1,1,USD\nAAPL,1,,USD\nSAP.DE,3,200,EUR\n,2,,USD\n")
    assert weights(book) == {"MSFT": Decimal(1), "AAPL": None, "SAP.DE": None}
    assert codes(book) == ["no_name", "no_value", "no_rate", "partly_valued"]
    assert "1 of 4 rows" in book.problems[-1].detail


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\ufeff \r\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("Ticker,Quantity\x00\n", "binary"),
        ("<html><body>Quantity of tickers</body></html>", "header"),
        ('{"ticker": "MSFT", "quantity": 1}', "header"),
        ("Alibaba rose 7% after results.\nAnd so on.\n", "header"),
        ("Ticker,Quantity,Price\n", "No row"),
        ("Ticker,Quantity,Price\nMSFT,abc,1\n", "abc"),
        ('Ticker,Quantity,Price\n"MSFT,1,1\nAAPL,1,1\n', "quotation mark"),
    ],
)
def test_what_is_no_holdings_file_is_refused_whole(text: str | bytes, words: str) -> None:
    with pytest.raises(HoldingsError, match=words) as caught:
        read(text)
    assert caught.value.remedy


CELL = st.sampled_from(
    [
        "MSFT",
        "AAPL",
        "ASML.AS",
        "QQZZ",
        "CASH",
        "",
        "Total",
        "12",
        "1,000",
        "(5)",
        "n/a",
        "abc",
        "USD",
        "EUR",
        "4%",
        "0",
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELL, min_size=1, max_size=7), max_size=12))
def test_no_row_is_ever_lost(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Ticker", "Name", "Quantity", "Price", "Currency", "FX", "Weight"])
    writer.writerows(rows)
    try:
        book = read(out.getvalue())
    except HoldingsError:
        return
    named = {int(found[1]) for p in book.problems if (found := re.match(r"row (\d+):", p.detail))}
    held = {holding.source_row for holding in book.holdings}
    filled = {n for n, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)}
    assert held | named == filled
    assert all(holding.weight is None or holding.weight.is_finite() for holding in book.holdings)


POSITION = st.tuples(
    st.sampled_from(["MSFT", "AAPL", "NVDA", "LLY", "F"]),
    st.integers(min_value=1, max_value=10**7),
    st.decimals(min_value=Decimal("0.01"), max_value=10**5, places=2),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(POSITION, min_size=1, max_size=8, unique=True))
def test_weights_add_up_to_one(positions: list[tuple[str, int, Decimal]]) -> None:
    lines = "".join(f"{ticker},{quantity},{price},USD\n" for ticker, quantity, price in positions)
    book = read(f"Ticker,Quantity,Price,Currency\n{lines}")
    total = sum((holding.weight or Decimal(0) for holding in book.holdings), Decimal(0))
    assert abs(total - 1) < Decimal("1e-20")
