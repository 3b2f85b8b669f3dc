"""A note with something in every field, on which predicates are tried before they are kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from readthrough.alerts.subjects import Happening, Subject, View
from readthrough.domain.article import Span
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Direction, Fact, Unit
from readthrough.domain.security import IssuerId

__all__ = ["SAMPLE"]

_ISSUER: Final = IssuerId("sample-issuer")

SAMPLE: Final = View(
    article_id="art_sample",
    story_id="sto_sample",
    headline="Example Corp cuts full-year revenue guidance",
    text="Example Corp cuts full-year revenue guidance\n\nThe company now expects revenue of $2.1 billion.",
    source="Example Newswire",
    sources=frozenset({"example newswire", "news.example"}),
    language="en",
    themes=frozenset({"cloud"}),
    novelty=0.9,
    relation="new",
    market_impact=0.4,
    sentiment=-0.35,
    facts=(
        Fact(
            id="fct_sample",
            metric="revenue",
            subject="Example Corp",
            issuer_id=_ISSUER,
            value=Decimal(2_100_000_000),
            unit=Unit.MONEY,
            currency="USD",
            change=Direction.DOWN,
            vs_expectation="miss",
            span=Span(46, 60),
            figure=Span(50, 56),
            sentence=1,
            quote="revenue of $2.1 billion",
        ),
    ),
    subjects=(
        Subject(
            name="Example Corp",
            issuer_id=_ISSUER,
            ticker="EXMP",
            sector="technology",
            relevance=0.9,
            score=-0.35,
            change=-0.5,
            events=(Happening("guidance_cut", "negative", "actual"),),
            impact=Impact(
                portfolio="sample",
                issuer_id=_ISSUER,
                ticker="EXMP",
                weight=0.03,
                path="direct",
                through=None,
                low_bps=-20.0,
                mid_bps=-12.0,
                high_bps=-4.0,
                why="",
                sign=-1,
            ),
        ),
    ),
)
