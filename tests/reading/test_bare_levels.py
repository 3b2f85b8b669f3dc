"""Numbers that stand alone: levels of indices, gauges and currencies, and what else has no noun of its own."""

from __future__ import annotations

import pytest

from .reading_of import reading

LEVELS = {
    "The yen fell 0.2% to 108.40 per dollar.": ("exchange rate", 108.4, "down"),
    "The krona was at 10.62 per dollar, after sliding 0.4%.": ("exchange rate", 10.62, None),
    "The ringgit gained 0.3 percent to 4.12 against the greenback.": ("exchange rate", 4.12, "up"),
    "The factory index fell 1.4 points to 51.2, the lowest since July.": ("index", 51.2, "down"),
    "The housing market index rose to 64 from 60.": ("housing market index", 64, "up"),
    "The S&P 500 was around 3,120 in Friday trading.": ("index", 3120, None),
    "The Dollar Index was at 96.214 as of 10:21 a.m. in Tokyo.": ("exchange rate", 96.214, None),
}


@pytest.mark.parametrize(("words", "told"), LEVELS.items())
def test_a_bare_level_is_of_the_gauge_ahead_of_it(words: str, told: tuple[str, float, str | None]) -> None:
    metric, value, change = told
    fact = next(f for f in reading(words).facts if float(f.value) == value)
    assert (fact.metric, fact.change) == (metric, change)


@pytest.mark.parametrize(
    "words",
    [
        "The index was made up in 1997 from 40 stocks.",
        "The committee met at 10 in the morning of 12 May.",
        "In 2019 the currency had been on his mind since he was 31.",
    ],
)
def test_years_ages_and_counts_are_no_levels(words: str) -> None:
    assert not reading(words).facts


NAMED = {
    "Dutch officials plan to buy $4 billion in dairy imports annually.": ("dairy imports", 4_000_000_000),
    "The brewer announced a C$20 million ($15.2 million) investment in the maker.": (
        "investment",
        20_000_000,
    ),
    "The shares trade at 31 times estimated earnings.": ("price to earnings", 31),
    "The phone will be on sale from June for around $450.": ("price", 450),
    "The plan gives four lines for just $90 per month.": ("price", 90),
    "Investment-grade bonds gained 3.2 percent this year.": ("bond price", 3.2),
    "The won has strengthened 2.1% against the dollar this quarter.": ("exchange rate", 2.1),
    "Italy's economy is projected to grow 1.5 percent this year.": ("gdp", 1.5),
    "India is projected to grow 6.5 percent this year and 6.2 percent next year.": ("gdp", 6.2),
    "The tablet has a 15% larger battery than the old one.": ("battery", 15),
}


@pytest.mark.parametrize(("words", "told"), NAMED.items())
def test_a_figure_is_named_by_what_stands_around_it(words: str, told: tuple[str, float]) -> None:
    assert told in {(f.metric, float(f.value)) for f in reading(words).facts}


def test_a_list_of_givers_goes_on_with_what_they_gave() -> None:
    facts = reading("The start-up raised $90 million from Amazon and $30 million from Ford.").facts
    assert {f.metric for f in facts} == {"funding"}


STANDING = {
    "With a cash pile of $5.1 billion, Netflix will have more shots at bidding for shows.": "actual",
    "The service is popular in India, where it has over 41 million monthly users and will be used for more.": "actual",
    "The group expects to have a cash pile of $5.1 billion.": "planned",
}


@pytest.mark.parametrize(("words", "modality"), STANDING.items())
def test_what_is_there_stands_whatever_the_rest_hopes_for(words: str, modality: str) -> None:
    assert [str(f.modality) for f in reading(words).facts] == [modality]
