"""Alerts over HTTP: why, history, what people do; silences, routes, receivers; what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from readthrough.api import serving
from readthrough.desk.books import save_rule
from readthrough.desk.deliver import deliver_due
from readthrough.desk.flow import process
from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.feeds.draft import Draft

V1 = "/api/v1"
HOSTILE = [
    "http://127.0.0.1/x",
    "http://localhost/x",
    "http://10.0.0.1/x",
    "http://192.168.1.1/x",
    "http://172.16.0.1/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/x",
    "http://100.64.0.1/x",
    "http://[::1]/x",
    "http://[::ffff:10.0.0.1]/x",
    "http://[::ffff:7f00:1]/x",
    "http://[fe80::1]/x",
    "http://[fd00::1]/x",
    "http://[64:ff9b::7f00:1]/x",
    "http://[2002:7f00:1::]/x",
    "http://2130706433/x",
    "http://0x7f000001/x",
    "http://0177.0.0.1/x",
    "http://127.1/x",
    "http://0/x",
    "http://0.0.0.0:8321/x",
    "http://user@127.0.0.1/x",
    "https://127.0.0.1:443/x",
]


@pytest.fixture
def alert_id(desk: Desk) -> str:
    save_rule(desk, Rule(id="nv", name="Nvidia", tickers=("NVDA",)))
    process(
        desk,
        Draft(
            headline="Nvidia cuts forecast",
            body="Nvidia cut its revenue forecast for the year. Nvidia shares fell 8%.",
            source="Wire",
        ),
    )
    deliver_due(desk, desk.clock())
    return desk.store.alerts(limit=1)[0].id


def test_an_alert_explains_itself_and_is_answered(client: httpx.Client, alert_id: str) -> None:
    told = client.get(f"{V1}/alerts/{alert_id}").json()
    assert told["alert"]["reason"]["code"] == "matched"
    assert told["rule"]["id"] == "nv"
    assert told["note"]["article"]["headline"] == "Nvidia cuts forecast"
    assert [d["receiver"] for d in told["deliveries"]] == ["page"]
    assert client.post(f"{V1}/alerts/{alert_id}/ack", json={"by": "anna"}).status_code == 204
    assert client.post(f"{V1}/alerts/{alert_id}/snooze", json={"seconds": 60}).json()["until"]
    assert client.post(f"{V1}/alerts/{alert_id}/replay", json={}).json()["due"] >= 1
    states = [row["state"] for row in client.get(f"{V1}/alerts/{alert_id}/history").json()["history"]]
    assert states[0] == "spoken"
    assert {"acknowledged", "snoozed", "replayed"} <= set(states)
    for path in ("", "/history"):
        assert client.get(f"{V1}/alerts/alr_none{path}").status_code == 404
    assert client.post(f"{V1}/alerts/{alert_id}/snooze", json={"seconds": 0}).status_code == 422


def test_silences_and_routes_are_kept_listed_and_ended(client: httpx.Client) -> None:
    made = client.post(f"{V1}/silences", json={"seconds": 60, "ticker": "NVDA", "by": "anna"})
    assert made.status_code == 201
    assert [s["ticker"] for s in client.get(f"{V1}/silences").json()["silences"]] == ["NVDA"]
    assert client.delete(f"{V1}/silences/{made.json()['id']}").status_code == 204
    assert client.get(f"{V1}/silences").json() == {"silences": []}
    assert client.post(f"{V1}/silences", json={"seconds": 60}).status_code in (400, 422)
    kept = client.put(f"{V1}/routes", json={"person": "anna", "receivers": ["page"], "digest": "daily"})
    assert (kept.status_code, kept.json()["digest"]) == (200, "daily")
    assert [r["person"] for r in client.get(f"{V1}/routes").json()["routes"]] == ["anna"]
    refused = client.put(f"{V1}/routes", json={"person": "anna", "digest": "weekly"})
    assert refused.status_code in (400, 422)
    assert "digest" in refused.text
    assert client.delete(f"{V1}/routes", params={"person": "anna"}).status_code == 204
    assert client.delete(f"{V1}/routes", params={"person": "anna"}).status_code == 404


@pytest.mark.parametrize("url", HOSTILE)
def test_an_endpoint_inside_is_refused_at_saving(client: httpx.Client, url: str) -> None:
    answer = client.post(f"{V1}/receivers", json={"name": "evil", "url": url})
    assert answer.status_code in (400, 403, 422), answer.text
    assert "evil" not in client.get(f"{V1}/receivers").text


@pytest.mark.parametrize("kind", ["file", "command", "page"])
def test_what_reaches_this_machine_cannot_be_made_in_use(client: httpx.Client, kind: str) -> None:
    assert client.post(f"{V1}/receivers", json={"name": "evil", "kind": kind}).status_code == 422


@pytest.fixture
def open_door(tmp_path: Path, desk: Desk) -> Iterator[httpx.Client]:
    fetch = desk.settings.fetch.model_copy(update={"allow_private_addresses": True})
    desk.settings = desk.settings.model_copy(update={"fetch": fetch})
    with serving(desk, desk.settings) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


def test_receivers_are_made_their_keys_changed_and_nothing_told_twice(open_door: httpx.Client) -> None:
    made = open_door.post(f"{V1}/receivers", json={"name": "risk", "url": "http://127.0.0.1:9/hook"})
    assert made.status_code == 201
    key = made.json()["secret"]
    assert key.startswith("whsec_")
    fresh = open_door.post(f"{V1}/receivers/risk/rotate").json()["secret"]
    assert fresh != key
    listed = open_door.get(f"{V1}/receivers").text
    assert key not in listed
    assert fresh not in listed
    assert "/hook" not in listed, "an address may hold a key"
    assert open_door.post(f"{V1}/receivers/risk/test").status_code >= 400
    assert open_door.post(f"{V1}/receivers/risk/enable").json() == {"due": 0}
    assert open_door.delete(f"{V1}/receivers/risk").status_code == 204
    assert open_door.delete(f"{V1}/receivers/risk").status_code == 404
    assert (
        open_door.post(f"{V1}/receivers", json={"name": "page", "url": "http://127.0.0.1:9/"}).status_code
        >= 400
    )


def test_alerts_are_listed_by_person_with_the_desks_own(desk: Desk, client: httpx.Client) -> None:
    for owner in ("ann", "bob", ""):
        save_rule(desk, Rule(id=f"of-{owner}", name="Nvidia", tickers=("NVDA",), owner=owner))
    process(
        desk,
        Draft(
            headline="Nvidia cuts forecast",
            body="Nvidia cut its revenue forecast for the year. Nvidia shares fell 8%.",
            source="Wire",
        ),
    )

    def listed(query: str) -> set[str]:
        return {alert["person"] for alert in client.get(f"{V1}/alerts{query}").json()["alerts"]}

    assert listed("") == listed("?person=*") == {"ann", "bob", ""}
    assert listed("?person=ann") == {"ann", ""}
    assert listed("?person=nobody") == {""}
    page = client.get("/alerts?person=bob", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "to <bdi>bob</bdi>" in page.text
