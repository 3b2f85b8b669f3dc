"""What graph files may say, and how a fault in one is told."""

from __future__ import annotations

import pytest

from readthrough.universe.graph_file import parse_graph
from readthrough.universe.graph_rows import resolve_graph

OWN = """
@source our own calls with companies, May 2026
@driver helium : helium gets dearer
AAA <- BBB=0.3 CCC : valves [2019-05..2023]
AAA <> BBB <> CCC : pumps
@theme Valves : AAA BBB CCC
helium -- [Valves] <balloons> : it fills them
helium + AAA : it sells some
"""
KEYS = {"AAA": "a", "BBB": "b", "CCC": "c", "AAA2": "a"}


def test_a_file_says_ties_themes_and_sensitivities() -> None:
    read = parse_graph(OWN, "own.txt")
    assert read.faults == []
    assert [(t.head, t.target, t.relation, t.weight, t.since, t.until) for t in read.ties] == [
        ("AAA", "BBB", "supplier", "0.3", "2019-05-01", "2023-01-01"),
        ("AAA", "CCC", "supplier", "", "2019-05-01", "2023-01-01"),
        ("AAA", "BBB", "competitor", "", "", ""),
        ("AAA", "CCC", "competitor", "", "", ""),
        ("BBB", "CCC", "competitor", "", "", ""),
    ]
    parts = resolve_graph([read], KEYS.get, {"balloons": ["d"]})
    assert parts.faults == []
    assert parts.edges[0].provenance == "our own calls with companies, May 2026 (own.txt:4)"
    assert {(s.issuer_id, s.sign, s.strength) for s in parts.sensitivities} == {
        ("a", 1, 1), ("b", -1, 2), ("c", -1, 2), ("d", -1, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        ("AAA eats BBB : lunch", "no relation as second word", "Use one of <-"),
        ("AAA <- BBB", "no ` : `", "Write `HEAD RELATION TARGETS"),
        ("AAA <- : valves", "nobody stands after the relation", "Write"),
        ("AAA <- AAA : valves", "AAA is tied to itself", "Remove it"),
        ("AAA <- BBB=1.3 : valves", "'1.3' is no weight", "between 0 and 1"),
        ("AAA <- BBB=much : valves", "'much' is no weight", "between 0 and 1"),
        ("AAA <> BBB CCC <> AAA : pumps", "between every two", "A <> B"),
        ("AAA <- BBB : valves [2020-13..]", "'2020-13' is no day", "2019-05"),
        ("AAA <- BBB : valves [2020..2019]", "before it begins", "first day"),
        ("AAA <- BBB : [2020..]", "gives no reason", "why"),
        ("helium + AAA : why", "no driver 'helium'", "@driver helium"),
        ("AAA <- BBB : a\tb", "tab", "HEAD"),
        ("@theme Valves", "no ` : `", "@theme name"),
    ],
)
def test_a_broken_line_is_left_out_and_named(line: str, what: str, remedy: str) -> None:
    read = parse_graph(f"# mine\nAAA <> BBB : pumps\n{line}\n", "own.txt")
    (fault,) = read.faults
    assert (fault.file, fault.line) == ("own.txt", 3)
    assert what in fault.what
    assert remedy in fault.remedy
    assert len(read.ties) == 1


def test_an_unknown_company_is_a_fault_with_what_was_meant() -> None:
    read = parse_graph("AAA <- BBX CCC : valves\nAAA <- AAA2 : valves\n@theme T : AAA ZZZ\n", "own.txt")
    parts = resolve_graph([read], KEYS.get, {}, near=lambda key: ("BBB",) if key == "BBX" else ())
    assert [e.target for e in parts.edges] == ["c"]
    told = [str(f) for f in parts.faults]
    assert "own.txt:1: no issuer has the key 'BBX'. Did you mean BBB?" in told
    assert any("own.txt:3: no issuer has the key 'ZZZ'. Add the company" in f for f in told)
    assert any("own.txt:2: AAA and AAA2 are one company" in f for f in told)


def test_two_signs_for_one_company_are_a_fault() -> None:
    read = parse_graph(
        "@driver oil : up\noil + AAA : a\noil - AAA BBB : b\noil - [None] <none> : c\n", "o.txt"
    )
    parts = resolve_graph([read], KEYS.get, {})
    assert [(f.line, f.what) for f in parts.faults] == [
        (3, "AAA is said to gain and to lose from oil"),
        (4, "no theme 'None'"),
        (4, "no industry 'none'"),
    ]
