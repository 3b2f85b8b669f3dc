"""Files as custodians write them, each read to the last row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from readthrough.domain.ledger import TransactionKind
from readthrough.portfolio.imports import Import, Mapped, read_import, template_of
from readthrough.portfolio.lots import keep_book
from readthrough.portfolio.reconcile import Break, own_figures, reconcile, stated_figures
from readthrough.portfolio.sources import recognise
from readthrough.universe import load_universe

UNIVERSE = load_universe()
D = Decimal

FLEX = """<FlexQueryResponse queryName="q"><FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20260301" toDate="20260302">
<AccountInformation accountId="U1" currency="USD"/>
<OpenPositions>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="MSFT" isin="US5949181045"
 description="MICROSOFT CORP" conid="1" reportDate="20260302" position="100" markPrice="310.5" costBasisMoney="25000.01" levelOfDetail="SUMMARY"/>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="MSFT" isin="US5949181045"
 conid="1" reportDate="20260302" position="60" markPrice="310.5" costBasisMoney="15000" levelOfDetail="LOT" openDateTime="20240102;093000"/>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="MSFT" isin="US5949181045"
 conid="1" reportDate="20260302" position="40" markPrice="310.5" costBasisMoney="10000.01" levelOfDetail="LOT" openDateTime="20250102;093000"/>
<OpenPosition accountId="U1" currency="EUR" fxRateToBase="1.08" assetCategory="STK" symbol="ASML" listingExchange="AEB"
 conid="2" reportDate="20260302" position="-10" markPrice="900" levelOfDetail="SUMMARY"/>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="OPT" symbol="MSFT 260619C00300000" conid="3"
 reportDate="20260302" position="2" multiplier="100" markPrice="21.5" levelOfDetail="SUMMARY"/>
</OpenPositions>
<CashReport><CashReportCurrency accountId="U1" currency="BASE_SUMMARY" endingCash="1234.56"/>
<CashReportCurrency accountId="U1" currency="USD" endingCash="1234.56" toDate="20260302"/></CashReport>
<Trades>
<Trade accountId="U1" assetCategory="STK" symbol="MSFT" isin="US5949181045" currency="USD" tradeDate="20260302" quantity="-5"
 tradePrice="311" ibCommission="-1" taxes="0" netCash="1554" buySell="SELL" tradeID="9" levelOfDetail="EXECUTION"/>
<Trade accountId="U1" assetCategory="CASH" symbol="EUR.USD" currency="USD" tradeDate="20260302" quantity="1000"
 tradePrice="1.08" proceeds="-1080" ibCommission="-2" tradeID="10" levelOfDetail="EXECUTION"/>
<Trade accountId="U1" symbol="MSFT" levelOfDetail="ORDER" quantity="-5"/>
</Trades>
<CashTransactions>
<CashTransaction accountId="U1" type="Dividends" symbol="MSFT" currency="USD" amount="75" dateTime="20260301;202000" transactionID="11"/>
<CashTransaction accountId="U1" type="Deposits/Withdrawals" currency="USD" amount="-500" settleDate="20260301" transactionID="12"/>
</CashTransactions>
<CorporateActions>
<CorporateAction accountId="U1" type="FS" symbol="NVDA" currency="USD" reportDate="20260301" quantity="90" transactionID="13"
 actionDescription="NVDA(US67066G1040) SPLIT 10 FOR 1 (NVDA, NVIDIA CORP, US67066G1040)"/>
