from __future__ import annotations

import pytest

from readthrough.reading.tone_phrases import long_phrases

from .reading_of import reading

PHRASES = {
    "fears that the bank would need more capital eased on monday": 1,
    "the strike the carmaker had dreaded never came": 1,
    "the ruling removes a long-standing threat": 1,
    "hopes that the deal would be signed faded": -1,
    "the order it had counted on did not come": -1,
    "the network lost far fewer viewers": 1,
    "the fall was less steep than the market feared": 1,
    "growth was not as quick as in the spring": -1,
    "the worst of the glut is behind the industry": 1,
    "it ended its losing streak": 1,
    "that ended a ten-year run of gains": -1,
    "it cut its operating loss in half": 1,
    "the audit raised new doubts": -1,
    "the figures stoked fears": -1,
    "the storm had not disrupted its flights": 1,
    "fewer of its borrowers missed payments": 1,
    "it lost $800 million, less than half of last year's loss": 1,
    "the outage that hurt its rivals": 1,
    "the court denied its motion to dismiss the case": -1,
    "the move could cost the company $90 million": -1,
}


@pytest.mark.parametrize(("words", "sign"), PHRASES.items())
def test_a_phrase_settles_the_sense_of_its_words(words: str, sign: int) -> None:
    values = [value for value, _, _ in long_phrases(words, 0, len(words))]
    assert values
    assert all(value * sign > 0 for value in values)


def test_a_sentence_without_such_a_phrase_has_none() -> None:
    words = "nike opened a shop in oregon"
    assert list(long_phrases(words, 0, len(words))) == []


SIGNS = {
    "Caterpillar's sales fell at the slowest pace in six quarters.": 1,
    "Caterpillar's sales rose at the slowest pace in six quarters.": -1,
    "Provisions at JPMorgan rose by less than expected.": 1,
    "Abbott reported a smaller-than-expected drop in quarterly profit.": 1,
    "Abbott reported a bigger-than-expected drop in quarterly profit.": -1,
    "Abbott reported net income of $1.1 billion, against a loss of $10 billion a year ago.": 1,
    "Abbott had a loss of 4 cents a share, compared with a profit of 12 cents a year ago.": -1,
    "Abbott's loss for the quarter was $30 million, compared with a loss of $80 million a year earlier.": 1,
    "Wells Fargo, which was fined $3 billion in 2020, said on Monday that profit had risen 12%.": 1,
    "Deutsche Bank, which cut 18,000 jobs in 2019, raised its profit target for 2027.": 1,
    "Intel's first-quarter revenue beat Wall Street, but the chipmaker guided well below consensus.": -1,
    "Deere missed on revenue yet lifted its profit outlook for the year.": 1,
    "Regulators found no evidence that Eli Lilly's drug raises the risk of suicide.": 1,
    "Had the pipeline not been repaired in time, Exxon would have lost a month of output.": 1,
    "European regulators dropped their case against Google.": 1,
    "A judge refused to break up Meta.": 1,
    "Apple rejected suggestions that it was behind schedule.": 1,
    "United Airlines poured cold water on talk of a merger.": -1,
    "Barclays denied that it needs to raise capital.": 1,
    "Caterpillar's backlog of orders hit a five-year low.": -1,
    "The strike that Boeing had feared did not come: machinists voted for the contract.": 1,
}


@pytest.mark.parametrize(("text", "sign"), SIGNS.items())
def test_what_is_composed_outweighs_its_words(text: str, sign: int) -> None:
    score = reading(text).tickers[0].score
    assert score is not None
    assert score * sign > 0.1
