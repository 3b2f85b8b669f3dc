"""Build an event from a trigger: where it stands, how strongly it is told, whether it is past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span, digest
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Modality, Polarity, Sentence
from readthrough.domain.security import IssuerId
from readthrough.domain.taxonomy import parent_of
from readthrough.reading.event_bearing import OWN_NEWS
from readthrough.reading.event_roles import Party
from readthrough.reading.event_scene import LEAD, Scene
from readthrough.reading.event_settle import Candidate
from readthrough.reading.patterns import Pattern, Who

__all__ = ["Stated", "candidate_of", "event_of", "placed"]

_COMPARED: Final = frozenset(
    "earnings_beat earnings_miss earnings_mixed guidance_raise guidance_cut guidance_maintained user_metrics "
    "credit_quality_deterioration recap_no_new_information dividend_increase sector_readacross "
    "debt_default_risk liquidity_stress litigation buyback".split()
)
_SELF: Final = lazily(
    r"\b(?:it|its|we|our|the (?:company|firm|group|bank|\w+ maker|carmaker|chipmaker|retailer|"
    r"drugmaker|airline|lender)|the board|management|directors|board of directors)\b"
)
_PAST: Final = lazily(
    r"\b(?:had (?:already |previously |also )?\w+(?:ed|n|t)\b|last (?:month|year|summer|fall|spring|"
    r"winter|january|february|march|april|may|june|july|august|september|december|november|october)|"
    r"years? ago|months? ago|in (?:19|20)\d\d|earlier this (?:year|month)|in recent (?:years|months)|"
    r"(?<!than )previously|a year earlier|over the past)\b"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """An event told by its parts: of which type and sign, to whom, where it is said."""

    type: str
    polarity: Polarity
    issuer_id: IssuerId | None
    sentence: int
    span: Span
    strength: float = 0.5
    name: str = ""  # of what is no firm


def candidate_of(
    scene: Scene,
    index: int,
    place: tuple[int, int],
    pattern: Pattern,
    modality: Modality,
    subject: Party,
    other: Party,
    polarity: Polarity,
    *,
    type_: str = "",
    strength: float | None = None,
) -> Candidate:
    """Return the candidate for a trigger at `place` of a sentence, its strength weighed by where it stands."""
    sentence = scene.sentences[index]
    span = Span(sentence.span.start + place[0], sentence.span.start + place[1])
    own = pattern.type in OWN_NEWS and subject.issuer_id is not None and subject.issuer_id == scene.main
    told = placed(pattern.strength if strength is None else strength, index, sentence, own=own)
    event = event_of(
        scene,
        type_ or pattern.type,
        subject,
        span,
        index,
        polarity=polarity,
        modality=modality,
        strength=round(told * _standing(scene, index, place, pattern, subject), 3),
        other=other,
    )
    return Candidate(event, weak=pattern.weak)


def _standing(scene: Scene, index: int, place: tuple[int, int], pattern: Pattern, subject: Party) -> float:
    """Weigh down what is told of nobody in the sentence, and what the sentence tells as past."""
    if scene.sentences[index].headline or pattern.who is Who.MARKET:
        return 1.0
    words = scene.words(index)
    row = scene.rows[index]
    named = any(m.issuer_id == subject.issuer_id for m in row) or _SELF.search(words)
    own = subject.issuer_id is not None and subject.issuer_id == scene.main and not row
    weight = 1.0 if named or index < 3 else 0.9 if own else 0.7
    if (
        index > 1
        and pattern.type not in _COMPARED
        and _PAST.search(words, max(0, place[0] - 90), place[1] + 40)
    ):
        weight *= 0.55
    return weight


def placed(strength: float, index: int, sentence: Sentence, *, own: bool = False) -> float:
    """Weigh a strength by where its sentence stands; what a company tells of itself keeps its weight."""
    if sentence.headline:
        factor = 1.15
    elif own or index < LEAD:
        factor = 1.0
    else:
        factor = 0.85 if index < 11 else 0.7 if index < 17 else 0.5
    return round(min(1.0, strength * factor), 3)


def event_of(
    scene: Scene,
    type_: str,
    subject: Party,
    span: Span,
    index: int,
    *,
    polarity: Polarity,
    modality: Modality,
    strength: float,
    other: Party = Party(""),  # noqa: B008 - a frozen value
) -> Event:
    """Return the event, its id made of article, type, subject and place."""
    return Event(
        id="evt_" + digest(scene.article_id, type_, subject.name, f"{span.start}:{span.end}"),
        type=type_,
        parent=parent_of(type_),
        subject=subject.name,
        issuer_id=subject.issuer_id,
        counterparty=other.name,
        counterparty_id=other.issuer_id,
        polarity=polarity,
        modality=modality,
        strength=strength,
        background=scene.sentences[index].background,
        span=span,
        sentence=index,
    )
