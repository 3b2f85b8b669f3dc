"""A playbook that applies, and a text filled from what it applies to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readthrough.domain.article import Span
from readthrough.domain.note import Support
from readthrough.domain.reading import Event, Fact
from readthrough.writing.playbooks import Playbook
from readthrough.writing.scene import Scene, Subject
from readthrough.writing.ties import Tie

__all__ = ["Binding", "Filled", "edge_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A playbook that applies: to whom, because of which event and facts."""

    scene: Scene
    playbook: Playbook
    subject: Subject
    event: Event | None
    facts: Mapping[str, Fact]
    score: float
    missing: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)  # slots found empty


@dataclass(slots=True)
class Filled:
    """A finished text and what holds it up."""

    text: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    barred: frozenset[str] = frozenset()  # companies of which the text says the opposite

    @property
    def weight(self) -> int:
        """How particular the text is: facts, named companies and industry nouns in it."""
        return len(self.facts) + len(self.ties) + len(self.nouns) + len(self.spans)

    def supports(self, binding: Binding) -> tuple[Support, ...]:
        """List facts, event, edges and playbook, in that order."""
        event = () if binding.event is None else (binding.event,)
        return (
            *(Support(kind="fact", id=f.id, span=f.span) for f in self.facts.values()),
            *(Support(kind="event", id=e.id, span=e.span) for e in event),
            *(Support(kind="span", span=s) for s in self.spans),
            *(Support(kind="edge", id=edge_id(t)) for t in self.ties.values()),
            *self._unnamed(binding),
            Support(kind="playbook", id=binding.playbook.id),
        )

    def _unnamed(self, binding: Binding) -> tuple[Support, ...]:
        """The subject, where the article names it by a product only."""
        subject = binding.subject
        if subject.issuer_id is None or subject.name in binding.scene.text:
            return ()
        return (Support(kind="issuer", id=subject.issuer_id),)


def edge_id(tie: Tie) -> str:
    """Name an edge: source, relation and target."""
    return f"{tie.edge.source}>{tie.edge.relation}>{tie.edge.target}"
