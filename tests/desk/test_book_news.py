"""A file becomes a book, an article hits it, and the morning brief says so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest

from readthrough.desk.book_news import brief_in, brief_of, fetch_prices, news_document, news_of, price_report
from readthrough.desk.flow import process
from readthrough.desk.imports import (
    import_fund,
    import_prices,
    keep_import,
    read_book,
    reconciliation,
    template,
)
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError

HOLDINGS = "Ticker,Name,Quantity,Price,Currency\nTGT,Target,100,150,USD\nSPY,S&P 500 fund,10,600,USD\nUSD,Cash,4000,,USD\n"
FUND = "fund,as_of,ticker,weight\nSPY,2026-03-02,TGT,2%\nSPY,2026-03-02,WMT,3%\n"
ARTICLE = {
    "headline": "Target cuts full-year guidance",
    "body": "Target cut its full-year profit guidance on Wednesday, citing weaker store traffic.",
}


def kept(desk: Desk, folder: Path, text: str, name: str = "Core") -> str:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    keep_import(desk, read_book(desk, path), name.lower())
    return name.lower()


def test_news_hits_a_book_directly_and_through_its_fund(desk: Desk, tmp_path: Path) -> None:
    book = kept(desk, tmp_path, HOLDINGS)
    (tmp_path / "fund.csv").write_text(FUND, encoding="utf-8")
    assert import_fund(desk, tmp_path / "fund.csv") == (1, [])
    process(desk, read_article(desk, ARTICLE))
    news = news_of(desk, book)
    assert {(hit.touch.ticker, hit.touch.path) for hit in news.hits} >= {("TGT", "direct"), ("SPY", "fund")}
    first = news.hits[0]
    assert first.touch.ticker == "TGT"
    assert first.mid is not None
    assert first.mid < 0
    assert first.low is not None
    assert first.low < first.mid
    document = news_document(news)
    assert document["hits"][0]["money"]["mid"] == float(first.mid)
    brief = brief_of(desk, book)
    assert b"Target cuts full-year guidance" in brief_in(brief, "html")
    with pytest.raises(HoldingsError, match="format"):
        brief_in(brief, "docx")


def test_a_brief_as_pdf_is_read_by_another_program(desk: Desk, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    book = kept(desk, tmp_path, HOLDINGS)
    process(desk, read_article(desk, ARTICLE))
    document = pdfium.PdfDocument(brief_in(brief_of(desk, book), "pdf"))
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Morning brief: Core" in words
    assert "Target cuts full-year guidance" in words


def test_a_file_with_a_broken_row_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    kept(desk, tmp_path, HOLDINGS)
    path = tmp_path / "Core.csv"
    path.write_text(HOLDINGS + "MSFT,Microsoft,ten,5,USD\n", encoding="utf-8")
    read = read_book(desk, path)
    with pytest.raises(HoldingsError, match="row 5") as caught:
        keep_import(desk, read, "core")
    assert "--partial" in caught.value.remedy
    assert len(desk.store.portfolios()[0].holdings) == 3
    assert desk.store.portfolios()[0].problems == ()
    keep_import(desk, read, "core", partial=True)
    assert [p.code for p in desk.store.portfolios()[0].problems] == ["unreadable_figure", "partly_valued"]


def test_a_history_makes_holdings_and_reconciles(desk: Desk, tmp_path: Path) -> None:
    kept(desk, tmp_path, template("transactions"), "Hist")
    (book,) = desk.store.portfolios()
    assert [(line.ticker, line.market_value is None) for line in book.holdings] == [
        ("MSFT", True),
        ("USD", False),
    ]
    assert [p.code for p in book.problems] == ["no_price"]
    custodian = tmp_path / "custodian.csv"
    custodian.write_text(
        "Account,Ticker,Quantity,Price,Currency\nA-1,MSFT,150,1,USD\nA-1,USD,27015,1,USD\n", encoding="utf-8"
    )
    assert reconciliation(desk, "hist", read_book(desk, custodian)).agrees
    keep_import(desk, read_book(desk, tmp_path / "Hist.csv"), "hist")
    assert len(desk.store.books.transactions("hist")) == 5


def test_prices_of_what_is_held_are_current_stale_or_missing(desk: Desk, tmp_path: Path) -> None:
    kept(desk, tmp_path, HOLDINGS)
    today = desk.clock().date()
    path = tmp_path / "prices.csv"
    path.write_text(
        f"day,instrument,close,currency\n{today},TGT,151,USD\n2020-01-02,SPY,320,USD\n", encoding="utf-8"
    )
    assert len(import_prices(desk, path).prices) == 2
    states = {row["instrument"]: row["state"].split(",")[0] for row in price_report(desk)}
    assert states == {"TGT": "current", "SPY": "stale"}


def test_parquet_is_read_as_the_csv_is(desk: Desk, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.table(
        {"Ticker": ["TGT", "MSFT"], "Quantity": [1.5, 2.0], "Price": [10.25, 3.5], "Currency": ["USD", "USD"]}
    )
    parquet.write_table(table, tmp_path / "Core.parquet")
    read = read_book(desk, tmp_path / "Core.parquet")
    assert read.portfolio is not None
    assert [(h.ticker, str(h.market_value)) for h in read.portfolio.holdings] == [
        ("TGT", "15.375"),
        ("MSFT", "7.00"),
    ]


class OneShare:
    """In the place of yfinance: it knows one share, and stands for the handle of it too."""

    fast_info: ClassVar[dict[str, str]] = {"currency": "USD"}

    def Ticker(self, ticker: str) -> OneShare:
        if ticker != "TGT":
            raise KeyError(ticker)
        return self

    def history(self, *, start: str, end: str, auto_adjust: bool) -> dict[str, dict[str, float]]:
        assert not auto_adjust
        return {"Close": {start: 149.5, end: 0.0}}


def test_fetched_closes_are_kept_and_what_was_not_found_is_told(desk: Desk, tmp_path: Path) -> None:
    kept(desk, tmp_path, HOLDINGS)
    count, problems = fetch_prices(desk, days=3, library=OneShare())
    assert count == 1
    assert [p.detail for p in problems] == ["SPY: nothing was found"]
    states = {row["instrument"]: (row["close"], row["state"]) for row in price_report(desk)}
    assert states["SPY"] == (None, "missing")
    assert Decimal(states["TGT"][0]) == Decimal("149.5")
    assert fetch_prices(desk, days=3, library=OneShare())[0] == 1
    assert len(desk.store.books.prices()) == 1
