"""Read the built tables, and a firm's own overlay on top of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from readthrough.domain.errors import UniverseError
from readthrough.universe.graph_load import GRAPH_FILES, graph_texts, load_graph
from readthrough.universe.master import Universe
from readthrough.universe.merge import add_overlay
from readthrough.universe.names import NameTable
from readthrough.universe.sources import sources_of
from readthrough.universe.table import ISSUER_COLUMNS, NAME_COLUMNS, NameRow, read_table
from readthrough.universe.timeline import DATE_COLUMNS, Dated

__all__ = ["DATA", "load_universe"]

DATA = Path(__file__).parent / "data"
_FILES = ("issuers.tsv", "names.tsv", "sources.tsv", "dates.tsv", *GRAPH_FILES)


def load_universe(overlay: Path | None = None) -> Universe:
    """Load the universe that ships with the package, in well under 120 ms.

    Args:
        overlay: A firm's own issuers file, or a folder with `issuers.txt`, `ambiguous.txt` and `dated.txt`,
            in the formats of the files under `universe/overlay/`, and what was imported into it. Its
            lines win over ours. A broken line of its `graph.txt` or `graph/*.txt` is left out and told
            in `graph.faults`.

    Raises:
        UniverseError: Another file is missing or malformed; the message names file and line.

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
    own, unread = graph_texts(overlay) if overlay is not None else ([], [])
    for _, text in own:
        hasher.update(text.encode())
    if overlay is not None:
        cells = read_table(texts["issuers.tsv"], len(ISSUER_COLUMNS), "issuers.tsv")
        hasher.update(add_overlay(overlay, cells, names, dated).encode())
        issuers = ["\t".join(row) for row in cells]
    return Universe(
        issuers,
        names=NameTable(names),
        graph=lambda: load_graph(texts, own, issuers, unread),
        sources=sources_of((k, n, i) for k, n, i in read_table(texts["sources.tsv"], 3, "sources.tsv")),
        digest=hasher.hexdigest(),
        dates=lambda: (
            *map(Dated._make, read_table(texts["dates.tsv"], len(DATE_COLUMNS), "dates.tsv")),
            *dated,
        ),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise UniverseError(
            f"The universe table {path.name} cannot be read: {error}.",
            remedy="Install the package again, or build the tables with `make universe`.",
            path=str(path),
        ) from error
