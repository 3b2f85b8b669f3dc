"""The stages in their order, read as the policy they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readthrough.alerts.stages.begin import begin, identified
from readthrough.alerts.stages.deduplicate import deduplicate
from readthrough.alerts.stages.follow import follow
from readthrough.alerts.stages.group import group
from readthrough.alerts.stages.inhibit import inhibit
from readthrough.alerts.stages.rest import rest
from readthrough.alerts.stages.scene import Scene, Stage, Turn
from readthrough.alerts.stages.silence import silence
from readthrough.alerts.stages.throttle import throttle
from readthrough.domain.alert import Hit

__all__ = ["STAGES", "decide"]


def _identify(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    return tuple(identified(turn, scene) for turn in turns)


STAGES: Final[tuple[tuple[str, Stage], ...]] = (
    ("follow", follow),
    ("deduplicate", deduplicate),
    ("silence", silence),
    ("identify", _identify),
    ("inhibit", inhibit),
    ("group", group),
    ("throttle", throttle),
    ("rest", rest),
)
"""Whoever was told hears corrections; nobody hears twice; what is silenced is silent before it can hush others; a flash
hushes the rest; one message a group; not too many; not at night."""


def decide(hits: Sequence[Hit], scene: Scene) -> tuple[Turn, ...]:
    """Take what rules met the whole way: every hit comes out, spoken, held or withheld, with its reason.

    Args:
        hits: What rules met in one note, or in none.
        scene: The moment.
    """
    turns = begin(tuple(hits), scene)
    for _, stage in STAGES:
        turns = stage(turns, scene)
    # Ids say whether an alert was withheld, which later stages may have changed; what hushed it keeps its name.
    before = {turn.alert.id: identified(turn, scene).alert.id for turn in turns}
    return tuple(
        replace(
            turn,
            alert=replace(
                turn.alert,
                id=before[turn.alert.id],
                hushed_by=before.get(turn.alert.hushed_by, turn.alert.hushed_by),
            ),
        )
        for turn in turns
    )
