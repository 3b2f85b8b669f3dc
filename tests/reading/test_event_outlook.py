"""Outlooks in words that no list of phrases holds."""

from __future__ import annotations

import pytest

from .reading_of import reading


@pytest.mark.parametrize(
    ("told", "type_"),
    [
        ("Burberry said annual profit would be comfortably ahead of market expectations.", "guidance_raise"),
        (
            "Novartis now looks for core operating income to grow in the low teens rather than high single digits.",
            "guidance_raise",
        ),
        (
            "Porsche now expects a return on sales of up to 2%, after an earlier 5% to 7%.",
            "guidance_cut",
        ),
        (
            "Novo Nordisk sees sales rising 8% to 11% at constant currencies, against 8% to 14% previously.",
            "guidance_cut",
        ),
        ("Vestas is heading for the low end of its 4% to 7% margin range.", "guidance_cut"),
        ("Mattel said its annual targets were at risk.", "guidance_cut"),
        (
            "Nike cautioned that sales in the current quarter would drop by a low single-digit percentage.",
            "guidance_cut",
        ),
        ("Procter & Gamble made no changes to its forecast for the year.", "guidance_maintained"),
        ("GE Vernova moved its free cash flow expectation up to $4 billion.", "guidance_raise"),
    ],
)
def test_an_outlook_is_put_together_from_its_parts(told: str, type_: str) -> None:
    assert type_ in {event.type for event in reading(told).events}


@pytest.mark.parametrize(
    "told",
    [
        "Uber promised to keep raising the bar on safety.",
        "Apple economists expect growth of 2% this year, down from 3%.",
    ],
)
def test_what_others_expect_is_no_outlook_of_the_firm(told: str) -> None:
    assert not [event for event in reading(told).events if event.parent == "guidance_change"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("AppLovin wins place in S&P 500.", ("index_change", "positive")),
        ("WPP will be relegated to the FTSE 250.", ("index_change", "negative")),
        ("Kroger walked away from its deal to buy Albertsons.", ("ma_blocked_or_terminated", "negative")),
        ("Microsoft rolls out a new notebook for students.", ("product_launch", "positive")),
        ("Netflix will stream the fight live in November.", ("product_launch", "positive")),
        ("Google now lets users sign documents in Gmail.", ("product_launch", "positive")),
        ("Berkshire Hathaway sold almost half of its stake in Apple.", ("insider_or_activist", "negative")),
        ("Elliott has amassed a stake in PepsiCo.", ("insider_or_activist", "positive")),
        ("Puma abandons its margin goal for 2027.", ("guidance_change", "negative")),
        ("Bosch rival Continental will shed 3,000 posts.", ("layoffs_restructuring", "negative")),
        (
            "Barclays turns bearish on Peloton, its analysts cutting the rating.",
            ("analyst_rating_change", "negative"),
        ),
        ("Piper Sandler turns bullish on Roku stock.", ("analyst_rating_change", "positive")),
        ("Hackers stole customer records from Qantas.", ("cyber_breach", "negative")),
        ("Adani called the allegations baseless.", ("denial_clarification", "positive")),
        ("Germany's cartel office told Amazon to stop.", ("antitrust_action", "negative")),
        ("Prosecutors raided offices of Deutsche Bank.", ("regulatory_probe_or_action", "negative")),
    ],
)
def test_a_deed_with_its_object_is_told(told: str, wanted: tuple[str, str]) -> None:
    assert wanted in {(event.parent, str(event.polarity)) for event in reading(told).events}
