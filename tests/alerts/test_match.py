"""Which rules fire, which are hushed and why, and which stay silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from readthrough.alerts.match import RuleIndex, hits
from readthrough.domain.alert import Condition, Found, Hit, HitCode, Rule
from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.impact import Impact
from readthrough.domain.reading import (
    Event,
    MadeBy,
    Modality,
    Noise,
    Polarity,
    Reading,
    Role,
    Sentiment,
    TickerReading,
)
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Relation, Story
from readthrough.domain.taxonomy import EVENT_TYPES, parent_of
from readthrough.universe import load_universe

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
ARTICLE = Article(id=ArticleId("art_1"), headline="Target misses", body="Words.", received_at=NOW)
STORY = Story(id="sto_1", novelty=0.9)
UNIVERSE = load_universe()
TARGET, WALMART = IssuerId("cik-27419"), IssuerId("cik-104169")


def ticker(
    issuer_id: IssuerId, symbol: str, score: float | None, role: Role = Role.PRIMARY, relevance: float = 0.9
) -> TickerReading:
    return TickerReading(
        issuer_id=issuer_id,
        ticker=symbol,
        name=symbol.title(),
        role=role,
        relevance=relevance,
        score=score,
        confidence=0.8,
        mentions=(Span(0, 6),),
    )


def event(kind: str, issuer_id: IssuerId | None, polarity: Polarity = Polarity.NEGATIVE) -> Event:
    return Event(
        id=f"evt_{kind}",
        type=kind,
        parent=parent_of(kind),
        subject="x",
        issuer_id=issuer_id,
        polarity=polarity,
        span=Span(0, 6),
        sentence=0,
    )


READING = Reading(
    article_id=ARTICLE.id,
    content_digest=ARTICLE.content_digest,
    made_by=MadeBy(step="read", version="0"),
    language="en",
    noise=None,
    sentences=(),
    mentions=(),
    tickers=(
        ticker(TARGET, "TGT", -0.55),
        ticker(WALMART, "WMT", 0.1, role=Role.PASSING, relevance=0.2),
    ),
    unlinked=(),
    facts=(),
    events=(event("guidance_cut", TARGET), event("earnings_miss", TARGET)),
    sentiment=Sentiment(score=-0.55, mixed=False, confidence=0.8),
    themes=(),
    market_impact=0.5,
)
IMPACT = Impact(
    portfolio="book",
    issuer_id=TARGET,
    ticker="TGT",
    weight=-0.03,
    path="direct",
    through=None,
    low_bps=4.0,
    mid_bps=15.0,
    high_bps=30.0,
    why="",
    sign=1,
    short=True,
)


def fire(
    rule: Rule,
    *,
    reading: Reading = READING,
    story: Story = STORY,
    impacts: tuple[Impact, ...] = (IMPACT,),
) -> Hit | None:
    found = hits(RuleIndex([rule], UNIVERSE), ARTICLE, reading, story, impacts, now=NOW)
    return found[0] if found else None


@pytest.mark.parametrize(
    "rule",
    [
        Rule(id="r", name="R", tickers=("TGT",)),
        Rule(id="r", name="R", tickers=("TGT",), events=("guidance_change",)),
        Rule(id="r", name="R", tickers=("TGT",), sign="negative", min_abs_score=0.55),
        Rule(id="r", name="R", tickers=("MSFT", "TGT"), min_relevance=0.9, min_novelty=0.9),
        Rule(id="r", name="R", events=("earnings_miss",)),
        Rule(id="r", name="R", portfolios=("book",)),
        Rule(id="r", name="R", portfolios=("book",), sign="positive"),
        Rule(id="r", name="R", portfolios=("book",), tickers=("TGT",), events=("guidance_cut",)),
        Rule(id="r", name="R", min_abs_score=0.5),
    ],
)
def test_a_rule_fires_when_all_its_conditions_hold(rule: Rule) -> None:
    hit = fire(rule)
    assert hit is not None
    assert (hit.hushed, hit.code) == (False, "matched")


@pytest.mark.parametrize(
    "rule",
    [
        Rule(id="r", name="R", tickers=("MSFT",)),
        Rule(id="r", name="R", tickers=("TGT",), events=("buyback",)),
        Rule(id="r", name="R", tickers=("WMT",), events=("guidance_cut",)),
        Rule(id="r", name="R", tickers=("TGT",), sign="positive"),
        Rule(id="r", name="R", tickers=("TGT",), min_abs_score=0.56),
        Rule(id="r", name="R", portfolios=("other",)),
        Rule(id="r", name="R", portfolios=("book",), sign="negative"),
        Rule(id="r", name="R", portfolios=("book",), tickers=("WMT",)),
        Rule(id="r", name="R", events=("ipo",)),
        Rule(id="r", name="R", min_abs_score=0.9),
    ],
)
def test_a_near_miss_says_nothing(rule: Rule) -> None:
    assert fire(rule) is None


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        (Rule(id="r", name="R", tickers=("WMT",)), "below_relevance", "only in passing"),
        (
            Rule(id="r", name="R", tickers=("TGT",), min_relevance=0.95),
            "below_relevance",
            "relevance 0.90 is below the rule's 0.95",
        ),
        (
            Rule(id="r", name="R", tickers=("TGT",), min_novelty=0.95),
            "low_novelty",
            "novelty 0.90 is below the rule's 0.95",
        ),
    ],
)
def test_a_hushed_hit_says_why(rule: Rule, code: str, words: str) -> None:
    hit = fire(rule)
    assert hit is not None
    assert (hit.hushed, hit.code) == (True, code)
    assert words in hit.words


def test_a_correction_of_what_was_not_told_is_told_however_little_new() -> None:
    story = replace(STORY, relation=Relation.CORRECTION, supersedes=ArticleId("art_0"), novelty=0.1)
    hit = fire(Rule(id="r", name="R", tickers=("TGT",), min_novelty=0.9), story=story)
    assert hit is not None
    assert (hit.hushed, hit.code) == (False, "matched")
    assert fire(Rule(id="r", name="R", tickers=("TGT",), events=("ipo",)), story=story) is None


@pytest.mark.parametrize(
    ("event_type", "score", "told"),
    [
        ("ma_announced", 0.4, "Tgt at +0.40 on an announced deal;"),
        ("ipo", 0.004, "Tgt at 0.00 on an IPO;"),
        ("product_recall", -0.3, "Tgt at −0.30 on product recall;"),
    ],
)
def test_the_reason_is_in_words(event_type: str, score: float, told: str) -> None:
    reading = replace(READING, events=(event(event_type, TARGET),), tickers=(ticker(TARGET, "TGT", score),))
    hit = fire(Rule(id="r", name="R", events=(event_type,)), reading=reading)
    assert hit is not None
    assert hit.words.startswith(told)


def test_no_event_type_is_told_as_a_code() -> None:
    for event_type in EVENT_TYPES:
        reading = replace(READING, events=(event(event_type, TARGET),))
        hit = fire(Rule(id="r", name="R", events=(event_type,)), reading=reading)
        assert hit is not None
        assert "_" not in hit.words
        assert " or nonbinding" not in hit.words


def test_the_reason_names_the_values_that_matched() -> None:
    hit = fire(Rule(id="r", name="R", portfolios=("book",), events=("guidance_cut",), sign="positive"))
    assert hit is not None
    assert hit.matched == (
        ("ticker", "TGT"),
        ("score", "-0.55"),
        ("relevance", "0.90"),
        ("portfolio", "book"),
        ("holding", "TGT"),
        ("path", "direct"),
        ("effect_bps", "+15.0"),
        ("effect", "positive"),
        ("side", "short"),
        ("event", "guidance_cut"),
        ("modality", "actual"),
        ("novelty", "0.90"),
        ("story", "sto_1"),
    )
    assert hit.words == (
        "Tgt at −0.55 on guidance cut; positive for book, TGT short: +15.0 bps; novelty 0.90."
    )


def test_any_listing_of_an_issuer_is_the_issuer() -> None:
    reading = replace(READING, tickers=(ticker(IssuerId("cik-937966"), "ASML", -0.4),), events=())
    assert fire(Rule(id="r", name="R", tickers=("ASML.AS",)), reading=reading) is not None


def test_a_book_is_reached_through_another_issuer() -> None:
    impact = replace(
        IMPACT, issuer_id=IssuerId("cik-1"), ticker="SUP", through=TARGET, path="supplier", mid_bps=-3.0
    )
    rule = Rule(id="r", name="R", portfolios=("book",), sign="negative")
    hit = fire(rule, impacts=(impact,))
    assert hit is not None
    assert ("path", "supplier") in hit.matched


def test_an_event_of_a_firm_unknown_to_the_universe_still_fires() -> None:
    reading = replace(READING, events=(event("short_seller_report", None),))
    assert fire(Rule(id="r", name="R", events=("short_seller_report",)), reading=reading) is not None
    assert (
        fire(Rule(id="r", name="R", tickers=("TGT",), events=("short_seller_report",)), reading=reading)
        is None
    )


def test_old_news_in_the_background_does_not_count() -> None:
    reading = replace(READING, events=(replace(event("guidance_cut", TARGET), background=True),))
    assert fire(Rule(id="r", name="R", events=("guidance_cut",)), reading=reading) is None


def test_a_counterparty_is_a_side_of_the_event() -> None:
    deal = replace(event("ma_announced", TARGET), counterparty_id=WALMART, modality=Modality.RUMOURED)
    tickers = (ticker(WALMART, "WMT", 0.3, relevance=0.6),)
    hit = fire(
        Rule(id="r", name="R", tickers=("WMT",), events=("ma_announced",)),
        reading=replace(READING, events=(deal,), tickers=tickers),
    )
    assert hit is not None
    assert ("modality", "rumoured") in hit.matched


def test_of_two_events_the_one_that_points_the_way_of_the_score_is_named() -> None:
    both = (event("guidance_raise", TARGET, Polarity.POSITIVE), event("guidance_cut", TARGET))
    hit = fire(Rule(id="r", name="R", events=("guidance_change",)), reading=replace(READING, events=both))
    assert hit is not None
    assert ("event", "guidance_cut") in hit.matched


def test_noise_fires_nothing() -> None:
    reading = replace(READING, noise=Noise.PAYWALL)
    assert fire(Rule(id="r", name="R", tickers=("TGT",)), reading=reading) is None


def test_only_rules_that_ask_for_the_story_are_met() -> None:
    rules = [Rule(id=f"r{n}", name="R", tickers=(f"ZZ{n}",)) for n in range(500)]
    rules += [Rule(id="hit", name="R", tickers=("TGT",)), Rule(id="any", name="R", min_abs_score=0.9)]
    index = RuleIndex(rules)
    assert len(index) == 502
    assert [hit.rule.id for hit in hits(index, ARTICLE, READING, STORY, (IMPACT,), now=NOW)] == ["hit"]


def test_hits_come_in_the_order_of_rule_ids() -> None:
    rules = [Rule(id=name, name="R", tickers=("TGT",)) for name in ("c", "a", "b")]
    found = hits(RuleIndex(rules), ARTICLE, READING, STORY, (), now=NOW)
    assert [hit.rule.id for hit in found] == ["a", "b", "c"]


def test_a_position_of_unknown_weight_fires_the_rules_of_its_book() -> None:
    unknown = replace(IMPACT, weight=None, low_bps=None, mid_bps=None, high_bps=None)
    hit = fire(Rule(id="r", name="R", portfolios=("book",), sign="positive"), impacts=(unknown,))
    assert hit is not None
    assert "positive for book, TGT short: weight unknown" in hit.words
    assert fire(Rule(id="r", name="R", portfolios=("book",), sign="negative"), impacts=(unknown,)) is None


def test_what_is_held_itself_is_told_before_its_rivals() -> None:
    rival = replace(IMPACT, issuer_id=WALMART, ticker="WMT", path="peer", through=TARGET, mid_bps=-90.0)
    hit = fire(Rule(id="r", name="R", portfolios=("book",)), impacts=(rival, IMPACT))
    assert hit is not None
    assert "TGT short" in hit.words


def test_words_are_found_where_they_stand() -> None:
    article = replace(
        ARTICLE, headline="Target recalls toys", body="The RECALL covers toys; recalled ones return."
    )
    rule = Rule(id="r", name="R", tickers=("TGT",), any_of=(Condition(words=("recall", "toys")),))
    hit = hits(RuleIndex([rule], UNIVERSE), article, READING, STORY, (), now=NOW)[0]
    assert [(one.phrase, one.span.of(article.text)) for one in hit.found] == [
        ("recall", "RECALL"),
        ("toys", "toys"),
        ("toys", "toys"),
    ]
    assert ("words", "recall, toys") in hit.matched
    assert isinstance(hit.found[0], Found)


def test_a_hit_carries_the_path_to_the_holding_and_whom_it_is_for() -> None:
    hit = fire(Rule(id="r", name="R", portfolios=("*",), min_effect_bps=15.0, owner="ann", severity="flash"))
    assert hit is not None
    assert (hit.impact, hit.rule.owner, hit.rule.severity) == (IMPACT, "ann", "flash")
    assert (hit.sign, hit.group, hit.events) == (1, "sto_1", ("guidance_cut", "earnings_miss"))
    assert fire(Rule(id="r", name="R", portfolios=("*",), min_effect_bps=15.1)) is None
    shares = fire(Rule(id="r", name="R", tickers=("TGT",)))
    assert shares is not None
    assert (shares.impact, shares.sign) == (None, -1)


def test_a_change_is_measured_against_the_rolling_score() -> None:
    rule = Rule(id="r", name="R", tickers=("TGT",), change="down", min_change=0.5)
    index = RuleIndex([rule], UNIVERSE)

    def met(usual: dict[str, float]) -> bool:
        return bool(hits(index, ARTICLE, READING, STORY, (), now=NOW, usual=usual))

    assert met({TARGET: 0.0})
    assert not met({TARGET: -0.2})
    assert not met({})


def test_a_predicate_that_fails_on_a_note_is_seen_and_does_not_speak() -> None:
    rule = Rule(id="third", name="Third", tickers=("TGT",), predicate="tickers[5] == 'WMT'")
    [hit] = hits(RuleIndex([rule], UNIVERSE), ARTICLE, READING, STORY, now=NOW)
    assert hit.code is HitCode.PREDICATE_FAILED
    assert hit.hushed
    assert "its predicate could not be evaluated" in hit.words
    assert dict(hit.matched)["fault"]


def test_a_predicate_that_fails_inside_an_alternative_is_seen_unless_another_holds() -> None:
    failing = Condition(predicate="1 / size(facts) > 0")
    holding = Condition(tickers=("TGT",))
    alone = Rule(id="a", name="A", tickers=("TGT",), any_of=(failing, Condition(tickers=("AAPL",))))
    with_other = Rule(id="b", name="B", tickers=("TGT",), any_of=(failing, holding))
    found = hits(RuleIndex([alone, with_other], UNIVERSE), ARTICLE, READING, STORY, now=NOW)
    assert [(hit.rule.id, hit.code) for hit in found] == [
        ("a", HitCode.PREDICATE_FAILED),
        ("b", HitCode.MATCHED),
    ]


def test_a_rule_whose_predicate_is_not_reached_has_no_fault() -> None:
    rule = Rule(id="third", name="Third", tickers=("AAPL",), predicate="tickers[5] == 'WMT'")
    assert hits(RuleIndex([rule], UNIVERSE), ARTICLE, READING, STORY, now=NOW) == ()
