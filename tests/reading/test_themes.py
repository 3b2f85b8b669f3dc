"""Themes follow the words; issuers only break ties."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.reading import Event, Mention, Polarity
from readthrough.domain.security import IssuerId
from readthrough.reading.sentences import split_sentences
from readthrough.reading.themes import THEMES, find_themes
from readthrough.universe import Universe, load_universe

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def themes(universe: Universe, headline: str, body: str = "", *events: Event) -> tuple[str, ...]:
    article = Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)
    return find_themes(article, split_sentences(article), (), (), events, universe)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Chipmaker doubles orders for data center accelerators", "AI infrastructure"),
        ("DRAM and NAND prices climb as memory chips run short", "memory chips"),
        ("Cloud growth at AWS and Azure picks up", "cloud"),
        ("Wegovy and Zepbound sales soar", "GLP-1 drugs"),
        ("Fed holds interest rates, hints at rate cuts", "interest rates"),
        ("Consumer prices rise less than expected", "inflation"),
        ("White House doubles tariffs on steel", "tariffs"),
        ("Electric vehicle demand slows in Europe", "EV demand"),
        ("OPEC agrees to pump fewer barrels", "oil supply"),
        ("Shoppers cut back before the holiday season", "consumer spending"),
        ("Regional lender says deposits fell", "bank deposits"),
        ("Dockworkers walkout enters second week", "labour"),
        ("Antitrust case against the search monopoly goes to trial", "antitrust"),
        ("Credit card delinquencies rise again", "consumer credit"),
        ("Homebuilders cheer lower mortgage costs", "housing"),
        ("Pentagon orders more missiles", "defence spending"),
        ("Bitcoin slides below $80,000", "crypto"),
        ("Uranium miner jumps on nuclear power demand", "power demand"),
        ("Washington tightens export controls on chips", "export controls"),
        ("Board adds $5 billion to share buyback", "shareholder returns"),
    ],
)
def test_words_name_the_theme(universe: Universe, headline: str, expected: str) -> None:
    assert expected in themes(universe, headline)


def test_nothing_to_say_gives_no_theme(universe: Universe) -> None:
    assert themes(universe, "Company names new finance director") == ()


def test_at_most_five(universe: Universe) -> None:
    headline = "Fed, tariffs, oil, gold, bitcoin, housing, banks' deposits and chips all move as OPEC meets"
    assert len(themes(universe, headline)) == 5


def test_one_word_in_the_body_is_not_a_theme(universe: Universe) -> None:
    assert (
        themes(
            universe,
            "Company opens office",
            "The office is near a bank. It has a gold roof. It is big. It is new.",
        )
        == ()
    )


def test_an_event_adds_to_its_theme(universe: Universe) -> None:
    event = Event(
        id="evt_1", type="central_bank_decision", parent="central_bank", subject="United States",
        polarity=Polarity.NEUTRAL, span=Span(0, 3), sentence=0,
    )  # fmt: skip
    assert themes(universe, "Officials leave interest rates alone", "", event)[0] == "interest rates"


def test_issuers_alone_bring_no_theme(universe: Universe) -> None:
    article = Article(id=ArticleId("a"), headline="Nvidia names director", body="", received_at=NOW)
    issuer = universe.by_ticker("NVDA")
    assert issuer is not None
    mention = Mention(
        issuer_id=IssuerId(issuer.id), span=Span(0, 6), surface="Nvidia", via="name", confidence=1.0
    )
    found = find_themes(article, split_sentences(article), (mention,), (), (), universe)
    assert "cloud" not in found


def test_between_thirty_and_sixty_themes_in_plain_words() -> None:
    assert 30 <= len(THEMES) <= 60
    assert all(theme == theme.strip() and "_" not in theme for theme in THEMES)
