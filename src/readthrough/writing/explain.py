"""Why a playbook speaks on an article, or which of its conditions failed: `conditions` in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.note import ClaimKind
from readthrough.domain.reading import Reading
from readthrough.universe.master import Universe
from readthrough.writing.binding import Binding
from readthrough.writing.claims import Drafted, asked, draft_claims, is_macro, matches
from readthrough.writing.conditions import anchors, answers, bound_facts, is_asked, kinds_of, reacts, sees
from readthrough.writing.firm import bears, leads
from readthrough.writing.playbook import FactNeed, Playbook, When
from readthrough.writing.playbooks import Playbooks
from readthrough.writing.scene import Scene, Subject
from readthrough.writing.slots import fill

__all__ = ["Said", "Verdict", "explain", "failed_conditions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim of a playbook on an article; `outcome` is said, outspoken (another was stronger) or unfilled."""

    kind: ClaimKind
    outcome: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a playbook on an article.

    `condition` names the one that failed and `reason` says how; both are empty where it speaks. `score` orders
    those that do: higher is more telling.
    """

    playbook_id: str
    speaks: bool
    condition: str = ""
    reason: str = ""
    subject: str = ""
    event: str = ""
    score: float = 0.0
    says: tuple[Said, ...] = ()


def explain(
    article: Article,
    reading: Reading,
    *,
    playbooks: Playbooks,
    universe: Universe,
    ids: Iterable[str] | None = None,
) -> tuple[Verdict, ...]:
    """Say of each playbook whether it speaks on an article and, if not, which condition failed.

    Args:
        article: What was published.
        reading: What it says.
        playbooks: All that could speak; they compete, so all are needed.
        universe: Names and edges.
        ids: The playbooks to explain; all when None.

    Returns:
        Those that speak first, the most telling first, then the others in their order.
    """
    scene = Scene(article, reading, universe, playbooks.lenses)
    wanted = [playbooks.by_id[i] for i in ids] if ids is not None else list(playbooks.playbooks)
    if reading.noise is not None:
        reason = f"the page is no news: {reading.noise.value.replace('_', ' ')}"
        return tuple(Verdict(playbook_id=p.id, speaks=False, condition="news", reason=reason) for p in wanted)
    bindings = matches(scene, playbooks)
    drafted = draft_claims(scene, bindings)
    bound = {b.playbook.id: b for b in bindings}
    woken = {p.id for p in asked(scene, playbooks)}
    speaking = [_spoken(bound[p.id], drafted) for p in wanted if p.id in bound]
    silent = [_silent(scene, p, woken, bindings) for p in wanted if p.id not in bound]
    return (*sorted(speaking, key=lambda v: -v.score), *silent)


def _spoken(binding: Binding, drafted: Sequence[Drafted]) -> Verdict:
    told = {d.claim.kind: d.claim.text for d in drafted if d.binding.playbook.id == binding.playbook.id}
    says = []
    for kind, template in binding.playbook.claims.items():
        if kind in told:
            says.append(Said(kind=kind, outcome="said", text=told[kind]))
            continue
        filled = (fill(text, binding) for text in template.texts)
        text = next((f.text for f in filled if f is not None), "")
        says.append(Said(kind=kind, outcome="outspoken" if text else "unfilled", text=text))
    return Verdict(
        playbook_id=binding.playbook.id,
        speaks=True,
        subject=binding.subject.name,
        event=binding.event.type if binding.event is not None else "",
        score=binding.score,
        says=tuple(says),
    )


def _silent(scene: Scene, playbook: Playbook, woken: set[str], bindings: Sequence[Binding]) -> Verdict:
    condition, reason = _why_silent(scene, playbook, woken, bindings)
    return Verdict(playbook_id=playbook.id, speaks=False, condition=condition, reason=reason)


def _why_silent(
    scene: Scene, playbook: Playbook, woken: set[str], bindings: Sequence[Binding]
) -> tuple[str, str]:
    when = playbook.when
    candidates = list(anchors(scene, when, scene.firm))
    if when.events and not candidates:
        return _no_event(scene, when)
    if not candidates:
        return "subject", "the page is about no company that is known"
    fullest = max(
        (list(failed_conditions(scene, when, subject)) for subject, _ in candidates),
        key=lambda failed: -len(failed),
    )
    if fullest:
        return fullest[0]
    if playbook.id not in woken:
        if not bears(scene) and not when.headline:
            return "bearing", "nothing on the page bears on the value of something listed"
        return "subject", "it is told of another subject than the main one"
    if any(is_macro(b, scene) for b in bindings):
        return "market", "the page is about the market, and this asks for no event"
    return "", ""


def failed_conditions(scene: Scene, when: When, subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each condition that a subject does not meet, and what was found instead."""
    for name, check in _CHECKS.items():
        if reason := check(scene, when, subject):
            yield name, reason
    if bound_facts(scene, when, subject) is None:
        yield "facts", _missing_fact(scene, when, subject)


