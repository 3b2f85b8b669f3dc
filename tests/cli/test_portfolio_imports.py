"""Which lot a sale closes, said on the command line and in the settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HISTORY = """day,type,account,ticker,quantity,price,amount,currency
2026-01-05,deposit,A-1,,,,10000,USD
2026-01-06,buy,A-1,MSFT,10,100,-1000,USD
2026-01-07,buy,A-1,MSFT,10,130,-1300,USD
2026-01-09,sell,A-1,MSFT,10,120,1200,USD
"""
CUSTODIAN = "Account,Ticker,Quantity,Price,Currency,Cost\nA-1,MSFT,10,120,USD,1000\nA-1,USD,8900,1,USD,\n"


def test_lots_on_the_command_line_and_in_the_settings(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, custodian = tmp_path / "history.csv", tmp_path / "custodian.csv"
    history.write_text(HISTORY, encoding="utf-8")
    custodian.write_text(CUSTODIAN, encoding="utf-8")
    assert command("portfolio", "import", str(history), "--name", "Core", "--lots", "lifo").status == 0
    shown = json.loads(command("portfolio", "show", "core", "--json").out)
    assert [line["quantity"] for line in shown["holdings"] if line["ticker"] == "MSFT"] == [10]
    assert command("portfolio", "reconcile", "core", str(custodian), "--lots", "hifo").status == 0
    assert command("portfolio", "reconcile", "core", str(custodian)).status == 1
    monkeypatch.setenv("READTHROUGH_PORTFOLIO__LOTS", "lifo")
    assert command("portfolio", "reconcile", "core", str(custodian)).status == 0
    ended = command("portfolio", "reconcile", "core", str(custodian), "--lots", "dearest")
    assert ended.status != 0
    assert "fifo, lifo, hifo, average or specific" in " ".join(ended.err.split())
