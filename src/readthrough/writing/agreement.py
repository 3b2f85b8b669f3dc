"""Whether a claim says of a figure what its passage says: of whom, of what, which way, when, and how sure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality, Unit
from readthrough.writing.amounts import comparable, same
from readthrough.writing.check_words import (
    DONE,
    FAMILIES,
    FLOWS,
    HEDGED,
    KIN,
    SOFT_WORDS,
    SYNONYMS,
    family_of,
)
from readthrough.writing.frames import Frame, Said

__all__ = ["Place", "Source", "disagreement", "incoherence", "misplaced"]

_APART: Final = 60  # most characters between two figures that are set against each other
_LINKS: Final = r"(?: (?:the|an?|about|around|roughly|average|mean|estimate|consensus|of|under|over))* ?\W*$"
_MOVED: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (lazily(r"\b(?:up|higher|risen|rose|raised) from" + _LINKS), 1),
    (lazily(r"\b(?:down|lower|fallen|fell|cut) from" + _LINKS), -1),
)
_SET_AGAINST: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (lazily(r"\b(?:above|ahead of|topping|topped|beat|beating|exceeding|exceeded|more than)" + _LINKS), 1),
    (lazily(r"\b(?:below|short of|shy of|missed|missing|undershoots|less than)" + _LINKS), -1),
)
# words that say whether a move is good, not which way it went: a ratio improves downwards
_JUDGES: Final = frozenset(
    "improve improved improves improving worsened weaken weakens weakened strengthened strengthens better eased firmed softened loss".split()
)
_WOULD: Final = lazily(r"\b(?:could|might|may|if|were to|unless)\b|^\W*(?:were|should) ")
_GOES_ON: Final = lazily(r"\b(?:and|but)\b")
_FROM: Final = lazily(r"^[^,;]{0,30}\bfrom" + _LINKS)
_CLEARLY: Final = 2.0
"""By how much another figure has to fit better. Tuned on the development sentences: below it, true ones are withheld."""
_BESIDE: Final = 3.0  # for a figure that another is only measured against
_EXCHANGED: Final = 1.5  # both together, for two figures of one sentence
_OF_A_DEAL: Final = frozenset({"deal value", "premium", "offering size"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the article where an amount stands, with the fact that was read there, where one was."""

    said: Said
    frame: Frame
    fact: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that has a claim's amount, and what the article around it offers."""

    place: Place
    topic: frozenset[str]  # words of the headline and of the sentence before
    known: frozenset[str]  # words of the article
    segments: frozenset[str]  # words of the parts of companies that facts are told of
    proper: frozenset[str]  # words that the article only ever writes with a capital, in lower case
    parties: frozenset[str]  # who makes a deal with whom
    everywhere: Callable[[], Sequence[Place]]  # all amounts of the article

    @property
    def said(self) -> Said:
        """The sentence."""
        return self.place.said

    @property
    def frame(self) -> Frame:
        """What it says of the amount."""
        return self.place.frame

    @property
    def fact(self) -> Fact | None:
        """What was read there."""
        return self.place.fact


def disagreement(said: Said, frame: Frame, source: Source) -> str:
    """Say in which respect a claim's figure and its source part, or return ""."""
    return (
        _role_fault(frame, source)
        or _company_fault(frame, source)
        or _family_fault(said, frame, source)
        or _segment_fault(said, frame, source)
        or _sign_fault(frame, source)
        or _surprise_fault(frame, source)
        or _time_fault(frame, source)
        or _modality_fault(said, frame, source)
        or _subject_fault(said, frame, source)
    )


def _role_fault(frame: Frame, source: Source) -> str:
    """What was expected, or stood before, may not be told as what came."""
    if frame.role != "actual" or source.frame.role not in ("expected", "base") or frame.amount.fold:
        return ""
    what = "what was expected" if source.frame.role == "expected" else "what was before"
    return f"The figure {frame.amount.text} is {what}, not what came."