<CorporateAction accountId="U1" type="XX" symbol="F" currency="USD" reportDate="20260301" actionDescription="F SOMETHING NEW"/>
</CorporateActions>
<ConversionRates><ConversionRate reportDate="20260302" fromCurrency="EUR" toCurrency="USD" rate="1.08"/></ConversionRates>
<ChangeInNAV accountId="U1"/><InterestAccruals><InterestAccrual/></InterestAccruals>
</FlexStatement></FlexStatements></FlexQueryResponse>"""

ACTIVITY = """Statement,Header,Field Name,Field Value
Statement,Data,Title,Activity Statement
Statement,Data,Period,"March 1, 2026 - March 2, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U7 (Individual)
Account Information,Data,Base Currency,USD
Net Asset Value,Header,Asset Class,Total
Net Asset Value,Data,Stock,1
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value
Open Positions,Data,Summary,Stocks,USD,MSFT,"1,000",1,250,250000,310.5,310500
Open Positions,Data,Lot,Stocks,USD,MSFT,"1,000",1,250,250000,310.5,310500
Open Positions,Total,,Stocks,USD,,,,,250000,,310500
Cash Report,Header,Currency Summary,Currency,Total,Securities
Cash Report,Data,Starting Cash,Base Currency Summary,5,5
Cash Report,Data,Ending Cash,USD,-20.5,-20.5
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis
Trades,Data,Order,Stocks,USD,MSFT,"2026-03-02, 10:00:00",100,310,310.5,-31000,-1,31001
Trades,SubTotal,,Stocks,USD,MSFT,,100,,,-31000,-1,31001
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2026-03-02,MSFT(US5949181045) Cash Dividend USD 0.75 per Share,75
Dividends,Data,Total,,,75
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Listing Exch,Multiplier
Financial Instrument Information,Data,Stocks,MSFT,MICROSOFT CORP,272093,US5949181045,NASDAQ,1
"""

SCHWAB = """"Positions for account Individual ...123 as of 04:00 PM ET, 03/02/2026"

"Symbol","Description","Qty (Quantity)","Price","Mkt Val (Market Value)","Cost Basis","% of Acct (% of Account)","Security Type"
"MSFT","MICROSOFT CORP","100","$310.50","$31,050.00","$25,000.01","60%","Equity"
"SPY","SPDR S&P 500","10","$600.00","$6,000.00","$5,000.00","12%","ETFs & Closed End Funds"
"Cash & Cash Investments","--","--","--","$14,500.10","--","28%","Cash and Money Market"
"Account Total","--","--","--","$51,550.10","$30,000.01","--","--"
"""

FIDELITY = """Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value,Cost Basis Total,Average Cost Basis,Type
Z1,INDIVIDUAL,SPAXX**,HELD IN MONEY MARKET,,,$1234.56,,,Cash,
Z1,INDIVIDUAL,MSFT,MICROSOFT CORP,100,$310.50,$31050.00,$25000.01,$250.00,Cash,
Z1,INDIVIDUAL,Pending Activity,,,,$-200.00,,,,

"The data and information in this spreadsheet is provided to you solely for your use."

"Date downloaded Mar-02-2026 5:00 p.m ET"
"""

OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20260302<CURDEF>USD
<INVACCTFROM><BROKERID>broker.example<ACCTID>77</INVACCTFROM>
<INVTRANLIST><DTSTART>20260101<DTEND>20260302
<BUYSTOCK><INVBUY><INVTRAN><FITID>f1<DTTRADE>20260105</INVTRAN><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID>
<UNITS>10<UNITPRICE>300<COMMISSION>5<FEES>1<TOTAL>-3006</INVBUY><BUYTYPE>BUY</BUYSTOCK>
<REINVEST><INVTRAN><FITID>f2<DTTRADE>20260201</INVTRAN><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID>
<INCOMETYPE>DIV<TOTAL>-31.05<UNITS>0.1<UNITPRICE>310.5</REINVEST>
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260101<TRNAMT>5000<FITID>f3</STMTTRN></INVBANKTRAN>
<SPLIT><INVTRAN><FITID>f4<DTTRADE>20260215</INVTRAN><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID>
<NUMERATOR>2<DENOMINATOR>1</SPLIT><CLOSUREOPT><INVTRAN><FITID>f5</INVTRAN></CLOSUREOPT>
</INVTRANLIST>
<INVPOSLIST><POSSTOCK><INVPOS><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID><POSTYPE>LONG
<UNITS>20.2<UNITPRICE>155.25<MKTVAL>3136.05<DTPRICEASOF>20260302</INVPOS></POSSTOCK></INVPOSLIST>
<INVBAL><AVAILCASH>1994.00<MARGINBALANCE>0</INVBAL></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>Microsoft &amp; Co<TICKER>MSFT</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>"""