def _no_event(scene: Scene, when: When) -> tuple[str, str]:
    told = [event for _, event in scene.firm if is_asked(event, when)]
    wanted = _listed(when.events)
    if not told:
        loose = [e for e in scene.reading.events if is_asked(e, when)]
        if loose:
            return "events", f"{loose[0].type} is told only in passing or as background"
        others = _listed({event.type for _, event in scene.firm})
        return "events", f"it asks for {wanted}; the page tells of {others or 'no event'}"
    event = told[0]
    if event.modality not in when.modality:
        return "modality", f"{event.type} is {event.modality.value}; it asks for {_listed(when.modality)}"
    return "polarity", f"{event.type} reads {event.polarity.value}; it asks for {_listed(when.polarity)}"


def _tension(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    if not when.tension or not when.tension.isdisjoint(subject.tensions):
        return ""
    return f"it asks for {_listed(when.tension)}; the story has {_listed(subject.tensions) or 'none'}"


def _unless(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    held = when.unless & subject.tensions
    return f"the story has {_listed(held)}, which rules it out" if held else ""


def _reaction(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    if not when.reaction or reacts(subject, when.reaction):
        return ""
    found = {1: "the price rose", -1: "the price fell", 0: "no reaction of the price is told"}
    wanted = {"up": "a rise", "down": "a fall", "any": "a reaction", "none": "no reaction"}
    return f"it asks for {wanted.get(when.reaction, when.reaction)}; {found[subject.move_sign]}"


def _lens(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    if sees(subject, when):
        return ""
    held = subject.lens.id if subject.lens else ""
    seen = f"is seen as {held}" if held else "has no industry that is known"
    return f"it asks for {_listed(when.lens)}; {subject.name or 'the subject'} {seen}"


def _themes(scene: Scene, when: When, subject: Subject) -> str:
    del subject
    if not when.themes or not when.themes.isdisjoint(scene.reading.themes):
        return ""
    return (
        f"it asks for {_listed(when.themes)}; the page is about {_listed(scene.reading.themes) or 'no theme'}"
    )


def _role(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    if not when.role or subject.role == ("" if when.role == "open" else when.role):
        return ""
    return f"it asks for the {when.role}; the text shows {subject.name} as {subject.role or 'neither side'}"


def _subject(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    if not when.subject or when.subject in kinds_of(subject):
        return ""
    return f"it asks for a subject of kind {when.subject}; this one is {_listed(kinds_of(subject))}"


def _without(scene: Scene, when: When, subject: Subject) -> str:
    del scene
    held = {name for e in subject.events for name in (e.type, e.parent)} & when.without
    return f"{_listed(held)} is told too, which rules it out" if held else ""


def _words(scene: Scene, when: When, subject: Subject) -> str:
    del subject
    return "" if not when.words or scene.says(when.words) else f"the text says none of {_quoted(when.words)}"


def _nowords(scene: Scene, when: When, subject: Subject) -> str:
    del subject
    held = [word for word in when.nowords if scene.says([word])]
    return f"the text says {_quoted(held)}, which rules it out" if held else ""


def _headline(scene: Scene, when: When, subject: Subject) -> str:
    del subject
    if not when.headline or scene.headed(when.headline):
        return ""
    return f"the headline says none of {_quoted(when.headline)}"


def _headwords(scene: Scene, when: When, subject: Subject) -> str:
    del subject
    if not when.headwords or scene.opens_with(when.headwords):
        return ""
    return f"the headline and the opening say none of {_quoted(when.headwords)}"


_CHECKS: Final[dict[str, Callable[[Scene, When, Subject], str]]] = {
    "tension": _tension,
    "unless": _unless,
    "reaction": _reaction,
    "lens": _lens,
    "themes": _themes,
    "role": _role,
    "subject": _subject,
    "without": _without,
    "words": _words,
    "nowords": _nowords,
    "headline": _headline,
    "headwords": _headwords,
}


def _missing_fact(scene: Scene, when: When, subject: Subject) -> str:
    for need in when.facts:
        named = [f for f in subject.facts if f.metric in need.metrics]
        fitting = [f for f in subject.facts if answers(f, need)]
        if not named and not fitting:
            return f"no {_listed(need.metrics)} of {subject.name or 'the subject'} is told"
        if not fitting:
            return f"{named[0].metric} is told, but not {_asked_of(need)}"
        if not when.events and not any(leads(f, scene) for f in fitting):
            return f"{fitting[0].metric} is told too deep in the page"
    return "the figures it asks for are one and the same"


def _asked_of(need: FactNeed) -> str:
    asked = [need.change, need.vs.replace("_", " "), _listed(need.modality)]
    asked += ["of a segment" if need.segment else "of the whole"] if need.segment is not None else []
    asked += ["as a change" if need.is_change else "as a level"] if need.is_change is not None else []
    asked += ["good" if need.good > 0 else "bad"] if need.good is not None else []
    return " and ".join(filter(None, asked)) or "as it asks"


def _listed(names: Iterable[str]) -> str:
    found = sorted(str(getattr(name, "value", name)) for name in names)
    more = f" or {len(found) - 6} more" if len(found) > 6 else ""
    return ", ".join(found[:6]) + more


def _quoted(words: Sequence[str]) -> str:
    more = f" or {len(words) - 4} more" if len(words) > 4 else ""
    return ", ".join(f"“{word}”" for word in words[:4]) + more
