"""What hangs together with an issuer: its ties, themes and what moves it from outside; and the check of graph files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readthrough.desk.dossier import issuers_on, suggestions
from readthrough.domain.errors import SourceNotFound, UniverseError, told
from readthrough.domain.fault import FileFault

if TYPE_CHECKING:
    from readthrough.domain.security import Edge, Issuer
    from readthrough.universe import Universe

__all__ = ["check_overlay", "graph_document", "graph_size"]

_NOT_FOUND = "Try a ticker (BABA, 9988.HK), or add the company with `readthrough universe import`."


def graph_document(known: Universe, text: str, day: date | None = None) -> dict[str, Any]:
    """Return an issuer's place in the graph, ready for JSON.

    Args:
        known: The universe.
        text: A ticker, identifier or name.
        day: The ties of this day, and whom the text meant on it; of now when None.

    Raises:
        SourceNotFound: Nobody is called so; the remedy names near ones.
    """
    found = issuers_on(known, text, day, 1)
    if not found:
        when = f" on {day.isoformat()}" if day else ""
        raise SourceNotFound(
            f"No issuer matches {text!r}{when}.", remedy=told(suggestions(known, text, day), _NOT_FOUND)
        )
    issuer, graph = found[0], known.graph
    return {
        "id": issuer.id,
        "name": issuer.name,
        "ticker": issuer.ticker or None,
        "country": issuer.country or None,
        "sector": issuer.sector or None,
        "industry": issuer.industry or None,
        "as_of": day.isoformat() if day else None,
        "ties": [tie for edge in graph.edges(issuer.id, on=day) if (tie := _tie(known, edge, day))],
        "themes": [
            {"name": theme, "members": len(graph.members(theme))} for theme in graph.themes(issuer.id)
        ],
        "sensitivities": [
            {
                "driver": felt.driver,
                "means": graph.drivers.get(felt.driver, ""),
                "sign": felt.sign,
                "strength": felt.strength,
                "why": felt.why,
                "provenance": felt.provenance,
            }
            for felt in graph.sensitivities(issuer.id)
        ],
        "kin": _kin(known, issuer),
    }


def graph_size(known: Universe) -> dict[str, int]:
    """Count what the graph of now holds."""
    graph = known.graph
    felt = [each for driver in graph.drivers for each in graph.exposed(driver)]
    return {
        "issuers": len(graph.issuers),
        "ties": len(graph),
        "themes": len(graph.theme_names),
        "drivers": len(graph.drivers),
        "sensitivities": len(felt),
    }


def check_overlay(folder: Path | None) -> tuple[tuple[FileFault, ...], dict[str, int]]:
    """Check the universe files of a folder: issuers, names, dates, and the graph.

    Args:
        folder: A firm's own overlay; the files that ours is built from when None.

    Returns:
        What is wrong, by file and line, and the size of the graph with them.
    """
    from readthrough.universe import load_universe
    from readthrough.universe.graph_check import OVERLAY, check_graph

    if folder is not None and not folder.exists():
        raise SourceNotFound(f"{str(folder)!r} does not exist.", remedy="Name the folder of your own files.")
    try:
        known = load_universe(folder)
    except UniverseError as error:
        return (_fault_of(error, folder),), graph_size(load_universe())
    return check_graph(OVERLAY if folder is None else folder, known), graph_size(known)


def _fault_of(error: UniverseError, folder: Path | None) -> FileFault:
    """Make a fault of what a file of issuers, names or dates was refused for."""
    where = str(error.facts.get("where", ""))
    file, _, line = where.rpartition(":")
    what = error.message.removeprefix(f"{where}: ").rstrip(".")
    if not line.isdigit():
        return FileFault(file=str(folder), what=what, remedy=error.remedy)
    return FileFault(file=file, line=int(line), what=what, remedy=error.remedy)


def _tie(known: Universe, edge: Edge, day: date | None) -> dict[str, Any] | None:
    target = known.issuer(edge.target)
    if target is None:
        return None
    # what the other side says of its share: half of a small supplier's sales may be nothing to its customer
    back = (e for e in known.graph.edges(edge.target, on=day) if e.target == edge.source)
    theirs = next((e.weight for e in back if e.weight is not None and _mirrors(e, edge)), None)
    return {
        "relation": edge.relation.value,
        "ticker": target.ticker or None,
        "name": target.name,
        "weight": edge.weight,
        "their_weight": theirs,
        "why": edge.why,
        "since": edge.since or None,
        "until": edge.until or None,
        "provenance": edge.provenance,
    }


def _mirrors(back: Edge, edge: Edge) -> bool:
    from readthrough.universe.graph import CONVERSE

    return CONVERSE[back.relation] is edge.relation


def _kin(known: Universe, issuer: Issuer) -> list[str]:
    """Name others with ties in its industry, of its own country first, for one that has none itself."""
    graph = known.graph
    if not issuer.industry or graph.edges(issuer.id):
        return []
    others = (known.issuer(i) for i in graph.issuers)
    same = [o for o in others if o is not None and o.industry == issuer.industry and o.ticker]
    return [o.ticker for o in sorted(same, key=lambda o: o.country != issuer.country)[:5]]