FIX = "\n".join(
    (
        "8=FIX.4.4|35=AP|721=1|1=A9|715=20260302|55=[N/A]|48=US5949181045|22=4|703=SOD|704=90|705=0|703=FIN|704=100|705=0|730=310.5|15=USD|",
        "8=FIX.4.4|35=AP|721=2|1=A9|715=20260302|55=VOD|207=XLON|703=FIN|704=0|705=300|730=75.2|15=GBp|",
    )
)


def imported(text: str, **mapped: object) -> Import:
    return read_import(
        text,
        portfolio_id="p",
        name="P",
        universe=UNIVERSE,
        mapped=Mapped(**mapped),  # type: ignore[arg-type]
    )


def lines(read: Import) -> list[tuple[str, str, str]]:
    assert read.portfolio is not None
    return [(h.ticker, f"{h.quantity:f}", h.account_id) for h in read.portfolio.holdings]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FLEX, "ibkr-flex"),
        (ACTIVITY, "ibkr-activity"),
        (SCHWAB, "schwab"),
        (FIDELITY, "fidelity"),
        (OFX, "ofx"),
        (FIX, "fix"),
        (template_of("holdings"), "csv"),
        (template_of("transactions"), "transactions"),
    ],
)
def test_a_file_tells_its_format(text: str, name: str) -> None:
    assert recognise(text) == name


def test_flex() -> None:
    read = imported(FLEX)
    assert lines(read) == [
        ("MSFT", "60", "U1"),
        ("MSFT", "40", "U1"),
        ("ASML.AS", "-10", "U1"),
        ("MSFT 260619C00300000", "2", "U1"),
        ("USD", "1234.56", "U1"),
    ]
    assert read.portfolio is not None
    values = [h.market_value for h in read.portfolio.holdings]
    assert values == [D(18630), D(12420), D(-9720), D(4300), D("1234.56")]
    assert read.portfolio.holdings[1].cost_basis == D("10000.01")
    assert read.portfolio.holdings[0].opened == date(2024, 1, 2)
    assert read.portfolio.as_of == date(2026, 3, 2)
    kinds = [(t.kind, t.instrument) for t in read.transactions]
    assert kinds == [
        (TransactionKind.SELL, "MSFT"),
        (TransactionKind.CONVERSION, ""),
        (TransactionKind.DIVIDEND, "MSFT"),
        (TransactionKind.WITHDRAWAL, ""),
        (TransactionKind.SPLIT, "NVDA"),
    ]
    assert read.transactions[1].other_amount == 1000
    assert read.transactions[4].ratio_to == 10
    assert [p.code for p in read.lost] == ["action_not_read"]
    assert [(r.currency, r.rate) for r in read.rates] == [("EUR", D("1.08"))]
    assert [a.currency for a in read.accounts] == ["USD"]


def test_an_activity_statement() -> None:
    read = imported(ACTIVITY)
    assert lines(read) == [("MSFT", "1000", "U7"), ("USD", "-20.5", "U7")]
    assert read.portfolio is not None
    assert read.portfolio.as_of == date(2026, 3, 2)
    assert read.portfolio.holdings[0].isin == "US5949181045"
    assert [(t.kind, t.quantity, t.fees) for t in read.transactions] == [
        (TransactionKind.BUY, D(100), D(1)),
        (TransactionKind.DIVIDEND, D(0), D(0)),
    ]
    assert read.lost == ()
    assert {p.code for p in read.problems} == {"not_read"}


def test_schwab() -> None:
    read = imported(SCHWAB)
    assert [(t, q) for t, q, _ in lines(read)] == [("MSFT", "100"), ("SPY", "10"), ("USD", "0")]
    assert read.portfolio is not None
    assert sum(h.market_value or 0 for h in read.portfolio.holdings) == D("51550.10")
    assert read.portfolio.as_of == date(2026, 3, 2)
    assert [p.code for p in read.problems if p.code == "total_row"] == ["total_row"]
    assert read.lost == ()


def test_fidelity() -> None:
    read = imported(FIDELITY)
    assert read.portfolio is not None
    held = [(h.ticker, h.market_value) for h in read.portfolio.holdings]
    assert held == [("USD", D("1234.56")), ("MSFT", D(31050)), ("USD", D(-200))]
    assert read.portfolio.as_of == date(2026, 3, 2)
    assert [a.id for a in read.accounts] == ["Z1"]
    assert read.lost == ()


