"""Every type of the taxonomy is told apart, with its polarity, subject and modality."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.reading import Direction, Event, Fact, Mention, Modality, Polarity, Unit
from readthrough.domain.taxonomy import EVENT_TYPES
from readthrough.reading.events import find_events
from readthrough.reading.patterns import PATTERNS, compiled
from readthrough.reading.sentences import split_sentences
from readthrough.universe import Universe, load_universe

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = {
    "Nvidia": "NVDA", "Walmart": "WMT", "Boeing": "BA", "Pfizer": "PFE", "Ford": "F", "Intel": "INTC",
    "Netflix": "NFLX", "Tesla": "TSLA", "Disney": "DIS", "Micron": "MU", "Citigroup": "C", "Kroger": "KR",
    "Starbucks": "SBUX", "Nike": "NKE", "Merck": "MRK", "Chevron": "CVX", "Alphabet": "GOOGL", "Apple": "AAPL",
    "Morgan Stanley": "MS", "Qualcomm": "QCOM", "Lockheed Martin": "LMT", "Palantir": "PLTR",
}  # fmt: skip
SIGN = {"+": Polarity.POSITIVE, "-": Polarity.NEGATIVE, "0": Polarity.NEUTRAL}


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


def article(headline: str, body: str = "") -> Article:
    return Article(id=ArticleId("art_1"), headline=headline, body=body, received_at=NOW)


def mentions_in(text: str, universe: Universe) -> tuple[Mention, ...]:
    found = []
    for name, ticker in NAMES.items():
        issuer = universe.by_ticker(ticker)
        assert issuer is not None, ticker
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            found.append(Mention(issuer_id=issuer.id, span=span, surface=name, via="name", confidence=1.0))
            start = text.find(name, start + 1)
    return tuple(sorted(found, key=lambda m: m.span.start))


def events_of(universe: Universe, headline: str, body: str = "", *facts: Fact) -> tuple[Event, ...]:
    item = article(headline, body)
    return find_events(item, split_sentences(item), mentions_in(item.text, universe), facts, universe)


def told(universe: Universe, headline: str, body: str = "") -> set[str]:
    marks = {v: k for k, v in SIGN.items()}
    return {e.type + marks[e.polarity] for e in events_of(universe, headline, body)}


CASES = [
    ("Nvidia tops quarterly revenue estimates", "earnings_beat+"),
    ("Netflix earns more than analysts expected in the third quarter", "earnings_beat+"),
    ("Intel reports narrower-than-expected loss", "earnings_beat+"),
    ("Walmart profit jumps 30% in the quarter", "earnings_beat+"),
    ("Ford quarterly profit falls short of expectations", "earnings_miss-"),
    ("Disney posts worse-than-expected quarterly revenue", "earnings_miss-"),
    ("Boeing swings to loss as deliveries slow", "earnings_miss-"),
    ("Nike beats on revenue but misses profit estimates", "earnings_mixed0"),
    ("Micron loss narrowed in the first quarter", "earnings_mixed+"),
    ("Nvidia raises its full-year revenue forecast", "guidance_raise+"),
    ("Micron forecasts quarterly revenue above Wall Street estimates", "guidance_raise+"),
    ("Nike cuts annual sales outlook", "guidance_cut-"),
    ("Ford issues profit warning", "guidance_cut-"),
    ("Intel withdraws its full-year guidance", "guidance_cut-"),
    ("Qualcomm sees current-quarter revenue below estimates", "guidance_cut-"),
    ("Walmart reaffirms full-year forecast", "guidance_maintained0"),
    ("Netflix added 9 million subscribers in the quarter", "user_metrics+"),
    ("Tesla deliveries fell 8% in the second quarter", "user_metrics-"),
    ("Citigroup credit card delinquencies rise", "credit_quality_deterioration-"),
    ("Chevron announces $20 billion share buyback", "buyback+"),
    ("Intel suspends share repurchases", "buyback_suspension-"),
    ("Merck raises quarterly dividend by 5%", "dividend_increase+"),
    ("Intel cuts dividend", "dividend_cut_or_suspension-"),
    ("Tesla to raise $5 billion in stock offering", "share_offering-"),
    ("Palantir prices $1 billion convertible notes offering", "share_offering-"),
    ("Boeing withdraws planned $2 billion share offering", "offering_withdrawn+"),
    ("Retail chain Dunmore breaches debt covenants", "debt_default_risk-"),
    ("Lender Halsey hit by bank run as deposits flee", "liquidity_stress-"),
    ("Moody's upgrades Ford to investment grade", "credit_rating_upgrade+"),
    ("Fitch cuts Boeing credit rating", "credit_rating_downgrade-"),
    ("Retailer Dunmore files for Chapter 11 bankruptcy protection", "bankruptcy_or_insolvency-"),
    ("Alphabet raises capital spending plan to $90 billion", "capex_plan0"),
    ("Micron to build new $10 billion factory in Ohio", "capex_plan0"),
    ("Chevron cuts capital spending budget", "capex_cut-"),
    ("Alphabet says it will spend more on AI than previously announced", "capex_plan0"),
    ("Nike launches $2 billion cost savings plan", "cost_cutting_plan+"),
    ("Boeing completes acquisition of parts maker Spiral", "ma_completed0"),
    ("Regulators block Kroger takeover of Harlow Stores", "ma_blocked_or_terminated-"),
    ("Qualcomm walks away from bid for Intel", "ma_blocked_or_terminated-"),
    ("Intel explores sale of the company, sources say", "ma_rumour_or_nonbinding+"),
    ("Disney to spin off its cable networks", "spin_off_or_split+"),
    ("Fintech firm Tallow files for initial public offering", "ipo0"),
    ("Payments firm Tallow postpones IPO", "ipo_suspended-"),
    ("Palantir to join the S&P 500", "index_change+"),
    ("Intel to be removed from the Dow Jones Industrial Average", "index_change-"),
    ("Nike names new chief executive", "management_change0"),
    ("Boeing chief executive resigns abruptly", "management_change-"),
    ("Citigroup to cut 20,000 jobs", "layoffs_restructuring-"),
    ("Starbucks to close 150 stores as sales slump", "layoffs_restructuring-"),
    ("Activist investor Elliott takes stake in Starbucks", "activist_involvement+"),
    ("Apple unveils new iPhone models", "product_launch+"),
    ("Merck drug fails in late-stage trial", "product_launch-"),
    ("Pfizer cancer drug met its main goal in late-stage trial", "product_launch+"),
    ("Tesla cuts prices of its cars in China", "product_pricing-"),
    ("Ford recalls 300,000 trucks", "product_recall-"),
    ("Ford discontinues Fiesta model", "product_discontinuation-"),
    ("FDA approves Pfizer vaccine", "regulatory_approval+"),
    ("FDA rejects Merck cough drug", "regulatory_rejection-"),
    ("Lockheed Martin wins $3 billion Navy contract", "contract_win+"),
    ("Boeing loses order for 40 jets", "contract_or_customer_loss-"),
    ("Fire halts production at Micron plant", "supply_disruption-"),
    ("Boeing machinists vote to strike", "labor_strike-"),
    ("Boeing machinists end strike", "labor_strike+"),
    ("Boeing and the machinists union reach tentative labor deal, averting a strike", "labor_strike+"),
    ("Disney and Netflix terminate their $20 billion merger", "ma_blocked_or_terminated-"),
    ("Judge blocks sale to Kroger of regional grocer Harlow", "ma_blocked_or_terminated-"),
    ("U.S. job growth slowed more than expected in August", "macro_data_release-"),
    ("Ford says profit will come in at the low end of its forecast", "guidance_cut-"),
    ("Robot maker Tallow soars 44% in market debut", "ipo+"),
    ("Lender Halsey prices IPO at bottom of its range", "ipo-"),
    ("Nike reports quarterly profit and revenue beats", "earnings_beat+"),
    ("Cable group Orbis cut to junk by Moody's", "credit_rating_downgrade-"),
    ("Hackers stole customer data from Citigroup", "cyber_breach-"),
    ("Shareholders file lawsuit against Nike", "litigation-"),
    ("Judge dismisses lawsuit against Tesla", "litigation+"),
    ("Apple wins appeal in patent case", "litigation+"),
    ("Jury orders Apple to pay $500 million in patent case", "litigation-"),
    ("Citigroup to pay $400 million to settle charges", "settlement_or_fine-"),
    ("Walmart fined $50 million by regulator", "settlement_or_fine-"),
    ("EU opens antitrust investigation into Alphabet", "antitrust_action-"),
    ("SEC opens probe into Tesla", "regulatory_probe-"),
    ("FAA orders Boeing to halt 737 expansion", "regulatory_action-"),
    ("China unveils new rules to curb gaming sector", "regulatory_rule_change-"),
    ("Nike auditor resigns", "accounting_irregularity-"),
    ("Palantir to restate results for two years", "restatement-"),
    ("Former executives of Halsey accused of fraud", "fraud_allegation-"),
    ("Chief executive of Tallow arrested in Geneva", "executive_arrest-"),
    ("Palantir chief executive sells $100 million of shares", "insider_selling-"),
    ("Short seller accuses Palantir of inflating sales", "short_seller_report-"),
    ("Disney denies report of talks to sell ESPN", "denial_clarification0"),
    ("Morgan Stanley upgrades Nike to overweight", "analyst_upgrade+"),
    ("Nike downgraded to sell at Morgan Stanley", "analyst_downgrade-"),
    ("Micron shares fell; Intel also fell in sympathy", "sector_readacross-"),
    ("S&P 500 tumbles 3% in broad rout", "market_wide_move-"),
    ("Wall Street rallies to record high", "market_wide_move+"),
    ("Oil prices slump after OPEC meeting", "commodity_price_move-"),
    ("Bitcoin plunges below $60,000", "crypto_market_event-"),
    ("Yen weakens against the dollar", "fx_move-"),
    ("Fed cuts interest rates by a quarter point", "central_bank_decision+"),
    ("Bank of Japan raises interest rates", "central_bank_decision-"),
    ("ECB leaves rates unchanged", "central_bank_decision0"),
    ("President nominates Harriet Vane as next Fed chair", "central_bank_appointment0"),
    ("U.S. consumer prices rose more than expected in May", "macro_data_release-"),
    ("Euro zone inflation slows to 2%", "macro_data_release+"),
    ("U.S. retail sales unexpectedly fell in June", "macro_data_release-"),
    ("White House imposes 25% tariffs on steel imports", "tariff_trade_policy-"),
    ("White House delays tariffs on phones", "tariff_trade_policy+"),
    ("U.S. tightens export controls on Nvidia chips", "sanctions-"),
    ("Finance minister dismissed as protests spread", "political_event-"),
    ("Ten years on: a look back at the Halsey collapse", "recap_no_new_information0"),
]


@pytest.mark.parametrize(("headline", "expected"), CASES)
def test_types_and_polarity(universe: Universe, headline: str, expected: str) -> None:
    assert expected in told(universe, headline)


def test_the_cases_and_the_patterns_cover_the_taxonomy() -> None:
    assert {p.type for p in PATTERNS} == set(EVENT_TYPES)
    assert set(EVENT_TYPES) - {expected[:-1] for _, expected in CASES} == {"ma_announced"}


def test_every_pattern_compiles() -> None:
    for row in PATTERNS:
        for words in (row.words, row.needs, row.veto):
            compiled(words)


NOTHING = [
    "Walmart did not cut its guidance",
    "Boeing shares rose 3% on Monday",
    "Ford says it has not received a subpoena",
    "Apple opens a garden in Cupertino",
    "Golfers play a fundraising round for Citigroup staff",
    "Analysts discuss Nike's strategy",
    "Tesla owners meet in Norway",
    "The company was founded in 1998 and is based in Ohio",
    "Investors wait for Nvidia results on Wednesday",
    "Merck's chief executive spoke at a conference",
    "Intel stopped short of cutting its dividend",
    "A fine day for dining near the Disney park",
    "Citigroup strikes a balance between growth and cost discipline",
]


@pytest.mark.parametrize("headline", NOTHING)
def test_nothing_happened(universe: Universe, headline: str) -> None:
    assert told(universe, headline) == set()


NOT_THESE = [
    ("Morgan Stanley upgrades Nike to buy from hold", "ma_announced"),
    ("Morgan Stanley raises price target on Nike", "guidance_raise"),
    ("Economists raise growth forecasts for Japan", "guidance_raise"),
    ("Tesla launches probe into battery fires", "product_launch"),
    ("Trump administration unveils chip plan", "bankruptcy_or_insolvency"),
    ("Cybersecurity firm Tallow wins customers", "cyber_breach"),
    ("Boeing ends strike as union accepts deal", "contract_win"),
    ("Oil settled at $70 a barrel", "settlement_or_fine"),
    ("Stock split: Nvidia shares to trade 10-for-1", "spin_off_or_split"),
    ("Disney denies report of talks to sell ESPN", "ma_announced"),
]


@pytest.mark.parametrize(("headline", "unwanted"), NOT_THESE)
def test_lookalikes(universe: Universe, headline: str, unwanted: str) -> None:
    assert unwanted not in {t[:-1] for t in told(universe, headline)}


def test_a_takeover_has_two_sides(universe: Universe) -> None:
    found = events_of(
        universe, "Merck to acquire Intel for $43 billion in cash", "Shares of Merck fell 4% on Monday."
    )
    deals = {e.subject: e for e in found if e.type == "ma_announced"}
    intel, merck = universe.by_ticker("INTC"), universe.by_ticker("MRK")
    assert intel is not None
    assert merck is not None
    assert deals[intel.name].polarity is Polarity.POSITIVE
    assert deals[intel.name].counterparty == merck.name
    assert deals[merck.name].polarity is Polarity.NEGATIVE


def test_a_passive_takeover_names_the_target_first(universe: Universe) -> None:
    found = events_of(universe, "Intel agrees to be acquired by Qualcomm for $90 billion")
    intel = universe.by_ticker("INTC")
    assert intel is not None
    target = next(e for e in found if e.issuer_id == intel.id)
    assert (target.type, target.polarity) == ("ma_announced", Polarity.POSITIVE)


def test_who_is_sued(universe: Universe) -> None:
    found = events_of(universe, "Apple sues Qualcomm over patents")
    qualcomm = universe.by_ticker("QCOM")
    assert qualcomm is not None
    assert [(e.issuer_id, e.polarity) for e in found] == [(qualcomm.id, Polarity.NEGATIVE)]


def test_the_rated_company_is_the_subject(universe: Universe) -> None:
    nike = universe.by_ticker("NKE")
    assert nike is not None
    for headline in (
        "Morgan Stanley upgrades Nike to overweight",
        "Nike upgraded to overweight at Morgan Stanley",
    ):
        assert {e.issuer_id for e in events_of(universe, headline)} == {nike.id}


def test_two_companies_in_one_sentence_keep_their_own_news(universe: Universe) -> None:
    found = events_of(universe, "Intel shares slid after Micron cut its full-year forecast")
    micron = universe.by_ticker("MU")
    assert micron is not None
    assert [(e.type, e.issuer_id) for e in found] == [("guidance_cut", micron.id)]


def test_beat_and_lower_outlook_are_two_events(universe: Universe) -> None:
    assert {"earnings_beat+", "guidance_cut-"} <= told(
        universe, "Nike tops quarterly profit estimates but lowers full-year outlook"
    )


def test_macro_events_have_no_issuer(universe: Universe) -> None:
    event = events_of(universe, "Fed raises interest rates by a quarter point")[0]
    assert (event.subject, event.issuer_id) == ("United States", None)


@pytest.mark.parametrize(
    ("headline", "modality"),
    [
        ("Citigroup cut 2,000 jobs on Monday", Modality.ACTUAL),
        ("Citigroup plans to cut 2,000 jobs", Modality.PLANNED),
        ("Citigroup could cut 2,000 jobs", Modality.CONDITIONAL),
        (
            "Citigroup is considering cutting 2,000 jobs, according to people familiar with the matter",
            Modality.RUMOURED,
        ),
        ("Citigroup has no plans to cut 2,000 jobs", Modality.DENIED),
    ],
)
def test_modality(universe: Universe, headline: str, modality: Modality) -> None:
    events = [e for e in events_of(universe, headline) if e.type == "layoffs_restructuring"]
    assert [e.modality for e in events] == [modality]


def test_one_event_for_each_type_subject_and_polarity(universe: Universe) -> None:
    line = "Nike cuts annual sales outlook."
    events = events_of(universe, "Nike cuts annual sales outlook", "\n\n".join([line] * 5))
    assert len(events) == 1
    assert events[0].sentence == 0


def test_spans_point_at_the_words(universe: Universe) -> None:
    item = article(
        "Ford issues profit warning", "“Ford’s” profit — İstanbul plant — fell short of expectations."
    )
    for event in find_events(item, split_sentences(item), mentions_in(item.text, universe), (), universe):
        assert event.span.of(item.text).strip()
        assert event.parent == EVENT_TYPES[event.type]
    assert "profit warning" in [
        e.span.of(item.text)
        for e in find_events(item, split_sentences(item), mentions_in(item.text, universe), (), universe)
    ]


def test_figures_against_expectation_make_results(universe: Universe) -> None:
    issuer = universe.by_ticker("NKE")
    assert issuer is not None
    text = "Nike earned $1.02 a share, two cents better than hoped"
    figure = Fact(
        id="fct_1", metric="eps", issuer_id=issuer.id, subject=issuer.name, value=Decimal("1.02"), change=Direction.UP,
        unit=Unit.MONEY_PER_SHARE, vs_expectation="beat", span=Span(0, 20), figure=Span(12, 17), sentence=0, quote="",
    )  # fmt: skip
    assert [e.type for e in events_of(universe, text, "", figure)] == ["earnings_beat"]


def test_ids_do_not_depend_on_the_run(universe: Universe) -> None:
    first = events_of(universe, "Ford recalls 300,000 trucks")
    assert [e.id for e in first] == [e.id for e in events_of(universe, "Ford recalls 300,000 trucks")]
    assert first[0].id.startswith("evt_")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "((((((((",
        "a " * 20_000,
        "buy " * 5_000,
        "in talks to " * 3_000,
        "cut its " * 4_000,
        "\x00\ud800 {0} %s",
    ],
)
def test_hostile_text_takes_linear_time(universe: Universe, text: str) -> None:
    started = time.perf_counter()
    events_of(universe, text[:80], text)
    assert time.perf_counter() - started < 2.0


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("The franc rose 0.6% against the euro", ("fx_move", "franc")),
        ("The Brazilian real fell 1.4% against the dollar", ("fx_move", "real")),
        ("Swiss National Bank keeps rate at zero", ("central_bank_decision", "Switzerland")),
        ("Cocoa falls 8% as Ghana raises crop forecast", ("commodity_price_move", "cocoa")),
        ("SNB holds at zero", ("central_bank_decision", "Switzerland")),
    ],
)
def test_the_currency_or_bank_that_is_named_first(
    universe: Universe, headline: str, expected: tuple[str, str]
) -> None:
    assert [(e.type, e.subject) for e in events_of(universe, headline)] == [expected]
