"""What the record of alerts must do, on every database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from readthrough.alerts.deliver import bundle, delivery_of
from readthrough.domain.alert import Delivery, Found, Hit, HitCode, Rule, RuleKind
from readthrough.domain.article import Span
from readthrough.domain.impact import Impact
from readthrough.domain.ports import Store
from readthrough.domain.route import Endpoint, Held
from readthrough.domain.security import IssuerId
from readthrough.storage.open import open_store
from readthrough.testing import alert_on, note_on

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        url = f"sqlite:///{tmp_path / 'notes.db'}"
    opened = open_store(url)
    yield opened
    opened.close()


def all_of_them(endpoint: Endpoint, count: int) -> tuple[int, Endpoint, datetime | None]:
    return count, endpoint, None


def test_two_senders_never_claim_the_same_delivery_of_a_receiver(store: Store) -> None:
    alert = replace(alert_on(note_on()), created_at=T0)
    due = [delivery_of(alert, "hook", T0, kind="reminder", number=number) for number in range(40)]
    store.alerting.save([alert], [(one, {"n": 1}) for one in due])
    claimed: list[list[str]] = [[], []]
    together = threading.Barrier(2)

    def claim(into: list[str]) -> None:
        together.wait(10)
        while found := store.alerting.claim("hook", T0, limit=3, lease=MINUTE, admit=all_of_them):
            into += [delivery.id for delivery, _ in found]

    threads = [threading.Thread(target=claim, args=(into,)) for into in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(claimed[0] + claimed[1]) == sorted(one.id for one in due)
    # Who claimed and died: all of them come due again when the lease is over, once.
    again = store.alerting.claim("hook", T0 + MINUTE, limit=100, lease=MINUTE, admit=all_of_them)
    assert sorted(delivery.id for delivery, _ in again) == sorted(one.id for one in due)


def test_what_is_held_is_released_once_as_one_message(store: Store) -> None:
    alerts = [replace(alert_on(note_on()), id=f"alr_{n}", person="ann", created_at=T0) for n in range(3)]
    holds = [
        Held(
            alert_id=alert.id,
            person="ann",
            receiver="hook",
            key="ann|digest",
            held_as="digest",
            due_at=T0 + 5 * MINUTE,
        )
        for alert in alerts
    ]
    store.alerting.save(alerts, [], holds)
    assert store.alerting.release(T0 + MINUTE, bundle) == 0
    assert store.alerting.next_due() == T0 + 5 * MINUTE
    assert store.alerting.release(T0 + 5 * MINUTE, bundle) == 1
    assert store.alerting.release(T0 + 6 * MINUTE, bundle) == 0
    [(message, payload)] = store.alerting.claim(
        "hook", T0 + 5 * MINUTE, limit=9, lease=MINUTE, admit=all_of_them
    )
    assert isinstance(message, Delivery)
    assert message.kind == "digest"
    assert cast(dict[str, Any], payload)["data"]["headline"] == "3 alerts"


def test_a_hit_that_waits_for_prices_comes_back_as_it_was(store: Store) -> None:
    rule = Rule(id="calm", name="Calm", kind=RuleKind.NEWS_WITHOUT_MOVE, tickers=("TGT",))
    impact = Impact(
        portfolio="alpha",
        issuer_id=IssuerId("cik-27419"),
        ticker="TGT",
        weight=0.04,
        path="direct",
        through=None,
        low_bps=-4.0,
        mid_bps=-2.5,
        high_bps=None,
        why="held",
        sign=-1,
    )
    hit = Hit(
        rule=rule,
        code=HitCode.MATCHED,
        words="Target at −0.55.",
        group="sto_1",
        at=T0,
        article_id="art_1",
        story_id="sto_1",
        headline="Target cuts",
        issuer_id=IssuerId("cik-27419"),
        score=-0.55,
        sign=-1,
        events=("guidance_cut",),
        impact=impact,
        found=(Found(phrase="guidance", span=Span(3, 11)),),
        matched=(("score", "-0.55"),),
    )
    store.alerting.wait_for_prices([hit, hit])
    assert store.alerting.price_waits({"calm": rule}) == [hit]
    assert store.alerting.price_waits({}) == []
    store.alerting.forget_price_waits([], before=T0)
    assert store.alerting.price_waits({"calm": rule}) == [hit]
    store.alerting.forget_price_waits([hit.key], before=T0)
    assert store.alerting.price_waits({"calm": rule}) == []
