"""Forty files as people really send them: each refused with a reason, or read with every row accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from readthrough.domain.errors import HoldingsError
from readthrough.portfolio.imports import Import, read_import
from readthrough.universe import load_universe

UNIVERSE = load_universe()
H = "Ticker,Quantity,Price,Currency\n"
T = "date,type,ticker,quantity,price,amount,currency\n"
AP = "8=FIX.4.4|35=AP|1=A|715=20260302|55=MSFT|703=FIN|704={long}|705={short}|730=10|15=USD|\n"
OFX = (
    "OFXHEADER:100\n<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20260302<CURDEF>USD<INVACCTFROM>"
    "<ACCTID>1</INVACCTFROM><INVPOSLIST>{positions}</INVPOSLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>"
)
POSITION = (
    "<POSSTOCK><INVPOS><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID><POSTYPE>LONG<UNITS>{units}"
    "<UNITPRICE>{price}<MKTVAL>{value}</INVPOS></POSSTOCK>"
)
FLEX = '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1">{inside}</FlexStatement></FlexStatements></FlexQueryResponse>'

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "empty"),
    "a byte order mark and nothing else": (b"\xef\xbb\xbf", "empty"),
    "a spreadsheet": (b"PK\x03\x04", "spreadsheet"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0", "spreadsheet"),
    "binary": (b"Ticker,Quantity\x00\x01", "binary"),
    "wrong columns": ("Name of client,Telephone\nSmith,555\n", "header"),
    "a header and no rows": (H, "No row"),
    "only totals": (H + "Total,,100,\nGrand total,,100,\n", "No row"),
    "decimals both ways": ("Ticker;Quantity;Price\nMSFT;1;12,50\nAAPL;1;12.75\n", "two ways"),
    "decimals both ways, grouped": (
        'Ticker,Quantity,Price\nMSFT,1,"1.234,50"\nAAPL,1,"1,234.50"\n',
        "two ways",
    ),
    "opening days both ways": (
        "Ticker,Quantity,Price,Currency,Opened\nMSFT,1,1,USD,31/12/2025\nAAPL,1,1,USD,12/31/2025\n",
        "two ways",
    ),
    "days of a history both ways": (
        T + "31/12/2025,buy,MSFT,1,1,-1,USD\n12/31/2025,buy,MSFT,1,1,-1,USD\n",
        "two ways",
    ),
    "a quotation mark never closed": (H + '"MSFT,1,1,USD\nAAPL,1,1,USD\n', "quotation mark"),
    "a million rows": (H + "MSFT,1,1,USD\n" * 1_000_000, "more than 100,000 rows"),
    "figures that are words": (H + "MSFT,ten,twelve,USD\n", "ten"),
    "a page of the web": ("<html><body><table><tr><td>MSFT</td></tr></table></body></html>", "header"),
    "JSON": ('[{"ticker": "MSFT", "quantity": 1}]', "header"),
    "a mapping to no field": ("T,Q\nMSFT,1\n", "no field"),
    "Flex cut short": ('<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1">', "well-formed"),
    "Flex with entities": (
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><FlexQueryResponse>&a;</FlexQueryResponse>',
        "entities",
    ),
    "Flex without positions": (FLEX.format(inside=""), "Neither"),
    "OFX of a bank": ("<OFX><BANKMSGSRSV1></BANKMSGSRSV1></OFX>", "investment statement"),
    "OFX that nests without end": ("<OFX>" + "<A>" * 5000, "nests"),
    "FIX of other types": ("8=FIX.4.4|35=8|55=MSFT|\n", "position report"),
    "FIX with a wrong checksum": (
        "8=FIX.4.4\x0135=AP\x0155=MSFT\x01703=FIN\x01704=5\x0110=000\x01",
        "checksum",
    ),
}

LOSES: dict[str, tuple[str | bytes, list[str]]] = {
    "a formula for a ticker": (H + '=HYPERLINK("http://x"),1,1,USD\nMSFT,1,1,USD\n', ["formula"]),
    "a formula for a name": (
        "Ticker,Name,Quantity,Price,Currency\nMSFT,@SUM(A1:A9),1,1,USD\nAAPL,Apple,1,1,USD\n",
        ["formula"],
    ),
    "a formula for a figure": (H + "MSFT,=2*3,1,USD\nAAPL,1,1,USD\n", ["unreadable_figure"]),
    "duplicate lots": (H + "MSFT,1,1,USD\nMSFT,1,1,USD\n", ["duplicate_row"]),
    "a negative price": (H + "MSFT,1,-5,USD\nAAPL,1,1,USD\n", ["negative_price"]),
    "long and negative": (
        "Ticker,Side,Quantity,Price,Currency\nMSFT,Long,-5,1,USD\nAAPL,Long,1,1,USD\n",
        ["side_disagrees"],
    ),
    "a currency there is not, of an unknown line": (
        H + "QQZZQ,1,1,XQZ\nMSFT,1,1,USD\n",
        ["unknown_currency"],
    ),
    "a row without a name": (H + ",5,5,USD\nMSFT,1,1,USD\n", ["no_name"]),
    "a rate of zero": (
        "Ticker,Quantity,Price,Currency,FX\nSAP.DE,1,1,EUR,0\nMSFT,1,1,USD,\n",
        ["bad_rate"],
    ),
    "FIX long and short at once": (
        AP.format(long="5", short="3") + AP.format(long="5", short="0"),
        [],
    ),
    "OFX with a broken figure": (
        OFX.format(
            positions=POSITION.format(units="x", price="1", value="1")
            + POSITION.format(units="1", price="1", value="1")
        ),
        ["unreadable_figure"],
    ),
    "a kind of transaction there is not": (
        T + "2026-03-02,teleport,MSFT,1,1,-1,USD\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["unknown_type"],
    ),
    "a negative quantity in a history": (
        T + "2026-03-02,sell,MSFT,-1,1,1,USD\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["negative_quantity"],
    ),
    "a purchase that brings money": (
        T + "2026-03-02,buy,MSFT,1,1,5,USD\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["sign_disagrees"],
    ),
    "a day that may be two": (
        T + "03/02/2026,buy,MSFT,1,1,-1,USD\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["unreadable_day"],
    ),
    "a day that is none": (
        T + "2026-02-30,buy,MSFT,1,1,-1,USD\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["unreadable_day"],
    ),
    "a currency of a history there is not": (
        T + "2026-03-02,buy,MSFT,1,1,-1,XQZ\n2026-03-02,buy,MSFT,1,1,-1,USD\n",
        ["unknown_currency"],
    ),
}

READ: dict[str, tuple[str | bytes, int, list[str]]] = {
    "a byte order mark": (("\ufeff" + H + "MSFT,1,1,USD\n").encode(), 1, []),
    "UTF-16": (("\ufeff" + H + "MSFT,1,1,USD\n").encode("utf-16"), 1, []),
    "lots that are told apart": (
        "Ticker,Quantity,Price,Currency,Lot\nMSFT,1,1,USD,a\nMSFT,1,1,USD,b\n",
        2,
        [],
    ),
    "negative quantities are shorts": (H + "MSFT,(5),1,USD\nAAPL,9,1,USD\n", 2, []),
    "totals between the lines": (
        H + "MSFT,1,1,USD\nSubtotal,,1,\nAAPL,1,1,USD\nAccount Total,,2,\n",
        2,
        ["total_row", "total_row"],
    ),
    "a currency there is not, of a known line": (
        H + "MSFT,1,1,XQZ\nAAPL,1,1,USD\n",
        2,
        ["unknown_currency", "partly_valued"],
    ),
    "prose below": (H + "MSFT,1,1,USD\nQuotes are delayed by 15 minutes.,,,\n", 1, ["no_figures"]),
    "FIX of several kinds": ("8=FIX.4.4|35=0|\n" + AP.format(long="5", short="0"), 1, ["not_read"]),
}


def imported(raw: str | bytes, **mapped: object) -> Import:
    from readthrough.portfolio.imports import Mapped

    return read_import(
        raw,
        portfolio_id="p",
        name="P",
        universe=UNIVERSE,
        mapped=Mapped(**mapped),  # type: ignore[arg-type]
    )


def rows_told(read: Import) -> Iterator[int]:
    for problem in read.problems:
        if found := re.match(r"row (\d+)", problem.detail):
            yield int(found[1])


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_whole(name: str) -> None:
    raw, words = REFUSED[name]
    mapped = {"columns": {"T": "teeth"}} if "mapping" in name else {}
    with pytest.raises(HoldingsError, match=words) as caught:
        imported(raw, **mapped)
    assert caught.value.remedy


@pytest.mark.parametrize("name", LOSES)
def test_rows_that_cannot_be_read_are_named(name: str) -> None:
    raw, codes = LOSES[name]
    read = imported(raw)
    assert [p.code for p in read.lost] == codes
    kept = len(read.transactions) + (len(read.portfolio.holdings) if read.portfolio else 0)
    assert kept == 1
    assert all(p.remedy for p in read.lost)


@pytest.mark.parametrize("name", READ)
def test_what_is_odd_but_clear_is_read(name: str) -> None:
    raw, lines, codes = READ[name]
    read = imported(raw)
    assert read.portfolio is not None
    assert len(read.portfolio.holdings) == lines
    assert [p.code for p in read.problems] == codes
    assert read.lost == ()


def test_there_are_forty_of_them() -> None:
    assert len(REFUSED) + len(LOSES) + len(READ) >= 40


def test_every_row_of_a_history_is_a_transaction_or_a_problem() -> None:
    raw = T + "".join(f"2026-03-{d:02},buy,MSFT,1,1,-1,USD\n" for d in range(1, 35))
    read = imported(raw)
    assert {t.source_row for t in read.transactions} | set(rows_told(read)) == set(range(2, 36))
