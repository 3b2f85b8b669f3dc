"""What the text itself answers: an earlier cut, a withdrawn outlook, a win in court, a new filing, a successor.

A note must not ask for what the page states, nor call first what the page calls the third.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence
from readthrough.writing.dates import Scheduled, find_scheduled
from readthrough.writing.matters import matters_of

__all__ = ["Passage", "Told", "find_told"]

_OUTLOOK: Final = r"(?:forecasts?|outlook|guidance|profit warnings?|profit view|full-year view|expectations)"
_CUT: Final = r"(?:cut|cuts|cutting|lower(?:s|ed|ing)?|reduc(?:es|ed|ing)|trim(?:s|med|ming)?|slash(?:es|ed|ing)?|downgrad(?:es|ed)|warn(?:s|ed)?)"
_AGAIN: Final = lazily(
    rf"\b(?:second|third|fourth|fifth|sixth)[- ](?:time|straight|successive|consecutive|cut|reduction|profit warning|downgrade)|"
    rf"\b(?:another|further|latest|new) (?:\w+ )?(?:cut|reduction|profit warning|downgrade)|\bonce (?:more|again)\b|"
    rf"\b(?:again|already|previously|earlier|also|twice|just) (?:\w+ )?{_CUT}\b|\b{_CUT}\b[^.]{{0,60}}\b(?:again|twice|already)\b|"
    rf"\b(?:had|after having) (?:\w+ )?{_CUT}\b|\bafter (?:an earlier|a previous|two|three|several)\b[^.]{{0,20}}\b(?:cuts?|warnings?|reductions?)"
)
_HAS_OUTLOOK: Final = lazily(rf"\b{_OUTLOOK}\b")
_WITHDRAWN: Final = lazily(
    rf"\b(?:withdr[ae]w\w*|suspend(?:s|ed|ing)?|pull(?:s|ed|ing)?|scrap(?:s|ped|ping)?|abandon(?:s|ed|ing)?|dropp?(?:s|ed|ing))\b"
    rf"[^.;]{{0,60}}\b{_OUTLOOK}\b|\b{_OUTLOOK}\b[^.;]{{0,30}}\b(?:withdrawn|suspended|scrapped|abandoned)\b|"
    rf"\b(?:will not|would not|won't|declined to|no longer) (?:give|provide|issue|offer|gives?|provides?)\b[^.;]{{0,30}}\b{_OUTLOOK}\b"
)
_ROUND: Final = lazily(
    r"\b(?:second|third|fourth|another|latest|new|further) (?:\w+ )?(?:round|wave)|\b(?:second|third|fourth) time|"
    r"\b(?:already|previously|earlier) (?:\w+ )?(?:cut|laid off|shed|eliminated)|\b(?:on top of|in addition to|after) [^.]{0,50}\b(?:jobs|layoffs|job cuts|positions)\b"
)
_WON: Final = lazily(
    r"\b(?:wins?|won|victory|prevail(?:s|ed)|(?:threw|throws|thrown|tossed|tosses) out|toss(?:es|ed)|dismiss(?:es|ed|al)|overturn(?:s|ed)|"
    r"str(?:uck|ikes) down|vacat(?:es|ed)|in favou?r of|cleared of|acquitted|annul(?:s|led)|"
    r"(?:lift(?:s|ed)|eas(?:es|ed)|end(?:s|ed)|paus(?:es|ed)|block(?:s|ed)|halt(?:s|ed)|suspend(?:s|ed)|revers(?:es|ed)) (?:a|an|the|its) (?:[\w-]+ ){0,4}?"
    r"(?:ban|order|suspension|injunction|cap|verdict|ruling|fine|rule|penalty|award|judgment))\b"
)
_LEGAL: Final = frozenset(
    {"litigation", "regulatory_action", "antitrust_action", "regulatory_probe", "settlement_or_fine"}
)
_LIFTED: Final = lazily(
    r"\b(?:lift(?:s|ed)|dropp?(?:s|ed)|clos(?:es|ed)|end(?:s|ed)|withdr[ae]ws?|dismiss(?:es|ed)) (?:a|an|the|its|their) (?:[$\w.-]+ ){0,4}?"
    r"(?:ban|order|suspension|cap|case|lawsuit|suit|probe|inquiry|investigation|complaint)\b|\b(?:drops|dropped) (?:case|lawsuit|suit|probe)\b"
)
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN: Final = (
    rf"(?P<when>(?:by|in|before|during|within|at|later|early|around|this|next) (?:the )?(?:[a-z-]+ ){{0,4}}?(?:(?:{_MONTHS})(?: \d{{1,2}})?(?:,? 20\d\d)?|"
    rf"quarter|half|months|weeks|year-end|year|20\d\d)(?: of (?:this year|next year|the year|20\d\d))?)"
)
_REFILING: Final = lazily(
    rf"\b(?:[Rr]e-?submi(?:t|ts|tting|ssion)|[Rr]e-?fil(?:e|es|ing)|new (?:filing|application|submission))\b[^.;]{{0,60}}?\b{_WHEN}\b"
)
_REFUSED_BEFORE: Final = lazily(
    r"\b(?:second|third|another) (?:complete response|rejection|refusal|refuse-to-file|letter)|\b(?:second|third) time\b|"
    r"\b(?:again|once more|twice) (?:declin|reject|refus|turn)|\b(?:declin|reject|refus|turn)\w+\b[^.;]{0,60}\b(?:again|once more|twice)\b",
    re.IGNORECASE,
)
_REFUSAL: Final = lazily(
    r"complete response|declin|reject|refus|turned down|agency|regulator|letter|\bfda\b|\bema\b",
    re.IGNORECASE,
)
_ASKED: Final = lazily(
    r"\b(?:citing|cited|because of|due to|related to|relating to|requested|asked for|asking for|asks for|requests?|over|pointed to|flagged|identified)\s+"
    r"(?P<why>(?!approval)[^.;:,()“”\"\d]{6,90})"
)
_ASKED_END: Final = lazily(
    r"\s(?:which|that|who|while|but|after|before|when|although|and (?:said|it|the)|said|according|sending|as it|rather than|not)\b.*$",
    re.DOTALL,
)
_KINDS: Final = (
    (
        "plant",
        lazily(r"manufactur|plant\b|facilit|\bsite\b|filler|inspection|third-party|third party|factory"),
    ),
    ("trial", lazily(r"trial|stud(?:y|ies)\b|efficacy|benefit|safety|clinical|effective")),
    ("paper", lazily(r"label|document|analys|paperwork|information|data")),
)
_PERSON: Final = r"(?P<who>[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+)"
_OFFICE: Final = r"(?:Chief|Operating|Financial|Commercial|Executive|Officer|Vice|President|Deputy|Managing|Director|Chairman|Chairwoman)\b"
_SUCCESSOR: Final = (
    lazily(
        rf"\b(?:succeeded by|replaced by|to be followed by)(?: [a-z][\w-]*| [A-Z]\w+['’]s?| [A-Z]{{2,4}}){{0,6}},? {_PERSON}"
    ),
    lazily(
        rf"{_PERSON}(?:, [^,.]{{3,60}},)? (?:will|would|is to|is set to|has been (?:named|appointed|chosen) to|was (?:named|appointed) to|to) "
        r"(?:succeed|replace|take over|step in|become (?:the )?(?:new )?(?:chief|ceo))"
    ),
    lazily(
        rf"\b(?:names?|named|appoint(?:s|ed)|picks?|picked|taps?|tapped|hires?|hired|promot(?:es|ed))(?: [a-z][\w-]*| [A-Z]\w+['’]s?| [A-Z]{{2,4}}| {_OFFICE}){{0,6}} {_PERSON}"
    ),
)
_INSIDE: Final = lazily(
    r"\b(?:insider|promot(?:es|ed)|its (?:chief (?:operating|financial) officer|finance chief|operating chief)|veteran|"
    r"(?:names?|named|appoint(?:s|ed)|picks?|picked) (?:chief (?:operating|financial|commercial) officer|finance chief|operating chief)\b(?=[^.;]{0,60}\bas\b)|"
    r"(?:head|president) of (?:its|the)|joined the company|years at the company|from within)\b"
)
_TITLES: Final = frozenset("Chief Executive Officer President Chairman Chair Vice Senior The New".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the article, where they stand, and what kind of answer they give."""

    text: str
    span: Span
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the text answers by itself; empty where it does not."""

    again: bool = False  # an outlook cut before
    withdrawn: bool = False  # an outlook taken back, with none in its place
    another_round: bool = False  # jobs cut before
    won: bool = False  # a court or an authority decided for somebody
    refused_before: bool = False  # an application turned down once already
    lifted: bool = False  # an authority took back what it had ordered or opened: nobody is left to appeal
    refiling: Passage | None = None
    asked: Passage | None = None
    successor: Passage | None = None
    scheduled: Sequence[Scheduled] = ()  # the days ahead that it gives
    matters: frozenset[str] = frozenset()  # what it is about beyond its events


def find_told(text: str, sentences: Sequence[Sentence], parents: frozenset[str]) -> Told:
    """Find the answers that matter to the kinds of events the article tells.

    Args:
        text: The article's text.
        sentences: Its sentences, old news included: an earlier cut is told as background.
        parents: Types and parents of its live events.
    """
    spans = [s.span for s in sentences[:80]]
    lowered = text.lower()
    outlook = {"guidance_cut", "earnings_miss"} & parents
    held = [lowered[s.start : s.end] for s in spans] if outlook or "layoffs_restructuring" in parents else []
    on_outlook = [s for s in held if _HAS_OUTLOOK.search(s)] if outlook else []
    legal = bool(parents & _LEGAL)
    lifted = legal and any(_LIFTED.search(lowered, s.start, s.end) for s in spans[:4])
    refused = "regulatory_rejection" in parents
    return Told(
        again=any(_AGAIN.search(s) for s in on_outlook),
        withdrawn=any(_WITHDRAWN.search(s) for s in on_outlook),
        another_round="layoffs_restructuring" in parents and any(_ROUND.search(s) for s in held),
        won=lifted or (legal and any(_WON.search(lowered, s.start, s.end) for s in spans[:4])),
        refused_before=refused and any(_REFUSED_BEFORE.search(text, s.start, s.end) for s in spans[:6]),
        lifted=lifted,
        refiling=_first(_REFILING, "when", text, spans) if refused else None,
        asked=_asked(text, spans) if refused else None,
        successor=_successor(text, spans) if "management_change" in parents else None,
        scheduled=find_scheduled(text, sentences),
        matters=frozenset(matters_of(lowered, sentences, parents))
        if len(lowered) == len(text)
        else frozenset(),
    )


def _first(pattern: re.Pattern[str], group: str, text: str, spans: Sequence[Span]) -> Passage | None:
    for span in spans:
        match = pattern.search(text, span.start, span.end)
        if match is not None:
            return Passage(match[group], Span(*match.span(group)))
    return None


def _asked(text: str, spans: Sequence[Span]) -> Passage | None:
    for span in spans:
        if not _REFUSAL.search(text, span.start, span.end):
            continue
        for match in _ASKED.finditer(text, span.start, span.end):
            why = _ASKED_END.sub("", match["why"]).strip()
            kind = next((k for k, pattern in _KINDS if pattern.search(why.lower())), "")
            if kind and 2 <= len(why.split()) <= 13:
                start = match.start("why")
                return Passage(why, Span(start, start + len(why)), kind)
    return None


def _successor(text: str, spans: Sequence[Span]) -> Passage | None:
    for pattern in _SUCCESSOR:
        for span in spans:
            match = pattern.search(text, span.start, span.end)
            if match is None or _TITLES.intersection(match["who"].split()):
                continue
            around = text[span.start : span.end].lower()
            kind = (
                "interim"
                if re.search(r"\b(?:interim|acting)\b", around)
                else "inside"
                if _INSIDE.search(around) or "insider" in text[spans[0].start : spans[0].end].lower()
                else "named"
            )
            return Passage(match["who"], Span(*match.span("who")), kind)
    return None
