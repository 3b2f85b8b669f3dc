"""Rules that speak of one story, or one issuer, to one person at once: one message that names them all."""

from __future__ import annotations

from dataclasses import replace

from readthrough.alerts.stages.inhibit import spared
from readthrough.alerts.stages.scene import SEVERITIES, Scene, Turn, speaks
from readthrough.domain.route import Holding, Hush

__all__ = ["group", "group_key"]


def group(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Let the most pressing turn of a group lead; the others are told in its message.

    Where the route gathers for a while, the group waits from its first alert on, and speaks once.
    """
    leads: dict[tuple[str, str, bool], Turn] = {}
    for turn in sorted((t for t in turns if speaks(t)), key=_pressing):
        if turn.route.group_by != "none" and not turn.follows:
            leads.setdefault((turn.alert.person, group_key(turn), turn.updates), turn)
    return tuple(_gathered(_in_group(turn, leads), scene) for turn in turns)


def group_key(turn: Turn) -> str:
    """Return what the turns of a group share: the story, or the issuer where the route groups by it."""
    if turn.route.group_by == "issuer" and turn.issuer:
        return f"issuer:{turn.issuer}"
    return f"story:{turn.group}"


def _pressing(turn: Turn) -> tuple[int, str]:
    return SEVERITIES.index(turn.alert.severity), turn.alert.rule_id


def _in_group(turn: Turn, leads: dict[tuple[str, str, bool], Turn]) -> Turn:
    if not speaks(turn) or turn.follows or turn.route.group_by == "none":
        return turn
    lead = leads[turn.alert.person, group_key(turn), turn.updates]
    if lead is turn or lead.alert.held_until != turn.alert.held_until:
        return turn
    words = f"told in one message with {lead.alert.rule_name!r}"
    return spared(turn, lead.alert.receivers, lead.alert.id, Hush.GROUPED, words)


def _gathered(turn: Turn, scene: Scene) -> Turn:
    alert, route = turn.alert, turn.route
    if not speaks(turn) or not route.group_wait or alert.held_as or turn.follows:
        return turn
    if alert.severity in route.through or route.group_by == "none":
        return turn
    key = f"gathered:{group_key(turn)}"
    until = scene.gathering.get(f"{alert.person}|{key}") or scene.now + route.group_wait
    return replace(turn, alert=replace(alert, held_as=Holding.GATHERED, held_until=until), hold_key=key)
