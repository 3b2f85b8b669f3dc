"""What is sent, to whom, and when it is tried again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from readthrough.alerts.deliver import SCHEDULE, deliveries, next_attempt, payload
from readthrough.domain.alert import Alert, Reason
from readthrough.domain.article import ArticleId

NOW = datetime(2026, 11, 16, 12, 5, tzinfo=UTC)
ALERT = Alert(
    id="alr_1",
    rule_id="r",
    rule_name="Rule",
    article_id=ArticleId("art_1"),
    story_id="sto_1",
    severity="urgent",
    headline="Walmart beats",
    reason=Reason(code="matched", words="Because.", matched=(("ticker", "WMT"),)),
    withheld=False,
    receivers=("page", "desk", "page"),
    created_at=NOW,
)


def test_the_payload_is_json_with_type_timestamp_and_data() -> None:
    body = json.loads(json.dumps(payload(ALERT)))
    assert list(body) == ["type", "timestamp", "data"]
    assert (body["type"], body["timestamp"]) == ("alert.fired", "2026-11-16T12:05:00Z")
    assert body["data"]["rule"] == {"id": "r", "name": "Rule"}
    assert body["data"]["reason"] == {
        "code": "matched",
        "words": "Because.",
        "matched": {"ticker": "WMT"},
        "found": [],
    }
    assert body["data"]["note"] is None


def test_a_note_rides_along_where_there_is_one() -> None:
    data = payload(ALERT, {"id": "not_1"})["data"]
    assert isinstance(data, dict)
    assert data["note"] == {"id": "not_1"}


def test_each_receiver_gets_one_delivery_with_a_lasting_id() -> None:
    first, again = deliveries(ALERT, NOW), deliveries(ALERT, NOW + timedelta(hours=1))
    assert [(d.receiver, d.attempts, d.state, d.due_at) for d in first] == [
        ("page", 0, "pending", NOW),
        ("desk", 0, "pending", NOW),
    ]
    assert [d.id for d in first] == [d.id for d in again]
    assert len({d.id for d in first}) == 2


def test_a_withheld_alert_is_never_sent() -> None:
    assert deliveries(replace(ALERT, withheld=True), NOW) == ()


@pytest.mark.parametrize("attempt", range(1, 10))
def test_waits_follow_the_schedule_within_a_tenth(attempt: int) -> None:
    waits = {next_attempt(attempt, key=f"dlv_{n}") for n in range(50)}
    expected = SCHEDULE[attempt - 1]
    assert all(wait is not None and abs(wait - expected) <= expected / 10 for wait in waits)
    assert len(waits) > 40


def test_the_same_delivery_waits_equally_long() -> None:
    assert next_attempt(3, key="dlv_1") == next_attempt(3, key="dlv_1")


def test_the_schedule_is_spent_after_ten_attempts() -> None:
    assert len(SCHEDULE) == 9
    assert next_attempt(9) is not None
    assert next_attempt(10) is None
    assert next_attempt(10, timedelta(seconds=1)) is None


def test_a_longer_wait_is_honoured_within_a_day() -> None:
    assert next_attempt(1, timedelta(minutes=2)) == timedelta(minutes=2)
    assert next_attempt(1, timedelta(days=9)) == timedelta(hours=24)
    assert next_attempt(4, timedelta(seconds=1)) == next_attempt(4)


def test_before_any_attempt_there_is_nothing_to_wait_for() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        next_attempt(0)
