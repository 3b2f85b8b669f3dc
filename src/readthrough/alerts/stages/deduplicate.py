"""One story, one rule, one person: one alert. Only a material change speaks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from readthrough.alerts.stages.scene import Scene, Turn, hushed, remembered_told
from readthrough.domain.alert import HitCode, Reason, Told
from readthrough.domain.route import Holding, Hush, Remembered, Update
from readthrough.domain.taxonomy import parent_of

__all__ = ["IMPACT_STEP", "deduplicate", "material"]

IMPACT_STEP: Final = 0.15
"""Rise of market impact, in [0, 1], that is news by itself: about from a profit warning to a bankruptcy. By judgement."""

_NO_NEWS: Final = frozenset({"recap_no_new_information", "market_wide_move", "sector_readacross"})
"""Event types that say how the news is told rather than what happened."""

_SAID: Final = {
    Update.SIGN: "the news has turned from {was} to {now}",
    Update.EVENT: "new since it was told: {events}",
    Update.IMPACT: "its impact on the market has risen from {low:.2f} to {high:.2f}",
}
_SIGNS: Final = {1: "positive", -1: "negative", 0: "neutral"}


def deduplicate(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Hush what the person was told already by this rule, unless something of weight has changed."""
    return tuple(turn if turn.follows else _settled(turn, scene) for turn in turns)


def _settled(turn: Turn, scene: Scene) -> Turn:
    alert = turn.alert
    of_person = tuple(one for one in scene.told if one.person == alert.person)
    earlier = tuple(one for one in of_person if one.rule_id == alert.rule_id)
    if not earlier:
        return _first(turn, of_person, scene)
    first = earlier[0].id
    change = _in_retelling(alert.told, earlier) if scene.duplicate_of else material(alert.told, earlier)
    if scene.duplicate_of and change is None:
        return hushed(turn, Hush.DUPLICATE_STORY, f"it retells article {scene.duplicate_of}", joins=first)
    if turn.hushed_by_rule and (change is None or alert.reason.code != HitCode.LOW_NOVELTY):
        return replace(turn, alert=replace(alert, joins=first))
    if change is None:
        return hushed(turn, Hush.ALREADY_TOLD, "this rule has already spoken on this story", joins=first)
    return _update(turn, change, earlier, scene)


def _first(turn: Turn, of_person: tuple[Remembered, ...], scene: Scene) -> Turn:
    if turn.hushed_by_rule:
        return turn
    # A retelling may be the first article in which a rule finds what it asks for; but not for someone who
    # heard of the story by another rule, at the same receivers.
    if scene.duplicate_of:
        heard = next((one for one in of_person if set(turn.alert.receivers) <= set(one.receivers)), None)
        if heard is not None:
            return hushed(turn, Hush.DUPLICATE_STORY, f"it retells article {scene.duplicate_of}", by=heard.id)
    return turn


def material(told: Told, earlier: tuple[Remembered, ...]) -> Update | None:
    """Say what of weight an article changes for someone who was told of its story; None when nothing.

    Args:
        told: What the article says.
        earlier: What was told, oldest first; the last sign is the one believed.
    """
    if told.sign and earlier[-1].sign and told.sign != earlier[-1].sign:
        return Update.SIGN
    known = {event for one in earlier for event in one.events}
    if any(event not in known and event not in _NO_NEWS for event in told.events):
        return Update.EVENT
    if told.impact - max(one.impact for one in earlier) >= IMPACT_STEP:
        return Update.IMPACT
    return None


def _in_retelling(told: Told, earlier: tuple[Remembered, ...]) -> Update | None:
    """What an article changes that is otherwise the words of another: an event of a kind not told before.

    Rewriters move a score and word the same event differently; they do not invent a resignation.
    """
    known = {parent_of(event) for one in earlier for event in one.events}
    fresh = (parent_of(event) for event in told.events if event not in _NO_NEWS)
    return Update.EVENT if any(parent not in known for parent in fresh) else None


def _update(turn: Turn, change: Update, earlier: tuple[Remembered, ...], scene: Scene) -> Turn:
    alert = turn.alert
    known = {event for one in earlier for event in one.events}
    words = _SAID[change].format(
        was=_SIGNS[earlier[-1].sign],
        now=_SIGNS[alert.told.sign],
        events=", ".join(e.replace("_", " ") for e in alert.told.events if e not in known),
        low=max(one.impact for one in earlier),
        high=alert.told.impact,
    )
    reason = Reason(
        code=change, words=f"{alert.reason.words.rstrip('.')}; {words}.", matched=alert.reason.matched
    )
    alert = replace(
        alert,
        reason=reason,
        withheld=False,
        joins=earlier[0].id,
        told=remembered_told(alert.told, earlier),
    )
    until = _next_update(turn, earlier, scene)
    if until is not None:
        alert = replace(alert, held_as=Holding.UPDATE_WAITS, held_until=until)
    return replace(turn, alert=alert, updates=True)


def _next_update(turn: Turn, earlier: tuple[Remembered, ...], scene: Scene) -> datetime | None:
    """When the next update may speak, where one has spoken or waits already; the first speaks at once."""
    updates = [one for one in earlier if one.joins]
    if not updates:
        return None
    waiting = [u.held_until for u in updates if u.held_until is not None and u.held_until > scene.now]
    if waiting:
        return waiting[0]
    until = updates[-1].at + turn.route.update_wait
    return until if until > scene.now else None