def _company_fault(frame: Frame, source: Source) -> str:
    mine = {frame.owner, frame.after} - {""}
    if not mine or frame.spell:
        return ""
    fact, theirs = source.fact, source.frame
    owners = {theirs.owner, theirs.after, source.said.before} - {""}
    read = fact.issuer_id if fact is not None else None
    # a name in the figure's own clause is surer than the reading, unless the clause names both
    if read is not None and (read in theirs.names or theirs.owner not in theirs.names):
        owners.add(read)
    if theirs.others and not frame.others and frame.owner and not theirs.names:
        return f"The figure {frame.amount.text} is told of others."
    if not owners or (frame.owner in owners) or (not frame.owner and mine & owners):
        return ""
    if frame.owner in theirs.names and (frame.names & owners or theirs.together):
        return ""
    deal = fact is not None and fact.metric in _OF_A_DEAL
    if deal and frame.owner in source.parties and owners & source.parties:
        return ""
    return f"The figure {frame.amount.text} belongs to another company, which the clause does not name."


def _family_fault(said: Said, frame: Frame, source: Source) -> str:
    """The measure that a claim names has to be the figure's, unless no other figure of the article is of that measure."""
    mine = frame.families
    if not mine or frame.spell or frame.amount.fold or frame.role == source.frame.role != "actual":
        return ""
    theirs = source.frame.families
    named = family_of(source.fact.metric) if source.fact is not None else ""
    all_theirs = theirs | source.frame.wide | ({named} - {""})
    if any(KIN[f] & all_theirs for f in mine):
        return ""
    if not theirs and not named:
        if any(mine & FAMILIES.get(word, frozenset()) for word in source.said.plain | source.topic):
            return ""
        unsure = not _is_rivalled(said, frame, source, lambda p: bool(mine & p.frame.families))
    else:
        known = any(mine & FAMILIES.get(word, frozenset()) for word in source.known)
        governed = bool(frame.head) and not any(KIN[f] & all_theirs for f in frame.head)
        unsure = (
            not (theirs and named and governed)
            and known
            and not _is_rivalled(
                said, frame, source, lambda p: bool(mine & p.frame.families) or _family(p) in mine
            )
        )
    if unsure:
        return ""
    what = (
        source.fact.metric_name
        if named and source.fact is not None
        else min(theirs, default="told of something else")
    )
    return f"The figure {frame.amount.text} is {what}, not {min(mine)}."


def _segment_fault(said: Said, frame: Frame, source: Source) -> str:
    """A segment's figure may not be told as the whole company's, where that has one of its own."""
    fact = source.fact
    told = [n for n in frame.nouns if n in source.segments]
    if (
        told
        and not _any_akin(told, source.said.plain)
        and (fact is None or not _any_akin(told, fact.segment.lower().split()))
    ):
        return f"The figure {frame.amount.text} is not told of {told[-1]}."
    named = [n for n in frame.nouns if n in source.proper]
    if named and source.frame.owner and not _any_akin(named, source.said.plain | source.topic):
        return f"The figure {frame.amount.text} is not told of {named[-1]}."
    if fact is None or not fact.segment or frame.nouns or not frame.families:
        return ""
    words = [w for w in fact.segment.lower().replace("-", " ").split() if w in source.segments]
    if not words or any(_akin(w, own) for w in words for own in said.plain):
        return ""

    def of_all(place: Place) -> bool:
        other = place.fact
        return (
            other is not None
            and other.metric == fact.metric
            and not other.segment
            and other.is_change is fact.is_change
        )

    if not _is_rivalled(said, frame, source, of_all):
        return ""
    return f"The figure {frame.amount.text} is {fact.metric_name}, not that of the whole."


def _family(place: Place) -> str:
    return family_of(place.fact.metric) if place.fact is not None else ""


def _is_rivalled(said: Said, frame: Frame, source: Source, fits: Callable[[Place], bool]) -> bool:
    """Tell whether another figure of the same unit fits what the claim says, and no worse on the whole."""
    own = _likeness(frame, source.place)
    return any(
        comparable(frame.amount, p.frame.amount)
        and not any(same(f.amount, p.frame.amount) for f in said.frames)
        and fits(p)
        and _likeness(frame, p) >= own
        for p in source.everywhere()
    )


