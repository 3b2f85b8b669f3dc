"""Which lot a sale closes: as a command says, else as the settings have it; the same quantity, another cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import OpenDesk

from readthrough.desk.imports import keep_import, lot_method, read_book, reconciliation
from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError

HISTORY = """day,type,account,ticker,quantity,price,amount,currency,lots,id
2026-01-05,deposit,A-1,,,,10000,USD,,
2026-01-06,buy,A-1,MSFT,10,100,-1000,USD,,T-1
2026-01-07,buy,A-1,MSFT,10,130,-1300,USD,,T-2
2026-01-08,buy,A-1,MSFT,10,110,-1100,USD,,T-3
2026-01-09,sell,A-1,MSFT,10,120,1200,USD,T-1,T-4
"""
COSTS = {"fifo": 2400, "lifo": 2300, "hifo": 2100, "average": "2266.67", "specific": 2400}


def brought(desk: Desk, folder: Path, text: str, lots: str = "", name: str = "Core") -> None:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    keep_import(desk, read_book(desk, path), name.lower(), lots=lots)


def held(desk: Desk) -> tuple[Decimal, Decimal]:
    """Quantity and cost of the shares."""
    (book,) = desk.store.portfolios()
    lines = [line for line in book.holdings if line.ticker == "MSFT"]
    return sum((line.quantity for line in lines), Decimal(0)), sum(
        (line.cost_basis or Decimal(0) for line in lines), Decimal(0)
    )


@pytest.mark.parametrize(("method", "cost"), COSTS.items())
def test_each_way_of_choosing_lots(desk: Desk, tmp_path: Path, method: str, cost: int | str) -> None:
    brought(desk, tmp_path, HISTORY, method)
    quantity, found = held(desk)
    assert quantity == 20
    assert round(found, 2) == Decimal(cost)
    custodian = tmp_path / "custodian.csv"
    custodian.write_text(
        f"Account,Ticker,Quantity,Price,Currency,Cost\nA-1,MSFT,20,120,USD,{cost}\nA-1,USD,7800,1,USD,\n",
        encoding="utf-8",
    )
    theirs = read_book(desk, custodian)
    assert reconciliation(desk, "core", theirs, lots=method).agrees
    other = "hifo" if method != "hifo" else "fifo"
    (broken,) = reconciliation(desk, "core", theirs, lots=other).breaks
    assert broken.kind == "cost"


def test_the_settings_say_it_for_every_command(open_test_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_test_desk(**{"portfolio.lots": "lifo"})
    brought(desk, tmp_path, HISTORY)
    assert held(desk) == (Decimal(20), Decimal(2300))
    assert lot_method(desk) == "lifo"
    assert lot_method(desk, "average") == "average"
    brought(desk, tmp_path, HISTORY, "hifo")
    assert held(desk) == (Decimal(20), Decimal(2100))


def test_a_way_that_there_is_not_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(HoldingsError, match="'oldest'") as caught:
        brought(desk, tmp_path, HISTORY, "oldest")
    assert "average" in caught.value.remedy
    assert desk.store.portfolios() == []
    assert desk.store.books.transactions("core") == []


def test_more_history_makes_the_holdings_anew(desk: Desk, tmp_path: Path) -> None:
    brought(desk, tmp_path, HISTORY)
    brought(desk, tmp_path, HISTORY + "2026-01-12,sell,A-1,MSFT,5,125,625,USD,,T-5\n")
    assert held(desk) == (Decimal(15), Decimal(1750))


def test_holdings_of_a_file_of_positions_stay(desk: Desk, tmp_path: Path) -> None:
    brought(desk, tmp_path, "Account,Ticker,Quantity,Price,Currency\nA-1,MSFT,21,120,USD\n")
    brought(desk, tmp_path, HISTORY)
    assert held(desk)[0] == 21
