"""Notes made by hand, every field filled: what the pages must be able to show."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from readthrough.domain.article import Article, Span, article_id
from readthrough.domain.impact import Impact
from readthrough.domain.note import Claim, ClaimKind, Decision, Engine, Note, Statement, Support, Withheld
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    MadeBy,
    Mention,
    Modality,
    Polarity,
    Problem,
    Reading,
    Role,
    Sentence,
    Sentiment,
    TickerReading,
    Unit,
    Unlinked,
)
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Fingerprint, Story

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
HEADLINE = "Harbour Motors lifts full-year delivery target"
BODY = (
    "Harbour Motors said on Monday it now expects to deliver 410,000 vehicles this year.\n\n"
    "Revenue rose 12% to $6.13 billion in the quarter, ahead of the 9% analysts expected.\n\n"
    "Its shares gained 4.5% in early trading. Corvid, a supplier, was little changed."
)


def note(
    *, headline: str = HEADLINE, body: str = BODY, words: str = "", source: str = "Own wire", url: str = ""
) -> Note:
    """Make a note whose every text field holds `words` where given, ordinary words otherwise."""
    article = Article(
        id=article_id(external_id="", source=source, url=url, headline=headline, body=body),
        headline=headline,
        body=body,
        source=source,
        url=url,
        published_at=NOW,
        received_at=NOW,
    )
    reading = _reading(article, words)
    fact = reading.facts[0]
    held = Support(kind="fact", id=fact.id)
    return Note(
        id="nte_" + article.id,
        version=1,
        article=article,
        reading=reading,
        story=Story(id=f"sty_{article.id}", novelty=0.8, days_since_similar=12.0),
        summary=(Statement(text=words or "Harbour Motors now expects 410,000 deliveries.", support=(held,)),),
        analysis=tuple(
            Claim(
                kind=kind,
                text=words or f"A claim of the kind {kind}.",
                direction="positive",
                horizon=words or "3-6 months",
                tickers=(("HBR", "positive"),),
                confidence=0.6,
                support=(held, Support(kind="playbook", id="guidance_raise")),
                falsified_by=words or "deliveries below 95,000 next quarter",
            )
            for kind in ClaimKind
        ),
        decisions=(
            Decision(
                action=words or "Add on weakness",
                instrument=words or "HBR",
                direction="positive",
                horizon=words or "3-6 months",
                trigger=words or "a close above the gap",
                invalidation=words or "guidance withdrawn",
                rationale=words or "The target was raised early in the year.",
                support=(held,),
            ),
        ),
        book=(
            Impact(
                portfolio=words or "Sample",
                issuer_id=IssuerId("iss_hbr"),
                ticker="HBR",
                weight=0.0213,
                path="direct",
                through=None,
                low_bps=1.2,
                mid_bps=4.4,
                high_bps=9.0,
                why=words or "held directly",
            ),
        ),
        withheld=(Withheld(text=words or "Deliveries may double.", reason=words or "nothing supports it"),),
        engine=Engine(version="0.1.0", reader="rules", writer="playbooks", playbooks="abc", universe="def"),
        known_at=NOW,
    )


def fingerprint(made: Note) -> Fingerprint:
    """Return what grouping would remember of a note."""
    return Fingerprint(
        article_id=made.article.id,
        story_id=made.story.id,
        known_at=made.known_at.timestamp(),
        traits=b"",
    )


def _reading(article: Article, words: str) -> Reading:
    text = article.text

    def span(part: str) -> Span:
        start = text.find(part)
        return Span(start, start + len(part)) if start >= 0 else Span(0, min(5, len(text)))

    def fact(id: str, metric: str, value: str, unit: Unit, clause: str, figure: str, **more: object) -> Fact:
        return Fact(
            id=id + article.id[-6:],
            metric=metric,
            subject=words or "Harbour Motors",
            issuer_id=IssuerId("iss_hbr"),
            value=Decimal(value),
            unit=unit,
            period=words or "this quarter",
            basis=words or "",
            span=span(clause),
            figure=span(figure),
            sentence=1,
            quote=words or clause,
            **more,  # type: ignore[arg-type]
        )

    facts = (
        fact("fct_a", "deliveries", "410000", Unit.COUNT, "expects to deliver 410,000 vehicles", "410,000",
             modality=Modality.PLANNED, counted="vehicles"),
        fact("fct_b", "revenue", "6130000000", Unit.MONEY, "12% to $6.13 billion", "$6.13 billion",
             currency="USD", scale="billion"),
        fact("fct_c", "revenue", "12", Unit.PERCENT, "Revenue rose 12%", "12%", is_change=True,
             change=Direction.UP, expected=Decimal(9), vs_expectation="beat"),
        fact("fct_d", "share price", "4.5", Unit.PERCENT, "shares gained 4.5%", "4.5%", is_change=True,
             change=Direction.UP, bound="about"),
    )  # fmt: skip
    mention = span("Harbour Motors")
    return Reading(
        article_id=article.id,
        content_digest=article.content_digest,
        made_by=MadeBy(step="read", version="0.1.0"),
        language="en",
        noise=None,
        sentences=(Sentence(index=0, span=Span(0, len(article.headline)), headline=True),),
        mentions=(
            Mention(
                issuer_id=IssuerId("iss_hbr"),
                span=mention,
                surface="Harbour Motors",
                via="name",
                confidence=1.0,
            ),
        ),
        tickers=(
            TickerReading(
                issuer_id=IssuerId("iss_hbr"),
                ticker="HBR",
                name=words or "Harbour Motors",
                role=Role.PRIMARY,
                relevance=0.95,
                score=0.42,
                confidence=0.8,
                mentions=(mention,),
            ),
            TickerReading(
                issuer_id=IssuerId("iss_cvd"),
                ticker="",
                name=words or "Corvid",
                role=Role.PASSING,
                relevance=0.2,
                score=None,
                confidence=0.3,
                mentions=(span("Corvid"),),
            ),
        ),
        unlinked=(
            Unlinked(
                surface=words or "Corvid",
                span=span("Corvid"),
                candidates=(words or "Corvid Inc", "Corvid AG"),
                reason=words or "two companies share the name",
            ),
        ),
        facts=facts,
        events=(
            Event(
                id="evt_" + article.id[-6:],
                type="guidance_raise",
                parent="guidance_change",
                subject=words or "Harbour Motors",
                issuer_id=IssuerId("iss_hbr"),
                polarity=Polarity.POSITIVE,
                modality=Modality.ACTUAL,
                span=mention,
                sentence=0,
            ),
        ),
        sentiment=Sentiment(score=0.42, mixed=False, confidence=0.74, drivers=((facts[0].id, 0.3),)),
        themes=("electric_vehicles",),
        market_impact=0.31,
        problems=(Problem(code="encoding", detail=words or "one byte was not text", remedy=words or "none"),),
    )
