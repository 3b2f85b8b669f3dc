"""Questions people ask of the sample newswire and of two articles written here, and what must be in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from readthrough.desk import ask
from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.research.answer import NOT_SAID
from readthrough.samples import sample_articles

OWN = (
    {
        "id": "own-1",
        "headline": "PepsiCo trims outlook",
        "body": "PepsiCo lowered its full-year guidance on Tuesday, blaming weak snack demand in North America. "
        'Chief Executive Dana Whitlow said: "We will close two plants." Organic sales fell 1.4%.',
    },
    {
        "id": "own-2",
        "headline": "Cisco names Priya Raman as finance chief",
        "body": "Cisco Systems appointed Priya Raman as chief financial officer from January. She succeeds Mark Oduya, "
        "who will retire after nine years. The company affirmed its forecast.",
    },
)
PAIRS = (
    ("Why did Target cut its forecast?", "markdowns"),
    ("Who is buying Teledyne?", "Honeywell"),
    ("How many jobs will Salesforce cut?", "2,400"),
    ("Why did Salesforce cut jobs?", "automated agents"),
    ("What was Walmart's EPS?", "67 cents"),
    ("What did Walmart earn per share?", "67 cents"),
    ("Who took a stake in Kraft Heinz?", "Harrow Lane"),
    ("Why did Toyota and Honda check supply?", "fire"),
    ("Why did Boeing machinists strike?", "voting down"),
    ("How many machinists walked out at Boeing?", "3,100"),
    ("How much is Costco's special dividend?", "$18"),
    ("What is the EU fine on Meta?", "1.9 billion"),
    ("Why was Meta fined?", "advertisers' data"),
    ("How many trucks did Ford recall?", "412,000"),
    ("Which companies cut guidance?", "Target"),
    ("Which companies cut their outlook?", "PepsiCo"),
    ("Why did Skyworks shares fall?", "rival's parts"),
    ("How much did Nvidia's revenue rise?", "48%"),
    ("How much stock will Rivian sell?", "$2.5 billion"),
    ("What is Microsoft's capex plan?", "$190 billion"),
    ("Why did Brent climb?", "shutdown"),
    ("What is UK inflation?", "2.6%"),
    ("Who is Imogen Hale?", "rate-setting"),
    ("Did the Fed cut rates?", "unchanged"),
    ("How much did Apple have to pay Northlight?", "$418 million"),
    ("How big is ASML's buyback?", "14 billion"),
    ("Why did PepsiCo cut its forecast?", "weak snack demand"),
    ("Who is the CEO of PepsiCo?", "Dana Whitlow"),
    ("Who is Cisco's CFO?", "Priya Raman"),
)
UNSAID = (
    "What is the price of onions?",
    "Who is the chief executive of Ryanair?",
    "What did Boeing say about cloud revenue?",
    "Why did Cisco recall routers?",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    from readthrough.desk.open import open_desk
    from readthrough.settings import Settings

    with open_desk(Settings(home=tmp_path_factory.mktemp("home"))) as desk:
        for article in (*sample_articles(), *OWN):
            process(desk, read_article(desk, article))
        yield lambda question: ask.answer(desk, question, limit=5).text


@pytest.mark.parametrize(("question", "held"), PAIRS)
def test_what_the_articles_say_is_found(asked: Callable[[str], str], question: str, held: str) -> None:
    assert held in asked(question)


@pytest.mark.parametrize("question", UNSAID)
def test_what_they_do_not_say_is_not_made_up(asked: Callable[[str], str], question: str) -> None:
    assert asked(question) == NOT_SAID
