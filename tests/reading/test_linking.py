from __future__ import annotations

import time

import pytest

from readthrough.domain.article import Span
from readthrough.reading.linking import Links, link
from readthrough.reading.sentences import split_sentences

from .reading_of import reading
from .small_universe import article_of, link_text, small_universe, tickers_in

# body text -> the issuers it means
NAMED = {
    "Alibaba shares rose 7% after the company reported revenue growth of 3%.": "BABA",
    "Alibaba's cloud unit grew.": "BABA",
    "Alibaba’s cloud unit grew.": "BABA",
    "Nestle cut prices in Europe.": "NSRGY",
    "NESTLÉ CUTS 12,000 JOBS": "NSRGY",
    "Procter and Gamble raised its outlook.": "PG",
    "P&G raised its outlook.": "PG",
    "Coca Cola and McDonalds ended a pact.": "KO MCD",
    "Coca-Cola's chief and McDonald’s franchisees met.": "KO MCD",
    "AT&T's U.S. arm grew.": "T",
    "Nvi\u200bdia and \u202aMicrosoft\u202c signed a deal.": "NVDA MSFT",
    "In the hours after the close on Wednesday the lender Bank of\nAmerica beat forecasts.": "BAC",
    "BANK OF AMERICA PROFIT FALLS 12%": "BAC",
    "Shares in eBay fell.": "EBAY",
    "3M settled the suit.": "MMM",
    "The chipmaker $AMD fell while $NVDA rose.": "AMD NVDA",
    "The group (NYSE: BABA) fell.": "BABA",
    "The group (NASDAQ:MSFT) fell.": "MSFT",
    "The group BABA.N fell, as did 9988.HK in Asia.": "BABA",
    "The stock (SHEL.L) fell.": "SHEL",
    "The stock (LON:SHEL) fell.": "SHEL",
    "The maker [AAPL] fell.": "AAPL",
    "We like BABA US and VOD LN here.": "BABA VOD",
    "The company trades under the ticker BABA.": "BABA",
    "Buying shares of BABA is a bet on China.": "BABA",
    "Class B shares (BRK.B) fell.": "BRK-B",
    "Target Corp. fell.": "TGT",
    "Target (TGT) opened a shop.": "TGT",
    "Shoppers at Target said the retailer had raised prices.": "TGT",
    "Target's quarterly sales fell.": "TGT",
    "Apple said it would build a plant.": "AAPL",
    "The new iPhone sells well.": "AAPL",
    "Apple unveiled an iPad.": "AAPL",
    "Apple Hospitality said occupancy fell.": "APLE",
    "Amazon, Microsoft and Google spend more.": "AMZN MSFT GOOGL",
    "Google Cloud grew 28%.": "GOOGL",
    "Ford-backed start-ups fell; the maker of the Mustang said little.": "F",
    "Facebook and WhatsApp went down.": "META",
    "OpenAI raised money from Microsoft.": "@",
    "Delta Air Lines cancelled flights.": "DAL",
    "Delta cancelled 300 flights.": "DAL",
    "Delta Electronics expands.": "DELTA.BK",
    "Columbia Sportswear cut its forecast.": "COLM",
    "General Motors (GM) recalled trucks. GM said so.": "GM",
    "Novo Nordisk fell 5%. Novo has struggled.": "NVO",
    "Goldman Sachs reported a 20% rise in quarterly profit.": "GS",
    "Goldman Sachs was downgraded to neutral by Morgan Stanley.": "GS",
    "Morgan Stanley raised its price target on Nvidia to $200.": "NVDA",
    "Analysts at Goldman Sachs said Tesla would miss.": "TSLA",
    "JPMorgan analyst Ryan Brinkman said Tesla was overvalued.": "TSLA",
    "According to Refinitiv, analysts expected less from Walmart.": "WMT",
    "Boeing's chief told CNBC that demand was strong.": "BA",
    "Nasdaq-listed Microsoft fell with the S&P 500.": "MSFT",
    "Nasdaq Inc agreed to buy a software maker.": "NDAQ",
    "Morgan Stanley was fined $35 million over customer data.": "MS",
    "Tesla was upgraded to buy by Citi.": "TSLA",
}
TRAPS = {
    "Target prices rose across the sector.",
    "Next year looks better.",
    "Block trades slowed in June.",
    "Gap between rich and poor widens.",
    "Visa applications rose 20%.",
    "The Ford Foundation gave $3 million.",
    "Fires in the Amazon rainforest spread.",
    "The Delta variant spread through Europe.",
    "Columbia University said it would appeal.",
    "The Goldman Environmental Prize went to six people.",
    "The Giants play at Oracle Park.",
    "The Dow Jones Industrial Average rose 100 points.",
    "The Dow fell 2% and the Nasdaq lost 3%.",
    "Jack Ford said the budget was late.",
    "Harrison Ford stars in the film.",
    "Stocks rose (Reuters) - the S&P 500 gained 1%.",
    "The CEO said AI and IT budgets, EPS and GDP would rise.",
    "The API standard is open; NOW is the time.",
    "Best buy for the summer: a fan.",
    "It was all about ups and downs, said the guide.",
    "TARGET PRICES RISE AS THE FED WAITS",
    "Consumer prices (CPI) rose; the FDA, the SEC and the DOJ said nothing.",
    "The American Petroleum Institute (API) reported a draw.",
    "Apple pie and apple juice sell well.",
    "A shell company was set up.",
    "The oracle of Omaha turned 90.",
    "He was born in Columbia, Missouri.",
    "Mr. Stanley retired last year.",
    "The alphabet has 26 letters.",
    "Chase Utley hit a home run.",
    "Their gap year took them to the Mississippi delta.",
    "Underwriters led by Goldman Sachs and Morgan Stanley sold the notes.",
    "Reuters reported the talks on Monday.",
    "The meta question is who pays.",
}


