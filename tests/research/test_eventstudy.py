"""The event study on made-up news whose truth is known: it is found again, and intervals hold what they claim."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from readthrough.domain.security import IssuerId
from readthrough.portfolio.telling import Telling
from readthrough.research.eventstudy import (
    Observation,
    Tied,
    check,
    check_tied,
    fit_moves,
    merged,
    rank_correlation,
)
from readthrough.research.observations import Closes, abnormal_bps, observed, quiet_moves
from readthrough.universe import load_universe

TRUTH = {"earnings_result": (150.0, 200.0), "management_change": (0.0, 60.0), "": (20.0, 80.0)}


def made(count: int, seed: int, *, first: date = date(2020, 1, 1)) -> list[Observation]:
    draw = random.Random(seed)
    found = []
    for n in range(count):
        parent = draw.choice(list(TRUTH))
        location, scale = TRUTH[parent]
        sign = draw.choice([1, -1])
        found.append(
            Observation(
                instrument=f"T{n % 60}",
                day=first + timedelta(days=n // 12),
                parent=parent,
                score=sign * 0.6,
                novelty=1.0,
                size="mega",
                share=1.0,
                abnormal_bps=sign * (location + scale * draw.gauss(0, 1)),
            )
        )
    return found


def test_what_is_there_is_found_and_intervals_hold() -> None:
    table = fit_moves(merged(made(4000, 1)), provenance={})
    assert table.row("earnings_result", 1).location_bps == pytest.approx(150, rel=0.15)
    assert table.row("management_change", 1).location_bps < 15
    ratio = table.row("earnings_result", 1).scale_bps / table.row("management_change", 1).scale_bps
    assert ratio == pytest.approx(200 / 60, rel=0.25)
    later = check(table, merged(made(3000, 2, first=date(2021, 6, 1))))
    assert later.within(3)
    assert later.correlation > later.sentiment_correlation > 0.2
    assert later.gain > 2 * later.gain_error
    assert 0.9 < sum((later.coverage, later.below, later.above)) < 1.1


def test_quiet_days_say_how_far_others_news_may_be_from_its_middle() -> None:
    draw = random.Random(5)
    quiet = [("mega", 50 * draw.gauss(0, 1)) for _ in range(4000)]
    table = fit_moves(merged(made(3000, 1)), provenance={}, quiet=quiet)
    assert table.quiet < 1
    told = []
    for n in range(2000):
        mid = draw.choice([-30.0, -5.0, 5.0, 30.0])
        low, high = table.around(mid, "mega")
        told.append(
            Tied(
                instrument="T",
                day=date(2021, 1, 1) + timedelta(days=n // 4),
                path="supplier",
                low_bps=low,
                mid_bps=mid,
                high_bps=high,
                abnormal_bps=mid + 50 * draw.gauss(0, 1),
            )
        )
    result = check_tied(told)
    assert result.coverage == pytest.approx(0.8, abs=0.03)
    assert result.correlation > 5 * result.correlation_error > 0
    with pytest.raises(ValueError, match="nothing"):
        check_tied([])


def test_days_with_news_are_not_quiet() -> None:
    universe = load_universe()
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(300)]
    market = Closes.of((day, 100.0) for day in days)
    share = Closes.of((day, 100.0 * (1.01 if n % 2 else 1.0)) for n, day in enumerate(days))
    span = {"since": days[0], "until": days[-1]}
    every = quiet_moves({"MSFT": share, "NOBODY": share}, market, universe, busy=set(), **span)
    assert len(every) == 74
    assert {size for size, _ in every} == {"mega"}
    busy = {("MSFT", day) for day in days[:100]}
    assert len(quiet_moves({"MSFT": share}, market, universe, busy=busy, **span)) == 50


def test_news_without_truth_is_worth_nothing() -> None:
    noise = [replace(o, abnormal_bps=float(n * 7919 % 400 - 200)) for n, o in enumerate(made(2000, 3))]
    result = check(fit_moves(merged(noise[:1200]), provenance={}), merged(noise[1200:]))
    assert abs(result.correlation) < 3 * result.correlation_error + 0.05


def test_articles_on_one_thing_are_one_observation() -> None:
    one = made(1, 5)[0]
    (both,) = merged([one, replace(one, score=one.score / 2, novelty=0.2)])
    assert abs(both.score) == pytest.approx(0.45)
    assert both.novelty == 1.0


def test_too_little_is_refused() -> None:
    with pytest.raises(ValueError, match="200"):
        fit_moves(made(50, 1), provenance={})
    with pytest.raises(ValueError, match="nothing"):
        check(fit_moves(merged(made(500, 1)), provenance={}), [])


def test_rank_correlation_is_that_of_another_library() -> None:
    draw = np.random.default_rng(4)
    one = draw.integers(0, 20, 300).astype(float)
    other = one + draw.normal(0, 10, 300)
    stats = pytest.importorskip("scipy.stats")
    assert rank_correlation(one, other) == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-12)


def test_abnormal_is_net_of_beta_times_the_market() -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(300)]
    market, share = [100.0], [50.0]
    for n in range(1, 300):
        wide = 0.01 if n % 2 else -0.008
        market.append(market[-1] * (1 + wide))
        share.append(share[-1] * (1 + 2 * wide + (0.03 if n == 299 else 0)))
    wide_closes = Closes.of(zip(days, market, strict=True))
    closes = Closes.of(zip(days, share, strict=True))
    assert abnormal_bps(closes, wide_closes, days[-1]) == pytest.approx(300, abs=1e-6)
    assert abnormal_bps(closes, wide_closes, days[0]) is None
    assert abnormal_bps(Closes.of(zip(days[::2], share[::2], strict=True)), wide_closes, days[-2]) is None


def test_a_telling_meets_the_close_that_knew() -> None:
    days = [date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9)]
    closes = Closes.of(zip(days, (100.0, 110.0, 99.0), strict=True))
    flat = Closes.of((day, 100.0) for day in days)
    told = Telling(
        issuer_id=IssuerId("cik-789019"),
        ticker="MSFT",
        name="Microsoft",
        primary=True,
        sign=1,
        score=0.5,
        parent="",
        event="",
        novelty=1.0,
        share=1.0,
    )
    universe = load_universe()
    found = observed(told, date(2026, 3, 6), closes, flat, universe)
    assert found is not None
    assert found.abnormal_bps == pytest.approx(1000)
    assert found.size == "mega"
    assert observed(told, date(2026, 3, 7), closes, flat, universe) is None
