"""Hand-made readings of invented stories: the writing room is tested without the reading room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.note import Note
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    MadeBy,
    Mention,
    Modality,
    Noise,
    Polarity,
    Reading,
    Role,
    Sentence,
    Sentiment,
    TickerReading,
    Unit,
)
from readthrough.domain.story import Story
from readthrough.domain.taxonomy import parent_of
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe
from readthrough.writing import Playbooks, load_playbooks, write

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PCT, USD, UP, DOWN = Unit.PERCENT, Unit.MONEY, Direction.UP, Direction.DOWN
POS, NEG, NEU = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL
Told = tuple[Article, Reading]
Tell = Callable[[str, str], Note]


class Teller:
    """Makes an article and its reading from quotes; spans are found, never counted by hand."""

    def __init__(self, universe: Universe, key: str, headline: str, body: str) -> None:
        self.universe = universe
        self.article = Article(id=ArticleId(f"art_{key}"), headline=headline, body=body, received_at=NOW)
        self.text = self.article.text
        self.sentences = self._sentences(headline, body)
        self.facts: list[Fact] = []
        self.events: list[Event] = []
        self.mentions: list[Mention] = []
        self.tickers: list[TickerReading] = []

    def _sentences(self, headline: str, body: str) -> tuple[Sentence, ...]:
        found = [Sentence(index=0, span=Span(0, len(headline)), headline=True)]
        start = len(headline) + 2
        for part in [p for p in body.split("\n") if p]:
            at = self.text.index(part, start)
            found.append(Sentence(index=len(found), span=Span(at, at + len(part))))
            start = at + len(part)
        return tuple(found)

    def span(self, quote: str) -> Span:
        start = self.text.index(quote)
        return Span(start, start + len(quote))

    def index(self, span: Span) -> int:
        return next(s.index for s in self.sentences if s.span.covers(span))

    def company(self, surface: str, ticker: str, score: float, role: Role = Role.PRIMARY) -> Teller:
        issuer = self.universe.by_ticker(ticker)
        assert issuer is not None, ticker
        spans: list[Span] = []
        start = -1
        while (start := self.text.find(surface, start + 1)) >= 0:
            spans.append(Span(start, start + len(surface)))
        self.mentions += [
            Mention(issuer_id=issuer.id, span=s, surface=surface, via="name", confidence=1.0) for s in spans
        ]
        self.tickers.append(
            TickerReading(
                issuer_id=issuer.id,
                ticker=issuer.ticker,
                name=issuer.name,
                role=role,
                relevance=1.0 if role is Role.PRIMARY else 0.4,
                score=score,
                confidence=0.8,
                mentions=tuple(spans),
            )
        )
        return self

    def fact(
        self, quote: str, metric: str, value: str, unit: Unit = PCT, *, of: str = "", **more: Any
    ) -> Teller:
        span = self.span(quote)
        issuer = self.universe.by_ticker(of) if of else None
        self.facts.append(
            Fact(
                id=f"fact_{len(self.facts)}",
                metric=metric,
                value=Decimal(value),
                unit=unit,
                issuer_id=issuer.id if issuer else None,
                subject=issuer.name if issuer else "",
                span=span,
                figure=span,
                sentence=self.index(span),
                quote=quote,
                **more,
            )
        )
        return self

    def event(self, quote: str, kind: str, polarity: Polarity, *, of: str = "", **more: Any) -> Teller:
        span = self.span(quote)
        issuer = self.universe.by_ticker(of) if of else None
        subject = more.pop("subject", issuer.name if issuer else "")
        self.events.append(
            Event(
                id=f"event_{len(self.events)}",
                type=kind,
                parent=parent_of(kind),
                subject=subject,
                issuer_id=issuer.id if issuer else None,
                polarity=polarity,
                span=span,
                sentence=self.index(span),
                **{"strength": 0.6, **more},
            )
        )
        return self

    def told(self, *, noise: Noise | None = None) -> Told:
        score = self.tickers[0].score if self.tickers else None
        return self.article, Reading(
            article_id=self.article.id,
            content_digest=self.article.content_digest,
            made_by=MadeBy(step="read", version="test"),
            language="en",
            noise=noise,
            sentences=self.sentences,
            mentions=tuple(self.mentions),
            tickers=tuple(self.tickers),
            unlinked=(),
            facts=tuple(self.facts),
            events=tuple(self.events),
            sentiment=Sentiment(score=score, mixed=False, confidence=0.8),
            themes=(),
            market_impact=0.5,
        )


@pytest.fixture(scope="session")
def universe() -> Universe:
    return load_universe()


@pytest.fixture(scope="session")
def playbooks() -> Playbooks:
    return load_playbooks()


@pytest.fixture(scope="session")
def stories(universe: Universe) -> dict[str, Told]:
    def tell(key: str, headline: str, body: str) -> Teller:
        return Teller(universe, key, headline, body)

    up: dict[str, Any]
    down: dict[str, Any]
    up, down = {"is_change": True, "change": UP}, {"is_change": True, "change": DOWN}
    found = {
        "missed_yet_rose": tell(
            "rose",
            "Alibaba jumps as cloud growth outshines sales miss",
            "Alibaba shares rose 7% after quarterly revenue grew 3%, short of what analysts expected.\n"
            "Cloud revenue climbed 38% to $6.13 billion.\n"
            "Management said it would spend more on AI than it had announced.\n"
            "AI could be more than half of cloud revenue within a year, the chief executive said.\n"
            "Rapid-delivery spending weighed on profit, the company said.",
        )
        .company("Alibaba", "BABA", 0.2)
        .fact("rose 7%", "share price", "7", of="BABA", **up)
        .fact("revenue grew 3%", "revenue", "3", of="BABA", vs_expectation="miss", **up)
        .fact("Cloud revenue climbed 38%", "revenue", "38", of="BABA", segment="cloud", **up)
        .fact("$6.13 billion", "revenue", "6130000000", USD, of="BABA", segment="cloud", currency="USD", change=UP)
        .fact("more than half of cloud revenue", "share of cloud revenue", "50", of="BABA", segment="AI", modality=Modality.PLANNED)
        .event("revenue grew 3%, short of", "earnings_miss", NEG, of="BABA"),
        "beat_but_cut": tell(
            "cut",
            "Micron tops estimates but lowers outlook",
            "Micron reported earnings of $1.62 a share, above the $1.58 expected.\n"
            "It cut its revenue forecast for the current quarter to $7.1 billion, citing weaker demand for phones.\n"
            "The shares fell 9% in extended trading.",
        )
        .company("Micron", "MU", -0.5)
        .fact("$1.62 a share", "eps", "1.62", Unit.MONEY_PER_SHARE, of="MU", vs_expectation="beat", expected=Decimal("1.58"), currency="USD")
        .fact("$7.1 billion", "revenue", "7100000000", USD, of="MU", modality=Modality.PLANNED, change=DOWN, currency="USD")
        .fact("fell 9%", "share price", "9", of="MU", period="after hours", **down)
        .event("earnings of $1.62", "earnings_beat", POS, of="MU")
        .event("cut its revenue forecast", "guidance_cut", NEG, of="MU", modality=Modality.PLANNED),
        "rejection": tell(
            "drug",
            "Regulator declines to approve Biogen drug",
            "The U.S. regulator declined to approve Biogen's Alzheimer's treatment, asking for more data.\n"
            "Biogen shares fell 9.3% on the news, while Eli Lilly rose 1.4%.\n"
            "Biogen said it would meet the agency.",
        )
        .company("Biogen", "BIIB", -0.7)
        .company("Eli Lilly", "LLY", 0.2, Role.SECONDARY)
        .fact("fell 9.3%", "share price", "9.3", of="BIIB", **down)
        .fact("rose 1.4%", "share price", "1.4", of="LLY", **up)
        .event("declined to approve", "regulatory_rejection", NEG, of="BIIB"),
        "deal": tell(
            "deal",
            "Honeywell to buy Teledyne for $31 billion",
            "Honeywell agreed to buy Teledyne for $31 billion in cash and stock.\n"
            "The price is a premium of 24% to Friday's close.\n"
            "Teledyne shares rose 19.6%, and Honeywell fell 5.2%.",
        )
        .company("Honeywell", "HON", -0.3)
        .company("Teledyne", "TDY", 0.6)
        .fact("$31 billion", "deal value", "31000000000", USD, currency="USD", modality=Modality.PLANNED)
        .fact("premium of 24%", "premium", "24")
        .fact("rose 19.6%", "share price", "19.6", of="TDY", **up)
        .fact("fell 5.2%", "share price", "5.2", of="HON", **down)
        .event("agreed to buy Teledyne", "ma_announced", NEG, of="HON")
        .event("to buy Teledyne", "ma_announced", POS, of="TDY"),
        "recall": tell(
            "recall",
            "Ford recalls trucks over brake fault",
            "Ford will recall 240,000 trucks in the United States because of a brake fault.\n"
            "Ford expects a charge of $310 million this quarter.\n"
            "The shares lost 1.1%.",
        )
        .company("Ford", "F", -0.4)
        .fact("$310 million", "charge", "310000000", USD, of="F", currency="USD", modality=Modality.PLANNED)
        .fact("lost 1.1%", "share price", "1.1", of="F", **down)
        .event("will recall 240,000 trucks", "product_recall", NEG, of="F"),
        "probe": tell(
            "probe",
            "Regulator opens inquiry into Wells Fargo",
            "A U.S. regulator opened an inquiry into sales practices at Wells Fargo, the bank said in a filing.\n"
            "Wells Fargo shares slipped 2.4%.",
        )
        .company("Wells Fargo", "WFC", -0.5)
        .fact("slipped 2.4%", "share price", "2.4", of="WFC", **down)
        .event("opened an inquiry", "regulatory_probe", NEG, of="WFC"),
        "central_bank": tell(
            "rates",
            "Norges Bank raises rates to 4.50%",
            "Norway's central bank raised its policy rate by a quarter point to 4.50% in a surprise to most economists.\n"
            "The crown gained 1.2% against the euro.",
        )
        .fact("4.50%", "interest rate", "4.50", change=UP)
        .event("raised its policy rate", "central_bank_decision", NEU, subject="Norges Bank"),
        "strike": tell(
            "strike",
            "Boeing machinists walk out",
            "About 3,100 machinists at Boeing went on strike after voting down a contract.\n"
            "A month would cost Boeing about $300 million in operating profit, an analyst estimated.\n"
            "Boeing shares fell 2.9%.",
        )
        .company("Boeing", "BA", -0.4)
        .fact("fell 2.9%", "share price", "2.9", of="BA", **down)
        .fact("$300 million", "operating profit", "300000000", USD, of="BA", currency="USD", modality=Modality.CONDITIONAL)
        .event("went on strike", "labor_strike", NEG, of="BA"),
        "capex": tell(
            "capex",
            "Microsoft lifts spending plan to $190 billion",
            "Microsoft will spend about $190 billion on data centers this fiscal year, up from a plan of $155 billion.\n"
            "Microsoft shares fell 2.7%, and Nvidia gained 2.9%.",
        )
        .company("Microsoft", "MSFT", 0.1)
        .company("Nvidia", "NVDA", 0.3, Role.SECONDARY)
        .fact("about $190 billion", "capex", "190000000000", USD, of="MSFT", currency="USD", modality=Modality.PLANNED, change=UP, previous=Decimal(155000000000))
        .fact("fell 2.7%", "share price", "2.7", of="MSFT", **down)
        .fact("gained 2.9%", "share price", "2.9", of="NVDA", **up)
        .event("will spend about $190 billion", "capex_plan", NEU, of="MSFT", modality=Modality.PLANNED),
        "index": tell(
            "index",
            "FTSE 100 ends 2.1% lower",
            "The FTSE 100 closed 2.1% lower, its worst day since May, as banks led the losses.",
        )
        .fact("2.1% lower", "index", "2.1", **down)
        .event("closed 2.1% lower", "market_wide_move", NEG, subject="FTSE 100"),
        "denied": tell(
            "denied",
            "Next says it is not in talks to buy Burberry",
            "Next said it had not made and did not intend to make an offer for Burberry.\n"
            "Burberry shares fell 10.9%, and Next rose 4.1%.",
        )
        .company("Next", "NXT.L", 0.3)
        .company("Burberry", "BRBY.L", -0.5)
        .fact("fell 10.9%", "share price", "10.9", of="BRBY.L", **down)
        .fact("rose 4.1%", "share price", "4.1", of="NXT.L", **up)
        .event("had not made", "denial_clarification", NEU, of="NXT.L"),
        "brief": tell("brief", "Cheniere Energy to join S&P 500", "Cheniere Energy joins the index on Nov. 23.")
        .company("Cheniere Energy", "LNG", 0.5)
        .event("joins the index", "index_change", POS, of="LNG"),
        "layoffs": tell(
            "layoffs",
            "Intel to cut 15,000 jobs",
            "Intel will cut 15,000 jobs to save $10 billion a year.\nIntel shares rose 3.3%.",
        )
        .company("Intel", "INTC", 0.1)
        .fact("15,000 jobs", "jobs", "15000", Unit.COUNT, of="INTC", counted="jobs", modality=Modality.PLANNED, change=DOWN)
        .fact("$10 billion a year", "savings", "10000000000", USD, of="INTC", currency="USD", modality=Modality.PLANNED)
        .fact("rose 3.3%", "share price", "3.3", of="INTC", **up)
        .event("will cut 15,000 jobs", "layoffs_restructuring", NEG, of="INTC", modality=Modality.PLANNED),
    }  # fmt: skip
    told = {key: teller.told() for key, teller in found.items()}
    told["noise"] = tell("noise", "Just a moment...", "Checking your browser.").told(noise=Noise.BOT_CHECK)
    return told


def note_from(article: Article, reading: Reading, universe: Universe, playbooks: Playbooks) -> Note:
    return write(
        article,
        reading,
        Story(id="story", novelty=1.0),
        (),
        playbooks=playbooks,
        universe=universe,
        version="0",
        known_at=NOW,
    )


@pytest.fixture(scope="session")
def notes(stories: dict[str, Told], universe: Universe, playbooks: Playbooks) -> dict[str, Note]:
    return {
        key: note_from(article, reading, universe, playbooks) for key, (article, reading) in stories.items()
    }


@pytest.fixture(scope="session")
def tell(universe: Universe, playbooks: Playbooks) -> Tell:
    """Read and write a whole article, for the tests that need both rooms."""

    def written(headline: str, body: str) -> Note:
        article = Article(id=ArticleId("art_told"), headline=headline, body=body, received_at=NOW)
        return note_from(article, read(article, universe, version="test"), universe, playbooks)

    return written
