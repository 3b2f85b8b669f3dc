"""What a page firmly tells: which of its events a playbook may speak of, and whether anything bears on value.

A word of an event deep in a page about something else is a reminder, a comparison or a reading of one sentence; what
the page is about stands in its headline or its opening, or comes with the results of a company that reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Fact, Modality, Polarity, Role, Unit
from readthrough.writing.metrics import CORE

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene, Subject

__all__ = [
    "ON_RESULTS",
    "RESULTS",
    "WITHOUT_ISSUER",
    "bears",
    "firm_events",
    "is_compared",
    "is_kept",
    "is_reason",
    "is_slight",
    "leads",
    "previews",
    "prominence",
]

WITHOUT_ISSUER: Final = frozenset(
    "central_bank macro_data_release market_wide_move commodity_price_move crypto_market_event tariff_trade_policy sanctions "
    "political_event regulatory_rule_change sector_readacross recap_no_new_information".split()
)
_EMPTY: Final = frozenset({"recap_no_new_information"})
_OF_A_REPORT: Final = frozenset(
    "earnings_result guidance_change user_metrics credit_quality buyback dividend capex_plan capex_change cost_cutting".split()
)
RESULTS: Final = frozenset({"earnings_result", "guidance_change"})  # what a report itself tells
ON_RESULTS: Final = RESULTS | {"user_metrics"}  # and what stands in it
_OPENING: Final = 3  # sentences in which a page says what it is about
_UPPER: Final = 7  # and those in which a strong event of its main company still is the story
_STRONG: Final = 0.7
_SHORT_PAGE: Final = 220  # words of text: all of such a page is its opening; read off 100 briefs and articles
_FRONT: Final = 6  # sentences whose figures carry a story that is no report
_WEAK: Final = 0.5
_LIFTED: Final = 2  # percent by which shares rise on what is good news
_TO_REPORT: Final = lazily(
    r"\b(?:is|are) (?:scheduled|set|due|expected|slated|poised|preparing|gearing up) to (?:report|announce|post|release|unveil|publish)\b[^.]{0,60}\b(?:earnings|results|quarter)|"
    r"\b(?:when|as|before) [^.]{2,40}\b(?:reports?|releases?|announces?|posts?)\b[^.]{0,40}\b(?:earnings|results)\b[^.]{0,40}\b(?:after|before|on|next|this week|later|tomorrow)\b|"
    r"\bearnings preview\b|\bearnings (?:are|is) (?:due|on deck)\b|\bhere comes? [^.]{2,30}\bearnings\b|\bwhat to (?:expect|watch)\b[^.]{0,40}\b(?:earnings|results)|"
    r"\b(?:ahead of|going into|heading into|look(?:s|ing)? to) [^.]{0,40}\b(?:earnings|results)\b|\bwill (?:report|announce|release|post)\b[^.]{0,50}\b(?:earnings|results)\b",
    re.IGNORECASE,
)
_REPORTED: Final = lazily(
    r"\b(?:reported|posted|announced) (?:a |an |its |record |better|higher|lower|weaker|stronger|quarterly|first|second|third|fourth|earnings|results|profit|revenue|net|sales|adjusted)|"
    r"\b(?:beat|beats|topped|tops|missed|misses|fell short of|surpassed)\b[^.]{0,40}\b(?:estimates?|expectations|consensus|forecasts?)|"
    r"\b(?:profit|revenue|sales|earnings|income) (?:rose|fell|climbed|dropped|jumped|slid|plunged|declined|increased|tumbled)\b",
    re.IGNORECASE,
)
_PERHAPS: Final = lazily(r"\b(?:could|may|might)\b", re.IGNORECASE)
_DONE_OR_NOT: Final = frozenset(
    {
        "litigation",
        "settlement_or_fine",
        "ma_announced",
        "layoffs_restructuring",
        "dividend_change",
        "product_recall",
        "bankruptcy_or_insolvency",
        "share_offering",
    }
)
_EXPECTED: Final = lazily(
    r"\b(?:expected|expectations?|estimate[sd]?|consensus|miss(?:es|ed)?|beats?|topp?(?:s|ed)|surpass\w*|short of|shy of|disappoint\w*|"
    r"analysts?|forecasts?|projected|surpris\w*)\b",
    re.IGNORECASE,
)
_KEPT: Final = lazily(
    r"\b(?:left|kept|keeps|unchanged|maintain\w*|reaffirm\w*|reiterat\w*|stuck to|still expects)\b"
)
_WENT_BEFORE: Final = lazily(r"\b(?:after|following|since|in the wake of)\b", re.IGNORECASE)
_CHANGED: Final = frozenset({"guidance_raise", "guidance_cut"})
_REMARKS: Final = frozenset({"product_launch", "denial_clarification", "recap_no_new_information"})
_TRIVIAL: Final = frozenset({"unspecified", "people", "share price", "temperature", "distance", "time"})


def prominence(event: Event, scene: Scene) -> float:
    """Worth of an event's place: the headline and the first sentences tell what the story is."""
    sentence = scene.sentence(event.sentence)
    if sentence is None:
        return 0.0
    if sentence.headline:
        return 12.0
    return 8.0 if sentence.index <= 1 else 3.0 if sentence.index <= _OPENING else -8.0


