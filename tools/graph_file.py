"""Read the hand-written graph files and resolve their tickers.

A line is `HEAD RELATION TARGETS : why`. Relations: `<-` the targets supply the head, `->` the head
supplies the targets, `<>` all on the line compete with each other, `><` the head competes with each
target only, `owns` (a controlling holder), `partners` (joint work, or a stake without control).
`TARGET=0.2` gives a weight, a rough share of the head's business. `@theme name : TICKERS` lists the members of
a theme.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from readthrough.domain.errors import UniverseError
from readthrough.universe.handwritten import lines_of

__all__ = ["graph_rows"]

_RELATIONS = {
    "<-": "supplier",
    "->": "customer",
    "><": "competitor",
    "owns": "subsidiary",
    "partners": "partner",
}


def graph_rows(folder: Path, keys: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    """Turn every `*.txt` file of a folder into rows of (source, target, relation, weight, why).

    Args:
        folder: Where the files are; read in alphabetical order.
        keys: Ticker or private slug to issuer id.

    Raises:
        UniverseError: A line is malformed or names an unknown issuer.
    """
    rows: dict[tuple[str, str, str], tuple[str, str]] = {}
    for path in sorted(folder.glob("*.txt")):
        for where, line in lines_of(path.read_text("utf-8"), f"graph/{path.name}"):
            for source, target, relation, weight, why in _line(where, line, keys):
                rows.setdefault((source, target, relation), (weight, why))
    return [(s, t, r, weight, why) for (s, t, r), (weight, why) in rows.items()]


def _line(where: str, line: str, keys: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    left, colon, right = line.partition(" : ")
    if not colon or "\t" in line:
        raise UniverseError(f"{where}: no ` : ` in the line.", remedy="Write `HEAD RELATION TARGETS : why`.")
    if left.startswith("@theme "):
        theme = left.removeprefix("@theme ").strip()
        return [(theme, _id(where, key, keys), "theme", "", "") for key in dict.fromkeys(right.split())]
    words = left.split()
    if "<>" in words:
        ids = [_id(where, w, keys) for w in words if w != "<>"]
        return [(a, b, "competitor", "", right.strip()) for a, b in combinations(ids, 2) if a != b]
    if len(words) < 3 or words[1] not in _RELATIONS:
        raise UniverseError(
            f"{where}: no relation as second word.", remedy="Use <-, ->, <>, ><, owns, partners."
        )
    head = _id(where, words[0], keys)
    found = []
    for word in words[2:]:
        key, _, weight = word.partition("=")
        target = _id(where, key, keys)
        if target == head:
            raise UniverseError(f"{where}: {key} is tied to itself.", remedy="Remove it.")
        found.append((head, target, _RELATIONS[words[1]], weight, right.strip()))
    return found


def _id(where: str, key: str, keys: dict[str, str]) -> str:
    if key not in keys:
        raise UniverseError(f"{where}: no issuer has the key {key!r}.", remedy="Add it to an issuers file.")
    return keys[key]