def test_ofx_and_its_reconciliation_with_itself() -> None:
    read = imported(OFX)
    assert lines(read) == [("MSFT", "20.2", "77"), ("USD", "1994.00", "77")]
    assert [p.detail for p in read.problems if p.code == "not_read"] == [
        "row 7: a CLOSUREOPT is not understood"
    ]
    assert read.portfolio is not None
    book = keep_book(read.transactions)
    report = reconcile(own_figures(book), stated_figures(read.portfolio))
    assert report.agrees, report.breaks
    assert book.quantities == {"MSFT": D("20.2")}


def test_fix() -> None:
    read = imported(FIX, rates={"GBP": D("1.3")})
    assert lines(read) == [("MSFT", "100", "A9"), ("VOD.L", "-300", "A9")]
    assert read.portfolio is not None
    assert read.portfolio.holdings[1].market_value == D("-293.28")
    assert [p.code for p in read.problems] == ["not_read"]


def test_the_templates_are_read() -> None:
    held = imported(template_of("holdings"), rates={"GBP": D("1.317")})
    assert [t for t, _, _ in lines(held)] == ["MSFT", "SHEL.L", "USD"]
    assert held.lost == ()
    told = imported(template_of("transactions"))
    assert [t.kind.value for t in told.transactions] == ["deposit", "buy", "split", "dividend", "sell"]
    book = keep_book(told.transactions)
    assert book.quantities == {"MSFT": D(150)}
    assert [(c.quantity, c.gain) for c in book.closings] == [(D(50), D("235.00"))]


@pytest.mark.parametrize(
    ("row", "ticker"),
    [
        ("US5949181045,,,,", "MSFT"),
        (",BBG000BPH459,,,", "MSFT"),
        (",,594918104,,", "MSFT"),
        (",,,SHEL,XLON", "SHEL.L"),
        (",,,700,SEHK", "0700.HK"),
    ],
)
def test_identifiers_of_every_kind(row: str, ticker: str) -> None:
    read = imported(f"ISIN,FIGI,CUSIP,Ticker,MIC,Market Value (USD)\n{row},5\n")
    assert [t for t, _, _ in lines(read)] == [ticker] or "BBG" in row
    assert read.portfolio is not None


def test_the_unknown_are_listed_with_candidates_and_can_be_named() -> None:
    text = "Ticker,Name,Quantity,Price,Currency\nXXMS,Microsoft Corp,1,1,USD\n"
    (problem,) = imported(text).unresolved
    assert "MSFT (Microsoft" in problem.remedy
    assert lines(imported(text, instruments={"xxms": "MSFT"}))[0][0] == "MSFT"


def test_a_mapping_says_what_headings_mean() -> None:
    read = imported(
        "Stk,Was,Preis\n5,MSFT,2\n", columns={"Stk": "quantity", "Was": "ticker", "Preis": "price"}
    )
    assert lines(read) == [("MSFT", "5", "")]
    assert read.headings == (("Stk", "quantity"), ("Was", "ticker"), ("Preis", "price"))


def test_reconciliation_says_what_differs() -> None:
    ours = imported(
        "Account,Ticker,Quantity,Price,Currency,Cost\nA,MSFT,10,1,USD,5.00\nA,AAPL,1,1,USD,1\nA,F,1,1,USD,\n"
    )
    theirs = imported(
        "Account,Ticker,Quantity,Price,Currency,Cost\nA,MSFT,10,1,USD,5.02\nA,AAPL,2,1,USD,1\nA,GM,1,1,USD,\n"
    )
    assert ours.portfolio is not None
    assert theirs.portfolio is not None
    report = reconcile(stated_figures(ours.portfolio), stated_figures(theirs.portfolio))
    assert {line.instrument: line.kind for line in report.lines} == {
        "MSFT": Break.COST,
        "AAPL": Break.QUANTITY,
        "F": Break.ONLY_OURS,
        "GM": Break.ONLY_THEIRS,
    }
