"""What a firm may write by hand, what goes wrong, and what its own overlay changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readthrough.domain.errors import UniverseError
from readthrough.universe import Universe, load_universe
from readthrough.universe.handwritten import parse_ambiguity, parse_issuers, parse_sources


def test_an_issuer_line_says_everything() -> None:
    (hand,) = parse_issuers(
        "= JP | Autos\n# a comment\n7203.T TM @toyota | Toyota | cars | Toyota Motor; brand: ~Crown, Lexus\n",
        "f",
    )
    assert (hand.key, hand.tickers, hand.slug) == ("7203.T", ("7203.T", "TM"), "@toyota")
    assert (hand.country, hand.sector, hand.industry) == ("JP", "Autos", "cars")
    assert [(n.text, n.kind, n.ambiguous) for n in hand.names] == [
        ("Toyota", "short", False),
        ("Toyota Motor", "alias", False),
        ("Crown", "brand", True),
        ("Lexus", "brand", False),
    ]


def test_a_ticker_in_brackets_is_a_former_one(tmp_path: Path) -> None:
    text = "= US | Energy\n(ZZOLD) @oldco | Oldco Oil | oil |\n"
    (hand,) = parse_issuers(text, "f")
    assert (hand.key, hand.tickers, hand.former) == ("@oldco", (), ("ZZOLD",))
    (tmp_path / "issuers.txt").write_text(text, "utf-8")
    own = load_universe(tmp_path).by_ticker("ZZOLD")
    assert own is not None
    assert (own.name, own.ticker) == ("Oldco Oil", "")


@pytest.mark.parametrize(
    ("parse", "text", "words"),
    [
        (parse_issuers, "= US | Cars\n", "own.txt:1: unknown sector 'Cars'"),
        (parse_issuers, "\n= USA | Autos\n", "own.txt:2: country 'USA'"),
        (parse_issuers, "F.QQ | Ford\n", "own.txt:1: ticker 'F.QQ' has an unknown suffix"),
        (parse_issuers, "F | Ford | cars | nickname: x\n", "unknown kind of name 'nickname'"),
        (parse_issuers, " | Ford\n", "must not be empty"),
        (parse_issuers, "F | Ford | cars | x | y\n", "has 5 cells"),
        (parse_ambiguity, "F | Ford | Motor\n", "must be lower case"),
        (parse_ambiguity, "F | ~\n", "must not be empty"),
        (parse_sources, "paper | The Times\n", "unknown kind 'paper'"),
    ],
)
def test_a_fault_names_file_line_and_remedy(
    parse: Callable[[str, str], object], text: str, words: str
) -> None:
    with pytest.raises(UniverseError, match="To mend it") as caught:
        parse(text, "own.txt")
    assert words in str(caught.value)


def test_an_overlay_adds_issuers_and_names(tmp_path: Path, universe: Universe) -> None:
    (tmp_path / "issuers.txt").write_text(
        "= GB | Energy\n@acmegrid | Acme Grid | grid batteries | Acme\nTSLA | Tesla | | alias: Tezzla\n",
        "utf-8",
    )
    (tmp_path / "ambiguous.txt").write_text("@acmegrid | ~Acme | grid, battery | corp\n", "utf-8")
    own = load_universe(tmp_path)
    acme = own.issuer("own-acmegrid")
    assert acme is not None
    assert (acme.name, acme.sector) == ("Acme Grid", "Energy")
    name = next(n for n in own.names.named("Acme") if n.issuer_id == acme.id)
    assert (name.ambiguous, name.cues, name.vetoes) == (True, ("grid", "battery"), ("corp",))
    tesla = own.by_ticker("TSLA")
    assert tesla is not None
    assert [n.issuer_id for n in own.names.named("Tezzla")] == [tesla.id]
    assert len(own) == len(universe) + 1
    assert own.digest != universe.digest


def test_an_overlay_may_be_one_file(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("= DE | Autos\nZZZ9.DE | Zettwerk | car parts |\n", "utf-8")
    found = load_universe(path).by_ticker("zzz9.de")
    assert found is not None
    assert found.securities[0].listings[0].mic == "XETR"


def test_a_missing_overlay_and_an_unknown_ticker_are_named(tmp_path: Path) -> None:
    with pytest.raises(UniverseError, match="cannot be read"):
        load_universe(tmp_path / "absent.txt")
    (tmp_path / "ambiguous.txt").write_text("NOSUCH | ~Thing | cue |\n", "utf-8")
    with pytest.raises(UniverseError, match="no issuer has the ticker 'NOSUCH'"):
        load_universe(tmp_path)
