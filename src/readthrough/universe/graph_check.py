"""Check graph files: that all exist, that ties go both ways and agree, that none hangs alone, and whence they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from readthrough.domain.fault import FileFault
from readthrough.domain.security import Edge, Relation
from readthrough.universe.graph import CONVERSE, Graph
from readthrough.universe.graph_file import GraphText
from readthrough.universe.graph_load import graph_texts, industries_of, keys_of, parse_texts
from readthrough.universe.graph_rows import GraphParts, resolve_graph
from readthrough.universe.handwritten import parse_issuers
from readthrough.universe.load import DATA
from readthrough.universe.master import Universe

__all__ = ["OVERLAY", "check_graph", "one_way"]

OVERLAY: Final = DATA.parent / "overlay"
"""The hand-written files that ours are built from."""

_LEAST_MEMBERS: Final = 3  # of a theme: two companies are a pair


def check_graph(folder: Path, known: Universe) -> tuple[FileFault, ...]:
    """Check the graph files of a folder against a universe that holds them.

    Args:
        folder: An overlay with `graph.txt` or `graph/*.txt`; `OVERLAY` for ours.
        known: The universe with that overlay laid over it.

    Returns:
        What is wrong, by file and line; a doubt is used all the same.
    """
    own, unread = graph_texts(folder)
    ours = {} if folder == OVERLAY else known.graph.drivers
    texts = parse_texts(own, ours)
    rows = ["\t".join(known.row(issuer_id)) for issuer_id in known.issuer_ids]
    keys = keys_of(rows) | _slugs(folder, keys_of(rows))
    themes = {name: known.graph.members(name) for name in known.graph.theme_names}
    parts = resolve_graph(
        texts,
        keys.get,
        industries_of(rows),
        themes={} if folder == OVERLAY else themes,
        near=lambda key: get_close_matches(key, keys, 2, 0.7),
    )
    check = _Check(texts, parts, known)
    faults = [*unread, *parts.faults, *check.faults(), *one_way(known.graph)]
    return tuple(sorted(faults, key=lambda f: (f.file, f.line)))


def one_way(graph: Graph) -> Iterator[FileFault]:
    """Find ties that do not lead back; there are none unless the graph was built by other means."""
    for source in graph.issuers:
        for edge in graph.edges(source):
            back = graph.edges(edge.target, CONVERSE[edge.relation])
            if all(e.target != source for e in back):
                file, line = _place(edge.provenance)
                what = f"{edge.relation} {edge.target} of {source} does not lead back"
                yield FileFault(
                    file=file, line=line, what=what, remedy="Build the tables again with `make universe`."
                )


class _Check:
    def __init__(self, texts: Sequence[GraphText], parts: GraphParts, known: Universe) -> None:
        self._texts, self._parts, self._known = texts, parts, known

    def faults(self) -> Iterator[FileFault]:
        yield from self._unsourced()
        yield from self._twice()
        yield from self._shares()
        yield from self._owners()
        yield from self._themes()
        yield from self._orphans()
        yield from self._idle_drivers()

    def _unsourced(self) -> Iterator[FileFault]:
        for text in self._texts:
            lines = [tie.line for tie in text.ties if not tie.source]
            lines += [exposure.line for exposure in text.exposures if not exposure.source]
            if lines:
                yield FileFault(
                    file=text.file,
                    line=min(lines),
                    what="it is not said where this is known from",
                    remedy="Write `@source annual reports, read in March 2026` above it.",
                )

    def _twice(self) -> Iterator[FileFault]:
        held: dict[tuple[str, ...], Edge] = {}
        for edge in self._parts.edges:
            first = held.setdefault((edge.source, edge.target, edge.relation), edge)
            if first is edge or edge.relation is Relation.COMPETITOR or not _overlap(first, edge):
                continue
            same = (first.weight, first.why) == (edge.weight, edge.why)
            what = f"{self._name(edge.source)} and its {edge.relation} {self._name(edge.target)} stand in {_at(first)} too"
            remedy = "Remove one of the two." if same else "Keep one; the first is the one that counts."
            yield self._fault(edge, what, remedy)

    def _shares(self) -> Iterator[FileFault]:
        totals: dict[tuple[str, Relation], float] = {}
        for edge in self._parts.edges:
            if edge.weight is None or edge.until:
                continue
            key = (edge.source, edge.relation)
            totals[key] = totals.get(key, 0.0) + edge.weight
            if totals[key] > 1 >= totals[key] - edge.weight:
                what = (
                    f"the shares of {self._name(edge.source)}'s {edge.relation}s add up to {totals[key]:.2f}"
                )
                yield self._fault(edge, what, "Lower them: together they are at most the whole business.")

    def _owners(self) -> Iterator[FileFault]:
        owned: dict[str, Edge] = {}
        for edge in self._parts.edges:
            if edge.relation is not Relation.SUBSIDIARY:
                continue
            first = owned.setdefault(edge.target, edge)
            if first.source != edge.source and _overlap(first, edge):
                what = (
                    f"{self._name(edge.target)} is owned by {self._name(first.source)} already ({_at(first)})"
                )
                yield self._fault(
                    edge, what, "Only one can control it at a time: write `partners` for a stake."
                )
            if (up := owned.get(edge.source)) is not None and up.source == edge.target:
                yield self._fault(edge, "each is said to own the other", f"Remove this or {_at(up)}.")

    def _themes(self) -> Iterator[FileFault]:
        for text in self._texts:
            for theme in text.themes:
                if len(self._parts.themes.get(theme.name, ())) < _LEAST_MEMBERS:
                    yield FileFault(
                        file=text.file,
                        line=theme.line,
                        what=f"theme {theme.name!r} has fewer than {_LEAST_MEMBERS} members",
                        remedy="Add members, or remove it.",
                    )

    def _orphans(self) -> Iterator[FileFault]:
        graph = self._known.graph
        tied = {i for edge in self._parts.edges for i in (edge.source, edge.target)}
        keys = keys_of("\t".join(self._known.row(i)) for i in self._known.issuer_ids)
        for text in self._texts:
            for theme in text.themes:
                for key in theme.keys:
                    issuer_id = keys.get(key, "")
                    if issuer_id and issuer_id not in tied and not graph.edges(issuer_id):
                        yield FileFault(
                            file=text.file,
                            line=theme.line,
                            what=f"{key} is tied to no one",
                            remedy=f"Add a line for it, as in `{key} >< RIVAL : field`, or take it out of the theme.",
                        )

    def _idle_drivers(self) -> Iterator[FileFault]:
        felt = {s.driver for s in self._parts.sensitivities}
        for text in self._texts:
            for driver in text.drivers:
                if driver not in felt:
                    what = f"nobody is exposed to the driver {driver!r}"
                    yield FileFault(file=text.file, what=what, remedy=f"Write `{driver} + TICKERS : why`.")

    def _fault(self, edge: Edge, what: str, remedy: str) -> FileFault:
        file, line = _place(edge.provenance)
        return FileFault(file=file, line=line, what=what, remedy=remedy)

    def _name(self, issuer_id: str) -> str:
        issuer = self._known.issuer(issuer_id)
        return issuer_id if issuer is None else issuer.ticker or issuer.name


def _overlap(one: Edge, other: Edge) -> bool:
    return not (
        (one.until and one.until <= (other.since or "")) or (other.until and other.until <= (one.since or ""))
    )


def _at(edge: Edge) -> str:
    file, line = _place(edge.provenance)
    return f"{file}:{line}"


def _place(provenance: str) -> tuple[str, int]:
    """Take file and line from a note of provenance: `annual reports (tech.txt:12)`."""
    file, _, line = provenance.rpartition("(")[2].removesuffix(")").rpartition(":")
    return file, int(line) if line.isdigit() else 0


def _slugs(folder: Path, keys: dict[str, str]) -> dict[str, str]:
    """Return the slugs that companies of ours kept when they listed."""
    if folder != OVERLAY:
        return {}
    hands: Iterable[Path] = sorted((folder / "issuers").glob("*.txt"))
    lines = (hand for path in hands for hand in parse_issuers(path.read_text("utf-8"), path.name))
    return {
        hand.slug: found
        for hand in lines
        if hand.slug and (found := next((keys[k] for k in (hand.key, *hand.tickers) if k in keys), ""))
    }
