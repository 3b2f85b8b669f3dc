"""Files of custodians sent over the real server: kept whole, previewed, or refused with nothing kept."""

from __future__ import annotations

import io

import httpx
import pytest

from readthrough.desk.open import Desk

HOLDINGS = "Ticker,Quantity,Price,Currency\nTGT,100,150,USD\nKO,10,60,USD\n"
HISTORY = """day,type,account,ticker,quantity,price,amount,currency
2026-01-05,deposit,A-1,,,,10000,USD
2026-01-06,buy,A-1,MSFT,10,100,-1000,USD
2026-01-07,buy,A-1,MSFT,10,130,-1300,USD
2026-01-09,sell,A-1,MSFT,10,120,1200,USD
"""
ROUTE = "/api/v1/portfolios/import"


def sent(client: httpx.Client, body: str | bytes, **query: str) -> httpx.Response:
    return client.post(ROUTE, params={"name": "Core Fund", **query}, content=body)


def test_a_file_is_kept_and_a_later_one_replaces_it(client: httpx.Client, desk: Desk) -> None:
    answer = sent(client, HOLDINGS)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["id"], found["kept"], found["lost"]) == ("core-fund", True, [])
    assert [line["ticker"] for line in found["portfolio"]["holdings"]] == ["TGT", "KO"]
    sent(client, HOLDINGS.replace("KO", "PEP"))
    (book,) = desk.store.portfolios()
    assert [line.ticker for line in book.holdings] == ["TGT", "PEP"]


def test_a_preview_keeps_nothing(client: httpx.Client, desk: Desk) -> None:
    found = sent(client, HOLDINGS.replace("Quantity", "Stk"), preview="true", column="Stk=quantity").json()
    assert found["kept"] is False
    assert len(found["portfolio"]["holdings"]) == 2
    assert desk.store.portfolios() == []


def test_a_broken_row_refuses_the_whole_unless_partial(client: httpx.Client, desk: Desk) -> None:
    broken = HOLDINGS + "MSFT,ten,5,USD\n"
    answer = sent(client, broken)
    assert answer.status_code == 422
    assert "row 4" in answer.json()["error"]["message"]
    assert desk.store.portfolios() == []
    assert len(sent(client, broken, partial="true").json()["lost"]) == 1
    assert len(desk.store.portfolios()[0].holdings) == 2


def test_a_history_with_its_lots(client: httpx.Client, desk: Desk) -> None:
    found = sent(client, HISTORY, lots="lifo").json()
    assert (found["new_transactions"], found["known_transactions"]) == (4, 0)
    (share,) = [line for line in desk.store.portfolios()[0].holdings if line.ticker == "MSFT"]
    assert share.cost_basis == 1000
    assert sent(client, HISTORY, lots="oldest").status_code == 422


def test_parquet_is_read_and_one_cut_off_refused(client: httpx.Client, desk: Desk) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(
        arrow.table({"Ticker": ["TGT"], "Quantity": [2], "Price": [10], "Currency": ["USD"]}), out
    )
    assert sent(client, out.getvalue()).status_code == 200
    assert sent(client, out.getvalue()[:-40]).status_code == 422
    many = io.BytesIO()
    names = ["x" * 60_000] * 2_000  # a few kilobytes that unfold to 120 MB
    parquet.write_table(arrow.table({"Ticker": names, "Quantity": [1] * 2_000}), many)
    assert len(many.getvalue()) < 200_000
    answer = sent(client, many.getvalue())
    assert answer.status_code == 422
    assert "unfolds" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("", {}),
        ("\x00\x01\x02", {}),
        ("Once upon a time", {}),
        (HOLDINGS, {"name": ""}),
        (HOLDINGS, {"kind": "fund"}),
        (HOLDINGS, {"base": "XQZ"}),
        (HOLDINGS, {"rate": "EUR=-1"}),
        (HOLDINGS, {"rate": "EUR=x"}),
        (HOLDINGS, {"rate": "EUR=NaN"}),
        (HOLDINGS, {"column": "Stk"}),
        (HOLDINGS, {"format": "none"}),
        (HOLDINGS, {"as_of": "soon"}),
    ],
)
def test_what_cannot_be_read_keeps_nothing(
    client: httpx.Client, desk: Desk, body: str, query: dict[str, str]
) -> None:
    answer = sent(client, body, **query)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["message"]
    assert desk.store.portfolios() == []


def test_a_body_over_the_limit_is_not_read(client: httpx.Client, desk: Desk) -> None:
    assert sent(client, HOLDINGS + "KO,1,60,USD\n" * 30_000).status_code == 413
    assert desk.store.portfolios() == []