def _sign_fault(frame: Frame, source: Source) -> str:
    if not frame.sign or frame.amount.fold or frame.role != "actual" or source.frame.role != "actual":
        return ""
    sign, fact = source.frame.sign, source.fact
    if not sign and fact is not None and fact.value == source.frame.amount.value:
        sign = {Direction.UP: 1, Direction.DOWN: -1}.get(fact.change, 0) if fact.change is not None else 0
    if not sign and source.frame.flat:
        return f"The figure {frame.amount.text} is left as it was, and the sentence says otherwise."
    if not sign or frame.sign == sign:
        return ""
    if frame.amount.unit is None and (frame.sign_word in FLOWS) is not (source.frame.sign_word in FLOWS):
        return ""  # hiring slowed to 22,000, and 22,000 were added
    went = "up" if sign > 0 else "down"
    return f"The figure {frame.amount.text} went {went}, and the sentence says otherwise."


def _surprise_fault(frame: Frame, source: Source) -> str:
    if not frame.against:
        return ""
    fact = source.fact
    by_fact = {"beat": 1, "miss": -1}.get(fact.vs_expectation, 0) if fact is not None else 0
    known = {source.frame.against, by_fact} - {0}
    if frame.families & {"loss", "cost", "charge"}:
        return ""  # better is less
    if not known or frame.against in known:
        return ""
    side = "above" if -frame.against > 0 else "below"
    return f"The figure {frame.amount.text} came {side} what was expected, and the sentence says otherwise."


def _time_fault(frame: Frame, source: Source) -> str:
    theirs = source.frame
    for ours, others in ((frame.told, theirs.told), (frame.times, theirs.times)):
        for kind, mine in ours.items():
            other = others.get(kind)
            if other and not mine & other:
                return f"The figure {frame.amount.text} is told of another {kind}."
    return ""


def _modality_fault(said: Said, frame: Frame, source: Source) -> str:
    """What is planned, forecast or only reported may not be told as done."""
    if {frame.role, source.frame.role} & {"expected", "base"} or said.forward:
        return ""
    fact = source.fact
    if (
        fact is not None
        and fact.metric == "share price"
        and fact.is_change
        and fact.modality is Modality.ACTUAL
    ):
        return ""
    rumoured = fact is not None and fact.modality in (Modality.RUMOURED, Modality.DENIED)
    if rumoured and said.words & HEDGED:
        return ""
    # what would come under a condition is not so in any tense; what is planned may be named ("the $5 billion purchase")
    conditional = _WOULD.search(source.said.clause_of(source.frame)) is not None
    if not conditional and DONE.isdisjoint(said.clause_of(frame).split()):
        return ""
    sure = fact is not None and fact.modality is Modality.ACTUAL
    if rumoured or source.said.is_to_come(source.frame, near=sure):
        return f"The figure {frame.amount.text} is no more than planned or reported, and the sentence tells it as done."
    return ""


def _subject_fault(said: Said, frame: Frame, source: Source) -> str:
    """What a claim's clause speaks of has to stand where the article has the figure, if it stands beside another such figure."""
    if frame.spell or frame.role == source.frame.role != "actual":
        return ""
    theirs = source.frame
    for words in (frame.nouns, frame.behind):
        told = [n for n in words if _any_akin((n,), source.known)]
        if told and not _any_akin(told, source.said.plain) and _is_beside(said, frame, source, told):
            return f"The figure {frame.amount.text} is not told of {told[-1]}."
    elsewhere = [n for n in frame.nouns if _any_akin((n,), source.said.plain - theirs.region)]
    own = _any_akin(frame.nouns, theirs.region)
    regions = [f.region for f in source.said.frames if f.amount != theirs.amount]
    if (
        elsewhere
        and not own
        and (theirs.nouns or theirs.called)
        and any(_any_akin(elsewhere, o) for o in regions)
    ):
        return f"The figure {frame.amount.text} is not told of {elsewhere[-1]}."
    counted = (frame.counted,)
    if frame.counted and theirs.counted and not _any_akin(counted, theirs.region):
        others = [f.counted for f in source.said.frames if f.counted]
        return (
            f"The figure {frame.amount.text} does not count {frame.counted}."
            if _any_akin(counted, others)
            else ""
        )
    return ""


def _is_beside(said: Said, frame: Frame, source: Source, words: Sequence[str]) -> bool:
    """Tell whether words stand beside another figure of the article."""
    return _is_rivalled(said, frame, source, lambda p: _any_akin(words, p.frame.region))


def _any_akin(some: Iterable[str], others: Iterable[str]) -> bool:
    known = tuple(others)
    return any(_akin(one, two) for one in some for two in known)


