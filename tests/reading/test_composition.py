"""What a sentence means for a company, put together from what moved, which way, and what governs it."""

from __future__ import annotations

import pytest

from .reading_of import reading

GOOD = (
    ("NFLX", "Netflix has yet to see any slackening in demand, its finance chief said."),
    ("T", "Interest expense at AT&T fell by a fifth."),
    ("META", "Meta Platforms lowered its forecast for full-year expenses to $86 billion from $92 billion."),
    ("JPM", "JPMorgan Chase set aside $1.8 billion for credit losses, down from $2.9 billion a year ago."),
    ("CMI", "Orders at Cummins were the strongest in four years."),
    ("SBUX", "Complaints about Starbucks dropped sharply."),
    (
        "MET",
        "MetLife, which was fined $10 million five years ago over lost pensioners, raised its dividend by 5%.",
    ),
    ("LMT", "Poland picked Lockheed Martin over Boeing for a $10 billion fighter order."),
    ("GOOGL", "Alphabet Q2 EPS $1.89. Street: $1.84."),
    ("MCD", "McDonald's has not had a quarter of falling sales since 2020 and did not have one now."),
)
BAD = (
    ("AMZN", "Amazon Web Services grew 12%, the slowest pace on record, Amazon said."),
    ("PG", "Procter & Gamble's organic sales rose 1%, half of what analysts had forecast."),
    ("BA", "Poland picked Lockheed Martin over Boeing for a $10 billion fighter order."),
    ("INTC", "Qualcomm won the order to supply modems for the phone, displacing Intel."),
    ("SNOW", "Databricks poached several of Snowflake's largest customers."),
    ("GM", "General Motors does not expect its China unit to return to profit this year."),
    ("VZ", "Closures at Verizon mounted."),
)


def _score(ticker: str, words: str) -> float:
    entry = next(t for t in reading(words).tickers if t.ticker == ticker)
    return entry.score or 0.0


@pytest.mark.parametrize(("ticker", "words"), GOOD)
def test_good_for_holders(ticker: str, words: str) -> None:
    assert _score(ticker, words) > 0.05


@pytest.mark.parametrize(("ticker", "words"), BAD)
def test_bad_for_holders(ticker: str, words: str) -> None:
    assert _score(ticker, words) < -0.05


DEALINGS = {
    ("NKE", "Retail clients were large buyers of Nike last month."): 1,
    ("PFE", "The fund sold shares of Pfizer, its filing showed."): -1,
    ("INTC", "Beside the banks, Intel was also sold heavily."): -1,
    ("QRVO", "Two analysts lowered estimates on Apple suppliers including Qorvo and Skyworks Solutions."): -1,
    ("SWKS", "Two analysts lowered estimates on Apple suppliers including Qorvo and Skyworks Solutions."): -1,
    ("SONO", "The assistant will be integrated with new devices including Sonos speakers."): 1,
    ("AAPL", "Estimates are falling as companies from Apple Inc. to Pfizer Inc. issued profit warnings."): -1,
    (
        "BAS.DE",
        "The pain is felt widely, with firms from Siemens to BASF warning that demand is falling.",
    ): -1,
    (
        "SIE.DE",
        "The pain is felt widely, with firms from Siemens to BASF warning that demand is falling.",
    ): -1,
    ("NKE", "Nike halted a four-day drop."): 1,
    ("NKE", "Nike is on track to snap multi-day declines."): 1,
    ("NKE", "Nike erased earlier losses."): 1,
    ("NKE", "Nike will not be permitted to open stores in Peru."): -1,
    ("NKE", "Investors are cashing out of Nike."): -1,
    ("QCOM", "The phone maker is losing access to key chips from Qualcomm."): -1,
}


@pytest.mark.parametrize(("ticker", "words", "sign"), [(*k, v) for k, v in DEALINGS.items()])
def test_what_holders_partners_and_rivals_do_is_done_to_a_company(ticker: str, words: str, sign: int) -> None:
    assert _score(ticker, words) * sign > 0.05


def test_on_a_page_about_nobody_a_company_named_once_is_not_what_the_rest_is_about() -> None:
    body = (
        "Economists expect the central bank to ease again. Headwinds are rising, they said. Demand is clouded.\n\n"
        "Apple shares rose 2% on Friday. Tensions over trade threaten a deep slump in exports. "
        "Factory orders collapsed last month."
    )
    entry = next(t for t in reading(body, "Easing seen going on").tickers if t.ticker == "AAPL")
    assert (entry.score or 0.0) > 0


def test_fractions_that_compare_or_date_are_no_shares() -> None:
    assert [f.value for f in reading("PepsiCo's sales rose 4%, half of what was forecast.").facts] == [4]
    assert not reading("PepsiCo has not had a quarter of falling sales since then.").facts
