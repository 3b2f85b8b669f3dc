"""Rules, portfolios, alerts, notes, questions: kept by one command, seen by the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def kept(command: Callable[..., Any], article: str, tmp_path: Path) -> Callable[..., Any]:
    """A desk with a portfolio, a rule and a note that fires it."""
    holdings = tmp_path / "holdings.csv"
    holdings.write_text("Ticker,Quantity,Price,Currency\nMSFT,100,500,USD\nKO,100,60,USD\n")
    assert command("portfolio", "import", str(holdings), "--name", "Global Equity").status == 0
    assert command("rule", "add", "--id", "msft", "--ticker", "MSFT", "--min-relevance", "0.2").status == 0
    assert command("analyze", article, "--save").status == 0
    return command


def test_portfolios(kept: Callable[..., Any]) -> None:
    assert "global-equity" in kept("portfolio", "list").out
    found = json.loads(kept("portfolio", "list", "--json").out)
    assert [len(each["holdings"]) for each in found] == [2]
    assert kept("portfolio", "remove", "global-equity").status == 0
    assert kept("portfolio", "remove", "global-equity").status == 11
    assert "no portfolios" in kept("portfolio", "list").err


def test_rules(kept: Callable[..., Any], tmp_path: Path) -> None:
    assert "ticker MSFT; relevance at least 0.20" in " ".join(kept("rule", "list").out.split())
    file = tmp_path / "rules.toml"
    file.write_text('[[rule]]\nid = "deals"\nevents = ["ma_announced"]\n')
    assert kept("rule", "add", str(file)).status == 0
    assert [rule["id"] for rule in json.loads(kept("rule", "list", "--json").out)] == ["deals", "msft"]
    file.write_text('[[rule]]\nid = "x"\nevents = ["ma_anounced"]\n')
    ended = kept("rule", "add", str(file))
    assert ended.status == 12
    assert "ma_announced" in ended.err
    assert kept("rule", "remove", "deals").status == 0
    assert kept("rule", "remove", "deals").status == 12
    assert kept("rule", "add", str(tmp_path / "none.toml")).status == 3


def test_alerts(kept: Callable[..., Any]) -> None:
    [alert] = json.loads(kept("alerts", "list", "--json").out)
    assert alert["rule_id"] == "msft"
    assert "Orbex raises guidance" in kept("alerts", "list").out
    why = kept("alerts", "why", alert["id"])
    assert "page" in why.out
    assert "MSFT" in why.out
    assert json.loads(kept("alerts", "why", alert["id"], "--json").out)["alert"]["id"] == alert["id"]
    assert kept("alerts", "why", "none").status == 3


def test_notes(kept: Callable[..., Any]) -> None:
    [note] = json.loads(kept("notes", "list", "--json", "--ticker", "MSFT").out)
    assert note["id"] in kept("notes", "list").out
    assert json.loads(kept("notes", "list", "--json", "--ticker", "KO").out) == []
    assert "EFFECT ON THE BOOK" in kept("notes", "show", note["id"]).out
    assert json.loads(kept("notes", "show", note["id"], "--json").out) == note
    assert kept("notes", "show", "none").status == 3
    assert "received 20" in kept("notes", "show", note["id"]).err


def test_what_was_known_then(kept: Callable[..., Any]) -> None:
    (note,) = json.loads(kept("notes", "list", "--json").out)
    for question in (("notes", "list"), ("alerts", "list")):
        assert json.loads(kept(*question, "--as-of", "2020-01-01", "--json").out) == []
        assert len(json.loads(kept(*question, "--as-of", "2199-01-01", "--json").out)) == 1
    assert kept("notes", "show", note["id"], "--as-of", "2020-01-01").status == 3
    assert kept("notes", "show", note["id"], "--as-of", "2199-01-01", "--json").status == 0
    assert kept("notes", "list", "--as-of", "yesterday").status == 2


def test_questions(kept: Callable[..., Any]) -> None:
    told = kept("ask", "What", "did", "Microsoft", "say", "about", "guidance?")
    assert "raised its full-year" in " ".join(told.out.split())
    assert "[1]" in told.out
    answer = json.loads(kept("ask", "Microsoft guidance", "--json").out)
    assert answer["sentences"][0]["citation"]["note_id"]
    assert "do not say" in kept("ask", "Who won the football match in Zagreb?").out


def test_an_empty_desk_says_what_to_do(command: Callable[..., Any]) -> None:
    for arguments in (["notes", "list"], ["alerts", "list"], ["rule", "list"], ["portfolio", "list"]):
        ended = command(*arguments)
        assert (ended.status, ended.out) == (0, "")
        assert "readthrough" in ended.err


@pytest.mark.parametrize("name", ["alibaba", "BABA", "9988.hk"])
def test_universe_lookup(command: Callable[..., Any], name: str) -> None:
    ended = command("universe", "lookup", name)
    assert "Alibaba" in ended.out.splitlines()[0]
    assert json.loads(command("universe", "lookup", name, "--json").out)[0]["ticker"] == "BABA"


def test_an_unknown_name(command: Callable[..., Any]) -> None:
    assert command("universe", "lookup", "zzqq unheard of").status == 3


def test_config_shows_where_a_value_came_from(
    command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_SERVE__PORT", "9000")
    rows = {row["name"]: row for row in json.loads(command("config", "show", "--json").out)}
    assert rows["serve.port"] == {"name": "serve.port", "value": "9000", "source": "READTHROUGH_SERVE__PORT"}
    assert "READTHROUGH_SERVE__PORT" in command("config", "show").out


def test_a_rule_that_names_what_is_not_there(command: Callable[..., Any]) -> None:
    ended = command("rule", "add", "--id", "a", "--ticker", "MSFT", "--receiver", "pgae")
    assert ended.status == 12
    assert "Did you mean page?" in ended.err
    assert command("rule", "list", "--json").out.strip() == "[]"
    ended = command(
        "rule", "add", "--id", "a", "--portfolio", "core", "--ticker", "QQZZQ", "--sign", "negative"
    )
    assert ended.status == 0
    assert "no portfolio has the id 'core' yet" in ended.err
    assert "ticker 'QQZZQ' is not in the universe" in ended.err
    assert "negative for the book" in " ".join(command("rule", "list").out.split())
    ended = command("doctor", "--json")
    rules = next(row for row in json.loads(ended.out) if row["name"] == "rules")
    assert (rules["state"], ended.status) == ("fault", 1)
    assert "a watches 'core'" in rules["detail"]
