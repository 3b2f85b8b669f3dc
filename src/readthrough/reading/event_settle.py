"""One event per type, subject and polarity; and where two readings contradict, which stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from readthrough.domain.reading import Event, Modality, Polarity
from readthrough.domain.taxonomy import parent_of

__all__ = ["Candidate", "settle"]

_FLOOR: Final = 0.36  # strength below which an aside deep in the body is not an event of this article
_MOST: Final = 10  # events an article keeps; real wires tell at most six or seven
# a stronger telling of the same matter silences the weaker one, for the same subject
_SILENCES: Final[dict[str, tuple[str, ...]]] = {
    "ma_completed": ("ma_announced", "ma_rumour_or_nonbinding"),
    "ma_announced": ("ma_rumour_or_nonbinding",),
    "ma_blocked_or_terminated": ("ma_announced", "ma_rumour_or_nonbinding"),
    "settlement_or_fine": ("litigation",),
    "layoffs_restructuring": ("cost_cutting_plan",),
    "offering_withdrawn": ("share_offering",),
    "ipo_suspended": ("ipo", "offering_withdrawn"),
    "ipo": ("share_offering",),
    "buyback_suspension": ("buyback",),
    "guidance_cut": ("guidance_maintained",),
    "guidance_raise": ("guidance_maintained",),
    "regulatory_rejection": ("regulatory_approval",),
    "executive_arrest": ("fraud_allegation", "regulatory_action"),
    "restatement": ("accounting_irregularity",),
    "bankruptcy_or_insolvency": ("debt_default_risk", "liquidity_stress"),
    "antitrust_action": ("regulatory_probe", "regulatory_action"),
    "fraud_allegation": ("regulatory_action",),
    "labor_strike": ("supply_disruption",),
    "cyber_breach": ("supply_disruption",),
    "product_recall": ("product_discontinuation",),
    "capex_cut": ("capex_plan",),
    "dividend_cut_or_suspension": ("dividend_increase",),
    "central_bank_appointment": ("political_event", "management_change"),
    "fx_move": (),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event as found, before it meets the others."""

    event: Event
    weak: bool = False


def settle(found: Iterable[Candidate]) -> tuple[Event, ...]:
    """Merge repeats, resolve contradictions, and return events in order of place."""
    kept = _merged(found)
    kept = _measured(kept)
    kept = _results(kept)
    kept = _outlooks(kept)
    kept = _charged(_silenced(kept))
    kept = [c for c in _one_side(kept) if c.event.strength >= _FLOOR]
    best = sorted(kept, key=lambda c: -_weight(c.event))[:_MOST]
    return tuple(sorted((c.event for c in best), key=lambda e: (e.span.start, e.type, e.subject)))


def _weight(event: Event) -> float:
    return (
        event.strength
        * (0.4 if event.background else 1.0)
        * (1.0 if event.modality is Modality.ACTUAL else 0.9)
    )


def _merged(found: Iterable[Candidate]) -> list[Candidate]:
    best: dict[tuple[str, str, Polarity], Candidate] = {}
    for candidate in found:
        event = candidate.event
        key = (event.type, event.subject, event.polarity)
        held = best.get(key)
        if held is None or _better(candidate, held):
            best[key] = candidate
    return list(best.values())


def _better(new: Candidate, held: Candidate) -> bool:
    if new.weak != held.weak:
        return held.weak
    if new.event.background != held.event.background:
        return held.event.background
    return _weight(new.event) > _weight(held.event) + 0.05


def _measured(kept: list[Candidate]) -> list[Candidate]:
    """Words that measure an outlook or a count of users are not also words of the result."""
    told = [c.event for c in kept if c.event.parent in ("guidance_change", "user_metrics")]
    return [
        c
        for c in kept
        if c.event.parent != "earnings_result"
        or not any(
            e.sentence == c.event.sentence
            and e.subject == c.event.subject
            and e.span.start < c.event.span.end
            and c.event.span.start <= e.span.end + 8
            and e.type != "guidance_maintained"
            for e in told
        )
    ]


def _outlooks(kept: list[Candidate]) -> list[Candidate]:
    """An outlook goes one way: as the headline has it, as the company did it, as it is told first."""
    best: dict[str, Candidate] = {}
    for candidate in kept:
        if candidate.event.type in ("guidance_raise", "guidance_cut"):
            held = best.get(candidate.event.subject)
            if held is None or _told_before(candidate) < _told_before(held):
                best[candidate.event.subject] = candidate
    return [
        c
        for c in kept
        if c.event.type not in ("guidance_raise", "guidance_cut")
        or best[c.event.subject].event.type == c.event.type
    ]


def _told_before(candidate: Candidate) -> tuple[bool, bool, bool, int]:
    event = candidate.event
    return event.background, event.sentence != 0, candidate.weak, event.span.start


def _results(kept: list[Candidate]) -> list[Candidate]:
    subjects = {c.event.subject for c in kept if c.event.parent == "earnings_result"}
    for subject in subjects:
        rows = [c for c in kept if c.event.parent == "earnings_result" and c.event.subject == subject]
        firm = (
            [c for c in rows if not c.weak and not c.event.background]
            or [c for c in rows if not c.weak]
            or rows
        )
        firm = [c for c in firm if c.event.sentence == 0] or firm
        types = {c.event.type for c in firm}
        kept = [c for c in kept if c not in rows]
        if "earnings_mixed" in types and len(types) > 1:
            firm = [c for c in firm if c.event.type == "earnings_mixed"]
        elif {"earnings_beat", "earnings_miss"} <= types:
            firm = [_as_mixed(max(firm, key=lambda c: _weight(c.event)))]
        if len(firm) > 1:
            firm = [max(firm, key=lambda c: _weight(c.event))]
        kept.extend(firm)
    return kept


def _as_mixed(candidate: Candidate) -> Candidate:
    event = replace(
        candidate.event,
        type="earnings_mixed",
        parent=parent_of("earnings_mixed"),
        polarity=Polarity.NEUTRAL,
        strength=0.5,
    )
    return Candidate(event)


def _charged(kept: list[Candidate]) -> list[Candidate]:
    """A fraud that a suit or a probe of the same sentence alleges is what that suit or probe is about."""
    told = {c.event.sentence for c in kept if c.event.parent in ("litigation", "regulatory_probe_or_action")}
    return [c for c in kept if c.event.type != "fraud_allegation" or c.event.sentence not in told]


def _silenced(kept: list[Candidate]) -> list[Candidate]:
    present: dict[str, set[str]] = {}
    for candidate in kept:
        if not candidate.event.background and candidate.event.modality is not Modality.DENIED:
            present.setdefault(candidate.event.subject, set()).add(candidate.event.type)
    quiet = {
        (subject, loser)
        for subject, types in present.items()
        for winner in types
        for loser in _SILENCES.get(winner, ())
    }
    return [c for c in kept if (c.event.subject, c.event.type) not in quiet]


def _one_side(kept: list[Candidate]) -> list[Candidate]:
    """A type that points both ways for one subject keeps its weightier side."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in kept:
        key = (candidate.event.type, candidate.event.subject)
        held = best.get(key)
        if held is None or _order(candidate) > _order(held):
            best[key] = candidate
    return list(best.values())


def _order(candidate: Candidate) -> tuple[bool, bool, float, bool, int]:
    event = candidate.event
    return (
        not event.background,
        not candidate.weak,
        round(_weight(event), 2),
        event.polarity is not Polarity.NEUTRAL,
        -event.span.start,
    )
