"""What somebody asked not to hear for a while. Corrections of what they did hear come through."""

from __future__ import annotations

from readthrough.alerts.stages.scene import Scene, Turn, hushed, speaks
from readthrough.domain.route import Hush, Silence

__all__ = ["fits", "silence"]


def silence(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Hush what a silence that holds now fits."""
    active = [s for s in scene.silences if s.starts_at <= scene.now < s.ends_at]
    return tuple(turn if turn.follows or not speaks(turn) else _heard(turn, active) for turn in turns)


def _heard(turn: Turn, active: list[Silence]) -> Turn:
    found = next((one for one in active if fits(one, turn)), None)
    if found is None:
        return turn
    until = f"{found.ends_at:%Y-%m-%d %H:%M} UTC"
    if found.snooze_of:
        return hushed(turn, Hush.SNOOZED, f"its story is snoozed until {until}", by=found.snooze_of)
    by = f" by {found.by}" if found.by else ""
    return hushed(turn, Hush.SILENCED, f"silenced{by} until {until}", by=found.id)


def fits(one: Silence, turn: Turn) -> bool:
    """Tell whether every field that a silence sets is that of the turn."""
    alert = turn.alert
    asked = (
        (one.rule_id, (alert.rule_id,)),
        (one.person, (alert.person,)),
        (one.ticker.upper(), (turn.ticker.upper(),)),
        (one.portfolio, (turn.portfolio,)),
        (one.story_id, (alert.story_id, turn.group)),
        (one.event, alert.told.events),
        (one.severity, (alert.severity,)),
    )
    wanted = [(value, held) for value, held in asked if value]
    return bool(wanted) and all(value in held for value, held in wanted)
