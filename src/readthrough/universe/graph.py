"""How issuers hang together: suppliers, customers, competitors, owners, and the themes they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readthrough.domain.security import Edge, IssuerId, Relation

__all__ = ["CONVERSE", "Graph"]

CONVERSE: Mapping[Relation, Relation] = {
    Relation.SUPPLIER: Relation.CUSTOMER,
    Relation.CUSTOMER: Relation.SUPPLIER,
    Relation.COMPETITOR: Relation.COMPETITOR,
    Relation.PARTNER: Relation.PARTNER,
    Relation.OWNER: Relation.SUBSIDIARY,
    Relation.SUBSIDIARY: Relation.OWNER,
}


class Graph:
    """Typed, directed ties. `Edge(A, B, SUPPLIER)` reads "B is a supplier of A".

    Every edge given is also held the other way round, with its converse relation: a competitor is
    mutual, a supplier has a customer. A weight belongs to its own direction and is not mirrored.
    """

    def __init__(self, edges: Iterable[Edge], themes: Mapping[str, Iterable[str]]) -> None:
        """Index edges by source and themes by member.

        Args:
            edges: Ties as written, either direction; the first of two equal ties wins.
            themes: Theme name to the issuer ids in it.
        """
        held: dict[tuple[str, str, Relation], Edge] = {}
        written = list(edges)
        for edge in written:
            held.setdefault((edge.source, edge.target, edge.relation), edge)
        for edge in written:
            mirrored = Edge(
                source=edge.target, target=edge.source, relation=CONVERSE[edge.relation], why=edge.why
            )
            held.setdefault((mirrored.source, mirrored.target, mirrored.relation), mirrored)
        by_source: dict[str, list[Edge]] = {}
        for edge in held.values():
            by_source.setdefault(edge.source, []).append(edge)
        self._edges = {source: tuple(found) for source, found in by_source.items()}
        self._members = {theme: tuple(IssuerId(i) for i in ids) for theme, ids in themes.items()}
        by_issuer: dict[str, list[str]] = {}
        for theme, ids in self._members.items():
            for issuer_id in ids:
                by_issuer.setdefault(issuer_id, []).append(theme)
        self._themes = {issuer_id: tuple(found) for issuer_id, found in by_issuer.items()}

    def __len__(self) -> int:
        return sum(map(len, self._edges.values()))

    @property
    def issuers(self) -> tuple[IssuerId, ...]:
        """Every issuer with at least one edge."""
        return tuple(IssuerId(source) for source in self._edges)

    @property
    def theme_names(self) -> tuple[str, ...]:
        """Every theme, in the order written."""
        return tuple(self._members)

    def edges(self, issuer_id: str, relation: Relation | None = None) -> tuple[Edge, ...]:
        """Return the edges that start at an issuer, of one relation or all; empty when unknown."""
        found = self._edges.get(issuer_id, ())
        return found if relation is None else tuple(e for e in found if e.relation is relation)

    def themes(self, issuer_id: str) -> tuple[str, ...]:
        """Return the themes an issuer belongs to."""
        return self._themes.get(issuer_id, ())

    def members(self, theme: str) -> tuple[IssuerId, ...]:
        """Return the issuers in a theme; empty when the theme is unknown."""
        return self._members.get(theme, ())
