"""Read the built tables, and a firm's own overlay on top of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from readthrough.domain.errors import UniverseError
from readthrough.domain.security import Edge, IssuerId, Relation
from readthrough.universe.graph import Graph
from readthrough.universe.master import Universe
from readthrough.universe.merge import add_overlay
from readthrough.universe.names import NameTable
from readthrough.universe.sources import sources_of
from readthrough.universe.table import GRAPH_COLUMNS, ISSUER_COLUMNS, NAME_COLUMNS, NameRow, read_table
from readthrough.universe.timeline import DATE_COLUMNS, Dated

__all__ = ["DATA", "load_universe"]

DATA = Path(__file__).parent / "data"
_FILES = ("issuers.tsv", "names.tsv", "graph.tsv", "sources.tsv", "dates.tsv")


def load_universe(overlay: Path | None = None) -> Universe:
    """Load the universe that ships with the package, in well under 120 ms.

    Args:
        overlay: A firm's own issuers file, or a folder with `issuers.txt`, `ambiguous.txt` and `dated.txt`,
            in the formats of the files under `universe/overlay/`, and what was imported into it. Its
            lines win over ours.

    Raises:
        UniverseError: A file is missing or malformed; the message names file and line.

    >>> load_universe().by_ticker("nvda").name
    'Nvidia'
    """
    texts = {file: _text(DATA / file) for file in _FILES}
    hasher = hashlib.blake2b(digest_size=8)
    for text in texts.values():
        hasher.update(text.encode())
    issuers = texts["issuers.tsv"].splitlines()[1:]
    names = [NameRow._make(cells) for cells in read_table(texts["names.tsv"], len(NAME_COLUMNS), "names.tsv")]
    dated: list[Dated] = []
    if overlay is not None:
        cells = read_table(texts["issuers.tsv"], len(ISSUER_COLUMNS), "issuers.tsv")
        hasher.update(add_overlay(overlay, cells, names, dated).encode())
        issuers = ["\t".join(row) for row in cells]
    return Universe(
        issuers,
        names=NameTable(names),
        graph=lambda: _graph(read_table(texts["graph.tsv"], len(GRAPH_COLUMNS), "graph.tsv")),
        sources=sources_of((k, n, i) for k, n, i in read_table(texts["sources.tsv"], 3, "sources.tsv")),
        digest=hasher.hexdigest(),
        dates=lambda: (
            *map(Dated._make, read_table(texts["dates.tsv"], len(DATE_COLUMNS), "dates.tsv")),
            *dated,
        ),
    )


def _graph(rows: Iterable[list[str]]) -> Graph:
    edges: list[Edge] = []
    themes: dict[str, list[str]] = {}
    for source, target, relation, weight, why in rows:
        if relation == "theme":
            themes.setdefault(source, []).append(target)
            continue
        edges.append(
            Edge(
                source=IssuerId(source),
                target=IssuerId(target),
                relation=Relation(relation),
                weight=float(weight) if weight else None,
                why=why,
            )
        )
    return Graph(edges, themes)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise UniverseError(
            f"The universe table {path.name} cannot be read: {error}.",
            remedy="Install the package again, or build the tables with `make universe`.",
            path=str(path),
        ) from error
