"""Prices pushed over the real server, and questions about books that there are not."""

from __future__ import annotations

import httpx
import pytest

PRICE = {"instrument": "msft", "day": "2026-03-02", "close": "310.55", "currency": "USD"}


def test_prices_and_rates_are_kept(client: httpx.Client) -> None:
    assert client.post("/api/v1/prices", json=[PRICE, {**PRICE, "day": "2026-03-03"}]).json() == {"kept": 2}
    rate = {"currency": "EUR", "base": "USD", "day": "2026-03-02", "rate": 1.08}
    assert client.post("/api/v1/rates", json=[rate]).json() == {"kept": 1}
    assert client.get("/api/v1/prices").json() == []  # nothing is held


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [{**PRICE, "close": 0}],
        [{**PRICE, "close": "NaN"}],
        [{**PRICE, "currency": "XQZ"}],
        [PRICE, {**PRICE, "day": "x"}],
    ],
)
def test_what_cannot_be_a_price_is_refused_whole(
    client: httpx.Client, wrong: list[dict[str, object]]
) -> None:
    assert client.post("/api/v1/prices", json=wrong).status_code == 422


@pytest.mark.parametrize("what", ["impact", "brief"])
def test_a_book_that_there_is_not(client: httpx.Client, what: str) -> None:
    assert client.get(f"/api/v1/portfolios/none/{what}").status_code == 404
