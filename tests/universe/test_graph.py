"""The graph as built, and the rules its loader keeps."""

from __future__ import annotations

from datetime import date

from readthrough.domain.security import Edge, IssuerId, Relation, Sensitivity
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
    graph = universe.graph
    edges = [edge for issuer_id in graph.issuers for edge in graph.edges(issuer_id)]
    assert len(graph.issuers) >= 1_900
    assert len(edges) >= 12_000
    assert sum(e.relation is Relation.SUPPLIER for e in edges) >= 1_900
    assert sum(e.weight is not None for e in edges) >= 200
    assert all(":" in e.provenance and len(e.provenance) > 20 for e in edges)


def test_a_minority_stake_is_no_subsidiary(universe: Universe) -> None:
    for holder, held in (("BRK-B", "AXP"), ("MUFG", "MS"), ("KO", "MNST"), ("UCG.MI", "CBK.DE")):
        (source,), (target,) = ids(universe, holder), ids(universe, held)
        relations = {e.relation for e in universe.graph.edges(source) if e.target == target}
        assert relations.isdisjoint({Relation.SUBSIDIARY, Relation.OWNER}), (holder, held)


def test_a_tie_holds_on_its_days() -> None:
    ended = Edge(
        source=A, target=B, relation=Relation.SUBSIDIARY, why="bought", since="2019-05-01", until="2024-01-01"
    )
    graph = Graph([ended], {})
    assert graph.edges(A) == ()
    assert len(graph) == 0
    assert graph.edges(A, on=date(2019, 4, 30)) == ()
    assert graph.edges(A, on=date(2019, 5, 1)) == (ended,)
    (back,) = graph.edges(B, Relation.OWNER, date(2023, 12, 31))
    assert (back.target, back.since, back.until) == (A, "2019-05-01", "2024-01-01")
    assert graph.edges(B, Relation.OWNER, date(2024, 1, 1)) == ()


def test_what_is_owned_is_owned_since_a_day(universe: Universe) -> None:
    (holder,), (held,) = ids(universe, "MSFT"), ids(universe, "ATVI")
    then = {e.target for e in universe.graph.edges(holder, Relation.SUBSIDIARY, date(2023, 10, 12))}
    now = {e.target for e in universe.graph.edges(holder, Relation.SUBSIDIARY)}
    assert held not in then
    assert held in now


def test_the_strongest_sensitivity_comes_first() -> None:
    weak, strong = (
        Sensitivity(issuer_id=A, driver=d, sign=1, strength=n, why="x") for d, n in (("oil", 1), ("rates", 2))
    )
    other = Sensitivity(issuer_id=A, driver="oil", sign=-1, why="a second word does not count")
    graph = Graph([], {}, sensitivities=(weak, strong, other), drivers={"oil": "it rises"})
    assert graph.sensitivities(A) == (strong, weak)
    assert graph.exposed("oil") == (weak,)
    assert graph.sensitivities(B) == ()


def test_who_gains_and_who_loses_is_what_an_analyst_would_say(universe: Universe) -> None:
    graph = universe.graph
    assert len(graph.drivers) >= 20
    assert {"rates", "oil", "dollar", "credit", "housing", "tariffs on China", "tariffs on the EU"} <= set(
        graph.drivers
    )
    for ticker, driver, sign in (
        ("DAL", "oil", -1), ("XOM", "oil", 1), ("DHI", "rates", -1), ("SCHW", "rates", 1), ("COF", "credit", -1),
        ("7203.T", "dollar", 1), ("7203.T", "tariffs on Japan and Korea", -1), ("NVDA", "AI spending", 1),
        ("MSFT", "AI spending", -1), ("MAT", "tariffs on China", -1), ("NUE", "tariffs on metals", 1),
        ("CFR.SW", "tariffs on Switzerland", -1), ("HD", "housing", 1), ("NEM", "gold", 1), ("MU", "memory prices", 1),
    ):  # fmt: skip
        (issuer_id,) = ids(universe, ticker)
        felt = {s.driver: s for s in graph.sensitivities(issuer_id)}
        assert felt[driver].sign == sign, (ticker, driver)
        assert felt[driver].why
        assert "sensitivities.txt:" in felt[driver].provenance
    assert all(graph.exposed(driver) for driver in graph.drivers)
    assert all(universe.issuer(s.issuer_id) for driver in graph.drivers for s in graph.exposed(driver))
