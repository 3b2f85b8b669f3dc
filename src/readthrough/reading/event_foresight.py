"""What a bank foresees for a market, an economy or other companies is no outlook of its own."""

from __future__ import annotations

from collections.abc import Iterable

from readthrough.reading.event_scene import Scene
from readthrough.reading.event_settle import Candidate
from readthrough.reading.foresight import foresees_others

__all__ = ["own_outlooks"]


def own_outlooks(scene: Scene, found: Iterable[Candidate]) -> list[Candidate]:
    """Leave out outlooks laid to a bank that only says what it expects of a market or of others."""
    return [c for c in found if c.event.parent != "guidance_change" or not _of_others(scene, c)]


def _of_others(scene: Scene, candidate: Candidate) -> bool:
    event, sources = candidate.event, scene.universe.sources
    named = sources.kind_of(event.subject) == "broker" or event.issuer_id in set(sources.brokers.values())
    return named and foresees_others(scene.words(event.sentence))