@pytest.mark.parametrize(("body", "expected"), NAMED.items())
def test_names_link(body: str, expected: str) -> None:
    wanted = {"openai", "MSFT"} if expected == "@" else set(expected.split())
    assert tickers_in(link_text("Shares on the move today", body)) == wanted


@pytest.mark.parametrize("body", sorted(TRAPS))
def test_traps_stay_unlinked(body: str) -> None:
    assert link_text("Morning notes for readers today", body).mentions == ()


HEADLINES = {
    "Apple Unveils Cheaper iPhone": "AAPL",
    "Target Shares Slide After Weak Forecast": "TGT",
    "Price Target Raised on Strong Demand": "",
    "Next Week Could Decide the Gap Between Bulls and Bears": "",
    "TESLA RECALLS 2 MILLION CARS": "TSLA",
    "UPS to cut 12,000 jobs": "UPS",
    "UPS AND DOWNS OF A LONG YEAR": "",
    "Ford Foundation Names New President": "",
    "Ford Recalls 100,000 Trucks": "F",
    "Goldman Sachs Upgrades Apple to Buy": "AAPL",
    "Delta Variant Weighs on Travel": "",
    "Oracle Jumps 10% on Cloud Demand": "ORCL",
    "Visa, Mastercard Sued Over Fees": "",
    "Alibaba vs. Amazon: Which Stock Is Better?": "BABA",
}


@pytest.mark.parametrize(("headline", "expected"), HEADLINES.items())
def test_headlines(headline: str, expected: str) -> None:
    assert set(expected.split()) <= tickers_in(link_text(headline))
    if not expected:
        assert link_text(headline).mentions == ()


def test_body_settles_an_ambiguous_headline() -> None:
    links = link_text("Apple to Build a Campus", "Apple Inc. said on Monday it would build a campus.")
    assert links.mentions[0].span == Span(0, 5)
    assert links.mentions[0].surface == "Apple"


def test_an_open_name_lists_its_candidates() -> None:
    links = link_text("", "People waited for Delta all day.")
    (open_name,) = links.unlinked
    assert (open_name.surface, set(open_name.candidates)) == ("Delta", {"DAL", "DELTA.BK"})
    assert open_name.reason in {"ambiguous", "several issuers"}


def test_a_source_is_listed_with_its_reason() -> None:
    links = link_text("", "Analysts at Goldman Sachs expect Tesla to miss.")
    assert [(u.surface, u.candidates, u.reason) for u in links.unlinked] == [
        ("Goldman Sachs", ("GS",), "source")
    ]


def test_an_old_ticker_gives_way_to_the_name_before_it() -> None:
    assert tickers_in(link_text("", "Facebook (API) said usage rose.")) == {"META"}


MORE = {
    "The actor Robert Ford said so. Ford voted on Tuesday.": "",
    "Delta Partners Ltd advised the buyer. Delta said so.": "",
    "She'll sell the house.": "",
    "The order bars American companies. Delta Air Lines said so.": "DAL",
    "BDT Capital Target LLC bought shares.": "",
    "An Apple analyst said the phone sells.": "AAPL",
    "The shares (GOOG, GOOGL) rose.": "GOOGL",
    "“Target’s chief executive left,” it said.": "TGT",
}