def firm_events(scene: Scene) -> tuple[tuple[Subject, Event], ...]:
    """List the events that a playbook may speak of, each with whom it is about."""
    found: list[tuple[Subject, Event]] = []
    rest: list[tuple[Subject, Event]] = []
    for event in scene.reading.events:
        if event.background or (scene.previews and event.parent in RESULTS):
            continue
        if event.issuer_id is None and event.parent not in WITHOUT_ISSUER and scene.primary is not None:
            continue
        subject = scene.subject_of(event)
        if event.parent in RESULTS and _is_anothers(event, subject, scene):
            continue
        if _is_aside(event, subject, scene) or _is_outweighed(event, subject) or _is_supposed(event, scene):
            continue
        if event.type == "guidance_cut" and _is_of_a_part(event, subject, scene):
            continue
        (found if _stands(event, subject, scene) else rest).append((subject, event))
    reporting = {
        (s.issuer_id, s.fallback)
        for s, e in found
        if e.parent in ("earnings_result", "guidance_change", "user_metrics")
    }
    found += [(s, e) for s, e in rest if e.parent in _OF_A_REPORT and (s.issuer_id, s.fallback) in reporting]
    return tuple(found) or tuple(_recalled(scene))


def _is_anothers(event: Event, subject: Subject, scene: Scene) -> bool:
    """Tell whether results laid to a company that reports none are those of a listed one beside it."""
    if subject.had_shares:
        return False
    return any(
        e.type == event.type
        and e.issuer_id not in (None, event.issuer_id)
        and scene.subject(e.issuer_id).ticker
        for e in scene.reading.events
    )


def _is_of_a_part(event: Event, subject: Subject, scene: Scene) -> bool:
    """Tell whether a lower figure deep in a report that lifted the shares is one region's or product's, and no outlook."""
    if prominence(event, scene) >= 8 or subject.move is None or subject.move_sign <= 0:
        return False
    return subject.move.value >= _LIFTED and bool(subject.versus("beat"))


def _recalled(scene: Scene) -> Iterator[tuple[Subject, Event]]:
    """Where a page has no other news, what stands at its very top is its matter, though it reads like something recalled."""
    for event in scene.reading.events:
        sentence = scene.sentence(event.sentence)
        if not event.background or sentence is None or sentence.background or event.parent in _EMPTY:
            continue
        if event.issuer_id is None and event.parent not in WITHOUT_ISSUER:
            continue
        subject = scene.subject_of(event)
        if prominence(event, scene) >= 8 and (subject is scene.main or event.issuer_id is None):
            yield subject, event


def _stands(event: Event, subject: Subject, scene: Scene) -> bool:
    """Tell whether an event is told where a page says what it is about."""
    if prominence(event, scene) > 0:
        return True
    if event.sentence <= _UPPER and (subject is scene.main or event.issuer_id is None):
        return scene.length <= _SHORT_PAGE or event.strength >= _STRONG
    return False


def _is_aside(event: Event, subject: Subject, scene: Scene) -> bool:
    """Tell whether the event is somebody else's and stands deep in a story about the main subject."""
    if scene.primary is None or subject is scene.main:
        return False
    role = subject.reading.role if subject.reading is not None else None
    if role is Role.PASSING and prominence(event, scene) < 8:
        return True
    return prominence(event, scene) < (0 if role is Role.PRIMARY else 3)


