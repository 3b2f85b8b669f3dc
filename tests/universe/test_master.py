"""Issuers by ticker and identifier, and suggestions for people."""

from __future__ import annotations

import pytest

from readthrough.domain.security import Issuer
from readthrough.universe import Universe


def found(issuer: Issuer | None) -> Issuer:
    assert issuer is not None
    return issuer


@pytest.mark.parametrize(
    ("ticker", "name"),
    [
        ("BABA", "Alibaba"),
        ("baba", "Alibaba"),
        (" 9988.hk ", "Alibaba"),
        ("0700.HK", "Tencent"),
        ("005930.KS", "Samsung Electronics"),
        ("7203.T", "Toyota"),
        ("NESN.SW", "Nestle"),
        ("MC.PA", "LVMH"),
        ("RELIANCE.NS", "Reliance Industries"),
        ("PETR4.SA", "Petrobras"),
        ("SAP.DE", "SAP"),
        ("ASML.AS", "ASML"),
        ("AZN.L", "AstraZeneca"),
        ("NOVO-B.CO", "Novo Nordisk"),
        ("BRK.B", "Berkshire Hathaway"),
        ("BRK-B", "Berkshire Hathaway"),
        ("GOOG", "Alphabet"),
    ],
)
def test_every_listing_finds_its_issuer(universe: Universe, ticker: str, name: str) -> None:
    assert found(universe.by_ticker(ticker)).name == name


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("BABA", "9988.HK"),
        ("TSM", "2330.TW"),
        ("SHEL", "SHEL.L"),
        ("NVO", "NOVO-B.CO"),
        ("RIO", "RIO.AX"),
        ("GOOGL", "GOOG"),
        ("HSBA.L", "0005.HK"),
        ("STLA", "STLAM.MI"),
    ],
)
def test_lines_of_one_company_are_one_issuer(universe: Universe, first: str, second: str) -> None:
    assert universe.by_ticker(first) is universe.by_ticker(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [("MRK", "MRK.DE"), ("PRU", "PRU.L"), ("SU", "SU.PA"), ("ALL", "ALL.AX"), ("JD", "JD.L")],
)
def test_the_same_letters_elsewhere_are_another_company(universe: Universe, one: str, other: str) -> None:
    assert found(universe.by_ticker(one)).id != found(universe.by_ticker(other)).id


def test_the_default_ticker_comes_first(universe: Universe) -> None:
    alibaba = found(universe.by_ticker("9988.HK"))
    assert alibaba.ticker == "BABA"
    assert alibaba.tickers[0] == "BABA"
    assert (alibaba.country, alibaba.cik) == ("CN", "0001577552")


def test_listings_carry_market_and_currency(universe: Universe) -> None:
    lines = {line.ticker: line for s in found(universe.by_ticker("TSM")).securities for line in s.listings}
    assert (lines["2330.TW"].mic, lines["2330.TW"].currency) == ("XTAI", "TWD")
    assert (lines["TSM"].mic, lines["TSM"].currency) == ("XNYS", "USD")


def test_a_private_company_has_no_ticker(universe: Universe) -> None:
    openai = found(universe.issuer("own-openai"))
    assert (openai.name, openai.ticker, openai.tickers) == ("OpenAI", "", ())


@pytest.mark.parametrize("value", ["0000320193", "320193", "US67066G1040", "CH0038863350", " us67066g1040 "])
def test_identifiers_find_an_issuer(universe: Universe, value: str) -> None:
    assert found(universe.by_identifier(value)).name in {"Apple", "Nvidia", "Nestle"}


def test_unknown_is_none(universe: Universe) -> None:
    assert universe.by_ticker("NOSUCH.XX") is None
    assert universe.by_identifier("US0000000000") is None
    assert universe.issuer("cik-0") is None


def test_search_puts_the_ticker_first_then_beginnings(universe: Universe) -> None:
    assert universe.search("f", limit=1)[0].name == "Ford"
    assert universe.search("nvid")[0].name == "Nvidia"
    assert any(issuer.name == "Novo Nordisk" for issuer in universe.search("nordisk"))
    assert len(universe.search("bank", limit=7)) == 7
    assert universe.search("  ") == ()
    assert universe.search("nvidia", limit=0) == ()


@pytest.mark.parametrize(
    ("ticker", "name"), [("TWTR", "X Corp"), ("ATVI", "Activision Blizzard"), ("DFS", "Discover Financial")]
)
def test_a_former_ticker_finds_its_issuer_and_is_never_printed(
    universe: Universe, ticker: str, name: str
) -> None:
    issuer = found(universe.by_ticker(ticker))
    assert (issuer.name, issuer.ticker, issuer.tickers) == (name, "", ())


@pytest.mark.parametrize(
    ("line", "default"), [("6758.T", "SONY"), ("7203.T", "TM"), ("BTI", "BTI"), ("SIE.DE", "SIE.DE")]
)
def test_a_line_on_a_us_exchange_is_the_default(universe: Universe, line: str, default: str) -> None:
    assert found(universe.by_ticker(line)).ticker == default


def test_smiths_and_ses_are_two_companies(universe: Universe) -> None:
    assert found(universe.by_ticker("SMIN.L")).name == "Smiths Group"
    assert found(universe.by_ticker("SGBAF")) is found(universe.by_ticker("SESG.PA"))
