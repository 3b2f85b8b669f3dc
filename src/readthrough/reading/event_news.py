"""Whether a page reports an event, or recalls it, supposes it or passes it by.

Prose says its news first; what stands deeper is mostly what went before. Pages full of figures - results, wraps of a
market - report to their end, and a short text has no room for much but its news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.reading import Event
from readthrough.reading.event_scene import Scene

__all__ = ["reported"]

# tuned on development gold and on 334 real pages read for it
_OPENING: Final = 3  # sentences, headline included, that tell the news of a page
_BRIEF: Final = 8  # sentences; a shorter text has no room for much but its news
_DENSE: Final = 0.3  # figures a sentence: a report tells as many, a feature seldom


def reported(scene: Scene, events: Sequence[Event]) -> tuple[Event, ...]:
    """Mark as background the events that the page likelier recalls or supposes than reports."""
    count = len(scene.sentences)
    if count < _BRIEF or len(scene.facts) >= _DENSE * count:
        return tuple(events)
    return tuple(
        event if event.background or event.sentence < _OPENING else replace(event, background=True)
        for event in events
    )