def _is_supposed(event: Event, scene: Scene) -> bool:
    """Tell whether only a headline with "could" or "may" tells an event as done."""
    sentence = scene.sentence(event.sentence)
    if sentence is None or not sentence.headline or event.modality is not Modality.ACTUAL:
        return False
    if event.parent not in _DONE_OR_NOT or not _PERHAPS.search(sentence.span.of(scene.text)):
        return False
    return not any(e.parent == event.parent and e.sentence != event.sentence for e in scene.reading.events)


def _is_outweighed(event: Event, subject: Subject) -> bool:
    """Tell whether the same kind of event is told with both signs, and the story goes the other way."""
    score = (subject.reading.score or 0.0) if subject.reading else 0.0
    signs = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1}
    others = [
        e
        for e in subject.events
        if e.parent == event.parent and signs.get(e.polarity, 0) * signs.get(event.polarity, 0) < 0
    ]
    if not others:
        return False
    if abs(score) > 0.1:
        return score * signs[event.polarity] < 0
    return event.sentence > min(e.sentence for e in others)


def is_reason(event: Event, scene: Scene) -> bool:
    """Tell whether a headline gives an event only as what went before its news: "bids for Teck after Anglo deal collapses"."""
    sentence = scene.sentence(event.sentence)
    if sentence is None or not sentence.headline or event.parent in RESULTS:
        return False
    words = scene.text[sentence.span.start : event.span.start]
    before = [m.start() + sentence.span.start for m in _WENT_BEFORE.finditer(words)]
    return bool(before) and any(
        e.sentence == event.sentence and e.parent != event.parent and e.span.end <= before[-1]
        for _, e in scene.firm
    )


def is_compared(event: Event, scene: Scene) -> bool:
    """Tell whether the page holds an actual result against what was expected: sales that fell were not for that missed."""
    if event.modality is not Modality.ACTUAL:
        return False
    sentence = scene.sentence(event.sentence)
    return sentence is None or _EXPECTED.search(sentence.span.of(scene.text)) is not None


def leads(fact: Fact, scene: Scene) -> bool:
    """Tell whether a figure stands where it can carry the story, and not deep in a page about something else."""
    return fact.sentence <= _FRONT or scene.length <= _SHORT_PAGE or scene.reports


def previews(scene: Scene) -> bool:
    """Tell whether a page looks ahead to results that are not out: what it says of them is what is expected."""
    opening = [
        s.span.of(scene.text) for s in scene.reading.sentences[:5] if s.headline or s.index <= _OPENING
    ]
    return any(_TO_REPORT.search(text) for text in opening) and not any(
        _REPORTED.search(text) for text in opening
    )


def is_kept(fact: Fact, subject: Subject) -> bool:
    """Tell whether an outlook is told as left alone, on a page that changes another one."""
    if not any(e.type in _CHANGED for e in subject.events):
        return False
    return (
        _KEPT.search(subject.scene.lowered, max(0, fact.figure.start - 60), fact.figure.end + 20) is not None
    )


def bears(scene: Scene) -> bool:
    """Tell whether a page gives an event or a figure that bears on the value of something listed."""
    if any(event.parent not in _EMPTY for _, event in scene.firm):
        return True
    subject = scene.main
    if subject.issuer_id is None:
        return False
    return subject.move is not None or any(_counts(f, scene) for f in subject.facts)


def _counts(fact: Fact, scene: Scene) -> bool:
    if fact.metric in _TRIVIAL or not leads(fact, scene):
        return False
    return fact.metric in CORE or fact.unit in (Unit.MONEY, Unit.MONEY_PER_SHARE, Unit.PERCENT)


def is_slight(scene: Scene) -> bool:
    """Tell whether all a page tells is a weak event without a figure: two lines are enough for it."""
    subject = scene.main
    if subject.issuer_id is None or subject.move is not None:
        return False
    if any(_counts(f, scene) for f in subject.facts):
        return False
    return all(
        e.strength < _WEAK and e.parent in _REMARKS and e.modality is not Modality.DENIED
        for _, e in scene.firm
    )