@pytest.mark.parametrize(("body", "expected"), MORE.items())
def test_longer_names_people_and_adjectives(body: str, expected: str) -> None:
    assert tickers_in(link_text("", body)) == set(expected.split())


def test_every_span_is_its_surface() -> None:
    article = article_of(
        "Nestlé’s 🍫 shares", "“Novo Nordisk” (NOVO-B.CO) 𝕏 Alibaba's, $BABA; the company said."
    )
    links = link(article, split_sentences(article), small_universe())
    assert len(links.mentions) >= 4
    for mention in links.mentions:
        assert mention.span.of(article.text) == mention.surface


def test_the_company_is_the_last_subject() -> None:
    links = link_text("", "Walmart raised its outlook. The retailer said sales grew. The carmaker did not.")
    described = [m for m in links.mentions if m.via == "coreference"]
    assert [(str(m.issuer_id), m.surface) for m in described] == [("WMT", "The retailer")]


def test_the_company_between_two_stays_open() -> None:
    links = link_text("", "Nvidia and Microsoft met on Friday. The company said nothing.")
    assert not [m for m in links.mentions if m.via == "coreference"]


SUBJECTS = {
    "Alibaba shares rose after Goldman Sachs raised its rating. The stock is up 20%.": ["BABA", "BABA"],
    "After Nvidia's results, AMD shares rose 4%.": ["AMD"],
    "Apple supplier Foxconn said sales fell.": ["foxconn"],
    "Tesla fell. The S&P 500 rose 1%.": ["TSLA", None],
    "Walmart rose 2%. Boeing lost 1%. It cut its forecast.": ["WMT", "BA", "BA"],
    "Nothing happened here.": [None],
}


@pytest.mark.parametrize(("body", "expected"), SUBJECTS.items())
def test_subjects(body: str, expected: list[str | None]) -> None:
    article = article_of("", body)
    sentences = split_sentences(article)
    links = link(article, sentences, small_universe())
    assert list(links.cast.subjects) == expected


def test_nothing_to_link() -> None:
    assert link_text("") == Links()


@pytest.mark.parametrize(
    "line",
    [
        "Apple Alibaba said " * 50_000,
        "A" * 1_000_000,
        "A&" * 500_000,
        "$BABA(" * 150_000,
        "(AAPL, " * 140_000,
        "the the the company " * 50_000,
        "U.S." * 250_000,
    ],
)
def test_a_megabyte_in_one_line_is_linear(line: str) -> None:
    begun = time.process_time()
    link_text("", line)
    assert time.process_time() - begun < 12


# body after a lead on Nvidia -> the issuers it means, Nvidia aside
SOURCES = {
    "It was raised to Overweight at Morgan Stanley on memory prices.": "",
    "Morgan Stanley retained 'overweight' with a target price of $200, as Citi did.": "",
    "Goldman Sachs and Centerview Partners advised the buyer; Citi worked with the board.": "",
    "Goldman Sachs & Co. LLC advised the seller.": "",
    "The mood is sour, courtesy of Bank of America's fund manager survey.": "",
    "Prescriptions overtook those of its rival, according to data from IQVIA.": "",
    "Futures tracked by CME Group imply one cut.": "",
    "Moody's placed its A2 rating on review for a downgrade.": "",
    "Moody's cut its outlook to negative.": "",
    "The bank's economists at JPMorgan see growth of 2%.": "",
    "Goldman Sachs shares fell 3% and the bank cut 1,000 jobs.": "GS",
    "Morgan Stanley was fined $35 million over customer data.": "MS",
    "Rivals including Citigroup fell too.": "C",
    "JPMorgan reported a 20% rise in profit.": "JPM",
    "Moody's reported a 20% rise in profit.": "MCO",
    "Wolfe raised its price target on Morgan Stanley to $150.": "MS",
    "Goldman Sachs trimmed its 2027 forecast for Brent to $56.": "",
    "Citi and JPMorgan were among the banks running the books.": "",
    "Boeing fell 4.2%, and Citigroup 3.7%.": "BA C",
}


@pytest.mark.parametrize(("body", "expected"), SOURCES.items())
def test_who_only_speaks_is_not_a_subject(body: str, expected: str) -> None:
    links = link_text("Nvidia shares rise", f"Nvidia sells more chips.\n\n{body}")
    assert tickers_in(links) - {"NVDA"} == set(expected.split())


