"""What the SEC and OpenFIGI send, and what can be wrong with it."""

from __future__ import annotations

import json

import pytest

from readthrough.domain.errors import UniverseError
from readthrough.universe.incoming import Incoming, RowProblem, faults_of, incoming_json, is_ticker

SEC = {
    "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
    "1": {"cik_str": 99, "ticker": "ZZTOP-PA", "title": "ZZTOP HOLDINGS CORP /DE/"},
    "2": {"cik_str": 98, "title": "No Ticker Inc"},
}


def taken(text: str) -> list[Incoming | RowProblem]:
    return list(incoming_json(text)[1])


def test_the_secs_list_with_lines_of_a_pretty_file() -> None:
    kind, records = incoming_json(json.dumps(SEC, indent=1))
    first, second, third = records
    assert kind == "sec"
    assert isinstance(first, Incoming)
    assert (first.cik, first.ticker, first.name, first.line) == ("0000320193", "AAPL", "Apple Inc", 2)
    assert isinstance(second, Incoming)
    assert (second.name, second.kind, second.line) == ("Zztop Holdings Corp", "preferred", 7)
    assert third == RowProblem(line=12, entry=3, code="bad", reason="it lacks a CIK, a ticker or a name")


def test_the_secs_list_with_exchanges() -> None:
    text = json.dumps(
        {"fields": ["cik", "name", "ticker", "exchange"], "data": [[1, "A B Corp", "AB.C", "NYSE"], [2], 3]}
    )
    first, *rest = taken(text)
    assert isinstance(first, Incoming)
    assert (first.ticker, first.mic, first.currency) == ("AB-C", "XNYS", "USD")
    assert [r.entry for r in rest] == [2, 3]
    assert all(isinstance(r, RowProblem) for r in rest)


def test_answers_of_openfigi() -> None:
    row = {
        "figi": "BBG000B9XRY4", "compositeFIGI": "BBG000B9XRY4", "shareClassFIGI": "BBG001S5N8V8",
        "ticker": "BT/A", "exchCode": "LN", "name": "BT GROUP PLC", "marketSector": "Equity",
        "securityType2": "Common Stock",
    }  # fmt: skip
    answers = [
        {"data": [row, row | {"exchCode": "ZZ"}, row | {"marketSector": "Corp"}, row | {"ticker": None}, 7]},
        {"warning": "No identifier found."},
        {"data": [row | {"ticker": "700", "exchCode": "HK"}]},
        {"data": []},
    ]
    kind, records = incoming_json(json.dumps(answers))
    found = list(records)
    assert kind == "openfigi"
    assert isinstance(found[0], Incoming)
    assert (found[0].ticker, found[0].mic, found[0].kind) == ("BT-A.L", "XLON", "ordinary")
    assert (found[0].figi, found[0].share_figi, found[0].name) == (
        "BBG000B9XRY4",
        "BBG001S5N8V8",
        "Bt Group Plc",
    )
    assert [p.code for p in found[1:5] if isinstance(p, RowProblem)] == ["left_out"] * 4
    assert found[5] == RowProblem(line=1, entry=2, code="bad", reason="OpenFIGI says: No identifier found.")
    assert isinstance(found[6], Incoming)
    assert found[6].ticker == "0700.HK"
    assert isinstance(found[7], RowProblem)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"0": {"cik_str": 1,', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"a": 1}', "neither"),
        ("[1]", "neither"),
        ('{"fields": ["cik"], "data": 5}', "neither"),
    ],
)
def test_other_files_are_refused_with_a_remedy(text: str, words: str) -> None:
    with pytest.raises(UniverseError, match=words) as caught:
        incoming_json(text)
    assert caught.value.remedy


def test_faults_name_the_value() -> None:
    record = Incoming(
        line=1, entry=1, name="A", ticker="A.QQ", isin="US0378331006", lei="X", figi="Y", cik="1", mic="x"
    )
    told = " ".join(faults_of(record))
    for part in ("'A.QQ'", "ISIN 'US0378331006'", "LEI 'X'", "FIGI 'Y'", "CIK '1'", "MIC 'x'"):
        assert part in told
    assert faults_of(Incoming(line=1, entry=1, name="")) == ("it names no issuer",)


def test_tickers() -> None:
    assert all(map(is_ticker, ("BABA", "9988.HK", "BRK-B", "M&M.NS", "BT-A.L")))
    assert not any(map(is_ticker, ("baba", "A.QQ", "A B", "../X", "", "A" * 20)))
