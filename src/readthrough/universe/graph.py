"""How issuers hang together: suppliers, customers, competitors, owners, and the themes they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from readthrough.domain.fault import FileFault
from readthrough.domain.security import Edge, IssuerId, Relation, Sensitivity

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
    A tie that has ended is found on days when it held, and is no tie of now.
    """

    def __init__(
        self,
        edges: Iterable[Edge],
        themes: Mapping[str, Iterable[str]],
        *,
        sensitivities: Iterable[Sensitivity] = (),
        drivers: Mapping[str, str] | None = None,
        faults: Iterable[FileFault] = (),
    ) -> None:
        """Index edges by source and themes by member.

        Args:
            edges: Ties as written, either direction; the first of two equal ties wins.
            themes: Theme name to the issuer ids in it.
            sensitivities: What rises of the drivers do to issuers; the first of an issuer and driver wins.
            drivers: What each driver of sensitivities means.
            faults: What was left out of a firm's own files, and why.
        """
        self.faults = tuple(faults)
        self.drivers = dict(drivers or {})
        by_source: dict[str, list[Edge]] = {}
        for edge in _both_ways(edges):
            by_source.setdefault(edge.source, []).append(edge)
        # few ties have days: only where one has is a day asked for
        self._dated = {
            source: tuple(found)
            for source, found in by_source.items()
            if any(e.since or e.until for e in found)
        }
        self._edges = {
            source: now
            for source, found in by_source.items()
            if (now := tuple(e for e in found if not e.until))
        }
        felt: dict[tuple[str, str], Sensitivity] = {}
        for each in sensitivities:
            felt.setdefault((each.issuer_id, each.driver), each)
        by_felt: dict[str, list[Sensitivity]] = {}
        by_driver: dict[str, list[Sensitivity]] = {}
        for each in felt.values():
            by_felt.setdefault(each.issuer_id, []).append(each)
            by_driver.setdefault(each.driver, []).append(each)
        self._felt = {i: tuple(sorted(found, key=_weakness)) for i, found in by_felt.items()}
        self._exposed = {d: tuple(sorted(found, key=_weakness)) for d, found in by_driver.items()}
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

    def edges(
        self, issuer_id: str, relation: Relation | None = None, on: date | None = None
    ) -> tuple[Edge, ...]:
        """Return the edges that start at an issuer; empty when unknown.

        Args:
            issuer_id: Whose.
            relation: Of this relation only; all when None.
            on: Those that held on this day; those of now when None.
        """
        found = self._edges.get(issuer_id, ())
        if on is not None and issuer_id in self._dated:
            day = on.isoformat()
            found = tuple(e for e in self._dated[issuer_id] if e.holds(day))
        return found if relation is None else tuple(e for e in found if e.relation is relation)

    def themes(self, issuer_id: str) -> tuple[str, ...]:
        """Return the themes an issuer belongs to."""
        return self._themes.get(issuer_id, ())

    def members(self, theme: str) -> tuple[IssuerId, ...]:
        """Return the issuers in a theme; empty when the theme is unknown."""
        return self._members.get(theme, ())

    def sensitivities(self, issuer_id: str) -> tuple[Sensitivity, ...]:
        """Return what moves an issuer from outside, the main thing first; empty when unknown."""
        return self._felt.get(issuer_id, ())

    def exposed(self, driver: str) -> tuple[Sensitivity, ...]:
        """Return every issuer's sensitivity to one driver, the strongest first, else in the order written."""
        return self._exposed.get(driver, ())


def _weakness(felt: Sensitivity) -> int:
    return -felt.strength


def _both_ways(edges: Iterable[Edge]) -> Iterable[Edge]:
    """Add to each tie its converse; of two equal ones the first stands, unless they are of other days."""
    written = list(edges)
    held: dict[tuple[str, ...], Edge] = {}
    for edge in written:
        held.setdefault((edge.source, edge.target, edge.relation, edge.since, edge.until), edge)
    for edge in written:
        converse = CONVERSE[edge.relation]
        key = (edge.target, edge.source, converse, edge.since, edge.until)
        if key not in held:
            held[key] = Edge(
                source=edge.target,
                target=edge.source,
                relation=converse,
                why=edge.why,
                since=edge.since,
                until=edge.until,
                provenance=edge.provenance,
            )
    return held.values()
