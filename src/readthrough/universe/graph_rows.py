"""Turn what graph files say into edges, themes and sensitivities of known issuers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from readthrough.domain.fault import FileFault
from readthrough.domain.security import Edge, IssuerId, Relation, Sensitivity
from readthrough.universe.graph_file import GraphText

__all__ = ["GraphParts", "resolve_graph"]

_UNKNOWN = "Add the company to an issuers file, or correct the ticker; a private company is written `@slug`."


@dataclass(slots=True, kw_only=True)
class GraphParts:
    """What a graph is made of; the first of two equal ties stands first."""

    edges: list[Edge] = field(default_factory=list)
    themes: dict[str, list[str]] = field(default_factory=dict)
    sensitivities: list[Sensitivity] = field(default_factory=list)
    drivers: dict[str, str] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)


def resolve_graph(
    texts: Sequence[GraphText],
    find: Callable[[str], str | None],
    industries: Mapping[str, Iterable[str]],
    *,
    themes: Mapping[str, Iterable[str]] | None = None,
    near: Callable[[str], Iterable[str]] = lambda key: (),
) -> GraphParts:
    """Look up the issuers that graph files name; a name that no one has is a fault and is left out.

    Args:
        texts: What the files say.
        find: Gives the issuer's id of a ticker or `@slug`.
        industries: Issuer ids by industry, for sensitivities.
        themes: Themes that are known beside those of the files.
        near: Gives names that a reader may have meant, for the remedy.
    """
    parts = GraphParts(themes={name: list(ids) for name, ids in (themes or {}).items()})
    for text in texts:
        parts.faults += text.faults
        parts.drivers |= text.drivers
        look = _Look(text.file, find, near, parts.faults)
        for theme in text.themes:
            held = parts.themes.setdefault(theme.name, [])
            held += [i for key in theme.keys if (i := look.up(key, theme.line)) and i not in held]
        for tie in text.ties:
            head, target = look.up(tie.head, tie.line), look.up(tie.target, tie.line)
            if not head or not target:
                continue
            if head == target:
                look.fault(tie.line, f"{tie.head} and {tie.target} are one company", "Remove one of the two.")
                continue
            parts.edges.append(
                Edge(
                    source=IssuerId(head),
                    target=IssuerId(target),
                    relation=Relation(tie.relation),
                    weight=float(tie.weight) if tie.weight else None,
                    why=tie.why,
                    since=tie.since,
                    until=tie.until,
                    provenance=_told(tie.source, text.file, tie.line),
                )
            )
    for text in texts:
        _expose(text, parts, _Look(text.file, find, near, parts.faults), industries)
    return parts


def _expose(text: GraphText, parts: GraphParts, look: _Look, industries: Mapping[str, Iterable[str]]) -> None:
    """Add sensitivities; a line that names a company wins over one that names its theme or industry."""
    by_hand = {(s.issuer_id, s.driver) for s in parts.sensitivities}
    found: dict[tuple[str, str], tuple[int, Sensitivity]] = {}
    for line in text.exposures:
        for target in line.targets:
            rank, ids = look.members(target, line.line, parts.themes, industries)
            for issuer_id in ids:
                made = Sensitivity(
                    issuer_id=IssuerId(issuer_id),
                    driver=line.driver,
                    sign=line.sign,
                    strength=line.strength,
                    why=line.why,
                    provenance=_told(line.source, text.file, line.line),
                )
                held = found.get((issuer_id, line.driver))
                if held is None or rank < held[0]:
                    found[issuer_id, line.driver] = rank, made
                elif rank == held[0] and held[1].sign != line.sign:
                    what = f"{target} is said to gain and to lose from {line.driver}"
                    look.fault(line.line, what, f"Keep one sign; the other stands at {held[1].provenance}.")
    # those named come before members of a theme, and these before an industry: a note names the first
    ranked = sorted(found.items(), key=lambda item: item[1][0])
    parts.sensitivities += [made for key, (_, made) in ranked if key not in by_hand]


class _Look:
    """Looks keys up and keeps a fault for each that is unknown."""

    def __init__(
        self,
        file: str,
        find: Callable[[str], str | None],
        near: Callable[[str], Iterable[str]],
        faults: list[FileFault],
    ) -> None:
        self._file, self._find, self._near, self._faults = file, find, near, faults
        self._told: set[tuple[str, int]] = set()

    def fault(self, line: int, what: str, remedy: str) -> None:
        self._faults.append(FileFault(file=self._file, line=line, what=what, remedy=remedy))

    def up(self, key: str, line: int) -> str:
        found = self._find(key)
        if found is None and (key, line) not in self._told:
            self._told.add((key, line))
            meant = " or ".join(self._near(key))
            self.fault(
                line, f"no issuer has the key {key!r}", f"Did you mean {meant}?" if meant else _UNKNOWN
            )
        return found or ""

    def members(
        self,
        target: str,
        line: int,
        themes: Mapping[str, Iterable[str]],
        industries: Mapping[str, Iterable[str]],
    ) -> tuple[int, Iterable[str]]:
        """Return how particular a target is, the most particular 0, and the issuers it means."""
        name = target[1:-1].replace("_", " ")
        for rank, (opening, closing, table, what) in enumerate(
            (("[", "]", themes, "theme"), ("<", ">", industries, "industry")), 1
        ):
            if target[0] == opening and target[-1] == closing:
                if name not in table:
                    self.fault(line, f"no {what} {name!r}", f"Use the name of a {what}, with _ for a blank.")
                return rank, tuple(table.get(name, ()))
        found = self.up(target, line)
        return 0, (found,) if found else ()


def _told(source: str, file: str, line: int) -> str:
    place = f"{file}:{line}"
    return f"{source} ({place})" if source else place
