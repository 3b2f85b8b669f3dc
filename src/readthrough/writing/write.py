"""Write a note: summary, analysis, decisions, each sentence checked before it is let out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from readthrough.domain.article import Article, digest
from readthrough.domain.impact import Impact
from readthrough.domain.note import Claim, Decision, Engine, Note, Statement, Support, Withheld
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story
from readthrough.universe.master import Universe
from readthrough.writing.check import Grounds
from readthrough.writing.claims import draft_claims, matches
from readthrough.writing.decisions import draft_decisions
from readthrough.writing.playbooks import Playbooks, load_playbooks
from readthrough.writing.scene import Scene
from readthrough.writing.summary import summarise

__all__ = ["Playbooks", "load_playbooks", "write"]

_WRITER: Final = "playbooks-1"


def write(
    article: Article,
    reading: Reading,
    story: Story,
    impacts: Sequence[Impact],
    *,
    playbooks: Playbooks,
    universe: Universe,
    version: str,
    known_at: datetime,
) -> Note:
    """Write the note of an article; the same inputs give the same note.

    Args:
        article: What was published.
        reading: What it says.
        story: Where it stands among earlier ones.
        impacts: What it means for each portfolio; carried into the note unchanged.
        playbooks: The inferences to choose from.
        universe: Names and edges that the claims may use.
        version: The product's version, as the note's engine names it.
        known_at: When the note could first be acted on, aware UTC.

    Returns:
        The first revision. Sentences that nothing supports are in `withheld`, with the reason.
    """
    scene = Scene(article, reading, universe, playbooks.lenses)
    bindings = () if reading.noise is not None else matches(scene, playbooks)
    drafted = draft_claims(scene, bindings)
    gate = _Gate(Grounds(article, reading, universe, playbooks))
    analysis = gate.claims([d.claim for d in drafted])
    if len(analysis) < len(drafted):
        # what fell is shown as withheld, and the next best is said in its place where that holds
        refused = {(d.binding.playbook.id, d.claim.kind) for d in drafted if d.claim not in analysis}
        drafted = tuple(d for d in draft_claims(scene, bindings, refused) if gate.holds(d.claim))
        analysis = tuple(d.claim for d in drafted)
    return Note(
        id=f"note_{digest(article.id)}",
        version=1,
        article=article,
        reading=reading,
        story=story,
        summary=gate.statements(summarise(scene)),
        analysis=analysis,
        decisions=gate.decisions(draft_decisions(scene, drafted, bindings, story)),
        book=tuple(impacts),
        withheld=tuple(gate.withheld),
        engine=Engine(
            version=version,
            reader=reading.made_by.version,
            writer=_WRITER,
            playbooks=playbooks.digest,
            universe=universe.digest,
        ),
        known_at=known_at,
    )


class _Gate:
    """Lets supported sentences through and keeps the others, with the reason."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self.withheld: list[Withheld] = []

    def statements(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(s for s in statements if self._passes((s.text,), s.support))

    def claims(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        return tuple(c for c in claims if self._passes((c.text, c.falsified_by), c.support))

    def holds(self, claim: Claim) -> bool:
        """Tell whether a claim is supported, noting nothing: what was withheld first is the news."""
        return self._fault((claim.text, claim.falsified_by), claim.support) is None

    def decisions(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        return tuple(
            d
            for d in decisions
            if self._passes((d.action, d.trigger, d.invalidation, d.rationale), d.support)
        )

    def _passes(self, texts: Sequence[str], support: Sequence[Support]) -> bool:
        fault = self._fault(texts, support)
        if fault is not None:
            self.withheld.append(fault)
        return fault is None

    def _fault(self, texts: Sequence[str], support: Sequence[Support]) -> Withheld | None:
        if any(s.kind == "page" for s in support):
            return None
        faults = ((text, self._grounds.fault(text, support)) for text in texts if text)
        return next((Withheld(text=text, reason=why) for text, why in faults if why), None)
