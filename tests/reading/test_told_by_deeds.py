from __future__ import annotations

import pytest

from .reading_of import reading

TOLD = {
    "The RBI hiked by just 50 basis points.": [("", "interest rate", "up", "50")],
    "Nike's gross margin fell 50 basis points.": [("Nike", "gross margin", "down", "50")],
    "The island nation is projected to grow 6.5 percent next year.": [("", "gdp", "up", "6.5")],
    "The CSI 300, the benchmark of the mainland, was the worst of all, falling 26%.": [
        ("CSI 300", "index", "down", "26")
    ],
    "Nike is struggling abroad, with the share down almost 48% from a peak.": [
        ("Nike", "share price", "down", "48")
    ],
    "Tesco sold the unit for 30 million pounds.": [("Tesco", "deal value", "None", "30000000")],
    "Tesco sold 400 bicycles for 30 million pounds.": [("Tesco", "unspecified", "None", "30000000")],
    "Nike has 43 percent of Puma.": [("Puma", "stake", "None", "43")],
    "In a survey of fund managers, 25 percent said shares would fall.": [
        ("", "share of respondents", "None", "25")
    ],
    "Nike said 25 percent of its sales were online.": [("Nike", "share of revenue", "None", "25")],
    "After closing up 6.5% on Friday, Nike handed back the gain.": [("Nike", "share price", "up", "6.5")],
    "The zloty began the month with a near 2 percent rally against the dollar.": [
        ("", "exchange rate", "up", "2")
    ],
    "Puma, acquired by Nike last May for nearly $3 billion, is growing.": [
        ("Nike", "deal value", "None", "3000000000")
    ],
    "Nike is trading for $137 per share.": [("Nike", "share price", "None", "137")],
    "Nike will spend $8 billion on buybacks and $5 billion on dividends.": [
        ("Nike", "buyback", "None", "8000000000"),
        ("Nike", "dividend", "None", "5000000000"),
    ],
    "Nike will spend $8 billion on factories.": [("Nike", "investment", "None", "8000000000")],
    "Nike lost a combined $40 billion in market cap.": [("Nike", "market value", "down", "40000000000")],
    "The slump wiped out $6 billion of value at Nike.": [("Nike", "market value", "down", "6000000000")],
    "Nike sold 5.2% fewer shoes than a year before.": [("Nike", "deliveries", "down", "5.2")],
    "Nike sold 5% less between May and July.": [("Nike", "unspecified", "down", "5")],
    "Tesco objects to Apple’s 30% cut of subscription revenue.": [("Apple", "commission", "None", "30")],
    "Apple announced a 30% cut in spending.": [("Apple", "investment", "down", "30")],
    "Nike has nearly 22% of its free float held short.": [("Nike", "short interest", "None", "22")],
    "The total value of Nike shares traded was $2.8 billion.": [
        ("Nike", "trading value", "None", "2800000000")
    ],
    "Nike will increase by 20 percent the number of workers it hires.": [("Nike", "jobs", "up", "20")],
    "Nike could be valued at as much as $20 billion in an IPO.": [
        ("Nike", "market value", "None", "20000000000")
    ],
    "Nike could raise as much as $2 billion in an IPO.": [("Nike", "ipo", "None", "2000000000")],
    "Nike traded as low as $48.45, 3.8% below the close of May.": [
        ("Nike", "share price", "down", "48.45"),
        ("Nike", "share price", "down", "3.8"),
    ],
    "Nike has a price target of $84, 14.9% upside from here.": [
        ("Nike", "price target", "None", "84"),
        ("Nike", "upside", "None", "14.9"),
    ],
    "Nike shares have rallied 50% and beat the broader market, which is up 10%.": [
        ("Nike", "share price", "up", "50"),
        ("", "index", "up", "10"),
    ],
    "Puma has 6 million listings, just ahead of Nike with more than 5 million home listings.": [
        ("Puma", "listings", "None", "6000000"),
        ("Nike", "home listings", "None", "5000000"),
    ],
    "The two-year rate lost 14 basis points.": [("", "bond yield", "down", "14")],
    "The country will levy a 10% tariff.": [("", "tariff", "None", "10")],
    "Nike beat forecasts while growing its total revenues by 21.8%.": [("Nike", "revenue", "up", "21.8")],
}


@pytest.mark.parametrize(("text", "expected"), list(TOLD.items()))
def test_the_deed_of_a_clause_tells_what_a_figure_measures(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    told = [(f.subject, f.metric, str(f.change), str(f.value)) for f in reading(text).facts]
    assert [row for row in told if row[3] != "400"] == expected
