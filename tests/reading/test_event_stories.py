"""What headlines and leads of stories tell: markets that move, forecasts of others, suits, money raised, posts and wares."""

from __future__ import annotations

import pytest

from .reading_of import reading


def _told(body: str, headline: str = "") -> list[tuple[str, str]]:
    return [(e.parent, str(e.polarity)) for e in reading(body, headline).events if not e.background]


@pytest.mark.parametrize(
    ("headline", "way"),
    [
        ("Zloty Takes a Hit as Tightening Ends", "negative"),
        ("Junk Bonds Rally After Calm Week", "positive"),
        ("Emerging-Market Currencies Slump to Lows of the Year", "negative"),
        ("Gilts Little Changed Before Auction", "neutral"),
    ],
)
def test_a_headline_of_a_market_tells_its_move(headline: str, way: str) -> None:
    assert _told("", headline) == [("market_wide_move", way)]


def test_a_market_named_in_the_headline_is_told_by_the_lead() -> None:
    told = _told("Developing-nation assets roared back on Friday.", "Riskier Assets Find Friends Again")
    assert told == [("market_wide_move", "positive")]


@pytest.mark.parametrize(
    "headline",
    [
        "Why the Dollar Could Fall Next Year",
        "Intel Sells Bonds as Yields Drop",
        "Strategists Say Emerging Markets May Rally",
    ],
)
def test_a_market_that_may_move_or_serves_a_firm_does_not(headline: str) -> None:
    assert "market_wide_move" not in [parent for parent, _ in _told("", headline)]


def test_a_flat_headline_is_not_overruled_by_one_bourse_below() -> None:
    told = _told("Lisbon stocks climbed 2%.", "European Shares Mixed Before Vote: Markets Wrap")
    assert told == [("market_wide_move", "neutral")]


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("The OECD cut its global growth and inflation outlook.", ("macro_data_release", "negative")),
        ("UBS raised its copper forecast for next year.", ("commodity_price_move", "positive")),
    ],
)
def test_what_forecasters_make_of_the_world(words: str, event: tuple[str, str]) -> None:
    assert _told(words) == [event]


def test_what_a_research_firm_foresees_of_a_company_is_no_guidance() -> None:
    words = "Snap's app is losing its appeal.\n\nThe research firm lowered its forecast for sales this year."
    assert not [parent for parent, _ in _told(words) if parent == "guidance_change"]
    assert _told("Snap lowered its forecast for sales this year.") == [("guidance_change", "negative")]


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("Boeing beats appeal in lawsuit over old hangars.", ("litigation", "positive")),
        ("Boeing to sue a maker of models over copied plans.", ("litigation", "neutral")),
        (
            "The judge in the Federal Trade Commission case ruled against Boeing.",
            ("antitrust_action", "negative"),
        ),
        ("Boeing filed a complaint with the European Commission.", ("antitrust_action", "negative")),
        ("Rivian raised $900 million in funding led by a pension fund.", ("share_offering", "positive")),
        (
            "Citigroup reshuffles leadership and elevates a trader to head of markets.",
            ("management_change", "neutral"),
        ),
        ("Production problems delayed the smartwatch of Garmin.", ("product_launch", "negative")),
        ("Nike posted an impressive fourth quarter.", ("earnings_result", "positive")),
        ("Nike reported its quarter, and the numbers were mixed.", ("earnings_result", "neutral")),
    ],
)
def test_deeds_of_stories(words: str, event: tuple[str, str]) -> None:
    assert event in _told(words)


@pytest.mark.parametrize(
    "words",
    [
        "Boeing's chief executive won't be charged in the case.",
        "Analysts expect an impressive quarter of Nike.",
        "Flights of Delta were delayed by technical problems.",
        "The shares of Intel have recovered since the settlement with a rival.",
        "Lawmakers think regulators should look into Boeing.",
    ],
)
def test_what_was_not_done_is_no_event(words: str) -> None:
    assert not _told(words)


def test_sanctions_that_end_are_good_news() -> None:
    assert ("sanctions", "positive") in _told("", "Sanctions on Alcoa's Russian Rival Are Coming to an End")
    assert ("sanctions", "negative") in _told("The U.S. imposed new sanctions on Alcoa's rival.")


def test_a_fraud_that_a_suit_alleges_is_the_suit() -> None:
    told = _told("A county sued Pfizer, accusing it of fraudulent marketing of pills.")
    assert told == [("litigation", "negative")]


def test_cuts_answer_to_the_move_of_the_day_not_of_the_year() -> None:
    words = "Zalando will cut 900 jobs. Shares of Zalando have risen 50 percent since December."
    assert ("layoffs_restructuring", "negative") in _told(words)
