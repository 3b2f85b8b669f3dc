"""The API over the real flow: what comes back, page by page, and how bad requests are answered."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from readthrough.api.models import AlertsPage, ErrorModel, NoteModel, NotesPage
from readthrough.api.research_models import AnswerModel
from readthrough.desk import books
from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.samples import sample_articles

SAMPLES = sample_articles()
ARTICLE = next(a for a in SAMPLES if a["headline"].startswith("Alibaba misses"))


def post(client: httpx.Client, sent: object) -> Any:
    response = client.post("/api/v1/articles", json=sent)
    assert response.status_code == 200, response.text
    return response.json()


def refused(response: httpx.Response, status: int) -> ErrorModel:
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("application/json")
    assert "Traceback" not in response.text
    return ErrorModel.model_validate_json(response.text)


def extras(model: Any, place: str = "") -> list[str]:
    """Name the fields that a model did not know."""
    if isinstance(model, list):
        return [name for item in model for name in extras(item, place)]
    if not hasattr(model, "model_extra"):
        return []
    found = [f"{place}.{name}" for name in model.model_extra or {}]
    return found + [
        n for name in type(model).model_fields for n in extras(getattr(model, name), f"{place}.{name}")
    ]


def test_an_article_comes_back_as_its_note(client: httpx.Client) -> None:
    note = post(client, ARTICLE)
    assert note["article"]["headline"] == ARTICLE["headline"]
    assert any(t["ticker"] == "BABA" for t in note["tickers"])
    assert client.get(f"/api/v1/notes/{note['id']}").json() == note


def test_the_same_article_twice_changes_nothing(client: httpx.Client) -> None:
    first, second = post(client, ARTICLE), post(client, ARTICLE)
    assert first == second
    assert len(client.get("/api/v1/notes").json()["notes"]) == 1


def test_every_sample_fits_the_models_with_nothing_left_over(client: httpx.Client) -> None:
    notes = post(client, SAMPLES)
    assert len(notes) == len(SAMPLES)
    for note in notes:
        read = NoteModel.model_validate_json(json.dumps(note))
        assert extras(read) == []
        again = json.loads(read.model_dump_json(exclude_unset=True))
        assert set(again) == set(note)


def test_a_list_gets_a_note_each_in_order(client: httpx.Client) -> None:
    notes = post(client, SAMPLES[:5])
    assert [note["article"]["headline"] for note in notes] == [a["headline"] for a in SAMPLES[:5]]


def test_pages_of_notes_join_without_gap_or_double(client: httpx.Client) -> None:
    sent = {note["id"] for note in post(client, SAMPLES[:7])}
    seen: list[str] = []
    address = "/api/v1/notes?limit=3"
    for _ in range(3):
        page = NotesPage.model_validate_json(client.get(address).text)
        seen += [note.id for note in page.notes]
        address = f"/api/v1/notes?limit=3&cursor={page.next}"
    assert page.next is None
    assert len(seen) == len(sent)
    assert set(seen) == sent


def test_notes_of_one_ticker_and_of_one_moment(client: httpx.Client) -> None:
    post(client, [ARTICLE, SAMPLES[0]])
    found = client.get("/api/v1/notes", params={"ticker": "BABA"}).json()["notes"]
    assert [note["article"]["headline"] for note in found] == [ARTICLE["headline"]]
    early = {"as_of": "2020-01-01T00:00:00Z"}
    assert client.get("/api/v1/notes", params=early).json() == {"notes": [], "next": None}
    refused(client.get(f"/api/v1/notes/{found[0]['id']}", params=early), 404)


def test_alerts_say_why(client: httpx.Client, desk: Desk) -> None:
    books.save_rule(desk, Rule(id="all", name="Anything on Alibaba", tickers=("BABA",)))
    post(client, ARTICLE)
    page = AlertsPage.model_validate_json(client.get("/api/v1/alerts").text)
    assert extras(page) == []
    assert [alert.rule_id for alert in page.alerts] == ["all"]
    assert page.alerts[0].reason.words
    assert "Anything on Alibaba" in client.get("/alerts").text


def test_questions_are_answered_with_citations(client: httpx.Client) -> None:
    note = post(client, ARTICLE)
    answer = AnswerModel.model_validate_json(
        client.get("/api/v1/ask", params={"q": "Alibaba cloud revenue"}).text
    )
    assert extras(answer) == []
    assert answer.found
    assert {s.citation.note_id for s in answer.sentences} == {note["id"]}
    nothing = client.get("/api/v1/ask", params={"q": "zebra crossings"}).json()
    assert nothing["found"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b"\xff\xfe", 422),
        (b'{"headline": 7}', 422),
        (b'{"headline": "\\ud800"}', 422),
        (b'{"headlin": "x"}', 422),
        (b'{"published_at": "yesterday"}', 422),
        (b'{"published_at": "0001-01-01T00:00:00+14:00"}', 422),
        (b'{"headline": "' + b"x" * 5_000 + b'"}', 422),
        (b"[" + b",".join([b"{}"] * 101) + b"]", 422),
        (b"[" * 100_000, 422),
    ],
)
def test_bad_bodies_are_told_what_is_wrong(client: httpx.Client, body: bytes, status: int) -> None:
    response = client.post("/api/v1/articles", content=body, headers={"content-type": "application/json"})
    error = refused(response, response.status_code).error
    assert response.status_code in (status, 400)
    assert error.message
    assert error.remedy
    assert len(response.text) < 2_000, "what was sent is not repeated"


def test_a_body_that_is_too_large_is_refused_said_or_unsaid(client: httpx.Client) -> None:
    large = b'{"headline": "x", "body": "' + b"y" * 400_000 + b'"}'
    json_type = {"content-type": "application/json"}
    assert refused(client.post("/api/v1/articles", content=large, headers=json_type), 413).error.remedy
    chunks = (large[i : i + 10_000] for i in range(0, len(large), 10_000))
    assert refused(client.post("/api/v1/articles", content=chunks, headers=json_type), 413).error.remedy


def test_a_chunked_body_that_fits_is_read(client: httpx.Client) -> None:
    raw = json.dumps(ARTICLE).encode()
    response = client.post(
        "/api/v1/articles", content=iter([raw[:100], raw[100:]]), headers={"content-type": "application/json"}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/nothing", 404),
        ("/api/v1/notes/nothing", 404),
        ("/api/v1/notes?limit=0", 422),
        ("/api/v1/notes?limit=9999", 422),
        ("/api/v1/notes?cursor=nothing", 422),
        ("/api/v1/notes?as_of=never", 422),
        ("/api/v1/ask", 422),
        ("/api/v1/ask?q=" + "x" * 2_001, 422),
    ],
)
def test_bad_questions_have_the_one_shape(client: httpx.Client, path: str, status: int) -> None:
    assert refused(client.get(path), status).error.remedy


def test_a_wrong_method_has_the_one_shape(client: httpx.Client) -> None:
    response = client.delete("/api/v1/notes")
    assert refused(response, 405).error.code == "method_not_allowed"
    assert response.headers["allow"] == "GET"


def test_text_that_is_not_declared_as_json_is_refused(client: httpx.Client) -> None:
    response = client.post(
        "/api/v1/articles", content=json.dumps(ARTICLE), headers={"content-type": "text/plain"}
    )
    refused(response, 422)


def test_health_and_metrics(client: httpx.Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert "readthrough_http_requests_total" in client.get("/metrics").text


def test_the_description_names_every_endpoint(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/articles",
        "/api/v1/articles/batch",
        "/api/v1/status",
        "/api/v1/notes",
        "/api/v1/notes/{note_id}",
        "/api/v1/alerts",
        "/api/v1/ask",
        "/api/v1/ask/stream",
        "/api/v1/documents",
        "/api/v1/documents/{document_id}",
        "/api/v1/export/{table}",
        "/api/v1/search",
        "/api/v1/stream",
        "/api/v1/alerts/{alert_id}",
        "/api/v1/alerts/{alert_id}/ack",
        "/api/v1/alerts/{alert_id}/history",
        "/api/v1/alerts/{alert_id}/replay",
        "/api/v1/alerts/{alert_id}/snooze",
        "/api/v1/portfolios",
        "/api/v1/portfolios/import",
        "/api/v1/portfolios/{portfolio_id}",
        "/api/v1/prices",
        "/api/v1/rates",
        "/api/v1/receivers",
        "/api/v1/receivers/{name}",
        "/api/v1/receivers/{name}/enable",
        "/api/v1/receivers/{name}/rotate",
        "/api/v1/receivers/{name}/test",
        "/api/v1/routes",
        "/api/v1/rules",
        "/api/v1/rules/test",
        "/api/v1/rules/{rule_id}",
        "/api/v1/silences",
        "/api/v1/silences/{silence_id}",
        *(
            f"/api/v1/portfolios/{{portfolio_id}}/{name}"
            for name in ("performance", "risk", "attribution", "exposure", "scenario", "impact", "brief")
        ),
        "/healthz",
    }
    note = described["components"]["schemas"]["NoteModel"]["properties"]
    assert set(note) == set(post(client, ARTICLE))


@pytest.mark.parametrize("sent", ["2026-03-02T13:30:00Z", "2026-03-02T14:30:00+01:00", "2026-03-02T13:30:00"])
def test_times_become_utc(client: httpx.Client, sent: str) -> None:
    note = post(client, {"headline": "Orbex cuts its outlook", "published_at": sent})
    assert note["article"]["published_at"] == "2026-03-02T13:30:00Z"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "neither a headline nor a body"),
        ({"id": "1", "headline": " ", "body": "--"}, "no words"),
        ({"headline": "x", "published_at": "yesterday"}, "published_at: 'yesterday'"),
    ],
)
def test_what_is_no_article_is_refused_alone_and_in_a_list(
    client: httpx.Client, sent: dict[str, str], words: str
) -> None:
    error = refused(client.post("/api/v1/articles", json=sent), 422).error
    assert words in error.message
    listed = client.post("/api/v1/articles", json=[sent, ARTICLE]).json()
    assert listed[0]["error"] == error.model_dump()
    assert "summary" in listed[1]


def test_malformed_json_is_told_by_line_and_column(client: httpx.Client) -> None:
    response = client.post(
        "/api/v1/articles",
        content=b'{"headline": "x",\n "body" 3}',
        headers={"content-type": "application/json"},
    )
    assert "at line 2, column 9" in refused(response, 422).error.message
