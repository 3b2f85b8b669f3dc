"""`research moves` over a record made here: articles read by this desk, prices that follow a truth we set."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import rooms

from readthrough.desk.book_news import news_of
from readthrough.desk.flow import process
from readthrough.desk.imports import keep_import, read_book
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.ledger import Price
from readthrough.settings import load_settings
from readthrough.universe.calendars import calendar_of

NAMES = {
    "Microsoft": "MSFT", "Walmart": "WMT", "Boeing": "BA", "Nike": "NKE", "Intel": "INTC", "Pfizer": "PFE",
    "Caterpillar": "CAT", "Netflix": "NFLX", "Starbucks": "SBUX",
}  # fmt: skip
SESSIONS = 30
BORDER = 24
# headline, body, and what the share then does net of the market, in basis points
NEWS = (
    ("{n} raises full-year profit guidance", "{n} raised its full-year profit guidance by {k}%.", 400.0),
    ("{n} cuts full-year profit guidance", "{n} cut its full-year profit guidance by {k}%.", -400.0),
    ("{n} wins Army contract", "{n} won a ${k} million contract from the U.S. Army.", 0.0),
    ("{n} recalls products", "{n} will recall {k},000 products over a safety defect.", 0.0),
)
NOISE_BPS = 60.0


def sessions() -> Iterator[date]:
    day = date(2025, 9, 2)
    for _ in range(SESSIONS + 1):
        day = calendar_of("XNYS").session_from(day)
        yield day
        day += timedelta(days=1)


def opened(home: Path, **flags: object) -> Desk:
    desk = open_desk(load_settings(flags=flags, environ={"READTHROUGH_HOME": str(home)}))
    desk._parts["universe"], desk._parts["playbooks"] = rooms()
    return desk


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that has read 270 articles and holds the closes of their days."""
    home = tmp_path_factory.mktemp("record")
    draw = random.Random(11)
    first, *days = sessions()
    closes = dict.fromkeys([*NAMES.values(), "SPY"], 100.0)
    prices = [priced(ticker, first, 100.0) for ticker in closes]
    with opened(home) as desk:
        for n, day in enumerate(days):
            market = draw.gauss(0, 80)
            moves = {"SPY": market}
            for m, (name, ticker) in enumerate(NAMES.items()):
                headline, body, truth = NEWS[(n + m) % len(NEWS)]
                told = {"n": name, "k": 5 + n + m}
                process(
                    desk,
                    read_article(
                        desk,
                        {
                            "headline": headline.format(**told),
                            "body": body.format(**told),
                            "published_at": f"{day}T12:{m:02d}:00Z",
                        },
                    ),
                )
                moves[ticker] = market + truth + draw.gauss(0, NOISE_BPS)
            for ticker, move in moves.items():
                closes[ticker] *= 1 + move / 1e4
                prices.append(priced(ticker, day, closes[ticker]))
        desk.store.books.save_prices(prices)
    return home


def priced(ticker: str, day: date, close: float) -> Price:
    return Price(
        instrument=ticker, day=day, close=Decimal(str(round(close, 6))), currency="USD", source="test"
    )


def test_a_desk_fits_its_own_record_and_uses_what_it_found(
    record: Path, command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_HOME", str(record))
    border = list(sessions())[1 + BORDER]
    out = tmp_path / "moves.json"
    ended = command("research", "moves", "--split", border.isoformat(), "--out", str(out), "--json")
    assert ended.status == 0, ended.err
    found = json.loads(ended.out)
    table, check = found["table"], found["check"]
    assert json.loads(out.read_text(encoding="utf-8")) == table
    assert table["provenance"]["observations"] == "270"
    rows = {(parent, sign): (n, location) for parent, sign, n, location, _ in table["rows"]}
    assert {key: n for key, (n, _) in rows.items() if n} == {
        ("guidance_change", 1): 68,
        ("guidance_change", -1): 68,
        ("contract_change", 1): 67,
        ("product_withdrawal", -1): 67,
    }
    for sign in (1, -1):  # what moved is told from what did not
        assert rows["guidance_change", sign][1] > 300
        assert rows["guidance_change", sign][1] > 5 * rows["contract_change", 1][1]
        assert rows["guidance_change", sign][1] > 5 * rows["product_withdrawal", -1][1]
    assert abs(table["intensity"]) < 1  # the scores here hardly differ, so they can teach nothing of it
    assert check["observations"] == 54
    assert check["days"] == [border.isoformat(), list(sessions())[-1].isoformat()]
    assert 0.7 < check["coverage"] < 0.95
    assert check["rank_correlation"] > 0.6
    assert expected_on_a_raise(tmp_path, out) > 2 * expected_on_a_raise(tmp_path, None) > 0


def test_the_event_study_command_fits_on_a_file_of_closes_as_on_the_record(
    record: Path, command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_HOME", str(record))
    closes = tmp_path / "closes.csv"
    with opened(record) as desk:
        rows = [f"{p.instrument},{p.day},{p.close}" for p in desk.store.books.prices()]
    closes.write_text("\n".join(["ticker,date,close", *rows]) + "\n", encoding="utf-8")
    fits = [
        command("research", "eventstudy", *given, "--fit", str(tmp_path / name), "--json")
        for name, given in (("own.json", ()), ("given.json", (str(closes),)))
    ]
    assert [ended.status for ended in fits] == [0, 0]
    own, given = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("own.json", "given.json"))
    assert own["rows"] == given["rows"]
    assert "prices given" in given["provenance"]["fitted_on"]
    ended = command("research", "eventstudy")
    assert ended.status == 2
    assert "--fit" in ended.err


def expected_on_a_raise(folder: Path, table: Path | None) -> float:
    """Return what a book of one share is expected to gain, in basis points, when its company raises guidance."""
    home = folder / ("own" if table else "shipped")
    home.mkdir()
    holdings = folder / "coke.csv"
    holdings.write_text("Ticker,Quantity,Price,Currency\nKO,100,60,USD\n", encoding="utf-8")
    article = {
        "headline": "Coca-Cola raises full-year profit guidance",
        "body": "Coca-Cola raised its full-year profit guidance by 7%.",
    }
    with opened(home, **({"portfolio.moves": str(table)} if table else {})) as desk:
        keep_import(desk, read_book(desk, holdings), "coke")
        note = process(desk, read_article(desk, article))
        (hit,) = news_of(desk, "coke").hits
    assert hit.touch.note_id == note["id"]
    assert hit.touch.mid_bps is not None
    return hit.touch.mid_bps


def test_the_same_in_words_without_a_split(
    record: Path, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHROUGH_HOME", str(record))
    ended = command("research", "moves")
    assert ended.status == 0
    assert "270 observations" in ended.err
    assert "Too few of them to check" in ended.err  # the first two thirds are fewer than 200


def test_what_a_record_lacks_is_said(
    record: Path, command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "not a day" in command("research", "moves", "--split", "soon").err
    ended = command("research", "moves")
    assert ended.status != 0
    assert "'SPY'" in ended.err
    monkeypatch.setenv("READTHROUGH_HOME", str(record))
    ended = command("research", "moves", "--out", str(tmp_path / "none" / "moves.json"))
    assert ended.status != 0
    assert "cannot be written" in ended.err