def misplaced(borne: Sequence[tuple[Frame, Sequence[Source]]]) -> str:
    """Say whose words a sentence puts a figure among, where they fit another figure of the article clearly better.

    A figure that stands in the sentence too is another's rival only if both would fit better the other way round.

    Args:
        borne: The figures of a claim's sentence, each with the places that have its amount; at least one each.
    """
    own = [max(_likeness(frame, s.place) for s in sources) for frame, sources in borne]
    for i, (frame, sources) in enumerate(borne):
        if frame.spell or frame.amount.fold:
            continue
        rivals: dict[int, float] = {}
        for place in sources[0].everywhere():
            other = place.frame.amount
            if not comparable(frame.amount, other) or same(frame.amount, other) or place.frame.spell:
                continue
            gain = _likeness(frame, place) - own[i]
            twin = next((j for j, (f, _) in enumerate(borne) if j != i and same(f.amount, other)), -1)
            if twin >= 0:
                rivals[twin] = max(gain, rivals.get(twin, gain))
            elif gain >= (_CLEARLY if frame.role == "actual" else _BESIDE):
                return f"The sentence says of {frame.amount.text} what the article says of {other.text}."
        for twin, gain in rivals.items():
            back = max(_likeness(borne[twin][0], s.place) for s in sources) - own[twin]
            if gain + back >= _EXCHANGED:
                return f"The sentence says of {frame.amount.text} what the article says of {borne[twin][0].amount.text}."
    return ""


def _likeness(frame: Frame, place: Place) -> float:
    """How well the words around a claim's figure fit a place of the article."""
    theirs, fact = place.frame, place.fact
    owners = {theirs.owner, theirs.after, fact.issuer_id if fact is not None else ""} - {"", None}
    score = 0.0
    if frame.owner and owners:
        score += 1.5 if frame.owner in owners else -1.5
    if frame.called and theirs.called and theirs.owner == frame.owner:
        score += 0.5 if frame.called == theirs.called else -0.5
    if frame.role != theirs.role:
        score -= 1.5
    families = theirs.families | ({_family(place)} - {""})
    if frame.families and families:
        score += (
            1.5
            if frame.families & families
            else (-1.0 if not any(KIN[f] & families for f in frame.families) else 0.0)
        )
    if frame.sign and theirs.sign:
        score += 0.75 if frame.sign == theirs.sign else -1.5
    for kind, mine in frame.times.items():
        other = theirs.told.get(kind)
        if other:
            score += 1.0 if mine & other else -1.5
    words = frame.region - SOFT_WORDS - FAMILIES.keys()
    shared = sum(any(_akin(w, t) for t in theirs.region) for w in words if len(w) > 2)
    return score + min(3.0, 1.0 * shared)


def _akin(one: str, two: str) -> bool:
    """Tell whether two words are one in another ending: delivery, deliveries; West, western."""
    if one == two or any(one in group and two in group for group in SYNONYMS):
        return True
    least = min(len(one), len(two))
    return least >= 4 and one[: max(4, least - 2)] == two[: max(4, least - 2)]


def incoherence(said: Said) -> str:
    """Say which two figures of a sentence cannot stand to each other as it says, or return ""."""
    leading: dict[Unit | None, Frame] = {}
    for one, two in pairwise(said.frames):
        if one.role == "actual":
            leading[one.amount.unit] = one
        between = said.lowered[one.amount.end : two.amount.start]
        if _GOES_ON.search(between):  # rose to 5 from 4 and topped the 4.5: the 5 did
            one = leading.get(two.amount.unit, one)
        a, b = one.amount, two.amount
        if a.unit is not b.unit or a.value == b.value or len(between) > _APART or a.fold or b.fold:
            continue
        alone = sum(f.amount.unit is a.unit for f in said.frames) == 2  # else another of them may be meant
        wanted = _wanted(between, one.sign, one.sign_word, alone=alone)
        if wanted and (a.value > b.value) is not (wanted > 0):
            return f"The figure {a.text} is not what the sentence says beside {b.text}."
    return ""


def _wanted(between: str, sign: int, word: str, *, alone: bool) -> int:
    """Which of two figures has to be larger by the words between them: 1 the first, -1 the second."""
    for pattern, larger in (*_MOVED, *(_SET_AGAINST if alone else ())):
        if pattern.search(between):
            return larger
    return sign if _FROM.search(between) and word not in _JUDGES else 0