def test_a_rater_that_leads_with_a_rating_is_a_source() -> None:
    assert tickers_in(link_text("Moody's Downgrades Boeing to Junk", "Moody's cut Boeing's rating.")) == {
        "BA"
    }
    assert tickers_in(link_text("Moody's Profit Rises", "Moody's said its revenue rose 9%.")) == {"MCO"}


def test_a_broker_that_only_rates_does_not_lead_from_the_headline() -> None:
    links = link_text(
        "Round-up: Citi turns buyer of Boeing", "Boeing was raised to Buy from Neutral at Citi."
    )
    assert tickers_in(links) == {"BA"}


@pytest.mark.parametrize(
    ("text", "ticker"),
    [
        ("Snap will lay off about 520 employees, or 10% of its workforce.", "SNAP"),
        ("Target stuck to its full-year outlook after sales fell 2%.", "TGT"),
        ("Gap cut its annual sales forecast and its shares plunged 15%.", "GAP"),
        ("Block named a new finance chief.", "XYZ"),
        ("Grab beats revenue estimates.", "GRAB"),
        ("Zoom lifts outlook.", "ZM"),
    ],
)
def test_what_only_a_company_does_settles_an_ambiguous_name(text: str, ticker: str) -> None:
    assert [t.ticker for t in reading(text).tickers] == [ticker]


@pytest.mark.parametrize(
    "text",
    [
        "Target prices rose after the broker raised its forecasts.",
        "The gap in revenue cut into the outlook.",
        "Next year will cut growth to 2%.",
        "Block trades raised sales of shares.",
        "Snap elections may cut the growth outlook.",
        "Visa applications hit a record quarter.",
    ],
)
def test_ordinary_words_stay_ordinary(text: str) -> None:
    assert reading(text).tickers == ()


@pytest.mark.parametrize(
    ("headline", "body", "tickers"),
    [
        # a symbol in brackets that is not the issuer's, for an issuer without a line in New York
        ("A watch that plays", "The watch can store music from Pandora (P), and pays in shops.", set()),
        ("Fitbit", "Fitbit’s (FIT) first watch is late. Fitbit has sold bands so far.", set()),
        ("Seeking backers for its ‘Netflix of Games’", "A “Netflix for games” needs money.", set()),
        ("China eases", "The People’s Bank of China cut its reserve ratio by 0.5%.", set()),
        # what was written on a platform
        ("Tesla output", "Tesla gave the number in a Twitter posting late on Tuesday.", {"TSLA"}),
        # where those who were hired came from
        ("ErisX hires", "The exchange has appointed three executives from Barclays and YouTube.", set()),
        # opinions of brokers, and ratings in a list
        ("Drones", "Goldman Sachs has estimated that builders will spend $100 billion on drones.", set()),
        ("BROKER VIEWS", 'Grifols: Santander double-upgrade, to "outperform".', {"GRFS"}),
        ("Goldman Lifts Outlook for Global Bonds", "The bank sees slower growth.", set()),
        ("Uber", "Uber's goal is better than Morgan Stanley's estimate.", {"UBER"}),
        ("Shots", "She described on Twitter hearing shots.", set()),
        # an acronym of the words before it
        ("Tesla's plans", "Tesla studies vertical take-off and landing (VTOL) technology.", {"TSLA"}),
        # surnames, places and everyday words
        ("Divorce terms", "They were seen at Lakeside, a private school, and on the Rio Grande.", set()),
        ("Who wins the AI Era", "The AI Era has begun, Clarkson told the Panamera driver.", set()),
    ],
)
def test_names_that_a_careless_reader_would_link(headline: str, body: str, tickers: set[str]) -> None:
    assert {ticker.ticker for ticker in reading(body, headline).tickers} == tickers


def test_a_round_up_of_views_is_not_about_who_holds_them() -> None:
    body = (
        "The rand firmed 2% after the review.\n\nStandard Chartered:\n\n“We see no downgrade,” said its economist.\n\n"
        "Bank of New York Mellon:\n\nThe strategist is in the bearish camp.\n\nTesla shares were not moved.\n\n"
        "ALSO READ: Merrill Lynch Has Top 10 Stock Ideas for Q2"
    )
    assert {ticker.ticker for ticker in reading(body, "Views on the rand").tickers} == {"TSLA"}


def test_advisers_do_not_link() -> None:
    body = (
        "“The goal was an agreement,” Jamie Baird of PJT Partners, the company’s financial adviser, said. "
        "Saul Burian of investment bank Houlihan Lokey, financial adviser to the lenders, agreed."
    )
    assert not reading(body, "Retailer leaves bankruptcy").tickers
