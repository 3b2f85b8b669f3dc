from __future__ import annotations

import pytest

from readthrough.domain.article import Span
from readthrough.reading.bystanders import is_bystander, is_origin
from readthrough.universe.names import Tokens, tokens_of

from .reading_of import reading

ASIDE = {  # the name between bars says only where somebody was, what somebody wrote on or what something is like
    "The group included former |Pixar| chief financial officer Ann Mather.",
    "Arthur Levinson, former CEO of |Genentech|, joined.",
    "She is an alumnus of |McKinsey|.",
    "It is backed by |Amazon| founder Jeff Bezos.",
    "He is also an |Apple| chairman.",
    "A user wrote so on the group's |Facebook| page.",
    "He took to it on |Twitter| on Sunday.",
    "The figure includes |Google| searches for coats.",
    "Favreau's |Instagram| has photos.",
    "Soldiers want an |Amazon|-like delivery service.",
    "He wrote the book “The |Microsoft| Case”.",
    "It is called the |Uber| of laundry.",
}
NEWS = {
    "|Pixar| named a former banker chief financial officer.",
    "He bet on |Google| and lost.",
    "|Twitter| suspended him.",
    "An |Apple| spokesman said no.",
    "The former banker said |Apple| would rise.",
}


def _cut(words: str) -> tuple[Tokens, int, int]:
    before, name, _ = words.split("|")[:3]
    plain = words.replace("|", "")
    tokens = tokens_of(plain, Span(0, len(plain)))
    first = tokens.starts.index(len(before))
    return tokens, first, first + len(name.split())


@pytest.mark.parametrize("words", sorted(ASIDE))
def test_asides(words: str) -> None:
    assert is_bystander(*_cut(words))


@pytest.mark.parametrize("words", sorted(NEWS))
def test_news_is_no_aside(words: str) -> None:
    assert not is_bystander(*_cut(words))


@pytest.mark.parametrize(
    ("words", "origin"),
    [
        ("He cited a study from |Magna| on viewing.", True),
        ("A report by research consultant |Accenture| says so.", True),
        ("An index compiled by |JPMorgan| fell.", True),
        ("The earnings report from |Magna| pleased.", False),
        ("Users feared for data stolen from |Magna|.", False),
        ("The car from |Magna| sells.", False),
    ],
)
def test_where_figures_come_from(words: str, origin: bool) -> None:
    tokens, first, _ = _cut(words)
    assert is_origin(tokens, first) is origin


# a page -> the tickers it links, of the universe that ships
PAGES = {
    "Economists from Banco de Bogota and Banco Bilbao Vizcaya Argentaria said so.": "",
    "AT&T Inc., the owner of HBO and Warner Bros., fell 2%. HBO lost viewers.": "T",
    "More services come from Disney (DIS), HBO (T) and others.": "DIS T",
    "HBO, which Warner Bros. Discovery owns, lost viewers.": "WBD",
    "The Post reports that officials were angry. CEO of Future of Privacy Forum, she knows.": "",
    "A global index compiled by JPMorgan Chase & Co. and IHS Markit fell in December.": "",
    "Strategists at JPMorgan Chase & Co. and Bank of America Corp. think a recession is less likely.": "",
    "The swing had many causes, said Ray Attrill, head of foreign-exchange strategy at National Australia Bank Ltd.": "",
    "Lebanon is at risk, according to Goldman Sachs Group Inc.": "",
    "Evercore and Goldman Sachs were financial advisers to the committee.": "",
    "S&P rates Lebanon B-, one notch higher than Moody’s Investors Service.": "",
    "Goldman Sachs Group Inc. is sticking to its guns in calling for the dollar to depreciate.": "",
    "Goldman Sachs Group Inc. said quarterly profit rose 20%, helped by bond trading.": "GS",
    "JPMorgan Chase & Co. is opening 90 branches in Boston.": "JPM",
    "A memo from law firm Latham & Watkins was unsealed.": "",
    "The game at Minute Maid Park was long.": "",
    "It bought assets from NextEra Energy Partners LP.": "",
    "The yen will rise, said Kengo Suzuki, chief strategist at Mizuho. Suzuki said so twice.": "",
    "Renault named Thierry Bollore chief executive. Bollore starts on Monday.": "RNO.PA",
    "The group included former Pixar Chief Financial Officer Ann Mather.": "",
    "Apple named former Pixar Chief Financial Officer Ann Mather a director.": "AAPL",
    "Walt Disney said that former Pixar Chief Financial Officer Ann Mather had left. Pixar makes films.": "DIS",
}


@pytest.mark.parametrize(("body", "expected"), PAGES.items())
def test_who_stands_beside_the_news(body: str, expected: str) -> None:
    found = {t.ticker for t in reading(body).tickers if t.ticker}
    assert found == set(expected.split())
