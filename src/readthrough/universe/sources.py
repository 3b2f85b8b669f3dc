"""Names that speak in news without being its subject: agencies, brokers, exchanges, indices, providers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["KINDS", "Sources", "sources_of"]

KINDS = ("agency", "broker", "exchange", "index", "provider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Who is quoted as a source, by kind; every name also in lower case in `lower`.

    `brokers` maps a name as written ("Goldman Sachs") to its issuer's id, empty when it has none.
    """

    agencies: frozenset[str] = frozenset()
    brokers: dict[str, str] = field(default_factory=dict)
    exchanges: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()
    lower: dict[str, str] = field(default_factory=dict)

    def kind_of(self, name: str) -> str:
        """Return "agency", "broker", "exchange", "index", "provider", or an empty string; case does not matter."""
        return self.lower.get(name.lower(), "")


def sources_of(rows: Iterable[tuple[str, str, str]]) -> Sources:
    """Gather rows of (kind, name, issuer id) into `Sources`.

    >>> sources_of([("agency", "Reuters", "")]).kind_of("REUTERS")
    'agency'
    """
    table = list(rows)
    by_kind = {kind: frozenset(name for k, name, _ in table if k == kind) for kind in KINDS}
    return Sources(
        agencies=by_kind["agency"],
        brokers={name: issuer for kind, name, issuer in table if kind == "broker"},
        exchanges=by_kind["exchange"],
        indices=by_kind["index"],
        providers=by_kind["provider"],
        lower={name.lower(): kind for kind, name, _ in reversed(table)},
    )
