from __future__ import annotations

import pytest

from .reading_of import reading

# who -> the sign a sentence gives each of two companies
SIDES = {
    "Coca-Cola has taken two points of market share at the expense of PepsiCo.": {"KO": 1, "PEP": -1},
    "Verizon added phone customers, many of them lured away from AT&T.": {"T": -1},
    "AMD overtook Intel in server chips for the first time.": {"AMD": 1, "INTC": -1},
    "Netflix outbid Amazon for the rights to the series.": {"NFLX": 1, "AMZN": -1},
    "Pfizer sued Merck on Monday over a patent.": {"MRK": -1},
    "Delta Air Lines switched a 60-jet order from Boeing to Airbus.": {"BA": -1, "AIR.PA": 1},
    "Apple is shifting a fifth of its chip orders from TSMC to Intel.": {"TSM": -1, "INTC": 1},
    "Meta will buy another 350,000 accelerators from Nvidia next year.": {"NVDA": 1},
    "A jury ordered Qualcomm to pay Arm $400 million for breaching its licence.": {"QCOM": -1, "ARM": 1},
    "Berkshire Hathaway bought 5 million Apple shares.": {"AAPL": 1},
    "Berkshire Hathaway sold half of its Apple stake.": {"AAPL": -1},
    "Lyft is losing riders to Uber in ten cities.": {"LYFT": -1, "UBER": 1},
    "Costco is winning shoppers from Walmart, new card data show.": {"COST": 1, "WMT": -1},
}


@pytest.mark.parametrize(("text", "sides"), SIDES.items())
def test_each_side_has_its_own_sign(text: str, sides: dict[str, int]) -> None:
    scores = {t.ticker: t.score for t in reading(text).tickers}
    for ticker, sign in sides.items():
        score = scores[ticker]
        assert score is not None, ticker
        assert score * sign > 0.1, ticker


@pytest.mark.parametrize(
    ("text", "sign"),
    {
        "Do not buy Boeing at this price, the broker said.": -1,
        "Intel will be dropped from the Dow Jones Industrial Average.": -1,
        "Nvidia will join the Dow Jones Industrial Average next week.": 1,
        "Investors should stay clear of Boeing, the broker said.": -1,
        "Washington stopped short of banning Nvidia's sales to China.": 1,
    }.items(),
)
def test_what_is_done_to_one(text: str, sign: int) -> None:
    score = reading(text).tickers[0].score
    assert score is not None
    assert score * sign > 0.1


def test_a_list_names_its_verb_once() -> None:
    found = reading("Nike was down 3.7%, Boeing 3.1% and Caterpillar, the digger maker, 5.0%.")
    scores = {t.ticker: t.score or 0.0 for t in found.tickers}
    assert all(scores[ticker] < -0.1 for ticker in ("NKE", "BA", "CAT"))


@pytest.mark.parametrize(
    ("text", "sides"),
    {
        "Boeing: UBS trims PT to $200, stays neutral": {"BA": -1},
        "Boeing: UBS upgrades to buy": {"BA": 1},
        "Microsoft's new laptops will run on Qualcomm chips rather than Intel's.": {"QCOM": 1, "INTC": -1},
        "Google Cloud won a $3 billion contract from Unilever that Microsoft had held for six years.": {
            "MSFT": -1
        },
    }.items(),
)
def test_brokers_and_choices(text: str, sides: dict[str, int]) -> None:
    scores = {t.ticker: t.score or 0.0 for t in reading(text).tickers}
    for ticker, sign in sides.items():
        assert scores[ticker] * sign > 0.1, ticker
