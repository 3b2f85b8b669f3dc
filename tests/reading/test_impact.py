"""Impact grows with severity, sureness, surprise and breadth, and stays within its bounds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from readthrough.domain.article import Span
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    Modality,
    Polarity,
    Role,
    Sentiment,
    TickerReading,
    Unit,
)
from readthrough.domain.security import IssuerId
from readthrough.domain.taxonomy import EVENT_TYPES, parent_of
from readthrough.reading.impact import SEVERITY, judge_impact

FLAT = Sentiment(score=None, mixed=False, confidence=0.0)


def event(type_: str, **changes: object) -> Event:
    made = Event(
        id="evt", type=type_, parent=parent_of(type_), subject="Acme", polarity=Polarity.NEGATIVE,
        strength=0.6, span=Span(0, 4), sentence=0,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def move(percent: str) -> Fact:
    return Fact(
        id="fct", metric="share price", value=Decimal(percent), unit=Unit.PERCENT, is_change=True,
        change=Direction.DOWN, span=Span(0, 4), figure=Span(0, 4), sentence=0, quote="",
    )  # fmt: skip


def ticker(number: int, role: Role = Role.PRIMARY) -> TickerReading:
    return TickerReading(
        issuer_id=IssuerId(str(number)), ticker=f"T{number}", name="", role=role, relevance=1.0, score=0.0,
        confidence=1.0, mentions=(),
    )  # fmt: skip


def test_every_type_has_a_severity() -> None:
    assert set(SEVERITY) == set(EVENT_TYPES)
    assert all(0 < value < 1 for value in SEVERITY.values())


def test_nothing_said_moves_nothing() -> None:
    assert judge_impact((), (), (), FLAT) == 0.0


def test_words_without_events_move_little() -> None:
    assert 0 < judge_impact((), (), (), Sentiment(score=-0.9, mixed=False, confidence=1.0)) < 0.25


@pytest.mark.parametrize(
    ("worse", "milder"),
    [
        ("bankruptcy_or_insolvency", "product_recall"),
        ("guidance_cut", "guidance_maintained"),
        ("ma_announced", "buyback"),
        ("regulatory_rejection", "analyst_downgrade"),
        ("earnings_miss", "recap_no_new_information"),
    ],
)
def test_severity_orders_impact(worse: str, milder: str) -> None:
    assert judge_impact((event(worse),), (), (), FLAT) > judge_impact((event(milder),), (), (), FLAT)


@pytest.mark.parametrize(
    "modality", [Modality.PLANNED, Modality.RUMOURED, Modality.CONDITIONAL, Modality.DENIED]
)
def test_doubt_takes_away(modality: Modality) -> None:
    sure = judge_impact((event("share_offering"),), (), (), FLAT)
    assert judge_impact((event("share_offering", modality=modality),), (), (), FLAT) < sure


def test_old_news_weighs_little() -> None:
    old = judge_impact((event("product_recall", background=True),), (), (), FLAT)
    assert old < judge_impact((event("product_recall"),), (), (), FLAT) / 2


def test_a_bigger_move_is_a_bigger_surprise() -> None:
    sizes = [judge_impact((event("earnings_miss"),), (move(p),), (), FLAT) for p in ("1", "5", "20")]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_a_gap_to_the_expectation_is_a_surprise() -> None:
    figure = replace(
        move("2"), metric="eps", unit=Unit.MONEY_PER_SHARE, value=Decimal(2), expected=Decimal(1)
    )
    assert judge_impact((event("earnings_beat"),), (figure,), (), FLAT) > judge_impact(
        (event("earnings_beat"),), (), (), FLAT
    )


def test_breadth_adds() -> None:
    one = judge_impact((event("supply_disruption"),), (), (ticker(1),), FLAT)
    many = judge_impact((event("supply_disruption"),), (), tuple(ticker(i) for i in range(8)), FLAT)
    passing = judge_impact(
        (event("supply_disruption"),), (), (ticker(1), *(ticker(i, Role.PASSING) for i in range(2, 8))), FLAT
    )
    assert many > one == passing


def test_never_beyond_one() -> None:
    events = tuple(
        event(t, strength=1.0) for t in ("bankruptcy_or_insolvency", "ma_announced", "fraud_allegation")
    )
    assert judge_impact(events, (move("80"),), tuple(ticker(i) for i in range(50)), FLAT) <= 1.0
