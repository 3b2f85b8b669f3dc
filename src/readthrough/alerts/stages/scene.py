"""What every stage sees: the moment, the story, what was told of it before, and who wants to be reached how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from readthrough.domain.alert import Alert, Reason, Told
from readthrough.domain.route import Remembered, Route, Silence

__all__ = ["DESK", "SEVERITIES", "Scene", "Stage", "Turn", "hushed", "outranks", "route_of", "speaks"]

SEVERITIES: Final = ("flash", "urgent", "alert")
"""From the one that interrupts to the one that can wait."""

DESK: Final = Route(group_by="none")
"""The route of whoever has none: the live page, at once, every rule for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An alert on its way through the stages, with what stages ask of it beside its own fields.

    `follows` is set on a correction or withdrawal of what was told; `updates` on a material change.
    `hold_key` parts what is gathered from what waits for a time of day.
    """

    alert: Alert
    route: Route
    group: str
    issuer: str = ""
    ticker: str = ""
    portfolio: str = ""
    hushed_by_rule: bool = False
    follows: bool = False
    updates: bool = False
    hold_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The moment of one note. Stages read it and change nothing."""

    now: datetime
    story_id: str = ""
    article_id: str = ""
    digest: str = ""  # of the article's words
    headline: str = ""
    duplicate_of: str = ""
    superseding: str = ""  # corrected, withdrawn, or empty
    supersedes: str = ""
    told: tuple[Remembered, ...] = ()  # on this story, oldest first
    routes: Mapping[str, Route] = field(default_factory=lambda: MappingProxyType({}))
    silences: tuple[Silence, ...] = ()
    spoken: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({})
    )  # by person, in the window
    gathering: Mapping[str, datetime] = field(
        default_factory=lambda: MappingProxyType({})
    )  # until when, by key
    live: frozenset[str] = frozenset({"page"})  # receivers that take everything as it comes
    page: str = "page"


Stage: TypeAlias = Callable[[tuple[Turn, ...], Scene], tuple[Turn, ...]]
"""Takes turns and returns them, hushed, held or changed: none is ever dropped."""


def route_of(scene: Scene, person: str) -> Route:
    """Return how a person is reached: their own route, else the one for everybody, else the desk's."""
    own = scene.routes.get(person)
    if own is not None:
        return own
    general = scene.routes.get("")
    return (
        replace(general, person=person) if general is not None else replace(_default(person), person=person)
    )


def _default(person: str) -> Route:
    return Route() if person else DESK


def speaks(turn: Turn) -> bool:
    """Tell whether nothing has kept it back so far; a held one speaks, later."""
    return not turn.alert.withheld


def outranks(severity: str, other: str) -> bool:
    """Tell whether a severity is the more pressing of two."""
    return SEVERITIES.index(severity) < SEVERITIES.index(other)


def hushed(turn: Turn, code: str, words: str, *, by: str = "", joins: str = "") -> Turn:
    """Keep a turn back for a reason; what its rule met stays beside it."""
    alert = turn.alert
    reason = Reason(
        code=code,
        words=f"{alert.reason.words.rstrip('.')}; withheld: {words}.",
        matched=alert.reason.matched,
    )
    return replace(
        turn,
        alert=replace(
            alert,
            reason=reason,
            withheld=True,
            hushed_by=by or alert.hushed_by,
            joins=joins or alert.joins,
            held_as="",
            held_until=None,
        ),
    )


def remembered_told(told: Told, earlier: tuple[Remembered, ...]) -> Told:
    """Add what an alert tells to what was told before it."""
    events = tuple(dict.fromkeys(event for one in earlier for event in one.events))
    return Told(
        sign=told.sign,
        events=tuple(dict.fromkeys((*events, *told.events))),
        impact=max([told.impact, *(one.impact for one in earlier)]),
    )
