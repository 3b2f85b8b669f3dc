"""The graph as built, and the rules its loader keeps."""

from __future__ import annotations

from readthrough.domain.security import Edge, IssuerId, Relation
from readthrough.universe import Graph, Universe
from readthrough.universe.graph import CONVERSE

A, B = IssuerId("a"), IssuerId("b")


def ids(universe: Universe, *tickers: str) -> set[str]:
    return {issuer.id for t in tickers if (issuer := universe.by_ticker(t)) is not None}


def test_a_supplier_has_a_customer() -> None:
    graph = Graph([Edge(source=A, target=B, relation=Relation.SUPPLIER, weight=0.3, why="steel")], {})
    assert graph.edges(B) == (Edge(source=B, target=A, relation=Relation.CUSTOMER, why="steel"),)


def test_a_weight_stays_in_its_own_direction() -> None:
    there = Edge(source=A, target=B, relation=Relation.CUSTOMER, weight=0.2, why="x")
    back = Edge(source=B, target=A, relation=Relation.SUPPLIER, weight=0.5, why="y")
    graph = Graph([there, back], {})
    assert graph.edges(A) == (there,)
    assert graph.edges(B) == (back,)


def test_the_unknown_has_no_edges(universe: Universe) -> None:
    assert universe.graph.edges("cik-0") == ()
    assert universe.graph.themes("cik-0") == ()
    assert universe.graph.members("no such theme") == ()


def test_alibaba_competes_with_whom_an_analyst_would_name(universe: Universe) -> None:
    baba = universe.by_ticker("BABA")
    assert baba is not None
    peers = {edge.target for edge in universe.graph.edges(baba.id, Relation.COMPETITOR)}
    assert ids(universe, "JD", "PDD", "0700.HK", "BIDU") <= peers
    assert "China internet" in universe.graph.themes(baba.id)


def test_nvidia_is_supplied_by_tsmc_and_supplies_microsoft(universe: Universe) -> None:
    (nvidia,) = ids(universe, "NVDA")
    suppliers = {e.target for e in universe.graph.edges(nvidia, Relation.SUPPLIER)}
    customers = {e.target for e in universe.graph.edges(nvidia, Relation.CUSTOMER)}
    assert ids(universe, "2330.TW", "MU") <= suppliers
    assert ids(universe, "MSFT", "META") <= customers


def test_every_edge_joins_two_known_issuers_and_is_mirrored(universe: Universe) -> None:
    graph = universe.graph
    for source in graph.issuers:
        for edge in graph.edges(source):
            names = (edge.source, edge.relation, edge.target, edge.why)
            assert universe.issuer(edge.source), names
            assert universe.issuer(edge.target), names
            assert edge.source != edge.target, names
            assert edge.why, names
            assert edge.weight is None or 0 < edge.weight < 1, names
            back = graph.edges(edge.target, CONVERSE[edge.relation])
            assert any(e.target == edge.source for e in back), names


def test_every_theme_holds_at_least_three_known_issuers(universe: Universe) -> None:
    assert len(universe.graph.theme_names) >= 40
    for theme in universe.graph.theme_names:
        members = universe.graph.members(theme)
        assert len(members) >= 3, theme
        assert all(universe.issuer(m) for m in members), theme


def test_the_graph_is_large_enough_to_be_useful(universe: Universe) -> None:
    assert len(universe.graph.issuers) >= 400
    assert len(universe.graph) >= 3000


def test_a_minority_stake_is_no_subsidiary(universe: Universe) -> None:
    for holder, held in (("BRK-B", "AXP"), ("MUFG", "MS"), ("KO", "MNST"), ("UCG.MI", "CBK.DE")):
        (source,), (target,) = ids(universe, holder), ids(universe, held)
        relations = {e.relation for e in universe.graph.edges(source) if e.target == target}
        assert relations.isdisjoint({Relation.SUBSIDIARY, Relation.OWNER}), (holder, held)
