"""From hits to people: asks the record what was told before, runs the stages, and says what is to be kept and sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from readthrough.alerts.deliver import deliveries, escalations, holds, payload, told_beside
from readthrough.alerts.stages.follow import superseding
from readthrough.alerts.stages.pipeline import decide
from readthrough.alerts.stages.scene import Scene, Turn, route_of
from readthrough.domain.alert import Alert, Delivery, Hit
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.domain.route import Held, Route, Silence
from readthrough.domain.story import Story

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["Speaking", "Spoken", "load_speaking", "speak", "speak_alone"]

LIVE_KINDS = frozenset({"page", "file"})
"""Kinds of receiver that nobody is woken by: they take everything as it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who is reached how and what is silenced, as it stands in the record."""

    routes: Mapping[str, Route]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What came of hits: alerts with their reasons, what is sent, what waits."""

    alerts: tuple[Alert, ...] = ()
    due: tuple[tuple[Delivery, NoteDocument], ...] = ()
    held: tuple[Held, ...] = ()


def load_speaking(desk: Desk) -> Speaking:
    """Read from the record who is reached how, and what is silenced from now on."""
    record = desk.store.alerting
    return Speaking(
        routes={route.person: route for route in record.routes()},
        silences=tuple(record.silences(since=desk.clock())),
    )


def speak(desk: Desk, hits: Sequence[Hit], article: Article, story: Story, now: datetime) -> Spoken:
    """Decide what people hear of one note.

    Args:
        desk: Whose record and routes.
        hits: What its rules met.
        article: What was published; a correction goes to whoever was told what it corrects, hits or none.
        story: Where it stands.
        now: The moment.
    """
    replaced = superseding(story, article.id)
    if not hits and not replaced:
        return Spoken()
    scene = replace(
        _scene(desk, story.id, hits, now),
        article_id=article.id,
        digest=article.content_digest,
        headline=article.headline,
        duplicate_of=story.duplicate_of or "",
        superseding=replaced,
        supersedes=story.supersedes or "",
    )
    return _outcome(decide(hits, scene), scene)


def speak_alone(desk: Desk, hits: Sequence[Hit], now: datetime) -> Spoken:
    """Decide what people hear of hits that no note came with, such as a burst, and keep it."""
    by_group: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_group[hit.group].append(hit)
    made = []
    for group, together in by_group.items():
        scene = replace(_scene(desk, group, together, now), digest=group)
        made.append(_outcome(decide(together, scene), scene))
    spoken = Spoken(
        alerts=tuple(alert for one in made for alert in one.alerts),
        due=tuple(due for one in made for due in one.due),
        held=tuple(held for one in made for held in one.held),
    )
    if spoken.alerts:
        desk.store.alerting.save(spoken.alerts, spoken.due, spoken.held)
        desk.work_waiting.set()
    return spoken


def _scene(desk: Desk, story_id: str, hits: Iterable[Hit], now: datetime) -> Scene:
    """What the record knows of a story and of those who asked to hear of it."""
    record, speaking = desk.store.alerting, desk.speaking
    scene = Scene(
        now=now,
        story_id=story_id,
        told=record.remembered(story_id),
        routes=speaking.routes,
        silences=speaking.silences,
        live=_live(desk),
    )
    asked = [route_of(scene, person) for person in {hit.rule.owner for hit in hits}]
    throttled = {route.person for route in asked if route.throttle}
    longest = max((route.throttle_window for route in asked if route.throttle), default=timedelta(0))
    gathering = {route.person for route in asked if route.group_wait}
    return replace(
        scene,
        spoken=record.spoken(throttled, now - longest) if throttled else {},
        gathering=record.gathering(gathering, now) if gathering else {},
    )


def _live(desk: Desk) -> frozenset[str]:
    named = {name for name, part in desk.settings.receivers.items() if part.kind in LIVE_KINDS}
    return frozenset({"page", *named})


def _outcome(turns: Sequence[Turn], scene: Scene) -> Spoken:
    beside = told_beside(turns)
    return Spoken(
        alerts=tuple(turn.alert for turn in turns),
        due=tuple(_due(turns, scene.now, scene.live, beside)),
        held=tuple(held for turn in turns for held in holds(turn, scene.live)),
    )


def _due(
    turns: Sequence[Turn], now: datetime, live: Collection[str], beside: Mapping[str, Sequence[str]]
) -> Iterable[tuple[Delivery, NoteDocument]]:
    for turn in turns:
        alert = turn.alert
        also = beside.get(alert.id, ())
        for delivery in (*deliveries(alert, now, live=live), *escalations(turn, now)):
            kind = delivery.kind if delivery.kind in ("escalation", "reminder") else ""
            yield delivery, payload(alert, kind=kind, also=also)
