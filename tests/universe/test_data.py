"""Every data file holds what it should; a fault names file and line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stdnum import isin, lei

from readthrough.domain.security import NameKind, Relation
from readthrough.universe import Universe
from readthrough.universe.handwritten import (
    MARKETS,
    SECTORS,
    is_day,
    parse_ambiguity,
    parse_issuers,
    parse_sources,
)
from readthrough.universe.load import DATA
from readthrough.universe.names import fold_words
from readthrough.universe.table import (
    GRAPH_COLUMNS,
    ISSUER_COLUMNS,
    NAME_COLUMNS,
    NameRow,
    issuer_of,
    pack_securities,
    read_table,
)
from readthrough.universe.timeline import DATE_COLUMNS, Dated

OVERLAY = DATA.parent / "overlay"


def rows(file: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    text = (DATA / file).read_text("utf-8")
    assert text.splitlines()[0] == "\t".join(columns), f"{file}:1: header"
    for number, cells in enumerate(read_table(text, len(columns), file), 2):
        yield f"{file}:{number}", cells


def test_issuers_are_unique_complete_and_pack_back() -> None:
    ids: set[str] = set()
    tickers: set[str] = set()
    for where, cells in rows("issuers.tsv", ISSUER_COLUMNS):
        issuer = issuer_of(cells)
        assert issuer.id not in ids, f"{where}: id twice: {issuer.id}"
        ids.add(issuer.id)
        assert issuer.name.strip() == issuer.name != "", f"{where}: name"
        assert not issuer.sector or issuer.sector in SECTORS, f"{where}: sector {issuer.sector!r}"
        assert not issuer.country or (len(issuer.country) == 2 and issuer.country.isupper()), where
        assert not issuer.cik or (len(issuer.cik) == 10 and issuer.cik.isdigit()), (
            f"{where}: CIK {issuer.cik}"
        )
        assert not issuer.lei or lei.is_valid(issuer.lei), f"{where}: LEI {issuer.lei}"
        listed = {code for code in cells[2].split() if code[0] != "("}
        assert listed == set(issuer.tickers), f"{where}: tickers and listings differ"
        assert tickers.isdisjoint(issuer.tickers), f"{where}: ticker twice"
        tickers.update(issuer.tickers)
        assert pack_securities(issuer.securities) == cells[8], f"{where}: securities"
        for security in issuer.securities:
            assert not security.isin or isin.is_valid(security.isin), f"{where}: ISIN {security.isin}"
            for line in security.listings:
                suffix = line.ticker.rpartition(".")[2] if "." in line.ticker else ""
                if suffix:
                    assert (line.mic, line.currency) == MARKETS[suffix][:2], f"{where}: {line.ticker}"
    assert len(ids) > 8000


def test_names_point_to_issuers_and_can_be_matched(universe: Universe) -> None:
    seen: set[tuple[str, str]] = set()
    for where, cells in rows("names.tsv", NAME_COLUMNS):
        row = NameRow._make(cells)
        assert universe.issuer(row.issuer_id) is not None, f"{where}: no issuer {row.issuer_id}"
        assert row.kind in list(NameKind), f"{where}: kind {row.kind!r}"
        assert row.ambiguous in ("", "1"), f"{where}: flag {row.ambiguous!r}"
        assert fold_words(row.text), f"{where}: {row.text!r} has no words"
        assert (row.text.lower(), row.issuer_id) not in seen, f"{where}: {row.text!r} twice"
        seen.add((row.text.lower(), row.issuer_id))
        for phrase in (*row.cues.split(","), *row.vetoes.split(",")):
            assert phrase == phrase.strip().lower(), f"{where}: {phrase!r}"


def test_a_name_of_two_issuers_is_ambiguous() -> None:
    held: dict[str, list[tuple[str, NameRow]]] = {}
    for where, cells in rows("names.tsv", NAME_COLUMNS):
        held.setdefault(cells[0].lower(), []).append((where, NameRow._make(cells)))
    for same in held.values():
        if len(same) > 1:
            assert all(row.ambiguous for _, row in same), [f"{w}: {r.text}" for w, r in same]


def test_dates_are_of_known_names_and_tickers(universe: Universe) -> None:
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for where, cells in rows("dates.tsv", DATE_COLUMNS):
        row = Dated._make(cells)
        assert not row.issuer_id or universe.issuer(row.issuer_id), f"{where}: no issuer {row.issuer_id}"
        assert all(is_day(day) for day in (row.starts, row.ends) if day), where
        assert row.starts or row.ends, f"{where}: no date"
        assert not row.ends or row.starts < row.ends, f"{where}: ends before it begins"
        if row.what == "name":
            assert row.issuer_id in {n.issuer_id for n in universe.names.named(row.text)}, (
                f"{where}: {row.text}"
            )
            continue
        assert row.what == "ticker", where
        for starts, ends in held.setdefault((row.what, row.text), []):
            apart = (ends and ends <= row.starts) or (row.ends and row.ends <= starts)
            assert apart, f"{where}: {row.text} has two owners at once"
        held[row.what, row.text].append((row.starts, row.ends))


def test_the_overlay_of_the_world_is_large() -> None:
    abroad = [
        hand
        for path in sorted((OVERLAY / "issuers").glob("*.txt"))
        for hand in parse_issuers(path.read_text("utf-8"), path.name)
        if hand.country != "US" or not hand.tickers
    ]
    assert len(abroad) >= 2_000


def test_graph_rows_are_sound(universe: Universe) -> None:
    for where, (source, target, relation, weight, why, since, until, place) in rows(
        "graph.tsv", GRAPH_COLUMNS
    ):
        assert universe.issuer(target) is not None, f"{where}: no issuer {target}"
        if relation == "theme":
            continue
        assert relation in list(Relation), f"{where}: relation {relation!r}"
        assert universe.issuer(source) is not None, f"{where}: no issuer {source}"
        assert source != target, f"{where}: tied to itself"
        assert why, f"{where}: no reason"
        assert not weight or 0 < float(weight) < 1, f"{where}: weight {weight}"
        assert all(not day or is_day(day) for day in (since, until)), f"{where}: {since}..{until}"
        assert place.rpartition(":")[2].isdigit(), f"{where}: {place} is no place"


def test_hand_written_files_parse() -> None:
    issuers = [
        hand
        for path in sorted((OVERLAY / "issuers").glob("*.txt"))
        for hand in parse_issuers(path.read_text("utf-8"), path.name)
    ]
    assert len(issuers) >= 350
    assert len(parse_ambiguity((OVERLAY / "ambiguous.txt").read_text("utf-8"), "ambiguous.txt")) >= 150
    assert len(parse_sources((OVERLAY / "sources.txt").read_text("utf-8"), "sources.txt")) >= 200


def test_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 3_000_000


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("Nvidia", False), ("Apple", False), ("Intel", False), ("Amazon", False), ("Oracle", False),
        ("Ford", False), ("Meta", False), ("Shell", False), ("JPMorgan", False), ("BofA", False),
        ("P&G", False), ("J&J", False), ("TSMC", False), ("Novo", False), ("LVMH", False), ("Exxon", False),
        ("Lilly", False), ("Costco", False), ("Nike", False), ("Disney", False), ("Boeing", False),
        ("YouTube", False), ("AWS", False), ("Zara", True), ("Ozempic", False), ("Keytruda", False),
        ("Jaguar Land Rover", False), ("Facebook", False), ("Google", False), ("Delta Air Lines", False),
        ("Target", True), ("Gap", True), ("Block", True), ("Match", True), ("Ally", True), ("Snap", True),
        ("Orange", True), ("Sea", True), ("Next", True), ("Progressive", True), ("Arm", True),
    ],
)  # fmt: skip
def test_everyday_names_are_known(universe: Universe, text: str, ambiguous: bool) -> None:
    names = universe.names.named(text)
    assert names, text
    assert names[0].ambiguous is ambiguous


def test_a_number_is_no_name_by_itself() -> None:
    named = [NameRow(*cells) for _, cells in rows("names.tsv", NAME_COLUMNS)]
    assert [row.text for row in named if row.text.isdigit() and not row.ambiguous] == []
