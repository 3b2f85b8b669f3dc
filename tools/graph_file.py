"""Build the graph's tables from the hand-written files in `universe/overlay/graph/`.

`python -m tools.graph_file` builds them alone, from the issuer table as it stands; `make universe` does it too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "src")]

from readthrough.domain.errors import UniverseError  # noqa: E402
from readthrough.universe.graph_file import GraphText  # noqa: E402
from readthrough.universe.graph_load import (  # noqa: E402
    EFFECTS,
    GRAPH_FILES,
    graph_texts,
    industries_of,
    keys_of,
    parse_texts,
)
from readthrough.universe.graph_rows import GraphParts, resolve_graph  # noqa: E402
from readthrough.universe.handwritten import parse_issuers  # noqa: E402
from readthrough.universe.load import DATA  # noqa: E402
from readthrough.universe.table import (  # noqa: E402
    GRAPH_COLUMNS,
    PROVENANCE_COLUMNS,
    SENSITIVITY_COLUMNS,
)

__all__ = ["graph_tables", "slugs"]

OVERLAY = DATA.parent / "overlay"


def graph_tables(keys: dict[str, str], rows: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of each table of the graph, the header first.

    Args:
        keys: Ticker or private slug to issuer id.
        rows: The rows of the issuer table.

    Raises:
        UniverseError: A line is malformed or names an unknown issuer; all faults are told at once.
    """
    own, unread = graph_texts(OVERLAY)
    texts = parse_texts([(name.removeprefix("graph/"), text) for name, text in own])
    parts = resolve_graph(texts, keys.get, industries_of(rows))
    if faults := [*unread, *parts.faults]:
        raise UniverseError("\n".join(map(str, faults)))
    return {
        "graph.tsv": [GRAPH_COLUMNS, *_ties(parts)],
        "sensitivities.tsv": [SENSITIVITY_COLUMNS, *_sensitivities(parts)],
        "provenance.tsv": [PROVENANCE_COLUMNS, *_notes(texts, own)],
    }


def _ties(parts: GraphParts) -> list[tuple[str, ...]]:
    rows: dict[tuple[str, ...], tuple[str, ...]] = {}
    for e in parts.edges:
        weight = "" if e.weight is None else f"{e.weight:g}"
        row = (e.source, e.target, e.relation.value, weight, e.why, e.since, e.until, _place(e.provenance))
        rows.setdefault((e.source, e.target, e.relation, e.since, e.until), row)
    themes = [(name, i, "theme", "", "", "", "", "") for name, ids in parts.themes.items() for i in ids]
    return [*rows.values(), *themes]


def _sensitivities(parts: GraphParts) -> list[tuple[str, ...]]:
    told = {effect: mark for mark, effect in EFFECTS.items()}
    drivers = [(name, "", "", what, "") for name, what in parts.drivers.items()]
    return [
        *drivers,
        *(
            (s.driver, s.issuer_id, told[s.sign, s.strength], s.why, _place(s.provenance))
            for s in parts.sensitivities
        ),
    ]


def _notes(texts: list[GraphText], own: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    return [
        (parsed.file, str(number), line.strip().removeprefix("@source").strip())
        for parsed, (_, text) in zip(texts, own, strict=True)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip().startswith("@source")
    ]


def _place(provenance: str) -> str:
    """Take the place, `file:line`, from a note of provenance."""
    return provenance.rpartition("(")[2].removesuffix(")")


def slugs(keys: dict[str, str]) -> dict[str, str]:
    """Add the slugs that companies kept when they listed."""
    for path in sorted((OVERLAY / "issuers").glob("*.txt")):
        for hand in parse_issuers(path.read_text("utf-8"), path.name):
            found = next((keys[k] for k in (hand.key, *hand.tickers) if k in keys), None)
            if hand.slug and found:
                keys.setdefault(hand.slug, found)
    return keys


def main() -> None:
    """Build the tables from the issuer table as it stands."""
    rows = (DATA / "issuers.tsv").read_text("utf-8").splitlines()[1:]
    tables = graph_tables(slugs(keys_of(rows)), rows)
    for name in GRAPH_FILES:
        text = "".join("\t".join(row) + "\n" for row in tables[name])
        (DATA / name).write_text(text, "utf-8")
        print(f"{name}: {len(tables[name]) - 1:,} rows")


if __name__ == "__main__":
    main()
