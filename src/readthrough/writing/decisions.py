"""What one would do, when, and what would undo it; "no trade" where that is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.article import digest
from readthrough.domain.note import Decision, Support
from readthrough.domain.reading import Role
from readthrough.domain.story import Story
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.claims import Drafted, suits
from readthrough.writing.playbooks import DecisionTemplate
from readthrough.writing.scene import Scene
from readthrough.writing.slots import fill
from readthrough.writing.words import capitalised

__all__ = ["draft_decisions"]

_MOST: Final = 2
_TRADED_AS: Final = {
    "central_bank": "short-dated government bonds",
    "macro_data_release": "short-dated government bonds",
    "tariff_trade_policy": "importers against domestic producers",
    "political_event": "domestic banks",
    "sanctions": "freight and insurers",
    "regulatory_rule_change": "the companies it binds",
    "liquidity_stress": "lenders that fund them",
}

# what a page of each kind would have to tell before one could act on it
_MISSING: Final = {
    "accounting_issue": "the size of the correction",
    "analyst_rating_change": "the estimate behind the rating",
    "antitrust_action": "the remedy that is asked for",
    "buyback": "the sum and its pace",
    "capex_change": "the return expected on the spending",
    "contract_change": "the margin of the contract",
    "cost_cutting_plan": "what the savings cost",
    "credit_quality_deterioration": "the reserves against it",
    "cyber_breach": "the number of customers affected",
    "denial_clarification": "a document behind the statement",
    "dividend_change": "the cash that covers it",
    "fraud": "a charge or an audit",
    "insider_or_activist": "what the holder asks for",
    "ipo": "the terms and the shares free to trade",
    "labor_strike": "the output lost and the offer on the table",
    "layoffs_restructuring": "the charge and the saving",
    "litigation": "the sum at stake and the next ruling",
    "ma_announced": "how it is paid for",
    "ma_rumour_or_nonbinding": "a named party and a price",
    "macro_data_release": "the figure that was expected",
    "management_change": "the outlook under the successor",
    "market_wide_move": "the reason, in estimates or in credit",
    "political_event": "a measure with a date",
    "product_launch": "a price, a ship date or an order count",
    "product_withdrawal": "the units affected and the cause",
    "regulatory_clearance": "the conditions attached",
    "regulatory_probe_or_action": "the practice and the period in question",
    "regulatory_rule_change": "the final text and its date",
    "sanctions": "the sales that fall under them",
    "sector_readacross": "a figure of its own",
    "share_offering": "the price and the use of the money",
    "spin_off_or_split": "who takes the debt",
    "supply_disruption": "the date of a return to full output",
    "tariff_trade_policy": "a list with a date",
    "user_metrics": "what each user brings",
}

# each list ends with a wording that needs no company and no industry
_IDLE: Final = (
    "No trade on this alone",
    "No trade yet in {name}",
    "Leave {name} as it is",
    "Watch {name}; no trade",
    "Hold what there is of {name}, add nothing",
    "Stand aside until {tell} answers",
    "No position on this page",
    "Nothing to do in {name} today",
)
_KNOWN: Final = (
    "The size is known and whether it repeats is not: {said}.",
    "It is a figure without a successor yet: {said}.",
    "One reading of {said} is no trend.",
    "The page has {said}, and nothing on what comes after.",
    "What {said} leads to is a matter of the next report.",
)
_AWAITED: Final = (
    "{tell} at {name} turns with it",
    "{name} puts a sum to it",
    "It comes back as a figure in the next report from {name}",
    "{name} names it when it speaks of {driver}",
    "A change in {driver} that {name} confirms",
    "A date and a sum from {name}",
    "A second source gives it a figure",
)
_DROPPED: Final = (
    "The next report from {name} passes over it",
    "{tell} stays where it was for two quarters",
    "A quarter goes by without a second page on it",
    "{name} takes it back",
)
_UNCOUNTED: Final = (
    "Nothing on the page can be put into an estimate for {name}.",
    "What it does to {driver} is not told, and that is all it could be traded on.",
    "Between this page and {tell} stands more than one step.",
    "It would have to reach {driver} first; the page stops before that.",
    "A holder of {name} learns something and can count nothing.",
    "Neither a sum nor a date is given.",
)
_LACKING: Final = (
    "Missing is <missing>.",
    "It turns on <missing>, which is not told here.",
    "Without <missing> no estimate for {name} can move.",
    "The one thing to trade on would be <missing>.",
    "The page does not give <missing>.",
)


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
        for template in _turned(binding):
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


def _turned(binding: Binding) -> Sequence[DecisionTemplate]:
    """Let another of a playbook's wordings of the same decision come first on another page."""
    found = binding.playbook.decisions
    if len(found) < 2:
        return found
    turn = int(digest(binding.scene.article.id, binding.playbook.id, size=4), 16)
    alike: dict[tuple[str, str, frozenset[str]], list[DecisionTemplate]] = {}
    for template in found:
        alike.setdefault((template.instrument, template.direction, template.needs), []).append(template)
    return [same[(i + turn) % len(same)] for same in alike.values() for i in range(len(same))]


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
    if "{rival}" in template.instrument and any(not t.ticker for t in done["instrument"].ties.values()):
        return None  # nobody can trade against a company that is not listed
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
    """Say "no trade", which missing piece would change that, and why not now."""
    binding = drafted.binding
    subject, event = binding.subject, binding.event
    parent = event.parent if event is not None else ""
    about = subject.name if subject.ticker else _TRADED_AS.get(parent, subject.name)
    missing = _MISSING.get(parent, "")
    lead = fill("{lead}", binding)
    known = subject.issuer_id is not None and subject.lead is not None and subject.lead in subject.results
    filled = Filled()
    if not reason and known and lead is not None and lead.text:
        said = lead.text[0].lower() + lead.text[1:]
        reason = _KNOWN[int(digest(binding.scene.article.id, "known", size=4), 16) % len(_KNOWN)].format(
            said=said
        )
        filled = lead
    wanted = f"A report{f' on {about}' if about else ''} that gives {missing}" if missing else ""
    return Decision(
        action=_one_of(_IDLE, binding, "action", filled),
        instrument=subject.ticker or about or "the market",
        direction="flat",
        horizon=drafted.claim.horizon,
        trigger=capitalised(wanted) or _one_of(_AWAITED, binding, "trigger", filled),
        invalidation=(
            _one_of(_DROPPED, binding, "drop", filled) if event is None else drafted.claim.falsified_by
        )
        or "A report that contradicts this one",
        rationale=reason or _one_of(_LACKING if missing else _UNCOUNTED, binding, "reason", filled, missing),
        support=(*drafted.claim.support[:1], *filled.supports(binding)),
    )


def _one_of(wordings: Sequence[str], binding: Binding, what: str, filled: Filled, missing: str = "") -> str:
    """Choose a wording by the article's id among those that can be filled, and add what it cites."""
    turn = int(digest(binding.scene.article.id, what, size=4), 16)
    if binding.subject.issuer_id is None or not binding.subject.ticker:
        wordings = [
            w for w in wordings if "{name}" not in w
        ]  # a market reports nothing and is held by nobody
    for i in range(len(wordings)):
        found = fill(wordings[(i + turn) % len(wordings)].replace("<missing>", missing), binding)
        if found is not None and "  " not in found.text:
            filled.facts |= found.facts
            filled.ties |= found.ties
            return found.text
    return ""
