"""An import adds what is new, says what disagrees, and changes nothing the second time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from readthrough.domain.security import Issuer
from readthrough.universe import Universe, load_universe
from readthrough.universe.additions import Additions, add_records
from readthrough.universe.csv_schema import TEMPLATE, incoming_csv
from readthrough.universe.incoming import Incoming, RowProblem, incoming_json
from readthrough.universe.merge import IMPORTED, read_imported


def take(text: str, overlay: Path) -> Additions:
    """Import a text into an overlay, as the desk does."""
    records = incoming_json(text)[1] if text.startswith(("{", "[")) else incoming_csv(text)
    imported, _ = read_imported(overlay)
    done = add_records(records, load_universe(overlay), imported)
    (overlay / IMPORTED).mkdir(exist_ok=True)
    for name, table in imported.tables().items():
        (overlay / IMPORTED / name).write_text(table, "utf-8")
    return done


def files(overlay: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (overlay / IMPORTED).iterdir()}


def found(issuer: Issuer | None) -> Issuer:
    assert issuer is not None
    return issuer


def test_the_template_arrives_whole(tmp_path: Path) -> None:
    done = take(TEMPLATE, tmp_path)
    assert (done.added, done.extended, done.problems) == (2, 0, ())
    own = load_universe(tmp_path)
    acme = found(own.by_ticker("ACMG.L"))
    assert (acme.name, acme.country, acme.sector) == ("Acme Grid", "GB", "Energy")
    assert acme.securities[0].listings[0].mic == "XLON"
    assert own.by_ticker("VOLT.L", on=date(2018, 1, 1)) is acme
    assert own.by_ticker("ACMG.L", on=date(2018, 1, 1)) is None
    assert found(own.by_ticker("VOLT.L")).tickers == ("ACMG.L",)
    assert own.names.named("Acme")[-1].ambiguous
    robots = found(own.issuer("own-examplerobotics"))
    assert robots.ticker == ""


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    text = json.dumps({"0": {"cik_str": 777777777, "ticker": "ZZTP", "title": "Zztop Metals Inc"}})
    first = take(text, tmp_path)
    take(TEMPLATE, tmp_path)
    before = files(tmp_path)
    assert (first.added, first.changes) == (1, True)
    for again in (take(text, tmp_path), take(TEMPLATE, tmp_path)):
        assert (again.added, again.extended, again.changes) == (0, 0, False)
        assert again.unchanged in (1, 3)
    assert files(tmp_path) == before


def test_what_we_hold_gains_identifiers_and_listings(tmp_path: Path, universe: Universe) -> None:
    answers = [
        {"data": [
            {"figi": "BBG000BLNNH6", "compositeFIGI": "BBG000BLNNH6", "shareClassFIGI": "BBG001S5S399",
             "ticker": "IBM", "exchCode": "US", "name": "IBM", "securityType2": "Common Stock"},
            {"figi": "BBG000BLNNV0", "compositeFIGI": "BBG000BLNNV0", "shareClassFIGI": "BBG001S5S399",
             "ticker": "IBM", "exchCode": "GR", "name": "IBM", "securityType2": "Common Stock"},
        ]}
    ]  # fmt: skip
    done = take(json.dumps(answers), tmp_path)
    assert (done.added, done.extended, done.problems) == (0, 1, ())
    own = load_universe(tmp_path)
    ibm = found(own.by_ticker("IBM"))
    assert own.by_ticker("IBM.DE") is ibm
    assert own.by_identifier("BBG001S5S399") is own.by_identifier("BBG000BLNNV0") is ibm
    assert len(ibm.securities) == len(found(universe.by_ticker("IBM")).securities)


def test_an_isin_of_another_issuer_is_a_conflict(tmp_path: Path) -> None:
    text = "issuer,ticker,isin\nNvidia,NVDA,US0378331005\nAcme Grid,ACMG.L,US0378331005\n"
    done = take(text, tmp_path)
    assert [(p.line, p.code) for p in done.problems][:1] == [(2, "conflict")]
    assert (
        "ISIN US0378331005 belongs to Apple (AAPL), but ticker NVDA to Nvidia (NVDA)"
        in done.problems[0].reason
    )
    own = load_universe(tmp_path)
    assert found(own.by_identifier("US0378331005")).name == "Apple"
    assert found(own.by_identifier("US67066G1040")).name == "Nvidia"


def test_a_second_cik_or_isin_for_a_listing_is_a_conflict(tmp_path: Path) -> None:
    text = "issuer,ticker,cik,isin\nNvidia,NVDA,42,\nNvidia,NVDA,,US0231351067\nNvidia,NVDA,,US99999999Z2\n"
    done = take(text, tmp_path)
    told = [p.reason for p in done.problems]
    assert len(told) == 3
    assert "which has the CIK 0001045810, not 0000000042" in told[0]
    assert "belongs to Amazon" in told[1]
    assert "NVDA of Nvidia has the ISIN US67066G1040, not US99999999Z2" in told[2]
    assert not done.changes


def test_a_name_of_another_needs_a_cue(tmp_path: Path) -> None:
    done = take("issuer,ticker\nAcme Grid,ACMG.L\nNvidia Gardens,NVG.L\n", tmp_path)
    assert done.problems == ()
    done = take('issuer,ticker,names\nGreen Robots,GRN9.L,"alias: Nvidia"\n', tmp_path)
    assert [p.code for p in done.problems] == ["conflict"]
    own = load_universe(tmp_path)
    green = found(own.by_ticker("GRN9.L"))
    assert [n.ambiguous for n in own.names.named("Nvidia") if n.issuer_id == green.id] == [True]


def test_problems_are_passed_on_and_ticked(tmp_path: Path) -> None:
    ticks: list[bool] = []
    rows: list[Incoming | RowProblem] = [
        RowProblem(line=1, entry=1, code="bad", reason="r"),
        Incoming(line=2, entry=2, name="Zz", ticker="Z Z"),
        Incoming(line=3, entry=3, name="Zz Metals", ticker="ZZM9", cik="0000000777", by_name=True),
    ]
    imported, _ = read_imported(tmp_path)
    done = add_records(rows, load_universe(), imported, ticks.append)
    assert ticks == [True, True, False]
    assert [p.line for p in done.problems] == [1, 2]
    assert list(imported.issuers) == ["cik-777"]


def test_rows_by_hand_win_over_what_was_imported(tmp_path: Path) -> None:
    take("issuer,ticker\nZettwerk,ZZZ9.DE\n", tmp_path)
    (tmp_path / "issuers.txt").write_text("ZZZ9.DE | ~Zettwerk | car parts | Zettwerk Works\n", "utf-8")
    (tmp_path / "dated.txt").write_text("ZZZ9.DE | ticker | ZZOLD.DE | | 2020-01-01\n", "utf-8")
    own = load_universe(tmp_path)
    zett = found(own.by_ticker("ZZZ9.DE"))
    assert [n.ambiguous for n in own.names.named("Zettwerk")] == [True]
    assert own.by_ticker("ZZOLD.DE", on=date(2019, 1, 1)) is zett
