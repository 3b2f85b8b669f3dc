"""A correction or withdrawal goes to whoever was told what it corrects, whatever the rules say today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from readthrough.alerts.stages.scene import Scene, Turn, route_of
from readthrough.domain.alert import Alert, HitCode, Reason, Told
from readthrough.domain.article import ArticleId
from readthrough.domain.route import Remembered
from readthrough.domain.story import Relation, Story

__all__ = ["follow", "superseding"]

_UNCHANGED = 0.05  # novelty of an item published again without another figure or another word in its lead

_FOLLOWING = frozenset({HitCode.CORRECTED, HitCode.WITHDRAWN})


def superseding(story: Story, article_id: str) -> str:
    """Say whether an article corrects or withdraws an earlier one; empty when it does neither.

    An item that was published again under its own id corrects itself only where something of weight changed.
    """
    if story.supersedes is None:
        return ""
    if story.relation is Relation.WITHDRAWAL:
        return HitCode.WITHDRAWN
    if story.supersedes != article_id or story.novelty > _UNCHANGED:
        return HitCode.CORRECTED
    return ""


def follow(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Turn the hits of those who were told into corrections, and add those whom no rule meets any more.

    A rule that was deleted since, or no longer fits the new words, still owes its reader the correction.
    """
    if not scene.superseding:
        return turns
    told = _by_reader(scene.told)
    met = {(turn.alert.rule_id, turn.alert.person): turn for turn in turns}
    following = tuple(_following(earlier, met.get(key), scene) for key, earlier in told.items())
    return (*following, *_others(turns, told, scene))


def _others(
    turns: tuple[Turn, ...], told: dict[tuple[str, str], tuple[Remembered, ...]], scene: Scene
) -> Iterator[Turn]:
    for turn in turns:
        if (turn.alert.rule_id, turn.alert.person) in told:
            continue
        # Nobody was told what these correct; a corrected article may still be their first news of it.
        if turn.alert.reason.code not in _FOLLOWING and scene.superseding != HitCode.WITHDRAWN:
            yield turn


def _by_reader(told: tuple[Remembered, ...]) -> dict[tuple[str, str], tuple[Remembered, ...]]:
    found: dict[tuple[str, str], tuple[Remembered, ...]] = {}
    for one in told:
        key = (one.rule_id, one.person)
        found[key] = (*found.get(key, ()), one)
    return found


def _following(earlier: tuple[Remembered, ...], met: Turn | None, scene: Scene) -> Turn:
    first, last = earlier[0], earlier[-1]
    verb = "withdraws" if scene.superseding == HitCode.WITHDRAWN else "corrects"
    words = f"This {verb} what this rule was told by article {scene.supersedes}"
    matched: tuple[tuple[str, str], ...] = ()
    told = Told(sign=last.sign, events=last.events, impact=last.impact)
    if met is not None:
        words = f"{met.alert.reason.words.rstrip('.')}; {verb} what this rule was told by article {scene.supersedes}"
        if met.alert.reason.code in _FOLLOWING:
            words = met.alert.reason.words.rstrip(".")
        matched, told = met.alert.reason.matched, met.alert.told
    waiting = last.held_until if last.held_until is not None and last.held_until > scene.now else None
    alert = Alert(
        id="",
        rule_id=first.rule_id,
        rule_name=first.rule_name,
        article_id=ArticleId(scene.article_id),
        story_id=scene.story_id,
        severity=first.severity,
        headline=scene.headline,
        reason=Reason(code=scene.superseding, words=words + ".", matched=matched),
        withheld=False,
        receivers=tuple(dict.fromkeys(name for one in earlier for name in one.receivers)),
        created_at=scene.now,
        person=first.person,
        tenant=first.tenant,
        joins=first.id,
        told=told,
        found=met.alert.found if met is not None else (),
    )
    # What was never told yet is told together with its correction.
    return Turn(
        alert=replace(alert, held_until=waiting, held_as="digest" if waiting else ""),
        route=route_of(scene, first.person),
        group=scene.story_id,
        issuer=met.issuer if met is not None else "",
        ticker=met.ticker if met is not None else "",
        portfolio=met.portfolio if met is not None else "",
        follows=True,
    )
