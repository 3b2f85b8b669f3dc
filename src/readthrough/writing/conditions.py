"""Whether a playbook applies: to which event or subject, and what it asks of them. `explain` says the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readthrough.domain.reading import Event, Fact
from readthrough.domain.taxonomy import EVENT_TYPES
from readthrough.writing.firm import leads
from readthrough.writing.playbooks import FactNeed, When
from readthrough.writing.scene import Scene, Subject

__all__ = ["anchors", "answers", "bound_facts", "facts_for", "is_asked", "kinds_of", "reacts", "sees"]


def anchors(
    scene: Scene, when: When, told: Sequence[tuple[Subject, Event]]
) -> Iterator[tuple[Subject, Event | None]]:
    """Yield whom a playbook could speak of: of each event it asks for, or of the main subject where it asks for none."""
    if not when.events:
        if (
            scene.main.issuer_id is not None
            or when.subject == "macro"
            or (when.headline and not when.subject)
        ):
            yield scene.main, None
        return
    for subject, event in told:
        if (
            event.modality in when.modality
            and is_asked(event, when)
            and not (when.polarity and event.polarity not in when.polarity)
        ):
            yield subject, event


def is_asked(event: Event, when: When) -> bool:
    """Tell whether the playbook asks for this event; a name that is both type and parent means the type."""
    if event.type in when.events:
        return True
    return event.parent in when.events and event.parent not in EVENT_TYPES


def facts_for(scene: Scene, when: When, subject: Subject) -> dict[str, Fact] | None:
    """Check what the playbook asks of the subject; return the facts it binds, or None."""
    tensions = subject.tensions
    # in the order of what they cost: most playbooks fall at the first
    holds = (
        (not when.tension or not when.tension.isdisjoint(tensions))
        and when.unless.isdisjoint(tensions)
        and (not when.reaction or reacts(subject, when.reaction))
        and sees(subject, when)
        and (not when.themes or not when.themes.isdisjoint(scene.reading.themes))
        and (not when.role or subject.role == ("" if when.role == "open" else when.role))
        and (not when.subject or when.subject in kinds_of(subject))
        and not (
            when.without and any({e.type, e.parent} & when.without for e in _told_of(scene, when, subject))
        )
        and (not when.words or scene.says(when.words))
        and not (when.nowords and scene.says(when.nowords))
        and (not when.headline or scene.headed(when.headline))
        and (not when.headwords or scene.opens_with(when.headwords))
    )
    return bound_facts(scene, when, subject) if holds else None


def _told_of(scene: Scene, when: When, subject: Subject) -> Iterable[Event]:
    """The events that may rule a playbook out: of a page known by its headline only what it firmly tells."""
    return (e for s, e in scene.firm if s is subject) if when.headline else subject.events


def bound_facts(scene: Scene, when: When, subject: Subject) -> dict[str, Fact] | None:
    """Return the facts that a playbook binds, each another one; None where one is not there."""
    bound: dict[str, Fact] = {}
    for need in when.facts:
        taken = {b.id for b in bound.values()}
        anywhere = bool(when.events)
        fact = next(
            (
                f
                for f in subject.facts
                if answers(f, need) and f.id not in taken and (anywhere or leads(f, scene))
            ),
            None,
        )
        if fact is None:
            return None
        bound[need.name] = fact
    return bound


def reacts(subject: Subject, wanted: str) -> bool:
    """Tell whether the price moved as a playbook asks: up, down, any or none."""
    reaction = {1: "up", -1: "down", 0: "none"}[subject.move_sign]
    return wanted == reaction or (wanted == "any" and reaction != "none")


def sees(subject: Subject, when: When) -> bool:
    """Tell whether a subject is of an industry the playbook asks for, or of one within it."""
    return not when.lens or (subject.lens is not None and not subject.lens.ids.isdisjoint(when.lens))


def kinds_of(subject: Subject) -> tuple[str, ...]:
    """Say what kind of subject it is: macro, company, and private where it is not listed."""
    if subject.issuer_id is None:
        return ("macro",)
    return ("company",) if subject.ticker else ("company", "private")


def answers(fact: Fact, need: FactNeed) -> bool:
    """Tell whether a fact is the one that a playbook needs."""
    return (
        (
            fact.metric in need.metrics
            or (
                "revenue share" in need.metrics
                and fact.metric.startswith("share of ")
                and "profit" not in fact.metric
                and fact.value < 95
            )
        )
        and (not need.change or fact.change == need.change)
        and (not need.vs or fact.vs_expectation == need.vs)
        and (not need.modality or fact.modality in need.modality)
        and (need.segment is None or bool(fact.segment) is need.segment)
        and (need.good is None or fact.good == need.good)
        and (need.is_change is None or fact.is_change is need.is_change)
    )
