"""Bursts, drifts, silences and prices, over a clock under control."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.alerts.test_match import ARTICLE, IMPACT, READING, STORY, TARGET, WALMART

from readthrough.alerts.kinds import PriceMove, silences, unexplained_moves, unmoved
from readthrough.alerts.match import RuleIndex, hits
from readthrough.alerts.pulse import Pulse, Said, of_book, said_of
from readthrough.alerts.rules import parse_rule
from readthrough.domain.alert import Hit, HitCode, Rule
from readthrough.domain.article import ArticleId
from readthrough.domain.reading import Noise

START = datetime(2026, 11, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def steady(pulse: Pulse, *, days: int, every: timedelta, score: float = 0.2) -> datetime:
    at = START
    while at < START + days * DAY:
        pulse.add(TARGET, Said(at.timestamp(), score, 0.9))
        at += every
    return START + days * DAY


def rule(**table: object) -> Rule:
    return parse_rule({"id": "r", **table})


def met(of: Rule, pulse: Pulse, now: datetime, impacts: tuple[object, ...] = ()) -> Hit | None:
    index = RuleIndex([of])
    found = hits(index, ARTICLE, READING, STORY, impacts, now=now, pulse=pulse)  # type: ignore[arg-type]
    return found[0] if found else None


def test_a_burst_speaks_once_when_volume_passes_what_is_normal() -> None:
    pulse = Pulse()
    now = steady(pulse, days=14, every=8 * HOUR)
    burst = rule(kind="burst", issuers=[TARGET], window="6h", factor=3.0, least=4)
    spoken = []
    for minute in range(0, 200, 10):
        moment = now + timedelta(minutes=minute)
        hit = met(burst, pulse, moment)
        if hit is not None:
            spoken.append((minute, hit))
        pulse.add(TARGET, Said(moment.timestamp(), -0.5, 0.9))
    assert [minute for minute, _ in spoken] == [30]
    hit = spoken[0][1]
    assert hit.code is HitCode.BURST
    assert hit.words.startswith("Tgt: 4 items in 6h, usually 0.8; the latest: ")
    assert hit.group.startswith(f"burst:{TARGET}:")


def test_a_name_with_much_news_needs_more_to_burst() -> None:
    pulse = Pulse()
    now = steady(pulse, days=14, every=timedelta(minutes=30))
    burst = rule(kind="burst", issuers=[TARGET], window="6h", factor=3.0, least=4)
    counts = 0
    for minute in range(90):
        moment = now + timedelta(minutes=minute)
        if met(burst, pulse, moment) is not None:
            assert len(pulse.within(TARGET, moment, 6 * HOUR)) == 36  # three times the usual twelve
            counts += 1
        pulse.add(TARGET, Said(moment.timestamp(), 0.0, 0.9))
    assert counts == 1


def test_nothing_bursts_before_anything_is_known_to_be_normal() -> None:
    pulse = Pulse()
    burst = rule(kind="burst", issuers=[TARGET], window="6h", least=2)
    for minute in range(30):
        assert met(burst, pulse, START + timedelta(minutes=minute)) is None
        pulse.add(TARGET, Said((START + timedelta(minutes=minute)).timestamp(), 0.0, 0.9))


@pytest.mark.parametrize(("direction", "speaks"), [("", True), ("down", True), ("up", False)])
def test_a_drift_speaks_when_the_rolling_score_crosses_its_level(direction: str, speaks: bool) -> None:
    pulse = Pulse()
    now = steady(pulse, days=5, every=12 * HOUR, score=0.1)
    drift = rule(kind="drift", issuers=[TARGET], window="2d", level=0.0, change=direction)
    hit = met(drift, pulse, now)
    assert (hit is not None) is speaks
    if hit is not None:
        assert hit.code is HitCode.DRIFT
        assert hit.words.startswith(
            "The rolling score of Tgt over 2d has fallen through +0.00, from +0.10 to −0.0"
        )
    pulse.add(TARGET, Said(now.timestamp(), -0.55, 0.9))
    pulse.add(TARGET, Said(now.timestamp() + 1, -0.55, 0.9))
    assert met(drift, pulse, now + HOUR) is None  # it is below already


def test_a_drift_needs_enough_to_be_told() -> None:
    pulse = Pulse([(TARGET, Said(START.timestamp(), 0.5, 0.1))])
    assert met(rule(kind="drift", issuers=[TARGET], least=3), pulse, START + HOUR) is None
    assert met(rule(kind="drift", issuers=[TARGET], least=2), pulse, START + HOUR) is not None


def test_a_book_drifts_by_what_it_holds_and_on_which_side() -> None:
    short = IMPACT  # the news is bad and the book is short
    pulse = Pulse([(of_book("book"), Said(START.timestamp() + n, -0.1, 0.01)) for n in range(3)])
    hit = met(rule(kind="drift", portfolios=["book"], level=0.0), pulse, START + HOUR, (short,))
    assert hit is not None
    assert "The rolling score of book over 5d has risen through +0.00, from −0.10" in hit.words


def test_a_silence_speaks_when_what_was_due_did_not_come() -> None:
    pulse = Pulse([(TARGET, Said(START.timestamp(), 0.1, 0.9, ("earnings_beat",)))])
    pulse.add(TARGET, Said((START + 2 * DAY).timestamp(), 0.1, 0.9))
    index = RuleIndex(
        [
            rule(kind="silence", issuers=[TARGET, WALMART], window="3d"),
            parse_rule(
                {
                    "id": "s",
                    "kind": "silence",
                    "portfolios": ["book"],
                    "window": "4d",
                    "events": ["earnings_result"],
                }
            ),
        ]
    )
    names: dict[str, tuple[str, str]] = {TARGET: ("TGT", "Target"), WALMART: ("WMT", "Walmart")}
    held: dict[str, tuple[str, ...]] = {"book": (TARGET,)}

    def silent(after: timedelta) -> list[tuple[str, str]]:
        found = silences(index, pulse, held, names, START + after)
        assert all(hit.code is HitCode.SILENCE for hit in found)
        return [(hit.rule.id, hit.words) for hit in found]

    assert silent(2 * DAY) == []
    assert [rule_id for rule_id, _ in silent(3 * DAY)] == ["r"]  # Walmart, since the pulse began
    assert silent(4 * DAY)[1] == (
        "s",
        "Target: no earnings result since 2026-11-01 00:00 UTC, 4d being allowed.",
    )
    assert len(silent(5 * DAY)) == 3
    groups = {hit.group for hit in silences(index, pulse, held, names, START + 6 * DAY)}
    assert groups == {
        hit.group for hit in silences(index, pulse, held, names, START + 5 * DAY)
    }  # one silence, one group


def test_a_move_without_news_speaks_and_one_with_news_does_not() -> None:
    index = RuleIndex([rule(kind="move_without_news", issuers=[TARGET], window="24h", min_move_pct=4.0)])
    move = PriceMove(issuer_id=TARGET, ticker="TGT", at=START + 5 * DAY, change_pct=-4.2)
    names: dict[str, tuple[str, str]] = {TARGET: ("TGT", "Target")}

    def told(pulse: Pulse, *moves: PriceMove) -> list[str]:
        return [hit.words for hit in unexplained_moves(index, moves, pulse, {}, names, move.at)]

    quiet = Pulse([(TARGET, Said(START.timestamp(), 0.1, 0.9))])
    assert told(quiet, move) == ["Target moved −4.20 % by 2026-11-06 00:00 UTC, without news in 1d."]
    assert told(quiet, replace(move, change_pct=3.9)) == []
    assert told(quiet, replace(move, issuer_id=WALMART)) == []
    quiet.add(TARGET, Said((move.at - 2 * HOUR).timestamp(), 0.1, 0.9))
    assert told(quiet, move) == []


def test_news_without_a_move_waits_for_prices() -> None:
    hit = met(rule(kind="news_without_move", issuers=[TARGET], window="1h", min_move_pct=2.0), Pulse(), START)
    assert hit is not None
    small = PriceMove(issuer_id=TARGET, ticker="TGT", at=START + HOUR, change_pct=0.4)
    assert unmoved([hit], [], START + DAY) == ([], [hit])  # no price yet
    assert unmoved([hit], [small], START + HOUR / 2) == ([], [hit])
    told, kept = unmoved([hit], [small], START + HOUR)
    assert kept == []
    assert told[0].code is HitCode.NEWS_WITHOUT_MOVE
    assert told[0].words.endswith("; the price has moved only +0.40 % since.")
    assert unmoved([hit], [small, replace(small, change_pct=-2.0)], START + HOUR) == ([], [])
    assert unmoved([hit], [], START + 8 * DAY) == ([], [])


def test_retellings_noise_and_passing_mentions_are_not_volume() -> None:
    assert [key for key, _ in said_of(READING, STORY, (IMPACT,), START)] == [TARGET, of_book("book")]
    assert said_of(READING, replace(STORY, duplicate_of=ArticleId("art_0")), (), START) == []
    assert said_of(replace(READING, noise=Noise.PAYWALL), STORY, (), START) == []
    book = said_of(READING, STORY, (IMPACT,), START)[1][1]
    assert (book.score, round(book.weight, 3)) == (0.55, 0.027)


def test_the_pulse_forgets_what_is_old() -> None:
    pulse = Pulse()
    now = steady(pulse, days=60, every=DAY)
    assert len(pulse) == 29
    assert pulse.last(TARGET) == now - DAY
    assert pulse.normal(TARGET, now, DAY) == pytest.approx(1.0, abs=0.05)
