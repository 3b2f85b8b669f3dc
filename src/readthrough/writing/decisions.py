"""What one would do, when, and what would undo it; "no trade" where that is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.note import Decision, Support
from readthrough.domain.reading import Role
from readthrough.domain.story import Story
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.claims import Drafted, suits
from readthrough.writing.playbooks import DecisionTemplate
from readthrough.writing.scene import Scene
from readthrough.writing.slots import fill

__all__ = ["draft_decisions"]

_MOST: Final = 2
_TRADED_AS: Final = {
    "central_bank": "short-dated government bonds",
    "macro_data_release": "short-dated government bonds",
    "tariff_trade_policy": "importers against domestic producers",
    "political_event": "domestic banks",
    "sanctions": "freight and insurers",
}


def draft_decisions(
    scene: Scene, drafted: Sequence[Drafted], bindings: Sequence[Binding], story: Story
) -> tuple[Decision, ...]:
    """Draft one or two decisions from the playbooks that spoke, the most telling first.

    A story told before, and an article from which nothing follows, get "no trade" with its reason.
    """
    if scene.reading.noise is not None:
        return ()
    if not drafted:
        return _nothing_to_trade(scene)
    if story.duplicate_of is not None:
        return (_no_trade(drafted[0], "The same story was published before; what it moves has moved."),)
    spoke = {d.binding.playbook.id for d in drafted}
    found: list[Decision] = []
    for binding in bindings:
        if binding.playbook.id not in spoke:
            continue
        for template in binding.playbook.decisions:
            decision = _decide(template, binding) if suits(template.needs, binding.subject) else None
            if decision is not None and not _clashes(decision, found):
                found.append(decision)
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST]) or (_no_trade(drafted[0], ""),)


def _nothing_to_trade(scene: Scene) -> tuple[Decision, ...]:
    """Say that a page about a listed company gives no reason to act on it, where that is so."""
    subject = scene.main
    if not subject.ticker or subject.reading is None or subject.reading.role is not Role.PRIMARY:
        return ()
    name = subject.name
    return (
        Decision(
            action="No trade",
            instrument=subject.ticker,
            direction="flat",
            horizon="none",
            trigger=f"News that changes what {name} earns or owes",
            invalidation="The page proves to be the first word of such news",
            rationale=f"The page gives no event or figure that bears on {name}.",
            support=(Support(kind="issuer", id=subject.issuer_id or ""),),
        ),
    )


def _decide(template: DecisionTemplate, binding: Binding) -> Decision | None:
    parts = {
        key: fill(getattr(template, key), binding)
        for key in ("action", "instrument", "trigger", "invalid", "because")
    }
    done: dict[str, Filled] = {k: v for k, v in parts.items() if v is not None}
    if len(done) < len(parts):
        return None
    instrument = done["instrument"].text
    if template.instrument == "{name}" and binding.subject.ticker:
        instrument = binding.subject.ticker
    merged = Filled()
    for filled in done.values():
        merged.facts |= filled.facts
        merged.ties |= filled.ties
    return Decision(
        action=done["action"].text,
        instrument=instrument,
        direction=template.direction,
        horizon=template.horizon,
        trigger=done["trigger"].text,
        invalidation=done["invalid"].text,
        rationale=done["because"].text,
        support=merged.supports(binding),
    )


def _clashes(decision: Decision, found: Sequence[Decision]) -> bool:
    """Tell whether an instrument already has a decision: the leading playbook's stands."""
    return any(d.instrument == decision.instrument for d in found)


def _no_trade(drafted: Drafted, reason: str) -> Decision:
    """Say "no trade", what would change that, and why not now."""
    subject = drafted.binding.subject
    lens = subject.lens
    event = drafted.binding.event
    parent = event.parent if event is not None and subject.issuer_id is None else ""
    lead = fill("{lead}", drafted.binding)
    watch = "A second source, with the figure that this page leaves out"
    if lens and "tell" in lens.nouns:
        watch = f"A new reading of {lens.nouns['tell']}"
    known = subject.lead is not None and subject.lead in subject.results
    if not reason and known and lead is not None and lead.text:
        reason = f"The size is known and whether it repeats is not: {lead.text[0].lower() + lead.text[1:]}."
    facts = (
        tuple(lead.supports(drafted.binding)) if lead and "whether" in reason else drafted.claim.support[:1]
    )
    return Decision(
        action="No trade on this alone",
        instrument=subject.ticker or _TRADED_AS.get(parent, subject.name) or "the market",
        direction="flat",
        horizon=drafted.claim.horizon,
        trigger=watch,
        invalidation=drafted.claim.falsified_by or "A report that contradicts this one",
        rationale=reason or "The direction can be argued; what it is worth cannot be read off this page.",
        support=(*facts, Support(kind="playbook", id=drafted.binding.playbook.id)),
    )
