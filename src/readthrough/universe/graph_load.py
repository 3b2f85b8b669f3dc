"""Read the built graph tables, and a firm's own graph files on top of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from readthrough.domain.fault import FileFault
from readthrough.domain.security import Edge, IssuerId, Relation, Sensitivity
from readthrough.universe.graph import CONVERSE, Graph
from readthrough.universe.graph_file import GraphText, parse_graph
from readthrough.universe.graph_rows import GraphParts, resolve_graph
from readthrough.universe.table import GRAPH_COLUMNS, PROVENANCE_COLUMNS, SENSITIVITY_COLUMNS, read_table

__all__ = [
    "EFFECTS",
    "GRAPH_FILES",
    "built_parts",
    "graph_texts",
    "industries_of",
    "keys_of",
    "load_graph",
    "parse_texts",
]

GRAPH_FILES: Final = ("graph.tsv", "sensitivities.tsv", "provenance.tsv")
EFFECTS: Final[Mapping[str, tuple[int, int]]] = {"+": (1, 1), "++": (1, 2), "-": (-1, 1), "--": (-1, 2)}
"""Sign and strength of a sensitivity as the tables write it; an empty cell stands with what a driver means."""

_TICKERS, _INDUSTRY = 2, 5


def load_graph(
    tables: Mapping[str, str],
    own: Sequence[tuple[str, str]],
    rows: Iterable[str],
    faults: Sequence[FileFault] = (),
) -> Graph:
    """Build the graph; a tie that a firm writes itself replaces ours between the same two.

    Args:
        tables: The texts of `GRAPH_FILES`.
        own: Names and texts of a firm's own graph files; what is broken in them is left out and kept in `faults`.
        rows: The rows of the issuer table, in which the firm's tickers are looked up.
        faults: Files that could not be read at all.
    """
    built = built_parts(tables)
    if not own:
        return Graph(
            built.edges,
            built.themes,
            sensitivities=built.sensitivities,
            drivers=built.drivers,
            faults=faults,
        )
    held = list(rows)
    texts = parse_texts(own, built.drivers)
    added = resolve_graph(texts, keys_of(held).get, industries_of(held), themes=built.themes)
    replaced = {key for edge in added.edges for key in _both_keys(edge)}
    kept = (e for e in built.edges if (e.source, e.target, e.relation) not in replaced)
    return Graph(
        (*added.edges, *kept),
        added.themes,
        sensitivities=(*added.sensitivities, *built.sensitivities),
        drivers=built.drivers | added.drivers,
        faults=sorted((*faults, *added.faults), key=lambda f: (f.file, f.line)),
    )


def parse_texts(own: Sequence[tuple[str, str]], drivers: Iterable[str] = ()) -> list[GraphText]:
    """Parse graph files in order; a driver that one defines is known to the next."""
    known = dict.fromkeys(drivers, "")
    found = []
    for file, text in own:
        found.append(parse_graph(text, file, known))
        known |= found[-1].drivers
    return found


def graph_texts(overlay: Path) -> tuple[list[tuple[str, str]], list[FileFault]]:
    """Read `graph.txt` and `graph/*.txt` of an overlay folder: name and text of each, and what cannot be read."""
    texts: list[tuple[str, str]] = []
    faults: list[FileFault] = []
    if not overlay.is_dir():
        return texts, faults
    for path in (overlay / "graph.txt", *sorted((overlay / "graph").glob("*.txt"))):
        if not path.exists():
            continue
        try:
            texts.append((str(path.relative_to(overlay)), path.read_text("utf-8")))
        except (OSError, UnicodeError) as error:
            remedy = "Save it as UTF-8 text that may be read."
            faults.append(FileFault(file=str(path), what=f"it cannot be read: {error}", remedy=remedy))
    return texts, faults


def keys_of(rows: Iterable[str]) -> dict[str, str]:
    """Map tickers, former ones too, and the `@slug` of private companies to issuer ids."""
    keys: dict[str, str] = {}
    former: dict[str, str] = {}
    for row in rows:
        issuer_id, _, tickers, _ = row.split("\t", 3)
        if issuer_id.startswith("own-"):
            keys.setdefault(f"@{issuer_id[4:]}", issuer_id)
        for ticker in tickers.split():
            if ticker[0] == "(":
                former.setdefault(ticker[1:-1], issuer_id)
            else:
                keys.setdefault(ticker, issuer_id)
    return former | keys


def industries_of(rows: Iterable[str]) -> dict[str, list[str]]:
    """Map industries to the ids of their issuers."""
    found: dict[str, list[str]] = {}
    for row in rows:
        cells = row.split("\t")
        if cells[_INDUSTRY]:
            found.setdefault(cells[_INDUSTRY], []).append(cells[0])
    return found


def built_parts(tables: Mapping[str, str]) -> GraphParts:
    """Read the built tables back.

    Raises:
        UniverseError: A row has the wrong number of cells.
    """
    note = _notes(read_table(tables["provenance.tsv"], len(PROVENANCE_COLUMNS), "provenance.tsv"))
    parts = GraphParts()
    for source, target, relation, weight, why, since, until, place in read_table(
        tables["graph.tsv"], len(GRAPH_COLUMNS), "graph.tsv"
    ):
        if relation == "theme":
            parts.themes.setdefault(source, []).append(target)
            continue
        parts.edges.append(
            Edge(
                source=IssuerId(source),
                target=IssuerId(target),
                relation=Relation(relation),
                weight=float(weight) if weight else None,
                why=why,
                since=since,
                until=until,
                provenance=note(place),
            )
        )
    for driver, issuer_id, effect, why, place in read_table(
        tables["sensitivities.tsv"], len(SENSITIVITY_COLUMNS), "sensitivities.tsv"
    ):
        if not effect:
            parts.drivers[driver] = why
            continue
        sign, strength = EFFECTS[effect]
        parts.sensitivities.append(
            Sensitivity(
                issuer_id=IssuerId(issuer_id),
                driver=driver,
                sign=sign,
                strength=strength,
                why=why,
                provenance=note(place),
            )
        )
    return parts


def _notes(rows: Iterable[Sequence[str]]) -> Callable[[str], str]:
    """Return what finds the note of provenance that a place, `file:line`, stands below."""
    lines: dict[str, list[int]] = {}
    texts: dict[str, list[str]] = {}
    for file, line, text in rows:
        lines.setdefault(file, []).append(int(line))
        texts.setdefault(file, []).append(text)
    told: dict[str, str] = {}

    def note(place: str) -> str:
        found = told.get(place)
        if found is None:
            file, _, line = place.rpartition(":")
            at = bisect_right(lines.get(file, ()), int(line)) - 1
            found = told[place] = f"{texts[file][at]} ({place})" if at >= 0 else place
        return found

    return note


def _both_keys(edge: Edge) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    return (edge.source, edge.target, edge.relation), (edge.target, edge.source, CONVERSE[edge.relation])
