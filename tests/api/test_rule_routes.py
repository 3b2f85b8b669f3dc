"""Rules over the real server."""

from __future__ import annotations

import httpx

RULE = {
    "id": "cuts",
    "name": "Cuts",
    "events": ["guidance_cut"],
    "any_of": [{"tickers": ["TGT"]}, {"words": ["store traffic"]}],
    "none_of": [{"sources": ["Example Blog"]}],
}
ARTICLE = {
    "headline": "Target cuts full-year guidance",
    "body": "Target cut its full-year profit guidance on Wednesday, citing weaker store traffic.",
}


def test_a_rule_is_kept_shown_replaced_and_removed(client: httpx.Client) -> None:
    made = client.post("/api/v1/rules", json=RULE)
    assert made.status_code == 201
    assert made.json()["words"] == (
        "event guidance_cut; (ticker TGT) or (with the words store traffic); not (from Example Blog)"
    )
    assert client.get("/api/v1/rules").json()["rules"][0]["any_of"] == RULE["any_of"]
    changed = client.put("/api/v1/rules/cuts", json={**RULE, "enabled": False})
    assert changed.status_code == 200
    assert client.get("/api/v1/rules/cuts").json()["enabled"] is False
    assert client.delete("/api/v1/rules/cuts").status_code == 204
    assert client.delete("/api/v1/rules/cuts").status_code == 404
    assert client.get("/api/v1/rules/cuts").status_code == 404


def test_the_next_article_meets_a_rule_that_was_just_kept(client: httpx.Client) -> None:
    client.post("/api/v1/rules", json=RULE)
    client.post("/api/v1/articles", json=ARTICLE)
    alert = client.get("/api/v1/alerts").json()["alerts"][0]
    assert alert["rule_id"] == "cuts"
    assert "with the words store traffic" in alert["reason"]["words"]


def test_a_malformed_rule_is_refused_with_the_place_of_the_fault(client: httpx.Client) -> None:
    wrong = {"id": "a", "any_of": [{"tickers": ["TGT"]}, {"events": ["gidance_cut"]}]}
    answer = client.post("/api/v1/rules", json=wrong)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["message"] == "rule (a): any_of[2].events[1]: 'gidance_cut' is not an event type."
    assert error["remedy"].startswith("Did you mean guidance_cut")
    assert client.get("/api/v1/rules").json() == {"rules": []}


def test_a_rule_is_tried_on_the_record_before_it_is_kept(client: httpx.Client) -> None:
    client.post("/api/v1/articles", json=ARTICLE)
    tried = client.post("/api/v1/rules/test", json={**RULE, "min_abs_score": 0.95}).json()
    assert (tried["notes"], tried["fired"]) == (1, [])
    assert {"condition": "min_abs_score 0.95", "more": 1, "headlines": [ARTICLE["headline"]]} in tried[
        "kept_back"
    ]
    tried = client.post("/api/v1/rules/test", json=RULE).json()
    assert [one["headline"] for one in tried["fired"]] == [ARTICLE["headline"]]
    assert client.get("/api/v1/rules").json() == {"rules": []}
