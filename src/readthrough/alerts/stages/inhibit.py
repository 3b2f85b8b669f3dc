"""A flash hushes the lesser alerts on its story: who was interrupted need not be told again."""

from __future__ import annotations

from dataclasses import replace

from readthrough.alerts.stages.deduplicate import material
from readthrough.alerts.stages.scene import Scene, Turn, hushed, speaks
from readthrough.domain.route import Hush

__all__ = ["inhibit"]

FLASH = "flash"


def inhibit(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Hush alerts and urgents for a person whom a flash on the same story reaches, or has reached.

    Receivers that the flash does not reach are still told. One that says something of weight beyond an
    earlier flash speaks.
    """
    flashes = [turn for turn in turns if speaks(turn) and turn.alert.severity == FLASH and not turn.follows]
    return tuple(_beside(_after(turn, scene), flashes) for turn in turns)


def _lesser(turn: Turn) -> bool:
    return speaks(turn) and turn.alert.severity != FLASH and not turn.follows


def _beside(turn: Turn, flashes: list[Turn]) -> Turn:
    for flash in flashes:
        if _lesser(turn) and (flash.alert.person, flash.group) == (turn.alert.person, turn.group):
            turn = spared(turn, flash.alert.receivers, flash.alert.id, Hush.INHIBITED, "a flash tells it")
    return turn


def _after(turn: Turn, scene: Scene) -> Turn:
    if not _lesser(turn) or turn.updates:
        return turn
    told = tuple(one for one in scene.told if one.person == turn.alert.person)
    for flash in told:
        if flash.severity == FLASH and material(turn.alert.told, told) is None and speaks(turn):
            turn = spared(turn, flash.receivers, flash.id, Hush.INHIBITED, "a flash has told this story")
    return turn


def spared(turn: Turn, receivers: tuple[str, ...], by: str, code: str, words: str) -> Turn:
    """Take receivers that hear of it otherwise off a turn; hush it when none is left."""
    left = tuple(name for name in turn.alert.receivers if name not in receivers)
    if not left:
        return hushed(turn, code, words, by=by)
    return replace(turn, alert=replace(turn.alert, receivers=left))
