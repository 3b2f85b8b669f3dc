"""The page, the API and the commands show a portfolio as it was known."""

from __future__ import annotations

from datetime import timedelta

import httpx
from sqlalchemy import text

from readthrough.desk.open import Desk
from readthrough.portfolio.holdings import read_holdings

from .sample_notes import NOW

EARLIER = (NOW - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")


def test_a_portfolio_is_shown_as_it_was(client: httpx.Client, desk: Desk) -> None:
    for rows, days in (
        ("ticker,quantity,price\nTGT,100,150\n", 5),
        ("ticker,quantity,price\nWMT,60,90\n", 1),
    ):
        book = read_holdings(rows, portfolio_id="core", name="Core", universe=desk.universe)
        desk.store.save_portfolio(book, at=NOW - timedelta(days=days))
    for path in ("", "/rows.json", "/holdings.csv"):
        now, then = (client.get(f"/portfolios/core{path}", params=p) for p in ({}, {"as_of": EARLIER}))
        assert (now.status_code, then.status_code) == (200, 200)
        assert ("WMT" in now.text, "TGT" in now.text) == (True, False)
        assert ("WMT" in then.text, "TGT" in then.text) == (False, True)
    page = client.get("/portfolios/core", params={"as_of": EARLIER}).text
    assert f"as known {EARLIER}" in page
    assert "As known" in client.get("/portfolios/core/brief", params={"as_of": EARLIER}).text
    assert client.get("/portfolios/core", params={"as_of": "soon"}).status_code == 422
    assert client.get("/portfolios/core", params={"as_of": "2001-01-01"}).status_code == 404


def test_the_api_answers_as_of_a_moment(client: httpx.Client, desk: Desk) -> None:
    for rows, days in (
        ("ticker,quantity,price\nTGT,100,150\n", 5),
        ("ticker,quantity,price\nWMT,60,90\n", 1),
    ):
        book = read_holdings(rows, portfolio_id="core", name="Core", universe=desk.universe)
        desk.store.save_portfolio(book, at=NOW - timedelta(days=days))

    def held(**asked: str) -> list[str]:
        answer = client.get("/api/v1/portfolios/core", params=asked).json()
        return [line["ticker"] for line in answer["holdings"]]

    assert held() == ["WMT"]
    assert held(as_of=EARLIER) == ["TGT"]
    assert [book["id"] for book in client.get("/api/v1/portfolios").json()] == ["core"]
    assert client.get("/api/v1/portfolios", params={"as_of": "2001-01-01T00:00"}).json() == []
    for name in ("performance", "risk", "attribution", "exposure", "scenario", "impact", "brief"):
        address = f"/api/v1/portfolios/core/{name}"
        assert client.get(address, params={"as_of": EARLIER}).status_code == 200, name
        assert client.get(address, params={"as_of": "2001-01-01T00:00"}).status_code == 404, name
        assert client.get(address, params={"as_of": "9999-12-31T23:59:59-12:00"}).status_code == 422, name
    with desk.store.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(text("DELETE FROM portfolio_versions"))
    for name in ("performance", "risk", "attribution", "exposure", "scenario", "impact", "brief"):
        address = f"/api/v1/portfolios/core/{name}"
        assert client.get(address, params={"as_of": "0001-01-01T00:00:00+14:00"}).status_code == 200, name
