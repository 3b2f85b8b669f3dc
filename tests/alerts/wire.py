"""Random rules and notes over a small world, so that many of them meet."""

from __future__ import annotations

import random
from dataclasses import replace

from readthrough.alerts.subjects import Happening, Subject, View
from readthrough.domain.alert import Condition, Rule
from readthrough.domain.impact import Impact
from readthrough.domain.security import IssuerId
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

TICKERS = ("AAA", "BBB", "CCC", "DDD", "EEE")
BOOKS = ("alpha", "beta", "gamma")
SECTORS = ("Energy", "Technology", "Autos")
THEMES = ("cloud", "gold", "oil supply")
SOURCES = ("Example Wire", "news.example")
WORDS = ("recall", "chapter 11", "raises", "strike", "buy-back", "cut")
TEXT = (
    "Example Corp",
    "raises",
    "recall",
    "recalled",
    "chapter 11",
    "strikes",
    "strike",
    "buy-back",
    "cuts",
    "cut",
)
KINDS = tuple(EVENT_TYPES)[:8]
FINE_AND_PARENTS = (*KINDS, *tuple(PARENTS)[:4])
PREDICATES = ("score < -0.2", "novelty > 0.5 && relevance > 0.3", "'cloud' in themes", "size(tickers) > 2")
SHARES = (0.0, 0.1, 0.3, 0.5, 0.8)


def some(chance: random.Random, of: tuple[str, ...], odds: float) -> tuple[str, ...]:
    return tuple(chance.sample(of, chance.randint(1, 2))) if chance.random() < odds else ()


def bound(chance: random.Random, odds: float) -> float:
    return chance.choice(SHARES) if chance.random() < odds else 0.0


def condition(chance: random.Random, depth: int = 2, odds: float = 0.25) -> Condition:
    inner = {
        name: tuple(condition(chance, depth - 1, 0.2) for _ in range(chance.randint(1, 2)))
        if depth and chance.random() < 0.15
        else ()
        for name in ("all_of", "any_of", "none_of")
    }
    return Condition(
        tickers=some(chance, TICKERS, odds),
        issuers=tuple(f"iss-{t}" for t in some(chance, TICKERS, odds / 4)),
        watchlists=some(chance, ("mine", "ann/hers", "none such"), odds / 4),
        portfolios=some(chance, (*BOOKS, "*"), odds / 2),
        sectors=some(chance, SECTORS, odds / 2),
        themes=some(chance, THEMES, odds / 2),
        events=some(chance, FINE_AND_PARENTS, odds),
        polarity=chance.choice(("positive", "negative")) if chance.random() < odds / 3 else "",
        modalities=some(chance, ("actual", "rumoured"), odds / 3),
        sources=some(chance, SOURCES, odds / 4),
        words=some(chance, WORDS, odds / 2),
        sign=chance.choice(("positive", "negative")) if chance.random() < odds else "",
        min_abs_score=bound(chance, odds),
        change=chance.choice(("up", "down")) if chance.random() < odds / 4 else "",
        min_change=bound(chance, odds / 4),
        min_novelty=bound(chance, odds / 2),
        min_impact=bound(chance, odds / 2),
        min_relevance=bound(chance, odds / 2),
        min_weight=chance.choice((0.01, 0.05)) if chance.random() < odds / 5 else 0.0,
        min_effect_bps=chance.choice((1.0, 10.0)) if chance.random() < odds / 5 else 0.0,
        predicate=chance.choice(PREDICATES) if chance.random() < odds / 4 else "",
        **inner,
    )


def rule(chance: random.Random, number: int) -> Rule:
    made = condition(chance)
    values = {name: getattr(made, name) for name in Condition.__dataclass_fields__}
    return Rule(id=f"r{number:05}", name=f"Rule {number}", owner=chance.choice(("ann", "bob")), **values)


def subject(chance: random.Random, ticker: str, place: int) -> Subject:
    return Subject(
        name=f"{ticker} Corp",
        issuer_id=IssuerId(f"iss-{ticker}"),
        ticker=ticker,
        sector=chance.choice((*SECTORS, "")).casefold(),
        relevance=round(chance.random(), 2),
        passing=chance.random() < 0.2,
        score=chance.choice((-0.8, -0.3, 0.0, 0.1, 0.5)),
        change=chance.choice((-0.5, 0.0, 0.3)),
        events=tuple(happening(chance) for _ in range(chance.randint(0, 2))),
        base=place,
    )


def happening(chance: random.Random) -> Happening:
    return Happening(
        chance.choice(KINDS), chance.choice(("positive", "negative")), chance.choice(("actual", "rumoured"))
    )


def impact(chance: random.Random, issuer_id: str, ticker: str) -> Impact:
    mid = chance.choice((None, -20.0, 5.0, 0.5))
    return Impact(
        portfolio=chance.choice(BOOKS),
        issuer_id=IssuerId(issuer_id),
        ticker=ticker,
        weight=None if mid is None else chance.choice((-0.03, 0.02, 0.1)),
        path=chance.choice(("direct", "peer")),
        through=None,
        low_bps=None,
        mid_bps=mid,
        high_bps=None,
        why="",
        sign=chance.choice((-1, 1)),
    )


def view(chance: random.Random) -> View:
    spoken = [subject(chance, t, n) for n, t in enumerate(chance.sample(TICKERS, chance.randint(0, 3)))]
    overall = Subject(
        name="the article",
        score=chance.choice((-0.5, 0.0, 0.3)),
        events=tuple(happening(chance) for _ in range(chance.randint(0, 1))),
        base=len(spoken),
    )
    held = [
        replace(one, impact=impact(chance, str(one.issuer_id), one.ticker))
        for one in spoken
        for _ in range(chance.randint(0, 2))
    ]
    return View(
        article_id="art_1",
        story_id="sto_1",
        headline="A headline",
        text=" ".join(chance.choice(TEXT) for _ in range(chance.randint(0, 6))),
        source="Example Wire",
        sources=frozenset(chance.sample(("example wire", "news.example", "example"), chance.randint(0, 2))),
        language="en",
        themes=frozenset(chance.sample(THEMES, chance.randint(0, 2))),
        novelty=chance.choice(SHARES),
        relation="new",
        market_impact=chance.choice(SHARES),
        sentiment=overall.score,
        facts=(),
        subjects=(*spoken, overall, *held),
    )
