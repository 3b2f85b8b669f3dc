"""The validator: ours has no fault, and each kind of fault in a firm's own files is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from readthrough.domain.security import Edge, IssuerId, Relation
from readthrough.universe import Graph, Universe, load_universe
from readthrough.universe.graph_check import OVERLAY, check_graph, one_way
from readthrough.universe.graph_load import GRAPH_FILES, keys_of
from readthrough.universe.load import DATA

SOURCE = "@source our own notes\n"


def test_our_own_graph_has_no_fault(universe: Universe) -> None:
    assert [str(fault) for fault in check_graph(OVERLAY, universe)] == []


def test_our_tables_are_built_from_the_files_as_they_stand() -> None:
    from tools.graph_file import graph_tables, slugs

    rows = (DATA / "issuers.tsv").read_text("utf-8").splitlines()[1:]
    tables = graph_tables(slugs(keys_of(rows)), rows)
    for file in GRAPH_FILES:
        text = "".join("\t".join(row) + "\n" for row in tables[file])
        assert (DATA / file).read_text("utf-8") == text, f"{file}: run `python -m tools.graph_file`"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("NVDA <- TSM : foundry\n", "graph.txt:1", "not said where this is known from"),
        (SOURCE + "NVDA <- QQQQX : x\n", "graph.txt:2", "no issuer has the key 'QQQQX'"),
        (SOURCE + "NVDA -> WMT=0.6 COST=0.3 : x\nNVDA -> TGT=0.2 : y\n", "graph.txt:3", "add up to 1.10"),
        (SOURCE + "NVDA -> WMT : x\nNVDA -> WMT : y\n", "graph.txt:3", "stand in graph.txt:2 too"),
        (SOURCE + "KO owns PEP : x\nWMT owns PEP : x\n", "graph.txt:3", "is owned by KO already"),
        (SOURCE + "KO owns PEP : x\nPEP owns KO : x\n", "graph.txt:3", "each is said to own the other"),
        (SOURCE + "@theme Two : KO PEP\n", "graph.txt:2", "fewer than 3 members"),
        (SOURCE + "@theme Three : KO PEP SPY\n", "graph.txt:2", "SPY is tied to no one"),
        (SOURCE + "@driver helium : it rises\n", "graph.txt", "nobody is exposed to the driver 'helium'"),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, text: str, where: str, what: str) -> None:
    (tmp_path / "graph.txt").write_text(text, "utf-8")
    faults = check_graph(tmp_path, load_universe(tmp_path))
    assert len(faults) == 1, [str(f) for f in faults]
    assert faults[0].where == where
    assert what in faults[0].what
    assert faults[0].remedy


def test_an_owner_after_another_is_no_fault(tmp_path: Path) -> None:
    text = SOURCE + "KO owns PEP : x [..2020]\nWMT owns PEP : x [2020..]\n"
    (tmp_path / "graph.txt").write_text(text, "utf-8")
    assert check_graph(tmp_path, load_universe(tmp_path)) == ()


def test_a_tie_that_does_not_lead_back_is_found() -> None:
    a, b = IssuerId("a"), IssuerId("b")
    graph = Graph(
        [Edge(source=a, target=b, relation=Relation.SUPPLIER, why="x", provenance="n (f.txt:7)")], {}
    )
    assert list(one_way(graph)) == []
    graph._edges.pop(b)
    (fault,) = one_way(graph)
    assert (fault.where, "does not lead back" in fault.what) == ("f.txt:7", True)


def test_a_firms_own_graph_lies_over_ours(tmp_path: Path, universe: Universe) -> None:
    (tmp_path / "issuers.txt").write_text("= US | Energy\n@acme | Acme Grid | batteries |\n", "utf-8")
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "ties.txt").write_text(
        SOURCE
        + "@acme <> TSLA : grid batteries\nNVDA <- TSM=0.9 : all of its chips\nNVDA eats INTC : lunch\n"
        "@theme AI compute : @acme\noil -- NVDA : by our own model\n",
        "utf-8",
    )
    (folder / "broken.txt").write_bytes(b"\xff\xfe\xff")
    own = load_universe(tmp_path)
    nvidia, tsm = own.by_ticker("NVDA"), own.by_ticker("TSM")
    assert nvidia is not None
    assert tsm is not None
    (edge,) = (e for e in own.graph.edges(nvidia.id, Relation.SUPPLIER) if e.target == tsm.id)
    assert (edge.weight, edge.why) == (0.9, "all of its chips")
    assert edge.provenance == "our own notes (graph/ties.txt:3)"
    assert [e.target for e in own.graph.edges("own-acme")] == [own.by_ticker("TSLA").id]  # type: ignore[union-attr]
    assert "own-acme" in own.graph.members("AI compute")
    assert len(own.graph.members("AI compute")) > 20
    assert {s.driver: s.sign for s in own.graph.sensitivities(nvidia.id)}["oil"] == -1
    assert len(own.graph) >= len(universe.graph)
    told = sorted((f.file.rpartition("/")[2], f.line) for f in own.graph.faults)
    assert told == [("broken.txt", 0), ("ties.txt", 4)]
    assert own.digest != universe.digest
