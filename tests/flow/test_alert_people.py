"""Alerts and people, the whole way: retellings, corrections, digests, quiet hours, escalation, what people do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.flow.wire_endpoint import drive

from readthrough.desk import alerting, ask
from readthrough.desk.books import delete_rule, save_rule
from readthrough.desk.deliver import deliver_due
from readthrough.desk.flow import process
from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.domain.errors import RuleError, SourceNotFound
from readthrough.domain.route import Hush, Update
from readthrough.feeds.draft import Draft
from readthrough.testing import FixedClock, MemoryReceiver

OpenDesk = Callable[..., Desk]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BODY = (
    "Nvidia cut its revenue forecast for the year on Thursday, citing weak demand from cloud customers. "
    "Nvidia now expects revenue of $180 billion, down from $200 billion. Nvidia shares fell 8%."
)
OPENINGS = ("", "(Adds detail) ", "UPDATE 1-", "Breaking: ", "In short: ")


def cut(number: int = 0, body: str = BODY, headline: str = "Nvidia cuts forecast") -> Draft:
    return Draft(
        headline=headline,
        body=f"{OPENINGS[number % len(OPENINGS)]}{body}",
        source=f"Wire {number}",
        external_id=f"n{number}",
    )


@pytest.fixture
def phone() -> MemoryReceiver:
    return MemoryReceiver("phone")


@pytest.fixture
def boss() -> MemoryReceiver:
    return MemoryReceiver("boss")


@pytest.fixture
def desk(open_test_desk: OpenDesk, phone: MemoryReceiver, boss: MemoryReceiver) -> Desk:
    desk = open_test_desk(phone, boss)
    save_rule(desk, Rule(id="nv", name="Nvidia", tickers=("NVDA",), owner="anna"))
    alerting.save_route(desk, {"person": "anna", "receivers": ["phone"]})
    return desk


def codes(receiver: MemoryReceiver) -> list[str]:
    return [reason(sent.payload) for sent in receiver.sent]


def reason(payload: Any) -> str:
    return str(payload["data"]["reason"]["code"]) if "reason" in payload["data"] else str(payload["type"])


def test_one_story_told_by_forty_sources_within_a_minute(
    desk: Desk, phone: MemoryReceiver, clock: FixedClock
) -> None:
    for number in range(40):
        body = BODY
        if number in (17, 30, 35):  # what later wires add
            body += (
                " Its chief executive Jensen Huang resigned.",
                " Nvidia shares rose 9% later.",
                " Trading was halted.",
            )[(17, 30, 35).index(number)]
        process(desk, cut(number, body))
        clock.advance(timedelta(seconds=1.5))
        deliver_due(desk, clock())
    found = ask.alerts(desk, limit=100)
    spoken = [alert for alert in found if not alert.withheld and not alert.held_as]
    first = next(alert for alert in spoken if not alert.joins)
    assert 1 <= len(spoken) <= 2
    assert len(phone.sent) == len(spoken)
    assert codes(phone)[0] == "matched"
    assert len(found) == 40, "each of the other 39 has its reason"
    assert {alert.joins or alert.hushed_by for alert in found if alert is not first} == {first.id}
    assert all(alert.reason.words for alert in found)
    assert {alert.reason.code for alert in found if alert.withheld} <= {
        Hush.DUPLICATE_STORY,
        Hush.ALREADY_TOLD,
        "low_novelty",
    }


def test_a_material_change_speaks_again_in_the_same_thread(
    desk: Desk, phone: MemoryReceiver, clock: FixedClock
) -> None:
    process(desk, cut())
    clock.advance(HOUR)
    more = f"{BODY} Nvidia chief executive Jensen Huang resigned on Friday, the company said."
    process(desk, cut(1, more, "Nvidia chief resigns after forecast cut"))
    process(desk, cut(2, more, "Nvidia chief executive resigns after forecast cut"))
    deliver_due(desk, clock())
    assert codes(phone) == ["matched", Update.EVENT]
    first, second = (sent.payload["data"] for sent in phone.sent)
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (second["joins"], second["story_id"]) == (first["id"], first["story_id"])
    assert phone.sent[1].delivery.kind == "update"
    assert Hush.DUPLICATE_STORY in {alert.reason.code for alert in ask.alerts(desk)}


def test_corrections_and_kills_follow_when_the_rule_is_gone_and_the_route_has_changed(
    desk: Desk, phone: MemoryReceiver, boss: MemoryReceiver, clock: FixedClock
) -> None:
    process(desk, cut())
    deliver_due(desk, clock())
    delete_rule(desk, "nv")
    alerting.save_route(desk, {"person": "anna", "receivers": ["boss"]})
    clock.advance(10 * MINUTE)
    process(
        desk,
        cut(
            100,
            f"(Corrects forecast to $190 billion) {BODY}".replace("180", "190"),
            "CORRECTED-Nvidia cuts forecast",
        ),
    )
    clock.advance(10 * MINUTE)
    process(
        desk, cut(105, "The story about Nvidia's forecast has been withdrawn.", "KILL: Nvidia cuts forecast")
    )
    deliver_due(desk, clock())
    assert codes(phone) == ["matched", "corrected", "withdrawn"]
    assert [sent.delivery.kind for sent in phone.sent] == ["alert", "correction", "withdrawal"]
    assert boss.sent == []


def test_a_digest_is_one_message_and_leaves_out_what_was_acknowledged(
    desk: Desk, phone: MemoryReceiver, clock: FixedClock
) -> None:
    clock.now = datetime(2026, 11, 18, 9, 10, tzinfo=UTC)
    alerting.save_route(desk, {"person": "anna", "receivers": ["phone"], "digest": "hourly"})
    save_rule(desk, Rule(id="aapl", name="Apple", tickers=("AAPL",), owner="anna"))
    save_rule(desk, Rule(id="ba", name="Boeing", tickers=("BA",), owner="anna"))
    process(desk, cut())
    process(
        desk, cut(1, "Apple Inc cut its revenue forecast. Apple shares fell 4%.", "Apple Inc cuts forecast")
    )
    process(desk, cut(2, "Boeing cut its delivery forecast. Boeing shares fell 4%.", "Boeing cuts forecast"))
    assert deliver_due(desk, clock()) == 0
    boeing = next(alert for alert in ask.alerts(desk) if alert.rule_id == "ba")
    alerting.acknowledge(desk, boeing.id)
    drive(desk, clock, datetime(2026, 11, 18, 12, 0, tzinfo=UTC))
    [sent] = phone.sent
    data: Any = sent.payload["data"]
    assert sent.at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    assert {part["rule"]["name"] for part in data["alerts"]} == {"Nvidia", "Apple"}
    told = alerting.why(desk, data["alerts"][0]["id"])
    assert isinstance(told["holds"], list)
    assert [one["told_in"] for one in told["holds"] if isinstance(one, dict)] == [sent.delivery.id]


def test_a_sleeper_hears_in_the_morning_and_a_flash_wakes(
    desk: Desk, phone: MemoryReceiver, clock: FixedClock
) -> None:
    clock.now = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
    alerting.save_route(
        desk,
        {"person": "anna", "receivers": ["phone"], "quiet": [{"start": "22:00", "end": "07:00"}]},
    )
    save_rule(desk, Rule(id="aapl", name="Apple", tickers=("AAPL",), owner="anna", severity="flash"))
    process(desk, cut())
    process(
        desk, cut(1, "Apple Inc cut its revenue forecast. Apple shares fell 4%.", "Apple Inc cuts forecast")
    )
    drive(desk, clock, datetime(2026, 11, 19, 12, 0, tzinfo=UTC))
    assert [(sent.payload["data"]["rule"]["id"], sent.at.hour) for sent in phone.sent] == [  # type: ignore[index,call-overload]
        ("aapl", 23),
        ("nv", 7),
    ]


def escalating(desk: Desk) -> str:
    alerting.save_route(
        desk,
        {
            "person": "anna",
            "receivers": ["phone"],
            "escalate": [{"after": "10m", "receivers": ["boss"]}],
            "escalate_severities": ["alert"],
        },
    )
    process(desk, cut())
    deliver_due(desk, desk.clock())
    return ask.alerts(desk)[0].id


def test_what_nobody_acknowledges_escalates(desk: Desk, boss: MemoryReceiver, clock: FixedClock) -> None:
    escalating(desk)
    start = clock()
    drive(desk, clock, start + HOUR)
    [sent] = boss.sent
    assert (sent.payload["type"], sent.at - start) == ("alert.escalated", 10 * MINUTE)


def test_what_is_acknowledged_does_not(desk: Desk, boss: MemoryReceiver, clock: FixedClock) -> None:
    alert_id = escalating(desk)
    alerting.acknowledge(desk, alert_id, by="anna", comment="selling")
    drive(desk, clock, clock() + HOUR)
    assert boss.sent == []
    told = alerting.why(desk, alert_id)
    assert [a["by"] for a in told["actions"] if isinstance(a, dict)] == ["anna"]  # type: ignore[union-attr]
    assert [row["state"] for row in alerting.history(desk, alert_id)] == [
        "spoken",
        "delivered",
        "acknowledged",
    ]


def test_a_snoozed_story_is_silent_and_its_alert_comes_back(
    desk: Desk, phone: MemoryReceiver, boss: MemoryReceiver, clock: FixedClock
) -> None:
    alert_id = escalating(desk)
    until = alerting.snooze(desk, alert_id, 2 * HOUR, by="anna")
    clock.advance(30 * MINUTE)
    better = "Nvidia raised its revenue forecast and its shares rose 12%. " + BODY.replace("cut", "raised")
    process(desk, cut(3, better))
    drive(desk, clock, clock() + 5 * HOUR)
    assert boss.sent == []
    assert [sent.payload["type"] for sent in phone.sent][:2] == ["alert.fired", "alert.reminder"]
    assert phone.sent[1].at == until


def test_silences_are_made_listed_and_ended(desk: Desk, phone: MemoryReceiver, clock: FixedClock) -> None:
    made = alerting.silence(desk, {"ticker": "NVDA"}, HOUR, by="anna", comment="results day")
    process(desk, cut())
    deliver_due(desk, clock())
    assert phone.sent == []
    [alert] = ask.alerts(desk)
    assert (alert.reason.code, alert.hushed_by) == (Hush.SILENCED, made.id)
    told = alerting.why(desk, alert.id)
    assert isinstance(told["hushed_by"], dict)
    assert told["hushed_by"]["comment"] == "results day"
    assert alerting.silences(desk) == [made]
    alerting.end_silence(desk, made.id)
    assert alerting.silences(desk) == []
    process(desk, cut(1, BODY + " Nvidia said it would cut 900 jobs."))
    deliver_due(desk, clock())
    assert len(phone.sent) == 1, "a silence hushes only while it lasts"
    with pytest.raises(RuleError):
        alerting.silence(desk, {}, HOUR)
    with pytest.raises(RuleError):
        alerting.silence(desk, {"ticker": "NVDA"}, timedelta(days=400))
    with pytest.raises(SourceNotFound):
        alerting.end_silence(desk, "sil_none")


def test_what_is_asked_of_no_alert_is_refused(desk: Desk) -> None:
    for question in (alerting.why, alerting.history, alerting.acknowledge, alerting.replay):
        with pytest.raises(SourceNotFound):
            question(desk, "alr_none")


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"receivers": ["nobody"]}, "nobody"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"quiet": [{"start": "25:00", "end": "07:00"}]}, "quiet 1: start"),
        ({"escalate": [{"after": "soon", "receivers": ["phone"]}]}, "escalate 1: after"),
        ({"escalate": [{"after": "5m"}]}, "escalate 1: receivers"),
        ({"digest": "weekly"}, "digest"),
        ({"digest": "pre_market"}, "pre-market"),
        ({"through": ["loud"]}, "through"),
        ({"throttle": -1}, "throttle"),
        ({"unknown": 1}, "unknown"),
        ({"holidays": ["Christmas"]}, "holidays"),
        ({"group_wait": "-3m"}, "group_wait"),
    ],
)
def test_a_malformed_route_is_refused_with_its_place(desk: Desk, given: dict[str, Any], place: str) -> None:
    with pytest.raises(RuleError, match=place):
        alerting.save_route(desk, {"person": "ben", **given})
    assert [route.person for route in alerting.routes(desk)] == ["anna"]


def test_a_route_reads_as_it_was_written(desk: Desk) -> None:
    given = {
        "person": "ben",
        "receivers": ["phone"],
        "by_severity": {"flash": ["boss"]},
        "timezone": "Asia/Tokyo",
        "quiet": [{"start": "22:00", "end": "07:00", "days": ["mon", "fri"]}],
        "calendar": "XTKS",
        "holidays": ["2026-12-31"],
        "digest": "daily",
        "digest_at": "06:30",
        "group_by": "issuer",
        "group_wait": 90.0,
        "throttle": 5,
        "escalate": [{"after": 600.0, "receivers": ["boss"]}],
    }
    kept = alerting.save_route(desk, given)
    [stored] = [route for route in alerting.routes(desk) if route.person == "ben"]
    assert stored == kept == alerting.parse_route(alerting.route_document(kept))
    assert given.items() <= alerting.route_document(kept).items()
    assert alerting.delete_route(desk, "ben")
    assert not alerting.delete_route(desk, "ben")
